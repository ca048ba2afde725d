import Model

/// Cuts a file into records of 94 columns, at its line ends (LF, CRLF, CR) or, where it has none, every 94 bytes.
struct ACHCutter {
    private enum Ending {
        case unknown, lines, none
    }

    /// A record in UTF-8 has at most four bytes a column; twice that leaves room for blanks behind it.
    static let lineMax = ACHRecord.width * 8

    /// The record that `next` or `finish` found.
    var record = ACHRecord()
    private var ending = Ending.unknown
    private var line: [UInt8] = []
    private var sawReturn = false
    private var lines = 0
    private var records = 0
    private var offset = 0

    /// Whether a line ended with the byte before, in a file with line ends.
    var isBetweenLines: Bool { ending == .lines && line.isEmpty && !sawReturn }

    /// The position of a record that begins here.
    var nextPosition: Position { Position(line: lines + 1, record: records + 1, byte: offset) }

    /// Counts a line that another way took as a record.
    mutating func pass(_ line: PlainLine) {
        lines += 1
        records += 1
        offset += line.next - line.range.lowerBound
    }

    /// Goes on to the end of the next whole record; false where the bytes from there on hold none.
    mutating func next(_ bytes: Span<UInt8>, _ at: inout Int) throws(FileRefused) -> Bool {
        if takePlainLine(bytes, &at) { return true }
        while at < bytes.count {
            let byte = bytes[at]
            if ending == .unknown, byte > 0x20, isWhole {
                // Something follows column 94 directly: the file has no line ends.
                ending = .none
                endRecord()
                return true
            }
            if ending == .lines, takeRun(bytes, &at) {
                if line.count > Self.lineMax { throw tooLong() }
                continue
            }
            at += 1
            offset += 1
            let isSecondOfTwo = sawReturn && byte == 0x0A
            sawReturn = byte == 0x0D
            if byte == 0x0A || byte == 0x0D {
                if isSecondOfTwo {
                    if takePlainLine(bytes, &at) { return true }
                    continue
                }
                if try endLine() { return true }
            } else if try take(byte) {
                return true
            }
        }
        return false
    }

    /// Takes the record that is left at the file's end; false where none is.
    mutating func finish() -> Bool {
        if line.allSatisfy({ $0 == 0x20 }) { return false }
        endRecord()
        return true
    }

    private mutating func take(_ byte: UInt8) throws(FileRefused) -> Bool {
        line.append(byte)
        if ending == .none {
            guard line.count == ACHRecord.width else { return false }
            endRecord()
            return true
        }
        guard line.count <= Self.lineMax else { throw tooLong() }
        return false
    }

    /// The short way: a line of ASCII that stands whole in its piece, in a file with line ends. Half the time.
    private mutating func takePlainLine(_ bytes: Span<UInt8>, _ at: inout Int) -> Bool {
        guard isBetweenLines, at < bytes.count, bytes[at] != 0x20 else { return false }
        return bytes.withUnsafeBytes { bytes in
            guard let line = PlainLine(bytes, at: at, most: ACHRecord.width) else { return false }
            lines += 1
            records += 1
            record.fill(
                plain: UnsafeRawBufferPointer(rebasing: bytes[line.range]),
                at: Position(line: lines, record: records, byte: offset))
            offset += line.next - at
            at = line.next
            return true
        }
    }

    private func tooLong() -> FileRefused {
        FileRefused(
            .recordMalformed, at: Position(line: lines + 1, record: records + 1, byte: offset - line.count),
            "the record is more than \(Self.lineMax) bytes long, expected 94 columns")
    }

    /// Takes the bytes before the next line end at once, as many as a line may have and one more; false where none are.
    private mutating func takeRun(_ bytes: Span<UInt8>, _ at: inout Int) -> Bool {
        let start = at
        let end = min(bytes.count, at + Self.lineMax + 1 - line.count)
        while at < end, bytes[at] != 0x0A, bytes[at] != 0x0D { at += 1 }
        guard at > start else { return false }
        sawReturn = false
        offset += at - start
        for index in start..<at { line.append(bytes[index]) }
        return true
    }

    private mutating func endLine() throws(FileRefused) -> Bool {
        if ending == .none {
            // The one line end behind the last record.
            guard line.isEmpty else {
                throw FileRefused(
                    .recordMalformed, at: Position(record: records + 1, byte: offset - 1 - line.count),
                    "a line ends within the record, in a file that has no line ends before; expected 94 columns")
            }
            return false
        }
        ending = .lines
        if line.allSatisfy({ $0 == 0x20 }) {
            line.removeAll(keepingCapacity: true)
            lines += 1
            return false
        }
        endRecord(endedBy: 1)
        return true
    }

    /// Whether what was read is 94 columns, be they bytes or UTF-8 characters.
    private var isWhole: Bool {
        line.count >= ACHRecord.width && line.count { $0 & 0xC0 != 0x80 } == ACHRecord.width
    }

    private mutating func endRecord(endedBy ends: Int = 0) {
        if ending != .none { lines += 1 }
        records += 1
        let position = Position(
            line: ending == .none ? 1 : lines, record: records, byte: offset - ends - line.count)
        record = ACHRecord(line, at: position)
        line.removeAll(keepingCapacity: true)
    }
}
