import Foundation
import Model
import Testing

@testable import Formats

/// What a bank is known for passes where its layout says so, is noted once, and never changes an amount.
struct DeviationTests {
    private func read(_ text: String, tolerates: [String]) throws -> LayoutReading {
        let yaml = try LayoutTesting.yaml("default") + "tolerates: [\(tolerates.joined(separator: ", "))]\n"
        return LayoutTesting.read(text, try Layout(yaml: yaml, file: "mine.yaml"))
    }

    private static let head = "record,lockbox,deposit_date,batch,item,amount,memo,line_amount\n"
    private static let row = "P,7001,2026-03-02,1,1,5.00,,\n"

    /// A deviation, the rows behind the header that show it, the reason without it, how often it is counted.
    static let cases: [(String, String, Reason?, String)] = [
        ("trailing-blanks", "P,7001,2026-03-02,1,1,5.00  ,,\nT,,,1,1,5.00 ,,\n", .amountNotNumeric, "2 times"),
        ("missing-file-trailer", row + "B,7001,2026-03-02,1,1,5.00,,\n", .fileTruncated, "once"),
        ("extra-columns", "P,7001,2026-03-02,1,1,5.00,,,\nT,,,1,1,5.00,,,, \n", .recordMalformed, "2 times"),
        ("count-wrong", row + "B,7001,2026-03-02,1,3,5.00,,\nT,,,7,9,5.00,,\n", nil, "2 times"),
        ("missing-last-newline", row + "T,,,1,1,5.00,,", nil, "once"),
    ]

    @Test(arguments: cases)
    func `passes nothing that the layout does not tolerate`(
        name: String, rows: String, reason: Reason?, times: String
    ) throws {
        #expect(try read(Self.head + rows, tolerates: []).refusal == reason)
        let reading = try read(Self.head + rows, tolerates: [name])
        #expect(reading.refusal == nil)
        #expect(reading.sum == Cents(500))
        #expect(reading.balances)
        let notes = reading.faults.filter { $0.reason == .deviationTolerated }
        #expect(notes.map(\.field) == [name])
        #expect(notes.first?.severity == .note)
        #expect(notes.first?.message.contains(times) == true)
    }

    @Test func `an amount is never cut off by a short record`() throws {
        let layout = try StatementTests.layout("amount: sum, memo: why", more: "tolerates: [short-records]")
        #expect(StatementTests.amounts(StatementTests.read("5.00;x", "sum;x;why", layout)) == [500])
        // The amount is the row's last field here, and its end may be cut with the rest.
        #expect(StatementTests.read("5.00", "sum;x;why", layout).refusal == .recordMalformed)
        let strict = try StatementTests.layout("amount: sum, memo: why")
        #expect(StatementTests.read("5.00;x", "sum;x;why", strict).refusal == .recordMalformed)
    }

    @Test func `no field that holds something is passed over`() throws {
        let reading = try read(
            Self.head + "P,7001,2026-03-02,1,1,5,25,,,\nT,,,1,1,5.25,,\n", tolerates: ["extra-columns"])
        #expect(reading.refusal != nil || !reading.balances)
        #expect(
            try read(Self.head + "P,7001,2026-03-02,1,1,5.00,,,x\nT,,,1,1,5.00,,\n", tolerates: ["extra-columns"])
                .refusal == .recordMalformed)
    }

    @Test func `a file that nothing ends is not cut short unseen`() throws {
        let layout = try StatementTests.layout("amount: sum")
        #expect(LayoutTesting.read("day;sum\n2026-03-02;5.0", layout).refusal == .fileTruncated)
        #expect(LayoutTesting.read("day;sum\n2026-03-02;5.0\n", layout).refusal == nil)
        let tolerant = try StatementTests.layout("amount: sum", more: "tolerates: [missing-last-newline]")
        #expect(LayoutTesting.read("day;sum\n2026-03-02;5.00", tolerant).refusal == nil)
    }

    @Test func `no blank amount beside a bill passes unseen`() throws {
        let file = LayoutTesting.fixtures.appending(path: "layouts/pipe-lockbox.txt")
        let yaml = try LayoutTesting.yaml("pipe-lockbox").replacing("tolerates: [blank-amount-in-line]", with: "")
        let reading = LayoutTesting.read(try LayoutTesting.bytes(file), try Layout(yaml: yaml, file: "mine.yaml"))
        #expect(reading.faults.map(\.reason) == [.fieldMissing])
        #expect(reading.faults.map(\.severity) == [.fault])
    }

    @Test func `lines of other lengths are read only where the layout says so`() throws {
        let url = LayoutTesting.fixtures.appending(path: "lockbox-bai/dialect-c.bai")
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\r\n").map(String.init)
        let long = lines.map { $0 + "  \n" }.joined()
        let yaml = try LayoutTesting.yaml("bai-lockbox-c")
        #expect(LayoutTesting.read(long, try LayoutTesting.layout("bai-lockbox-c")).refusal == .recordMalformed)
        let layout = try Layout(yaml: yaml + "tolerates: [trailing-blanks]\n", file: "mine.yaml")
        let reading = LayoutTesting.read(long, layout)
        #expect(reading.refusal == nil && reading.balances)
        #expect(reading.faults.contains { $0.field == "trailing-blanks" })
        #expect(LayoutTesting.read(lines.map { $0 + "x\n" }.joined(), layout).refusal == .recordMalformed)
    }

    @Test func `a header's count of rows is not wrong unseen`() throws {
        let url = LayoutTesting.fixtures.appending(path: "layouts/pipe-lockbox.txt")
        let text = try String(contentsOf: url, encoding: .utf8)
        let layout = try LayoutTesting.layout("pipe-lockbox")
        #expect(LayoutTesting.read(text.replacing("|9|361.88", with: "|10|361.88"), layout).refusal == .fileTruncated)
        let fewer = LayoutTesting.read(text.replacing("|9|361.88", with: "|8|361.88"), layout)
        #expect(fewer.faults.contains { $0.reason == .countWrong && $0.severity == .fault })
        #expect(!LayoutTesting.read(text.replacing("|9|361.88", with: "|9|361.89"), layout).balances)
    }
}
