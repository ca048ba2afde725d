import Ledger
import Model
import Pipeline
import Review
import Testing

/// Remittance that was told apart from its payment finds it in whichever order they come, and never makes money.
struct AdviceTests {
    private typealias Line = (bill: String, amount: Cents)

    private let both: [Line] = [1, 2].map { (AccountBook.bill($0), AccountBook.amount($0)) }
    private let sum = AccountBook.amount(1) + AccountBook.amount(2)

    /// An X12 820 with one set, which tells what one payment pays.
    private func advice(
        _ amount: Cents, _ lines: [Line], number: String = "990017754", day: String = "20260302", set: String = "0001",
        payer: String = "Mill Creek Foods"
    ) -> String {
        let segments =
            ["ST*820*\(set)", "BPR*I*\(amount)*C*ACH*CTX***********\(day)", "TRN*1*\(number)*1555666777"]
            + (payer.isEmpty ? [] : ["N1*PR*\(payer)"]) + lines.map { "RMR*IV*\($0.bill)**\($0.amount)" }
        return (segments + ["SE*\(segments.count + 1)*\(set)"]).map { $0 + "~" }.joined(separator: "\n") + "\n"
    }

    /// A company's ACH credit; `number` stands in its addenda.
    private func credit(
        _ amount: Cents, number: String? = nil, trace: String = "071000500000007", day: String = "260302",
        id: String = ""
    ) -> String {
        var entry = ACHFile.Entry(paying: amount, trace: trace, id: id)
        if let number { entry.addenda = ["05TRN*1*\(number)*1555666777~"] }
        var file = ACHFile(entry)
        file.date = day
        (file.company, file.companyName, file.entryClass) = ("1555666777", "MILL CREEK FOODS", "CCD")
        return file.text
    }

    private func office(_ files: String...) throws -> TemporaryHome {
        let office = try TemporaryHome()
        for (index, text) in files.enumerated() {
            try office.drop("\(index + 1)", text)
            try office.run()
        }
        return office
    }

    private func expectPosted(_ office: TemporaryHome, _ payment: String) throws {
        #expect(try office.payment(payment).status == "posted")
        #expect(
            try office.payment(payment).allocations.map { "\($0.bill ?? "") \($0.cents)" }
                == both.map { "\($0.bill) \($0.amount)" })
        #expect(try office.open(on: both[0].bill) == .zero && office.open(on: both[1].bill) == .zero)
        #expect(try office.queue == [])
        #expect(try office.number("SELECT count(*) FROM advices WHERE outcome = 'directed'") == 1)
        #expect(try office.breaches == [])
    }

    @Test func `never makes money, and never is forgotten`() throws {
        let office = try office(advice(sum, both))
        #expect(try office.ledger == [] && office.queue == [])
        #expect(try office.home.ledger.read { try $0.adviceSum().count } == 1)
        office.now = Moment(seconds: office.now.seconds + 11 * 86_400)
        try office.run()
        try office.run()
        #expect(try office.queue == ["1-e1 advice-unmatched"])
        #expect(try office.decide("1-e1", "note") == nil)
        #expect(try office.queue == [] && office.ledger == [] && office.breaches == [])
    }

    @Test func `never leaves a later payment without what its advice directs`() throws {
        let office = try office(advice(sum, both), credit(sum, number: "990017754"))
        try expectPosted(office, "2-1")
        #expect(try office.journal("2-1").count == 3)
    }

    @Test func `never leaves an earlier payment in suspense once its advice proves it`() throws {
        let office = try office(credit(sum, number: "990017754"))
        #expect(try office.queue.count == 1)
        try office.drop("2", advice(sum, both))
        let report = try office.run()
        #expect(report.advices == 1)
        try expectPosted(office, "1-1")
        let exception = try office.exception("1-1-e1")
        #expect(
            exception.decisions.map { "\($0.action) \($0.by) \($0.reason ?? "")" } == ["split sluice advice-joined"])
        let rows = try office.files("outbox/postings").values.map { String(decoding: $0, as: UTF8.self) }.joined()
        #expect(rows.contains("D,1-1-a1,1-1,\(AccountBook.account(1)),\(both[0].bill),bill,\(both[0].amount),"))
        #expect(try office.number("SELECT count(*) FROM journal_entries WHERE posting_batch IS NULL") == 0)
        #expect(try office.home.ledger.read { try $0.straightThrough().posted } == 1)
    }

    @Test func `never overlooks the one advice and payment of an amount and day`() throws {
        try expectPosted(try office(credit(sum), advice(sum, both, day: "20260305")), "1-1")
        try expectPosted(try office(advice(sum, both, day: "20260227"), credit(sum)), "2-1")
    }

    @Test func `never joins by amount what is days apart`() throws {
        let office = try office(credit(sum), advice(sum, both, day: "20260306"))
        #expect(try office.queue == ["1-1-e1 no-reference"])
        #expect(try office.home.ledger.read { try $0.adviceSum().count } == 1)
    }

    @Test func `never joins by amount what another payer or number contradicts`() throws {
        let right = try office(credit(sum), advice(sum, both, payer: "Mill Creek Foods Incorporated"))
        try expectPosted(right, "1-1")
        for files in [
            [credit(sum), advice(sum, both, payer: "Ridgeline Property Company")],
            [credit(sum, number: "990017755"), advice(sum, both)],
        ] {
            let office = try office(files[0], files[1])
            #expect(try office.payment("1-1").status == "suspense")
            #expect(try office.home.ledger.read { try $0.adviceSum().count } == 1)
        }
    }

    @Test func `never posts by amount alone what nothing says is of the advice's payer`() throws {
        for payer in ["", "Mill Supply Foods", "Foods Company"] {
            let office = try office(credit(sum), advice(sum, both, payer: payer))
            #expect(try office.queue == ["1-1-e1 no-reference"], "\(payer)")
            #expect(try office.home.ledger.read { try $0.adviceSum().count } == 1)
        }
    }

    @Test func `never posts by amount alone what names another account, or came otherwise`() throws {
        var check = Check(sum, number: "4711", bankAccount: "88000001", payer: "Mill Creek Foods")
        let plain = check
        check.account = "7199990001"
        var named = Notification.Credit(1, endToEnd: "")
        (named.amount, named.payer, named.text) = (sum, "Mill Creek Foods", "invoice 7199990001")
        let first = [
            Lockbox([check]).text, Lockbox([plain]).text, credit(sum, id: "7199990001"),
            Notification(credits: [named]).text,
        ]
        for file in first {
            let office = try office(file, advice(sum, both))
            #expect(try office.payment("1-1").status == "suspense")
            #expect(try office.open(on: both[0].bill) == AccountBook.amount(1))
            #expect(try office.home.ledger.read { try $0.adviceSum().count } == 1)
            #expect(try office.breaches == [])
        }
    }

    @Test func `never uses an advice up for a payment that is posted`() throws {
        let own = AccountBook.amount(1)
        let advice = advice(own, [(AccountBook.bill(3), own)])
        let office = try office(credit(own, id: AccountBook.account(1)), advice)
        #expect(try office.home.ledger.read { try $0.adviceSum().count } == 1)
        try office.drop("3", credit(own, number: "990017754", trace: "071000500000008", day: "260303"))
        try office.run()
        #expect(try office.payment("3-1").allocations.first?.account == AccountBook.account(3))
        #expect(try office.home.ledger.read { try $0.adviceSum().count } == 0)
        #expect(try office.breaches == [])
    }

    @Test func `never leaves an advice of a file untold that is overdue later`() throws {
        let early = advice(sum, both, day: "20260216", set: "0001")
        let late = advice(sum, both, number: "990017755", day: "20260310", set: "0002")
        let office = try office(early + late)
        office.now = Moment(seconds: office.now.seconds + 11 * 86_400)
        try office.run()
        #expect(try office.queue == ["1-e1 advice-unmatched"])
        #expect(try office.exception("1-e1").amount == sum)
        office.now = Moment(seconds: office.now.seconds + 11 * 86_400)
        try office.run()
        try office.run()
        #expect(try office.queue == ["1-e1 advice-unmatched", "1-e2 advice-unmatched"])
        #expect(try office.exception("1-e2").amount == sum)
        #expect(try office.breaches == [])
    }

    @Test func `never posts by amount alone what does not pay its bills exactly`() throws {
        let lines: [Line] = [(AccountBook.bill(1), AccountBook.amount(1) - Cents(100)), (both[1].bill, Cents(5_000))]
        let total = lines.map(\.amount).sum
        let office = try office(credit(total), advice(total, lines))
        #expect(try office.payment("1-1").status == "suspense")
        #expect(try office.payment("1-1").allocations.isEmpty)
        let named = try self.office(credit(total, number: "990017754"), advice(total, lines))
        #expect(try named.payment("1-1").status == "posted")
    }

    @Test func `never guesses between two payments of an amount`() throws {
        let office = try office(
            credit(sum), credit(sum, trace: "071000500000008", day: "260303"), advice(sum, both))
        #expect(try office.queue == ["1-1-e1 no-reference", "2-1-e1 no-reference"])
        #expect(try office.open(on: both[0].bill) == AccountBook.amount(1))
    }

    /// Where all bills are alike, to compare each with each would take longer than all else of a run.
    @Test(arguments: [49, 50]) func `never searches a crowd of one amount`(others: Int) throws {
        let crowd = (0..<others).map { n in
            var credit = Notification.Credit(1, endToEnd: "")
            (credit.amount, credit.payer, credit.text) = (sum, "Ridgeline Property", "thank you \(n)")
            return credit
        }
        let office = try office(Notification(credits: crowd).text, credit(sum), advice(sum, both))
        #expect(try office.payment("2-1").status == (others < 50 ? "posted" : "suspense"))
        #expect(try office.home.ledger.read { try $0.adviceSum().count } == (others < 50 ? 0 : 1))
        #expect(try office.breaches == [])
    }

    @Test func `never guesses although the other payment is posted`() throws {
        let own = AccountBook.amount(1)
        let lines: [Line] = [(AccountBook.bill(3), own)]
        let office = try office(
            credit(own, id: AccountBook.account(1)), credit(own, trace: "071000500000008", day: "260303"),
            advice(own, lines))
        #expect(try office.queue.count == 1)
        #expect(try office.open(on: AccountBook.bill(3)) == AccountBook.amount(3))
    }

    @Test func `never guesses between two advices of an amount`() throws {
        let office = try office(
            advice(sum, both, number: "990017754"), advice(sum, [(AccountBook.bill(3), sum)], number: "990017755"),
            credit(sum))
        #expect(try office.queue == ["3-1-e1 no-reference"])
        #expect(try office.home.ledger.read { try $0.adviceSum().count } == 2)
    }

    @Test func `never directs by lines that do not make up the payment`() throws {
        let lines: [Line] = [both[0], (both[1].bill, AccountBook.amount(2) - Cents(1))]
        for files in [
            [advice(sum, lines), credit(sum, number: "990017754")],
            [credit(sum, number: "990017754"), advice(sum, lines)],
        ] {
            let office = try office(files[0], files[1])
            #expect(try office.places == ["rejected none", "suspense suspense"])
            #expect(try office.number("SELECT count(*) FROM advices WHERE outcome = 'told'") == 1)
            #expect(try office.breaches == [])
        }
    }

    @Test func `never moves what is posted already`() throws {
        let own = AccountBook.amount(1)
        let office = try office(credit(own, number: "990017754", id: AccountBook.account(1)))
        let before = try office.ledger
        try office.drop("2", advice(own, [(AccountBook.bill(3), own)]))
        try office.run()
        #expect(try office.ledger == before)
        #expect(try office.texts("SELECT payment || ' ' || outcome FROM advices") == ["1000000001 told"])
        #expect(try office.breaches == [])
    }

    @Test func `never posts by an advice that the book does not know, yet shows it`() throws {
        let lines: [Line] = [("W99998", AccountBook.amount(1)), ("W99999", AccountBook.amount(2))]
        let office = try office(credit(sum, number: "990017754"), advice(sum, lines))
        #expect(try office.queue.count == 1)
        #expect(try office.exception("1-1-e1").lines.map(\.bill) == ["W99998", "W99999"])
        #expect(try office.text("review/open/1-1-e1/exception.json").contains("W99998"))
        #expect(try office.breaches == [])
    }

    @Test func `never posts against a flag by an advice`() throws {
        var book = AccountBook()
        book.flags = ["\(AccountBook.account(2)),bankruptcy,2026-01-01,,26-1,"]
        let office = try TemporaryHome(book)
        try office.drop("1", credit(sum, number: "990017754"))
        try office.drop("2", advice(sum, both))
        try office.run()
        #expect(try office.payment("1-1").status == "suspense")
        #expect(try office.open(on: both[0].bill) == AccountBook.amount(1))
        #expect(try office.breaches == [])
    }

    @Test func `never misses an ISO 20022 advice by its end-to-end id`() throws {
        let lines = both.map {
            "<Strd><RfrdDocInf><Nb>\($0.bill)</Nb></RfrdDocInf><RfrdDocAmt><RmtdAmt Ccy=\"USD\">\($0.amount)</RmtdAmt>"
                + "</RfrdDocAmt></Strd>"
        }
        let advice = """
            <Document><RmtAdvc><GrpHdr><MsgId>A-1</MsgId></GrpHdr><RmtInf><RmtInfId>R-1</RmtInfId>\(lines.joined())\
            <OrgnlPmtInf><Refs><EndToEndId>E-4711</EndToEndId></Refs><Amt><InstdAmt Ccy="USD">\(sum)</InstdAmt></Amt>\
            </OrgnlPmtInf></RmtInf></RmtAdvc></Document>
            """
        var credit = Notification.Credit(1, endToEnd: "E-4711")
        (credit.amount, credit.text) = (sum, "see advice")
        try expectPosted(try office(advice, Notification(credits: [credit]).text), "2-1")
        try expectPosted(try office(Notification(credits: [credit]).text, advice), "1-1")
    }

    @Test func `never gives one advice to two payments`() throws {
        let office = try office(
            advice(sum, both), credit(sum, number: "990017754"),
            credit(sum, number: "990017754", trace: "071000500000008", day: "260303"))
        #expect(try office.payment("2-1").status == "posted" && office.payment("3-1").status == "suspense")
        #expect(try office.breaches == [])
    }

    @Test func `never proves an advice that was joined to another amount`() throws {
        let office = try office(advice(sum, both), credit(AccountBook.amount(1)))
        #expect(try office.breaches == [])
        try office.sql("UPDATE advices SET payment = 2000000001, outcome = 'told'")
        #expect(try office.breaches == ["advice 1-1 was joined to payment 2-1 of another amount"])
    }

    @Test func `never joins an advice over other money`() throws {
        let euros = advice(sum, both).replacing("TRN*", with: "CUR*PR*EUR~\nTRN*").replacing("SE*7*", with: "SE*8*")
        let office = try office(credit(sum), euros)
        #expect(try office.payment("1-1").status == "suspense")
        #expect(try office.home.ledger.read { try $0.adviceSum().count } == 0)
    }

    @Test(arguments: 0..<4)
    func `never shows in the ledger where a run was stopped`(files: Int) throws {
        func office(stoppedAfter count: Int?) throws -> [String] {
            let office = try TemporaryHome()
            try office.drop("a", credit(sum))
            try office.drop("b", advice(sum, both))
            try office.drop("c", credit(AccountBook.amount(3), trace: "071000500000009", id: AccountBook.account(3)))
            if let count {
                var taken = 0
                let run = Run(
                    home: office.home, now: office.now, user: "tester",
                    tell: { if case .done = $0 { taken += 1 } }, isAskedToStop: { taken >= count })
                _ = try? run(settled: true)
            }
            try office.run()
            #expect(try office.breaches == [])
            return try office.ledger
        }
        #expect(try office(stoppedAfter: files) == office(stoppedAfter: nil))
    }

    @Test func `never lets a second telling of an advice move anything`() throws {
        let office = try office(advice(sum, both), credit(sum, number: "990017754"))
        let before = try office.ledger
        try office.drop("3", advice(sum, [(AccountBook.bill(3), sum)], set: "0002"))
        try office.run()
        #expect(try office.ledger == before)
        #expect(try office.home.ledger.read { try $0.adviceSum().count } == 0)
    }
}
