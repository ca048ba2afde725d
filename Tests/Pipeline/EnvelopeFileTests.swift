import Ledger
import Model
import Testing

@testable import Pipeline

/// Envelopes as lockbox files tell them: items of one transaction, one behind the other.
struct EnvelopeFileTests {
    private static func check(
        _ amount: Int64, _ n: Int? = nil, in transaction: String, number: String, payer: String = ""
    ) -> Check {
        var check = Check(
            Cents(amount), account: n.map(AccountBook.account) ?? "", number: number, bankAccount: "9\(number)",
            payer: payer)
        check.transaction = transaction
        return check
    }

    @Test func `never leaves the second check of an envelope without its coupon`() throws {
        let office = try TemporaryHome()
        let due = AccountBook.amount(1).rawValue
        try office.take(
            "a.csv",
            Lockbox([
                Self.check(due - 2_000, 1, in: "17", number: "501"), Self.check(2_000, in: "17", number: "502"),
                Self.check(2_000, in: "18", number: "503"), .coupon(2),
            ]))
        #expect(
            try office.standings == [
                "1-1 31.37 posted posted", "1-2 20.00 posted posted", "1-3 20.00 suspense suspense no-reference",
                "1-4 52.74 posted posted",
            ])
        #expect(try office.payment("1-2").rule == "envelope-total/2")
        #expect(try office.open(on: AccountBook.bill(1)) == .zero)
        #expect(try office.breaches == [])
    }

    @Test func `never asks a person about a coupon that lay beside its check`() throws {
        let office = try TemporaryHome()
        let due = [1, 2, 3].map(AccountBook.amount)
        var file = [Self.check(due.sum.rawValue, 1, in: "4", number: "601")]
        for n in [2, 3] { file.append(Self.check(0, n, in: "4", number: "")) }
        file[1].bankAccount = ""
        file[2].bankAccount = ""
        try office.take("a.csv", Lockbox(file))
        #expect(
            try office.standings == [
                "1-1 158.22 posted posted", "1-2 0.00 rejected none coupon-enclosed",
                "1-3 0.00 rejected none coupon-enclosed",
            ])
        #expect(try office.queue == [])
        for n in 1...3 { #expect(try office.open(on: AccountBook.bill(n)) == .zero) }
        #expect(try office.breaches == [])
        // A coupon without any money is still told.
        try office.take(
            "b.csv", Lockbox([Self.check(0, 2, in: "9", number: ""), Self.check(0, 3, in: "9", number: "")]))
        #expect(try office.queue == ["2-1-e1 amount-zero", "2-2-e1 amount-zero"])
    }

    @Test func `never takes items of two batches, or of two numbers, for one envelope`() throws {
        let office = try TemporaryHome()
        let due = AccountBook.amount(1).rawValue
        try office.take(
            "a.csv",
            Lockbox(
                [Self.check(due - 2_000, 1, in: "17", number: "501")], [Self.check(2_000, in: "17", number: "502")]))
        #expect(try office.queue == ["1-2-e1 no-reference"])
        #expect(try office.number("SELECT count(*) FROM transactions") == 2)
    }

    @Test func `never takes a batch for an envelope because its bank numbers all of it alike`() throws {
        let office = try TemporaryHome()
        let due = AccountBook.amount(1).rawValue
        var file = [Self.check(due - 9_900 / 100, 1, in: "1", number: "500")]
        for n in 1...99 { file.append(Self.check(1, in: "1", number: String(500 + n))) }
        try office.take("a.csv", Lockbox(file))
        #expect(try office.payments.count == 100)
        #expect(try office.payments.map(\.rule).contains { $0.hasPrefix("envelope") } == false)
        file.removeLast()
        file[0].amount = Cents(due - 98)
        let other = try TemporaryHome()
        try other.take("a.csv", Lockbox(file))
        #expect(Set(try other.payments.map(\.rule)) == ["envelope-total/2"])
        #expect(try other.breaches == [])
    }

    @Test func `never counts a check that is held into the total of its envelope`() throws {
        let office = try TemporaryHome()
        let due = [1, 2].map { AccountBook.amount($0).rawValue }
        var twin = Self.check(due[1] + 500, 3, in: "", number: "502")
        try office.take("a.csv", Lockbox([twin]))
        (twin.account, twin.transaction) = ("", "7")
        let coupons = [1, 2].map { Self.check(0, $0, in: "7", number: "") }
        try office.take("b.csv", Lockbox([Self.check(due[0] - 500, in: "7", number: "501"), twin] + coupons))
        #expect(
            try office.payments.filter { $0.payment.intake == 2 }.map(\.status) == [
                "suspense", "duplicate", "rejected", "rejected",
            ])
        // Nor one that stands behind and whose lines do not add up.
        let other = try TemporaryHome()
        var list = Self.check(due[1] + 500, 2, in: "8", number: "602")
        list.lines = [(AccountBook.bill(2), Cents(100))]
        let coupon = Self.check(0, 1, in: "8", number: "")
        try other.take("a.csv", Lockbox([Self.check(due[0] - 500, in: "8", number: "601"), list, coupon]))
        #expect(try other.payments.map(\.status) == ["suspense", "held", "rejected"])
        #expect(try office.breaches + other.breaches == [])
    }

    @Test func `never loses or makes a cent, whatever lies in which envelope`() throws {
        for seed in UInt64(1)...12 {
            var random = SeededRandom(seed)
            let checks = (1...30).map { number -> Check in
                let n = random.below(8) + 1
                let due = AccountBook.amount(n).rawValue
                let cents = random.pick([0, due, due / 2, due - due / 2, due - 1, 2_000])
                return Self.check(
                    cents, random.chance(50) ? n : nil, in: random.chance(80) ? String(number / 4) : "",
                    number: cents == 0 ? "" : String(700 + number))
            }
            let office = try TemporaryHome()
            try office.take("a.csv", Lockbox(Array(checks.prefix(17)), Array(checks.dropFirst(17))))
            #expect(try office.payments.map(\.amount) == checks.map(\.amount), "seed \(seed)")
            for line in try office.payments where line.status == "posted" {
                let parts = line.allocations.map { $0.cents }
                #expect(parts.sum == line.amount, "seed \(seed), \(line.payment)")
            }
            #expect(try office.breaches == [], "seed \(seed)")
            // The same envelopes sent again in other bytes bring nothing that is not held.
            var again = Lockbox(Array(checks.prefix(17)), Array(checks.dropFirst(17)))
            again.batches[0][0].memo = "again"
            try office.take("b.csv", again)
            let second = try office.payments.filter { $0.payment.intake == 2 && $0.amount > .zero }
            #expect(second.allSatisfy { $0.status == "duplicate" }, "seed \(seed)")
            #expect(try office.breaches == [], "seed \(seed)")
        }
    }

    @Test func `never posts an envelope's total twice when its file comes again in other bytes`() throws {
        let office = try TemporaryHome()
        let due = AccountBook.amount(1).rawValue
        let papers = [Self.check(due - 2_000, 1, in: "17", number: "501"), Self.check(2_000, in: "17", number: "502")]
        try office.take("a.csv", Lockbox(papers))
        try office.take("b.csv", Lockbox(papers + [.coupon(2)]))
        #expect(
            Set(try office.payments.filter { "\($0.payment)".hasPrefix("2-") }.map(\.status)) == [
                "duplicate", "posted",
            ])
        #expect(try office.breaches == [])
    }
}
