import Foundation
import Ledger
import Model
import Pipeline
import Review
import Testing

/// Decisions that are taken back.
struct UndoTests {
    private static let one = AccountBook.account(1)
    private static let undo = #"{"exception": "1-1-e1", "action": "undo"}"#

    /// An office with 60.00 in suspense, its exception `1-1-e1`, from a payer with a bank account.
    private static func office() throws -> TemporaryHome {
        let office = try TemporaryHome()
        try office.take("a.csv", Lockbox([Check(Cents(6_000), number: "17", bankAccount: "77000017")]))
        return office
    }

    @Test func `never leaves a trace of an undone decision but its own record`() throws {
        let office = try Self.office()
        let (bills, memory) = (try office.bills, try office.memory)
        #expect(try office.decide("1-1-e1", "post", ["\(Self.one)=60.00"]) == nil)
        #expect(try office.memory == ["\(Self.one) 1 20260302"])
        #expect(try office.decide(Self.undo) == nil)
        #expect(try office.bills == bills)
        #expect(try office.memory == memory)
        #expect(try office.standings == ["1-1 60.00 suspense suspense no-reference"])
        #expect(
            try office.journal("1-1").suffix(3) == [
                "j3 reversal receivable \(Self.one) W20001 51.37", "j3 reversal customer-credit \(Self.one) 8.63",
                "j3 reversal suspense -60.00",
            ])
        #expect(try office.queue == ["1-1-e1 no-reference"])
        #expect(office.exists("review/open/1-1-e1/exception.json"))
        #expect(!office.exists("review/closed/2026/03/02/1-1-e1"))
        #expect(try office.breaches == [])
        #expect(try office.decide("1-1-e1", "not-ours") == nil)
        #expect(try office.breaches == [])
    }

    @Test func `never forgets to tell the billing system that a row is taken back`() throws {
        let office = try Self.office()
        #expect(try office.decide("1-1-e1", "post", ["\(Self.one)=60.00"]) == nil)
        try office.run()
        office.now = Moment(iso: "2026-03-03T20:00:00Z")!
        let preview = try Reviewing(home: office.home, now: office.now, by: Reviewer(unrestricted: "reviewer"))
            .preview(Decision(exception: "1-1-e1", action: .undo))
        #expect(preview.left == ["Posting batch 2 told it to the billing system and the general ledger."])
        #expect(try office.decide(Self.undo) == nil)
        try office.run()
        let batch = try office.text("outbox/postings/cis-000003.csv")
        #expect(batch.contains("\r\nH,3,,2026-03-03T20:00:00Z,2026-03-03,2,-60.00\r\n"))
        #expect(batch.contains("D,1-1-a3,1-1,\(Self.one),W20001,bill,-51.37,2026-03-02,check,1-1-a1\r\n"))
        #expect(try office.texts("SELECT posted_on FROM journal_entries ORDER BY entry").last == "20260303")
        #expect(try office.breaches == [])
    }

    @Test func `never puts an undo into a day that is closed, nor into another while it is open`() throws {
        let office = try Self.office()
        #expect(try office.decide("1-1-e1", "not-ours") == nil)
        #expect(try office.decide(Self.undo) == nil)
        #expect(try office.decide("1-1-e1", "not-ours") == nil)
        // After the cut-off of the office's own evening, and by a clock that was set back.
        office.now = Moment(iso: "2026-03-03T02:00:00Z")!
        #expect(try office.decide(Self.undo) == nil)
        #expect(try office.decide("1-1-e1", "not-ours") == nil)
        office.now = Moment(iso: "2026-03-02T20:00:00Z")!
        #expect(try office.decide(Self.undo) == nil)
        let days = try office.texts("SELECT posted_on FROM journal_entries ORDER BY entry")
        #expect(days.dropFirst() == ["20260302", "20260302", "20260302", "20260303", "20260303", "20260303"])
        #expect(try office.breaches == [])
    }

    @Test func `never undoes a decision twice, nor the undo`() throws {
        let office = try Self.office()
        #expect(try office.decide("1-1-e1", "not-ours") == nil)
        #expect(try office.decide(Self.undo) == nil)
        let ledger = try office.ledger
        #expect(try office.decide(Self.undo)?.contains("no assign, wait") == true)
        #expect(try office.ledger == ledger)
        #expect(throws: LedgerFault.self) {
            try office.sql(
                "INSERT INTO decisions (decision, exception, action, allocations, decided_by, decided_at, undoes) "
                    + "VALUES (9, '1-1-e1', 'undo', '[]', 'u', '', 1)")
        }
    }

    @Test func `never undoes what the bank took back`() throws {
        let office = try Self.office()
        #expect(try office.decide("1-1-e1", "credit", ["\(Self.one)=60.00"]) == nil)
        try office.home.ledger.write { transaction in
            let day = CivilDate(iso: "2026-03-02")!
            let batch = try transaction.openPostingBatch(intake: nil, at: office.now.description, postedOn: day)
            try transaction.export(in: batch)
            try transaction.takeBack(
                #require(PaymentID("1-1")), on: day, postedOn: day, postingBatch: batch, at: office.now.description)
        }
        let ledger = try office.ledger
        #expect(try office.decide(Self.undo)?.contains("the bank took payment 1-1 back") == true)
        #expect(try office.ledger == ledger)
    }

    @Test func `never undoes what a told-twice of another file rests on`() throws {
        let office = try TemporaryHome()
        try office.take("a.csv", Lockbox([Check(Cents(6_000), number: "17", bankAccount: "77000017")]))
        #expect(try office.decide("1-1-e1", "post", ["\(Self.one)=60.00"]) == nil)
        try office.take("b.csv", Lockbox([Check(Cents(6_000), number: "17", bankAccount: "77000017"), .coupon(2)]))
        #expect(try office.decide("2-1-e1", "duplicate", kind: "told-twice") == nil)
        #expect(try office.decide(Self.undo)?.contains("payment 2-1 was taken off the books since") == true)
        #expect(try office.decide(#"{"exception": "2-1-e1", "action": "undo"}"#) == nil)
        #expect(try office.standings.last { $0.hasPrefix("2-1") }?.contains("duplicate on-hold") == true)
        #expect(try office.decide(Self.undo) == nil)
        #expect(try office.breaches == [])
    }

    @Test func `never unteaches more than the decision taught`() throws {
        let office = try Self.office()
        var later = Lockbox([Check(Cents(7_000), number: "18", bankAccount: "77000017")])
        later.date = "2026-03-03"
        office.now = Moment(iso: "2026-03-03T20:00:00Z")!
        try office.take("b.csv", later)
        #expect(try office.decide("1-1-e1", "post", ["\(Self.one)=60.00"]) == nil)
        let taught = try office.memory
        #expect(try office.decide("2-1-e1", "post", ["\(Self.one)=70.00"]) == nil)
        #expect(try office.memory == ["\(Self.one) 2 20260303"])
        #expect(try office.decide(#"{"exception": "2-1-e1", "action": "undo"}"#) == nil)
        #expect(try office.memory == taught)
        #expect(try office.decide("2-1-e1", "credit", ["\(Self.one)=70.00"]) == nil)
        #expect(try office.decide(#"{"exception": "2-1-e1", "action": "undo"}"#) == nil)
        #expect(try office.memory == taught, "credit taught nothing")
        #expect(try office.decide(Self.undo) == nil)
        #expect(try office.memory == [])
        #expect(try office.decide("2-1-e1", "post", ["\(Self.one)=70.00"]) == nil)
        #expect(try office.decide(#"{"exception": "2-1-e1", "action": "undo"}"#) == nil)
        #expect(try office.decide("1-1-e1", "post", ["\(Self.one)=60.00"]) == nil)
        #expect(try office.memory == taught, "of what is untaught wholly, no day is left")
    }

    @Test func `never gives back a bill more than the decision took, whatever the extract says since`() throws {
        let office = try Self.office()
        #expect(try office.decide("1-1-e1", "post", ["\(Self.one)=60.00"]) == nil)
        try office.run()
        var book = AccountBook()
        book.changeBill(1) { ($0.amount, $0.balance) = (Cents(3_000), Cents(3_000)) }
        book.extract = "2026-03-02,0,,,"
        try office.import(book)
        #expect(try office.journal("1-1").contains { $0.hasPrefix("j3 extract") })
        #expect(try office.decide(Self.undo) == nil)
        #expect(try office.open(on: "W20001") == Cents(3_000))
        #expect(try office.standings == ["1-1 60.00 suspense suspense no-reference"])
        #expect(try office.payment("1-1").allocations.isEmpty)
        #expect(try office.breaches == [])
    }

    @Test func `never loses who had an exception, and until when it waited`() throws {
        let office = try Self.office()
        func course() throws -> String {
            try office.texts(
                "SELECT ifnull(owner, '-') || ' ' || ifnull(back_on, '-') || ' ' || ifnull(waiting_for, '-') || ' ' "
                    + "|| ifnull(case_number, '-') || ' ' || ifnull(due_at, '-') FROM exceptions")[0]
        }
        var courses = [try course()]
        for json in [
            #""assign", "to": "kim""#, #""wait", "until": "2026-03-04", "note": "a call""#, #""assign", "to": "lee""#,
            #""ask-bank", "case": "7", "until": "2026-03-06""#,
        ] {
            #expect(try office.decide(#"{"exception": "1-1-e1", "action": \#(json)}"#) == nil)
            courses.append(try course())
        }
        #expect(courses.last == "lee 20260306 the bank, case 7 7 2026-03-06")
        for expected in courses.dropLast().reversed() {
            #expect(try office.decide(Self.undo) == nil)
            #expect(try course() == expected)
        }
        #expect(try office.decide(Self.undo) != nil)
    }

    @Test func `never reopens but what a decision closed`() throws {
        let office = try TemporaryHome()
        var cut = Lockbox([.coupon(1)])
        cut.hasTrailer = false
        try office.take("a.csv", cut)
        let id = try #require(try office.exceptions.first?.id)
        #expect(try office.decide(id, "reject-file") == nil)
        #expect(try office.queue == [])
        #expect(try office.decide(#"{"exception": "\#(id)", "action": "undo"}"#) == nil)
        #expect(try office.queue.count == 1)
        #expect(try office.breaches == [])
    }

    @Test func `never undoes more than one member of what was decided at once`() throws {
        let office = try TemporaryHome()
        let checks = (1...3).map { Check(Cents(6_000 + Int64($0)), number: "\($0)") }
        try office.take("a.csv", Lockbox(checks))
        let lines = (1...3).map { (line: $0, json: Array(#"{"exception": "1-\#($0)-e1", "action": "not-ours"}"#.utf8)) }
        let reviewing = Reviewing(home: office.home, now: office.now, by: Reviewer(unrestricted: "reviewer"))
        #expect(try reviewing.apply(lines, dryRun: false).allSatisfy { $0.refusal == nil })
        #expect(try office.decide(#"{"exception": "1-2-e1", "action": "undo"}"#) == nil)
        #expect(try office.queue == ["1-2-e1 no-reference"])
        #expect(try office.places == ["rejected due-to-others", "suspense suspense"])
        #expect(try office.breaches == [])
    }

    @Test func `a dry run never keeps anything, and says what would be`() throws {
        let office = try Self.office()
        let decision = Decision(exception: "1-1-e1", action: .refund, to: "Jo Doe")
        func picture() throws -> [String] {
            try office.texts("SELECT count(*) FROM decisions UNION ALL SELECT count(*) FROM orders") + office.ledger
        }
        let before = try picture()
        let reviewing = Reviewing(home: office.home, now: office.now, by: Reviewer(unrestricted: "reviewer"))
        let preview = try reviewing.preview(decision)
        #expect(
            preview.lines == [JournalLine(.suspense, Cents(6_000)), JournalLine(.refundsPayable, Cents(-6_000))])
        #expect(preview.orders.map(\.inWords) == ["60.00 back to Jo Doe"])
        #expect(preview.before.line.hasPrefix(#"{"status":"suspense","books":"suspense""#))
        #expect(preview.after.line.hasPrefix(#"{"status":"rejected","books":"due-to-others""#))
        #expect(try picture() == before)
        #expect(throws: DecisionRefused.self) {
            try reviewing.preview(Decision(exception: "1-1-e1", action: .writeOff))
        }
        #expect(try picture() == before)
        #expect(try office.queue == ["1-1-e1 no-reference"])
    }
}

/// Sums of the bank's that were taken off the books for what other files tell.
struct UndoSumTests {
    private static let box = Lockbox([.coupon(1), .coupon(2)])
    private static let total = AccountBook.amount(1) + AccountBook.amount(2)

    @Test(arguments: ["suspense", "not-ours", "refund", "credit"])
    func `never keeps a sum off the books whose telling is undone`(first: String) throws {
        let office = try TemporaryHome()
        try office.drop("a.bai2", BankReport(.init(115, Self.total, reference: "LB1", "LOCKBOX 7001"), number: 1).text)
        try office.run()
        let before = try office.standings
        let to = ["credit", "refund"].contains(first) ? ["\(AccountBook.account(3))=\(Self.total)"] : []
        #expect(try office.decide("1-1-e1", first, to) == nil)
        let decided = try office.standings
        try office.take("b.csv", Self.box)
        let id = first == "suspense" ? "1-1-e1" : "1-1-e2"
        if first != "suspense" {
            #expect(try office.decide(id, "duplicate", kind: "told-twice") == nil)
            let early = try office.decide(#"{"exception": "1-1-e1", "action": "undo"}"#)
            #expect(early?.contains("moved again since, by the decision about exception 1-1-e2") == true)
        }
        #expect(try office.payment("1-1").reason == "told-elsewhere")
        let refusal = try office.decide(#"{"exception": "\#(id)", "action": "undo"}"#)
        #expect(refusal == nil, "\(refusal ?? "")")
        let waits = before.map { $0.replacing("held unresolved", with: "suspense suspense") }
        let expected = first == "credit" ? waits : decided
        #expect(try office.standings.prefix(1) == expected.prefix(1))
        #expect(try office.number("SELECT count(*) FROM reconciled") == 0)
        let orders = try office.texts("SELECT number || '-' || ifnull(cancels, '') FROM orders")
        #expect(orders == (first == "refund" ? ["1-", "2-1", "3-"] : []), "a refund called back is ordered again")
        #expect(try office.breaches == [])
    }
}

extension TemporaryHome {
    /// What is open on each bill.
    var bills: [String] { get throws { try texts("SELECT bill || ' ' || open_cents FROM bills ORDER BY bill") } }

    /// What is remembered of payers.
    var memory: [String] {
        get throws {
            try texts(
                "SELECT account || ' ' || times || ' ' || last_on FROM payer_memory WHERE times > 0 "
                    + "ORDER BY payer_key, account")
        }
    }
}
