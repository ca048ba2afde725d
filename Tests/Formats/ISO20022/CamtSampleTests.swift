import Foundation
import Model
import Testing

@testable import Formats

/// Messages of real banks, compared with what a script without any reader says of them.
struct CamtSampleTests {
    /// Every message among the samples; empty where they are not here.
    private static let files = Samples.files("camt052", "camt053", "camt054", ending: ".xml")
    private static let areHere = !files.isEmpty && Samples.canCount

    /// What the script says of one file.
    private struct Expected: Decodable {
        struct Sums: Decodable {
            let credits: String
            let debits: String
            let pending: String
        }
        let file: String
        let items: Int?
        let totals: [String: Sums]?
    }

    @Test func `no sample is skipped unseen`() {
        if Self.areHere { return print("samples: \(Self.files.count) messages are compared") }
        print("SKIPPED: the samples or the script that counts them are not here; 0 of \(Self.files.count) are compared")
    }

    @Test(.enabled(if: areHere, "SKIPPED: shared/samples is not here"))
    func `no message of a real bank gives other items or sums than counted by hand`() throws {
        let expected: [Expected] = try Samples.counted(Self.files)
        #expect(expected.count == Self.files.count)
        for (url, expected) in zip(Self.files, expected) {
            let name = url.lastPathComponent
            #expect(expected.file == url.path)
            let reading = LayoutTesting.read(try LayoutTesting.bytes(url), among: [iso20022])
            if try #require(expected.items, "\(name)") == 0 {
                #expect(reading.items.isEmpty, "\(name)")
                #expect(reading.refusal == nil || reading.refusal == .messageEmpty, "\(name)")
                continue
            }
            let sums = CamtSums(reading.events)
            #expect(sums.items == expected.items, "\(name)")
            #expect(sums.money == (try money(expected)), "\(name)")
            #expect((reading.refusal != nil) == name.contains("garbled"), "\(name): \(reading.camtText)")
        }
    }

    @Test(.enabled(if: areHere, "SKIPPED: shared/samples is not here"))
    func `no cut of a real message changes an event`() throws {
        try Samples.expectAlike(Self.files, cutEvery: [1, 5, 4096]) { CamtTesting.read($0, cuts: $1) }
    }

    private func money(_ expected: Expected) throws -> [String: CamtSums.Money] {
        try (expected.totals ?? [:]).mapValues {
            CamtSums.Money(credits: try cents($0.credits), debits: try cents($0.debits), pending: try cents($0.pending))
        }
    }

    private func cents(_ text: String) throws -> Int64 { try Cents(text).rawValue }
}
