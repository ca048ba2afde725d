import Model
import Testing

@testable import Formats

/// Files that are wrong in one way each: what they are refused for, or what is told of them.
struct NACHAHostileTests {
    /// `1 5 6 7 6 8 9` of the plain fixture.
    private func plain() throws -> [String] { try NACHATesting.lines("lines-lf.ach") }

    private func refusal(_ change: (inout [String]) -> Void) throws -> Reason? {
        var lines = try plain()
        change(&lines)
        return NACHATesting.read(lines).refusal
    }

    /// The faults of a file that is read, or nil where it is refused.
    private func faults(_ file: String = "lines-lf.ach", _ change: (inout [String]) -> Void) throws -> Set<Reason>? {
        var lines = try NACHATesting.lines(file)
        change(&lines)
        let reading = NACHATesting.read(lines)
        return reading.isRefused || !reading.balances ? nil : Set(reading.faults.map(\.reason))
    }

    @Test func `refuses a record where its type may not stand`() throws {
        #expect(try refusal { $0.swapAt(0, 1) } == .recordOutOfOrder, "header behind the batch header")
        #expect(try refusal { $0.insert($0[0], at: 3) } == .recordOutOfOrder, "header within a batch")
        #expect(try refusal { $0.insert($0[1], at: 3) } == .recordOutOfOrder, "batch header within a batch")
        #expect(try refusal { $0.remove(at: 1) } == .recordOutOfOrder, "no batch header")
        #expect(try refusal { $0.remove(at: 2) } == .recordOutOfOrder, "addenda without entry")
        #expect(try refusal { $0.swapAt(5, 6) } == .recordOutOfOrder, "file control within a batch")
        #expect(try refusal { $0.append($0[5]) } == .recordOutOfOrder, "batch control behind the file control")
        #expect(try refusal { $0.append($0[6]) } == .recordOutOfOrder, "a second file control")
        #expect(try refusal { $0.insert($0[5], at: 6) } == .recordOutOfOrder, "a second batch control")
        let nines = String(repeating: "9", count: 94)
        #expect(try refusal { $0.insert(nines, at: 6) } == .recordOutOfOrder, "filling before the file control")
    }

    @Test func `refuses a file that lost its end`() throws {
        #expect(try refusal { $0.removeLast() } == .fileTruncated)
        #expect(try refusal { $0.removeLast(2) } == .fileTruncated)
        #expect(try refusal { $0.removeLast(6) } == .fileTruncated)
        #expect(NACHATesting.read([UInt8]()).refusal == .fileTruncated)
        #expect(NACHATesting.read(["", "   "]).refusal == .fileTruncated)
    }

    @Test func `refuses a record that is too long, too short or holds a control character`() throws {
        for line in 1...5 {
            #expect(try refusal { $0[line].removeLast() } == .recordMalformed)
            #expect(try refusal { $0[line] += "0" } == .recordMalformed)
        }
        #expect(try refusal { $0[0] = String($0[0].prefix(39)) } == .recordMalformed)
        #expect(try refusal { $0[6] = String($0[6].prefix(54)) } == .recordMalformed)
        #expect(try refusal { $0[2] = NACHATesting.edit($0[2], 60, "\t") } == .recordMalformed)
        #expect(try refusal { $0[2] += String(repeating: "x", count: 1000) } == .recordMalformed)
        #expect(try refusal { $0[2] += String(repeating: " ", count: 1000) } == .recordMalformed)
    }

    @Test func `refuses types it does not know`() throws {
        #expect(try refusal { $0[2] = NACHATesting.edit($0[2], 1, "2") } == .recordUnknown)
        #expect(try refusal { $0[3] = NACHATesting.edit($0[3], 2, "22") } == .recordUnknown)
        #expect(try refusal { $0[1] = NACHATesting.edit($0[1], 51, "ADV") } == .accountingAdvice)
        #expect(try refusal { $0[1] = NACHATesting.edit($0[1], 2, "280") } == .accountingAdvice)
        #expect(try refusal { $0[1] = NACHATesting.edit($0[1], 2, "999") } == .fieldInvalid)
        #expect(try refusal { $0[2] = NACHATesting.edit($0[2], 2, "81") } == .fieldInvalid)
    }

    @Test func `refuses amounts and controls that are not digits`() throws {
        #expect(try refusal { $0[2] = NACHATesting.edit($0[2], 30, "00000A2050") } == .amountNotNumeric)
        #expect(try refusal { $0[2] = NACHATesting.edit($0[2], 30, "      2050") } == .amountNotNumeric)
        #expect(try refusal { $0[5] = NACHATesting.edit($0[5], 21, "-") } == .amountNotNumeric)
        #expect(try refusal { $0[6] = NACHATesting.edit($0[6], 44, " ") } == .amountNotNumeric)
        for (line, column) in [(5, 5), (5, 11), (6, 2), (6, 8), (6, 14), (6, 22)] {
            #expect(try refusal { $0[line] = NACHATesting.edit($0[line], column, "X") } == .fieldInvalid)
        }
    }

    @Test func `tells wrong counts and hashes while amounts agree`() throws {
        #expect(try faults { $0[5] = NACHATesting.edit($0[5], 5, "000009") } == [.countWrong])
        #expect(try faults { $0[5] = NACHATesting.edit($0[5], 11, "0000000009") } == [.hashWrong])
        #expect(try faults { $0[6] = NACHATesting.edit($0[6], 8, "000009") } == [.countWrong])
        #expect(try faults { $0[6] = NACHATesting.edit($0[6], 14, "00000009") } == [.countWrong])
        #expect(try faults { $0[6] = NACHATesting.edit($0[6], 22, "0000000009") } == [.hashWrong])
    }

    @Test func `tells fields that are not what their standard says`() throws {
        #expect(try faults { $0[0] = NACHATesting.edit($0[0], 40, "9") } == [.fieldInvalid], "format code")
        #expect(try faults { $0[0] = NACHATesting.edit($0[0], 24, "261301") } == [.dateInvalid])
        #expect(try faults { $0[1] = NACHATesting.edit($0[1], 76, "400") } == [.dateInvalid])
        #expect(try faults { $0[1] = NACHATesting.edit($0[1], 5, "0000000000000000") } == [.fieldMissing])
        #expect(try faults { $0[1] = NACHATesting.edit($0[1], 54, "0000000000") } == [.fieldMissing])
        #expect(
            try faults { $0[2] = NACHATesting.edit($0[2], 55, String(repeating: "0", count: 22)) } == [.fieldMissing])
        #expect(try faults { $0[1] = NACHATesting.edit($0[1], 51, "QQQ") } == [.fieldInvalid])
        #expect(try faults { $0[5] = NACHATesting.edit($0[5], 88, "0000002") } == [.fieldInvalid], "batch number")
        #expect(try faults { $0[5] = NACHATesting.edit($0[5], 2, "200") } == [.fieldInvalid], "service class")
        #expect(try faults { $0[1] = NACHATesting.edit($0[1], 2, "225") } == [.fieldInvalid], "credits among debits")
        #expect(try faults { $0[2] = NACHATesting.edit($0[2], 12, "9") } == [.routingInvalid])
        #expect(try faults { $0[2] = NACHATesting.edit($0[2], 79, "0") } == [.fieldInvalid], "addenda indicator")
        #expect(try faults { $0[3] = NACHATesting.edit($0[3], 84, "0007") } == [.recordOutOfOrder], "addenda sequence")
        #expect(try faults { $0[3] = NACHATesting.edit($0[3], 88, "0000007") } == [.recordOutOfOrder], "other entry")
        #expect(try faults { $0[4] = NACHATesting.edit($0[4], 80, "051000010000000") } == [.recordOutOfOrder])
        #expect(try faults { $0[2] = NACHATesting.edit($0[2], 80, "05100001A") }?.contains(.fieldInvalid) == true)
    }

    @Test func `tells codes of returns and changes outside the list`() throws {
        #expect(try faults("returns.ach") { $0[3] = NACHATesting.edit($0[3], 4, "R97") } == [.fieldInvalid])
        #expect(try faults("iat-return.ach") { $0[10] = NACHATesting.edit($0[10], 4, "R96") } == [.fieldInvalid])
        #expect(try faults("changes.ach") { $0[3] = NACHATesting.edit($0[3], 4, "C99") } == [.fieldInvalid])
    }

    @Test func `tells a lost file header and reads what a control proves`() throws {
        // One record less in the block count's ten changes nothing.
        #expect(try faults { $0.remove(at: 0) } == [.recordOutOfOrder])
        #expect(try faults("batch-alone.ach") { _ in } == [.recordOutOfOrder, .fieldMissing])
        var lines = try NACHATesting.lines("batch-alone.ach")
        lines.removeLast()
        #expect(NACHATesting.read(lines).refusal == .fileTruncated)
    }

    @Test func `refuses an entry alone with its true cause`() throws {
        let lines = Array(try NACHATesting.lines("returns.ach")[2...3])
        let bytes = Array(lines.joined(separator: "\n").utf8)
        #expect(LayoutTesting.read(bytes, among: builtInFormats).refusal == .recordOutOfOrder)
    }

    @Test func `never takes the code of a return for a payment`() throws {
        var lines = try plain()
        lines[4] = NACHATesting.edit(lines[4], 2, "21")
        let reading = NACHATesting.read(lines)
        #expect(reading.items.map(\.kind) == [.payment, .returned])
        #expect(reading.faults.map(\.reason) == [.fieldMissing])
    }

    @Test func `refuses a return that is returned in the same entry`() throws {
        var lines = try NACHATesting.lines("returns.ach")
        lines.insert(lines[3], at: 4)
        #expect(NACHATesting.read(lines).refusal == .recordOutOfOrder)
    }

    @Test func `never balances where an amount or a total was changed`() throws {
        for (line, column) in [(2, 39), (5, 32), (5, 44), (6, 43), (6, 55)] {
            var lines = try plain()
            lines[line] = NACHATesting.edit(lines[line], column, "8")
            let reading = NACHATesting.read(lines)
            #expect(!reading.balances && !reading.isRefused, "\(line) \(column)")
        }
    }

    @Test func `refuses line ends within records of a file without them`() throws {
        var bytes = try NACHATesting.bytes("unbroken.ach")
        bytes.insert(0x0A, at: 94 * 3 + 40)
        #expect(NACHATesting.read(bytes).refusal == .recordMalformed)
    }

    @Test func `no message shows a bank account number`() throws {
        for change: (Int, Int, String) in [(2, 2, "99"), (2, 30, "XXXXXXXXXX"), (2, 80, "abc"), (2, 12, "9")] {
            var lines = try NACHATesting.lines("web-tel-debits.ach")
            lines[change.0] = NACHATesting.edit(lines[change.0], change.1, change.2)
            let messages = NACHATesting.read(lines).faults.map(\.message)
            #expect(!messages.isEmpty)
            #expect(messages.allSatisfy { !$0.contains("4410022331") })
        }
    }
}
