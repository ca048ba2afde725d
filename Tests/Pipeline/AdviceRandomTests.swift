import Ledger
import Model
import Pipeline
import Testing

/// Payments, advices and strangers' payments of the same amounts, in any order and any number of runs: a payment posts
/// to what its own payer told of it, or it waits.
struct AdviceRandomTests {
    private struct Truth {
        var payer: String
        var number: String?
        /// Accounts of the book; none of a stranger.
        var accounts: [Int]
        var amount: Cents
        var hasAdvice = true
        var bills: Set<String> { Set(accounts.map(AccountBook.bill)) }
    }

    private static let payers = ["MILL CREEK FOODS", "RIDGELINE PROPE", "TARN BAKERY CO", "HOLLOW OAK LLC"]
    private static let strangers = ["QUARRY SUPPLY", "NORTH DOCK CO"]

    private func truths(_ random: inout SeededRandom) -> [Truth] {
        var truths: [Truth] = []
        for group in 0..<6 {
            let accounts = [group * 2 + 1, group * 2 + 2]
            let number = random.below(3) == 0 ? nil : "99001770\(group)"
            truths.append(
                Truth(
                    payer: Self.payers[random.below(4)], number: number, accounts: accounts,
                    amount: accounts.map(AccountBook.amount).sum, hasAdvice: random.below(5) > 0))
            guard random.below(2) == 0 else { continue }
            let other = random.below(2) == 0 ? "88001770\(group)" : nil
            truths.append(
                Truth(
                    payer: Self.strangers[random.below(2)], number: other, accounts: [], amount: truths.last!.amount,
                    hasAdvice: false))
        }
        return truths
    }

    private func credit(_ truth: Truth, _ place: Int) -> String {
        var entry = ACHFile.Entry(paying: truth.amount, trace: "0710005000000\(10 + place)")
        if let number = truth.number { entry.addenda = ["05TRN*1*\(number)*1555666777~"] }
        var file = ACHFile(entry)
        (file.companyName, file.company, file.entryClass, file.batch) = (truth.payer, "1555666777", "CCD", place + 1)
        return file.text
    }

    private func advice(_ truth: Truth) -> String {
        let segments =
            ["ST*820*0001", "BPR*I*\(truth.amount)*C*ACH*CTX***********20260303"]
            + (truth.number.map { ["TRN*1*\($0)*1555666777"] } ?? []) + ["N1*PR*\(truth.payer) Inc"]
            + truth.accounts.map { "RMR*IV*\(AccountBook.bill($0))**\(AccountBook.amount($0))" }
        return (segments + ["SE*\(segments.count + 1)*0001"]).map { $0 + "~" }.joined(separator: "\n") + "\n"
    }

    @Test(arguments: 1...8)
    func `never posts to what another payer told, in whatever order they come`(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let truths = truths(&random)
        var files = truths.enumerated().map { (name: "p\($0)", text: credit($1, $0)) }
        for (place, truth) in truths.enumerated() where truth.hasAdvice { files.append(("a\(place)", advice(truth))) }
        files.shuffle(using: &random)
        let office = try TemporaryHome(AccountBook(accounts: 12))
        for (place, file) in files.enumerated() {
            try office.drop("\(place + 10)-\(file.name)", file.text)
            if random.below(3) == 0 { try office.run() }
        }
        try office.run()
        var posted = 0
        for line in try office.payments where line.status != "rejected" {
            let place = try #require(line.file.split(separator: "-").last?.dropFirst()).description
            let truth = truths[try #require(Int(place))]
            let bills = Set(line.allocations.compactMap(\.bill))
            #expect(bills.isEmpty || bills == truth.bills, "seed \(seed), \(line.file)")
            if !bills.isEmpty { posted += 1 }
            // A number leaves nothing to guess.
            if truth.number != nil, truth.hasAdvice { #expect(line.status == "posted", "seed \(seed), \(line.file)") }
        }
        #expect(posted > 0)
        #expect(try office.breaches == [])
    }
}
