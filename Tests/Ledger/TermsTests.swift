import Foundation
import Model
import Testing

@testable import Ledger

/// What is agreed about an account, as it stands on a day and after payments.
struct TermsTests {
    private static let account = Books.accounts[0]
    private static let day = Books.day

    private static func plan(
        _ transaction: Transaction, remaining: Int64? = 600, bills: [String] = [], from: CivilDate? = nil,
        until: CivilDate? = nil, status: StatedPlan.Status = .active, lastBatch: Int64? = nil, extract: Int64 = 1
    ) throws {
        let plan = PaymentPlan(
            number: "P", instalment: Cents(50), nextDueOn: day, stated: remaining.map { Cents($0) }, bills: bills)
        try transaction.load(
            StatedPlan(account: account, plan: plan, from: from, until: until, status: status, more: "{}"),
            extract: extract, lastPostingBatch: lastBatch)
    }

    private static func pledge(
        _ transaction: Transaction, lastBatch: Int64? = nil, status: StatedPledge.Status = .open
    ) throws {
        try transaction.load(
            StatedPledge(
                account: account, pledge: Pledge(number: "L", agency: "Hill County", amount: Cents(70)), from: nil,
                until: nil, status: status, more: "{}"), extract: 1, lastPostingBatch: lastBatch)
    }

    @Test func `never shows what is not in force`() throws {
        let books = try Books()
        try books.ledger.write { transaction in
            #expect(try !transaction.hasTerms())
            #expect(try transaction.terms(of: Self.account, on: Self.day) == nil)
            try Self.plan(transaction, from: Self.day, until: Self.day)
            #expect(try transaction.hasTerms())
            #expect(try transaction.accountsWithTerms() == [Self.account])
            for (days, counts) in [(-1, false), (0, true), (1, false)] {
                let terms = try transaction.terms(of: Self.account, on: Self.day.advanced(by: days))
                #expect((terms?.plans.count == 1) == counts, "\(days)")
            }
            for status in StatedPlan.Status.allCases where status != .active {
                try Self.plan(transaction, status: status)
                #expect(try transaction.terms(of: Self.account, on: Self.day) == nil, "\(status)")
            }
            try Self.plan(transaction, remaining: 0)
            #expect(try transaction.terms(of: Self.account, on: Self.day) == nil, "nothing is left of it")
        }
    }

    @Test func `never expects again what was posted since, nor forgets what the billing system knew`() throws {
        let books = try Books()
        try books.ledger.write { transaction in
            try Self.plan(transaction, bills: ["B1"])
            try Self.pledge(transaction)
            try transaction.load(
                StatedTurnOff(
                    account: Self.account,
                    turnOff: TurnOff(order: "O", visitOn: Self.day, window: "08:00-12:00", amountToStop: Cents(100)),
                    status: .open, more: "{}"), extract: 1, lastPostingBatch: nil)
        }
        // Batch 1 is the last when they are stated, so its payments are known.
        try books.post([Books.item(1, 20, books: .posted, parts: Books.parts(1, bill: 20))])
        func terms() throws -> AccountTerms {
            try #require(try books.ledger.read { try $0.terms(of: Self.account, on: Self.day) })
        }
        #expect(try terms().plans[0].paid == .zero)
        #expect(try terms().pledges.count == 1)
        #expect(try terms().turnOffs[0].amountToStop == Cents(100))
        // Of 70.00 that came since, 60.00 went to the plan's bill: the pledge is met, the order nearly.
        try books.ledger.write { transaction in
            try transaction.run("UPDATE plans SET stated_after = 0")
            try transaction.run("UPDATE pledges SET stated_after = 0")
            try transaction.run("UPDATE turnoffs SET stated_after = 0")
        }
        #expect(try terms().plans[0].paid == Cents(20))
        #expect(try terms().plans[0].remaining == Cents(580))
        #expect(try terms().plans[0].instalmentLeft == Cents(30))
        #expect(try terms().pledges.count == 1, "20 is not what was pledged")
        #expect(try terms().turnOffs[0].amountToStop == Cents(80))
        let waiting = [
            [
                Part(account: Self.account, bill: "B1", kind: .bill, cents: Cents(60)),
                Part(account: Self.account, bill: nil, kind: .credit, cents: Cents(10)),
            ]
        ]
        let more = try #require(
            try books.ledger.read { try $0.terms(of: Self.account, on: Self.day, waiting: waiting) })
        #expect(more.plans[0].paid == Cents(80))
        #expect(more.plans[0].instalmentLeft == .zero)
        #expect(more.pledges.isEmpty)
        #expect(more.turnOffs[0].amountToStop == Cents(10))
    }

    @Test func `never forgets its own postings when a plan is stated again without a batch`() throws {
        let books = try Books()
        try books.ledger.write { transaction in
            try Self.plan(transaction, lastBatch: 0)
            try Self.pledge(transaction, lastBatch: 0)
        }
        func after(_ table: String) throws -> String { try books.texts("SELECT stated_after FROM \(table)")[0] }
        try books.ledger.write { transaction in
            try Self.plan(transaction)
            try Self.pledge(transaction)
        }
        #expect(try [after("plans"), after("pledges")] == ["0", "0"])
        try books.ledger.write { transaction in
            try Self.plan(transaction, remaining: 550)
            try Self.pledge(transaction, status: .cancelled)
        }
        #expect(try [after("plans"), after("pledges")] == ["1", "1"], "what changed knows of all")
    }

    @Test func `never ends what an increment does not list, nor keeps what a full extract leaves out`() throws {
        let books = try Books()
        try books.ledger.write { transaction in
            try Self.plan(transaction)
            let second = try transaction.openExtract(at: Books.at, files: "", asOf: nil, lastPostingBatch: nil)
            #expect(try transaction.terms(of: Self.account, on: Self.day) != nil)
            #expect(try transaction.end(.plans, notIn: second) == 1)
            #expect(try transaction.end(.plans, notIn: second) == 0)
            #expect(try transaction.terms(of: Self.account, on: Self.day) == nil)
            try Self.plan(transaction, extract: second)
            #expect(try transaction.end(.plans, notIn: second) == 0)
            #expect(try transaction.terms(of: Self.account, on: Self.day) != nil)
        }
        #expect(try books.texts("SELECT count(*) FROM plans") == ["1"], "nothing is ever deleted")
    }

    @Test func `never takes a bill that is owed for credit`() throws {
        let books = try Books()
        try books.ledger.write { transaction in
            #expect(try transaction.terms(of: Self.account, on: Self.day) == nil)
            try transaction.run(
                "INSERT INTO bills VALUES (?, 'BC', 'water', NULL, NULL, -700, -700, 0, -700, 1)", .text(Self.account))
            #expect(try transaction.terms(of: Self.account, on: Self.day)?.credit == Cents(700))
        }
    }
}
