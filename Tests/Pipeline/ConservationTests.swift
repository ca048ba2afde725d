import Files
import Foundation
import Ledger
import Model
import Pipeline
import Review
import Testing

/// Promises 1, 2 and 9 over files that nobody thought of.
struct ConservationTests {
    @Test(arguments: [UInt64(7), 8, UInt64.random(in: 9...UInt64.max)])
    func `never loses or doubles a cent of a random file`(seed: UInt64) throws {
        print("conservation: seed \(seed)")
        var random = SeededRandom(seed)
        let office = try TemporaryHome(Self.book(&random))
        var told: [Check] = []
        for day in 0..<3 {
            for n in 0..<3 {
                let (file, checks) = Self.file(&random)
                try office.drop("\(day)-\(n).csv", file)
                let before = try office.number("SELECT count(*) FROM intakes WHERE state = 'applied'")
                try office.run()
                if try office.number("SELECT count(*) FROM intakes WHERE state = 'applied'") > before { told += checks }
                #expect(try office.breaches == [])
            }
            try Self.decide(&random, office)
            #expect(try office.breaches == [])
            office.now = Moment(seconds: office.now.seconds + 86_400)
        }
        try office.run()
        #expect(try office.breaches == [])
        #expect(try office.payments.count == told.count)
        #expect(try office.payments.map(\.amount) == told.map(\.amount))
        try Self.expectEachCentOnce(office)
        try Self.expectBillsToBePaidByAllocations(office)
    }

    /// Every item's cents stand in exactly one place of the books, counted here from the journal alone.
    private static func expectEachCentOnce(_ office: TemporaryHome) throws {
        for line in try office.payments {
            var places: [String: Int64] = [:]
            for entry in try office.home.ledger.read({ try $0.journal(of: line.payment) }) {
                places[entry.line.ledgerAccount.rawValue, default: 0] += entry.line.cents.rawValue
            }
            let cash = places.removeValue(forKey: "cash-clearing") ?? 0
            let standing = places.filter { $0.value != 0 }
            #expect(standing.values.reduce(0, +) == -cash, "payment \(line.payment)")
            #expect(cash == (line.books == "none" ? 0 : line.amount.rawValue), "payment \(line.payment)")
            let given = line.allocations.map(\.cents).sum
            #expect(given == (line.books == "posted" ? line.amount : .zero), "payment \(line.payment)")
            if line.books != "posted", line.books != "none" {
                #expect(standing == [line.books: -line.amount.rawValue], "payment \(line.payment)")
            }
        }
    }

    private static func expectBillsToBePaidByAllocations(_ office: TemporaryHome) throws {
        let wrong = try office.texts(
            """
            SELECT bill FROM bills b WHERE open_cents <> stated_cents
                - (SELECT ifnull(sum(amount_cents), 0) FROM allocations a WHERE a.bill = b.bill)
            """)
        #expect(wrong == [])
    }

    @Test(arguments: [UInt64(21), UInt64.random(in: 22...UInt64.max)])
    func `never gives other bytes for the same files`(seed: UInt64) throws {
        print("determinism: seed \(seed)")
        func office() throws -> TemporaryHome {
            var random = SeededRandom(seed)
            let key = Data((0..<32).map { UInt8($0) })
            let office = try TemporaryHome(
                Self.book(&random),
                configure: { try key.write(to: URL(filePath: "\($0)/config/secret.key")) })
            for day in 0..<3 {
                for n in 0..<2 { try office.drop("\(day)-\(n).csv", Self.file(&random).file) }
                try office.run()
                try Self.decide(&random, office)
                office.now = Moment(seconds: office.now.seconds + 86_400)
            }
            try office.run()
            return office
        }
        let (first, second) = (try office(), try office())
        #expect(try first.ledger == second.ledger)
        let files = try first.files("review", "outbox", "archive", "documents")
        #expect(files.count > 10)
        #expect(try second.files("review", "outbox", "archive", "documents") == files)
        #expect(
            try first.texts("SELECT chain FROM audit ORDER BY place DESC LIMIT 1").map(\.count)
                == second.texts("SELECT chain FROM audit ORDER BY place DESC LIMIT 1").map(\.count))
    }
}

// MARK: What is random

extension ConservationTests {
    private static func book(_ random: inout SeededRandom) -> AccountBook {
        var book = AccountBook(accounts: 30)
        for n in 1...30 {
            if random.chance(10) { book.changeAccount(n) { $0.cashOnly = true } }
            if random.chance(10) { book.changeAccount(n) { $0.status = "closed" } }
            if random.chance(20) { book.changeAccount(n) { $0.customer = "C1001" } }
            if random.chance(10) { book.flags.append("\(AccountBook.account(n)),dispute,,,D-\(n),") }
            if random.chance(20) { book.changeBill(n) { $0.balance = .zero } }
            if random.chance(10) { book.changeAccount(n) { $0.status = "written-off" } }
            if random.chance(20) {
                let bill = random.chance(50) ? AccountBook.bill(n) : ""
                book.plans.append("\(AccountBook.account(n)),P-\(n),court,\(10 + n).13,,\(n * 20).00,\(bill)")
            }
        }
        return book
    }

    /// A file with right and wrong totals, twins, misreads, splits; what it tells where it is taken in.
    private static func file(_ random: inout SeededRandom) -> (file: Lockbox, checks: [Check]) {
        var batches: [[Check]] = []
        for _ in 0..<(random.below(3) + 1) { batches.append((0..<(random.below(6) + 1)).map { _ in check(&random) }) }
        var file = Lockbox(batches: batches)
        if random.chance(15) { file.batchTotals[1] = Cents(Int64(random.below(50_000))) }
        if random.chance(10) { file.batchCounts[batches.count] = random.below(9) }
        if random.chance(10) { file.fileTotal = Cents(Int64(random.below(90_000))) }
        if random.chance(10) { file.hasTrailer = false }
        return (file, file.hasTrailer ? Array(batches.joined()) : [])
    }

    private static func check(_ random: inout SeededRandom) -> Check {
        let n = random.below(32) + 1
        var check = Check.coupon(n, check: random.below(3) * 100)
        switch random.below(10) {
        case 0: check.amount = Cents(Int64(random.below(20_000)))
        case 1: check.account = String(check.account.dropLast()) + String(random.below(10))
        case 2: check.account = ""
        case 3:
            (check.account, check.memo) = ("", "acct \(check.account)")
        case 4: check.account = check.account.prefix(4) + "?" + check.account.dropFirst(5)
        case 5:
            let other = random.below(30) + 1
            check.account = ""
            check.lines = [n, other].map { (AccountBook.bill($0), AccountBook.amount($0)) }
            check.amount = AccountBook.amount(n) + AccountBook.amount(other) + Cents(Int64(random.below(2)))
        default: break
        }
        if random.chance(10) { check.bankAccount = "88000001" }
        if random.chance(20) { check.payer = "Pat Brandt" }
        return check
    }

    /// Decides half of what is open, somehow; refusals are fine.
    private static func decide(_ random: inout SeededRandom, _ office: TemporaryHome) throws {
        for view in try office.exceptions.sorted(by: { $0.id < $1.id }) where random.chance(50) {
            let account = AccountBook.account(random.below(30) + 1)
            let amount = view.amount ?? .zero
            let half = Cents(amount.rawValue / 2)
            switch random.below(6) {
            case 0: try office.decide(view.id, "post", ["\(account)=\(amount)"])
            case 1: try office.decide(view.id, "split", ["\(account)=\(half)", "\(account)=\(amount - half)"])
            case 2: try office.decide(view.id, "credit", ["\(account)=\(amount)"])
            case 3: try office.decide(view.id, "not-ours")
            case 4: try office.decide(view.id, "duplicate", kind: random.pick(["told-twice", "paid-twice", nil]))
            default: try office.decide(view.id, "suspense")
            }
        }
    }
}
