import Files
import Foundation
import Ledger
import Model
import Pipeline
import Review
import Testing

/// Promise 2: a complete file is applied once, an item with a number of its own is held the second time.
struct OnceTests {
    @Test func `never posts the same bytes twice`() throws {
        let office = try TemporaryHome()
        try office.take("a.csv", Lockbox([.coupon(1), .coupon(2)]))
        let ledger = try office.ledger
        let report = try office.take("b.csv", Lockbox([.coupon(1), .coupon(2)]))
        #expect(report.intakes.map(\.intake.state) == [.repeated])
        #expect(!report.hasRefusals)
        #expect(try office.ledger == ledger)
        #expect(try office.queue == ["2-e1 file-repeated"])
        let what = try office.exception("2-e1").what
        #expect(what.contains("b.csv") && what.contains("intake 1") && what.contains("a.csv"))
        #expect(try office.breaches == [])
    }

    @Test func `never takes a third copy for the first`() throws {
        let office = try TemporaryHome()
        for name in ["a.csv", "b.csv", "lockbox/a.csv"] { try office.take(name, Lockbox([.coupon(1)])) }
        #expect(try office.queue == ["2-e1 file-repeated", "3-e1 file-repeated"])
        #expect(try office.texts("SELECT repeat_of FROM intakes ORDER BY intake") == ["", "1", "1"])
        #expect(try office.standings == ["1-1 51.37 posted posted"])
    }

    @Test func `never remembers a refused file as taken in`() throws {
        let office = try TemporaryHome(nil)
        var cut = Lockbox([.coupon(1)])
        cut.hasTrailer = false
        for _ in 0..<2 { try office.take("cut.csv", cut) }
        #expect(try office.texts("SELECT state FROM intakes") == ["refused", "refused"])
        #expect(try office.queue == ["1-e1 file-truncated", "2-e1 file-truncated"])
        cut.hasTrailer = true
        try office.import(AccountBook())
        try office.take("cut.csv", cut)
        #expect(try office.standings == ["3-1 51.37 posted posted"])
        #expect(try office.breaches == [])
    }

    @Test func `never reads a refused file differently when it comes again after its cause is mended`() throws {
        let office = try TemporaryHome()
        let layout = "config/layouts/default.yaml"
        let text = try office.text(layout)
        try TemporaryHome.rewrite(layout, in: office.path, "record, lockbox", with: "record, no_such_column, lockbox")
        try office.reopen()
        try office.take("a.csv", Lockbox([.coupon(1)]))
        #expect(try office.queue == ["1-e1 format-unknown"])
        try Data(text.utf8).write(to: URL(filePath: "\(office.path)/\(layout)"))
        try office.reopen()
        try office.take("a.csv", Lockbox([.coupon(1)]))
        #expect(try office.standings == ["2-1 51.37 posted posted"])
    }

    @Test func `never posts the same check from a second file`() throws {
        let office = try TemporaryHome()
        try office.take("a.csv", Lockbox([.coupon(1), .coupon(2)]))
        try office.take("b.csv", Lockbox([.coupon(3), .coupon(1)]))
        #expect(
            try office.standings == [
                "1-1 51.37 posted posted", "1-2 52.74 posted posted", "2-1 54.11 posted posted",
                "2-2 51.37 duplicate on-hold duplicate-suspected",
            ])
        #expect(try office.journal("2-2") == ["j1 receipt cash-clearing 51.37", "j1 receipt on-hold -51.37"])
        let file = try office.object("review/open/2-2-e1/exception.json")
        let twin = try #require(file["twin"] as? [String: Any])
        #expect(twin["payment"] as? String == "1-1")
        #expect(twin["file"] as? String == "a.csv")
        #expect(twin["amount"] as? String == "51.37")
        #expect(try office.breaches == [])
    }

    @Test func `never posts a check twice that stands twice in one file`() throws {
        let office = try TemporaryHome()
        try office.take("a.csv", Lockbox([.coupon(1), .coupon(2)], [.coupon(1), .coupon(1)]))
        #expect(
            try office.standings == [
                "1-1 51.37 posted posted", "1-2 52.74 posted posted",
                "1-3 51.37 duplicate on-hold duplicate-suspected", "1-4 51.37 duplicate on-hold duplicate-suspected",
            ])
        #expect(try office.payment("1-4").twin?.description == "1-1")
        #expect(try office.breaches == [])
    }

    @Test func `never calls payments twins that share no number of their own`() throws {
        let office = try TemporaryHome()
        var plain = Check.coupon(1)
        plain.number = ""
        var otherCheck = Check.coupon(2)
        otherCheck.number = "9001"
        var otherAmount = Check.coupon(3)
        otherAmount.amount += Cents(1)
        var otherBank = Check.coupon(4)
        otherBank.bankAccount = "77000001"
        try office.take(
            "a.csv",
            Lockbox([plain, plain, .coupon(2), otherCheck, .coupon(3), otherAmount, .coupon(4), otherBank]))
        #expect(Set(try office.payments.map(\.status)) == ["posted"])
        #expect(try office.number("SELECT count(*) FROM items WHERE twin_of IS NOT NULL") == 0)
        #expect(try office.breaches == [])
    }

    @Test func `never takes a check number of zeros for a number of its own`() throws {
        let office = try TemporaryHome()
        for name in ["a.csv", "b.csv"] {
            var check = Check.coupon(1)
            check.number = "0000"
            check.payer = name
            try office.take(name, Lockbox([check]))
        }
        let twins = try office.number("SELECT count(*) FROM items WHERE status = 'duplicate'")
        #expect(twins == 0)
    }

    @Test func `never misses a twin for the zeros before its check number`() throws {
        let office = try TemporaryHome()
        for (name, number) in [("a.csv", "3001"), ("b.csv", "003001")] {
            var check = Check.coupon(1)
            check.number = number
            try office.take(name, Lockbox([check]))
        }
        let status = try office.payment("2-1").status
        #expect(status == "duplicate")
    }

    @Test func `never loses sight of a check that was judged not ours`() throws {
        let office = try TemporaryHome()
        var stray = Check(Cents(4_400), number: "71", bankAccount: "55500001")
        try office.take("a.csv", Lockbox([stray]))
        #expect(try office.decide("1-1-e1", "not-ours") == nil)
        stray.memo = "again"
        try office.take("b.csv", Lockbox([stray]))
        let status = try office.payment("2-1").status
        #expect(status == "duplicate")
    }

    @Test func `never holds two credits that differ in nothing but their ids`() throws {
        let office = try TemporaryHome()
        try office.drop(
            "eft.xml",
            Notification(credits: [
                .init(1, endToEnd: "E-1"), .init(1, endToEnd: "E-2"), .init(2, endToEnd: "E-3"),
                .init(2, endToEnd: "E-3"),
            ]).text)
        try office.run()
        #expect(try office.payments.map(\.status) == ["posted", "posted", "posted", "duplicate"])
        #expect(try office.payment("1-4").twin?.description == "1-3")
        #expect(try office.breaches == [])
    }
}
