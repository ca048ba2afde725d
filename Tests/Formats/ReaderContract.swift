import Foundation
import Model
import Testing

@testable import Formats

/// What every reader must hold for every fixture, whatever its format.
///
/// A format's tests give the fixture's path below `Tests/Fixtures` and the formats among which it is recognised.
struct ReaderContract {
    let file: String
    let formats: [Format]

    private var url: URL { LayoutTesting.fixtures.appending(path: file) }

    func bytes() throws -> [UInt8] { try LayoutTesting.bytes(url) }

    func read(_ bytes: [UInt8]) -> LayoutReading { LayoutTesting.read(bytes, among: formats) }

    /// The events are those of the golden twin beside the file; SLUICE_UPDATE_GOLDEN=1 writes it anew.
    func agreesWithTwin() throws {
        let text = read(try bytes()).camtText
        let twin = LayoutTesting.fixtures.appending(path: file + ".events.txt")
        if ProcessInfo.processInfo.environment["SLUICE_UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: twin)
        }
        #expect(try String(contentsOf: twin, encoding: .utf8) == text)
    }

    /// Whole, byte by byte and cut once at every byte: the same events.
    func isReadAlikeHoweverCut() throws {
        let bytes = try bytes()
        let claim = try recognise(Array(bytes.prefix(Format.headSize)), among: formats)
        let whole = LayoutTesting.read(bytes, cuts: [], claim.makeReader)
        #expect(LayoutTesting.read(bytes, cuts: Array(1..<max(1, bytes.count)), claim.makeReader) == whole)
        for cut in 0...bytes.count {
            guard LayoutTesting.read(bytes, cuts: [cut], claim.makeReader) != whole else { continue }
            Issue.record("cut at \(cut) changes the events of \(file)")
        }
    }

    /// A file that ends early is refused or out of balance, or says all that the whole file says.
    func neverPassesCutShort() throws {
        let bytes = try bytes()
        let claim = try recognise(Array(bytes.prefix(Format.headSize)), among: formats)
        let whole = LayoutTesting.read(bytes, cuts: [], claim.makeReader)
        for end in 0..<bytes.count {
            let reading = LayoutTesting.read(Array(bytes[..<end]), cuts: [], claim.makeReader)
            if reading.isRefused || !reading.balances || reading.items == whole.items { continue }
            Issue.record("the first \(end) bytes of \(file) pass with other items")
        }
    }

    /// No single changed byte gives other amounts that still balance.
    func neverHidesAChangedAmount() throws {
        let original = try bytes()
        let amounts = read(original).items.map { $0.amount?.rawValue }
        var random = SeededGenerator(seed: CamtTesting.seed("mutations of \(file)"))
        for place in original.indices {
            let values = [UInt8.random(in: 0...255, using: &random), 0x30, 0x39, 0x20, 0x0A, original[place] ^ 1]
            for value in values where value != original[place] {
                var bytes = original
                bytes[place] = value
                let reading = read(bytes)
                if reading.isRefused || !reading.balances { continue }
                if reading.items.map({ $0.amount?.rawValue }) == amounts { continue }
                Issue.record("byte \(place) of \(file) as \(value) gives other amounts that balance")
            }
        }
    }
}
