import Foundation
import Ledger
import Model
import Review
import Testing

@testable import Pipeline

/// Duplicates of each kind: a deposit told by two files, a check presented twice, a bill paid twice.
struct DuplicateTests {
    /// A check without any number that no two payments share.
    private static func plain(_ n: Int, number: String = "") -> Check {
        Check(AccountBook.amount(n), account: AccountBook.account(n), number: number)
    }

    private static func statuses(_ office: TemporaryHome, intake: Int) throws -> [String] {
        try office.standings.filter { $0.hasPrefix("\(intake)-") }
    }

    @Test func `never posts a deposit twice that another file tells with the same items`() throws {
        let office = try TemporaryHome()
        let deposit = Lockbox([Self.plain(1), Self.plain(2, number: "77"), Self.plain(3)])
        try office.take("a.csv", deposit)
        // The same deposit: other words, no check number in the second file, another order of items.
        var again = Lockbox([Self.plain(3), Self.plain(2), Self.plain(1, number: "12")])
        again.batches[0][0].memo = "sent again"
        try office.take("b.csv", again)
        #expect(
            try Self.statuses(office, intake: 2) == [
                "2-1 54.11 duplicate on-hold duplicate-suspected", "2-2 52.74 duplicate on-hold duplicate-suspected",
                "2-3 51.37 duplicate on-hold duplicate-suspected",
            ])
        #expect(try office.payments.suffix(3).map { $0.twin?.description } == ["1-3", "1-2", "1-1"])
        let view = try office.exception("2-1-e1")
        #expect(view.whyNotPosted.contains("a.csv, intake 1, tells a deposit of lockbox 7001 of 2026-03-02"))
        #expect(view.likelyDuplicate?.kind == .toldTwice)
        #expect(try office.breaches == [])
        // All of it told twice: nothing of the second telling stays on the books.
        for n in 1...3 { #expect(try office.decide("2-\(n)-e1", "duplicate", kind: "told-twice") == nil) }
        #expect(try Self.statuses(office, intake: 2).allSatisfy { $0.contains("duplicate none") })
        #expect(try office.breaches == [])
    }

    @Test func `never posts a deposit twice that a BAI lockbox file and a CSV tell`() throws {
        let bai = try String(contentsOfFile: "\(Self.fixtures)/lockbox-bai/dialect-a.bai", encoding: .isoLatin1)
        // The zeros before box, bank account and check number are filling.
        var checks = [Check(Cents(700_000), number: "180", bankAccount: "0012345555"), Check(Cents(650))]
        checks[0].payer = "JO E SMITH"
        let csv = Lockbox([checks[0], checks[1]]).text.replacing(",7001,", with: ",22222,")
        for files in [["a.bai": bai, "b.csv": csv], ["b.bai": bai, "a.csv": csv]] {
            let office = try TemporaryHome()
            for name in files.keys.sorted() {
                try office.drop(name, files[name]!)
                try office.run()
            }
            #expect(
                try office.standings.map { $0.split(separator: " ").prefix(3).joined(separator: " ") } == [
                    "1-1 7000.00 suspense", "1-2 6.50 suspense", "2-1 7000.00 duplicate", "2-2 6.50 duplicate",
                ])
            #expect(try office.exceptions.compactMap(\.likelyDuplicate).map(\.kind) == [.toldTwice, .toldTwice])
            #expect(try office.breaches == [])
        }
    }

    private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures").path

    @Test func `never calls deposits the same that differ in box, day or checks`() throws {
        let first = Lockbox([Self.plain(1, number: "11"), Self.plain(2, number: "12")])
        var otherDay = first
        otherDay.date = "2026-03-03"
        let otherChecks = Lockbox([Self.plain(1, number: "21"), Self.plain(2, number: "22")])
        for other in [otherDay.text, otherChecks.text, first.text.replacing(",7001,", with: ",7002,")] {
            let office = try TemporaryHome()
            try office.take("a.csv", first)
            try office.drop("b.csv", other)
            try office.run()
            #expect(try office.payments.filter { $0.status == "duplicate" }.isEmpty)
        }
    }

    @Test func `never calls one payment another because both are all of a small deposit`() throws {
        let office = try TemporaryHome()
        for name in ["a.csv", "b.csv"] {
            var check = Self.plain(1)
            check.payer = name
            try office.take(name, Lockbox([check]))
        }
        #expect(try office.standings.allSatisfy { $0.hasSuffix("posted posted") })
        // The same check number, and no bank account to make it a number of its own: that is told twice.
        for name in ["c.csv", "d.csv"] {
            var check = Self.plain(2, number: "55")
            check.memo = name
            try office.take(name, Lockbox([check]))
        }
        #expect(try office.standings.last == "4-1 52.74 duplicate on-hold duplicate-suspected")
    }

    @Test func `never takes more of a second deposit for the first than the first has`() throws {
        let office = try TemporaryHome()
        try office.take("a.csv", Lockbox([Self.plain(1), Self.plain(2)]))
        // Total and day agree, by one item twice: the second has no counterpart.
        var odd = Self.plain(1)
        odd.amount = AccountBook.amount(2) - Cents(1)
        var rest = Self.plain(3)
        rest.amount = AccountBook.amount(1) + Cents(1)
        try office.take("b.csv", Lockbox([odd, rest]))
        #expect(try office.payments.filter { $0.status == "duplicate" }.isEmpty)
        try office.take("c.csv", Lockbox([Self.plain(1), Self.plain(2)], [Self.plain(1), Self.plain(2)]))
        #expect(try office.payments.filter { $0.status == "duplicate" }.count == 2)
        #expect(try office.breaches == [])
    }

    @Test func `never takes a payer for another because a bank fills numbers up with zeros`() throws {
        let office = try TemporaryHome()
        var check = Check.coupon(1)
        try office.take("a.csv", Lockbox([check, .coupon(2)]))
        (check.bankAccount, check.number) = ("0000\(check.bankAccount)", "00\(check.number)")
        try office.take("b.csv", Lockbox([check]))
        #expect(try office.standings.last == "2-1 51.37 duplicate on-hold duplicate-suspected")
        #expect(try office.breaches == [])
    }

    @Test(
        "A suspected duplicate is shown with what it most likely is",
        arguments: [
            // day and number of batch of the second check, kind, what the reason says
            ("2026-03-02", Decision.Kind.toldTwice, "Both files tell the deposit of 2026-03-02"),
            ("2026-03-09", .presentedTwice, "was deposited on 2026-03-02 and on 2026-03-09"),
        ])
    func likely(day: String, kind: Decision.Kind, words: String) throws {
        let office = try TemporaryHome()
        try office.take("a.csv", Lockbox([.coupon(1), .coupon(2)]))
        var again = Lockbox([.coupon(1), .coupon(3)])
        again.date = day
        try office.take("b.csv", again)
        let view = try office.exception("2-1-e1")
        #expect(view.likelyDuplicate?.kind == kind)
        #expect(view.likelyDuplicate?.why.contains(words) == true, "\(view.likelyDuplicate?.why ?? "")")
        let file = try office.object("review/open/2-1-e1/exception.json")
        let twin = try #require(file["twin"] as? [String: Any])
        #expect((twin["likely"] as? [String: Any])?["kind"] as? String == kind.rawValue)
        #expect((twin["record"] as? [String: Any])?["check_number"] as? String == "3001")
        let differs = try #require(twin["differs"] as? [String])
        #expect(differs.contains("file") && !differs.contains("check_number"))
        #expect(differs.contains("deposit_on") == (kind == .presentedTwice))
    }

    @Test func `never calls two different checks over one bill a duplicate`() throws {
        let office = try TemporaryHome()
        try office.take("a.csv", Lockbox([.coupon(1)]))
        try office.take("b.csv", Lockbox([.coupon(1, check: 500), .coupon(2)]))
        // The customer paid twice: what nobody owes is the customer's credit.
        #expect(try office.standings.allSatisfy { $0.hasSuffix("posted posted") })
        #expect(try office.journal("2-1").contains { $0.contains("customer-credit") })
        // Each is told of the other, for so many days.
        for (payment, other) in [("1-1", "2-1"), ("2-1", "1-1")] {
            let id = try #require(PaymentID(payment))
            let alike = try office.home.ledger.read { try $0.paidAlike(id, within: 14) }
            #expect(alike.map(\.payment.description) == [other])
        }
        var later = Lockbox([.coupon(1, check: 700)])
        later.date = "2026-03-17"
        try office.take("c.csv", later)
        let alike = try office.home.ledger.read { try $0.paidAlike(PaymentID("3-1")!, within: 14) }
        #expect(alike == [])
    }

    @Test func `says when a shared number is so old that the payer may have begun anew`() throws {
        let office = try TemporaryHome()
        try office.take("a.csv", Lockbox([.coupon(1)]))
        for (name, day, isOld) in [("b.csv", "2026-03-16", false), ("c.csv", "2026-03-17", true)] {
            var again = Lockbox([.coupon(1), .coupon(2, check: name == "b.csv" ? 1 : 2)])
            again.date = day
            try office.take(name, again)
            let view = try #require(try office.exceptions.last { $0.file?.hasSuffix(name) == true })
            #expect(view.reason == "duplicate-suspected")
            #expect(view.whyNotPosted.contains("begun the numbers anew") == isOld, "\(view.whyNotPosted)")
        }
    }
}
