import Ledger
import Model
import Pipeline
import Review
import Testing

/// The billing extract, loaded again and again beside Sluice's own postings.
struct AccountsTests {
    private let bill = AccountBook.bill(1)

    @Test func `never forgets its own postings when a bill is listed again`() throws {
        let office = try TemporaryHome()
        var check = Check.coupon(1)
        check.amount = Cents(2_000)
        try office.take("a.csv", Lockbox([check]))
        #expect(try office.open(on: bill) == Cents(3_137))
        let report = try office.import(AccountBook())
        #expect(report.bills == (new: 0, changed: 0, same: 8))
        #expect(try office.open(on: bill) == Cents(3_137))
        #expect(try office.breaches == [])
    }

    /// Partial payments in posting batches 1 and 2 (10.00 and 20.00), of a bill over 51.37.
    private func twicePaid() throws -> TemporaryHome {
        let office = try TemporaryHome()
        for (name, cents) in [("a.csv", Int64(1_000)), ("b.csv", 2_000)] {
            var check = Check.coupon(1, check: Int(cents))
            check.amount = Cents(cents)
            try office.take(name, Lockbox([check]))
        }
        return office
    }

    struct Extract: CustomTestStringConvertible, Sendable {
        var lastBatch: String
        var balance: Int64
        var open: Int64
        var credit: Int64 = 0

        var testDescription: String { "balance \(balance) after batch \(lastBatch)" }
    }

    static let extracts = [
        Extract(lastBatch: "0", balance: 5_137, open: 2_137), Extract(lastBatch: "1", balance: 4_137, open: 2_137),
        Extract(lastBatch: "2", balance: 2_137, open: 2_137), Extract(lastBatch: "", balance: 5_137, open: 2_137),
        Extract(lastBatch: "2", balance: 0, open: 0), Extract(lastBatch: "1", balance: 2_000, open: 0),
        Extract(lastBatch: "1", balance: 1_500, open: 0, credit: 500),
        Extract(lastBatch: "0", balance: 0, open: 0, credit: 3_000),
        Extract(lastBatch: "0", balance: 2_500, open: 0, credit: 500),
        Extract(lastBatch: "2", balance: -700, open: -700),
        Extract(
            lastBatch: "1", balance: -700, open: -700, credit: 2_000),
    ]

    @Test(arguments: extracts) func `never subtracts a posting that the billing system knew, nor misses one`(
        _ item: Extract
    ) throws {
        let office = try twicePaid()
        var book = AccountBook()
        book.extract = "2026-03-02,\(item.lastBatch),8,8,"
        book.changeBill(1) { $0.balance = Cents(item.balance) }
        let report = try office.import(book)
        #expect(report.badRows == [])
        #expect(try office.open(on: bill) == Cents(item.open))
        let credit = try office.number("SELECT sum(amount_cents) FROM allocations WHERE kind = 'credit'")
        #expect(credit == item.credit)
        #expect(report.conflicts == (item.credit > 0 ? 1 : 0))
        #expect(try office.exceptions.map(\.reason) == (item.credit > 0 ? ["balance-conflict"] : []))
        #expect(try office.places == ["posted posted"], "credit is on the account too")
        #expect(try office.payments.map { $0.allocations.map(\.cents).sum } == [Cents(1_000), Cents(2_000)])
        try office.run()
        #expect(try office.breaches == [])
    }

    @Test func `never turns the same excess to credit twice`() throws {
        let office = try twicePaid()
        var book = AccountBook()
        book.extract = "2026-03-02,0,8,8,"
        book.changeBill(1) { $0.balance = Cents(2_500) }
        for _ in 0..<2 { try office.import(book) }
        try office.run()
        book.extract = "2026-03-03,3,8,8,"
        book.changeBill(1) { $0.balance = .zero }
        try office.import(book)
        #expect(try office.number("SELECT sum(amount_cents) FROM allocations WHERE kind = 'credit'") == 500)
        #expect(try office.queue == ["2-1-e1 balance-conflict"])
        #expect(try office.open(on: bill) == .zero)
        try office.run()
        #expect(try office.breaches == [])
        let batch = try office.text("outbox/postings/cis-000003.csv")
        #expect(batch.contains("D,2-1-a2,2-1,\(AccountBook.account(1)),\(bill),bill,-5.00,"))
        #expect(batch.contains(",2-1-a1\r\n"), "a reversal names the row it reverses")
    }

    @Test func `never loads a bad row nor leaves out a good one`() throws {
        let office = try TemporaryHome(nil)
        let report = try office.import([
            "accounts.csv": """
            account,customer,name,service_address,city,zip,status,opened_on,closed_on,cash_only
            4000000001,C1,Ann Ash,1 Way,Millrace,97998,active,2020-01-01,,no
            ,C2,Bo Birch,2 Way,Millrace,97998,active,2020-01-01,,no
            4000000003,C3,"Cy
            Cedar",3 Way,Millrace,97998,asleep,2020-01-01,,no
            4000000004,C4,Di Doum,4 Way,Millrace,97998,active,2020-13-01,,no
            4000000005,C5,Ed Elm,5 Way,Millrace,97998,active,,,maybe
            4000000006,C6,Flo Fir,6 Way,Millrace,97998,,,,

            """,
            "bills.csv": """
            bill,account,issued_on,due_on,amount,balance,kind
            W1,4000000001,2026-02-01,2026-03-01,10.00,10.00,water
            W2,4000000002,2026-02-01,2026-03-01,10.00,10.00,water
            W3,4000000006,2026-02-01,2026-03-01,1O.00,10.00,water
            W4,4000000006,2026-02-01,2026-03-01,10.00,10.00,water
            W1,4000000006,2026-02-01,2026-03-01,10.00,10.00,water

            """,
        ])
        let expected = [
            ("accounts.csv:3", "account is empty"), ("accounts.csv:4", "asleep"), ("accounts.csv:6", "2020-13-01"),
            ("accounts.csv:7", "maybe"), ("bills.csv:3", "4000000002"), ("bills.csv:4", "1O.00"),
            ("bills.csv:6", "W1"),
        ]
        #expect(report.badRows.count == expected.count, "\(report.badRows)")
        for (row, (place, words)) in zip(report.badRows, expected) {
            #expect(row.hasPrefix(place + ": ") && row.contains(words), "it says: \(row)")
        }
        #expect(try office.texts("SELECT account FROM accounts") == ["4000000001", "4000000006"])
        #expect(try office.texts("SELECT bill FROM bills ORDER BY bill") == ["W1", "W4"])
        #expect(try office.breaches == [])
    }

    @Test func `never drops a column it does not know`() throws {
        let office = try TemporaryHome(nil)
        let rows = """
            route,account,customer,name,service_address,city,zip,status,opened_on,closed_on,cash_only,meter "A"
            R-7,4000000001,C1,Ann Ash,1 Way,Millrace,97998,active,2020-01-01,,no,"1,2"

            """
        try office.import(["a.csv": rows.replacing("meter \"A\"", with: "\"meter \"\"A\"\"\"")])
        #expect(try office.texts("SELECT json_extract(more, '$.route') FROM accounts") == ["R-7"])
        #expect(try office.texts("SELECT value FROM accounts, json_each(more) ORDER BY value") == ["1,2", "R-7"])
    }

    @Test(arguments: [(1, true), (2, false), (6, false)])
    func `never lets more than a fifth of the book vanish unconfirmed`(vanishing: Int, loads: Bool) throws {
        let office = try TemporaryHome(AccountBook(accounts: 8))
        var book = AccountBook(accounts: 8)
        book.accounts.removeLast(vanishing)
        book.bills.removeLast(vanishing)
        book.changeAccount(1) { $0.name = "Pat Changed" }
        let name = "SELECT name FROM accounts WHERE account = '\(AccountBook.account(1))'"
        if loads {
            #expect(try office.import(book, full: true).vanished == Int64(vanishing))
        } else {
            let refused = try #require(throws: AccountsImport.Refused.self) { try office.import(book, full: true) }
            #expect(refused.description.contains("\(vanishing) of 8") && refused.description.contains("--confirm"))
            #expect(try office.texts(name) != ["Pat Changed"], "nothing was loaded")
            #expect(try office.import(book, full: true, confirm: true).vanished == Int64(vanishing))
        }
        #expect(try office.texts(name) == ["Pat Changed"])
        #expect(try office.number("SELECT count(*) FROM accounts") == 8, "nothing is ever deleted")
    }

    @Test func `never passes over a declared total that the files do not hold`() throws {
        var book = AccountBook(accounts: 2)
        book.extract = "2026-03-01,0,3,1,104.12"
        let office = try TemporaryHome(nil)
        let report = try office.import(book)
        #expect(report.differences.count == 3)
        for words in ["3 accounts", "1 bills", "104.12"] {
            #expect(report.differences.contains { $0.contains(words) }, "\(report.differences)")
        }
    }
}
