import Ledger
import Model
import Pipeline
import Review
import Testing

/// A sum of the bank's is taken off the books for money that stands there, and for no other.
struct SumUnitTests {
    private static let box = Lockbox([.coupon(1), .coupon(2)])
    private static let total = AccountBook.amount(1) + AccountBook.amount(2)

    private func sum(_ text: String, _ code: Int = 115, _ cents: Cents = total, number: Int = 1) -> String {
        BankReport(.init(code, cents, reference: "LB\(number)", text), number: number).text
    }

    /// Another box and other checks, over the same amounts.
    private func other(_ box: String) -> String {
        Self.box.text.replacing("7001", with: box).replacing(",3001,", with: ",4001,")
            .replacing(",3002,", with: ",4002,")
    }

    private func standing(_ office: TemporaryHome, _ account: String) throws -> Cents {
        Cents(try office.number("SELECT sum(amount_cents) FROM journal_lines WHERE ledger_account = '\(account)'"))
    }

    @Test(arguments: [true, false]) func `never takes a sum off for an item that stands in no book`(first: Bool) throws
    {
        let office = try TemporaryHome()
        var box = Self.box
        box.batches[0][1].amountText = "\(AccountBook.amount(2))5"
        if first { try office.drop("a.bai2", sum("LOCKBOX 7001")) } else { try office.drop("a.csv", box) }
        try office.run()
        if first { try office.drop("b.csv", box) } else { try office.drop("b.bai2", sum("LOCKBOX 7001")) }
        try office.run()
        let id = first ? "1-1" : "2-1"
        #expect(try office.payments.contains { $0.reason == "fraction-of-cent" && $0.books == "none" })
        #expect(try office.payment(id).books == "unresolved")
        #expect(try office.queue.contains("\(id)-e1 sum-untold"))
        #expect(try office.breaches == [])
    }

    @Test func `never holds less than a unit declares`() throws {
        let office = try TemporaryHome()
        var box = Self.box
        box.batches[0][1].amountText = "\(AccountBook.amount(2))5"
        let declared = Self.total + Cents(500)
        (box.batchTotals, box.fileTotal) = ([1: declared], declared)
        try office.take("a.csv", box)
        #expect(try office.payments.map(\.books) == ["unresolved", "unresolved"])
        #expect(try standing(office, "unresolved") == -declared)
        #expect(try office.breaches == [])
        // All of it stands there, and the bank's sum is that money.
        try office.drop("b.bai2", sum("LOCKBOX 7001", 115, declared))
        try office.run()
        #expect(try office.payment("2-1").reason == "told-elsewhere")
        #expect(try standing(office, "cash-clearing") == declared)
        #expect(try office.breaches == [])
    }

    @Test func `never says that a processor's unit of two currencies is not told`() throws {
        let office = try TemporaryHome(configure: {
            try TemporaryHome.rewrite(
                "config/sluice.yaml", in: $0, "  window_days: 3", with: "  sums: [Merchant Bankcard]\n  window_days: 3")
            try TemporaryHome.rewrite(
                "config/layouts/card-processor.yaml", in: $0, "constants: {currency: USD, ", with: "constants: {")
            try TemporaryHome.rewrite(
                "config/layouts/card-processor.yaml", in: $0, "original-text: Reason", with: "currency: Reason")
        })
        var file = CardFile()
        file.sale(1, "T-1", fee: Cents(100))
        file.sale(2, "T-2")
        file.rows = [file.rows[0] + "USD", file.rows[1] + "EUR"]
        try office.drop("a.csv", file.text)
        try office.run()
        #expect(try office.payments.contains { $0.reason == "currency-other" })
        try office.drop("b.bai2", sum("MERCHANT BANKCARD", 147, AccountBook.amount(1) - Cents(100)))
        try office.run()
        #expect(try office.payment("2-1").reason == "told-elsewhere")
        #expect(try office.breaches == [])
    }

    @Test(arguments: [(147, "CARD DEPOSIT"), (166, "ACH SETTLEMENT"), (115, "LOCKBOX 7002")])
    func `never pairs a sum with a file of another kind or box`(code: Int, text: String) throws {
        let office = try TemporaryHome()
        try office.take("a.csv", Self.box)
        try office.drop("b.bai2", sum(text, code))
        try office.run()
        #expect(try office.payment("2-1").reason == "sum-untold")
        #expect(try office.breaches == [])
    }

    @Test func `never takes a lockbox sum for a processor's payout`() throws {
        let office = try TemporaryHome()
        var file = CardFile()
        file.sale(1, "T-1")
        file.sale(2, "T-2")
        try office.drop("a.csv", file.text)
        try office.run()
        try office.drop("b.bai2", sum("DEPOSIT"))
        try office.drop("c.bai2", sum("DEPOSIT", 147, number: 2))
        try office.run()
        #expect(try office.payments.suffix(2).map(\.reason) == ["sum-untold", "told-elsewhere"])
        #expect(try office.breaches == [])
    }

    @Test(arguments: ["DEPOSIT", "LOCKBOX 7001"])
    func `never takes a batch where a deposit is meant`(text: String) throws {
        let office = try TemporaryHome()
        try office.take("a.csv", Lockbox([.coupon(1)], [.coupon(2)]))
        try office.drop(
            "b.bai2",
            BankReport(.init(115, AccountBook.amount(1), reference: "L1", text), .init(115, Self.total, text)).text)
        try office.run()
        #expect(try office.payments.suffix(2).map(\.reason) == ["sum-untold", "told-elsewhere"])
        #expect(try office.breaches == [])
    }

    @Test func `never takes a batch that nothing but its amount names`() throws {
        let office = try TemporaryHome()
        try office.take("a.csv", Lockbox([.coupon(1)], [.coupon(2)]))
        try office.drop("b.bai2", sum("DEPOSIT", 115, AccountBook.amount(1)))
        try office.run()
        #expect(try office.payments.last?.reason == "sum-untold")
        #expect(try office.breaches == [])
    }

    @Test(arguments: [true, false]) func `never leaves as many sums as deposits that are alike`(sumsFirst: Bool) throws
    {
        let office = try TemporaryHome()
        let sums = BankReport(
            .init(115, Self.total, reference: "L1", "DEPOSIT"), .init(115, Self.total, reference: "L2", "DEPOSIT"))
        func boxes() throws {
            try office.drop("1.csv", Self.box)
            try office.drop(
                "2.csv", other("7001").replacing("2026-03-02,1,", with: "2026-03-02,9,"))
        }
        if sumsFirst { try office.drop("0.bai2", sums.text) } else { try boxes() }
        try office.run()
        if sumsFirst { try boxes() } else { try office.drop("0.bai2", sums.text) }
        try office.run()
        #expect(try office.payments.filter { $0.reason == "told-elsewhere" }.count == 2)
        #expect(try standing(office, "cash-clearing") == Self.total + Self.total)
        #expect(try office.queue == [])
        #expect(try office.breaches == [])
    }

    @Test(arguments: ["R-1", ""]) func `never forgets a sum that is told`(reference: String) throws {
        let office = try TemporaryHome()
        let first = BankReport(.init(115, Self.total, reference: reference, "LOCKBOX DEPOSIT"))
        try office.take("a.csv", Self.box)
        try office.drop("b.bai2", first.text)
        try office.run()
        #expect(try office.payment("2-1").reason == "told-elsewhere")
        // The same statement in other bytes, and the next day's deposit over the same amount.
        var again = first
        again.number = 2
        try office.drop("c.bai2", again.text)
        try office.run()
        #expect(try office.standings.last == "3-1 \(Self.total) duplicate on-hold duplicate-suspected")
        var next = Lockbox([.coupon(1, check: 50), .coupon(2, check: 50)])
        next.date = "2026-03-03"
        try office.take("d.csv", next)
        #expect(try office.number("SELECT count(*) FROM reconciled") == 1)
        #expect(try office.decide("3-1-e1", "duplicate", kind: "told-twice") == nil)
        #expect(try office.payment("3-1").books == "none")
        #expect(try standing(office, "cash-clearing") == Self.total + Self.total)
        #expect(try office.breaches == [])
    }

    @Test func `never leaves a sum on the books that a person knows to be told`() throws {
        let office = try TemporaryHome()
        // The bank credits two boxes at once, less a correction of its own.
        try office.drop("a.bai2", sum("ALL BOXES", 115, Self.total + Self.total - Cents(1)))
        try office.run()
        try office.drop("b.csv", Self.box)
        try office.drop("c.csv", other("7002"))
        try office.run()
        #expect(try office.decide("1-1-e1", "duplicate", kind: "told-twice")?.contains("a note must say") == true)
        #expect(
            try office.decide(
                #"{"exception": "1-1-e1", "action": "duplicate", "kind": "told-twice", "note": "b.csv and c.csv"}"#)
                == nil)
        #expect(try office.standings[0] == "1-1 \(Self.total + Self.total - Cents(1)) rejected none told-elsewhere")
        #expect(try office.exception("1-1-e1").decisions.map(\.note) == ["b.csv and c.csv"])
        #expect(try standing(office, "cash-clearing") == Self.total + Self.total)
        #expect(try standing(office, "unresolved") == .zero)
        #expect(try office.breaches == [])
        try office.sql("DROP TRIGGER decisions_are_final")
        try office.sql("UPDATE decisions SET note = NULL")
        #expect(try office.breaches.count == 1)
    }

    @Test(arguments: ["credit", "post", "not-ours", "suspense"])
    func `never keeps a sum beside its payments that came late`(action: String) throws {
        let office = try TemporaryHome()
        try office.drop("a.bai2", sum("LOCKBOX 7001"))
        try office.run()
        let to = ["credit", "post"].contains(action) ? ["\(AccountBook.account(3))=\(Self.total)"] : []
        let owed = try office.open(on: AccountBook.bill(3))
        #expect(try office.decide("1-1-e1", action, to) == nil)
        try office.take("b.csv", Self.box)
        if action != "suspense" {
            #expect(try office.queue == ["1-1-e2 sum-told-late"])
            #expect(try office.exception("1-1-e2").actions == [.duplicate, .askBank, .protect, .assign, .wait, .note])
            #expect(try office.decide("1-1-e2", "duplicate", kind: "told-twice") == nil)
        }
        #expect(try office.payment("1-1").reason == "told-elsewhere")
        #expect(try office.payment("1-1").allocations.isEmpty)
        #expect(try office.open(on: AccountBook.bill(3)) == owed)
        #expect(try standing(office, "cash-clearing") == Self.total)
        #expect(try office.number("SELECT count(*) FROM reconciled") == 1)
        #expect(try office.queue == [])
        #expect(try office.breaches == [])
        // What was taken back is told to the billing system with the next file.
        var next = Lockbox([.coupon(5)])
        next.date = "2026-03-03"
        try office.take("c.csv", next)
        #expect(try office.number("SELECT count(*) FROM allocations WHERE posting_batch IS NULL") == 0)
        #expect(try office.breaches == [])
    }

    /// The lockbox file of two boxes, one deposit each.
    private var boxes: String {
        let rows = (Self.box.text.split(separator: "\n").dropLast() + other("7002").split(separator: "\n").dropFirst())
            .dropLast().map(String.init)
        let trailer = "T,,,2,4,\(Self.total + Self.total)" + String(repeating: ",", count: 10)
        return (rows + [trailer]).map { $0 + "\n" }.joined()
    }

    @Test(arguments: [true, false]) func `never leaves a sum of all lockboxes beside them`(sumFirst: Bool) throws {
        let office = try TemporaryHome()
        let both = sum("ALL LOCKBOXES", 110, Self.total + Self.total)
        for (name, text) in sumFirst ? [("a", both), ("b", boxes)] : [("a", boxes), ("b", both)] {
            try office.drop(name, text)
            try office.run()
        }
        let id = try #require(PaymentID(sumFirst ? "1-1" : "2-1"))
        #expect(try office.payment("\(id)").reason == "told-elsewhere")
        let unit = try office.home.ledger.read { try $0.unit(toldBy: id) }
        #expect(unit?.total == Self.total + Self.total && unit?.items == 4 && unit?.lockbox == "7001,7002")
        #expect(try office.queue == [])
        #expect(try standing(office, "cash-clearing") == Self.total + Self.total)
        #expect(try office.breaches == [])
        // A sum of one of both comes too late: its money is told.
        try office.drop("c.bai2", sum("LOCKBOX 7001", number: 2))
        try office.run()
        #expect(try office.payments.last?.reason == "sum-untold")
        #expect(try office.breaches == [])
    }

    @Test func `never chooses among days whose deposits make a sum up`() throws {
        let office = try TemporaryHome()
        let both = sum("ALL LOCKBOXES", 110, Self.total + Self.total)
        try office.drop("a.csv", boxes)
        try office.drop("b.csv", boxes.replacing(",300", with: ",500").replacing(",400", with: ",600"))
        try office.run()
        try office.drop("c.bai2", both)
        try office.run()
        #expect(try office.payments.last?.reason == "sum-untold")
        #expect(try office.number("SELECT count(*) FROM reconciled") == 0)
        #expect(try office.breaches == [])
    }

    @Test func `never takes the deposits of a day of which one counts money in no book`() throws {
        let office = try TemporaryHome()
        let amount = AccountBook.amount(2)
        // The last check of the second box has a fraction of a cent.
        let rows = boxes.split(separator: "\n").map(String.init)
        let last = try #require(rows.lastIndex { $0.hasPrefix("P,7002") })
        var wrong = rows
        wrong[last] = rows[last].replacing(",\(amount),", with: ",\(amount)5,")
        try office.drop("a.csv", wrong.map { $0 + "\n" }.joined())
        try office.run()
        #expect(try office.payments.contains { $0.reason == "fraction-of-cent" })
        try office.drop("c.bai2", sum("ALL LOCKBOXES", 110, Self.total + Self.total))
        try office.run()
        #expect(try office.payments.last?.reason == "sum-untold")
        #expect(try office.breaches == [])
    }
}
