import Ledger
import Model
import Pipeline
import Testing

/// Days that a bank tells twice, made at random: many payments alike, some with a number, some told with it once only.
struct RetoldRandomTests {
    private static func day(_ random: inout SeededRandom) -> [BankReport.Detail] {
        (0..<1 + random.below(9)).map { index in
            // A number is one payment's; amounts and texts are of few.
            let reference = random.chance(50) ? "R\(index)" : ""
            var detail = BankReport.Detail.credit(1 + random.below(2), reference: reference)
            if random.chance(20) { detail.text = "NO NAME" }
            if random.chance(10) { detail.code = 115 }
            return detail
        }
    }

    /// A part of a day, in another order; the bank may not know a number yet.
    private static func early(_ day: [BankReport.Detail], _ random: inout SeededRandom) -> [BankReport.Detail] {
        day.filter { _ in random.chance(70) }.map { detail in
            var detail = detail
            if random.chance(15) { detail.reference = "" }
            return detail
        }.shuffled(using: &random)
    }

    private static func report(_ details: [BankReport.Detail], _ modifier: Int, _ number: Int) -> String {
        var report = BankReport(modifier: modifier, number: number)
        report.details = details
        return report.text
    }

    @Test(arguments: [UInt64(5), UInt64.random(in: 6...UInt64.max)])
    func `never credits more or less than the closed day`(seed: UInt64) throws {
        print("retold: seed \(seed)")
        var random = SeededRandom(seed)
        for _ in 0..<25 {
            let day = Self.day(&random)
            var files = [
                Self.report(Self.early(day, &random), 4, 1), Self.report(day.shuffled(using: &random), 2, 2),
            ]
            if random.chance(50) { files.swapAt(0, 1) }
            let office = try TemporaryHome()
            for (index, file) in files.enumerated() {
                try office.drop("\(index)", file)
                try office.run()
            }
            let standing = try office.payments.filter { $0.books != "none" }.map(\.amount.rawValue).sorted()
            #expect(standing == day.map(\.amount.rawValue).sorted(), "\(files)")
            #expect(try office.queue.allSatisfy { !$0.contains("duplicate") }, "\(files)")
            #expect(try office.breaches == [])
        }
    }
}
