import Foundation
import Ledger
import Model
import Pipeline
import Testing

/// A processor tells gross; the bank credits what is left of it after fees and chargebacks.
struct ProcessorTests {
    /// An office that knows a processor's payout by the bank's words for it.
    private func office() throws -> TemporaryHome {
        try TemporaryHome(configure: {
            try TemporaryHome.rewrite(
                "config/sluice.yaml", in: $0, "  window_days: 3", with: "  sums: [Merchant Bankcard]\n  window_days: 3")
        })
    }

    private func sum(_ office: TemporaryHome, _ account: String) throws -> Cents {
        Cents(try office.number("SELECT sum(amount_cents) FROM journal_lines WHERE ledger_account = '\(account)'"))
    }

    /// Two sales with fees, and a chargeback of T-1 with its own.
    private var day: CardFile {
        var file = CardFile()
        file.sale(1, "T-2", fee: Cents(154))
        file.sale(2, "T-3", fee: Cents(158))
        file.back("Chargeback", 3, of: "T-1", "T-4", fee: Cents(1500))
        return file
    }

    private var net: Cents {
        AccountBook.amount(1) + AccountBook.amount(2) - AccountBook.amount(3) - Cents(154 + 158 + 1500)
    }

    private func payout(_ cents: Cents) -> String {
        BankReport(.init(165, cents, reference: "BR1", "MERCHANT BANKCARD DEP 0302")).text
    }

    private func earlier(_ office: TemporaryHome) throws {
        var file = CardFile()
        file.settled = "03/01/2026"
        file.sale(3, "T-1")
        try office.drop("0.csv", file.text)
        try office.run()
    }

    @Test(arguments: [true, false]) func `never leaves in cash what the processor kept`(bankFirst: Bool) throws {
        let office = try office()
        try earlier(office)
        for (name, text) in bankFirst ? [("a", payout(net)), ("b", day.text)] : [("a", day.text), ("b", payout(net))] {
            try office.drop(name, text)
            try office.run()
            #expect(try office.breaches == [])
        }
        #expect(try sum(office, "cash-clearing") == AccountBook.amount(3) + net)
        #expect(try sum(office, "fees") == Cents(154 + 158 + 1500))
        #expect(try sum(office, "unresolved") == .zero)
        #expect(try office.queue == [])
        let payout = bankFirst ? "2-1" : "3-1"
        #expect(try office.payment(payout).reason == "told-elsewhere")
        #expect(try office.payment("1-1").status == "returned")
        #expect(try office.open(on: AccountBook.bill(3)) == AccountBook.amount(3))
        #expect(try office.open(on: AccountBook.bill(1)) == .zero)
    }

    @Test func `never hides a fee from the general ledger`() throws {
        let office = try office()
        var file = CardFile()
        file.sale(1, "T-2", fee: Cents(154))
        file.row("Fee", "T-3", "", "", Cents(-500), fee: .zero)
        try office.drop("a.csv", file.text)
        try office.run()
        #expect(
            try office.journal("1-2") == ["j1 receipt fees 1.54", "j1 receipt cash-clearing -1.54"])
        #expect(
            try office.standings.suffix(2) == ["1-2 1.54 rejected none fee-kept", "1-3 5.00 rejected none fee-kept"])
        let general = try office.text("outbox/postings/gl-000001.csv")
        let fees = try #require(general.split(separator: "\r\n").first { $0.contains("6420") })
        #expect(fees.contains("6.54"))
        #expect(try office.queue == [])
        #expect(try office.breaches == [])
    }

    @Test func `never takes a fee that was given back for one that was kept`() throws {
        let office = try office()
        var file = CardFile()
        file.sale(1, "T-2", fee: Cents(-50))
        try office.drop("a.csv", file.text)
        try office.run()
        #expect(
            try office.journal("1-2") == ["j1 receipt fees -0.50", "j1 receipt cash-clearing 0.50"])
        #expect(try office.breaches == [])
    }

    @Test(arguments: [
        "DELETE FROM journal_lines WHERE ledger_account = 'fees'",
        "UPDATE journal_lines SET amount_cents = -amount_cents WHERE entry / 100 = 1000000002",
        "UPDATE items SET amount_cents = amount_cents + 1 WHERE kind = 'fee'",
    ]) func `never overlooks a fee that the journal does not have`(change: String) throws {
        let office = try office()
        var file = CardFile()
        file.sale(1, "T-2", fee: Cents(154))
        try office.drop("a.csv", file.text)
        try office.run()
        try office.sql("DROP TRIGGER journal_lines_are_kept")
        try office.sql(change)
        #expect(try office.breaches.isEmpty == false)
    }

    @Test func `never journals the fees of a file twice that was sent again`() throws {
        let office = try office()
        try earlier(office)
        var file = day
        file.row("Fee", "T-9", "", "", Cents(-500), fee: .zero)
        try office.drop("a.csv", file.text)
        try office.run()
        let (fees, cash) = (try sum(office, "fees"), try sum(office, "cash-clearing"))
        var again = file
        again.rows.swapAt(0, 1)
        try office.drop("b.csv", again.text)
        try office.run()
        #expect(try sum(office, "fees") == fees)
        #expect(try office.payments.filter { $0.reason == "told-twice" }.count == 4)
        #expect(try office.breaches == [])
        // The two sales wait for a person; told twice they are no money, and no payout stands for them.
        for id in ["3-1-e1", "3-3-e1"] { #expect(try office.decide(id, "duplicate", kind: "told-twice") == nil) }
        #expect(try sum(office, "cash-clearing") == cash)
        #expect(try office.number("SELECT count(*) FROM told_units") == 2)
        #expect(try office.breaches == [])
    }

    @Test func `never journals a fee of another currency, however often it is told`() throws {
        let office = try TemporaryHome(configure: {
            try TemporaryHome.rewrite(
                "config/layouts/card-processor.yaml", in: $0, "currency: USD", with: "currency: EUR")
        })
        var file = CardFile()
        file.row("Fee", "T-9", "", "", Cents(-500), fee: .zero)
        file.sale(1, "T-1", fee: Cents(100))
        for name in ["a", "b"] {
            try office.drop("\(name).csv", file.text)
            try office.run()
            file.rows.swapAt(0, 1)
        }
        #expect(try sum(office, "fees") == .zero)
        #expect(try office.breaches == [])
    }

    @Test func `never takes a chargeback of nothing for money received`() throws {
        let office = try office()
        try office.drop("a.csv", day.text)
        try office.run()
        #expect(try office.queue == ["1-5-e1 return-unmatched"])
        #expect(try office.payment("1-5").books == "none")
        // The bank credits less; while the payment that it took back stands on the books, or is not known, the payout
        // is not told: a person says so.
        try office.drop("b.bai2", payout(net))
        try office.run()
        #expect(try office.payment("2-1").reason == "sum-untold")
        #expect(
            try office.decide(
                #"{"exception": "2-1-e1", "action": "duplicate", "kind": "told-twice", "note": "a.csv"}"#) == nil)
        #expect(try office.payment("2-1").reason == "told-elsewhere")
        #expect(try office.breaches == [])
    }

    @Test func `never reads a refund that has no minus as money of a customer`() throws {
        let office = try office()
        var file = CardFile()
        file.row("Refund", "T-9", "T-8", AccountBook.account(1), AccountBook.amount(1), fee: .zero)
        try office.drop("a.csv", file.text)
        try office.run()
        #expect(try office.standings == ["1-1 \(AccountBook.amount(1)) held none return-unmatched"])
        #expect(try office.queue == ["1-1-e1 return-unmatched"])
        #expect(try sum(office, "cash-clearing") == .zero)
        #expect(try office.breaches == [])
    }

    @Test func `never takes the processor's own settlement for the bank's credit`() throws {
        let office = try office()
        var file = day
        file.row("Settlement", "S-1", "", "", net + Cents(1812), fee: Cents(1812))
        try earlier(office)
        try office.drop("a.csv", file.text)
        try office.run()
        let settlement = try office.payments.last
        #expect(settlement?.reason == "told-elsewhere")
        #expect(try office.number("SELECT count(*) FROM reconciled") == 0)
        #expect(try office.queue == [])
        #expect(try office.breaches == [])
    }

    @Test func `never counts a bill-pay return twice in cash`() throws {
        let office = try office()
        func file(_ rows: String) -> String {
            "Channel,Confirmation,Payment Date,Deposit Date,Account Number,Customer,Amount,Status,Original,"
                + "Return Code\n" + rows
        }
        let one = "\(AccountBook.account(1)),Pat Brandt,\(AccountBook.amount(1))"
        let two = "\(AccountBook.account(2)),Pat Corliss,\(AccountBook.amount(2))"
        try office.drop("a.csv", file("WEB,W-1,2026-03-01,2026-03-02,\(one),POSTED,,\n"))
        try office.run()
        try office.drop(
            "b.csv",
            file(
                "WEB,W-2,2026-03-02,2026-03-03,\(two),POSTED,,\n"
                    + "WEB,W-3,2026-03-02,2026-03-03,\(one),RETURNED,W-1,R01\n"))
        try office.drop("c.bai2", payout(AccountBook.amount(2) - AccountBook.amount(1)))
        try office.run()
        #expect(try office.payment("1-1").status == "returned")
        #expect(try office.payment("3-1").reason == "told-elsewhere")
        #expect(try sum(office, "cash-clearing") == AccountBook.amount(2))
        #expect(try office.breaches == [])
    }

    @Test func `never leaves a recalled payment on its account for want of another number`() throws {
        let office = try office()
        func file(_ status: String) -> String {
            "Channel,Confirmation,Payment Date,Deposit Date,Account Number,Customer,Amount,Status,Original,"
                + "Return Code\nBANK,W-1,2026-03-01,2026-03-02,\(AccountBook.account(1)),Pat Brandt,"
                + "\(AccountBook.amount(1)),\(status),,\n"
        }
        for status in ["POSTED", "RECALLED", "RECALLED"] {
            try office.drop("\(status).csv", file(status) + (try office.payments.count > 1 ? "\n" : ""))
            try office.run()
        }
        #expect(try office.payments.map(\.status) == ["returned", "returned", "duplicate"])
        #expect(try office.open(on: AccountBook.bill(1)) == AccountBook.amount(1))
        #expect(try office.queue == ["3-1-e1 duplicate-suspected"])
        #expect(try sum(office, "cash-clearing") == .zero)
        #expect(try office.breaches == [])
    }

    /// A stop between the commit and the archive, and one before the commit, leave what an undisturbed run leaves.
    @Test(arguments: [true, false]) func `never shows that it was stopped`(afterCommit: Bool) throws {
        let calm = try office()
        let office = try office()
        for home in [calm, office] {
            try earlier(home)
            try home.drop("a.bai2", payout(net))
            try home.run()
            try home.drop("b.csv", day.text)
        }
        try calm.run()
        if afterCommit {
            // The archive cannot take the file: its day's folder is a file.
            try FileManager.default.moveItem(atPath: "\(office.path)/archive", toPath: "\(office.path)/aside")
            try Data().write(to: URL(filePath: "\(office.path)/archive"))
            #expect(throws: (any Error).self) { try office.run() }
            #expect(try office.payment("2-1").reason == "told-elsewhere")
            try FileManager.default.removeItem(atPath: "\(office.path)/archive")
            try FileManager.default.moveItem(atPath: "\(office.path)/aside", toPath: "\(office.path)/archive")
        } else {
            try office.sql("CREATE TRIGGER stop BEFORE INSERT ON reconciled BEGIN SELECT RAISE (ABORT, 'stopped'); END")
            #expect(throws: (any Error).self) { try office.run() }
            #expect(try office.payment("2-1").reason == "sum-untold")
            try office.sql("DROP TRIGGER stop")
        }
        try office.reopen()
        try office.run()
        #expect(try office.ledger == calm.ledger)
        #expect(try office.standings == calm.standings)
        #expect(try office.files("outbox") == calm.files("outbox"))
        #expect(try office.breaches == [])
    }
}
