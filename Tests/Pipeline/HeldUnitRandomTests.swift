import Ledger
import Model
import Review
import Testing

@testable import Pipeline

/// Conservation over units, differences and decisions that nobody thought of.
struct HeldUnitRandomTests {
    @Test(arguments: [UInt64(5), 6, UInt64.random(in: 7...UInt64.max)])
    func `never changes a bank day and never loses a cent, whatever is decided of held units`(seed: UInt64) throws {
        print("held units: seed \(seed)")
        var random = SeededRandom(seed)
        let office = try TemporaryHome(AccountBook(accounts: 12))
        for day in 0..<6 {
            try office.take("\(day).csv", Self.file(&random, day))
            #expect(try office.breaches == [])
            var credited = try office.credited
            for _ in 0..<12 {
                guard let view = try office.exceptions.filter({ $0.heldUnit != nil }).randomElement(using: &random)
                else { break }
                let json = try Self.decision(view, &random, office)
                let refusal = try office.decide(json)
                // Only what another file tells again leaves the books with its credit.
                if json.contains("reject-file"), refusal == nil { credited = try office.credited }
                #expect(try office.credited == credited, "seed \(seed): \(json)")
                #expect(try office.breaches == [], "seed \(seed): \(json), \(refusal ?? "carried out")")
            }
        }
        try office.run()
        #expect(try office.breaches == [])
        let carriedOut = try office.number("SELECT count(*) FROM decisions WHERE action IN ('accept-batch', 'correct')")
        #expect(carriedOut > 0, "seed \(seed) tries nothing")
    }

    private static func file(_ random: inout SeededRandom, _ day: Int) -> Lockbox {
        var file = Lockbox(
            batches: (0..<(random.below(3) + 1)).map { _ in
                (0..<(random.below(4) + 1)).map { _ in
                    var check = Check.coupon(random.below(12) + 1, check: random.below(4) * 50)
                    if random.chance(30) { check.amount = Cents(Int64(random.below(9_000)) + 1) }
                    if random.chance(20) { check.account = "" }
                    if random.chance(30) { (check.number, check.bankAccount) = ("", "") }
                    return check
                }
            })
        // Some days are sent again with something put right.
        file.date = "2026-03-0\(random.below(2) + 2)"
        var total = Cents.zero
        for (index, batch) in file.batches.enumerated() {
            let sum = batch.map(\.amount).sum
            if random.chance(60) { file.batchTotals[index + 1] = max(Cents(1), sum + apart(&random)) }
            total += file.batchTotals[index + 1] ?? sum
        }
        file.fileTotal = random.chance(20) ? total + Cents(Int64(random.below(500)) + 1) : total
        return file
    }

    private static func apart(_ random: inout SeededRandom) -> Cents {
        Cents(Int64(random.below(20_000)) - 10_000)
    }

    private static func decision(
        _ view: ExceptionView, _ random: inout SeededRandom, _ office: TemporaryHome
    ) throws -> String {
        if random.chance(20), let proposal = view.proposals.randomElement(using: &random) {
            return proposal.decision.line
        }
        let unit = try #require(view.heldUnit)
        if random.chance(40),
            let item = try office.home.ledger.read({ try $0.heldItems(of: unit) })
                .randomElement(using: &random)
        {
            let exact = item.amount + unit.difference
            let amount = random.chance(50) && exact >= .zero ? exact : Cents(Int64(random.below(12_000)))
            let share = #"{"account": "\#(AccountBook.account(random.below(12) + 1))", "amount": "\#(amount)"}"#
            let shares = random.chance(50) && amount > .zero ? #", "allocations": [\#(share)]"# : ""
            let truth = #""payment": "\#(item.payment)", "amount": "\#(amount)"\#(shares)"#
            return #"{"exception": "\#(view.id)", "action": "correct", \#(truth)}"#
        }
        if random.chance(10) { return #"{"exception": "\#(view.id)", "action": "reject-file", "note": "told again"}"# }
        let isClaim = view.reason == "difference-claimed"
        return accepting(view.id, isClaim ? view.amount ?? .zero : unit.difference, &random)
    }

    /// Names a difference in some parts, now and then a cent wrong.
    private static func accepting(_ id: String, _ difference: Cents, _ random: inout SeededRandom) -> String {
        var left = difference + Cents(random.chance(15) ? 1 : 0)
        var parts: [String] = []
        while left != .zero, parts.count < 4 {
            let part = parts.count == 3 ? left : Cents(Int64(random.below(Int(left.magnitude.rawValue) + 1))) + Cents(1)
            let signed = parts.count == 3 || part >= left.magnitude ? left : left < .zero ? -part : part
            let kind =
                signed > .zero
                ? random.pick(["missing-item", "bank-error", "over-short"])
                : random.pick(["bank-error", "over-short"])
            let account =
                kind == "missing-item" && random.chance(50)
                ? #", "account": "\#(AccountBook.account(random.below(12) + 1))""# : ""
            parts.append(#"{"kind": "\#(kind)", "amount": "\#(signed)"\#(account)}"#)
            left -= signed
        }
        let differences = #""differences": [\#(parts.joined(separator: ", "))]"#
        return #"{"exception": "\#(id)", "action": "accept-batch", "note": "seen", \#(differences)}"#
    }
}
