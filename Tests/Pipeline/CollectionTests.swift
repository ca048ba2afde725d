import Ledger
import Model
import Pipeline
import Review
import Testing

/// Our own collection file brings no money; what the bank says of its entries ends each once, and names its account.
struct CollectionTests {
    private let amount = AccountBook.amount(1)
    private let trace = "121042880000001"

    private func office() throws -> TemporaryHome {
        try TemporaryHome(configure: {
            try TemporaryHome.rewrite(
                "config/sluice.yaml", in: $0, "collections: {}", with: "collections:\n  companies: [\"1234567890\"]")
        })
    }

    /// An office that has taken in its own collection of account 1.
    private func collecting() throws -> TemporaryHome {
        let office = try office()
        try office.drop(
            "own.ach", ACHFile(.init(collecting: amount, trace: trace, id: AccountBook.account(1))).text)
        try office.run()
        #expect(try office.standings == ["1-1 \(amount) rejected none payment-expected"])
        return office
    }

    private func returned(_ amount: Cents, reason: String = "R01", last: Int = 7) -> String {
        ACHFile(.init(returning: amount, trace: "07100050000000\(last)", of: trace, reason: reason)).text
    }

    /// A camt.054 credit or return with an end-to-end id.
    private func pain008(_ endToEnd: String, bill: Int) -> String {
        """
        <Document><CstmrDrctDbtInitn><GrpHdr><MsgId>M-1</MsgId></GrpHdr><PmtInf><PmtInfId>P-1</PmtInfId>\
        <ReqdColltnDt>2026-03-02</ReqdColltnDt><DrctDbtTxInf><PmtId><EndToEndId>\(endToEnd)</EndToEndId></PmtId>\
        <InstdAmt Ccy="USD">\(AccountBook.amount(bill))</InstdAmt><Dbtr><Nm>Pat Payer</Nm></Dbtr>\
        <RmtInf><Strd><RfrdDocInf><Nb>\(AccountBook.bill(bill))</Nb></RfrdDocInf></Strd></RmtInf>\
        </DrctDbtTxInf></PmtInf></CstmrDrctDbtInitn></Document>
        """
    }

    private func rejected(_ endToEnd: String, status: String = "RJCT") -> String {
        """
        <Document><CstmrPmtStsRpt><GrpHdr><MsgId>S-1</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>M-1</OrgnlMsgId>\
        <OrgnlMsgNmId>pain.008.001.02</OrgnlMsgNmId></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts>\
        <OrgnlPmtInfId>P-1</OrgnlPmtInfId><TxInfAndSts><OrgnlEndToEndId>\(endToEnd)</OrgnlEndToEndId>\
        <TxSts>\(status)</TxSts><StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf></TxInfAndSts></OrgnlPmtInfAndSts>\
        </CstmrPmtStsRpt></Document>
        """
    }

    private func returning(_ endToEnd: String) -> String {
        Notification(credits: [Notification.Credit(1, endToEnd: endToEnd)]).text
            .replacing("CRDT", with: "DBIT").replacing(
                "<RmtInf>", with: "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf><RmtInf>"
            )
            .replacing("N-1", with: "N-9")
    }

    @Test func `never moves money for the return of an entry that brought none`() throws {
        let office = try collecting()
        try office.drop("r.ach", returned(amount))
        try office.run()
        #expect(
            try office.standings == [
                "1-1 \(amount) returned none collection-returned", "2-1 \(amount) returned none collection-returned",
            ])
        let exception = try office.exception("2-1-e1")
        #expect(exception.reason == "collection-returned")
        #expect(exception.what.contains("R01 of \(trace)"))
        #expect(exception.whyNotPosted.contains("1-1") && exception.whyNotPosted.contains(AccountBook.account(1)))
        #expect(exception.severity == "fault")
        #expect(exception.whyNotPosted.contains("The bank took \(amount) back, and no account gave it"))
        #expect(try office.ledger == [])
        #expect(try office.open(on: AccountBook.bill(1)) == amount)
        #expect(try office.breaches == [])
    }

    @Test func `never hides on which account the money of a returned entry stands`() throws {
        let office = try collecting()
        let other = AccountBook.amount(2)
        try office.drop("b.bai2", BankReport(.init(166, amount + other, reference: "S-1", "ACH SETTLEMENT")).text)
        try office.run()
        #expect(try !office.exception("2-1-e1").whyNotPosted.contains("our own file"))
        #expect(
            try office.decide(
                "2-1-e1", "split",
                ["\(AccountBook.account(1))=\(amount)", "\(AccountBook.account(2))=\(other)"]) == nil)
        try office.drop("r.ach", returned(amount))
        try office.run()
        let exception = try office.exception("3-1-e1")
        #expect(exception.severity == "fault")
        #expect(exception.whyNotPosted.contains("it stands on account \(AccountBook.account(1)) by the sum 2-1."))
        #expect(try office.breaches == [])
    }

    @Test func `never hides which collection of our own a sum may be`() throws {
        let office = try collecting()
        try office.drop("b.bai2", BankReport(.init(166, amount, reference: "S-1", "ACH SETTLEMENT")).text)
        try office.run()
        #expect(try office.payment("2-1").books == "unresolved")
        #expect(try office.exception("2-1-e1").whyNotPosted.contains("our own file own.ach, intake 1: split it"))
        #expect(try office.breaches == [])
    }

    @Test func `never ends an entry twice`() throws {
        let office = try collecting()
        try office.drop("r.ach", returned(amount))
        try office.drop("s.ach", returned(amount, last: 8))
        try office.run()
        #expect(try office.queue == ["2-1-e1 collection-returned", "3-1-e1 return-unmatched"])
        #expect(try office.exception("3-1-e1").whyNotPosted.hasSuffix("before."))
        #expect(try office.breaches == [])
    }

    @Test func `never ends an entry twice within one file`() throws {
        let office = try collecting()
        let first = ACHFile.Entry(returning: amount, trace: "071000500000007", of: trace)
        let second = ACHFile.Entry(returning: amount, trace: "071000500000008", of: trace)
        try office.drop("r.ach", ACHFile(first, second).text)
        try office.run()
        #expect(try office.queue == ["2-1-e1 collection-returned", "2-2-e1 return-unmatched"])
        #expect(try office.breaches == [])
    }

    @Test(arguments: [("-0.01", "R01"), ("0.00", "R68")])
    func `never ends an entry by another amount or by a dispute`(off: String, reason: String) throws {
        let office = try collecting()
        try office.drop("r.ach", returned(amount + (off == "0.00" ? .zero : Cents(-1)), reason: reason))
        try office.run()
        #expect(try office.queue == ["2-1-e1 return-unmatched"])
        #expect(try office.standings[0] == "1-1 \(amount) rejected none payment-expected")
    }

    @Test func `never guesses between two entries of one trace`() throws {
        let office = try collecting()
        var again = ACHFile(.init(collecting: amount, trace: trace, id: AccountBook.account(2)))
        again.date = "260303"
        try office.drop("own2.ach", again.text)
        try office.drop("r.ach", returned(amount))
        try office.run()
        #expect(try office.queue == ["3-1-e1 return-unmatched"])
        #expect(try office.exception("3-1-e1").whyNotPosted.contains("more than one"))
    }

    @Test func `never forgets that a rejected entry will not come`() throws {
        let office = try office()
        try office.drop("own.xml", pain008("E-1", bill: 1))
        try office.run()
        try office.drop("s.xml", rejected("E-1"))
        try office.run()
        #expect(
            try office.standings == [
                "1-1 \(amount) returned none collection-returned", "2-1 0.00 rejected none collection-answered",
            ])
        #expect(try office.exception("2-1-e1").whyNotPosted.contains("bill \(AccountBook.bill(1))"))
        #expect(try office.breaches == [])
    }

    @Test func `never forgets that a whole collection was rejected`() throws {
        let office = try office()
        try office.drop("own.xml", pain008("E-1", bill: 1))
        try office.drop("own2.xml", pain008("E-2", bill: 2).replacing("M-1", with: "M-2").replacing("P-1", with: "P-2"))
        try office.drop(
            "s.xml",
            """
            <Document><CstmrPmtStsRpt><GrpHdr><MsgId>S-1</MsgId></GrpHdr><OrgnlGrpInfAndSts>\
            <OrgnlMsgId>M-2</OrgnlMsgId><OrgnlMsgNmId>pain.008.001.02</OrgnlMsgNmId><GrpSts>RJCT</GrpSts>\
            </OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>
            """)
        try office.run()
        #expect(try office.payments.map(\.status) == ["rejected", "returned", "rejected"])
        #expect(
            try office.exception("3-1-e1").whyNotPosted.contains("intake 2, at once: 1 over \(AccountBook.amount(2))"))
        #expect(try office.breaches == [])
    }

    @Test func `never leaves a credit unnamed that our own file names`() throws {
        let office = try office()
        var credit = Notification.Credit(1, endToEnd: "E-1")
        credit.text = "collection"
        try office.drop("own.xml", pain008("E-1", bill: 1))
        try office.drop("own2.xml", Notification(credits: [credit]).text)
        try office.run()
        #expect(try office.standings[1] == "2-1 \(amount) posted posted")
        #expect(try office.payment("2-1").allocations.map(\.bill) == [AccountBook.bill(1)])
        #expect(try office.breaches == [])
    }

    @Test func `never takes what our own file names for another amount`() throws {
        let office = try office()
        var credit = Notification.Credit(1, endToEnd: "E-1")
        (credit.text, credit.amount) = ("collection", amount - Cents(1))
        try office.drop("own.xml", pain008("E-1", bill: 1))
        try office.drop("own2.xml", Notification(credits: [credit]).text)
        try office.run()
        #expect(try office.payment("2-1").status == "suspense")
    }

    @Test func `never ends an entry by an answer that accepts or waits`() throws {
        let office = try office()
        try office.drop("own.xml", pain008("E-1", bill: 1))
        try office.drop("s.xml", rejected("E-1", status: "PDNG"))
        try office.run()
        #expect(try office.standings[0] == "1-1 \(amount) rejected none payment-expected")
    }

    @Test func `never leaves a collected payment on its account when the bank takes it back`() throws {
        let office = try office()
        try office.drop("own.xml", pain008("E-1", bill: 1))
        try office.drop("own2.xml", Notification(credits: [Notification.Credit(1, endToEnd: "E-1")]).text)
        try office.run()
        #expect(try office.standings[1] == "2-1 \(amount) posted posted")
        try office.drop("r.xml", returning("E-1"))
        try office.run()
        #expect(
            try office.standings == [
                "1-1 \(amount) returned none collection-returned", "2-1 \(amount) returned none",
                "3-1 \(amount) returned none",
            ])
        #expect(try office.open(on: AccountBook.bill(1)) == amount)
        #expect(try office.queue == [])
        #expect(try office.breaches == [])
    }

    @Test func `never takes a reversal of our own for money`() throws {
        let office = try office()
        var file = ACHFile(.init(paying: amount, trace: trace, id: AccountBook.account(1)))
        file.description = "REVERSAL"
        try office.drop("own.ach", file.text)
        try office.run()
        #expect(try office.standings == ["1-1 \(amount) rejected none payment-expected"])
        #expect(try office.ledger == [] && office.queue == [])
    }

    @Test func `never proves an entry that ended without a word of the bank`() throws {
        let office = try collecting()
        try office.sql("UPDATE items SET status = 'returned' WHERE kind = 'expected'")
        #expect(try office.breaches.map { $0.contains("ended without a word") } == [true])
    }

    @Test func `never lets the order of credit and return matter`() throws {
        let own = pain008("E-1", bill: 1)
        let credit = Notification(credits: [Notification.Credit(1, endToEnd: "E-1")]).text
        for files in [[own, credit, returning("E-1")], [own, returning("E-1"), credit]] {
            let office = try office()
            for (index, text) in files.enumerated() {
                try office.drop("\(index).xml", text)
                try office.run()
            }
            let entry = try #require(try office.payments.first { $0.payment.intake == (files[1] == credit ? 2 : 3) })
            #expect(entry.status == "returned" && entry.books == "none")
            #expect(try office.open(on: AccountBook.bill(1)) == amount)
            #expect(
                try office.texts(
                    "SELECT sum(amount_cents) FROM journal_lines WHERE ledger_account = 'cash-clearing' GROUP BY 1 > 0")
                    == ["0"])
            #expect(try office.breaches == [])
        }
    }

    @Test func `never posts a credit twice whose return came before it`() throws {
        let office = try office()
        let credit = Notification(credits: [Notification.Credit(1, endToEnd: "E-1")])
        var again = credit
        again.id = "N-2"
        for (index, text) in [pain008("E-1", bill: 1), returning("E-1"), credit.text, again.text].enumerated() {
            try office.drop("\(index).xml", text)
            try office.run()
        }
        #expect(try office.payments.last?.status == "duplicate")
        #expect(try office.open(on: AccountBook.bill(1)) == amount)
        #expect(try office.breaches == [])
    }

    @Test func `never posts a credit that was rejected before`() throws {
        let office = try office()
        try office.drop("own.xml", pain008("E-1", bill: 1))
        try office.drop("s.xml", rejected("E-1"))
        try office.run()
        try office.drop("late.xml", Notification(credits: [Notification.Credit(1, endToEnd: "E-1")]).text)
        try office.run()
        #expect(try office.standings[2] == "3-1 \(amount) suspense suspense collection-returned")
        #expect(try office.exception("3-1-e1").severity == "fault")
        #expect(try office.open(on: AccountBook.bill(1)) == amount)
        #expect(try office.breaches == [])
    }
}
