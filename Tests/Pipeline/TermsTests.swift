import Foundation
import Ledger
import Model
import Pipeline
import Review
import Testing

/// Plans, extensions, pledges, turn-offs and debts given up: from the extract to the books and the queue.
struct TermsTests {
    private static let one = AccountBook.account(1)
    private static let two = AccountBook.account(2)

    /// A home in which account 1 owes 400.00 of old bills (OLD) beside its own of 51.37, due on 10 March.
    private func office(
        _ files: [String: String] = [:], configure: (String) throws -> Void = { _ in }
    ) throws -> TemporaryHome {
        var book = AccountBook()
        book.bills.append(
            AccountBook.Bill(
                number: "OLD", account: Self.one, amount: Cents(40_000), balance: Cents(40_000), due: "2025-11-01"))
        let office = try TemporaryHome(book, configure: configure)
        if !files.isEmpty { try office.import(files) }
        return office
    }

    private static let plans = [
        "plans.csv": """
        account,plan,kind,instalment,next_due_on,from,until,remaining,bills,status
        \(one),P-1,payment-plan,25.00,2026-03-01,2026-01-01,,400.00,OLD,active

        """
    ]

    // MARK: Import

    @Test func `never loads a bad row of terms nor leaves out a good one`() throws {
        let office = try TemporaryHome()
        let report = try office.import([
            "1.csv": """
            account,plan,kind,instalment,next_due_on,remaining,bills,status,clerk
            \(Self.one),P-1,,25.00,2026-03-01,400.00,\(AccountBook.bill(1)),,Ann
            \(Self.one),P-2,monthly,25.00,,,,,
            \(Self.one),P-3,,0.00,,,,,
            \(Self.one),P-4,,25.00,,-1.00,,,
            \(Self.one),P-5,,25.00,,,\(AccountBook.bill(2)),,
            \(Self.one),P-6,,25.00,,,W1;W2,,
            4999999999,P-7,,25.00,,,,,
            \(Self.two),P-8,court,25.00,,,,paused,

            """,
            "2.csv": """
            account,extension,from,until,amount,status
            \(Self.one),E-1,2026-02-01,2026-03-20,51.37,active
            \(Self.one),E-2,2026-02-01,,,
            \(Self.one),E-3,2026-04-01,2026-03-20,,
            \(Self.two),E-4,,2026-03-20,,kept

            """,
            "3.csv": """
            account,pledge,agency,amount,from,until,status
            \(Self.one),L-1,Hill County,60.00,,,
            \(Self.one),L-2,,60.00,,,
            \(Self.one),L-3,Hill County,sixty,,,

            """,
            "4.csv": """
            account,order,visit_on,window,amount_to_stop,status
            \(Self.one),O-1,2026-03-05,08:00-12:00,51.37,
            \(Self.one),O-2,,,51.37,
            \(Self.one),O-3,2026-03-05,,-1.00,

            """,
            "5.csv": """
            account,flag,from,until,case,note,judge
            \(Self.one),dispute,2026-01-01,,D-1,,Roe
            \(Self.one),,2026-01-01,,D-2,,

            """,
        ])
        let bad = report.badRows.map { String($0.prefix { $0 != " " }) }
        #expect(
            Set(bad) == [
                "1.csv:3:", "1.csv:4:", "1.csv:5:", "1.csv:6:", "1.csv:7:", "1.csv:8:", "1.csv:9:", "2.csv:3:",
                "2.csv:4:", "3.csv:3:", "3.csv:4:", "4.csv:3:", "4.csv:4:", "5.csv:3:",
            ], "\(report.badRows)")
        #expect(report.badRows.contains { $0.contains("expected court, payment-plan or budget") }, "\(report.badRows)")
        let loaded: [Int] = [report.plans, report.extensions, report.pledges, report.turnoffs, report.flags]
        #expect(loaded == [1, 2, 1, 1, 1])
        #expect(try office.texts("SELECT plan || bills || more FROM plans") == ["P-1W20001{\"clerk\":\"Ann\"}"])
        #expect(try office.texts("SELECT more FROM flags") == ["{\"judge\":\"Roe\"}"])
    }

    @Test func `never ends terms of a kind that a full extract does not speak of`() throws {
        let office = try office(Self.plans)
        var book = AccountBook()
        book.flags = ["\(Self.one),dispute,,,D-1,", "\(Self.two),dispute,,,D-2,"]
        #expect(try office.import(book, full: true).ended == 0)
        book.flags.removeLast()
        #expect(try office.import(book).ended == 0, "an increment ends nothing")
        #expect(try office.import(book, full: true).ended == 1)
        #expect(try office.texts("SELECT case_number FROM flags WHERE ended_by IS NULL") == ["D-1"])
        #expect(try office.number("SELECT count(*) FROM plans WHERE ended_by IS NULL") == 1)
        let first = try office.home.ledger.read {
            try $0.flags(of: Self.two, on: CivilDate(year: 2026, month: 3, day: 2)!)
        }
        #expect(first == [])
    }

    // MARK: Posting

    private func pay(_ office: TemporaryHome, _ name: String, _ cents: [Int64], account: String = one) throws {
        let checks = cents.enumerated().map { place, cents in
            Check(Cents(cents), account: account, number: "\(name.utf8.first!)\(place)\(cents)")
        }
        try office.take(name, Lockbox(checks))
    }

    @Test(arguments: [true, false])
    func `never lets a plan's arrears take the money for the current bill`(inMemory: Bool) throws {
        let office = try office(Self.plans) { path in
            guard !inMemory else { return }
            try TemporaryHome.rewrite(
                "config/sluice.yaml", in: path, "memory_accounts: 2000000", with: "memory_accounts: 0")
        }
        // The instalment and the bill; then, in the same file, as much again: the instalment was paid.
        try pay(office, "a.csv", [7_637, 7_637])
        let lines = try office.payments.map { $0.allocations.map { "\($0.bill ?? "credit")=\($0.cents)" } }
        #expect(lines == [["OLD=25.00", "\(AccountBook.bill(1))=51.37"], ["OLD=76.37"]])
        #expect(try office.payments[0].rule == "number-and-arrangement/1")
        try pay(office, "b.csv", [1_000])
        #expect(try office.payments.last?.allocations.map(\.cents) == [Cents(1_000)])
        #expect(try office.breaches == [])
    }

    @Test func `never spreads a decision otherwise than a posting`() throws {
        let office = try office(Self.plans)
        try office.take("a.csv", Lockbox([Check(Cents(7_637), number: "77", payer: "Nobody Known")]))
        #expect(try office.decide("1-1-e1", "post", ["\(Self.one)=76.37"]) == nil)
        #expect(
            try office.payments[0].allocations.map { "\($0.bill ?? "")=\($0.cents)" }
                == ["OLD=25.00", "\(AccountBook.bill(1))=51.37"])
        try office.run()
        #expect(try office.breaches == [])
    }

    @Test func `never allocates by another priority than the policy's`() throws {
        let office = try office { path in
            try TemporaryHome.rewrite(
                "config/policy.yaml", in: path, "allocation: oldest-due-first\n",
                with: "allocation: {order: priority, kinds: [fee, water]}\n")
        }
        try office.import([
            "bills.csv": """
            bill,account,issued_on,due_on,amount,balance,kind
            FEE,\(Self.one),2026-02-20,2026-03-20,5.00,5.00,fee

            """
        ])
        try pay(office, "a.csv", [900])
        #expect(try office.payments[0].allocations.map(\.bill) == ["FEE", "OLD"])
        #expect(try office.payments[0].allocations.map(\.cents) == [Cents(500), Cents(400)])
        #expect(try office.breaches == [])
    }

    /// An odd amount, pledged once: paid, it is not expected again, in the same file or a later one.
    @Test(arguments: [true, false]) func `never posts a pledge twice`(inOneFile: Bool) throws {
        let office = try office([
            "pledges.csv": """
            account,pledge,agency,amount,from,until,status
            \(Self.two),L-1,Hill County Community Action,48.13,2026-02-01,,open

            """
        ])
        let checks = [1, 2].map {
            Check(Cents(4_813), number: "99\($0)", bankAccount: "77889900", payer: "HILL COUNTY COMUNITY ACTION INC")
        }
        if inOneFile {
            try office.take("a.csv", Lockbox(checks))
        } else {
            for (place, check) in checks.enumerated() { try office.take("\(place).csv", Lockbox([check])) }
        }
        let lines = try office.payments
        #expect(lines.map(\.rule)[0] == "pledge-of-agency/2")
        #expect(lines.map(\.status) == ["posted", "suspense"])
        #expect(try office.breaches == [])
    }

    @Test func `never keeps from a person that a debt given up was paid`() throws {
        for (status, words) in [("written-off", "is written off"), ("collections", "is in collections")] {
            var book = AccountBook()
            book.changeAccount(1) { $0.status = status }
            let office = try TemporaryHome(book)
            try office.take("a.csv", Lockbox([.coupon(1), .coupon(2)]))
            #expect(try office.places == ["posted posted"])
            #expect(try office.queue == ["1-1-e1 recovery-posted"])
            let exception = try office.exceptions[0]
            #expect(exception.severity == "note" && exception.whyNotPosted.contains(words), "\(exception.whyNotPosted)")
            #expect(try office.open(on: AccountBook.bill(1)) == .zero)
            #expect(try office.decide("1-1-e1", "note") == nil)
            #expect(try office.queue == [])
            #expect(try office.breaches == [])
        }
    }

    // MARK: Turn-offs

    private static func turnoff(_ rows: String...) -> [String: String] {
        ["turnoffs.csv": (["account,order,visit_on,window,amount_to_stop"] + rows).map { $0 + "\n" }.joined()]
    }

    private func exception(_ office: TemporaryHome) throws -> ExceptionView {
        try #require(try office.exceptions.first)
    }

    @Test func `never hides from the queue that a payment may stop a turn-off`() throws {
        var book = AccountBook()
        book.flags = ["\(Self.one),dispute,,,D-1,"]
        let office = try TemporaryHome(book) { path in
            try TemporaryHome.rewrite(
                "config/policy.yaml", in: path, "dispute: {payments: hold, letters: yes, fees: no, turn_off: no}",
                with: "dispute: {payments: hold}")
        }
        try office.import(
            Self.turnoff("\(Self.one),O-2,2026-03-09,,60.00", "\(Self.one),O-1,2026-03-05,08:30-12:00,51.37"))
        try pay(office, "a.csv", [1_000])
        #expect(try exception(office).turnOffAt == "2026-03-05T16:30:00Z", "half past eight in Los Angeles")
        #expect(try exception(office).turnOffAmount == Cents(5_137))
        let json = try office.text("review/open/1-1-e1/exception.json")
        #expect(json.contains("\"turn_off_at\": \"2026-03-05T16:30:00Z\""))
        #expect(json.contains("\"turn_off_amount\": \"51.37\""))
        // Money on hold stops nothing; once it is posted, so much less is lacking.
        try pay(office, "b.csv", [2_000])
        #expect(try office.decide("1-1-e1", "post", ["\(Self.one)=10.00"]) == nil)
        try office.run()
        #expect(try exception(office).turnOffAmount == Cents(4_137))
        #expect(try office.text("review/open/2-1-e1/exception.json").contains("\"turn_off_amount\": \"41.37\""))
        // After the first visit the second counts, with what is lacking there.
        office.now = Moment(seconds: office.now.seconds + 5 * 86_400)
        try office.run()
        #expect(try exception(office).turnOffAt == "2026-03-09T07:00:00Z", "midnight, in summer time")
        #expect(try exception(office).turnOffAmount == Cents(5_000))
        office.now = Moment(seconds: office.now.seconds + 5 * 86_400)
        try office.run()
        #expect(try exception(office).turnOffAt == nil)
    }

    @Test func `never calls urgent what a flag forbids, or what the billing system has cancelled`() throws {
        var book = AccountBook()
        book.flags = ["\(Self.one),dispute,,,D-1,"]
        let office = try TemporaryHome(book)
        try pay(office, "a.csv", [1_000])
        try office.import(Self.turnoff("\(Self.one),O-1,2026-03-05,,51.37"))
        #expect(try exception(office).turnOffAt == nil, "a dispute forbids it")
        book.flags = ["\(Self.one),dispute,,2026-03-01,D-1,"]
        try office.import(book)
        #expect(try exception(office).turnOffAt == "2026-03-05T08:00:00Z", "the order came after the payment")
        try office.import([
            "turnoffs.csv": """
            account,order,visit_on,window,amount_to_stop,status
            \(Self.one),O-1,2026-03-05,,51.37,cancelled

            """
        ])
        #expect(try exception(office).turnOffAt == nil)
    }

    @Test func `never puts money before a turn-off in the queue`() throws {
        var book = AccountBook()
        book.flags = ["\(Self.one),dispute,,2026-03-01,D-1,", "\(Self.two),dispute,,,D-2,"]
        book.changeAccount(1) { $0.cashOnly = true }
        let office = try TemporaryHome(book)
        try office.take("a.csv", Lockbox([.coupon(1), .coupon(2)]))
        #expect(try office.exceptions.map(\.reason) == ["account-flagged", "cash-only"])
        try office.import(Self.turnoff("\(Self.one),O-1,2026-03-05,,51.37"))
        #expect(try office.exceptions.map(\.reason) == ["cash-only", "account-flagged"])
        // A visit that is over makes nothing urgent, also before the next run says so.
        var filter = QueueFilter()
        filter.visitsFrom = "2026-03-06T00:00:00Z"
        let later = try office.home.ledger.read { transaction in
            let ids = try transaction.openExceptions(filter)
            var lines: [QueueLine] = []
            try transaction.queueLines(filter) { lines.append($0) }
            #expect(lines.map(\.id) == ids && lines.allSatisfy { $0.turnOffAt == nil })
            return ids
        }
        #expect(try later == office.exceptions.map(\.id).reversed())
    }

    // MARK: Policy

    @Test(
        arguments: [
            ("other_flags: post", "other_flags: {payments: hold, letter: no}", "other_flags: the key \"letter\""),
            ("  dispute:", "  Dispute: hold\n  dispute:", "is named twice"),
            ("other_flags: post", "other_flags: keep", "other_flags: found \"keep\", expected post or hold"),
            ("other_flags: post", "other_flags: {turn_off: never}", "other_flags.turn_off: found \"never\""),
            ("  references: []\n", "  references: [\"{account}\"]\n", "accounts.references: found \"{account}\""),
            ("allocation: oldest-due-first\n", "allocation: newest-first\n", "allocation: found \"newest-first\""),
            ("allocation: oldest-due-first\n", "allocation: {order: priority}\n", "allocation.kinds: expected"),
            (
                "allocation: oldest-due-first\n", "allocation: {kinds: [fee, fee]}\n",
                "allocation.kinds: expected the kinds"
            ),
            (
                "allocation: oldest-due-first\n", "allocation: {order: priority, kinds: [customer-deposit]}\n",
                "customer-deposit"
            ),
        ])
    func `never takes a policy that it does not understand`(old: String, new: String, says: String) throws {
        let fault = try #require(throws: ConfigFault.self) {
            try TemporaryHome(nil) { try TemporaryHome.rewrite("config/policy.yaml", in: $0, old, with: new) }
        }
        #expect(fault.description.hasPrefix("config/policy.yaml: ") && fault.description.contains(says), "\(fault)")
    }

    @Test func `never lets one word for a flag allow what it holds`() throws {
        let office = try TemporaryHome(nil) {
            try TemporaryHome.rewrite("config/policy.yaml", in: $0, "other_flags: post", with: "other_flags: hold")
        }
        let flags = office.home.configuration.flags
        let unknown = flags["theft"]
        #expect(unknown.holdsPayments && !unknown.allowsLetters && !unknown.allowsFees && !unknown.allowsTurnOff)
        #expect(!flags["protected"].holdsPayments && !flags["protected"].allowsTurnOff && flags["protected"].allowsFees)
    }
}
