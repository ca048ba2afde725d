import Foundation
import Matching
import MatchingWorkload
import Model
import Testing

/// Single-error variants of valid account numbers, alone and without other evidence. `make bench-matching` tries ten
/// million; here it is as many as `SLUICE_VARIANTS` says.
struct VariantTests {
    private static let wanted = Int(ProcessInfo.processInfo.environment["SLUICE_VARIANTS"] ?? "") ?? 40_000

    @Test(
        "No variant of a number posts, but one that is itself a live number without a live twin",
        arguments: [UInt64(1)], [false, true])
    func variants(seed: UInt64, isSequential: Bool) throws {
        var random = SplitMix(seed: seed)
        let numbers = NumberBook.numbers(40_000, digits: 10, isSequential: isSequential, from: &random)
        var run = VariantRun(NumberBook(numbers))
        while run.tried < Self.wanted / 2 { try run.tryVariants(of: numbers.randomElement(using: &random)!) }
        print("seed \(seed), \(isSequential ? "sequential" : "random") numbers: \(run.tried) variants")
        #expect(run.wrong.isEmpty, "seed \(seed)")
        for (kind, counts) in run.counts where kind != .unread {
            #expect(counts.live + counts.held == counts.tried, "\(kind), seed \(seed)")
        }
    }

    @Test("A variant that is a live number posts only where it has no live twin, and is counted")
    func live() throws {
        // 4012345676 with its second 4 dropped is the live number 401235676, which has no twin.
        let (long, short) = (Office.number("401234567"), Office.number("40123567"))
        var run = VariantRun(NumberBook([long, short]), policy: MatchPolicy(accountDigits: 9...10))
        try run.tryVariants(of: long)
        #expect(run.counts[.dropped]?.live == 1)
        run = VariantRun(NumberBook([Office.twin, Office.twinned]))
        try run.tryVariants(of: Office.twin)
        #expect(run.counts[.transposition]?.heldAsTwin == 1)
        #expect(run.counts.values.allSatisfy { $0.live == 0 && $0.wrong.isEmpty })
    }

    @Test("Where numbers have several lengths, no rest of a damaged one posts to a shorter number's account")
    func crowded() throws {
        var random = SplitMix(seed: 1)
        let long = NumberBook.numbers(20_000, digits: 6, isSequential: false, from: &random)
        let short = NumberBook.numbers(4_000, digits: 5, isSequential: false, from: &random)
        var run = VariantRun(NumberBook(long + short), policy: MatchPolicy(accountDigits: 5...6))
        while run.tried < Self.wanted / 4 { try run.tryVariants(of: long.randomElement(using: &random)!) }
        #expect(run.wrong.isEmpty, "seed 1")
        #expect(run.counts.values.contains { $0.live > 0 }, "the book is not crowded enough to try anything")
    }

    @Test("No error is left out, and none is tried twice")
    func complete() {
        let all = MatchingWorkload.variants(of: "5510933418")
        #expect(Set(all.map(\.read)).count == all.count)
        #expect(
            Dictionary(grouping: all, by: \.kind).mapValues(\.count) == [
                .substitution: 90, .transposition: 7, .dropped: 8, .doubled: 8, .unread: 10,
            ])
    }
}
