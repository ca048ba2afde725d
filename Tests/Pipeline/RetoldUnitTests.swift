import Ledger
import Model
import Review
import Testing

@testable import Pipeline

/// A unit that the bank sends again while the first is held: the credit stands once.
struct RetoldUnitTests {
    /// `a.csv` with a batch that lacks an item, and `b.csv` with what puts it right.
    private static func office(_ numbered: Bool) throws -> TemporaryHome {
        let office = try TemporaryHome()
        func check(_ n: Int) -> Check {
            numbered ? .coupon(n) : Check(AccountBook.amount(n), account: AccountBook.account(n))
        }
        try office.takeApart("a.csv", [check(1), check(2)], by: AccountBook.amount(3).rawValue)
        try office.take("b.csv", Lockbox([check(1), check(2), check(3)]))
        return office
    }

    @Test(arguments: [true, false], ["reject-file", "duplicate"])
    func `never keeps a credit on the books twice`(numbered: Bool, action: String) throws {
        let office = try Self.office(numbered)
        #expect(try office.payment("1-1").books == "unresolved")
        #expect(try office.payment("2-1").books == "on-hold")
        let view = try office.exception("1-e1")
        let first = try #require(view.proposals.first)
        #expect(first.what.contains("b.csv, intake 2, tells it again") && first.decision.line.contains("reject-file"))
        #expect(try office.text("review/open/1-e1/exception.json").contains("tells it again"))
        #expect(try office.decide("1-e1", action) == nil)
        #expect(try office.payments.filter { $0.payment.intake == 1 }.allSatisfy { $0.books == "none" })
        let sum = (1...3).map(AccountBook.amount).sum
        #expect(
            try office.number("SELECT sum(amount_cents) FROM journal_lines WHERE ledger_account = 'cash-clearing'")
                == sum.rawValue)
        #expect(try office.standing(in: "unresolved") == .zero)
        let again = try office.payments.filter { $0.payment.intake == 2 }
        #expect(again.map(\.books) == ["posted", "posted", "posted"])
        #expect(try office.queue == [])
        #expect(try office.breaches == [])
        try office.run()
        #expect(try office.breaches == [])
        #expect(try office.decide("1-e1", "undo")?.contains("not undone here") == true)
    }

    @Test func `never accepts in silence what another file tells again`() throws {
        let office = try Self.office(true)
        let account = AccountBook.amount(3).description
        let refusal = try office.accept("1-e1", [("bank-error", account, .null)])
        #expect(refusal?.contains("b.csv, intake 2, tells items of it again") == true, "\(refusal ?? "")")
        #expect(try office.accept("1-e1", [("bank-error", account, .null)], note: "two deposits") == nil)
        #expect(try office.payment("1-1").books == "posted")
        #expect(try office.payment("2-1").books == "on-hold")
        #expect(try office.breaches == [])
        // Told twice is only one of both.
        #expect(try office.decide("2-1-e1", "duplicate", kind: "told-twice") == nil)
        #expect(try office.breaches == [])
    }

    @Test(arguments: ["missing-item", "bank-error"], [true, false])
    func `never posts again what was accepted before the bank told it again`(kind: String, numbered: Bool) throws {
        let office = try TemporaryHome()
        func check(_ n: Int) -> Check {
            numbered ? .coupon(n) : Check(AccountBook.amount(n), account: AccountBook.account(n))
        }
        try office.takeApart("a.csv", [check(1), check(2)], by: AccountBook.amount(3).rawValue)
        let more: JSON = kind == "bank-error" ? .null : ["account": .string(AccountBook.account(3))]
        #expect(try office.accept("1-e1", [(kind, AccountBook.amount(3).description, more)]) == nil)
        try office.take("b.csv", Lockbox([check(1), check(2), check(3)]))
        let again = try office.payments.filter { $0.payment.intake == 2 }
        #expect(again.map(\.books) == ["on-hold", "on-hold", "on-hold"])
        for payment in again {
            #expect(try office.decide("\(payment.payment)-e1", "duplicate", kind: "told-twice") == nil)
        }
        #expect(try office.breaches == [])
    }

    @Test func `never takes a held unit off the books that nothing tells again`() throws {
        let office = try TemporaryHome()
        try office.takeApart("a.csv", [.coupon(1)], by: 100)
        #expect(try office.decide("1-e1", "reject-file")?.contains("a note must say") == true)
        #expect(
            try office.decide("1-e1", "duplicate", kind: "paid-twice")?.contains("told twice or not at all") == true)
        #expect(try office.places == ["held unresolved"])
    }

    @Test func `never rejects a unit because of which another telling was taken off`() throws {
        let office = try Self.office(true)
        #expect(try office.decide("2-1-e1", "duplicate", kind: "told-twice") == nil)
        #expect(try office.decide("1-e1", "reject-file")?.contains("was taken off the books") == true)
        #expect(try office.breaches == [])
    }
}
