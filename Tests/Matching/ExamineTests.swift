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

    /// Accounts of one customer that are paid together, to the cent.
    private func together(isBlind: Bool) throws -> [Candidate] {
        var item = Item()
        item.amount = Cents(4_047 + 6_219)
        item.account = Office.second
        let query = MatchQuery(item: item, payer: nil, day: CivilDate(year: 2026, month: 3, day: 2)!)
        return try Matcher(policy: MatchPolicy()).examine(query, in: Office.book(), isBlind: isBlind).candidates
    }

    @Test func `an account that is paid in full is never said to be paid too much`() throws {
        let candidates = try together(isBlind: false)
        #expect(Set(candidates.prefix(2).map(\.account)) == [Office.second, Office.third])
        for (candidate, cents) in zip(candidates.sorted { $0.account > $1.account }.prefix(2), ["40.47", "62.19"]) {
            #expect(candidate.evidence.contains("takes \(cents) of it, exactly what it owes"), "\(candidate)")
            #expect(!candidate.evidence.contains("the amount is more than the account owes"))
        }
    }

    @Test func `who decides blind never reads what the rule chose`() throws {
        for candidate in try together(isBlind: true) {
            #expect(!candidate.evidence.contains { $0.hasPrefix("takes") }, "\(candidate)")
        }
    }

    @Test func `a sentence of evidence is never said of another account`() {
        let candidates = [("1", ["bill X is its own"]), ("2", ["bill Y is its own"]), ("3", [])].map {
            Candidate(account: $0.0, name: "", score: 1, evidence: $0.1)
        }
        let sentence = comparison(of: candidates, chosen: ["1", "2"], why: "the list says so")
        #expect(sentence == "Next comes account 3. Only for account 1 it holds that bill X is its own.")
        let other = Candidate(account: "4", name: "", score: 0, evidence: [])
        let same = comparison(of: [candidates[2], other], chosen: [], why: "so")
        #expect(same?.hasSuffix("The rule went by this: so.") == true)
    }

    @Test func `what speaks against an account is never said to hold only for it`() {
        let clean = "its number was read clean"
        let against = ["it is closed and owes nothing", "the account owes nothing", "it has the flag dispute"]
        func candidate(_ number: String, _ evidence: [String]) -> Candidate {
            Candidate(account: number, name: "", score: 1, evidence: evidence)
        }
        let first = comparison(of: [candidate("1", [clean] + against), candidate("2", [])], chosen: [])
        #expect(first == "Next comes account 2. Only for account 1 it holds that its number was read clean.")
        let same = comparison(of: [candidate("1", against), candidate("2", [])], chosen: [])
        #expect(same == "Next comes account 2. All that speaks for account 1 speaks for it too.")
        let next = comparison(of: [candidate("1", [clean]), candidate("2", [clean] + against)], chosen: [])
        #expect(
            next?.hasSuffix(
                "Against account 2 speaks that it is closed and owes nothing, the account owes nothing"
                    + " and it has the flag dispute.") == true, "\(next ?? "")")
    }

    @Test func `the amount alone is never more than the amount`() throws {
        let alone = try Office.decide(8_123) { $0.payer = "SOMEBODY ELSE" }
        #expect(alone.candidates.first.map { EvidenceWords.isMoreThanAmount($0.evidence) } == false)
        let named = try Office.decide(8_124) { $0.payer = "Mo Ver" }
        #expect(named.candidates.first.map { EvidenceWords.isMoreThanAmount($0.evidence) } == true)
    }

    @Test(arguments: [
        ("N/A", "names no account"), ("4??2345775", "more than one unread digit is never completed"),
        ("9998880001", "wrong check digit"),
    ])
    func `never gives an untrue reason for a number`(read: String, says: String) throws {
        let why = try Office.decide(1_234) { $0.account = read }.why
        #expect(why.contains(says), "\(why)")
    }

    @Test func `two numbers in one column are never one of so many digits`() throws {
        let why = try Office.decide(1_234) { $0.account = "\(Office.nobody) / \(Office.number("999777666"))" }.why
        #expect(why.contains("is more than one number"), "\(why)")
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
