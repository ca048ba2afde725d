import Ledger
import Model
import Pipeline
import Review
import Testing

/// A sum that the bank credited stands for the payments of one other file, or a person is told that none has come.
struct SumTests {
    /// Two coupons of lockbox 7001 and their sum.
    private static let box = Lockbox([.coupon(1), .coupon(2)])
    private static let total = AccountBook.amount(1) + AccountBook.amount(2)

    private func report(_ text: String = "LOCKBOX 7001 DEPOSIT", day: String = "260302", number: Int = 1) -> String {
        BankReport(.init(115, Self.total, reference: "LB\(number)", text), day: day, number: number).text
    }

    /// What cash clearing was debited in all.
    private func cash(_ office: TemporaryHome) throws -> Cents {
        Cents(try office.number("SELECT sum(amount_cents) FROM journal_lines WHERE ledger_account = 'cash-clearing'"))
    }

    @Test func `never leaves a sum that nobody tells off the books`() throws {
        let office = try TemporaryHome()
        try office.drop("a.bai2", report())
        try office.run()
        #expect(try office.standings == ["1-1 \(Self.total) held unresolved sum-untold"])
        #expect(try office.queue == ["1-1-e1 sum-untold"])
        #expect(try office.exception("1-1-e1").waitingFor == "the file that tells its payments")
        #expect(try cash(office) == Self.total)
        #expect(try office.breaches == [])
    }

    @Test(arguments: [true, false]) func `never counts a deposit and its sum twice`(sumFirst: Bool) throws {
        let office = try TemporaryHome()
        if sumFirst { try office.drop("s.bai2", report()) } else { try office.drop("b.csv", Self.box) }
        try office.run()
        if sumFirst { try office.drop("b.csv", Self.box) } else { try office.drop("s.bai2", report()) }
        try office.run()
        let sum = try office.payment(sumFirst ? "1-1" : "2-1")
        #expect(sum.reason == "told-elsewhere")
        #expect(sum.books == "none")
        #expect(try office.queue == [])
        #expect(try office.open(on: AccountBook.bill(1)) == .zero)
        #expect(try cash(office) == Self.total)
        #expect(try office.number("SELECT count(*) FROM reconciled") == 1)
        #expect(try office.breaches == [])
    }

    @Test func `never closes a sum without saying in its history what settled it`() throws {
        let office = try TemporaryHome()
        try office.drop("a.bai2", report())
        try office.run()
        try office.take("b.csv", Self.box)
        let exception = try office.exception("1-1-e1")
        #expect(exception.closedAt != nil)
        #expect(exception.decisions.map(\.by) == ["sluice"])
        #expect(exception.decisions.map(\.action) == ["duplicate"])
        #expect(exception.decisions[0].note?.contains("b.csv, intake 2: 2 items of 7001") == true)
        #expect(
            try office.journal("1-1") == [
                "j1 receipt cash-clearing \(Self.total)", "j1 receipt unresolved -\(Self.total)",
                "j2 reversal unresolved \(Self.total)", "j2 reversal cash-clearing -\(Self.total)",
            ])
        #expect(office.exists("review/closed/2026/03/02/1-1-e1/exception.json"))
        let general = try office.text("outbox/postings/gl-000002.csv")
        #expect(general.contains("2392"))
        #expect(try office.breaches == [])
    }

    @Test func `never journals a sum whose payments are there already`() throws {
        let office = try TemporaryHome()
        try office.take("a.csv", Self.box)
        try office.drop("b.bai2", report())
        try office.run()
        #expect(try office.journal("2-1") == [])
        #expect(try office.queue == [])
        let unit = try #require(try office.home.ledger.read { try $0.unit(toldBy: PaymentID("2-1")!) })
        #expect(unit.file == "a.csv")
        #expect(unit.lockbox == "7001")
        #expect(unit.items == 2)
        #expect(unit.total == Self.total)
    }

    @Test(arguments: [true, false]) func `never takes one unit for two sums`(sumsFirst: Bool) throws {
        let office = try TemporaryHome()
        let sums = BankReport(.init(115, Self.total, "LOCKBOX 7001"), .init(115, Self.total, "CASH VAULT")).text
        if sumsFirst { try office.drop("a.bai2", sums) } else { try office.drop("a.csv", Self.box) }
        try office.run()
        if sumsFirst { try office.drop("b.csv", Self.box) } else { try office.drop("b.bai2", sums) }
        try office.run()
        let intake = sumsFirst ? 1 : 2
        #expect(try office.payment("\(intake)-1").reason == "told-elsewhere")
        #expect(try office.payment("\(intake)-2").reason == "sum-untold")
        #expect(try cash(office) == Self.total + Self.total)
        #expect(try office.breaches == [])
    }

    @Test(arguments: [true, false]) func `never chooses among units that nothing tells apart`(sumFirst: Bool) throws {
        let office = try TemporaryHome()
        // Another box, over the same amount on the same day.
        let twin = Self.box.text.replacing("7001", with: "7002").replacing(",3001,", with: ",4001,")
            .replacing(",3002,", with: ",4002,")
        let sum = report("DEPOSIT")
        if sumFirst { try office.drop("a.bai2", sum) } else { try office.drop("a.csv", Self.box) }
        if !sumFirst { try office.drop("b.csv", twin) }
        // Both boxes at once: the first of them alone would be the only one that fits.
        try office.run()
        if sumFirst {
            try office.drop("b.csv", Self.two(Self.box.text, twin))
        } else {
            try office.drop("c.bai2", sum)
        }
        try office.run()
        let id = sumFirst ? "1-1" : "3-1"
        #expect(try office.payment(id).reason == "sum-untold")
        #expect(try office.number("SELECT count(*) FROM reconciled") == 0)
        #expect(try office.breaches == [])
        // A person says that it is told; which of the two equal units is meant changes no book.
        #expect(try office.decide("\(id)-e1", "duplicate", kind: "told-twice") == nil)
        #expect(try office.payment(id).reason == "told-elsewhere")
        #expect(try office.number("SELECT count(*) FROM reconciled") == 1)
        #expect(try office.breaches == [])
    }

    /// Two lockbox files in one: two deposits.
    private static func two(_ first: String, _ second: String) -> String {
        let rows = first.split(separator: "\n").map(String.init)
        let more = second.split(separator: "\n").map(String.init)
        let trailer = "T,,,2,4,\(total + total)" + String(repeating: ",", count: 10)
        return (rows.dropLast() + more.dropFirst().dropLast() + [trailer]).map { $0 + "\n" }.joined()
    }

    @Test func `never takes another box than the one that the bank names`() throws {
        let office = try TemporaryHome()
        var other = Self.box
        other.batches = [[.coupon(3, check: 50), .coupon(4, check: 50)]]
        try office.take("a.csv", Self.box)
        try office.drop("b.csv", other.text.replacing("7001", with: "7002"))
        try office.drop("c.bai2", report("LOCKBOX 0007002"))
        try office.run()
        // Box 7002 tells another amount; box 7001 tells this one and is not meant.
        #expect(try office.payment("3-1").reason == "sum-untold")
        #expect(try office.breaches == [])
    }

    @Test(arguments: [
        ("260302", true), ("260305", true), ("260306", false), ("260225", true), ("260224", false),
    ]) func `never reaches over the window of business days`(day: String, isTold: Bool) throws {
        let office = try TemporaryHome()
        try office.take("a.csv", Self.box)
        try office.drop("b.bai2", report(day: day))
        try office.run()
        #expect(try office.payment("2-1").reason == (isTold ? "told-elsewhere" : "sum-untold"))
        #expect(try office.breaches == [])
    }

    @Test func `never reaches further than the office says`() throws {
        let office = try TemporaryHome(configure: {
            try TemporaryHome.rewrite("config/sluice.yaml", in: $0, "window_days: 3", with: "window_days: 0")
        })
        try office.take("a.csv", Self.box)
        try office.drop("b.bai2", report(day: "260303"))
        try office.drop("c.bai2", report(number: 2))
        try office.run()
        #expect(try office.payments.suffix(2).map(\.reason) == ["sum-untold", "told-elsewhere"])
        #expect(try office.breaches == [])
    }

    @Test func `never takes the deposit of another day where one fits better`() throws {
        let office = try TemporaryHome()
        for (index, day) in ["2026-03-02", "2026-03-03"].enumerated() {
            var box = Lockbox([.coupon(1, check: index * 10), .coupon(2, check: index * 10)])
            box.date = day
            try office.take("\(index).csv", box)
        }
        try office.drop("s.bai2", report(day: "260303"))
        try office.run()
        let unit = try office.home.ledger.read { try $0.unit(toldBy: PaymentID("3-1")!) }
        #expect(unit?.intake == 2)
        #expect(try office.breaches == [])
    }

    @Test func `never misses a sum for a cent`() throws {
        let office = try TemporaryHome()
        try office.take("a.csv", Self.box)
        try office.drop("b.bai2", BankReport(.init(115, Self.total + Cents(1), "LOCKBOX 7001")).text)
        try office.run()
        #expect(try office.payment("2-1").reason == "sum-untold")
        #expect(try office.breaches == [])
    }

    @Test func `never takes a sum that a person gave to a customer off the books`() throws {
        let office = try TemporaryHome()
        try office.drop("a.bai2", report())
        try office.run()
        #expect(try office.decide("1-1-e1", "credit", ["\(AccountBook.account(3))=\(Self.total)"]) == nil)
        try office.take("b.csv", Self.box)
        #expect(try office.payment("1-1").books == "posted")
        // The same money stands there twice, and a person is told so, once.
        #expect(try office.queue == ["1-1-e2 sum-told-late"])
        #expect(try office.exception("1-1-e2").whyNotPosted.contains("b.csv, intake 2, tells 2 items"))
        try office.take("c.csv", Lockbox([.coupon(1, check: 70), .coupon(2, check: 70)]))
        #expect(try office.queue.filter { $0.hasSuffix("sum-told-late") }.count == 1)
        #expect(try office.breaches == [])
    }

    @Test func `never leaves a sum in suspense that a file tells`() throws {
        let office = try TemporaryHome()
        try office.drop("a.bai2", report())
        try office.run()
        #expect(try office.decide("1-1-e1", "suspense") == nil)
        try office.take("b.csv", Self.box)
        #expect(try office.payment("1-1").reason == "told-elsewhere")
        #expect(try cash(office) == Self.total)
        #expect(try office.breaches == [])
    }

    @Test func `never tells a batch and its deposit by two sums`() throws {
        let office = try TemporaryHome()
        try office.take("a.csv", Lockbox([.coupon(1)], [.coupon(2)]))
        try office.drop(
            "b.bai2",
            BankReport(.init(115, AccountBook.amount(1), "7001"), .init(115, AccountBook.amount(2), "7001")).text)
        try office.drop("c.bai2", report(number: 2))
        try office.run()
        #expect(
            try office.payments.suffix(3).map(\.reason) == ["told-elsewhere", "told-elsewhere", "sum-untold"])
        #expect(try office.breaches == [])
    }

    @Test func `never counts the checks of a lockbox deposit beside the deposit`() throws {
        let office = try TemporaryHome()
        try office.drop(
            "a.bai2",
            BankReport(
                .init(115, Self.total, "LOCKBOX 7001"), .init(116, AccountBook.amount(1), "ITEM"),
                .init(116, AccountBook.amount(2), "ITEM")
            ).text)
        try office.run()
        #expect(try office.payments.map(\.reason) == ["sum-untold", "told-elsewhere", "told-elsewhere"])
        #expect(try cash(office) == Self.total)
        // Nor do they wait for a payment as advices do.
        office.now = Moment(seconds: office.now.seconds + 40 * 86_400)
        try office.run()
        #expect(try office.queue == ["1-1-e1 sum-untold"])
        #expect(try office.breaches == [])
    }

    @Test(arguments: [true, false]) func `never takes a part for money, wherever it stands`(sumFirst: Bool) throws {
        let parts = [
            BankReport.Detail(116, AccountBook.amount(1), "ITEM"), .init(116, AccountBook.amount(2), "ITEM"),
        ]
        let sum = BankReport.Detail(115, Self.total, "LOCKBOX")
        var report = BankReport()
        report.details = sumFirst ? [sum] + parts : parts + [sum]
        let office = try TemporaryHome()
        try office.drop("a.bai2", report.text)
        try office.run()
        #expect(try cash(office) == Self.total)
    }

    @Test(arguments: ["box", "sum"]) func `never drops items of a lockbox that its deposit does not hold`(
        _ apart: String
    ) throws {
        var details = [
            BankReport.Detail(115, Self.total, "LOCKBOX"), .init(116, AccountBook.amount(1), "ITEM"),
            .init(116, AccountBook.amount(2), "ITEM"),
        ]
        if apart == "sum" { details[2].amount += Cents(1) }
        if apart == "box" { details[0].customer = "7001" }
        var report = BankReport()
        report.details = details
        let office = try TemporaryHome()
        try office.drop("a.bai2", report.text)
        try office.run()
        #expect(try office.queue.map { $0.suffix(10) } == ["sum-untold", "sum-untold", "sum-untold"])
        #expect(try cash(office) == details.map(\.amount).sum)
    }

    @Test(arguments: ["bai2", "layout", "rule"])
    func `never drops a credit in the words of a fee`(_ format: String) throws {
        let amount = AccountBook.amount(1)
        let words = "SEWER SERVICE CHARGE ACCT \(AccountBook.account(1))"
        let office = try TemporaryHome { path in
            guard format == "layout" else { return }
            try TemporaryHome.rewrite(
                "config/layouts/bank-statement.yaml", in: path, "kind: fee, only: debit", with: "kind: fee")
        }
        try office.drop(
            "a",
            format == "bai2"
                ? BankReport(.init(398, amount, words)).text
                : "Date,Value Date,Description,Payer,Reference,Debit,Credit,Balance\n"
                    + "03/02/2026,03/02/2026,\(words),,R-1,,\(amount),0.00\n")
        try office.run()
        #expect(try office.payment("1-1").books == (format == "rule" ? "posted" : "suspense"))
        #expect(try cash(office) == amount)
        guard format != "rule" else { return }
        #expect(try office.queue == ["1-1-e1 fee-not-posted"])
        #expect(try office.decide("1-1-e1", "post", ["\(AccountBook.account(1))=\(amount)"]) == nil)
        #expect(try office.payment("1-1").books == "posted")
        #expect(try office.breaches == [])
    }

    @Test func `never passes over a debit in the words of a sum`() throws {
        let office = try TemporaryHome()
        try office.drop(
            "a.csv",
            "Date,Value Date,Description,Payer,Reference,Debit,Credit,Balance\n"
                + "03/02/2026,03/02/2026,MERCHANT BANKCARD CHARGEBACKS,,R-1,186.66,,0.00\n")
        try office.run()
        #expect(try office.queue == ["1-1-e1 debit-not-posted"])
    }

    /// A notification of two payments, and a statement that books them as one.
    private static let details = Notification(credits: [.init(1, endToEnd: "E-1"), .init(2, endToEnd: "E-2")]).text
    private static let booking = """
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>S-1</Id>\
        <CreDtTm>2026-03-02T20:00:00Z</CreDtTm><Acct><Id><Othr><Id>0000417702</Id></Othr></Id><Ccy>USD</Ccy></Acct>\
        <Ntry><Amt Ccy="USD">\(Self.total)</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>\
        <BookgDt><Dt>2026-03-02</Dt></BookgDt><NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch></NtryDtls></Ntry>\
        </Stmt></BkToCstmrStmt></Document>
        """

    @Test func `never takes the payments of another account of ours`() throws {
        let office = try TemporaryHome()
        try office.drop("a.xml", Self.details.replacing("0000417702", with: "0000417703"))
        try office.run()
        try office.drop("b.xml", Self.booking)
        try office.run()
        #expect(try office.payment("2-1").reason == "sum-untold")
        #expect(try office.breaches == [])
    }

    @Test(arguments: [true, false]) func `never posts a batch booking beside its payments`(sumFirst: Bool) throws {
        let office = try TemporaryHome()
        for text in sumFirst ? [Self.booking, Self.details] : [Self.details, Self.booking] {
            try office.drop("\(text.utf8.count).xml", text)
            try office.run()
        }
        let sum = sumFirst ? "1-1" : "2-1"
        #expect(try office.payment(sum).reason == "told-elsewhere")
        #expect(try cash(office) == Self.total)
        #expect(try office.breaches == [])
    }

    @Test func `never takes a deposit that was sent again for another one`() throws {
        let office = try TemporaryHome()
        try office.take("a.csv", Self.box)
        // The same checks in other bytes: each is suspected, and no sum of the bank's stands for them.
        var again = Self.box
        again.batches[0][0].memo = "again"
        try office.take("b.csv", again)
        try office.drop("c.bai2", report())
        try office.drop("d.bai2", report("CASH VAULT", number: 2))
        try office.run()
        #expect(
            try office.payments.filter { $0.reason == "told-elsewhere" || $0.reason == "sum-untold" }.map(\.reason)
                == ["told-elsewhere", "sum-untold"])
        #expect(try office.breaches == [])
    }

    @Test func `never waits for two files where the bank tells one sum twice`() throws {
        let office = try TemporaryHome()
        try office.drop("a.bai2", report())
        try office.run()
        try office.drop("b.bai2", report().replacing("0715,1,", with: "0716,9,"))
        try office.run()
        #expect(try office.queue == ["1-1-e1 sum-untold", "2-1-e1 duplicate-suspected"])
        #expect(try office.decide("2-1-e1", "duplicate", kind: "told-twice") == nil)
        try office.take("c.csv", Self.box)
        #expect(try office.queue == [])
        #expect(try cash(office) == Self.total)
        #expect(try office.breaches == [])
    }

    @Test func `never says that a sum is told where nothing tells it`() throws {
        let office = try TemporaryHome()
        try office.drop("a.bai2", report())
        try office.run()
        let refusal = try office.decide("1-1-e1", "duplicate", kind: "told-twice")
        #expect(refusal?.contains("no other file tells a deposit or batch over \(Self.total)") == true)
        #expect(try office.payment("1-1").books == "unresolved")
        #expect(try office.breaches == [])
    }

    @Test func `never leaves a sum behind that another one has made certain`() throws {
        let office = try TemporaryHome()
        // Equal totals on two days, and a sum between them; then one that fits the second day.
        for (index, day) in ["2026-03-02", "2026-03-04"].enumerated() {
            var box = Lockbox([.coupon(1, check: index * 10), .coupon(2, check: index * 10)])
            box.date = day
            try office.take("\(index).csv", box)
        }
        try office.drop("s.bai2", report("DEPOSIT", day: "260303"))
        try office.run()
        #expect(try office.payment("3-1").reason == "sum-untold")
        try office.drop("t.bai2", report("DEPOSIT", day: "260304", number: 2))
        try office.run()
        #expect(try office.payments.suffix(2).map(\.reason) == ["told-elsewhere", "told-elsewhere"])
        #expect(try office.queue == [])
        #expect(try cash(office) == Self.total + Self.total)
        #expect(try office.breaches == [])
    }

    @Test(arguments: [true, false]) func `never counts a held deposit beside its sum`(sumFirst: Bool) throws {
        let office = try TemporaryHome()
        // The lockbox declares a check more than it tells, and the bank has credited it.
        var box = Lockbox([.coupon(1)])
        box.batchTotals = [1: Self.total]
        box.fileTotal = Self.total
        if sumFirst { try office.drop("a.bai2", report()) } else { try office.drop("a.csv", box) }
        try office.run()
        if sumFirst { try office.drop("b.csv", box) } else { try office.drop("b.bai2", report()) }
        try office.run()
        #expect(try office.payment(sumFirst ? "1-1" : "2-1").reason == "told-elsewhere")
        #expect(try office.queue == ["\(sumFirst ? 2 : 1)-e1 batch-out-of-balance"])
        #expect(try cash(office) == Self.total)
        #expect(try office.breaches == [])
    }

    @Test(arguments: [true, false]) func `never counts a sum of a held report twice`(sumFirst: Bool) throws {
        let office = try TemporaryHome()
        // The report declares 10.00 beyond its items.
        var wrong = report()
        for code in ["49,", "98,", "99,"] {
            wrong = wrong.replacing("\(code)\(Self.total.rawValue),", with: "\(code)\(Self.total.rawValue + 1000),")
        }
        if sumFirst { try office.drop("a.bai2", wrong) } else { try office.drop("a.csv", Self.box) }
        try office.run()
        if sumFirst { try office.drop("b.csv", Self.box) } else { try office.drop("b.bai2", wrong) }
        try office.run()
        #expect(try office.payment(sumFirst ? "1-1" : "2-1").reason == "told-elsewhere")
        #expect(try office.queue == ["\(sumFirst ? 1 : 2)-e1 batch-out-of-balance"])
        #expect(try cash(office) == Self.total + Cents(1000))
        #expect(try office.breaches == [])
    }

    @Test(arguments: [true, false]) func `never takes a statement's deposit for a receipt`(sumFirst: Bool) throws {
        let office = try TemporaryHome()
        let statement = """
            Date,Value Date,Description,Payer,Reference,Debit,Credit,Balance
            03/02/2026,03/02/2026,LOCKBOX DEPOSIT 7001,,L-1,,\(Self.total),\(Self.total)
            03/02/2026,03/02/2026,ACH CREDIT \(AccountBook.account(3)),,A-1,,\(AccountBook.amount(3)),0.00
            03/02/2026,03/02/2026,SERVICE CHARGE,,S-1,4.00,,0.00

            """
        for text in sumFirst ? [statement, Self.box.text] : [Self.box.text, statement] {
            try office.drop("\(text.utf8.count).csv", text)
            try office.run()
        }
        let intake = sumFirst ? 1 : 2
        #expect(try office.payment("\(intake)-1").reason == "told-elsewhere")
        #expect(try office.payment("\(intake)-2").status == "posted")
        #expect(try office.payment("\(intake)-3").reason == "fee-not-posted")
        #expect(try cash(office) == Self.total + AccountBook.amount(3))
        #expect(try office.breaches == [])
    }

    @Test func `never overlooks a returned item of a statement`() throws {
        let office = try TemporaryHome()
        func statement(_ row: String) -> String {
            "Date,Value Date,Description,Payer,Reference,Debit,Credit,Balance\n" + row + "\n"
        }
        let amount = AccountBook.amount(3)
        let credit = "03/02/2026,03/02/2026,ACH CREDIT \(AccountBook.account(3)),,A-1,,\(amount),0.00"
        try office.drop("a.csv", statement(credit))
        try office.run()
        try office.drop("b.csv", statement("03/04/2026,03/04/2026,RETURNED ITEM NSF,,A-1,\(amount),,0.00"))
        try office.run()
        #expect(try office.payments.map(\.status) == ["returned", "returned"])
        #expect(try office.open(on: AccountBook.bill(3)) == amount)
        #expect(try office.queue == [])
        #expect(try office.breaches == [])
    }

    @Test func `never overlooks a sum that was changed behind the program's back`() throws {
        let office = try TemporaryHome()
        try office.take("a.csv", Self.box)
        try office.drop("b.bai2", report())
        try office.run()
        try office.sql("UPDATE told_units SET total_cents = total_cents + 1")
        #expect(try office.breaches.count == 1)
        try office.sql("UPDATE told_units SET total_cents = total_cents - 1")
        #expect(throws: LedgerFault.self) { try office.sql("DELETE FROM reconciled") }
        #expect(try office.breaches == [])
    }
}
