import Foundation
import Ledger
import Model
import Review
import Testing

@testable import Pipeline

/// A list that does not add up, from the bank's file to the person who mends it.
struct ListReviewTests {
    private static func list(_ lines: [(Int, Int64)], over total: Int64) -> Check {
        var check = Check(Cents(total), number: "900", bankAccount: "5551")
        check.lines = lines.map { (AccountBook.bill($0.0), AccountBook.amount($0.0) + Cents($0.1)) }
        return check
    }

    private static func sum(_ accounts: ClosedRange<Int>) -> Int64 { accounts.map(AccountBook.amount).sum.rawValue }

    @Test func `never posts a list that does not add up, and says which line does not fit`() throws {
        let office = try TemporaryHome()
        // Account 2 owes 52.74; 25.74 was read.
        try office.take("a.csv", Lockbox([Self.list([(1, 0), (2, -2_700), (3, 0)], over: Self.sum(1...3))]))
        #expect(try office.standings == ["1-1 158.22 held unresolved item-out-of-balance"])
        let view = try office.exception("1-1-e1")
        #expect(view.whyNotPosted.contains("line 2, bill \(AccountBook.bill(2)) of account \(AccountBook.account(2))"))
        #expect(view.whyNotPosted.contains("25.74 read, 52.74 is owed: two digits swapped"))
        #expect(try office.payment("1-1").rule == "list-doctor/1")
        // A person agrees: the whole list posts as it was meant.
        let allocations = try #require(view.candidates.first).allocations
        let decision: JSON = [
            "exception": .string("1-1-e1"), "action": .string("split"), "allocations": allocations,
        ]
        #expect(try office.decide(decision.line) == nil)
        for n in 1...3 { #expect(try office.open(on: AccountBook.bill(n)) == .zero) }
        #expect(try office.breaches == [])
    }

    @Test func `says so when no one line explains it, and shows whose the lines are`() throws {
        let office = try TemporaryHome()
        try office.take("a.csv", Lockbox([Self.list([(1, 0), (2, 0)], over: Self.sum(1...2) + 77)]))
        let view = try office.exception("1-1-e1")
        #expect(view.whyNotPosted.contains("no one line explains the difference"))
        #expect(Set(view.candidates.map(\.account)).isSuperset(of: [1, 2].map(AccountBook.account)))
    }

    @Test func `says that a line is missing when its customer owes just that`() throws {
        var book = AccountBook()
        book.changeAccount(4) { $0.customer = "C1001" }
        let office = try TemporaryHome(book)
        try office.take(
            "a.csv", Lockbox([Self.list([(1, 0), (2, 0)], over: Self.sum(1...2) + AccountBook.amount(4).rawValue)]))
        let view = try office.exception("1-1-e1")
        #expect(view.whyNotPosted.contains("a line is missing: bill \(AccountBook.bill(4))"), "\(view.whyNotPosted)")
        #expect(try #require(view.candidates.first).posting.contains(AccountBook.bill(4)))
    }

    @Test func `never gives the rest of a list that is partly known to anybody`() throws {
        let office = try TemporaryHome()
        var check = Self.list([(1, 0), (2, 0)], over: Self.sum(1...2))
        check.lines[1].bill = "GAS-77"
        try office.take("a.csv", Lockbox([check]))
        let view = try office.exception("1-1-e1")
        #expect(view.reason == "lines-partly-known")
        let first = try #require(view.candidates.first)
        #expect(first.account == AccountBook.account(1) && first.posting.contains("51.37"))
        #expect(!first.posting.contains("52.74") && !first.posting.contains("104.11"))
        let decision: JSON = [
            "exception": .string("1-1-e1"), "action": .string("split"), "allocations": first.allocations,
        ]
        #expect(try #require(try office.decide(decision.line)).contains("the payment is 104.11"))
    }
}
