import Foundation
import Matching
import MatchingWorkload

/// Tries that many variants, half of them in a book of random numbers and half in one of sequential numbers, and a
/// tenth of that in a crowded book of two lengths; prints Benchmarks/variants.md. Fails where one posted wrongly.
func printVariants(_ count: Int) throws {
    var random = SplitMix(seed: 1)
    let anyNumbers = NumberBook.numbers(50_000, digits: 10, isSequential: false, from: &random)
    let inSequence = NumberBook.numbers(50_000, digits: 10, isSequential: true, from: &random)
    let crowded =
        NumberBook.numbers(20_000, digits: 6, isSequential: false, from: &random)
        + NumberBook.numbers(4_000, digits: 5, isSequential: false, from: &random)
    let runs = [
        ("random", try tried(anyNumbers, MatchPolicy(), count / 2)),
        ("sequential", try tried(inSequence, MatchPolicy(), count / 2)),
        ("crowded", try tried(crowded, MatchPolicy(accountDigits: 5...6), count / 10)),
    ]
    print(page(runs))
    let wrong = runs.flatMap(\.1.wrong)
    for line in wrong.prefix(20) { FileHandle.standardError.write(Data((line + "\n").utf8)) }
    exit(wrong.isEmpty ? 0 : 1)
}

private func tried(_ numbers: [String], _ policy: MatchPolicy, _ count: Int) throws -> VariantRun {
    var run = VariantRun(NumberBook(numbers), policy: policy)
    // Across the whole book, whichever part of it is reached.
    for start in 0..<97 {
        for place in stride(from: start, to: numbers.count, by: 97) where run.tried < count {
            try run.tryVariants(of: numbers[place])
        }
    }
    return run
}

private func page(_ runs: [(String, VariantRun)]) -> String {
    let rows = runs.flatMap { name, run in
        VariantKind.allCases.map { kind in row([name, kind.rawValue], run.counts[kind] ?? VariantCounts()) }
            + [row([name, "**all**"], run.counts.values.reduce(into: VariantCounts()) { $0.add($1) })]
    }
    return """
        # What damaged account numbers do

        `make bench-matching` wrote this. Each variant is one error in a valid number of the book, alone on an item: no
        payer, no name, no bill, and an amount that nobody owes; for one number on the coupon, for the next in the scan
        line too, for the next in a text. All variants of a number are tried. None may post, but one that is itself a
        live, valid number without a live twin, and one unread digit that check digit and book complete in one way only,
        to the account it was.

        Random and sequential books have 50,000 accounts of 10 digits, Luhn's check digit the last. The crowded book is
        what they guard against: a fifth of all numbers of 6 digits and nearly half of those of 5 are live, and both
        lengths are in use, so that a digit dropped or doubled can make a live number of another.

        | book | error | variants | held | of these a live number with a live twin | posted: itself a live number | \
        posted: unread digit completed, to its own account | **posted to a wrong account** |
        |---|---|---:|---:|---:|---:|---:|---:|
        \(rows.joined(separator: "\n"))
        """
}

private func row(_ name: [String], _ counts: VariantCounts) -> String {
    let figures = [
        counts.tried, counts.held, counts.heldAsTwin, counts.live, counts.completed, counts.wrong.count,
    ]
    return "| " + (name + figures.map(grouped)).joined(separator: " | ") + " |"
}

/// `1,234,567`.
private func grouped(_ number: Int) -> String {
    var text = String(number)
    var place = text.endIndex
    while text.distance(from: text.startIndex, to: place) > 3 {
        place = text.index(place, offsetBy: -3)
        text.insert(",", at: place)
    }
    return text
}
