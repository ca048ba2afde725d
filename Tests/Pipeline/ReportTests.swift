import Ledger
import Model
import Pipeline
import Testing

/// A bank tells a day more than once: before it is closed and after, single and as a statement, in one format and in
/// another. Each payment posts once, and two that are alike stay two.
struct ReportTests {
    private func bank(
        _ details: [BankReport.Detail], _ modifier: Int, day: String = "260302", number: Int = 1
    ) -> String {
        var report = BankReport(day: day, modifier: modifier, number: number)
        report.details = details
        return report.text
    }

    private func cash(_ office: TemporaryHome) throws -> Cents {
        Cents(try office.number("SELECT sum(amount_cents) FROM journal_lines WHERE ledger_account = 'cash-clearing'"))
    }

    private func office(_ files: String...) throws -> TemporaryHome {
        let office = try TemporaryHome()
        for (index, text) in files.enumerated() {
            try office.drop("\(index)", text)
            try office.run()
            #expect(try office.breaches == [])
        }
        return office
    }

    @Test(arguments: [(4, 2), (2, 4)])
    func `never posts what two reports of a day tell`(first: Int, second: Int) throws {
        let credits = [BankReport.Detail.credit(1, reference: "B1"), .credit(2, reference: "B2")]
        let office = try office(bank(credits, first), bank(credits.reversed(), second))
        #expect(
            try office.standings == [
                "1-1 51.37 posted posted", "1-2 52.74 posted posted", "2-1 52.74 duplicate none told-twice",
                "2-2 51.37 duplicate none told-twice",
            ])
        #expect(try office.payment("2-1").twin?.description == "1-2")
        #expect(try office.queue == [])
    }

    @Test(arguments: [(2, 2, 2), (1, 2, 2), (2, 1, 2), (2, 3, 3), (3, 0, 3)])
    func `never takes two alike for one, nor one for two`(early: Int, late: Int, posted: Int) throws {
        // No reference: texts alone tell them apart, so they are counted.
        func credits(_ count: Int) -> [BankReport.Detail] { [.credit(5)] + (0..<count).map { _ in .credit(1) } }
        let office = try office(bank(credits(early), 4), bank(credits(late), 2))
        let amount = AccountBook.amount(1)
        let found = try office.payments.filter { $0.amount == amount && $0.books == "posted" }.count
        #expect(found == posted)
        #expect(try office.queue == [])
    }

    @Test func `never loses a payment of a second page for one like it on the first`() throws {
        let office = try office(
            bank([.credit(1)], 4), bank([.credit(1)], 2), bank([.credit(1), .credit(2)], 2, number: 2))
        #expect(
            try office.standings == [
                "1-1 51.37 posted posted", "2-1 51.37 duplicate none told-twice",
                "3-1 51.37 duplicate on-hold duplicate-suspected", "3-2 52.74 posted posted",
            ])
        #expect(try office.queue == ["3-1-e1 duplicate-suspected"])
    }

    @Test func `never loses a payment of a second page whose number the bank gives to all`() throws {
        let credit = BankReport.Detail.credit(1, reference: "MISC")
        let office = try office(
            bank([credit], 4), bank([credit], 2), bank([credit, .credit(2)], 2, number: 2))
        #expect(
            try office.standings.suffix(2) == [
                "3-1 51.37 duplicate on-hold duplicate-suspected", "3-2 52.74 posted posted",
            ])
    }

    @Test func `never holds what each intraday report begins anew with`() throws {
        let credits = [Notification.Credit(1, endToEnd: "E-1"), .init(2, endToEnd: "E-2"), .init(3, endToEnd: "E-3")]
        let office = try office(
            camt("052", Array(credits.prefix(1))),
            camt("052", Array(credits.prefix(2))).replacing("<Id>052</Id>", with: "<Id>2</Id>"),
            camt("052", credits).replacing("<Id>052</Id>", with: "<Id>3</Id>"), camt("053", credits))
        #expect(try office.payments.filter { $0.books == "posted" }.count == 3)
        #expect(try office.queue == [])
    }

    @Test func `never takes the numbers of two payments for one`() throws {
        let office = try office(
            bank([.credit(1, reference: "B1")], 4), bank([.credit(1, reference: "B2")], 2))
        #expect(try office.places == ["posted posted"])
    }

    @Test func `never takes a number that is used again on another day for the same payment`() throws {
        let office = try office(
            bank([.credit(1, reference: "0001")], 4), bank([.credit(1, reference: "0001")], 2, day: "260303"))
        #expect(try office.queue == ["2-1-e1 duplicate-suspected"])
        #expect(try office.payment("2-1").books == "on-hold")
    }

    @Test func `never overlooks that another report tells the number over another amount`() throws {
        var other = BankReport.Detail.credit(1, reference: "B1")
        other.amount += Cents(1)
        let office = try office(bank([.credit(1, reference: "B1")], 4), bank([other], 2))
        #expect(try office.queue == ["2-1-e1 duplicate-suspected"])
    }

    @Test func `never takes another account's payment, or another day's, for the same`() throws {
        var other = BankReport(.credit(1))
        other.account = "0000417703"
        let office = try office(bank([.credit(1)], 4), other.text, bank([.credit(1)], 2, day: "260304"))
        #expect(try office.payments.map(\.books) == ["posted", "posted", "posted"])
    }

    @Test func `never forgets what was told when a run is stopped`() throws {
        let office = try office(bank([.credit(1), .credit(2, reference: "B2")], 4))
        try office.drop("b", bank([.credit(2, reference: "B2"), .credit(1), .credit(1)], 2))
        try office.sql(
            "CREATE TRIGGER stop BEFORE INSERT ON items BEGIN SELECT RAISE (ABORT, 'stopped'); END")
        #expect(throws: LedgerFault.self) { try office.run() }
        try office.sql("DROP TRIGGER stop")
        try office.run()
        #expect(try office.payments.map(\.status) == ["posted", "posted", "duplicate", "duplicate", "posted"])
        #expect(try office.breaches == [])
    }

    @Test func `never waits twice for the file that tells a sum`() throws {
        let sum = BankReport.Detail(115, Cents(10_411), "LOCKBOX 7001")
        let office = try office(bank([sum], 4), bank([sum], 2))
        #expect(try office.queue == ["1-1-e1 sum-untold"])
        #expect(try cash(office) == Cents(10_411))
        try office.take("box.csv", Lockbox([.coupon(1), .coupon(2)]))
        #expect(try office.queue == [])
        #expect(try cash(office) == Cents(10_411))
        #expect(try office.breaches == [])
    }

    @Test func `never takes a payment back twice`() throws {
        let credit = BankReport.Detail(165, AccountBook.amount(1), reference: "B1", "ACCT \(AccountBook.account(1))")
        let back = BankReport.Detail(557, AccountBook.amount(1), reference: "B1", "RETURN")
        let office = try office(bank([credit, back], 4), bank([credit, back], 2))
        #expect(
            try office.standings == [
                "1-1 51.37 returned none", "1-2 51.37 returned none", "2-1 51.37 duplicate none told-twice",
                "2-2 51.37 duplicate none told-twice",
            ])
        #expect(try office.queue == [])
        #expect(try cash(office) == .zero)
    }

    @Test func `never credits less than a held report declares`() throws {
        var wrong = BankReport(.credit(1), .credit(2)).text.replacing("49,10411,", with: "49,11411,")
        for code in ["98,", "99,"] { wrong = wrong.replacing("\(code)10411,", with: "\(code)11411,") }
        let office = try office(bank([.credit(1), .credit(2)], 4), wrong)
        #expect(try office.queue == ["2-e1 batch-out-of-balance"])
        #expect(try cash(office) == Cents(11_411))
    }
}

// Messages of ISO 20022.
extension ReportTests {
    private func camt(_ number: String, _ credits: [Notification.Credit], status: String = "BOOK") -> String {
        var notification = Notification(credits: credits)
        notification.id = number
        notification.status = status
        let (root, part) = number == "053" ? ("BkToCstmrStmt", "Stmt") : ("BkToCstmrAcctRpt", "Rpt")
        if number == "054" { return notification.text }
        return notification.text.replacing("camt.054", with: "camt.\(number)")
            .replacing("BkToCstmrDbtCdtNtfctn", with: root).replacing("Ntfctn>", with: "\(part)>")
    }

    @Test(arguments: [("052", "053"), ("053", "052"), ("054", "053"), ("053", "054"), ("054", "052")])
    func `never posts a credit in two messages`(first: String, second: String) throws {
        let credits = [Notification.Credit(1, endToEnd: "E-1"), .init(2, endToEnd: "NOTPROVIDED")]
        let office = try office(camt(first, credits), camt(second, credits))
        #expect(try office.payments.map(\.status) == ["posted", "posted", "duplicate", "duplicate"])
        #expect(try office.payments.suffix(2).map(\.reason) == ["told-twice", "told-twice"])
        #expect(try office.queue == [])
    }

    @Test func `never posts an announced credit, nor forgets it when it is booked`() throws {
        let credits = [Notification.Credit(1, endToEnd: "E-1")]
        let office = try office(camt("052", credits, status: "PDNG"), camt("053", credits))
        #expect(try office.standings == ["1-1 51.37 rejected none not-booked", "2-1 51.37 posted posted"])
    }

    @Test func `never decides alone whether an intraday report begins anew`() throws {
        let office = try office(
            camt("052", [.init(1, endToEnd: ""), .init(2, endToEnd: "E-2")]),
            camt("052", [.init(1, endToEnd: ""), .init(2, endToEnd: "E-2"), .init(3, endToEnd: "E-3")])
                .replacing("<Id>052</Id>", with: "<Id>052-2</Id>"))
        #expect(
            try office.payments.map(\.status) == ["posted", "posted", "duplicate", "duplicate", "posted"])
        #expect(try office.queue == ["2-1-e1 duplicate-suspected"])
    }

    @Test(arguments: ["USD", "EUR"])
    func `never journals nothing, nor another currency, as suspected`(money: String) throws {
        var nothing = Notification.Credit(1, endToEnd: "")
        if money == "USD" { nothing.amount = .zero }
        func report(_ number: String) -> String {
            camt("052", [nothing]).replacing("<Id>052</Id>", with: "<Id>\(number)</Id>")
                .replacing("\"USD\"", with: "\"\(money)\"")
        }
        let office = try office(report("1"), report("2"))
        #expect(try cash(office) == .zero)
        #expect(try office.queue.allSatisfy { !$0.contains("duplicate") })
        #expect(try office.payments.count == 2)
    }

    @Test func `never suspects single items of a unit that is held`() throws {
        let early = bank([.credit(1)], 4)
        let held = bank([.credit(1)], 4, number: 2).replacing("9,5137,", with: "9,6137,")
            .replacing("98,5137", with: "98,6137")
        let office = try office(early, held)
        #expect(try office.queue == ["2-e1 batch-out-of-balance"])
        #expect(try office.payment("2-1").books == "unresolved")
    }

    @Test func `never posts a statement's credit that another format tells of the same day`() throws {
        let office = try office(
            bank([.credit(1, reference: "R-77")], 2),
            camt("053", [.init(1, endToEnd: "")]).replacing("<EndToEndId></EndToEndId>", with: "<TxId>R-77</TxId>"))
        #expect(try office.payments.map(\.status) == ["posted", "duplicate"])
        #expect(try office.queue == [])
    }

    @Test func `never takes the payer's own number for proof where the bank's says otherwise`() throws {
        func numbered(_ message: String, _ number: String) -> String {
            camt(message, [.init(1, endToEnd: "AUTOPAY")]).replacing(
                "<EndToEndId>", with: "<AcctSvcrRef>\(number)</AcctSvcrRef><EndToEndId>")
        }
        let office = try office(numbered("054", "B-1"), numbered("053", "B-2"))
        #expect(try office.queue == ["2-1-e1 duplicate-suspected"])
    }

    @Test func `never holds the same number in two notifications to be told twice`() throws {
        let office = try office(
            camt("054", [.init(1, endToEnd: "E-1")]),
            camt("054", [.init(1, endToEnd: "E-1")]).replacing("<Id>054</Id>", with: "<Id>054-2</Id>"))
        #expect(try office.queue == ["2-1-e1 duplicate-suspected"])
    }
}
