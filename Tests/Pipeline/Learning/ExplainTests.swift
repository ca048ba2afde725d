import Ledger
import Model
import Testing

@testable import Pipeline

/// A payment is explained by the book as it stood then, not by what came after.
struct ExplainTests {
    private func explain(_ payment: PaymentID, _ office: TemporaryHome) throws -> Explanation? {
        try office.home.ledger.read { try Explaining(home: office.home, $0).explain(payment) }
    }

    private func explain(_ payment: String, _ office: TemporaryHome) throws -> Explanation {
        let id = try #require(PaymentID(payment))
        return try #require(try explain(id, office))
    }

    @Test(arguments: [UInt64(11), 12])
    func `never gives another answer of the past than was given then`(seed: UInt64) throws {
        print("explained world: seed \(seed)")
        let office = try SmallWorld(seed: seed).lived()
        var explained = 0
        for line in try office.payments {
            guard let explanation = try explain(line.payment, office) else { continue }
            explained += 1
            #expect(explanation.change == nil, "\(line.payment) by \(line.rule)")
            if line.reason == nil {
                let chosen = Set(line.allocations.map(\.account))
                #expect(explanation.why != nil)
                #expect(!explanation.isAsShown)
                #expect(chosen.contains(explanation.candidates.first?.account ?? "none"), "\(line.payment)")
            } else {
                #expect(explanation.isAsShown)
                let shown = try office.home.ledger.read { try $0.candidateRows(of: line.payment) }.map(\.account)
                #expect(explanation.candidates.map(\.account) == shown)
            }
        }
        #expect(explained > 200)
    }

    @Test func `never explains by a bill that came later, or a statement made later`() throws {
        let office = try TemporaryHome()
        try office.take("a.csv", Lockbox([.coupon(1)]))
        office.now = Moment(iso: "2026-03-03T20:00:00Z")!
        var book = AccountBook()
        book.changeBill(1) { $0.balance = Cents(99_999) }
        book.bills.append(
            AccountBook.Bill(number: "LATER", account: AccountBook.account(1), amount: Cents(777), balance: Cents(777)))
        book.extract = "2026-03-03,1,8,9,0.00"
        try office.import(book)
        #expect(try office.open(on: AccountBook.bill(1)) == Cents(99_999))
        let explanation = try explain("1-1", office)
        #expect(explanation.change == nil)
        #expect(explanation.candidates[0].evidence.contains("the amount is exactly the total due"))
    }

    @Test func `never goes by the clock which extract came before a payment`() throws {
        let office = try TemporaryHome()
        office.now = Moment(iso: "2026-03-01T08:00:00Z")!
        try office.take("a.csv", Lockbox([.coupon(1)]))
        let explanation = try explain("1-1", office)
        #expect(explanation.change == nil)
        #expect(explanation.candidates[0].evidence.contains("the amount is exactly the total due"))
    }

    @Test func `never takes money of a later payment off the bills of an earlier one`() throws {
        let office = try TemporaryHome()
        var first = Check.coupon(1, check: 1)
        first.amount = Cents(1_000)
        var rest = Check.coupon(1, check: 2)
        rest.amount = AccountBook.amount(1) - Cents(1_000)
        try office.take("a.csv", Lockbox([first, rest]))
        #expect(try office.payment("1-1").rule == "number-alone/1")
        #expect(try office.payment("1-2").rule == "number-and-amount/1")
        #expect(try explain("1-1", office).change == nil)
        #expect(try explain("1-2", office).change == nil)
        #expect(try explain("1-1", office).candidates[0].evidence.contains("the amount is a part of the total due"))
    }

    @Test func `never takes a pledge for met by the very payment that met it`() throws {
        let office = try TemporaryHome()
        try office.import([
            "pledges.csv": """
            account,pledge,agency,amount,from,until,status
            \(AccountBook.account(2)),L-1,Hill County Community Action,48.13,2026-02-01,,open

            """
        ])
        let checks = [1, 2].map {
            Check(Cents(4_813), number: "99\($0)", bankAccount: "77889900", payer: "HILL COUNTY COMMUNITY ACTION")
        }
        try office.take("a.csv", Lockbox(checks))
        #expect(try office.payments.map(\.rule).first == "pledge-of-agency/2")
        #expect(try explain("1-1", office).change == nil)
        #expect(try explain("1-2", office).change == nil)
    }

    @Test func `never explains a check without what lay in its envelope`() throws {
        let office = try TemporaryHome()
        var (part, rest) = (Check.coupon(1), Check(Cents(2_000), number: "502", bankAccount: "9502"))
        part.amount = AccountBook.amount(1) - rest.amount
        (part.transaction, rest.transaction) = ("17", "17")
        try office.take("a.csv", Lockbox([part, rest, .coupon(2)]))
        #expect(try office.payment("1-2").rule == "envelope-total/2")
        for payment in ["1-1", "1-2", "1-3"] { #expect(try explain(payment, office).change == nil) }
        let day = CivilDate(iso: "2026-03-02")!
        var findings: [String] = []
        _ = try Backtest(home: office.home, from: day, to: day).run { findings.append("\($0)") }
        #expect(findings == [])
    }

    @Test func `never keeps from the clerk that the policy has changed since`() throws {
        let office = try TemporaryHome()
        var check = Check.coupon(1)
        check.amount = Cents(20_000)
        try office.take("a.csv", Lockbox([check]))
        #expect(try office.payment("1-1").rule == "number-alone/1")
        #expect(try explain("1-1", office).change == nil)
        try TemporaryHome.rewrite(
            "config/policy.yaml", in: office.path, "unusual_floor: \"1000.00\"", with: "unusual_floor: \"1.00\"")
        try TemporaryHome.rewrite("config/policy.yaml", in: office.path, "unusual_times: 4", with: "unusual_times: 1")
        try office.reopen()
        let change = try #require(try explain("1-1", office).change)
        #expect(change.contains("would not post it"))
        #expect(change.contains("have changed since"))
    }

    @Test func `never leaves out why it is not the next account`() throws {
        var book = AccountBook()
        book.changeAccount(2) { $0.customer = "C1001" }
        let office = try TemporaryHome(book)
        try office.take("a.csv", Lockbox([.coupon(1)]))
        let sentence = try #require(try explain("1-1", office).whyNotNext)
        #expect(sentence.contains("Next comes account \(AccountBook.account(2))"))
        #expect(sentence.contains("its number was read clean"))
    }

    @Test func `never remembers of a payer what came later, or what was taken back`() throws {
        let office = try TemporaryHome()
        func credit(_ n: Int) -> Check { Check.coupon(n, check: n * 10) }
        var first = credit(1)
        first.bankAccount = "88001234"
        try office.take("a.csv", Lockbox([first]))
        var second = credit(2)
        second.bankAccount = "88001234"
        office.now = Moment(iso: "2026-03-03T20:00:00Z")!
        try office.take("b.csv", Lockbox([second]))
        let payer = try office.number("SELECT payer_key FROM items WHERE payment = 1000000001")
        func known(before payment: String) throws -> [String] {
            let id = try #require(PaymentID(payment))
            return try office.home.ledger.read { transaction in
                let past = try #require(try transaction.past(before: id))
                return try transaction.accounts(ofPayer: payer, at: past, limit: 9).map(\.account)
            }
        }
        #expect(try known(before: "1-1") == [])
        #expect(try known(before: "2-1") == [AccountBook.account(1)])
        #expect(try known(before: "2-2") == [1, 2].map(AccountBook.account).sorted())
    }
}

extension SmallWorld {
    /// An office that has lived through all days, every exception decided as the truth has it.
    func lived() throws -> TemporaryHome {
        let office = try TemporaryHome(nil)
        for (index, day) in days.enumerated() {
            let date = "2026-03-0\(index + 2)"
            office.now = try #require(Moment(iso: date + "T20:00:00Z"))
            if index != 1 { try office.import(day.book) }
            try office.take("day-\(index + 1).csv", day.file(on: date))
            try SmallWorldTests.settle(office, self)
        }
        try office.run()
        return office
    }
}
