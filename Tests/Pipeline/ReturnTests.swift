import Ledger
import Model
import Pipeline
import Testing

/// What the bank takes back comes off the account it went to, once, and only where one payment can be meant.
struct ReturnTests {
    private let amount = AccountBook.amount(1)

    /// A camt.054 with one booked debit entry that returns a payment.
    private func returning(
        _ cents: Cents, endToEnd: String, id: String = "R-1", day: String = "2026-03-05", inside: String = ""
    ) -> String {
        """
        <Document><BkToCstmrDbtCdtNtfctn><Ntfctn><Id>\(id)</Id><Acct><Id><Othr><Id>0000417702</Id></Othr></Id></Acct>\
        \(inside)\
        <Ntry><Amt Ccy="USD">\(cents)</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>\
        <BookgDt><Dt>\(day)</Dt></BookgDt><ValDt><Dt>\(day)</Dt></ValDt><NtryDtls><TxDtls>\
        <Refs><EndToEndId>\(endToEnd)</EndToEndId></Refs><RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls>\
        </NtryDtls></Ntry></Ntfctn></BkToCstmrDbtCdtNtfctn></Document>
        """
    }

    private func office(_ credits: [Notification.Credit]) throws -> TemporaryHome {
        let office = try TemporaryHome()
        try office.drop("a.xml", Notification(credits: credits).text)
        try office.run()
        return office
    }

    @Test func `never leaves a returned payment on its account`() throws {
        let office = try office([Notification.Credit(1, endToEnd: "E-1"), Notification.Credit(2, endToEnd: "E-2")])
        #expect(try office.open(on: AccountBook.bill(1)) == .zero)
        try office.drop("r.xml", returning(amount, endToEnd: "E-1"))
        try office.run()
        #expect(try office.open(on: AccountBook.bill(1)) == amount)
        #expect(try office.open(on: AccountBook.bill(2)) == .zero)
        #expect(
            try office.standings == [
                "1-1 \(amount) returned none", "1-2 \(AccountBook.amount(2)) posted posted",
                "2-1 \(amount) returned none",
            ])
        #expect(try office.queue == [])
        #expect(
            try office.journal("1-1").suffix(2) == [
                "j2 reversal receivable \(AccountBook.account(1)) \(AccountBook.bill(1)) \(amount)",
                "j2 reversal cash-clearing -\(amount)",
            ])
        #expect(try office.texts("SELECT bank_on FROM journal_entries WHERE kind = 'reversal'") == ["20260305"])
        #expect(try office.texts("SELECT twin_of FROM items WHERE payment > 2000000000") == ["1000000001"])
        #expect(try office.breaches == [])
    }

    @Test func `never forgets to tell the billing system which row is taken back`() throws {
        let office = try office([Notification.Credit(1, endToEnd: "E-1")])
        try office.drop("r.xml", returning(amount, endToEnd: "E-1"))
        try office.run()
        let rows = try office.files("outbox/postings").values
            .flatMap { String(decoding: $0, as: UTF8.self).split(separator: "\r\n").map(String.init) }
        let row = try #require(rows.first { $0.hasPrefix("D,1-1-a2,1-1,") })
        #expect(row.contains(",-\(amount),") && row.hasSuffix("1-1-a1"))
    }

    @Test func `never takes a payment back twice`() throws {
        let office = try office([Notification.Credit(1, endToEnd: "E-1")])
        try office.drop("r.xml", returning(amount, endToEnd: "E-1"))
        try office.run()
        try office.drop("s.xml", returning(amount, endToEnd: "E-1", id: "R-2"))
        try office.run()
        #expect(try office.queue == ["3-1-e1 duplicate-suspected"])
        #expect(try office.open(on: AccountBook.bill(1)) == amount)
        #expect(try office.breaches == [])
    }

    @Test func `never takes the next payment back for a return that is told again`() throws {
        let office = try office([Notification.Credit(1, endToEnd: "E-1")])
        try office.drop("r.xml", returning(amount, endToEnd: "E-1"))
        try office.run()
        var next = Notification(credits: [Notification.Credit(1, endToEnd: "E-1")])
        next.id = "N-2"
        try office.drop("s.xml", next.text)
        try office.run()
        #expect(try office.decide("3-1-e1", "post", ["\(AccountBook.account(1))=\(amount)"]) == nil)
        try office.drop("t.xml", returning(amount, endToEnd: "E-1", id: "R-2"))
        try office.run()
        #expect(try office.standings.last == "4-1 \(amount) duplicate none duplicate-suspected")
        #expect(try office.payment("3-1").status == "posted")
        #expect(try office.open(on: AccountBook.bill(1)) == .zero)
        #expect(try office.queue == ["4-1-e1 duplicate-suspected"])
        #expect(try office.breaches == [])
        #expect(try office.decide("4-1-e1", "note") == nil)
        #expect(try office.queue == [] && office.breaches == [])
    }

    /// A company's credit that posts to account 1.
    private func companyCredit(_ trace: String) -> String {
        var file = ACHFile(.init(paying: amount, trace: trace, id: AccountBook.account(1)))
        (file.company, file.companyName, file.entryClass) = ("1555666777", "MILL CREEK FOODS", "CCD")
        return file.text
    }

    @Test func `never takes another's credit back for a return of our own debit`() throws {
        let office = try TemporaryHome()
        let trace = "071000500000001"
        try office.drop("a.ach", companyCredit(trace))
        try office.drop("b.ach", ACHFile(.init(returning: amount, trace: "071000500000009", of: trace)).text)
        try office.run()
        #expect(try office.payment("1-1").status == "posted")
        #expect(try office.open(on: AccountBook.bill(1)) == .zero)
        #expect(try office.queue == ["2-1-e1 return-unmatched"])
        #expect(try office.breaches == [])
    }

    @Test(arguments: ["121042882", "", "121938899"])
    func `never takes back what another bank returns`(bank: String) throws {
        let office = try TemporaryHome()
        let trace = "071000500000001"
        try office.drop("a.ach", companyCredit(trace))
        try office.run()
        // As a processor tells a debit that it collects for us.
        try office.sql("UPDATE items SET tender = 'ach-debit', routing = ?", .text(bank))
        try office.drop("b.ach", ACHFile(.init(returning: amount, trace: "071000500000009", of: trace)).text)
        try office.run()
        #expect(try office.payment("1-1").status == (bank == "121938899" ? "posted" : "returned"))
        #expect(try office.breaches == [])
    }

    @Test func `never leaves an exception open that no decision could close`() throws {
        let office = try TemporaryHome()
        try office.drop("r.xml", returning(amount, endToEnd: "E-1"))
        try office.run()
        #expect(try office.queue == ["1-1-e1 return-unmatched"])
        #expect(try office.decide("1-1-e1", "note") == nil)
        #expect(try office.queue == [] && office.breaches == [])
    }

    @Test func `never lets a note close what the bank credited`() throws {
        let office = try TemporaryHome()
        let credit = Notification(credits: [Notification.Credit(1, endToEnd: "E-1")]).text
        try office.drop("a.xml", credit.replacing(" Ccy=\"USD\"", with: " Ccy=\"CAD\""))
        try office.run()
        let open = try office.queue
        #expect(open.count == 1)
        #expect(try office.decide("1-1-e1", "note") == nil)
        #expect(try office.queue == open)
    }

    @Test(arguments: [Int64(-1), 1])
    func `never takes back another amount`(off: Int64) throws {
        let office = try office([Notification.Credit(1, endToEnd: "E-1")])
        try office.drop("r.xml", returning(amount + Cents(off), endToEnd: "E-1"))
        try office.run()
        #expect(try office.queue == ["2-1-e1 return-unmatched"])
        #expect(try office.open(on: AccountBook.bill(1)) == .zero)
        #expect(try office.breaches == [])
    }

    @Test func `never overlooks a payment of the same file`() throws {
        let office = try TemporaryHome()
        let credit = Notification(credits: [Notification.Credit(1, endToEnd: "E-1")]).text
        let entry = returning(amount, endToEnd: "E-1").split(separator: "<Ntry>")[1].split(separator: "</Ntry>")[0]
        try office.drop("a.xml", credit.replacing("</Ntry></Ntfctn>", with: "</Ntry><Ntry>\(entry)</Ntry></Ntfctn>"))
        try office.run()
        #expect(
            try office.standings == ["1-1 \(amount) returned none", "1-2 \(amount) returned none"])
        #expect(try office.open(on: AccountBook.bill(1)) == amount)
        #expect(try office.breaches == [])
    }

    @Test func `never leaves somebody to decide about money that is gone`() throws {
        let office = try TemporaryHome()
        var stranger = Notification.Credit(1, endToEnd: "E-1")
        stranger.text = "thank you"
        try office.drop("a.xml", Notification(credits: [stranger]).text)
        try office.run()
        #expect(try office.standings.map { $0.split(separator: " ")[2] } == ["suspense"])
        try office.drop("r.xml", returning(amount, endToEnd: "E-1"))
        try office.run()
        #expect(try office.queue == [])
        #expect(try office.places == ["returned none"])
        #expect(
            try office.journal("1-1").suffix(2) == [
                "j2 reversal suspense \(amount)", "j2 reversal cash-clearing -\(amount)",
            ])
        #expect(try office.breaches == [])
    }

    @Test func `never takes back what a held unit returns`() throws {
        let office = try office([Notification.Credit(1, endToEnd: "E-1")])
        let wrong = "<TxsSummry><TtlDbtNtries><Sum>1.00</Sum></TtlDbtNtries></TxsSummry>"
        try office.drop("r.xml", returning(amount, endToEnd: "E-1", inside: wrong))
        try office.run()
        #expect(try office.open(on: AccountBook.bill(1)) == .zero)
        #expect(try office.breaches == [])
    }
}
