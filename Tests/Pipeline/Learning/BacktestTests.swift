import Ledger
import Model
import Review
import Testing

@testable import Pipeline

/// What would post differently, and what people say to it.
struct BacktestTests {
    private func backtest(
        _ office: TemporaryHome, changes: [String: String] = [:]
    ) throws -> (report: Backtest.Report, findings: [Backtest.Finding]) {
        var findings: [Backtest.Finding] = []
        let day = CivilDate(iso: "2026-03-01")!
        let report = try Backtest(
            home: Home(opening: office.path, changes: changes), from: day, to: day.advanced(by: 30)
        ).run { findings.append($0) }
        return (report, findings)
    }

    @Test(arguments: [UInt64(21), 22])
    func `never finds a difference where nothing has changed`(seed: UInt64) throws {
        print("backtested world: seed \(seed)")
        let office = try SmallWorld(seed: seed).lived()
        let (report, findings) = try backtest(office)
        #expect(findings.map { "\($0)" } == [])
        #expect(report.items.count > 200)
        #expect(report.postedNow.count == report.postedThen.count)
        #expect(report.wrongNow.count == 0)
    }

    @Test func `never goes by the clock which extract came before a payment`() throws {
        let office = try TemporaryHome()
        office.now = Moment(iso: "2026-03-01T08:00:00Z")!
        try office.take("a.csv", Lockbox([.coupon(1)]))
        // Of a book without its bills nothing would be owed, and every amount unusual.
        let (report, findings) = try backtest(office, changes: ["unusual_times": "1", "unusual_floor": "0.01"])
        #expect(findings.map { "\($0)" } == [])
        #expect(report.postedNow.count == 1)
    }

    @Test func `never writes to the ledger`() throws {
        let office = try SmallWorld(seed: 21).lived()
        let tables = try office.texts("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1")
        func rows() throws -> [Int64] { try tables.map { try office.number("SELECT count(*) FROM \($0)") } }
        let before = (try rows(), try office.ledger, try office.texts("SELECT open_cents FROM bills ORDER BY bill"))
        _ = try backtest(office, changes: ["payer_accounts_max": "1"])
        #expect(try rows() == before.0)
        #expect(try office.ledger == before.1)
        #expect(try office.texts("SELECT open_cents FROM bills ORDER BY bill") == before.2)
        #expect(try office.breaches == [])
        #expect(throws: LedgerFault.self) {
            try office.home.ledger.rehearse { try $0.run("UPDATE bills SET open_cents = 0") }
        }
    }

    @Test func `never overlooks what a stricter policy would hold`() throws {
        let office = try TemporaryHome()
        var check = Check.coupon(1)
        check.amount = Cents(20_000)
        try office.take("a.csv", Lockbox([check, .coupon(2)]))
        let (report, findings) = try backtest(office, changes: ["unusual_times": "1", "unusual_floor": "1.00"])
        #expect(
            findings.map { "\($0.payment) \($0.change.rawValue) \($0.judgement.rawValue)" } == ["1-1 lost undecided"])
        #expect(report.sum(.lost).cents == Cents(20_000))
        #expect(report.postedThen.count == 2 && report.postedNow.count == 1)
    }

    @Test func `never passes over a file that came late, nor takes a later book for an earlier one`() throws {
        let office = try TemporaryHome()
        var (early, late) = (Lockbox([.coupon(1)]), Lockbox([.coupon(2, check: 50)]))
        (early.date, late.date) = ("2026-03-02", "2026-03-02")
        try office.take("a.csv", early)
        office.now = Moment(iso: "2026-05-04T20:00:00Z")!
        var book = AccountBook()
        book.changeBill(2) { $0.balance = Cents(1) }
        book.extract = "2026-05-04,1,8,8,0.00"
        try office.import(book)
        try office.take("late.csv", late)
        let (report, findings) = try backtest(office)
        #expect(report.items.count == 2)
        #expect(findings.map { "\($0)" } == [])
        #expect(try office.payment("2-1").rule == "number-alone/1")
    }

    @Test func `never counts as right what a person gave to another`() throws {
        let office = try TemporaryHome()
        try TemporaryHome.rewrite("config/policy.yaml", in: office.path, "unusual_times: 4", with: "unusual_times: 1")
        try TemporaryHome.rewrite(
            "config/policy.yaml", in: office.path, "unusual_floor: \"1000.00\"", with: "unusual_floor: \"1.00\"")
        try office.reopen()
        var (wrong, right, open) = (Check.coupon(1), Check.coupon(2), Check.coupon(3))
        (wrong.amount, right.amount, open.amount) = (Cents(20_000), Cents(20_000), Cents(20_000))
        try office.take("a.csv", Lockbox([wrong, right, open]))
        #expect(try office.queue.map { $0.split(separator: " ")[1] } == Array(repeating: "amount-unusual", count: 3))
        #expect(try office.decide("1-1-e1", "post", ["\(AccountBook.account(4))=200.00"]) == nil)
        #expect(try office.decide("1-2-e1", "post", ["\(AccountBook.account(2))=200.00"]) == nil)
        let (report, findings) = try backtest(office, changes: ["unusual_times": "100"])
        #expect(
            findings.map { "\($0.payment) \($0.change.rawValue) \($0.judgement.rawValue)" }
                == ["1-1 new wrong", "1-2 new right", "1-3 new undecided"])
        #expect(report.wrongNow.count == 1 && report.wrongNow.cents == Cents(20_000))
    }

    @Test func `never tells of a blind sample what the rule chose`() throws {
        let office = try TemporaryHome(configure: {
            try TemporaryHome.rewrite("config/policy.yaml", in: $0, "one_in: 0", with: "one_in: 1")
        })
        try office.take("a.csv", Lockbox([.coupon(1), .coupon(2)]))
        let five = "\(AccountBook.account(5))=\(AccountBook.amount(2))"
        #expect(try office.decide("1-2-e1", "post", [five]) == nil)
        let (report, findings) = try backtest(office, changes: ["unusual_times": "1", "unusual_floor": "1.00"])
        #expect(report.samplesWaiting.count == 1 && report.samplesWaiting.cents == AccountBook.amount(1))
        #expect(report.items.count == 1 && report.postedThen.count == 1)
        #expect(findings.allSatisfy { $0.payment.place == 2 }, "\(findings)")
    }

    @Test func `never blames a change for a rule that was demoted since`() throws {
        let office = try TemporaryHome()
        try office.take("a.csv", Lockbox([.coupon(1), .coupon(2), .coupon(3)]))
        let rule = try office.payment("1-1").rule
        try office.sql(
            """
            INSERT INTO rule_standings
            VALUES (1, '\(rule)', 'demoted', 3, 2, 1, 'sluice', '2026-03-03T00:00:00Z', NULL)
            """
        )
        try office.take("b.csv", Lockbox([.coupon(4)]))
        #expect(try office.exception("2-1-e1").reason == "rule-demoted")
        let (report, findings) = try backtest(office)
        #expect(findings.map { "\($0)" } == [])
        #expect(report.demotedSince.count == 3 && report.postedNow.count == 3)
    }

    @Test func `never takes a key that the policy does not know, nor a value that does not fit`() throws {
        let office = try TemporaryHome()
        for changes in [["no_such": "1"], ["unusual_times": "many"], ["unusual_times": "0"]] {
            #expect(throws: ConfigFault.self) { try Home(opening: office.path, changes: changes) }
        }
    }
}
