import Foundation
import Ledger
import Model
import Review
import Testing

@testable import Pipeline

/// Items of a held unit that were misread, over and short, and the second person for both.
struct CorrectTests {
    /// An office with a batch that is 9.00 too low, `1-1` of which is misread.
    private let office: TemporaryHome

    init() throws {
        office = try TemporaryHome()
        try office.takeApart("a.csv", [.coupon(1), .coupon(2)], by: 900)
    }

    private func people() throws {
        try add("ada", [.administer, .approve, .decide, .key])
        try add("ben", [.decide, .key])
        try add("cyd", [.decide, .approve])
    }

    private func add(_ name: String, _ rights: Set<Right>) throws {
        var user = User(name: name)
        user.rights = rights
        let by = try office.home.ledger.read {
            try $0.hasUsers() ? $0.reviewer(named: "ada") : $0.reviewer(systemUser: "root")
        }
        try Administering(home: office.home, now: office.now, by: by).add(user)
    }

    private func reviewing(_ name: String) throws -> Reviewing {
        let reviewer = try office.home.ledger.read { try $0.reviewer(named: name) }
        return Reviewing(home: office.home, now: office.now, by: reviewer)
    }

    private func decide(_ json: String, by name: String) throws -> String? {
        try reviewing(name).apply([(1, Array(json.utf8))], dryRun: false)[0].refusal
    }

    private func share(_ account: String, _ cents: Int64) -> Decision.Allocation {
        Decision.Allocation(account: account, amount: Cents(cents))
    }

    private var correction: String {
        #"{"exception": "1-e1", "action": "correct", "payment": "1-1", "amount": "60.37", "#
            + #""allocations": [{"account": "\#(AccountBook.account(4))", "amount": "60.37"}]}"#
    }

    @Test func `never changes what the bank credited, whatever an item truly is`() throws {
        let credited = try office.credited
        #expect(try office.correct("1-e1", "1-1", "60.37", to: AccountBook.account(4)) == nil)
        #expect(try office.standings == ["1-1 60.37 posted posted", "1-2 52.74 posted posted"])
        #expect(try office.payment("1-1").allocations.allSatisfy { $0.account == AccountBook.account(4) })
        #expect(try office.credited == credited)
        #expect(try office.standing(in: "unresolved") == .zero)
        #expect(try office.number("SELECT read_cents FROM items WHERE payment = 1000000001") == 5_137)
        #expect(try office.queue == [])
        #expect(try office.breaches == [])
        try office.run()
        #expect(try office.breaches == [])
    }

    @Test func `never releases a unit that a correction does not balance`() throws {
        let credited = try office.credited
        #expect(try office.correct("1-e1", "1-1", "55.37") == nil)
        #expect(try office.places == ["held unresolved"])
        #expect(try office.exception("1-e1").heldUnit?.difference == Cents(500))
        #expect(try office.credited == credited)
        #expect(try office.breaches == [])
        // The way back is another correction.
        #expect(try office.correct("1-e1", "1-1", "51.37") == nil)
        #expect(try office.exception("1-e1").heldUnit?.difference == Cents(900))
        #expect(try office.accept("1-e1", [("bank-error", "9.00", .null)]) == nil)
        #expect(try office.places == ["posted posted"])
        #expect(try office.credited == credited)
        #expect(try office.breaches == [])
    }

    @Test func `never keeps an item that is none`() throws {
        let office = try TemporaryHome()
        try office.takeApart("a.csv", [.coupon(1), .coupon(2)], by: -AccountBook.amount(2).rawValue)
        let credited = try office.credited
        #expect(try office.correct("1-e1", "1-2", "0.00") == nil)
        #expect(try office.standings == ["1-1 51.37 posted posted", "1-2 0.00 rejected none amount-zero"])
        #expect(try office.credited == credited)
        #expect(try office.breaches == [])
    }

    @Test(arguments: [
        (#""payment": "1-9", "amount": "1.00""#, "no item that waits"),
        (#""payment": "1-1", "amount": "51.37""#, "what the item truly is"),
        (#""payment": "1-1""#, "what the item truly is"),
        (#""amount": "60.37""#, "needs payment"),
        (#""payment": "1-1", "amount": "-1.00""#, "not an amount"),
        (#""payment": "1-1", "amount": "60.37", "allocations": [{"account": "4", "amount": "1.00"}]"#, "sum to 1.00"),
        (#""payment": "1-1", "amount": "60.37", "allocations": [{"account": "4", "amount": "60.37"}]"#, "no account 4"),
    ]) func `never takes a correction that makes no sense`(fields: String, why: String) throws {
        let refusal = try office.decide(#"{"exception": "1-e1", "action": "correct", \#(fields)}"#)
        #expect(refusal?.contains(why) == true, "\(refusal ?? "carried out")")
        #expect(try office.places == ["held unresolved"])
        #expect(try office.payment("1-1").amount == Cents(5_137))
    }

    @Test func `never corrects an amount into the twin of another payment`() throws {
        let office = try TemporaryHome()
        try office.take("a.csv", Lockbox([.coupon(1)]))
        var misread = Check.coupon(1)
        misread.amount = Cents(4_137)
        var held = Lockbox([misread, .coupon(2)])
        held.date = "2026-03-09"
        held.batchTotals[1] = AccountBook.amount(1) + AccountBook.amount(2)
        held.fileTotal = held.batchTotals[1]
        try office.take("b.csv", held)
        #expect(try office.correct("2-e1", "2-1", "51.37") == nil)
        #expect(
            try office.standings == [
                "1-1 51.37 posted posted", "2-1 51.37 duplicate on-hold duplicate-suspected", "2-2 52.74 posted posted",
            ])
        #expect(try office.breaches == [])
    }

    // MARK: A second person

    @Test func `never changes an amount that a second person has not keyed unseen`() throws {
        try people()
        #expect(try decide(correction, by: "ben") == nil)
        #expect(try office.places == ["held unresolved"])
        // What was keyed first is shown to nobody.
        let view = try office.exception("1-e1")
        let pending = try #require(view.decisions.last)
        #expect(pending.isBlind)
        for text in [view.json.line, try office.text("review/open/1-e1/exception.json")] {
            let decisions = text.suffix(from: try #require(text.range(of: "\"decisions\"")).lowerBound)
            #expect(!decisions.prefix { $0 != "]" }.contains("60.37"), "\(decisions)")
        }
        let cyd = try reviewing("cyd")
        #expect(throws: DecisionRefused.self) { try cyd.approve("1-e1", note: nil) }
        #expect(throws: DecisionRefused.self) { try cyd.approve("1-e1", note: nil, keyed: []) }
        let others = [
            [share(AccountBook.account(4), 6_073)], [share(AccountBook.account(5), 6_037)],
            [share(AccountBook.account(4), 6_000), share(AccountBook.account(5), 37)],
        ]
        for other in others {
            #expect(throws: DecisionRefused.self) { try cyd.approve("1-e1", note: nil, keyed: other) }
        }
        #expect(try office.number("SELECT count(*) FROM verdicts WHERE verdict = 'differs'") == 3)
        #expect(try office.exception("1-e1").pendingDecision == pending.number)
        #expect(try office.places == ["held unresolved"])
        let ben = try reviewing("ben")
        #expect(throws: DecisionRefused.self) {
            try ben.approve("1-e1", note: nil, keyed: [share(AccountBook.account(4), 6_037)])
        }
        _ = try cyd.approve("1-e1", note: nil, keyed: [share(AccountBook.account(4), 6_037)])
        #expect(try office.standings == ["1-1 60.37 posted posted", "1-2 52.74 posted posted"])
        #expect(try office.breaches == [])
    }

    @Test func `never corrects without the right to key`() throws {
        try people()
        #expect(try decide(correction, by: "cyd")?.contains("no right to key") == true)
    }

    @Test func `never gives money to over and short by one person`() throws {
        try people()
        let accept =
            #"{"exception": "1-e1", "action": "accept-batch", "#
            + #""differences": [{"kind": "over-short", "amount": "9.00"}]}"#
        #expect(try decide(accept, by: "ada") == nil)
        #expect(try office.places == ["held unresolved"])
        let ada = try reviewing("ada")
        #expect(throws: DecisionRefused.self) { try ada.approve("1-e1", note: nil) }
        let ben = try reviewing("ben")
        #expect(throws: DecisionRefused.self) { try ben.approve("1-e1", note: nil) }
        _ = try reviewing("cyd").approve("1-e1", note: nil)
        #expect(try office.standing(in: "over-short") == Cents(900))
        #expect(try office.places == ["posted posted"])
        #expect(try office.breaches == [])
    }

    @Test(arguments: [
        "INSERT INTO decisions (decision, exception, action, allocations, decided_by, decided_at, differences) "
            + "VALUES (9, '1-e1', 'accept-batch', '[]', 'ben', 'x', '[{\"kind\":\"over-short\"}]')",
        "INSERT INTO decisions (decision, exception, action, allocations, decided_by, decided_at, payment, "
            + "amount_cents) VALUES (9, '1-e1', 'correct', '[]', 'ben', 'x', 1000000001, 1)",
    ]) func `never lets another program do with one person what takes two`(insert: String) throws {
        try people()
        try office.sql(insert)
        #expect(throws: LedgerFault.self) {
            try office.sql(
                "INSERT INTO journal_entries (entry, kind, decision, bank_on, effective_on, posted_on) "
                    + "VALUES (100000000199, 'difference', 9, 20260302, 20260302, 20260302)")
        }
    }
}
