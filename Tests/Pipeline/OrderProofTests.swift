import Ledger
import Model
import Pipeline
import Testing

/// One row changed behind Sluice's back is found: what left the office, and what was taken back.
struct OrderProofTests {
    /// An office that ordered a refund and money paid over, wrote a difference off, and undid a posting.
    private static func office() throws -> TemporaryHome {
        let office = try TemporaryHome()
        let checks = [Cents(6_000), Cents(7_000), Cents(40), Cents(8_000)].enumerated().map {
            Check($0.element, number: "\($0.offset + 17)")
        }
        try office.take("a.csv", Lockbox(checks))
        for json in [
            #""1-1-e1", "action": "refund", "to": "Jo""#,
            #""1-2-e1", "action": "pay-over", "to": "Town", "case": "7", "until": "2026-03-31""#,
            #""1-3-e1", "action": "write-off""#, #""1-4-e1", "action": "not-ours""#, #""1-4-e1", "action": "undo""#,
        ] {
            try #require(try office.decide(#"{"exception": \#(json)}"#) == nil)
        }
        try #require(try office.breaches == [])
        return office
    }

    static let changes: [(sql: [String], says: String)] = [
        (
            ["DROP TRIGGER orders_are_final", "UPDATE orders SET amount_cents = 6001 WHERE number = 1"],
            "payment 1-1: 60.01 is ordered to be paid out, the journal has 60.00 in refunds-payable"
        ),
        (
            ["DROP TRIGGER orders_are_final", "UPDATE orders SET amount_cents = 1 WHERE number = 2"],
            "payment 1-2: 0.01 is ordered to be paid out, the journal has 70.00 in due-to-others"
        ),
        (
            ["DROP TRIGGER orders_are_kept", "DELETE FROM orders WHERE number = 1"],
            "payment 1-1: 0.00 is ordered to be paid out, the journal has 60.00 in refunds-payable"
        ),
        (
            ["DROP TRIGGER decisions_are_final", "UPDATE decisions SET action = 'not-ours' WHERE decision = 3"],
            "payment 1-3: 0.40 went to over-short and no decision that stands says so"
        ),
        (
            ["DROP TRIGGER decisions_are_final", "UPDATE decisions SET needs = 'approval' WHERE decision = 1"],
            "payment 1-1: 60.00 went to refunds-payable and no decision that stands says so"
        ),
        (
            ["UPDATE journal_entries SET reverses = NULL WHERE reverses IS NOT NULL"],
            "payment 1-4: decision 5 undoes decision 4, and no entry takes its money back"
        ),
    ]

    @Test(arguments: changes) func `never lets a changed row of what left pass`(change: [String], says: String) throws {
        let office = try Self.office()
        for sql in change { try office.sql(sql) }
        let breaches = try office.breaches
        #expect(breaches.contains(says), "\(breaches)")
    }

    @Test func `never lets an order vanish from its numbers`() throws {
        let office = try Self.office()
        try office.sql("DROP TRIGGER orders_are_kept")
        try office.sql("DELETE FROM orders WHERE number = 1")
        #expect(try office.breaches.contains("outbox/refunds: 1 orders are kept, the last is 2"))
    }
}
