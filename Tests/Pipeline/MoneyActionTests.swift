import Foundation
import Ledger
import Model
import Pipeline
import Review
import Testing

/// What the actions do that put money elsewhere than on bills, or let it leave the office.
struct MoneyActionTests {
    private static let one = AccountBook.account(1)
    private static let two = AccountBook.account(2)

    /// An office with 60.00 and 0.40 in suspense (`1-1-e1`, `1-2-e1`), and bill D1 of account 1 that asks for 40.00 of
    /// customer deposit.
    private static func office() throws -> TemporaryHome {
        let office = try TemporaryHome()
        try office.import([
            "bills.csv": "bill,account,issued_on,due_on,amount,balance,kind\n"
                + "D1,\(one),2026-02-10,2026-03-10,40.00,40.00,customer-deposit\n"
        ])
        let checks = [
            Check(Cents(6_000), number: "17", bankAccount: "77000017", payer: "=HYPERLINK(1), \"Payer\""),
            Check(Cents(40), number: "18", bankAccount: "77000018"),
        ]
        try office.take("a.csv", Lockbox(checks))
        try #require(try office.queue == ["1-1-e1 no-reference", "1-2-e1 no-reference"])
        return office
    }

    struct Case: CustomTestStringConvertible, Sendable {
        var json: String
        var stands: String
        var journal: [String]
        var orders: [String] = []
        var testDescription: String { json }
    }

    static let cases = [
        Case(
            json: #""customer-deposit", "allocations": [{"account": "\#(one)", "amount": "60.00"}]"#,
            stands: "posted posted",
            journal: ["suspense 60.00", "customer-deposits \(one) D1 -40.00", "customer-deposits \(one) -20.00"]),
        Case(
            json: #""customer-deposit", "allocations": [{"account": "\#(one)", "amount": "30.00"}, "#
                + #"{"account": "\#(one)", "amount": "30.00"}]"#,
            stands: "posted posted",
            journal: [
                "suspense 60.00", "customer-deposits \(one) D1 -30.00", "customer-deposits \(one) D1 -10.00",
                "customer-deposits \(one) -20.00",
            ]),
        Case(
            json: #""refund", "to": "Heirs", "allocations": [{"account": "\#(one)", "amount": "60.00"}]"#,
            stands: "rejected due-to-others", journal: ["suspense 60.00", "refunds-payable -60.00"],
            orders: ["refund 1 60.00 Heirs, "]),
        Case(
            json: #""refund", "allocations": [{"account": "\#(one)", "amount": "60.00"}]"#,
            stands: "rejected due-to-others", journal: ["suspense 60.00", "refunds-payable -60.00"],
            orders: ["refund 1 60.00 Pat Brandt, 101 Hollis Street, Millrace 97998"]),
        Case(
            json: #""refund", "to": "Jo Doe""#, stands: "rejected due-to-others",
            journal: ["suspense 60.00", "refunds-payable -60.00"], orders: ["refund 1 60.00 Jo Doe, "]),
        Case(
            json: #""return-to-sender""#, stands: "rejected due-to-others",
            journal: ["suspense 60.00", "refunds-payable -60.00"],
            orders: ["return-to-sender 1 60.00 =HYPERLINK(1), \"Payer\", "]),
        Case(
            json: #""pay-over", "to": "Town", "case": "77", "until": "2026-03-31""#,
            stands: "rejected due-to-others", journal: ["suspense 60.00", "due-to-others -60.00"],
            orders: ["pay-over 1 60.00 Town, "]),
    ]

    @Test(arguments: cases) func `never moves money but as the action says, and never without its order`(
        _ item: Case
    ) throws {
        let office = try Self.office()
        #expect(try office.decide(#"{"exception": "1-1-e1", "action": \#(item.json)}"#) == nil)
        #expect(try office.journal("1-1").dropFirst(2).map { $0 } == item.journal.map { "j2 decision \($0)" })
        #expect(try "\(office.payment("1-1").status) \(office.payment("1-1").books)" == item.stands)
        let orders = try office.texts(
            "SELECT kind || ' ' || number || ' ' || (amount_cents / 100) || '.00 ' || payee || ', ' || address "
                + "FROM orders")
        #expect(orders == item.orders)
        #expect(office.exists("outbox/refunds/refund-000001.csv") == !item.orders.isEmpty)
        #expect(try office.texts("SELECT account FROM payer_memory") == [])
        try office.run()
        #expect(try office.breaches == [])
    }

    @Test func `never writes an order otherwise than it was given`() throws {
        let office = try Self.office()
        #expect(try office.decide(#"{"exception": "1-1-e1", "action": "return-to-sender", "reason": "x"}"#) == nil)
        let rows = try office.text("outbox/refunds/refund-000001.csv").split(separator: "\r\n")
        #expect(
            rows == [
                "record,order,kind,created_at,exception,payment,account,payee,address,amount,currency,case,until,"
                    + "tender,check_number,trace,payer,reason,cancels",
                "D,1,return-to-sender,2026-03-02T20:00:00Z,1-1-e1,1-1,,\"=HYPERLINK(1), \"\"Payer\"\"\",,60.00,USD,,,"
                    + "check,17,,\"=HYPERLINK(1), \"\"Payer\"\"\",x,",
            ])
    }

    @Test func `never gives people a payee that their spreadsheet would calculate`() throws {
        let office = try Self.office()
        #expect(try office.decide(#"{"exception": "1-1-e1", "action": "return-to-sender"}"#) == nil)
        office.now = Moment(iso: "2026-04-01T20:00:00Z")!
        #expect(try office.decide(#"{"exception": "1-1-e1", "action": "undo"}"#) == nil)
        #expect(
            try office.text("outbox/reports/orders-2026-03.csv").hasSuffix(
                "\r\nrefund order 1,2026-03-02T20:00:00Z,return-to-sender,\"'=HYPERLINK(1), \"\"Payer\"\"\","
                    + ",60.00,,1-1,1-1-e1,,,reviewer,,,2\r\n"))
        #expect(try office.text("outbox/reports/orders-2026-04.csv").hasSuffix(",1-1-e1,,,reviewer,,1,\r\n"))
        #expect(try office.breaches == [])
    }

    @Test func `never hides that an order was changed or lost`() throws {
        let office = try Self.office()
        #expect(try office.decide(#"{"exception": "1-1-e1", "action": "refund", "to": "Jo"}"#) == nil)
        let file = URL(filePath: "\(office.path)/outbox/refunds/refund-000001.csv")
        let text = try Data(contentsOf: file)
        try Data(String(decoding: text, as: UTF8.self).replacing("60.00", with: "90.00").utf8).write(to: file)
        let path = "outbox/refunds/refund-000001.csv"
        #expect(
            try office.breaches == [
                "\(path) was changed after it was written; remove it, and sluice run writes it again"
            ])
        try FileManager.default.removeItem(at: file)
        #expect(try office.breaches == ["\(path) is missing; sluice run writes it again"])
        try office.run()
        #expect(try office.breaches == [])
        #expect(try Data(contentsOf: file) == text)
    }

    @Test func `never writes off more than a small difference`() throws {
        let office = try Self.office()
        #expect(try office.decide("1-1-e1", "write-off")?.contains("up to 5.00 are written off") == true)
        #expect(try office.decide("1-2-e1", "write-off") == nil)
        #expect(try office.journal("1-2").suffix(2) == ["j2 decision suspense 0.40", "j2 decision over-short -0.40"])
        #expect(try office.payment("1-2").books == "due-to-others")
        #expect(try office.breaches == [])
    }

    @Test(arguments: [
        (#""refund""#, "needs to: who gets the money"),
        (#""refund", "allocations": [{"account": "\#(one)", "amount": "59.00"}]"#, "sum to 59.00"),
        (#""refund", "allocations": [{"account": "4999999999", "amount": "60.00"}]"#, "no account 4999999999"),
        (
            #""refund", "allocations": [{"account": "\#(one)", "bill": "W20001", "amount": "60.00"}]"#, "to no bill"
        ),
        (#""pay-over", "to": "Town", "until": "2026-03-31""#, "needs case"),
        (#""pay-over", "to": "Town", "case": " ", "until": "2026-03-31""#, "needs case"),
        (#""pay-over", "case": "7", "until": "2026-03-31""#, "needs to"),
        (#""pay-over", "to": "Town", "case": "7""#, "needs until"),
        (#""pay-over", "to": "Town", "case": "7", "until": "2026-03-01""#, "before today"),
        (#""ask-bank", "until": "2026-03-05""#, "needs case"), (#""ask-bank", "case": "7""#, "needs until"),
        (#""ask-bank", "case": "7", "until": "2026-03-02""#, "not after today"),
        (#""customer-deposit""#, "needs allocations"),
        (
            #""customer-deposit", "allocations": [{"account": "\#(one)", "bill": "W20001", "amount": "60.00"}]"#,
            "asks for no customer deposit"
        ),
        (
            #""customer-deposit", "allocations": [{"account": "\#(two)", "bill": "D1", "amount": "60.00"}]"#,
            "not a bill of account"
        ),
        (#""protect""#, "no visit"), (#""protect", "to": "\#(one)""#, "no visit"), (#""undo""#, "no assign"),
    ])
    func `never carries out an action that lacks what it needs`(json: String, says: String) throws {
        let office = try Self.office()
        let before = try office.ledger
        let refusal = try office.decide(#"{"exception": "1-1-e1", "action": \#(json)}"#)
        #expect(refusal?.contains(says) == true, "it says: \(refusal ?? "nothing")")
        #expect(try office.ledger == before)
        #expect(try office.number("SELECT count(*) FROM decisions") == 0)
        #expect(try office.number("SELECT count(*) FROM orders") == 0)
    }

    @Test func `never sends money back to nobody`() throws {
        let office = try Self.office()
        #expect(try office.decide("1-2-e1", "return-to-sender")?.contains("needs to") == true)
    }

    @Test func `never lets what the bank was asked lie without its case and day`() throws {
        let office = try Self.office()
        let json = #"{"exception": "1-1-e1", "action": "ask-bank", "case": "B-7", "until": "2026-03-05"}"#
        #expect(try office.decide(json) == nil)
        let view = try office.exception("1-1-e1")
        #expect(view.waitingFor == "the bank, case B-7")
        #expect(view.caseNumber == "B-7" && view.dueAt == "2026-03-05" && view.backOn?.description == "2026-03-05")
        #expect(view.closedAt == nil)
        #expect(try office.payment("1-1").books == "suspense")
        #expect(try office.breaches == [])
    }

    /// The bank takes the check back whose money was to be refunded.
    @Test func `never leaves a refund standing of what the bank took back`() throws {
        let office = try Self.office()
        #expect(try office.decide(#"{"exception": "1-1-e1", "action": "refund", "to": "Jo"}"#) == nil)
        try office.home.ledger.write { transaction in
            let batch = try transaction.openPostingBatch(
                intake: nil, at: office.now.description, postedOn: CivilDate(iso: "2026-03-02")!)
            try transaction.export(in: batch)
            try transaction.takeBack(
                #require(PaymentID("1-1")), on: CivilDate(iso: "2026-03-02")!, postedOn: CivilDate(iso: "2026-03-02")!,
                postingBatch: batch, at: office.now.description)
        }
        try office.run()
        #expect(
            try office.journal("1-1").suffix(2) == [
                "j3 reversal refunds-payable 60.00", "j3 reversal cash-clearing -60.00",
            ])
        #expect(try office.texts("SELECT number || '-' || ifnull(cancels, '') FROM orders") == ["1-", "2-1"])
        #expect(try office.text("outbox/refunds/refund-000002.csv").hasSuffix("took payment 1-1 back.,1\r\n"))
        #expect(try office.decide(#"{"exception": "1-1-e1", "action": "undo"}"#)?.contains("took") == true)
        #expect(try office.breaches == [])
    }
}

/// Visits that are held: `protect`.
struct ProtectTests {
    private static let one = AccountBook.account(1)

    /// An office with a check of the payer of account 1, whose water is turned off on Friday, 2026-03-06.
    private static func office(orders: [String] = ["\(one),T-1,2026-03-06,08:00-12:00,51.37"]) throws -> TemporaryHome {
        let office = try TemporaryHome()
        try office.import([
            "turnoffs.csv": (["account,order,visit_on,window,amount_to_stop"] + orders).joined(separator: "\n") + "\n"
        ])
        try office.take("a.csv", Lockbox([Check(Cents(6_000), number: "17", payer: "Pat Brandt")]))
        try #require(try office.exception("1-1-e1").candidates.first?.account == one)
        return office
    }

    private static let protect = #"{"exception": "1-1-e1", "action": "protect"}"#

    private static func holds(_ office: TemporaryHome, on day: String) throws -> [String] {
        try office.home.ledger.read { transaction in
            try transaction.holds(on: CivilDate(iso: day)!).map { "\($0.number) \($0.account ?? "") \($0.until!)" }
        }
    }

    @Test func `never lets a held visit wait, nor hold for ever`() throws {
        let office = try Self.office()
        #expect(try office.decide(Self.protect) == nil)
        let rows = try office.text("outbox/service-orders/service-000001.csv").split(separator: "\r\n")
        #expect(
            rows == [
                "record,order,kind,created_at,exception,payment,account,turn_off,visit_on,until,reason,cancels",
                "D,1,hold-visit,2026-03-02T20:00:00Z,1-1-e1,1-1,\(Self.one),T-1,2026-03-06,2026-03-09,"
                    + "\(try office.exception("1-1-e1").reason),",
            ])
        #expect(try office.queue.count == 1, "the exception stays open")
        #expect(try Self.holds(office, on: "2026-03-09") == ["1 \(Self.one) 2026-03-09"])
        #expect(try Self.holds(office, on: "2026-03-10") == [])
        #expect(try office.breaches == [])
    }

    @Test func `never holds a visit only after the files of the day are read`() throws {
        let office = try Self.office()
        let dropped = "\(office.path)/review/open/1-1-e1/decision.json"
        try Data(#"{"action": "protect"}"#.utf8).write(to: URL(filePath: dropped))
        try office.drop("b.csv", Lockbox([.coupon(3)]))
        let run = Run(home: office.home, now: office.now, user: "tester", isAskedToStop: { true })
        #expect(throws: Run.Stopped.self) { try run(settled: true) }
        #expect(office.exists("outbox/service-orders/service-000001.csv"))
    }

    @Test func `never holds one visit twice, and never after it was let go`() throws {
        let office = try Self.office()
        #expect(try office.decide(Self.protect) == nil)
        #expect(try office.decide(Self.protect)?.contains("held already, by service order 1") == true)
        #expect(try office.decide(#"{"exception": "1-1-e1", "action": "undo"}"#) == nil)
        #expect(try Self.holds(office, on: "2026-03-03") == [])
        #expect(try office.text("outbox/service-orders/service-000002.csv").hasSuffix("is undone.,1\r\n"))
        #expect(try office.decide(Self.protect) == nil)
        #expect(try Self.holds(office, on: "2026-03-03") == ["3 \(Self.one) 2026-03-09"])
    }

    @Test func `never holds what nobody visits`() throws {
        let office = try Self.office(orders: ["\(Self.one),T-1,2026-03-01,,51.37"])
        #expect(try office.decide(Self.protect)?.contains("no visit") == true)
        let other = #"{"exception": "1-1-e1", "action": "protect", "to": "\#(AccountBook.account(2))"}"#
        #expect(try office.decide(other)?.contains("no visit to turn off account") == true)
    }

    @Test func `never holds beyond or before what was said`() throws {
        let office = try Self.office()
        func protect(_ until: String) throws -> String? {
            try office.decide(#"{"exception": "1-1-e1", "action": "protect", "until": "\#(until)"}"#)
        }
        #expect(try protect("2026-03-05")?.contains("before the visit") == true)
        #expect(try protect("2026-03-06") == nil)
        #expect(try Self.holds(office, on: "2026-03-06").count == 1)
        #expect(try Self.holds(office, on: "2026-03-07") == [])
    }
}
