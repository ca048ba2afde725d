import Ledger
import Model
import Pipeline
import Review
import Testing

/// Where one item stands, by what is known of it and of its account.
struct StandingTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var check: @Sendable () -> Check
        var book: @Sendable (inout AccountBook) -> Void = { _ in }
        var stands: String
        var opens = true

        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(name: "a coupon paid in full", check: { .coupon(1) }, stands: "posted posted", opens: false),
        Case(
            name: "a closed account that owes nothing", check: { .coupon(1) },
            book: {
                $0.changeAccount(1) { $0.status = "closed" }
                $0.changeBill(1) { $0.balance = .zero }
            }, stands: "suspense suspense account-closed"),
        Case(
            name: "a closed account that still owes", check: { .coupon(1) },
            book: { $0.changeAccount(1) { $0.status = "closed" } }, stands: "posted posted", opens: false),
        Case(
            name: "a final bill", check: { .coupon(1) }, book: { $0.changeAccount(1) { $0.status = "final" } },
            stands: "posted posted", opens: false),
        Case(
            name: "a cash-only account and a check", check: { .coupon(1) },
            book: { $0.changeAccount(1) { $0.cashOnly = true } }, stands: "suspense suspense cash-only"),
        Case(
            name: "a cash-only account and a money order",
            check: {
                var check = Check.coupon(1)
                check.tender = "money-order"
                return check
            }, book: { $0.changeAccount(1) { $0.cashOnly = true } }, stands: "posted posted", opens: false),
        Case(
            name: "a flag that holds", check: { .coupon(1) },
            book: { $0.flags = ["\(AccountBook.account(1)),bankruptcy,2026-01-01,,26-1,"] },
            stands: "held on-hold account-flagged"),
        Case(
            name: "a flag that is over", check: { .coupon(1) },
            book: { $0.flags = ["\(AccountBook.account(1)),bankruptcy,2025-01-01,2025-12-31,26-1,"] },
            stands: "posted posted", opens: false),
        Case(
            name: "a flag that lets post", check: { .coupon(1) },
            book: { $0.flags = ["\(AccountBook.account(1)),protected,,,,"] }, stands: "posted posted", opens: false),
        Case(
            name: "an amount of zero", check: { Check(.zero, account: AccountBook.account(1), number: "5") },
            stands: "rejected none amount-zero"),
        Case(
            name: "a fraction of a cent",
            check: {
                var check = Check(Cents(5_137), account: AccountBook.account(1), number: "5")
                check.amountText = "51.375"
                return check
            }, stands: "held none fraction-of-cent"),
        Case(
            name: "an account that is not there", check: { Check(Cents(5_000), account: AccountBook.account(300)) },
            stands: "suspense suspense account-not-found"),
        Case(
            name: "a wrong check digit", check: { Check(Cents(5_000), account: "9123456780") },
            stands: "suspense suspense check-digit-wrong"),
        Case(name: "nothing but an amount", check: { Check(Cents(5_003)) }, stands: "suspense suspense no-reference"),
        Case(
            name: "an amount far beyond anything owed",
            check: { Check(Cents(999_999), account: AccountBook.account(1)) },
            stands: "suspense suspense amount-unusual"),
    ]

    @Test(arguments: cases) func `never lets an item stand anywhere but where its facts put it`(_ item: Case) throws {
        var book = AccountBook()
        item.book(&book)
        let office = try TemporaryHome(book)
        var file = Lockbox([item.check()])
        if item.check().amountText != nil { file.batchTotals[1] = item.check().amount }
        try office.take("a.csv", file)
        let standing = try #require(try office.standings.first)
        #expect(standing.split(separator: " ", maxSplits: 2).last.map(String.init) == item.stands)
        #expect(try office.exceptions.isEmpty == !item.opens)
        #expect(try office.breaches == [])
    }

    @Test func `never journals money of another currency`() throws {
        let office = try TemporaryHome(configure: {
            try TemporaryHome.rewrite("config/sluice.yaml", in: $0, "currency: USD", with: "currency: CAD")
        })
        try office.take("a.csv", Lockbox([.coupon(1)]))
        #expect(try office.standings == ["1-1 51.37 held none currency-other"])
        #expect(try office.ledger == [])
        #expect(try office.queue == ["1-1-e1 currency-other"])
        #expect(try office.breaches == [])
    }

    @Test(arguments: [
        ("PDNG", "CRDT", "not-booked"), ("", "CRDT", "booking-unstated"), ("BOOK", "DBIT", "debit-not-posted"),
    ])
    func `never journals an entry that is no booked credit`(status: String, direction: String, reason: String) throws {
        let office = try TemporaryHome()
        var notification = Notification(credits: [.init(1, endToEnd: "E-1")])
        notification.status = status
        notification.direction = direction
        try office.drop("eft.xml", notification.text)
        try office.run()
        #expect(try office.standings == ["1-1 51.37 rejected none \(reason)"])
        #expect(try office.ledger == [])
        #expect(try office.breaches == [])
    }
}
