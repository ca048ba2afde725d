import Ledger
import Model
import Review
import Testing

@testable import Pipeline

/// Blind samples measure the rules; a rule that was wrong too often only suggests until a person restores it.
struct RuleStandingTests {
    /// An office where every automatic posting is drawn.
    private func sampling(oneIn: Int = 1) throws -> TemporaryHome {
        try TemporaryHome(configure: {
            try TemporaryHome.rewrite("config/policy.yaml", in: $0, "one_in: 0", with: "one_in: \(oneIn)")
        })
    }

    private func stopSampling(_ office: TemporaryHome) throws {
        try TemporaryHome.rewrite("config/policy.yaml", in: office.path, "one_in: 1", with: "one_in: 0")
        try office.reopen()
    }

    private func figures(_ office: TemporaryHome) throws -> [String] {
        try office.home.ledger.read { try $0.ruleFigures() }.map {
            "\($0.rule) \($0.errors) of \($0.postings)" + ($0.isDemoted ? " demoted" : "")
        }
    }

    /// Two payments that the rule would have given to accounts 1 and 2, and a person gives to account 5.
    private func contradicted() throws -> TemporaryHome {
        let office = try sampling()
        try office.take("a.csv", Lockbox([.coupon(1), .coupon(2)]))
        for n in 1...2 {
            let to = "\(AccountBook.account(5))=\(AccountBook.amount(n))"
            #expect(try office.decide("1-\(n)-e1", "post", [to]) == nil)
        }
        return office
    }

    @Test func `never shows the reviewer of a sample what the rule chose`() throws {
        var book = AccountBook()
        book.changeAccount(2) { $0.customer = "C1001" }
        let office = try TemporaryHome(
            book,
            configure: { try TemporaryHome.rewrite("config/policy.yaml", in: $0, "one_in: 0", with: "one_in: 1") })
        try office.take("a.csv", Lockbox([.coupon(2)]))
        let exception = try office.exception("1-1-e1")
        #expect(exception.reason == "sampled-for-review")
        #expect(exception.candidates.map(\.account) == [1, 2].map(AccountBook.account))
        #expect(exception.candidates.allSatisfy { $0.score == 0 })
        let line = try office.payment("1-1")
        #expect(line.rule == "sampled/1" && line.books == "suspense")
        let told = try office.text("review/open/1-1-e1/exception.json")
        #expect(!told.contains("number-and-amount"))
        let explanation = try office.home.ledger.read { try Explaining(home: office.home, $0).explain(line.payment) }
        #expect(explanation?.sample == nil && explanation?.why == nil && explanation?.change == nil)
        #expect(try office.decide("1-1-e1", "post", ["\(AccountBook.account(2))=\(AccountBook.amount(2))"]) == nil)
        let after = try office.home.ledger.read { try Explaining(home: office.home, $0).explain(line.payment) }
        #expect(try #require(after?.sample).contains("agreed"))
        #expect(try figures(office) == ["number-and-amount/1 0 of 1"])
        #expect(try office.breaches == [])
    }

    @Test func `never draws by anything but the payment and the key`() {
        let ids = (1...4000).map { PaymentID(intake: 7, place: $0) }
        let sampling = Sampling(oneIn: 10, key: Array("seed".utf8))
        let drawn = ids.filter(sampling.draws)
        #expect(drawn == ids.filter(Sampling(oneIn: 10, key: Array("seed".utf8)).draws))
        #expect(drawn != ids.filter(Sampling(oneIn: 10, key: Array("other".utf8)).draws))
        #expect((300...500).contains(drawn.count))
    }

    @Test func `never lets a rule post on that was wrong too often`() throws {
        let office = try contradicted()
        #expect(try figures(office) == ["number-and-amount/1 2 of 2 demoted"])
        try stopSampling(office)
        try office.take("b.csv", Lockbox([.coupon(3)]))
        let exception = try office.exception("2-1-e1")
        #expect(exception.reason == "rule-demoted")
        #expect(exception.candidates[0].account == AccountBook.account(3))
        #expect(exception.whyNotPosted.contains("number-and-amount/1"))
        // Other rules go on.
        var part = Check.coupon(4)
        part.amount = Cents(1_000)
        try office.take("c.csv", Lockbox([part]))
        #expect(try office.payment("3-1").rule == "number-alone/1")
        #expect(try office.payment("3-1").status == "posted")
        let events = try office.texts(
            "SELECT who || ' ' || event || ' ' || subject FROM audit WHERE event LIKE 'rule-%'")
        #expect(events == ["sluice rule-demoted number-and-amount/1"])
        #expect(try office.breaches == [])
    }

    @Test func `never demotes a rule for one error, nor counts an answer that agrees`() throws {
        let office = try sampling()
        try office.take("a.csv", Lockbox([.coupon(1), .coupon(2)]))
        #expect(try office.decide("1-1-e1", "post", ["\(AccountBook.account(5))=\(AccountBook.amount(1))"]) == nil)
        #expect(try office.decide("1-2-e1", "post", ["\(AccountBook.account(2))=\(AccountBook.amount(2))"]) == nil)
        try office.run()
        #expect(try figures(office) == ["number-and-amount/1 1 of 2"])
    }

    @Test func `never restores a rule without a word, nor counts its past again`() throws {
        let office = try contradicted()
        let restoring = RuleRestoring(home: office.home, now: office.now, user: "auditor")
        #expect(throws: RuleRestoring.Refused.self) { try restoring.restore("number-and-amount", note: " ") }
        #expect(throws: RuleRestoring.Refused.self) { try restoring.restore("number-alone", note: "good") }
        try restoring.restore("number-and-amount", note: "the clerk had mixed up two envelopes")
        #expect(try figures(office) == ["number-and-amount/1 0 of 0"])
        try stopSampling(office)
        try office.take("b.csv", Lockbox([.coupon(3)]))
        #expect(try office.payment("2-1").status == "posted")
        #expect(try figures(office) == ["number-and-amount/1 0 of 1"])
        let events = try office.texts("SELECT who || ' ' || event FROM audit WHERE event LIKE 'rule-%' ORDER BY place")
        #expect(events == ["sluice rule-demoted", "auditor rule-restored"])
        #expect(throws: LedgerFault.self) { try office.sql("DELETE FROM rule_standings") }
    }

    @Test func `never demotes any where the office wants none demoted`() throws {
        let office = try TemporaryHome(configure: {
            try TemporaryHome.rewrite("config/policy.yaml", in: $0, "one_in: 0", with: "one_in: 1")
            try TemporaryHome.rewrite("config/policy.yaml", in: $0, "error_limit: 10 ", with: "error_limit: 0 ")
        })
        try office.take("a.csv", Lockbox([.coupon(1), .coupon(2)]))
        for n in 1...2 {
            let to = "\(AccountBook.account(5))=\(AccountBook.amount(n))"
            #expect(try office.decide("1-\(n)-e1", "post", [to]) == nil)
        }
        #expect(try figures(office) == ["number-and-amount/1 2 of 2"])
    }

    /// Moves all of payment `1-n` to another account, in the rows that any undo leaves.
    private func correct(_ n: Int, to other: Int, _ office: TemporaryHome) throws {
        let payment = PaymentID(intake: 1, place: Int64(n))
        let (bill, amount) = (AccountBook.bill(n), AccountBook.amount(n))
        try office.home.ledger.write { transaction in
            let state = try #require(try transaction.state(of: payment))
            let number = try transaction.number("SELECT max(decision) FROM decisions") + 1
            try transaction.run(
                """
                INSERT INTO exceptions (exception, intake, payment, reason, severity, what, why_not_posted, opened_at,
                    closed_at) VALUES (?, 1, ?, 'balance-conflict', 'fault', '', '', '', '')
                """, .text("\(payment)-e9"), .int(payment.key))
            try transaction.run(
                "INSERT INTO decisions (decision, exception, action, allocations, decided_by, decided_at) "
                    + "VALUES (?, ?, 'post', '[]', 'reviewer', '')",
                .int(number), .text("\(payment)-e9"))
            let back = JournalLine(.receivable, account: AccountBook.account(n), bill: bill, amount)
            let credit = Part(account: AccountBook.account(other), bill: nil, kind: .credit, cents: amount)
            let entry = try transaction.addEntry(
                of: state, kind: "decision", decision: number, postedOn: state.value,
                lines: [back, JournalLine(crediting: credit)])
            try transaction.run(
                "INSERT INTO allocations VALUES (?, 2, ?, ?, 'bill', ?, 1, ?, NULL)", .int(payment.key),
                .text(AccountBook.account(n)), .text(bill), Value(-amount), .int(entry))
            try transaction.pay(
                Part(account: AccountBook.account(n), bill: bill, kind: .bill, cents: -amount))
            try transaction.allocate([credit], of: payment, entry: entry)
        }
    }

    @Test func `never overlooks that people took postings back`() throws {
        let office = try TemporaryHome()
        try office.take("a.csv", Lockbox([.coupon(1), .coupon(2), .coupon(3)]))
        try correct(1, to: 5, office)
        // To the same account again, as its credit: nothing was wrong with whose money it is.
        try correct(3, to: 3, office)
        #expect(try figures(office) == ["number-and-amount/1 1 of 3"])
        try correct(2, to: 6, office)
        #expect(try figures(office) == ["number-and-amount/1 2 of 3"])
        let report = try office.run()
        #expect(report.demoted.map(\.rule) == ["number-and-amount/1"])
        #expect(try figures(office) == ["number-and-amount/1 2 of 3 demoted"])
        #expect(try office.run().demoted.isEmpty)
        #expect(try office.breaches == [])
        let day = CivilDate(iso: "2026-03-02")!
        var findings: [String] = []
        func backtest() throws -> Backtest.Report {
            try Backtest(home: office.home, from: day, to: day).run {
                findings.append("\($0.payment) \($0.change.rawValue) \($0.judgement.rawValue)")
            }
        }
        let alone = try backtest()
        #expect(findings == [], "that it was demoted is no change of the rules")
        #expect(alone.demotedSince.count == 3 && alone.wrongThen.count == 2 && alone.wrongNow.count == 2)
        let rows = (1...3).map { "\(AccountBook.account($0)),dispute\n" }.joined()
        try office.import(["flags.csv": "account,flag\n" + rows])
        let flagged = try backtest()
        #expect(findings == ["1-1 lost right", "1-2 lost right", "1-3 lost undecided"])
        #expect(flagged.wrongThen.count == 2 && flagged.wrongNow.count == 0)
    }

    @Test(arguments: [("AC04", 0), ("BE01", 1)])
    func `never blames a rule for money that could not be collected`(code: String, errors: Int) throws {
        let office = try TemporaryHome()
        try office.drop("a.xml", Notification(credits: [Notification.Credit(1, endToEnd: "E-1")]).text)
        try office.run()
        try office.drop(
            "r.xml",
            """
            <Document><BkToCstmrDbtCdtNtfctn><Ntfctn><Id>R-1</Id><Acct><Id><Othr><Id>0000417702</Id></Othr></Id></Acct>\
            <Ntry><Amt Ccy="USD">\(AccountBook.amount(1))</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>\
            <BookgDt><Dt>2026-03-05</Dt></BookgDt><ValDt><Dt>2026-03-05</Dt></ValDt><NtryDtls><TxDtls>\
            <Refs><EndToEndId>E-1</EndToEndId></Refs><RtrInf><Rsn><Cd>\(code)</Cd></Rsn></RtrInf></TxDtls>\
            </NtryDtls></Ntry></Ntfctn></BkToCstmrDbtCdtNtfctn></Document>
            """)
        try office.run()
        #expect(try office.payment("1-1").status == "returned")
        let rule = try office.payment("1-1").rule
        #expect(try figures(office) == ["\(rule) \(errors) of 1"])
    }
}
