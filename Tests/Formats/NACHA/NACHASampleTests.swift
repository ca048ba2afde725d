import Foundation
import Model
import Testing

@testable import Formats

/// Files of other people's making, compared with what a script without any reader says of them.
struct NACHASampleTests {
    private static let good = Samples.files("nacha")
    private static let bad = Samples.files("nacha_negative")
    private static let areHere = !good.isEmpty && !bad.isEmpty && Samples.canCount

    private struct Expected: Decodable {
        let file: String
        let items: Int
        let credits: Int64
        let debits: Int64
        let batches: Int
    }

    /// What the bad ones are refused for (true), or what is told of them.
    private static let causes: [String: (isRefused: Bool, Reason?)] = [
        "Iat-invalidAddenda13": (true, .recordMalformed), "adv-noFileControl": (true, .accountingAdvice),
        "bh-ed-ad-bh-ed-ad-ed-ad": (true, .recordOutOfOrder), "crashers_1": (false, .recordOutOfOrder),
        "crashers_2": (true, .fileTruncated), "crashers_4": (true, .recordMalformed),
        "file_parsing_missing_file_control": (true, .accountingAdvice), "iat-batchHeaderErr": (true, .recordOutOfOrder),
        "iat-invalidAddenda99": (false, .fieldInvalid), "invalid-two-micro-deposits": (true, .amountNotNumeric),
        "long-line": (false, .recordMalformed), "pos-invalidEntryDetail": (true, .recordMalformed),
        "pos-invalidReturnFile": (false, .fieldInvalid),
        "ppd-debit-invalid-entryDetail-checkDigit": (false, .routingInvalid), "rck": (false, nil),
        "return-no-batch-header": (true, .recordOutOfOrder), "return-no-file-header-control": (false, .fieldMissing),
        "issue1378_no_control": (true, .fileTruncated), "issue1378_no_header": (false, .recordOutOfOrder),
        "1e5RecordBefore1or8": (true, .recordOutOfOrder), "1k8RecordFollowing9Record": (true, .recordOutOfOrder),
        "1qFormatCodeIncorrect": (false, .fieldInvalid), "2lCompanyNameAllZeros": (false, .fieldMissing),
        "2mCompanyEntryDescAllZeros": (false, .fieldMissing), "3fTELIndvNameAllZeros": (false, .fieldMissing),
    ]

    @Test func `no sample is skipped unseen`() {
        if Self.areHere { return print("samples: \(Self.good.count) and \(Self.bad.count) NACHA files are compared") }
        print("SKIPPED: the NACHA samples or the script that counts them are not here; 0 are compared")
    }

    @Test(.enabled(if: areHere, "SKIPPED: shared/samples is not here"))
    func `no sample gives other items or sums than counted by hand`() throws {
        let counted: [Expected] = try Samples.counted(Self.good)
        for (url, expected) in zip(Self.good, counted) {
            let name = url.lastPathComponent
            #expect(expected.file == url.path)
            let reading = LayoutTesting.read(try LayoutTesting.bytes(url), among: builtInFormats)
            #expect(reading.refusal == nil, "\(name)")
            #expect(reading.items.count == expected.items, "\(name)")
            let ends = reading.events.compactMap { if case .batchEnds(let end) = $0 { end } else { nil } }
            #expect(ends.count == expected.batches, "\(name)")
            #expect(ends.compactMap(\.credits).sum == Cents(expected.credits), "\(name)")
            #expect(ends.compactMap(\.debits).sum == Cents(expected.debits), "\(name)")
            // Only one file's own control is wrong.
            #expect(reading.balances == !name.contains("shr-credit"), "\(name)")
        }
    }

    @Test(.enabled(if: areHere, "SKIPPED: shared/samples is not here"))
    func `no bad sample passes without its cause`() throws {
        #expect(Self.bad.count == Self.causes.count)
        for url in Self.bad {
            let name = url.lastPathComponent
            let cause = try #require(Self.causes.first { name.contains($0.key + ".") }?.value, "\(name)")
            let reading = LayoutTesting.read(try LayoutTesting.bytes(url), among: builtInFormats)
            #expect(reading.isRefused == cause.isRefused, "\(name)")
            if cause.isRefused {
                #expect(reading.refusal == cause.1, "\(name)")
            } else if let reason = cause.1 {
                #expect(reading.faults.contains { $0.reason == reason }, "\(name)")
            }
        }
    }

    @Test(.enabled(if: areHere, "SKIPPED: shared/samples is not here"))
    func `no cut of a sample changes an event`() throws {
        try Samples.expectAlike(Self.good + Self.bad, cutEvery: [1, 7, 93, 95]) { NACHATesting.read($0, cuts: $1) }
    }
}
