import Foundation
import Model

@testable import Formats

/// Helpers of the ISO 20022 tests, on top of those of the layouts.
enum CamtTesting {
    static let folder = LayoutTesting.fixtures.appending(path: "iso20022")

    /// Every input among the fixtures, by name.
    static let files: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".xml") }.sorted()
    }()

    static func bytes(_ file: String) throws -> [UInt8] { try LayoutTesting.bytes(folder.appending(path: file)) }

    static func text(_ file: String) throws -> String { String(decoding: try bytes(file), as: UTF8.self) }

    static func read(_ bytes: [UInt8], cuts: [Int] = []) -> LayoutReading {
        LayoutTesting.read(bytes, cuts: cuts) { CamtReader() }
    }

    static func read(_ text: String) -> LayoutReading { read(Array(text.utf8)) }

    /// A notification with this between its id and its end.
    static func notification(_ inside: String) -> String {
        "<Document><BkToCstmrDbtCdtNtfctn><Ntfctn><Id>1</Id>\(inside)</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"
    }

    /// A booked credit entry with this behind its status.
    static func entry(_ amount: String = "5.00", _ inside: String = "") -> String {
        "<Ntry><Amt Ccy=\"USD\">\(amount)</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>\(inside)</Ntry>"
    }

    /// A seed for a test that draws its cases; printed, and set with `SLUICE_SEED`.
    static func seed(_ test: String) -> UInt64 {
        let seed = ProcessInfo.processInfo.environment["SLUICE_SEED"].flatMap { UInt64($0) } ?? 20_260_302
        print("seed \(seed) (SLUICE_SEED changes it) for \(test)")
        return seed
    }
}

/// Random numbers that a seed repeats.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension LayoutReading {
    /// One line an event as in the layouts' twins, with the fields that only ISO 20022 has behind it.
    var camtText: String {
        let lines = events.map { ([LayoutTesting.line($0)] + Self.more($0)).joined(separator: " ") }
        let end = refused.map { ["refused " + LayoutTesting.line($0.fault)] } ?? []
        return (lines + end).joined(separator: "\n") + "\n"
    }

    private static func more(_ event: ReadEvent) -> [String] {
        let pairs: [(String, String)] =
            switch event {
            case .depositBegins(let it): [("copy", it.isCopy ? "yes" : "")]
            case .item(let it):
                [
                    ("booking", it.booking == .booked ? "" : it.booking.rawValue),
                    ("return", it.isReturn ? "yes" : ""), ("end-to-end", it.endToEnd), ("trace", it.trace),
                    ("booking-date", "\(it.bookingDate, or: "")"), ("value-date", "\(it.valueDate, or: "")"),
                ]
            case .batchEnds(let it), .depositEnds(let it), .fileEnds(let it):
                [
                    ("turnover", "\(it.turnover, or: "")"), ("currency", it.currency),
                    ("booking", it.booking?.rawValue ?? ""),
                ]
            case .batchBegins, .fault, .figures: []
            }
        return pairs.filter { !$0.1.isEmpty }.map { "\($0.0)=\(JSON.string($0.1).line)" }
    }
}
