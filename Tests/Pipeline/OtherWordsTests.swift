import Ledger
import Model
import Pipeline
import Testing

/// Two reports tell one bank day in other words, by other numbers, or one as a sum and one by its payments: no money
/// stands twice without a person who sees it.
struct OtherWordsTests {
    /// A message of ISO 20022 with one entry.
    private struct Entry {
        var message: String
        var amount: Cents
        var reference = ""
        var day = "2026-03-02"
        var account = "0000417702"
        var information = ""
        var details = ""

        /// One detail.
        static func detail(
            _ amount: Cents, _ text: String, endToEnd: String = "", reference: String = ""
        ) -> String {
            """
            <TxDtls><Refs>\(reference.isEmpty ? "" : "<AcctSvcrRef>\(reference)</AcctSvcrRef>")\
            \(endToEnd.isEmpty ? "" : "<EndToEndId>\(endToEnd)</EndToEndId>")</Refs><Amt Ccy="USD">\(amount)</Amt>\
            <RltdPties><Dbtr><Pty><Nm>Pat Payer</Nm></Pty></Dbtr></RltdPties>\
            <RmtInf><Ustrd>\(text)</Ustrd></RmtInf></TxDtls>
            """
        }

        var text: String {
            let (root, part) = message == "053" ? ("BkToCstmrStmt", "Stmt") : ("BkToCstmrDbtCdtNtfctn", "Ntfctn")
            return """
                <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.\(message).001.08"><\(root)><\(part)>\
                <Id>\(message)-\(day)</Id><CreDtTm>2026-03-02T20:00:00Z</CreDtTm>\
                <Acct><Id><Othr><Id>\(account)</Id></Othr></Id><Ccy>USD</Ccy></Acct>\
                <Ntry><Amt Ccy="USD">\(amount)</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>\
                <BookgDt><Dt>\(day)</Dt></BookgDt><ValDt><Dt>\(day)</Dt></ValDt>\
                \(reference.isEmpty ? "" : "<AcctSvcrRef>\(reference)</AcctSvcrRef>")\
                \(details.isEmpty ? "" : "<NtryDtls>\(details)</NtryDtls>")\
                <AddtlNtryInf>\(information)</AddtlNtryInf></Ntry></\(part)></\(root)></Document>
                """
        }
    }

    private static let one = AccountBook.amount(1)
    private static let two = AccountBook.amount(2)
    private static let words = "ACCT \(AccountBook.account(1))"

    /// A notification of one payment of account 1.
    private func single(
        _ message: String, _ text: String = words, reference: String = "", endToEnd: String = "", own: String = "",
        day: String = "2026-03-02", account: String = "0000417702"
    ) -> String {
        var entry = Entry(message: message, amount: Self.one)
        (entry.reference, entry.day, entry.account) = (reference, day, account)
        entry.details = Entry.detail(Self.one, text, endToEnd: endToEnd, reference: own)
        return entry.text
    }

    /// An entry of two payments, by its details or as a whole.
    private func pair(_ message: String, reference: String, asWhole: Bool, information: String = "CREDITS") -> String {
        var entry = Entry(message: message, amount: Self.one + Self.two)
        (entry.reference, entry.information) = (reference, information)
        if !asWhole {
            entry.details =
                Entry.detail(Self.one, Self.words, endToEnd: "E-1")
                + Entry.detail(Self.two, "ACCT \(AccountBook.account(2))", endToEnd: "E-2")
        }
        return entry.text
    }

    private func bai(_ text: String, reference: String = "", customer: String = "", account: String) -> String {
        var detail = BankReport.Detail(165, Self.one, reference: reference, text)
        detail.customer = customer
        var report = BankReport(detail)
        report.account = account
        return report.text
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

    private func cash(_ office: TemporaryHome) throws -> Cents {
        Cents(try office.number("SELECT sum(amount_cents) FROM journal_lines WHERE ledger_account = 'cash-clearing'"))
    }

    @Test(arguments: [true, false]) func `never posts one entry twice for other words`(isFirst: Bool) throws {
        let files = [single("054", reference: "N-1"), single("053", Self.words + " MARCH", reference: "N-1")]
        let office = try office(isFirst ? files[0] : files[1], isFirst ? files[1] : files[0])
        #expect(try office.payments.map(\.status) == ["posted", "duplicate"])
        #expect(try office.queue == [])
    }

    @Test(arguments: ["0000417702", "417702"])
    func `never posts again what another format tells by a number of the payer`(account: String) throws {
        let office = try office(
            single("054", endToEnd: "X-1"), bai(Self.words + " B", reference: "B-7", customer: "X-1", account: account))
        #expect(try office.payments.map(\.status) == ["posted", "duplicate"])
        #expect(try office.queue == [])
    }

    @Test func `never posts alone what another format tells in other words`() throws {
        let files = [single("054", reference: "N-1"), bai(Self.words + " B", reference: "B-7", account: "417702")]
        for files in [files, files.reversed()] {
            let office = try office(files[0], files[1])
            #expect(try office.queue == ["2-1-e1 duplicate-suspected"])
            #expect(try office.payment("2-1").twin?.description == "1-1")
            #expect(try office.decide("2-1-e1", "duplicate", kind: "told-twice") == nil)
            #expect(try cash(office) == Self.one)
            #expect(try office.breaches == [])
        }
    }

    @Test func `never posts alone what another report books a day apart`() throws {
        let office = try office(single("054"), single("053", day: "2026-03-03"))
        #expect(try office.queue == ["2-1-e1 duplicate-suspected"])
    }

    @Test(arguments: ["own", "end-to-end", "entry"])
    func `never suspects a payment that a number proves to be another`(number: String) throws {
        func one(_ message: String, _ value: String) -> String {
            single(
                message, Self.words + value, reference: number == "entry" ? value : "",
                endToEnd: number == "end-to-end" ? value : "", own: number == "own" ? value : "")
        }
        let office = try office(one("054", "A-1"), one("053", "A-2"))
        #expect(try office.places == ["posted posted"])
    }

    @Test func `never suspects what is told in other words beside its own telling`() throws {
        var early = BankReport(.init(165, Self.one, Self.words), modifier: 4)
        early.number = 1
        let closed = BankReport(.init(165, Self.one, Self.words + " B"), .init(165, Self.one, Self.words))
        let office = try office(early.text, closed.text)
        #expect(try office.payments.map(\.status) == ["posted", "posted", "duplicate"])
    }

    @Test(arguments: ["E", ""], [true, false])
    func `never counts an entry as a whole beside its payments`(reference: String, wholeFirst: Bool) throws {
        let office = try office(
            pair(wholeFirst ? "053" : "054", reference: reference, asWhole: wholeFirst),
            pair(wholeFirst ? "054" : "053", reference: reference, asWhole: !wholeFirst))
        #expect(try office.payment(wholeFirst ? "1-1" : "2-1").reason == "told-elsewhere")
        #expect(try office.payments.filter { $0.books == "posted" }.map(\.amount) == [Self.one, Self.two])
        #expect(try office.queue == [])
        #expect(try cash(office) == Self.one + Self.two)
    }

    @Test func `never posts the payments of an entry that stands on the books as a whole`() throws {
        let office = try office(
            pair("053", reference: "E", asWhole: true, information: Self.words),
            pair("054", reference: "E", asWhole: false))
        #expect(try office.payment("1-1").books == "posted")
        #expect(try office.queue == ["2-1-e1 duplicate-suspected", "2-2-e1 duplicate-suspected"])
    }

    @Test(arguments: [true, false])
    func `never counts a single payment beside its entry as a whole`(wholeFirst: Bool) throws {
        var whole = Entry(message: "053", amount: Self.one)
        (whole.reference, whole.information) = ("E", "CREDIT")
        let detail = single("054", reference: "E", endToEnd: "X-1", own: "T-1")
        let office = try wholeFirst ? office(whole.text, detail) : office(detail, whole.text)
        #expect(try office.payment("2-1").reason == "told-twice")
        #expect(try cash(office) == Self.one)
    }

    /// Each deposit of an intake was once looked through for every other: 16,000 took minutes.
    @Test(.timeLimit(.minutes(1))) func `never posts what thousands of notifications in one file told`() throws {
        let count = 1500
        func part(_ name: String, _ index: Int) -> String {
            let message = name == "Stmt" ? "053" : "054"
            let text = single(message, Self.words + " \(index)", endToEnd: "X-\(index)")
            let begin = text.firstRange(of: "<\(name)>")!.lowerBound
            return String(text[begin..<text.firstRange(of: "</\(name)>")!.upperBound])
        }
        func message(_ number: String, _ root: String, _ name: String) -> String {
            "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.\(number).001.08\"><\(root)>"
                + (0..<count).map { part(name, $0) }.joined() + "</\(root)></Document>"
        }
        let office = try office(
            message("054", "BkToCstmrDbtCdtNtfctn", "Ntfctn"), message("053", "BkToCstmrStmt", "Stmt"))
        #expect(try office.number("SELECT count(*) FROM items WHERE books = 'posted'") == Int64(count))
        #expect(try office.number("SELECT count(*) FROM items WHERE reason = 'told-twice'") == Int64(count))
    }

    @Test func `never takes another entry of the same amount for payments that were told`() throws {
        let office = try office(
            pair("054", reference: "E", asWhole: false), pair("053", reference: "F", asWhole: true))
        #expect(try office.payment("2-1").books == "suspense")
    }
}
