import Matching
import Model
import Testing

/// Who asks why gets the candidates also of what posts, and who is next.
struct ExamineTests {
    private func examine(
        _ cents: Int64, policy: MatchPolicy = MatchPolicy(), in book: MemoryBook = Office.book(),
        _ change: (inout Item) -> Void
    ) throws -> Examination {
        var item = Item()
        item.amount = Cents(cents)
        change(&item)
        let query = MatchQuery(item: item, payer: nil, day: CivilDate(year: 2026, month: 3, day: 2)!)
        return try Matcher(policy: policy).examine(query, in: book)
    }

    @Test func `never leaves the chosen account out of the first place`() throws {
        let found = try examine(4_047) { ($0.account, $0.payer) = (Office.second, "Luis Vargas") }
        #expect(found.verdict.reason == nil)
        #expect(found.candidates.map(\.account).prefix(2) == [Office.second, Office.third])
        let sentence = try #require(found.whyNotNext)
        #expect(sentence.contains("Next comes account \(Office.third) (Luis Vargas)."))
        #expect(sentence.contains("Only for account \(Office.second) it holds that its number was read clean"))
    }

    @Test func `never decides otherwise than where nobody asks why`() throws {
        for cents in [Int64(4_047), 1_000, 9_999] {
            let found = try examine(cents) { $0.account = Office.second }
            let plain = try Office.decide(cents) { $0.account = Office.second }
            #expect((found.verdict.short, found.verdict.why) == (plain.short, plain.why))
        }
    }

    @Test func `never posts what a demoted rule would post`() throws {
        var policy = MatchPolicy()
        policy.demotedRules = ["number-and-amount/1"]
        let found = try examine(7_311, policy: policy) { $0.account = Office.jane }
        #expect(found.verdict.short == "rule-demoted")
        #expect(found.verdict.rule == "number-and-amount/1")
        #expect(found.verdict.shares.isEmpty)
        #expect(found.candidates.first?.account == Office.jane)
        // What a stop holds anyway keeps its own reason.
        let stopped = try examine(2_001, policy: policy) { $0.account = Office.cashOnly }
        #expect(stopped.verdict.short == "cash-only")
    }

    private static func taught(_ account: String, _ kind: TaughtFacts.Kind = .text) -> TaughtFacts {
        TaughtFacts(account: account, kind: kind, lessons: 2)
    }

    /// What was taught, what the payment says, and what becomes of it.
    @Test(arguments: [
        ("words and the amount due", [taught(Office.jane)], Int64(7_311), Int64?.none, "", "taught-words/1 P1"),
        ("words alone", [taught(Office.jane)], 5_555, nil, "", "no-reference"),
        ("words and the payer", [taught(Office.jane)], 5_555, Office.janesBank, "", "taught-words/1 P1"),
        ("words and the name", [taught(Office.second)], 4_000, nil, "Luis Vargas", "taught-words/1 P1"),
        ("a sender and its own name", [taught(Office.second, .sender)], 5_555, nil, "Luis Vargas", "payer-only"),
        ("words that mean two accounts", [taught(Office.jane), taught(Office.second)], 7_311, nil, "", "no-reference"),
        ("words of a cash-only account", [taught(Office.cashOnly)], 2_001, nil, "", "cash-only"),
        ("words of a closed account", [taught(Office.closed)], 5_555, nil, "Old Owner", "payer-only"),
    ])
    func `never posts by taught words alone, nor past a stop`(
        what: String, facts: [TaughtFacts], cents: Int64, payer: Int64?, name: String, expected: String
    ) throws {
        var item = Item()
        item.amount = Cents(cents)
        (item.memo, item.payer) = ("garden club 12", name)
        let query = MatchQuery(item: item, payer: payer, day: CivilDate(year: 2026, month: 3, day: 2)!)
        let book = Office.book()
        for fact in facts {
            book.teach(fact.kind == .text ? "GARDEN CLUB" : "LUIS VARGAS", of: fact.kind, mean: fact.account)
        }
        let verdict = try Matcher(policy: MatchPolicy()).decide(query, in: book)
        #expect(verdict.short == expected, "\(what)")
    }

    @Test(arguments: [
        ("Garden club, plot 12", "GARDEN CLUB PLOT"), ("WATER", ""), ("inv 2024-11", ""),
        ("O'Brien's barn", "OBRIENS BARN"),
        ("acct 4012345775", ""), ("PLOT7 GARDEN", "GARDEN"),
    ])
    func `never takes a number for a word`(memo: String, expected: String) {
        #expect(TaughtWords(memo: memo, payer: "", reference: "").text == expected)
    }
}
