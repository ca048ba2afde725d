import Foundation
import Model
import Pipeline
import Review
import Testing

/// What the import of an extract must not pass over in silence.
struct ImportNoticeTests {
    private static let one = AccountBook.account(1)
    private static let two = AccountBook.account(2)

    @Test(arguments: ["bankruptcy", "Bankruptcy", "BANKRUPTCY", " bankruptcy "])
    func `never posts to a bankrupt account for the spelling of its flag`(flag: String) throws {
        var book = AccountBook()
        book.flags = ["\(Self.one),\(flag),,,,"]
        let office = try TemporaryHome(book)
        try office.take("a.csv", Lockbox([.coupon(1)]))
        #expect(try office.exceptions.map(\.reason) == ["account-flagged"])
    }

    @Test func `never reads a flag of the policy otherwise for its spelling`() throws {
        var book = AccountBook()
        book.flags = ["\(Self.one),bankruptcy,,,,"]
        let office = try TemporaryHome(book) {
            try TemporaryHome.rewrite("config/policy.yaml", in: $0, "  bankruptcy:", with: "  \"Bankruptcy \":")
        }
        try office.take("a.csv", Lockbox([.coupon(1)]))
        #expect(try office.exceptions.map(\.reason) == ["account-flagged"])
    }

    @Test func `never takes a flag in silence that the policy does not name`() throws {
        let office = try TemporaryHome()
        let report = try office.import([
            "flags.csv": "account,flag\n\(Self.one),Bankrupt\n\(Self.two),bankrupt\n\(Self.two),Dispute\n"
        ])
        #expect(report.unnamedFlags == ["bankrupt": 2])
    }

    @Test(arguments: [
        ("as_of\n31.12.2026\n", "extract.csv:2: field as_of holds \"31.12.2026\""),
        ("as_of,total\n2026-03-02\n", "extract.csv:2: has 1 fields, the header has 2"),
        ("as_of\n\"\"\n", "extract.csv:2: field as_of is empty"),
        ("as_of,last_posting_batch\n2026-03-02,x\n", "extract.csv:2: field last_posting_batch holds \"x\""),
    ])
    func `never loads beside an extract file that cannot be read`(text: String, words: String) throws {
        let office = try TemporaryHome(nil)
        var files = AccountBook().files
        files["extract.csv"] = text
        let refused = try #require(throws: AccountsImport.Refused.self) { try office.import(files) }
        #expect(refused.description.contains(words), "\(refused)")
        #expect(refused.description.hasSuffix("nothing was loaded"), "\(refused)")
        #expect(try office.number("SELECT count(*) FROM accounts") == 0)
    }

    @Test func `never loads two balances of one bill, nor one account twice`() throws {
        let office = try TemporaryHome()
        let report = try office.import([
            "accounts.csv": "account,customer,name\n\(Self.one),C1,Ann Ash\n\(Self.one),C1,Bo Birch\n",
            "b.csv": "bill,account,amount,balance\nW1,\(Self.one),50.00,50.00\nW1,\(Self.one),50.00,20.00\n",
            "c.csv": "bill,account,amount,balance\nW1,\(Self.one),50.00,30.00\nW2,\(Self.one),5.00,5.00\n",
        ])
        #expect(report.badRowCount == 3)
        for (row, words) in zip(
            report.badRows,
            ["accounts.csv:3: states account \(Self.one) again, which accounts.csv:2", "b.csv:3", "c.csv:2"])
        {
            #expect(row.hasPrefix(words), "\(row)")
        }
        #expect(try office.texts("SELECT name FROM accounts WHERE account = '\(Self.one)'") == ["Ann Ash"])
        #expect(try office.number("SELECT open_cents FROM bills WHERE bill = 'W1'") == 5_000)
        #expect(report.bills.new == 2)
    }

    @Test func `never hides that no payment can name an account`() throws {
        let office = try TemporaryHome(nil)
        let report = try office.import([
            "a.csv":
                "account,customer,name\n\(Self.one),C1,A\n123,C2,B\n\(Self.one.dropLast())X,C3,C\n4000000001,C4,D\n"
        ])
        #expect(report.accounts.new == 4, "the billing system is the truth")
        #expect(report.unmatchable.count == 3)
        #expect(report.unmatchable.rows.first == "a.csv:3: account 123 is no number of 10 digits")
        #expect(report.unmatchable.rows.last == "a.csv:5: account 4000000001 has a wrong check digit")
    }

    @Test(arguments: [
        ("account,customer,name,name\n", "the column name twice"),
        ("account,customer\n", "as accounts.csv it lacks the column name"),
        ("account,customer,nom\n", "as accounts.csv it lacks the column name"),
    ])
    func `never guesses at a header`(header: String, words: String) throws {
        let office = try TemporaryHome(nil)
        let refused = try #require(throws: AccountsImport.Refused.self) {
            try office.import(["accounts.csv": header + "1,2,3,4\n"])
        }
        #expect(refused.description.contains(words), "\(refused)")
    }

    @Test func `never loses a letter that is not UTF-8`() throws {
        let office = try TemporaryHome(nil)
        var bytes = Array("account,customer,name\n\(Self.one),C1,Jos".utf8)
        bytes += [0xE9] + Array(" Ash\n\(Self.two),C2,José Ash\n".utf8)
        let path = office.path + "/work/latin.csv"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let report = try AccountsImport(home: office.home, now: Moment(seconds: 0), user: "test")
            .load([path], full: false, confirm: false)
        #expect(try office.texts("SELECT name FROM accounts ORDER BY account") == ["José Ash", "José Ash"])
        #expect(report.notUTF8.count == 1 && report.notUTF8[0].contains("in 1 rows, the first on line 2"))
    }

    @Test func `never calls changed what is as before, nor the other way round`() throws {
        let office = try TemporaryHome()
        var book = AccountBook()
        #expect(try office.import(book).accounts == (new: 0, changed: 0, same: 8))
        book.changeAccount(1) { $0.address = "9 Other Street" }
        book.changeBill(2) { $0.due = "2026-03-11" }
        let report = try office.import(book)
        #expect(report.accounts == (new: 0, changed: 1, same: 7))
        #expect(report.bills == (new: 0, changed: 1, same: 7))
    }

    @Test func `never forgets of an account what a file has no column for`() throws {
        var book = AccountBook()
        book.changeAccount(1) { $0.cashOnly = true }
        let office = try TemporaryHome(book)
        try office.import(["a.csv": "account,customer,name,route\n\(Self.one),C9,Ann Ash,R-7\n"])
        try office.import(["a.csv": "account,customer,name,meter\n\(Self.one),C9,Ann Ash,M-1\n"])
        let bill = AccountBook.bill(1)
        try office.import(["b.csv": "bill,account,amount,balance\n\(bill),\(Self.one),51.37,51.37\n"])
        let account = "FROM accounts WHERE account = '\(Self.one)'"
        #expect(
            try office.texts("SELECT customer || name || zip || status || cash_only \(account)") == [
                "C9Ann Ash97998active1"
            ])
        #expect(try office.texts("SELECT more \(account)") == ["{\"route\":\"R-7\",\"meter\":\"M-1\"}"])
        #expect(try office.texts("SELECT kind || due_on FROM bills WHERE bill = '\(bill)'") == ["water20260310"])
        #expect(try office.number("SELECT count(*) FROM account_streets WHERE account = '\(Self.one)'") == 1)
        let same = try office.import(["a.csv": "account,customer,name,meter\n\(Self.one),C9,Ann Ash,M-1\n"])
        #expect(same.accounts == (new: 0, changed: 0, same: 1))
    }

    @Test(arguments: ["8-12", "13:00-11:00", "08:00-08:00", "08:00", "morning", "08:00-25:00"])
    func `never takes a window of a visit that is none`(window: String) throws {
        let office = try TemporaryHome()
        let report = try office.import([
            "t.csv": "account,visit_on,amount_to_stop,window\n\(Self.one),2026-03-05,5.00,\(window)\n"
        ])
        #expect(report.badRows.count == 1 && report.turnoffs == 0)
    }

    @Test func `never takes a kind in silence that no bill has`() throws {
        let office = try TemporaryHome(nil) {
            try TemporaryHome.rewrite(
                "config/policy.yaml", in: $0, "allocation: oldest-due-first",
                with: "allocation: {order: priority, kinds: [watr, water], age: oldest-due-first}")
        }
        #expect(try office.import(AccountBook()).kindsWithoutBill == ["watr"])
    }
}
