import Ledger
import Model
import Pipeline
import Review
import Testing

/// An office's three days with known truth: what posts by itself is right, and people can settle the rest.
struct SmallWorldTests {
    @Test(arguments: [UInt64(1), 2])
    func `never posts to a wrong account, nor loses an item, in three days`(seed: UInt64) throws {
        print("small world: seed \(seed)")
        let world = SmallWorld(seed: seed)
        let office = try TemporaryHome(nil)
        var posted = 0
        var all = 0
        for (index, day) in world.days.enumerated() {
            let date = "2026-03-0\(index + 2)"
            office.now = try #require(Moment(iso: date + "T20:00:00Z"))
            if index != 1 { try office.import(day.book) }
            try office.take("day-\(index + 1).csv", day.file(on: date))
            posted += try Self.expectRight(office, day)
            all += day.facts.count
            try Self.settle(office, world)
            #expect(try office.breaches == [])
        }
        try office.run()
        #expect(try office.breaches == [])
        print("small world: \(posted) of \(all) posted without a person")
        #expect(posted * 100 >= all * 85)
        try Self.expectTruth(office, world)
    }

    @Test(arguments: [UInt64(3), 4])
    func `never decides in memory what it would not decide in the ledger`(seed: UInt64) throws {
        print("small world in memory and in the ledger: seed \(seed)")
        var world = SmallWorld(seed: seed)
        world.agree(seed: seed)
        let inMemory = try TemporaryHome(nil)
        let inLedger = try TemporaryHome(nil) { home in
            try TemporaryHome.rewrite(
                "config/sluice.yaml", in: home, "memory_accounts: 2000000", with: "memory_accounts: 0")
        }
        for office in [inMemory, inLedger] {
            for (index, day) in world.days.enumerated() {
                let date = "2026-03-0\(index + 2)"
                office.now = try #require(Moment(iso: date + "T20:00:00Z"))
                if index != 1 { try office.import(day.book) }
                try office.take("day-\(index + 1).csv", day.file(on: date))
            }
        }
        #expect(try inMemory.ledger == inLedger.ledger)
        #expect(try inMemory.payments.map { "\($0)" } == inLedger.payments.map { "\($0)" })
        #expect(try inMemory.files("review", "outbox") == inLedger.files("review", "outbox"))
        for table in ["bills", "payer_memory", "candidates"] {
            // Not the keys of payers: each home has a secret of its own.
            let rows = "SELECT json_array(\(Self.columns[table]!)) FROM \(table) ORDER BY 1"
            #expect(try inMemory.texts(rows) == inLedger.texts(rows), "\(table)")
        }
        #expect(try inMemory.breaches == [])
    }

    private static let columns = [
        "bills": "account, bill, open_cents", "payer_memory": "account, times, last_on",
        "candidates": "payment, place, account, score, evidence, posting",
    ]

    /// The facts of a payment's day, by its intake and place.
    private static func fact(_ payment: PaymentID, _ world: SmallWorld) -> SmallWorld.Fact {
        world.days[Int(payment.intake) - 1].facts[Int(payment.place) - 1]
    }

    private static func shares(_ line: PaymentLine) -> [String: Cents] {
        line.allocations.reduce(into: [:]) { $0[$1.account, default: .zero] += $1.cents }
    }

    /// Holds what posted by itself against the truth; how many there were.
    private static func expectRight(_ office: TemporaryHome, _ day: SmallWorld.Day) throws -> Int {
        let intake = try office.number("SELECT max(intake) FROM intakes")
        let lines = try office.payments.filter { $0.payment.intake == intake }
        #expect(lines.count == day.facts.count)
        for (line, fact) in zip(lines, day.facts) {
            #expect(line.amount == fact.check.amount)
            if fact.truth == .toldTwice { #expect(line.status == "duplicate", "\(line.payment)") }
            guard line.status == "posted" else { continue }
            #expect(.accounts(shares(line)) == fact.truth, "\(line.payment), \(fact.kind), by \(line.rule)")
        }
        return lines.count { $0.status == "posted" }
    }

    /// Decides every open item as the truth has it.
    static func settle(_ office: TemporaryHome, _ world: SmallWorld) throws {
        for view in try office.exceptions {
            let payment = try #require(view.payment)
            let refusal =
                switch fact(payment, world).truth {
                case .others: try office.decide(view.id, "not-ours")
                case .toldTwice: try office.decide(view.id, "duplicate", kind: "told-twice")
                case .accounts(let shares):
                    try office.decide(
                        view.id, shares.count == 1 ? "post" : "split",
                        shares.sorted { $0.key < $1.key }.map { "\($0)=\($1)" })
                }
            #expect(refusal == nil, "\(view.id)")
        }
        #expect(try office.queue == [])
    }

    /// At the end every item stands where the truth puts it, and every account has what it was paid.
    private static func expectTruth(_ office: TemporaryHome, _ world: SmallWorld) throws {
        var paid: [String: Cents] = [:]
        for line in try office.payments {
            switch fact(line.payment, world).truth {
            case .others: #expect(line.books == "due-to-others")
            case .toldTwice: #expect(line.books == "none" && line.status == "duplicate")
            case .accounts(let shares):
                #expect(line.status == "posted" && Self.shares(line) == shares)
                paid.merge(shares) { $0 + $1 }
            }
        }
        for n in 1...SmallWorld.size {
            let account = AccountBook.account(n)
            let given = try office.number("SELECT sum(amount_cents) FROM allocations WHERE account = '\(account)'")
            #expect(Cents(given) == paid[account] ?? .zero)
        }
        let told = world.days.flatMap(\.facts).map(\.check.amount).sum
        let twice = world.days.flatMap(\.facts).filter { $0.truth == .toldTwice }.map(\.check.amount).sum
        let cash = try office.number(
            "SELECT sum(amount_cents) FROM journal_lines WHERE ledger_account = 'cash-clearing'")
        #expect(Cents(cash) == told - twice)
    }
}
