import Model
import Testing

@testable import Matching

/// A customer who pays for several accounts and names none.
struct CustomerTotalTests {
    private static let bank: Int64 = 7

    private static func book() -> MemoryBook {
        let book = Office.book()
        book.teach(payer: bank, account: Office.landlord[1])
        return book
    }

    private static let due = Office.landlord.map { Office.book().account($0)!.due.rawValue }

    @Test(
        "All that one known customer owes posts; a part of it only when payer and name both say who it is",
        arguments: [
            // amount, payer, name, verdict
            (due[0] + due[1] + due[2], bank, "HILL REALTY LLC", "customer-total/2 P1"),
            (due[0] + due[1] + due[2], bank, "", "customer-total/2 P1"),
            (due[0] + due[1] + due[2], nil, "Hill Realty LLC", "customer-total/2 P1"),
            (due[0] + due[1] + due[2] - 1, bank, "HILL REALTY LLC", "payer-only"),
            (due[0] + due[1], bank, "HILL REALTY LLC", "customer-total/2 P1"),
            (due[0] + due[1], bank, "", "payer-only"),
            (due[0] + due[1], nil, "Hill Realty LLC", "payer-only"),
            (due[0] + due[1] + due[2], Office.service, "", "no-reference"),
            (due[0] + due[1] + due[2], nil, "", "no-reference"),
        ] as [(Int64, Int64?, String, String)])
    func total(cents: Int64, payer: Int64?, name: String, expected: String) throws {
        let verdict = try Office.decide(cents, payer: payer, in: Self.book()) { $0.payer = name }
        #expect(verdict.short == expected, "\(verdict.why)")
        #expect(verdict.reason != nil || verdict.shares.map(\.cents).sum == Cents(cents))
    }

    @Test func `two customers of one name are never taken for one`() throws {
        let book = Office.book()
        let other = Office.number("733333444")
        book.insert(
            AccountFacts(
                number: other, customer: "C10", name: "Hill Realty LLC",
                bills: [OpenBill(number: "B1", amount: Cents(999), open: Cents(999))]))
        let verdict = try Office.decide(Self.due.reduce(0, +), in: book) { $0.payer = "Hill Realty LLC" }
        #expect(verdict.reason != nil)
    }

    @Test func `a number that is not in the book speaks against the customer`() throws {
        let verdict = try Office.decide(Self.due.reduce(0, +), payer: Self.bank, in: Self.book()) { item in
            (item.payer, item.account) = ("Hill Realty LLC", Office.nobody)
        }
        #expect(verdict.short == "account-not-found")
    }

    @Test func `an amount that some set of many accounts owes by accident proves nothing`() {
        let accounts = (0..<12).map { place in
            AccountFacts(
                number: "\(place)", customer: "C",
                bills: [OpenBill(number: "B\(place)", amount: Cents(2_000), open: Cents(2_000 + Int64(place)))])
        }
        #expect(isNoAccident(accounts, of: accounts))
        #expect(isNoAccident(Array(accounts.dropLast()), of: accounts))
        #expect(!isNoAccident(Array(accounts.dropLast(6)), of: accounts))
    }
}
