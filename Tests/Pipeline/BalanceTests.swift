import Ledger
import Model
import Pipeline
import Review
import Testing

/// Promise 3: nothing is posted that does not balance; the smallest unit out of balance is held whole.
struct BalanceTests {
    @Test func `never posts an item of a batch out of balance`() throws {
        let office = try TemporaryHome()
        var file = Lockbox([.coupon(1), .coupon(2)], [.coupon(3)])
        file.batchTotals[1] = AccountBook.amount(1) + AccountBook.amount(2) + Cents(100)
        file.fileTotal = file.batchTotals[1]! + AccountBook.amount(3)
        try office.take("a.csv", file)
        #expect(
            try office.standings == [
                "1-1 51.37 held unresolved batch-out-of-balance", "1-2 52.74 held unresolved batch-out-of-balance",
                "1-3 54.11 posted posted",
            ])
        #expect(try office.queue == ["1-e1 batch-out-of-balance"])
        #expect(try office.exception("1-e1").amount == Cents(10_511))
        #expect(try unresolved(office) == Cents(10_511), "held at its declared total")
        #expect(try office.open(on: AccountBook.bill(1)) == AccountBook.amount(1))
        #expect(try office.breaches == [])
    }

    @Test func `never books a difference that the unit above contradicts`() throws {
        let office = try TemporaryHome()
        var file = Lockbox([.coupon(1), .coupon(2)], [.coupon(3)])
        file.batchTotals[1] = Cents(1)
        try office.take("a.csv", file)
        #expect(try office.queue == ["1-e1 batch-out-of-balance"])
        #expect(try unresolved(office) == AccountBook.amount(1) + AccountBook.amount(2))
        #expect(try office.payment("1-3").status == "posted")
        #expect(try office.breaches == [])
    }

    @Test(arguments: [-10_000, -1, 1, 10_000])
    func `never posts anything of a file whose total is wrong`(off: Int64) throws {
        let office = try TemporaryHome()
        var file = Lockbox([.coupon(1), .coupon(2)], [.coupon(3)])
        let sum = file.batches.joined().map(\.amount).sum
        file.fileTotal = sum + Cents(off)
        try office.take("a.csv", file)
        #expect(try office.places == ["held unresolved"])
        #expect(try office.queue == ["1-e1 file-out-of-balance"])
        #expect(try unresolved(office) == sum + Cents(off))
        #expect(try office.breaches == [])
    }

    @Test func `never leaves a held payment without the exception it waits on`() throws {
        let office = try TemporaryHome()
        var file = Lockbox([.coupon(1)], [.coupon(2)])
        file.fileTotal = Cents(1)
        try office.take("a.csv", file)
        let line = try #require(try office.payments.first)
        let exception = try office.home.ledger.read { try $0.exceptionID(of: line.payment, batch: line.batchKey) }
        #expect(exception == "1-e1")
    }

    @Test func `never posts a credit of an entry whose amount is wrong`() throws {
        let office = try TemporaryHome()
        var notification = Notification(credits: [.init(1, endToEnd: "E-1"), .init(2, endToEnd: "E-2")])
        notification.total = Cents(10_000)
        try office.drop("eft.xml", notification.text)
        try office.run()
        #expect(try office.places == ["held unresolved"])
        #expect(try unresolved(office) == Cents(10_000))
        #expect(try office.queue.count == 1)
        #expect(try office.breaches == [])
    }

    @Test func `never holds money for a count that is wrong`() throws {
        let office = try TemporaryHome()
        var file = Lockbox([.coupon(1), .coupon(2)])
        file.batchCounts[1] = 3
        file.fileCount = 7
        try office.take("a.csv", file)
        #expect(Set(try office.payments.map(\.status)) == ["posted"])
        #expect(
            try office.texts("SELECT reason || ' ' || severity FROM faults") == [
                "count-wrong fault", "count-wrong fault",
            ])
        #expect(try office.queue == [])
    }

    @Test func `never posts an item whose remittance lines do not sum to it`() throws {
        let office = try TemporaryHome()
        var right = Check(AccountBook.amount(1) + AccountBook.amount(2), number: "1", bankAccount: "9900001")
        right.lines = [1, 2].map { (AccountBook.bill($0), AccountBook.amount($0)) }
        var wrong = right
        wrong.number = "2"
        wrong.lines = [3, 4].map { (AccountBook.bill($0), AccountBook.amount($0)) }
        try office.take("a.csv", Lockbox([right, wrong]))
        #expect(
            try office.standings == [
                "1-1 104.11 posted posted", "1-2 104.11 held unresolved item-out-of-balance",
            ])
        #expect(try office.payment("1-1").allocations.map(\.bill) == [AccountBook.bill(1), AccountBook.bill(2)])
        #expect(try office.open(on: AccountBook.bill(3)) == AccountBook.amount(3))
        #expect(try office.queue == ["1-2-e1 item-out-of-balance"])
        #expect(try office.breaches == [])
    }

    /// What stands in unresolved.
    private func unresolved(_ office: TemporaryHome) throws -> Cents {
        -Cents(try office.number("SELECT sum(amount_cents) FROM journal_lines WHERE ledger_account = 'unresolved'"))
    }
}
