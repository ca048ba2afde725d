import Model
import Testing

@testable import Formats

/// Bytes and reports drawn at random from a printed seed.
struct BAI2RandomTests {
    @Test func `no random bytes stop the reader or depend on the cut`() {
        var random = SeededGenerator(seed: CamtTesting.seed("random BAI2 bytes"))
        let words = [
            "01,", "02,", "03,", "16,", "49,", "88,", "98,", "99,", "/", "/\n", "\n", "\r", ",", ",,", " ", "142",
            "100",
            "V", "D", "S", "Z", "260301", "USD", "500", "-5", "TEXT", "\u{1A}", BAI2Testing.fileHeader + "\n",
            BAI2Testing.groupHeader + "\n",
        ]
        for number in 1...2000 {
            var bytes = number % 2 == 0 ? Array((BAI2Testing.fileHeader + "\n").utf8) : []
            for _ in 0..<Int.random(in: 1...40, using: &random) {
                if number % 5 == 0 {
                    bytes.append(.random(in: 0...255, using: &random))
                } else {
                    bytes += Array(words.randomElement(using: &random)!.utf8)
                }
            }
            let whole = BAI2Testing.read(bytes)
            let cuts = (0..<4).map { _ in Int.random(in: 0...bytes.count, using: &random) }.sorted()
            guard BAI2Testing.read(bytes, cuts: cuts) != whole else { continue }
            Issue.record("case \(number) differs when cut at \(cuts): \(String(decoding: bytes, as: UTF8.self))")
        }
    }

    @Test func `no random report gives other items than were written`() {
        var random = SeededGenerator(seed: CamtTesting.seed("random BAI2 reports"))
        for number in 1...300 {
            let report = RandomReport(using: &random)
            let reading = LayoutTesting.read(Array(report.text.utf8), among: [bai2])
            let told = reading.items.map { "\($0.amount?.rawValue ?? -1) \($0.direction.rawValue) \($0.memo)" }
            guard !reading.isSpotless || told != report.items else { continue }
            Issue.record("report \(number): \(reading.camtText)\n\(report.text)")
            return
        }
    }
}

/// A report of one account whose items are known.
private struct RandomReport {
    let text: String
    private(set) var items: [String] = []

    init(using random: inout SeededGenerator) {
        let funds = ["", "Z", "0", "1", "2", "S,10,20,30", "V,260303,", "V,260303,2400", "D,2,0,5,1,6", "D,0"]
        let texts = ["", "PLAIN", "A/B", "A, B, \"C\"", "/ LEADS", "1/2 / 3"]
        var sum = 0
        var lines: [String] = []
        for _ in 0..<Int.random(in: 0...12, using: &random) {
            let amount = Int.random(in: 0...99_999_999, using: &random)
            let isCredit = Bool.random(using: &random)
            let code = (isCredit ? ["142", "115", "195", "399", "172"] : ["451", "475", "555", "698"])
                .randomElement(using: &random)!
            let parts = (0..<Int.random(in: 1...3, using: &random)).map { _ in texts.randomElement(using: &random)! }
            let ends = parts.map { _ in ["", "/", "  /"].randomElement(using: &random)! }
            let body = zip(parts, ends).map { $0 + $1 }.joined(separator: "\n88,")
            lines.append("16,\(code),\(amount),\(funds.randomElement(using: &random)!),,,\(body)")
            let memo = parts.filter { !$0.isEmpty }.joined(separator: " ")
            items.append("\(amount) \(isCredit ? "credit" : "debit") \(memo)")
            sum += amount
        }
        let balance = Int.random(in: -9999...9999, using: &random)
        let account = "03,4001234567,USD,010,\(balance),,,100,000,0,/"
        let count = ([account] + lines).joined(separator: "\n").split(separator: "\n").count + 1
        let total = sum + balance
        let all =
            [BAI2Testing.fileHeader, BAI2Testing.groupHeader, account] + lines + [
                "49,\(total),\(count)/", "98,\(total),1,\(count + 2)/", "99,\(total),1,\(count + 4)/",
            ]
        let end = ["\n", "\r\n", "\r"].randomElement(using: &random)!
        text = all.joined(separator: "\n").replacing("\n", with: end)
    }
}
