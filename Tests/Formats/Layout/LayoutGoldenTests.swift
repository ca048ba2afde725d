import Foundation
import Model
import Testing

@testable import Formats

/// Every fixture with its twin (`.events.txt`), whole and in pieces, and with each of its bytes changed.
struct LayoutGoldenTests {
    static let files =
        [
            "lockbox-csv/full.csv", "lockbox-csv/reordered.csv", "lockbox-csv/garbled-amount.csv",
            "lockbox-csv/disagreeing-rows.csv", "lockbox-csv/cut-short.csv", "lockbox-bai/dialect-a.bai",
            "lockbox-bai/dialect-a-no-deposits.bai", "lockbox-bai/dialect-b.bai", "lockbox-bai/dialect-c.bai",
        ]
        + LayoutTesting.listing(LayoutTesting.fixtures.appending(path: "layouts"))
        .filter { !$0.hasSuffix(".events.txt") }.map { "layouts/" + $0 }

    /// Statements and processors' files declare nothing: a file cut at a line's end, or another digit, is as good.
    static let undeclared = sound.filter { file in
        guard let bytes = try? LayoutTesting.bytes(LayoutTesting.fixtures.appending(path: file)),
            let formats = try? LayoutTesting.formats()
        else { return false }
        return !LayoutTesting.read(bytes, among: formats).events.contains { event in
            switch event {
            case .batchEnds(let it), .depositEnds(let it), .fileEnds(let it): it.credits != nil
            default: false
            }
        }
    }

    /// Those whose totals are right: only of them can a changed amount be hidden.
    static let sound = files.filter { name in
        !["garbled", "disagreeing", "cut-short", "no-deposits"].contains { name.contains($0) }
    }

    /// Those whose totals prove their amounts.
    static let declared = sound.filter { !undeclared.contains($0) }

    private func bytes(_ file: String) throws -> [UInt8] {
        try LayoutTesting.bytes(LayoutTesting.fixtures.appending(path: file))
    }

    @Test(arguments: files)
    func `no event differs from the golden twin`(file: String) throws {
        let reading = LayoutTesting.read(try bytes(file), among: try LayoutTesting.formats())
        let twin = LayoutTesting.fixtures.appending(path: file + ".events.txt")
        if ProcessInfo.processInfo.environment["SLUICE_UPDATE_GOLDEN"] == "1" {
            try Data(reading.text.utf8).write(to: twin)
        }
        #expect(try String(contentsOf: twin, encoding: .utf8) == reading.text)
    }

    @Test(arguments: sound)
    func `no sound fixture is refused or out of balance`(file: String) throws {
        let reading = LayoutTesting.read(try bytes(file), among: try LayoutTesting.formats())
        #expect(reading.refusal == nil)
        #expect(reading.balances)
        #expect(!reading.items.isEmpty)
    }

    @Test func `no layout that ships is without a file, or left out of a new home`() throws {
        let config = try String(
            contentsOf: LayoutTesting.root.appending(path: "config/DefaultConfig.swift"), encoding: .utf8)
        let read = try Self.files.map { file in
            let head = Array(try bytes(file).prefix(Format.headSize))
            return try recognise(head, among: LayoutTesting.formats()).layout
        }
        for name in LayoutTesting.names {
            #expect(config.contains("\"layouts/\(name).yaml\""))
            #expect(read.contains(name), "no file in Tests/Fixtures is read by \(name)")
        }
    }

    @Test(arguments: files)
    func `no file is claimed by two layouts or by none`(file: String) throws {
        let head = Array(try bytes(file).prefix(Format.headSize))
        #expect(try LayoutTesting.formats().compactMap { $0.recognise(head) }.count == 1)
    }

    @Test(arguments: files)
    func `no way of cutting the bytes changes an event`(file: String) throws {
        let bytes = try bytes(file)
        let claim = try recognise(bytes, among: LayoutTesting.formats())
        let whole = LayoutTesting.read(bytes, cuts: [], claim.makeReader)
        #expect(LayoutTesting.read(bytes, cuts: Array(1..<bytes.count), claim.makeReader) == whole)
        for cut in 0...bytes.count {
            guard LayoutTesting.read(bytes, cuts: [cut], claim.makeReader) != whole else { continue }
            Issue.record("cut at \(cut) changes the events")
        }
    }

    @Test(arguments: undeclared)
    func `no file without totals passes when it ends within a line`(file: String) throws {
        let bytes = try bytes(file)
        let claim = try recognise(bytes, among: LayoutTesting.formats())
        for end in 1..<bytes.count where bytes[end - 1] != 0x0A {
            let reading = LayoutTesting.read(Array(bytes[..<end]), cuts: [], claim.makeReader)
            if reading.refusal == nil { Issue.record("the first \(end) bytes of \(file) pass") }
        }
    }

    @Test(arguments: declared)
    func `no file that ends early passes as whole`(file: String) throws {
        let bytes = try bytes(file)
        let claim = try recognise(bytes, among: LayoutTesting.formats())
        let whole = LayoutTesting.read(bytes, cuts: [], claim.makeReader)
        for end in 0..<bytes.count {
            let reading = LayoutTesting.read(Array(bytes[..<end]), cuts: [], claim.makeReader)
            if reading.refusal != nil || !reading.balances { continue }
            // Only the last line's own end, and filling behind its fields, may be missing.
            guard reading.items == whole.items else {
                Issue.record("the first \(end) bytes of \(file) pass with other items")
                continue
            }
        }
    }

    @Test(arguments: declared)
    func `no changed byte gives another amount that balances`(file: String) throws {
        let original = try bytes(file)
        let formats = try LayoutTesting.formats()
        let amounts = LayoutTesting.read(original, among: formats).items.map { $0.amount?.rawValue }
        let seed = ProcessInfo.processInfo.environment["SLUICE_SEED"].flatMap { UInt64($0) } ?? 20_260_302
        print("mutation seed \(seed) (SLUICE_SEED changes it) for \(file)")
        var state = seed
        for place in original.indices {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let random = UInt8(truncatingIfNeeded: state >> 33)
            for value in [random, 0x30, 0x39, 0x20, 0x0A, original[place] ^ 1] where value != original[place] {
                var bytes = original
                bytes[place] = value
                let reading = LayoutTesting.read(bytes, among: formats)
                if reading.refusal != nil || !reading.balances { continue }
                guard reading.items.map({ $0.amount?.rawValue }) == amounts else {
                    Issue.record("byte \(place) as \(value) gives other amounts that balance")
                    continue
                }
            }
        }
    }
}
