import Model

/// A field of a NACHA record: its name and its columns, counted from 1 as the NACHA Operating Rules count them.
struct ACHField: Sendable {
    let name: String
    let columns: ClosedRange<Int>

    init(_ name: String, _ columns: ClosedRange<Int>) {
        self.name = name
        self.columns = columns
    }
}

/// One record of 94 columns (NACHA Operating Rules, Appendix Three), cut of its line end.
///
/// A line that was trimmed on the right has fewer; the columns it lacks are blank.
struct ACHRecord {
    static let width = 94

    private(set) var bytes: [UInt8]
    private(set) var position: Position
    /// Where each column begins, where a character may take several bytes; nil where columns are bytes.
    private var starts: [Int]?
    /// How many columns it has.
    private(set) var length: Int
    /// Whether it is known to have no control character.
    private var isPlain = false

    /// A record to be filled.
    init() {
        bytes = []
        position = Position()
        length = 0
        hasBlanksBehind = false
    }

    /// Takes the place of what it was: at most 94 bytes, ASCII without control characters.
    mutating func fill(plain line: UnsafeRawBufferPointer, at position: Position) {
        self.position = position
        if bytes.count == line.count {
            bytes.withUnsafeMutableBytes { $0.copyMemory(from: line) }
        } else {
            bytes = Array(line)
        }
        if starts != nil { starts = nil }
        length = line.count
        hasBlanksBehind = false
        isPlain = true
    }

    /// Columns are bytes, unless the line has more than 94 of them and is UTF-8 of at most 94 characters, or is a
    /// trimmed one in UTF-8. Blanks behind column 94 are cut.
    init(_ line: [UInt8], at position: Position) {
        self.position = position
        let isByCharacter =
            line.count != Self.width && line.contains { $0 >= 0x80 } && (try? UTF8Span(validating: line.span)) != nil
        starts = isByCharacter ? line.indices.filter { line[$0] & 0xC0 != 0x80 } : nil
        let columns = starts?.count ?? line.count
        var blanks = 0
        while columns - blanks > Self.width, line[line.count - 1 - blanks] == 0x20 { blanks += 1 }
        bytes = blanks == 0 ? line : Array(line.dropLast(blanks))
        length = columns - blanks
        hasBlanksBehind = blanks > 0 && length <= Self.width
    }

    /// Whether blanks stood behind column 94.
    private(set) var hasBlanksBehind: Bool

    /// The record type code, column 1.
    var type: UInt8 { bytes.first ?? 0x20 }

    /// Whether it is of nines only: filling of the last block of ten.
    var isFilling: Bool { bytes.allSatisfy { $0 == UInt8(ascii: "9") } }

    /// The field's bytes; fewer where the line was trimmed.
    func slice(_ field: ACHField) -> ArraySlice<UInt8> { bytes[range(field)] }

    /// Where the field's bytes stand.
    func range(_ field: ACHField) -> Range<Int> {
        let from = min(field.columns.lowerBound - 1, length)
        let to = min(field.columns.upperBound, length)
        guard let starts else { return from..<to }
        return start(from, starts)..<start(to, starts)
    }

    /// Whether a field is that one byte.
    func holds(_ byte: UInt8, _ field: ACHField) -> Bool {
        let range = range(field)
        return range.count == 1 && bytes[range.lowerBound] == byte
    }

    private func start(_ column: Int, _ starts: [Int]) -> Int { column < length ? starts[column] : bytes.count }

    /// The field's text as it stands, blanks included.
    func whole(_ field: ACHField) -> String { text(of: slice(field)) }

    private func text(of slice: ArraySlice<UInt8>) -> String {
        if slice.allSatisfy({ $0 < 0x80 }) || (try? UTF8Span(validating: Array(slice).span)) != nil {
            return String(decoding: slice, as: UTF8.self)
        }
        // What is not UTF-8 is ISO 8859-1, the first 256 code points of Unicode.
        return String(String.UnicodeScalarView(slice.map { Unicode.Scalar($0) }))
    }

    /// The field's text without outer blanks.
    func text(_ field: ACHField) -> String {
        let slice = slice(field)
        // By places: each cut of a slice would count its owners.
        var (start, end) = (slice.startIndex, slice.endIndex)
        while start < end, slice[start] == 0x20 { start += 1 }
        while start < end, slice[end - 1] == 0x20 { end -= 1 }
        return text(of: slice[start..<end])
    }

    /// The number of a field that must be digits only, or nil.
    func number(_ field: ACHField) -> Int? {
        let range = range(field)
        guard range.count == field.columns.count else { return nil }
        return bytes.withUnsafeBytes { $0.decimal(range) }
    }

    /// Whether a field is blank or only zeros, which says that it is not filled in.
    func isUnfilled(_ field: ACHField) -> Bool {
        for index in range(field) where bytes[index] != UInt8(ascii: "0") && bytes[index] != 0x20 { return false }
        return true
    }

    /// The first column that holds a control character, or nil: a tab would move all columns behind it.
    var controlColumn: Int? { isPlain ? nil : bytes.firstIndex { $0 < 0x20 || $0 == 0x7F }.map { $0 + 1 } }
}
