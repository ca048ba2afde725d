import Ledger
import Model
import Pipeline
import Review
import Testing

/// Decisions that cannot be carried out change nothing and say why.
struct RefusedDecisionTests {
    private static let one = AccountBook.account(1)

    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var json: String
        /// Words of the refusal.
        var says: [String]
        /// What is known to be wrong today.

        var testDescription: String { name }
    }

    private static func post(_ allocations: String) -> String { json("post", allocations) }

    private static func json(_ action: String, _ allocations: String, kind: String = "") -> String {
        let kind = kind.isEmpty ? "" : #", "kind": "\#(kind)""#
        return #"{"exception": "1-1-e1", "action": "\#(action)"\#(kind), "allocations": [\#(allocations)]}"#
    }

    static let cases = [
        Case(
            name: "a sum too small", json: post(#"{"account": "\#(one)", "amount": "59.99"}"#),
            says: ["59.99", "60.00"]),
        Case(
            name: "a sum too large",
            json: post(#"{"account": "\#(one)", "amount": "60.00"}, {"account": "\#(one)", "amount": "0.01"}"#),
            says: ["60.01", "60.00"]),
        Case(
            name: "a sum beyond 64 bits",
            json: post(
                #"{"account": "\#(one)", "amount": "90000000000000000.00"}, "#
                    + #"{"account": "\#(one)", "amount": "90000000000000000.00"}"#
            ), says: ["too much", "60.00"]),
        Case(name: "no allocations", json: #"{"exception": "1-1-e1", "action": "post"}"#, says: ["needs allocations"]),
        Case(
            name: "an unknown account", json: post(#"{"account": "4000000000", "amount": "60.00"}"#),
            says: ["no account 4000000000"]),
        Case(
            name: "another account's bill",
            json: post(#"{"account": "\#(one)", "bill": "W20002", "amount": "60.00"}"#), says: ["W20002", one]),
        Case(
            name: "a bill that is not there",
            json: post(#"{"account": "\#(one)", "bill": "W1", "amount": "60.00"}"#), says: ["W1"]),
        Case(
            name: "an amount below zero",
            json: post(#"{"account": "\#(one)", "amount": "-1.00"}, {"account": "\#(one)", "amount": "61.00"}"#),
            says: ["-1.00"]),
        Case(name: "an amount of zero", json: post(#"{"account": "\#(one)", "amount": "0.00"}"#), says: ["0.00"]),
        Case(
            name: "an amount as a number", json: post(#"{"account": "\#(one)", "amount": 60.00}"#),
            says: ["not a decision"]),
        Case(
            name: "a fraction of a cent", json: post(#"{"account": "\#(one)", "amount": "60.001"}"#), says: ["60.001"]),
        Case(
            name: "an unknown field",
            json: #"{"exception": "1-1-e1", "action": "not-ours", "decided_by": "mayor"}"#, says: ["decided_by"]),
        Case(
            name: "an unknown field of an allocation",
            json: post(#"{"account": "\#(one)", "amount": "60.00", "acount": "1"}"#), says: ["acount"]),
        Case(
            name: "an unknown action", json: #"{"exception": "1-1-e1", "action": "destroy"}"#,
            says: ["destroy", "not-ours"]),
        Case(
            name: "an action that does not fit", json: #"{"exception": "1-1-e1", "action": "reject-file"}"#,
            says: ["reject-file does not fit", "post"]),
        Case(
            name: "an unknown kind", json: #"{"exception": "1-1-e1", "action": "duplicate", "kind": "thrice"}"#,
            says: ["thrice", "told-twice"]),
        Case(
            name: "an exception that is not there", json: #"{"exception": "7-7-e7", "action": "note"}"#,
            says: ["no exception 7-7-e7"]),
        Case(name: "no exception", json: #"{"action": "note"}"#, says: ["exception is missing"]),
        Case(name: "a list", json: "[]", says: ["not a decision"]),
        Case(
            name: "paid twice without an account or a twin",
            json: #"{"exception": "1-1-e1", "action": "duplicate", "kind": "paid-twice"}"#, says: ["account"]),
        Case(
            name: "credit for an unknown account",
            json:
                json("credit", #"{"account": "4000000000", "amount": "60.00"}"#),
            says: ["no account 4000000000"]),
        Case(
            name: "paid twice by an unknown account",
            json:
                json("duplicate", #"{"account": "4000000000", "amount": "60.00"}"#, kind: "paid-twice"),
            says: ["no account 4000000000"]),
        Case(
            name: "paid twice with another sum",
            json:
                json("duplicate", #"{"account": "\#(one)", "amount": "1.00"}"#, kind: "paid-twice"),
            says: ["1.00", "60.00"]),
        Case(
            name: "credit for a bill",
            json:
                json("credit", #"{"account": "\#(one)", "bill": "W20001", "amount": "60.00"}"#),
            says: ["bill"]),
    ]

    @Test(arguments: cases) func `never changes anything when it refuses`(_ item: Case) throws {
        let office = try TemporaryHome()
        try office.take("a.csv", Lockbox([Check(Cents(6_000), number: "17", bankAccount: "77000017")]))
        let before = try (office.ledger, office.standings, office.queue, office.files("review", "outbox"))
        let audits = try office.number("SELECT count(*) FROM audit")
        func check() throws {
            let refusal = try #require(try office.decide(item.json))
            for words in item.says { #expect(refusal.contains(words), "it says: \(refusal)") }
            #expect(try office.ledger == before.0)
            #expect(try office.standings == before.1)
            #expect(try office.queue == before.2)
            #expect(try office.files("review", "outbox") == before.3)
            #expect(try office.number("SELECT count(*) FROM decisions") == 0)
            #expect(try office.number("SELECT count(*) FROM audit") == audits)
        }
        try check()
    }

    @Test func `never decides an exception twice`() throws {
        let office = try TemporaryHome()
        try office.take("a.csv", Lockbox([Check(Cents(6_000), number: "17", bankAccount: "77000017")]))
        #expect(try office.decide("1-1-e1", "post", ["\(Self.one)=60.00"]) == nil)
        let ledger = try office.ledger
        let refusal = try #require(try office.decide("1-1-e1", "not-ours"))
        #expect(refusal.contains("was decided already (post by reviewer, 2026-03-02T20:00:00Z)"))
        #expect(try office.ledger == ledger)
    }

    @Test func `never lets one refused line stop the others`() throws {
        let office = try TemporaryHome()
        try office.take("a.csv", Lockbox([1, 2, 3].map { Check(Cents($0 * 1_001)) }))
        let lines = ["1-1-e1", "9-9-e9", "1-3-e1"].enumerated().map { place, id in
            (line: place + 1, json: Array(#"{"exception": "\#(id)", "action": "not-ours"}"#.utf8))
        }
        let rehearsal = try Reviewing(home: office.home, now: office.now, by: Reviewer(unrestricted: "u")).apply(
            lines, dryRun: true)
        #expect(rehearsal.map { $0.refusal == nil } == [true, false, true])
        #expect(try office.places == ["suspense suspense"], "a rehearsal changes nothing")
        let outcomes = try Reviewing(home: office.home, now: office.now, by: Reviewer(unrestricted: "u")).apply(
            lines, dryRun: false)
        #expect(outcomes.map { $0.refusal == nil } == [true, false, true])
        #expect(outcomes.map(\.line) == [1, 2, 3])
        #expect(try office.payments.map(\.books) == ["due-to-others", "suspense", "due-to-others"])
        #expect(try office.queue == ["1-2-e1 no-reference"])
        #expect(try office.breaches == [])
    }
}
