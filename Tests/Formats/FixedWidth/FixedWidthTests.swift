import Foundation
import Model
import Testing

@testable import Formats

/// Rules of fixed-width files, told on the fixture of dialect C with one line changed.
struct FixedWidthTests {
    private func fixture() throws -> [String] {
        let url = LayoutTesting.fixtures.appending(path: "lockbox-bai/dialect-c.bai")
        return try String(contentsOf: url, encoding: .utf8).split(separator: "\r\n").map(String.init)
    }

    private func read(_ lines: [String], end: String = "\r\n", layout: String = "bai-lockbox-c") throws -> LayoutReading
    {
        LayoutTesting.read(lines.joined(separator: end) + end, try LayoutTesting.layout(layout))
    }

    /// Line (from 0), what is put at a column (from 1), the reason for which the file is refused.
    static let changes: [(Int, Int, String, Reason)] = [
        (3, 1, "3", .recordUnknown), (3, 44, "O", .amountNotNumeric), (3, 39, "          ", .amountNotNumeric),
        (3, 39, "        39", .recordOutOfOrder), (5, 27, "    1OO00", .recordMalformed),
        (3, 79, "\t", .recordMalformed),
        (3, 77, "5", .recordMalformed), (5, 5, "003", .recordOutOfOrder), (2, 15, "260231", .dateInvalid),
        (8, 21, "00x", .fieldInvalid), (9, 8, "0007002", .recordOutOfOrder), (0, 4, "É", .encodingInvalid),
    ]

    @Test(arguments: changes)
    func `refuses a record that is not as the layout says`(
        line: Int, column: Int, text: String, reason: Reason
    ) throws {
        var lines = try fixture()
        var bytes = Array(lines[line].utf8)
        bytes.replaceSubrange(column - 1..<column - 1 + text.utf8.count, with: text.utf8)
        lines[line] = String(decoding: bytes, as: UTF8.self)
        let reading = try read(lines)
        if reason == .recordOutOfOrder, column == 39 {
            // Blanks may fill an amount from the left: it is another amount, and the batch does not balance.
            #expect(reading.refusal == nil && !reading.balances)
        } else {
            #expect(reading.refusal == reason)
        }
    }

    /// A line left out (from 0), the reason for which the file is refused.
    static let missing: [(Int, Reason)] = [
        (0, .recordOutOfOrder), (2, .recordOutOfOrder), (8, .recordOutOfOrder), (9, .fileTruncated),
        (10, .fileTruncated),
    ]

    @Test(arguments: missing)
    func `refuses a file without a record that it needs`(line: Int, reason: Reason) throws {
        var lines = try fixture()
        lines.remove(at: line)
        // A header that is missing is seen at the end; the record count is only a fault.
        #expect(try read(lines).refusal == reason)
    }

    @Test func `loses no remittance record unseen`() throws {
        var lines = try fixture()
        lines.remove(at: 5)
        let faults = try read(lines).faults.map(\.reason)
        #expect(faults.contains(.recordOutOfOrder))
        #expect(faults.contains(.countWrong))
    }

    @Test func `counts on from 99 to 01`() throws {
        var lines = try fixture()
        let overflow = (1...120).map { number in
            let sequence = (number - 1) % 99 + 1
            let text = "40010026" + (sequence < 10 ? "0" : "") + "\(sequence)" + (number == 120 ? "9" : "0")
            return text.padding(toLength: 80, withPad: "B-1             ", startingAt: 0)
        }.map { String($0.prefix(26)).padding(toLength: 34, withPad: " ", startingAt: 0) + "5" }
            .map { $0.padding(toLength: 80, withPad: " ", startingAt: 0) }
        lines.replaceSubrange(5...6, with: overflow)
        let reading = try read(lines)
        #expect(reading.faults.filter { $0.reason == .recordOutOfOrder }.isEmpty)
        #expect(reading.items[1].lines.count == 120)
    }

    @Test func `refuses records of another length, or without line ends`() throws {
        let lines = try fixture()
        #expect(try read(lines.map { $0 + " " }).refusal == .recordMalformed)
        #expect(try read(lines.map { String($0.dropLast()) }).refusal == .recordMalformed)
        #expect(try read(lines, end: "").isRefused)
    }

    @Test func `a line trimmed within its amount gives no smaller amount`() throws {
        let url = LayoutTesting.fixtures.appending(path: "lockbox-bai/dialect-a.bai")
        var lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map(String.init)
        lines[6] = String(lines[6].dropLast())
        #expect(try read(lines, end: "\n", layout: "bai-lockbox-a").refusal == .recordMalformed)
    }

    @Test func `a batch number that stands twice makes no batch vanish`() throws {
        let lines = try fixture()
        let twice = Array(lines[0...8]) + Array(lines[2...8]) + Array(lines[9...])
        let reading = try read(twice)
        let numbers = reading.events.compactMap { if case .batchBegins(let batch) = $0 { batch.number } else { nil } }
        #expect(numbers == ["1", "1"])
        #expect(reading.faults.contains { $0.reason == .duplicateBatchNumber && $0.severity == .fault })
        #expect(reading.items.count == 6)
    }

    @Test func `passes over no record but those that the layout excludes`() throws {
        let yaml = try LayoutTesting.yaml("bai-lockbox-c")
        let text = try fixture().joined(separator: "\r\n") + "\r\n"
        let layout = try Layout(yaml: yaml + "exclude: [{columns: 1-1, text: \"4\"}]\n", file: "mine.yaml")
        #expect(LayoutTesting.read(text, layout).items.allSatisfy { $0.lines.count <= 1 })
        #expect(try read(fixture()).items.contains { $0.lines.count > 1 })
        #expect(LayoutTesting.read(text, layout).items.map(\.amount) == (try read(fixture()).items.map(\.amount)))
        #expect(throws: FileRefused.self) {
            try Layout(yaml: yaml + "exclude: [{column: 1, text: \"4\"}]\n", file: "mine.yaml")
        }
    }

    @Test func `claims no other line format`() throws {
        let others = [
            "101 121000358 1234567890", "01,122099999,123456789,040621,0200,1,65,,2/", "1,a\n2,b\n", "1\n2\n",
        ]
        for text in others {
            #expect(throws: FileRefused.self) { try recognise(Array(text.utf8), among: LayoutTesting.formats()) }
        }
    }
}
