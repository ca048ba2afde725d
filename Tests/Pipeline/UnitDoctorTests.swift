import Ledger
import Model
import Review
import Testing

@testable import Pipeline

/// What is proposed for a unit that does not add up: the true slip first, and a decision that mends it.
struct UnitDoctorTests {
    struct Slip: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var checks: [Check]
        /// How much more is declared than the checks bring.
        var apart: Int64
        var count: Int?
        var says: String
        var action: String
        var amount: String?
    }

    private static func check(_ n: Int, _ cents: Int64) -> Check {
        Check(Cents(cents), account: AccountBook.account(n), number: "\(400 + n)", bankAccount: "\(77_000_000 + n)")
    }

    private static func printed(_ cents: Int64, due: Int64) -> Check {
        var check = Check(Cents(cents), number: "9", bankAccount: "5")
        check.scanline = AccountBook.account(4) + String(repeating: "0", count: 9 - "\(due)".count) + "\(due)"
        return check
    }

    static let slips: [Slip] = [
        Slip(
            testDescription: "an item is missing", checks: [check(1, 5_137)], apart: 4_000, count: 2,
            says: "one over 40.00 may be missing", action: "accept-batch", amount: "40.00"),
        Slip(
            testDescription: "an item stands there twice", checks: [check(1, 5_000), check(2, 700), check(1, 5_000)],
            apart: -5_000, count: nil, says: "stands there twice", action: "correct", amount: "0.00"),
        Slip(
            testDescription: "digits are transposed", checks: [check(1, 123_400), check(2, 5_000)], apart: 9_000,
            count: nil, says: "transposed", action: "correct", amount: "1324.00"),
        Slip(
            testDescription: "a sign", checks: [check(1, 5_000), check(2, 7_100)], apart: -10_000, count: nil,
            says: "may be no credit", action: "correct", amount: "0.00"),
        Slip(
            testDescription: "an account owes what was misread", checks: [check(1, 1_137), check(2, 7_001)],
            apart: 4_000, count: 2, says: "its account owes 51.37", action: "correct", amount: "51.37"),
        Slip(
            testDescription: "a scan line reads what was misread", checks: [printed(1_137, due: 6_237)], apart: 5_100,
            count: nil, says: "its scan line reads 62.37", action: "correct", amount: "62.37"),
        Slip(
            testDescription: "the point is shifted", checks: [check(1, 654), check(2, 7_001)], apart: 65_400 - 654,
            count: nil, says: "point may be shifted", action: "correct", amount: "654.00"),
        Slip(
            testDescription: "the total is of another unit", checks: [check(1, 654)], apart: 77, count: 5,
            says: "its total may be of another unit", action: "accept-batch", amount: "0.77"),
    ]

    @Test(arguments: slips) func `never fails to propose the slip`(slip: Slip) throws {
        let office = try TemporaryHome()
        try office.takeApart("a.csv", slip.checks, by: slip.apart, count: slip.count)
        let before = try office.ledger
        let view = try office.exception("1-e1")
        let found = view.proposals.filter { $0.what.contains(slip.says) }
        let proposal = try #require(found.first, "\(view.proposals.map(\.what))")
        #expect(proposal.decision.line.contains("\"\(slip.action)\""), "\(proposal.decision.line)")
        if let amount = slip.amount { #expect(proposal.decision.line.contains("\"\(amount)\"")) }
        #expect(try office.ledger == before, "nothing is applied by itself")
        #expect(try office.text("review/open/1-e1/exception.json").contains("\"proposals\""))
        #expect(try office.decide(proposal.decision.line) == nil)
        #expect(try office.breaches == [])
    }

    @Test func `never fails to see an item that stands in the neighbouring batch`() throws {
        let office = try TemporaryHome()
        var file = Lockbox([.coupon(1), .coupon(2)], [.coupon(3)])
        let moved = AccountBook.amount(2)
        file.batchTotals = [1: AccountBook.amount(1), 2: AccountBook.amount(3) + moved]
        // The file's own total is that of its batches as declared, and not of its items one by one.
        file.fileTotal = file.batches.joined().map(\.amount).sum
        try office.take("a.csv", file)
        for (id, says) in [("1-e1", "that belongs there stands here"), ("1-e2", "that belongs here stands there")] {
            let proposal = try #require(try office.exception(id).proposals.first)
            #expect(proposal.what.contains("an item over \(moved) \(says)"), "\(proposal.what)")
            #expect(try office.decide(proposal.decision.line) == nil)
        }
        #expect(try office.places == ["posted posted"])
        #expect(try office.breaches == [])
    }
}
