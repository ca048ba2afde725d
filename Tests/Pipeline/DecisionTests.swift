import Files
import Foundation
import Ledger
import Model
import Pipeline
import Review
import Testing

/// What decisions do to the books.
struct DecisionTests {
    /// An office with one open item of 60.00 in suspense, its exception `1-1-e1`, from a payer with a bank account.
    private func office() throws -> TemporaryHome {
        let office = try TemporaryHome()
        try office.take("a.csv", Lockbox([Check(Cents(6_000), number: "17", bankAccount: "77000017")]))
        try #require(try office.queue == ["1-1-e1 no-reference"])
        return office
    }

    private static let one = AccountBook.account(1)
    private static let two = AccountBook.account(2)

    struct Case: CustomTestStringConvertible, Sendable {
        var action: String
        var to: [String] = []
        var stands: String
        /// Lines of the entry that the decision makes.
        var journal: [String]
        var teaches: [String] = []

        var testDescription: String { "\(action) \(to.joined(separator: " "))" }
    }

    static let cases = [
        Case(
            action: "post", to: ["\(one)=60.00"], stands: "posted posted",
            journal: ["suspense 60.00", "receivable \(one) W20001 -51.37", "customer-credit \(one) -8.63"],
            teaches: [one]),
        Case(
            action: "post", to: ["\(one):W20001=60.00"], stands: "posted posted",
            journal: ["suspense 60.00", "receivable \(one) W20001 -51.37", "customer-credit \(one) -8.63"],
            teaches: [one]),
        Case(
            action: "split", to: ["\(one):W20001=40.00", "\(two)=20.00"], stands: "posted posted",
            journal: ["suspense 60.00", "receivable \(one) W20001 -40.00", "receivable \(two) W20002 -20.00"],
            teaches: [one, two]),
        Case(
            action: "split", to: ["\(one)=31.37", "\(one)=28.63"], stands: "posted posted",
            journal: [
                "suspense 60.00", "receivable \(one) W20001 -31.37", "receivable \(one) W20001 -20.00",
                "customer-credit \(one) -8.63",
            ], teaches: [one]),
        Case(
            action: "credit", to: ["\(two)=60.00"], stands: "posted posted",
            journal: ["suspense 60.00", "customer-credit \(two) -60.00"]),
        Case(
            action: "not-ours", stands: "rejected due-to-others", journal: ["suspense 60.00", "due-to-others -60.00"]),
    ]

    @Test(arguments: cases) func `never moves money but as the decision says`(_ item: Case) throws {
        let office = try office()
        #expect(try office.decide("1-1-e1", item.action, item.to) == nil)
        let journal = try office.journal("1-1")
        #expect(journal.prefix(2) == ["j1 receipt cash-clearing 60.00", "j1 receipt suspense -60.00"])
        #expect(journal.dropFirst(2).map { $0 } == item.journal.map { "j2 decision \($0)" })
        #expect(try office.payment("1-1").status + " " + office.payment("1-1").books == item.stands)
        let given = try office.payment("1-1").allocations.map(\.cents).sum
        #expect(given == (item.stands == "posted posted" ? Cents(6_000) : .zero))
        #expect(try office.texts("SELECT account FROM payer_memory ORDER BY account") == item.teaches.sorted())
        #expect(try office.breaches == [])
    }

    @Test func `never leaves a decided exception among the open ones`() throws {
        let office = try office()
        #expect(office.exists("review/open/1-1-e1/exception.json"))
        #expect(try office.decide("1-1-e1", "post", ["\(Self.one)=60.00"]) == nil)
        #expect(!office.exists("review/open/1-1-e1"))
        let file = try office.object("review/closed/2026/03/02/1-1-e1/exception.json")
        #expect((file["decisions"] as? [[String: Any]])?.first?["by"] as? String == "reviewer")
        #expect((file["actions"] as? [String]) == ["undo"])
        #expect(file["closed_at"] as? String == "2026-03-02T20:00:00Z")
        #expect(try office.queue == [])
    }

    @Test func `never forgets to suspend what was on hold`() throws {
        var book = AccountBook()
        book.flags = ["\(Self.one),dispute,,,D-1,"]
        let office = try TemporaryHome(book)
        try office.take("a.csv", Lockbox([.coupon(1)]))
        #expect(try office.decide("1-1-e1", "suspense") == nil)
        #expect(try office.journal("1-1").suffix(2) == ["j2 decision on-hold 51.37", "j2 decision suspense -51.37"])
        #expect(try office.standings == ["1-1 51.37 suspense suspense account-flagged"])
        #expect(try office.breaches == [])
    }

    struct Duplicate: Sendable {
        var kind: String?
        var stands: String
        var journal: [String]
        var credit: [String] = []
    }

    static let duplicates = [
        Duplicate(
            kind: "told-twice", stands: "duplicate none",
            journal: ["j2 reversal on-hold 51.37", "j2 reversal cash-clearing -51.37"]),
        Duplicate(
            kind: "paid-twice", stands: "posted posted",
            journal: ["j2 decision on-hold 51.37", "j2 decision customer-credit \(one) -51.37"],
            credit: ["\(one) credit 51.37"]),
        Duplicate(kind: "presented-twice", stands: "duplicate on-hold", journal: []),
        Duplicate(kind: nil, stands: "duplicate on-hold", journal: []),
    ]

    @Test(arguments: duplicates) func `never treats one kind of duplicate as another`(_ item: Duplicate) throws {
        let office = try TemporaryHome()
        try office.take("a.csv", Lockbox([.coupon(1)]))
        try office.take("b.csv", Lockbox([.coupon(1), .coupon(2)]))
        #expect(try office.decide("2-1-e1", "duplicate", kind: item.kind) == nil)
        let line = try office.payment("2-1")
        #expect("\(line.status) \(line.books)" == item.stands)
        #expect(try office.journal("2-1").dropFirst(2).map { $0 } == item.journal)
        #expect(line.allocations.map { "\($0.account) \($0.kind) \($0.cents)" } == item.credit)
        #expect(try office.queue == [])
        #expect(try office.open(on: AccountBook.bill(1)) == .zero)
        #expect(try office.breaches == [])
    }

    @Test func `never posts to one account what a taught payer pays for another`() throws {
        let office = try office()
        #expect(try office.decide("1-1-e1", "post", ["\(Self.one)=60.00"]) == nil)
        var next = Check(AccountBook.amount(2), number: "18", bankAccount: "77000017", payer: "Pat Brandt")
        next.memo = "water"
        office.now = Moment(iso: "2026-03-03T20:00:00Z")!
        try office.take("b.csv", Lockbox([next]))
        let allocated = try office.payment("2-1").allocations.map(\.account)
        #expect(allocated == [] || allocated == [Self.one])
        let teller = try office.number("SELECT times FROM payer_memory WHERE account = '\(Self.one)'")
        #expect(teller >= 1)
    }

    @Test func `never believes a dropped decision about who decided`() throws {
        let office = try office()
        let decision = #"{"action": "post", "allocations": [{"account": "\#(Self.one)", "amount": "60.00"}]}"#
        let file = "\(office.path)/review/open/1-1-e1/decision.json"
        try Data(decision.utf8).write(to: URL(filePath: file))
        let owner = try Folder.owner(of: file)
        let report = try office.run()
        #expect(report.decisions == 1)
        #expect(report.refusedDecisions == [])
        #expect(try office.texts("SELECT decided_by FROM decisions") == [owner])
        #expect(!office.exists("review/open/1-1-e1"))
        #expect(office.exists("review/closed/2026/03/02/1-1-e1/exception.json"))
        #expect(try office.breaches == [])
    }

    @Test(arguments: [
        (#"{"exception": "9-9-e9", "action": "not-ours"}"#, "names exception 9-9-e9"),
        (#"{"action": "not-ours", "by": "the mayor"}"#, "by"), ("not json", "not a decision"), ("", "not a decision"),
    ])
    func `never applies a dropped decision that is wrong, nor lets it stop the run`(text: String, says: String) throws {
        let office = try office()
        try Data(text.utf8).write(to: URL(filePath: "\(office.path)/review/open/1-1-e1/decision.json"))
        try office.drop("b.csv", Lockbox([.coupon(3)]))
        let report = try office.run()
        #expect(report.decisions == 0)
        #expect(report.refusedDecisions.count == 1)
        #expect(report.refusedDecisions.first?.contains(says) == true)
        #expect(try office.payments.count == 2, "the file was taken in all the same")
        #expect(try office.queue == ["1-1-e1 no-reference"])
    }

    @Test func `never lets a huge dropped decision stop the run`() throws {
        let office = try office()
        let huge = Data(repeating: 32, count: 1 << 21)
        try huge.write(to: URL(filePath: "\(office.path)/review/open/1-1-e1/decision.json"))
        try office.drop("b.csv", Lockbox([.coupon(3)]))
        let report = try office.run()
        #expect(report.refusedDecisions.count == 1)
    }

    @Test func `never leaves a gap in the numbers of posting batches`() throws {
        let office = try office()
        #expect(try office.decide("1-1-e1", "post", ["\(Self.one)=60.00"]) == nil)
        #expect(try office.number("SELECT count(*) FROM journal_entries WHERE posting_batch IS NULL") == 1)
        var cut = Lockbox([.coupon(4)])
        cut.hasTrailer = false
        try office.drop("cut.csv", cut)
        try office.take("b.csv", Lockbox([.coupon(3)]))
        #expect(
            try office.texts("SELECT number || ' ' || ifnull(intake, '-') FROM posting_batches") == [
                "1 1", "2 -", "3 2",
            ])
        let batch = try office.text("outbox/postings/cis-000002.csv")
        #expect(batch.contains("\r\nH,2,,2026-03-02T20:00:00Z,2026-03-02,2,60.00\r\n"))
        #expect(batch.contains("D,1-1-a1,1-1,\(Self.one),W20001,bill,51.37,"))
        #expect(batch.contains("D,1-1-a2,1-1,\(Self.one),,credit,8.63,"))
        #expect(try office.text("outbox/postings/gl-000002.csv").contains(",2,60.00,60.00\r\n") == false)
        try office.run()
        #expect(try office.number("SELECT count(*) FROM posting_batches") == 3, "nothing new, no batch")
        #expect(try office.breaches == [])
    }
}
