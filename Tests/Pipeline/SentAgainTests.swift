import Foundation
import Ledger
import Model
import Review
import Testing

@testable import Pipeline

/// A lockbox deposit that is sent again: what of it is held beside the first telling, and what is other money.
struct SentAgainTests {
    /// A check of account n over an amount, without any number that no two payments share.
    private static func plain(_ n: Int, _ amount: Cents? = nil, number: String = "") -> Check {
        Check(amount ?? AccountBook.amount(n), account: AccountBook.account(n), number: number)
    }

    private static let flat = Cents(4_550)

    private static func suspected(_ office: TemporaryHome) throws -> [String] {
        try office.payments.filter { $0.status == "duplicate" }.map { "\($0.payment) \($0.twin?.description ?? "")" }
    }

    @Test func `never takes one payment for the twin of two items of one file`() throws {
        let office = try TemporaryHome()
        let first = [Self.plain(1), Self.plain(2)]
        try office.take("a.csv", Lockbox(first))
        try office.take("b.csv", Lockbox(batches: [first, first, first]))
        #expect(try Self.suspected(office) == ["2-1 1-1", "2-2 1-2"])
        #expect(try office.breaches == [])
    }

    @Test func `never takes a second item of a file off the books for one twin`() throws {
        let office = try TemporaryHome()
        try office.take("a.csv", Lockbox([.coupon(1)]))
        try office.take("b.csv", Lockbox([.coupon(1)], [.coupon(1)]))
        #expect(try Self.suspected(office) == ["2-1 1-1", "2-2 2-1"])
        // As books have it that an earlier version kept.
        try office.sql("UPDATE items SET twin_of = 1000000001 WHERE payment = 2000000002")
        #expect(try office.decide("2-1-e1", "duplicate", kind: "told-twice") == nil)
        let refusal = try office.decide("2-2-e1", "duplicate", kind: "told-twice")
        #expect(refusal?.contains("told payment 1-1 again already, with 2-1") == true, "\(refusal ?? "carried out")")
        // Another file may tell the same once more.
        try office.take("c.csv", Lockbox([.coupon(1), .coupon(2)]))
        #expect(try office.decide("3-1-e1", "duplicate", kind: "told-twice") == nil)
        #expect(try office.breaches == [])
    }

    @Test func `never verifies books in which one telling lost another payment`() throws {
        let office = try TemporaryHome()
        let first = Lockbox([Self.plain(1), Self.plain(2)])
        try office.take("a.csv", first)
        try office.drop("b.csv", first.text + "\n")
        try office.run()
        for n in 1...2 { #expect(try office.decide("2-\(n)-e1", "duplicate", kind: "told-twice") == nil) }
        #expect(try office.breaches == [])
        try office.sql("UPDATE items SET twin_of = 1000000001 WHERE payment = 2000000002")
        let breaches = try office.breaches
        #expect(breaches.count == 1 && breaches[0].contains("payment 2-2: intake 2 tells 104.11"), "\(breaches)")
    }

    @Test(
        "Two deposits of one total are never the same whose payments name other accounts, bills or payers",
        arguments: ["account", "scan line", "bill", "payer"])
    func others(named: String) throws {
        let office = try TemporaryHome()
        func check(_ n: Int) -> Check {
            switch named {
            case "account": return Self.plain(n, Self.flat)
            case "bill":
                var check = Check(Self.flat)
                check.lines = [(AccountBook.bill(n), Self.flat)]
                return check
            case "payer": return Check(Self.flat, bankAccount: String(88_000_000 + n))
            default:
                var check = Check(Self.flat)
                check.scanline = AccountBook.account(n) + "000004550"
                return check
            }
        }
        try office.take("a.csv", Lockbox([check(1), check(2)]))
        try office.take("b.csv", Lockbox([check(3), check(4)]))
        #expect(try Self.suspected(office) == [])
        // Where they name the same, and in whatever order, it is the same deposit.
        try office.take("c.csv", Lockbox([check(2), check(1)]))
        #expect(try Self.suspected(office) == ["3-1 1-2", "3-2 1-1"])
        #expect(try office.breaches == [])
    }

    @Test func `never posts a deposit twice because a number was misread in one of both`() throws {
        let office = try TemporaryHome()
        var misread = Self.plain(1)
        misread.account = "9" + misread.account.dropFirst()
        try office.take("a.csv", Lockbox([misread, Self.plain(2)]))
        try office.take("b.csv", Lockbox([Self.plain(1), Self.plain(2)]))
        #expect(try Self.suspected(office) == ["2-1 1-1", "2-2 1-2"])
    }

    @Test func `never posts an item again because another, misread, was laid beside its first telling`() throws {
        let office = try TemporaryHome()
        try office.take("a.csv", Lockbox([Self.plain(1, Self.flat), Self.plain(2, Self.flat)]))
        // That of account 2 comes first and says nothing of itself, and has the place of that of account 1.
        try office.take("b.csv", Lockbox([Check(Self.flat), Self.plain(1, Self.flat)]))
        #expect(try Self.suspected(office) == ["2-1 1-1", "2-2 1-2"])
        #expect(try office.breaches == [])
    }

    @Test func `never posts a deposit twice of which one item stood on no book`() throws {
        let office = try TemporaryHome()
        var odd = Self.plain(3, Cents(6_000))
        odd.amountText = "60.005"
        var first = Lockbox([Self.plain(1), Self.plain(2), odd])
        first.batchTotals[1] = AccountBook.amount(1) + AccountBook.amount(2) + Cents(6_000)
        try office.drop("a.csv", first.text)
        try office.run()
        #expect(try office.standings[0] == "1-1 51.37 posted posted")
        try office.drop("b.csv", first.text + "\n")
        try office.run()
        #expect(try Self.suspected(office) == ["2-1 1-1", "2-2 1-2"])
        #expect(try office.breaches == [])
    }

    @Test func `never posts a deposit of one payment twice that is alike in all that tells it`() throws {
        let office = try TemporaryHome()
        let first = Lockbox([Self.plain(1)])
        try office.take("a.csv", first)
        try office.drop("b.csv", first.text + "\n")
        try office.run()
        #expect(try Self.suspected(office) == ["2-1 1-1"])
        // The same a month later, of another payer, or of nobody that is known, is another payment.
        var later = first
        later.date = "2026-04-02"
        var other = Self.plain(1)
        other.payer = "Somebody Else"
        for (name, lockbox) in [("c.csv", later), ("d.csv", Lockbox([other]))] { try office.take(name, lockbox) }
        for name in ["e.csv", "f.csv"] {
            var unknown = Check(Self.flat)
            unknown.memo = name
            try office.take(name, Lockbox([unknown]))
        }
        #expect(try Self.suspected(office) == ["2-1 1-1"])
        #expect(try office.breaches == [])
    }

    @Test func `never posts a batch twice that is sent again with an item more`() throws {
        let office = try TemporaryHome()
        try office.take("a.csv", Lockbox([Self.plain(1), Self.plain(2, number: "12")]))
        try office.take("b.csv", Lockbox([Self.plain(1), Self.plain(3), Self.plain(2, number: "12")]))
        // The second by its check number, wherever it lies.
        #expect(try Self.suspected(office) == ["2-1 1-1", "2-3 1-2"])
        #expect(try office.payment("2-2").books == "posted")
        #expect(try office.breaches == [])
    }

    /// What a held batch has and what it declares, and what the second file tells of it.
    struct Correction: Sendable {
        var held: [Int64]
        var declared: Int64
        var corrected: [Int64]
    }

    @Test(
        "Money that stands in a held batch is never posted by what puts the batch right",
        arguments: [
            Correction(held: [5_211], declared: 6_211, corrected: [6_211]),
            Correction(held: [5_211], declared: 6_211, corrected: [5_211, 1_000]),
            Correction(held: [5_211, 2_000], declared: 6_211, corrected: [5_211, 1_000]),
        ])
    func corrected(_ correction: Correction) throws {
        let (held, declared, corrected) = (correction.held, correction.declared, correction.corrected)
        let office = try TemporaryHome()
        func batch(_ cents: [Int64]) -> [Check] { cents.enumerated().map { Self.plain(3 + $0, Cents($1)) } }
        let sound = [Self.plain(1), Self.plain(2)]
        var first = Lockbox(sound, batch(held))
        first.batchTotals[2] = Cents(declared)
        first.fileTotal = sound.map(\.amount).sum + Cents(declared)
        try office.take("a.csv", first)
        #expect(try office.payment("1-3").books == "unresolved")
        try office.take("b.csv", Lockbox(sound, batch(corrected)))
        let second = try office.payments.filter { $0.payment.intake == 2 }
        #expect(second.allSatisfy { $0.status == "duplicate" && $0.books == "on-hold" })
        #expect(try office.breaches == [])
        // What differs from its twin is told apart from what was merely told again.
        let last = Cents(corrected.last!)
        let changed = try #require(try office.exceptions.first { $0.amount == last && $0.intake == 2 })
        #expect(changed.whyNotPosted.contains("does not balance"), "\(changed.whyNotPosted)")
        #expect(changed.likelyDuplicate == nil)
        // The bank credited it once.
        for payment in second {
            #expect(try office.decide("\(payment.payment)-e1", "duplicate", kind: "told-twice") == nil)
        }
        let debited = try office.number(
            "SELECT sum(amount_cents) FROM journal_lines WHERE ledger_account = 'cash-clearing'")
        #expect(Cents(debited) == first.fileTotal)
        #expect(try office.breaches == [])
    }
}
