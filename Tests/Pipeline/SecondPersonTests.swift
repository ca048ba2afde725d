import Foundation
import Ledger
import Model
import Pipeline
import Review
import Testing

/// Once users are set up, no money leaves the office by one person.
struct SecondPersonTests {
    private static func office() throws -> TemporaryHome {
        let office = try TemporaryHome()
        try office.take(
            "a.csv",
            Lockbox([Check(Cents(6_000), number: "17", payer: "Pat Payer"), Check(Cents(40), number: "18")]))
        try office.home.ledger.write { transaction in
            for (name, rights) in [
                ("ann", Set(Right.allCases)), ("bob", Set(Right.allCases)), ("cle", [Right.decide, .approve]),
            ] {
                var user = User(name: name)
                user.rights = rights
                try transaction.keep(user, at: office.now.description)
            }
        }
        return office
    }

    private static func act<Result>(
        _ office: TemporaryHome, as name: String, _ body: (Deciding) throws -> Result
    ) throws -> Result {
        try office.home.ledger.write { transaction in
            try body(
                office.home.deciding(
                    transaction, by: transaction.reviewer(named: name), route: .page, at: office.now))
        }
    }

    static let leaving: [(exception: String, json: String)] = [
        ("1-1-e1", #""refund", "to": "Jo""#), ("1-1-e1", #""return-to-sender""#), ("1-2-e1", #""write-off""#),
    ]

    private static func decision(_ exception: String, _ json: String) throws -> Decision {
        try Decision(json: Array(#"{"exception": "\#(exception)", "action": \#(json)}"#.utf8))
    }

    @Test(arguments: leaving)
    func `never lets money out, nor calls it back, by one person`(exception: String, json: String) throws {
        let office = try Self.office()
        let ledger = try office.ledger
        let decision = try Self.decision(exception, json)
        let effect = try Self.act(office, as: "ann") { try $0.apply(decision) }
        #expect(effect.needs == .approval && effect.lines.count == 2, "it says what it would do")
        #expect(try office.ledger == ledger)
        #expect(try office.number("SELECT count(*) FROM orders") == 0)
        #expect(throws: DecisionRefused.self) {
            try Self.act(office, as: "ann") { try $0.approve(exception, note: nil) }
        }
        try Self.act(office, as: "bob") { _ = try $0.approve(exception, note: nil) }
        #expect(try office.ledger.count == ledger.count + 2)
        let undo = try Self.decision(exception, #""undo""#)
        #expect(try Self.act(office, as: "ann") { try $0.apply(undo) }.needs == .approval)
        #expect(try office.ledger.count == ledger.count + 2)
        #expect(try office.exception(exception).closedAt != nil, "it is not open before another approved")
        var pending = QueueFilter()
        pending.isPending = true
        #expect(try office.home.ledger.read { try $0.openExceptions(pending) } == [exception], "the other finds it")
        #expect(throws: DecisionRefused.self) {
            try Self.act(office, as: "ann") { try $0.approve(exception, note: nil) }
        }
        try Self.act(office, as: "bob") { _ = try $0.approve(exception, note: nil) }
        #expect(try office.ledger.count == ledger.count + 4)
        #expect(try office.exception(exception).closedAt == nil)
        try office.run()
        #expect(office.exists("review/open/\(exception)/exception.json"))
        #expect(try office.breaches == [])
    }

    @Test func `never undoes by a declined undo, which does not bar the next`() throws {
        let office = try Self.office()
        let decision = try Self.decision("1-1-e1", #""refund", "to": "Jo""#)
        try Self.act(office, as: "ann") { _ = try $0.apply(decision) }
        try Self.act(office, as: "bob") { _ = try $0.approve("1-1-e1", note: nil) }
        let undo = try Self.decision("1-1-e1", #""undo""#)
        for answer in [false, true] {
            try Self.act(office, as: "ann") { _ = try $0.apply(undo) }
            try Self.act(office, as: "bob") {
                if answer { _ = try $0.approve("1-1-e1", note: nil) } else { try $0.decline("1-1-e1", note: nil) }
            }
            #expect(try (office.exception("1-1-e1").closedAt == nil) == answer)
        }
        try office.run()
        #expect(try office.breaches == [])
    }

    @Test func `never lets somebody refund or write off without the right to`() throws {
        let office = try Self.office()
        for (exception, json) in Self.leaving + [
            ("1-1-e1", #""pay-over", "to": "T", "case": "7", "until": "2026-04-01""#)
        ] {
            let decision = try Self.decision(exception, json)
            #expect(throws: DecisionRefused.self) { try Self.act(office, as: "cle") { try $0.apply(decision) } }
        }
        let pay = try Self.decision("1-1-e1", #""pay-over", "to": "T", "case": "7", "until": "2026-04-01""#)
        try Self.act(office, as: "ann") { _ = try $0.apply(pay) }
        let undo = try Self.decision("1-1-e1", #""undo""#)
        #expect(throws: DecisionRefused.self) { try Self.act(office, as: "cle") { try $0.apply(undo) } }
    }

    @Test(arguments: ["refund", "return-to-sender", "write-off"])
    func `the database never takes an entry of money that leaves by one person`(action: String) throws {
        let office = try Self.office()
        try office.sql(
            "INSERT INTO decisions (decision, exception, action, allocations, decided_by, decided_at) "
                + "VALUES (1, '1-1-e1', '\(action)', '[]', 'ann', '')")
        let fault = try #require(throws: LedgerFault.self) { try Self.enter(office, decision: 1) }
        #expect(fault.description.contains("needs a second person"))
    }

    @Test func `the database never takes an order, nor an undo, that waits for a second person`() throws {
        let office = try Self.office()
        let decision = try Self.decision("1-1-e1", #""refund", "to": "Jo""#)
        try Self.act(office, as: "ann") { _ = try $0.apply(decision) }
        var order = Order(.refund, exception: "1-1-e1", reason: "")
        (order.payment, order.amount, order.payee) = (PaymentID("1-1"), Cents(6_000), "Ann")
        let fault = try #require(throws: LedgerFault.self) {
            try office.home.ledger.write { _ = try $0.place(order, decision: 1, at: "") }
        }
        #expect(fault.description.contains("waits for a second person"))
        try Self.act(office, as: "bob") { _ = try $0.approve("1-1-e1", note: nil) }
        try office.sql(
            "INSERT INTO decisions (decision, exception, action, allocations, decided_by, decided_at, undoes) "
                + "VALUES (2, '1-1-e1', 'undo', '[]', 'ann', '', 1)")
        let undo = try #require(throws: LedgerFault.self) { try Self.enter(office, decision: 2) }
        #expect(undo.description.contains("needs a second person"))
    }

    private static func enter(_ office: TemporaryHome, decision: Int64) throws {
        try office.home.ledger.write { transaction in
            let state = try #require(try transaction.state(of: PaymentID("1-1")!))
            _ = try transaction.addEntry(
                of: state, kind: "decision", decision: decision, postedOn: CivilDate(iso: "2026-03-02")!,
                lines: [JournalLine(.suspense, state.amount), JournalLine(.refundsPayable, -state.amount)])
        }
    }
}
