import Foundation
import Model
import Testing

@testable import Formats

/// Reports that others publish, compared with what is counted without any reader.
struct BAI2SampleTests {
    private static let files = Samples.files("bai2")
    private static let reports = files.filter { !$0.lastPathComponent.contains("fuzz") }
    private static let areHere = !files.isEmpty

    @Test func `no sample is skipped unseen`() {
        if Self.areHere { return print("samples: \(Self.files.count) BAI2 files are compared") }
        print("SKIPPED: the samples are not here; 0 BAI2 files are compared")
    }

    /// Details by a pattern over the whole text, behind a line's begin or a slash and blanks: sums by the code's range.
    private func count(_ text: String) -> (items: Int, credits: Int64, debits: Int64) {
        var found = (items: 0, credits: Int64(0), debits: Int64(0))
        for match in text.matches(of: /(?:^|\n|\/ +)16,([0-9]{3}),([0-9]+),/) {
            found.items += 1
            if match.output.1 < "400" {
                found.credits += Int64(match.output.2)!
            } else {
                found.debits += Int64(match.output.2)!
            }
        }
        return found
    }

    @Test(.enabled(if: areHere, "SKIPPED: shared/samples is not here"))
    func `no published report gives other items or sums than counted by hand`() throws {
        for url in Self.reports {
            let name = url.lastPathComponent
            let bytes = try LayoutTesting.bytes(url)
            let expected = count(String(decoding: bytes.filter { $0 != 0x0D }, as: UTF8.self))
            let reading = LayoutTesting.read(bytes, among: builtInFormats)
            func sum(_ direction: Direction) -> Int64 {
                reading.items.filter { $0.direction == direction }.compactMap(\.amount).sum.rawValue
            }
            #expect(expected.items > 0, "\(name)")
            #expect(reading.items.count == expected.items, "\(name)")
            #expect(sum(.credit) == expected.credits && sum(.debit) == expected.debits, "\(name)")
            // Cut down by their publishers without mending the totals.
            let isAltered = name.contains("continuations-newline")
            #expect(reading.refusal == (isAltered ? .controlTotalWrong : nil), "\(name): \(reading.camtText)")
            #expect(reading.balances == !(isAltered || name.contains("invalid_checksum")), "\(name)")
        }
    }

    @Test(.enabled(if: areHere, "SKIPPED: shared/samples is not here"))
    func `no cut of a published report changes an event`() throws {
        try Samples.expectAlike(Self.reports, cutEvery: [1, 5, 1024]) { BAI2Testing.read($0, cuts: $1) }
    }

    /// They lie in a wrapper of their tool: two lines, the second with the bytes in quotes.
    @Test(.enabled(if: areHere, "SKIPPED: shared/samples is not here"))
    func `no entry of a fuzzing corpus is claimed, wrapped or not`() throws {
        let entries = Self.files.filter { $0.lastPathComponent.contains("fuzz") }
        #expect(entries.count == 3)
        for url in entries {
            let wrapped = try LayoutTesting.bytes(url)
            let text = String(decoding: wrapped, as: UTF8.self)
            let inner = text.split(separator: "\"")[1].replacing("\\n", with: "\n")
            for bytes in [wrapped, Array(inner.utf8)] {
                let formats = try LayoutTesting.formats() + builtInFormats
                #expect(LayoutTesting.read(bytes, among: formats).refusal == .formatUnknown)
                #expect(BAI2Testing.read(bytes).isRefused)
            }
        }
    }
}
