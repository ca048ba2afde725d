import Formats
import Model
import Testing

@testable import Pipeline

/// The sums of a file, by which it is held or posted, are the same however its events are handed over.
struct TallyTests {
    private static let amounts: [Cents?] = [
        nil, .zero, Cents(1), Cents(50_099), Cents(-7), Cents(100_000_000_000_000_000), Cents(40_000_000_000_000_000),
        Cents(100_000_000_000_000_001), Cents(Int64.max),
    ]
    private static let days = [nil, 2026_03_02, 1989_12_31, 1990_01_01, 2100_12_31, 2101_01_01].map { day in
        day.flatMap { CivilDate(packed: Int32($0)) }
    }

    @Test func `no sum, count or fault is another where figures are taken together`() {
        var random = SeededRandom(61)
        for round in 0..<1500 {
            // In most rounds nearly all is usual, so that the strange stands in long runs.
            let events = Self.file(strange: round % 3 == 0 ? 2 : 25, isVast: round % 3 == 1, &random)
            var together = Tally()
            var cut = Tally()
            var oneByOne = Tally()
            together.take(events.span)
            let place = Int.random(in: 0...events.count, using: &random)
            cut.take(Array(events[..<place]).span)
            cut.take(Array(events[place...]).span)
            for event in events { oneByOne.take(event) }
            for tally in [together, cut] where Self.text(tally) != Self.text(oneByOne) {
                Issue.record("round \(round): \(Self.text(tally))\nagainst\n\(Self.text(oneByOne))")
                return
            }
        }
    }

    private static func file(strange: Int, isVast: Bool, _ random: inout SeededRandom) -> [ReadEvent] {
        var events: [ReadEvent] = []
        for _ in 0..<Int.random(in: 1...2, using: &random) {
            var deposit = Deposit()
            deposit.currency = ["", "USD"].randomElement(using: &random)!
            events.append(.depositBegins(deposit))
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                events.append(.batchBegins(Batch()))
                for _ in 0..<Int.random(in: 0...8, using: &random) {
                    events.append(item(strange, isVast, &random))
                }
                var declared = Declared()
                declared.credits = [nil, Cents(3)].randomElement(using: &random)!
                if !random.chance(5) { events.append(.batchEnds(declared)) }
            }
            events.append(.depositEnds(Declared()))
        }
        return events + [.fileEnds(Declared())]
    }

    private static func item(_ strange: Int, _ isVast: Bool, _ random: inout SeededRandom) -> ReadEvent {
        var figures = ItemFigures()
        func isStrange() -> Bool { Int.random(in: 0..<strange, using: &random) == 0 }
        figures.position.line = Int.random(in: 1...9, using: &random)
        figures.amount = Cents(Int64.random(in: 0...9_999, using: &random))
        if isVast { figures.amount = Cents(Int64.random(in: 0...30_000_000_000_000_000, using: &random)) }
        figures.currency = CurrencyCode("USD")
        figures.valueDate = CivilDate(packed: 2026_03_02)
        if isStrange() { figures.amount = amounts.randomElement(using: &random)! }
        if isStrange() { figures.currency = CurrencyCode(["EUR", "", "CHF"].randomElement(using: &random)!) }
        if isStrange() { figures.direction = .debit }
        if isStrange() { figures.booking = [.pending, .unstated].randomElement(using: &random)! }
        if isStrange() { figures.kind = ItemKind.allCases.randomElement(using: &random)! }
        if isStrange() { figures.depositDate = days.randomElement(using: &random)! }
        if isStrange() { figures.valueDate = days.randomElement(using: &random)! }
        if isStrange() { figures.bookingDate = days.randomElement(using: &random)! }
        return isStrange() ? .item(Item(figures)) : .figures(figures)
    }

    /// All that a tally holds.
    private static func text(_ tally: Tally) -> String {
        var tally = tally
        tally.balance()
        var text = ""
        dump(tally, to: &text)
        return text
    }
}
