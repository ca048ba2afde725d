import Foundation
import Ledger
import Model
import Review
import Testing

@testable import Pipeline

/// Held units that a person accepts: what leaves unresolved, and what never does.
struct HeldUnitTests {
    private static let account = AccountBook.account(3)

    @Test(arguments: [
        [], ["99.99"], ["100.01"], ["100.00", "0.01"], ["-100.00"], ["50.00", "49.99"],
        ["92233720368547758.07", "1.00"],
    ]) func `never accepts a unit with a cent unnamed`(amounts: [String]) throws {
        let office = try TemporaryHome()
        try office.takeApart("a.csv", [.coupon(1), .coupon(2)], by: 10_000)
        let before = try office.ledger
        let refusal = try office.accept("1-e1", amounts.map { ("bank-error", $0, .null) })
        let said = try #require(refusal)
        #expect(said.contains("204.11") && said.contains("104.11") && said.contains("100.00 apart"), "\(said)")
        #expect(try office.ledger == before)
        #expect(try office.queue == ["1-e1 batch-out-of-balance"])
        #expect(try office.breaches == [])
    }

    @Test func `never changes what the bank credited, and posts only what is proven`() throws {
        let office = try TemporaryHome()
        try office.takeApart("a.csv", [.coupon(1), Check(Cents(4_321)), .coupon(2)], by: 10_000)
        let credited = try office.credited
        #expect(try office.accept("1-e1", [("bank-error", "100.00", ["note": "asked"])]) == nil)
        #expect(
            try office.standings == [
                "1-1 51.37 posted posted", "1-2 43.21 suspense suspense no-reference", "1-3 52.74 posted posted",
            ])
        #expect(try office.queue == ["1-2-e1 no-reference", "1-e2 difference-claimed"])
        #expect(try office.credited == credited)
        #expect(try office.standing(in: "unresolved") == Cents(10_000))
        #expect(try office.open(on: AccountBook.bill(1)) == .zero)
        let claim = try office.exception("1-e2")
        #expect(claim.amount == Cents(10_000) && claim.waitingFor == "the bank")
        #expect(claim.actions.contains(.acceptBatch) && !claim.actions.contains(.correct))
        #expect(try office.home.ledger.read { try $0.claims() }.map(\.exception) == ["1-e2"])
        #expect(try office.breaches == [])
        try office.run()
        #expect(try office.breaches == [])
        // What was suspected stays decidable as any other.
        #expect(try office.decide("1-2-e1", "post", ["\(Self.account)=43.21"]) == nil)
        #expect(try office.breaches == [])
    }

    @Test func `never loses a missing item that is keyed`() throws {
        let office = try TemporaryHome()
        try office.takeApart("a.csv", [.coupon(1)], by: 10_000)
        let credited = try office.credited
        let refusal = try office.accept(
            "1-e1",
            [
                ("missing-item", "60.00", ["account": .string(Self.account), "check_number": "0077"]),
                ("missing-item", "40.00", ["payer": "Nobody Known"]),
            ])
        #expect(refusal == nil)
        #expect(
            try office.standings == [
                "1-1 51.37 posted posted", "1-2 60.00 posted posted", "1-3 40.00 suspense suspense no-reference",
            ])
        #expect(try office.payment("1-2").checkNumber == "77")
        #expect(try office.payment("1-2").allocations.map(\.account).allSatisfy { $0 == Self.account })
        #expect(try office.standing(in: "unresolved") == .zero)
        #expect(try office.credited == credited)
        #expect(try office.queue == ["1-3-e1 no-reference"])
        #expect(try office.breaches == [])
        try office.run()
        #expect(try office.breaches == [])
    }

    @Test(arguments: [
        (#"{"kind": "missing-item", "amount": "-100.00"}"#, "below zero"),
        (#"{"kind": "missing-item", "amount": "100.00", "account": "1"}"#, "there is no account 1"),
        (#"{"kind": "missing-item", "amount": "100.00", "bill": "B"}"#, "needs its account"),
        (#"{"kind": "bank-error", "amount": "100.00", "account": "1"}"#, "only a missing-item"),
        (#"{"kind": "bank-error", "amount": "0.00"}"#, "not an amount"),
        (#"{"kind": "bank-error", "amount": "100.001"}"#, "not an amount"),
        (#"{"kind": "kindness", "amount": "100.00"}"#, "not known"),
        (#"{"kind": "bank-error", "amount": "100.00", "by": "ada"}"#, "not known"),
    ]) func `never takes a difference that makes no sense`(difference: String, why: String) throws {
        let office = try TemporaryHome()
        try office.takeApart("a.csv", [.coupon(1)], by: 10_000)
        let refusal = try office.decide(
            #"{"exception": "1-e1", "action": "accept-batch", "differences": [\#(difference)]}"#)
        #expect(refusal?.contains(why) == true, "\(refusal ?? "carried out")")
        #expect(try office.places == ["held unresolved"])
    }

    @Test func `never forgets a claim before it is named`() throws {
        let office = try TemporaryHome()
        try office.takeApart("a.csv", [.coupon(1)], by: -2_000)
        #expect(try office.accept("1-e1", [("bank-error", "-20.00", .null)]) == nil)
        #expect(try office.standing(in: "unresolved") == Cents(-2_000))
        #expect(try office.accept("1-e2", [("bank-error", "-20.00", .null)])?.contains("claimed already") == true)
        #expect(try office.accept("1-e2", [("over-short", "-19.99", .null)])?.contains("over -20.00") == true)
        let credited = try office.credited
        #expect(
            try office.accept("1-e2", [("over-short", "-15.00", .null), ("bank-error", "-5.00", .null)]) == nil)
        #expect(try office.standing(in: "over-short") == Cents(-1_500))
        #expect(try office.queue == ["1-e3 difference-claimed"])
        #expect(try office.credited == credited)
        #expect(try office.breaches == [])
        try office.sql("UPDATE exceptions SET closed_at = '2026-03-02T20:00:00Z' WHERE exception = '1-e3'")
        #expect(try office.breaches.contains { $0.contains("-5.00 of a unit stand in unresolved") })
    }

    @Test func `never releases what stands on another unit of the file`() throws {
        let office = try TemporaryHome()
        var file = Lockbox([.coupon(1)], [.coupon(2)], [.coupon(3)])
        file.batchTotals = [1: AccountBook.amount(1) + Cents(500), 2: AccountBook.amount(2) - Cents(200)]
        file.fileTotal = file.batches.joined().map(\.amount).sum + Cents(300)
        try office.take("a.csv", file)
        #expect(try office.queue == ["1-e1 batch-out-of-balance", "1-e2 batch-out-of-balance"])
        #expect(try office.accept("1-e2", [("bank-error", "-2.00", .null)]) == nil)
        #expect(try office.payment("1-1").books == "unresolved")
        #expect(try office.payment("1-2").books == "posted")
        #expect(try office.accept("1-e1", [("missing-item", "5.00", .null)]) == nil)
        #expect(try office.payment("1-1").books == "posted")
        #expect(try office.standing(in: "unresolved") == Cents(-200))
        #expect(try office.breaches == [])
    }

    @Test func `never holds a whole file that a person accepts`() throws {
        let office = try TemporaryHome()
        var file = Lockbox([.coupon(1)], [.coupon(2)])
        file.fileTotal = AccountBook.amount(1) + AccountBook.amount(2) + Cents(700)
        try office.take("a.csv", file)
        let credited = try office.credited
        let missing: JSON = ["account": .string(Self.account)]
        #expect(
            try office.accept("1-e1", [("missing-item", "6.00", missing), ("bank-error", "1.00", .null)]) == nil)
        #expect(try office.places == ["posted posted"])
        #expect(try office.payments.count == 3)
        #expect(try office.credited == credited)
        #expect(try office.breaches == [])
    }

    @Test func `never posts an item whose number another payment bears, because its unit was accepted`() throws {
        let office = try TemporaryHome()
        try office.take("a.csv", Lockbox([.coupon(1)]))
        var again = Lockbox([.coupon(1), .coupon(2)])
        again.date = "2026-03-09"
        again.batchTotals[1] = AccountBook.amount(1) + AccountBook.amount(2) + Cents(100)
        again.fileTotal = again.batchTotals[1]
        try office.take("b.csv", again)
        #expect(try office.accept("2-e1", [("bank-error", "1.00", .null)]) == nil)
        #expect(
            try office.standings == [
                "1-1 51.37 posted posted", "2-1 51.37 duplicate on-hold duplicate-suspected", "2-2 52.74 posted posted",
            ])
        #expect(try office.breaches == [])
    }

    @Test func `never posts beyond a stop, because a unit was accepted`() throws {
        var book = AccountBook()
        book.flags.append("\(AccountBook.account(1)),bankruptcy,,,B-1,")
        let office = try TemporaryHome(book)
        try office.takeApart("a.csv", [.coupon(1), .coupon(2)], by: 100)
        #expect(try office.accept("1-e1", [("bank-error", "1.00", .null)]) == nil)
        #expect(try office.payment("1-1").books == "on-hold")
        #expect(try office.queue == ["1-1-e1 account-flagged", "1-e2 difference-claimed"])
        #expect(try office.breaches == [])
    }

    @Test func `never does a decision twice, nor half of it`() throws {
        let office = try TemporaryHome()
        try office.takeApart("a.csv", [.coupon(1), .coupon(2)], by: 100)
        let before = try (office.ledger, office.standings, office.queue)
        struct Killed: Error {}
        let decision = try Decision(
            json: Array(
                (#"{"exception": "1-e1", "action": "accept-batch", "#
                    + #""differences": [{"kind": "missing-item", "amount": "1.00"}]}"#).utf8))
        #expect(throws: Killed.self) {
            try office.home.ledger.write { transaction in
                let reviewer = Reviewer(unrestricted: "ada")
                try office.home.deciding(transaction, by: reviewer, route: .command, at: office.now).apply(decision)
                throw Killed()
            }
        }
        try office.reopen()
        #expect(try office.ledger == before.0)
        #expect(try (office.standings, office.queue) == (before.1, before.2))
        #expect(try office.accept("1-e1", [("missing-item", "1.00", .null)]) == nil)
        let after = try office.ledger
        #expect(try office.accept("1-e1", [("missing-item", "1.00", .null)])?.contains("decided already") == true)
        try office.run()
        #expect(try office.ledger.count == after.count)
        #expect(try office.decide("1-e1", "undo")?.contains("not undone here") == true)
        #expect(try office.breaches == [])
    }
}
