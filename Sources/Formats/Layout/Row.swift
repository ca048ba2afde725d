import Model

/// One row of a file as its fields' bytes, in buffers that serve again for the next row.
struct Row: Sendable {
    /// The fields' bytes without quotes; only the first `length` are this row's.
    var bytes = [UInt8](repeating: 0, count: 1024)
    var length = 0
    /// Where each field stands in `bytes`; only the first `count` are this row's.
    var fields = [Range<Int>](repeating: 0..<0, count: 64)
    var count = 0
    var position = Position()
    /// True where it is known that no byte is a control character.
    var isPlain = false

    /// A field's place in `bytes`; empty where the row has no such field.
    @inline(__always) func range(_ field: Int) -> Range<Int> {
        field >= 0 && field < count ? fields[field] : 0..<0
    }

    /// A field's place in `bytes` without the blanks around it.
    func trimmed(_ field: Int) -> Range<Int> {
        let range = range(field)
        var start = range.lowerBound
        var end = range.upperBound
        while start < end, Row.isBlank(bytes[end - 1]) { end -= 1 }
        while start < end, Row.isBlank(bytes[start]) { start += 1 }
        return start..<end
    }

    /// A field's place without blanks and without the leading zeros of a unit's number, of which one may be all of it.
    func unit(_ field: Int) -> Range<Int> {
        guard field >= 0 else { return 0..<0 }
        let range = trimmed(field)
        var start = range.lowerBound
        while start + 1 < range.upperBound, bytes[start] == UInt8(ascii: "0") { start += 1 }
        return start..<range.upperBound
    }

    /// Whether the bytes there are those of another row there.
    func repeats(_ range: Range<Int>, of other: Row, _ otherRange: Range<Int>) -> Bool {
        range.count == otherRange.count && equals(range, other.bytes, otherRange.lowerBound)
    }

    /// The number that ASCII digits write, at most 18 of them, or nil.
    func decimal(_ range: Range<Int>) -> Int64? {
        bytes.withUnsafeBytes { $0.decimal(range).map { Int64($0) } }
    }

    /// An amount written as nearly all are; nil of all others.
    func usualCents(_ range: Range<Int>, _ style: MoneyStyle) -> Cents? {
        bytes.withUnsafeBytes { $0.usualCents(range, style) }
    }

    /// Whether the bytes there are these.
    func holds(_ other: [UInt8], _ range: Range<Int>) -> Bool {
        other.count == range.count && equals(range, other, 0)
    }

    private func equals(_ range: Range<Int>, _ other: [UInt8], _ place: Int) -> Bool {
        bytes.withUnsafeBytes { own in
            other.withUnsafeBytes { own.repeats(range.lowerBound, of: $0, place, count: range.count) }
        }
    }

    /// Whether the bytes there are the text's.
    func holds(_ text: String, _ range: Range<Int>) -> Bool {
        guard text.utf8.count == range.count else { return false }
        var index = range.lowerBound
        for byte in text.utf8 {
            guard bytes[index] == byte else { return false }
            index += 1
        }
        return true
    }

    /// The first column that holds a control character, from 1.
    var controlColumn: Int? { bytes[..<length].firstIndex { $0 < 0x20 }.map { $0 + 1 } }

    /// Cuts the row into the columns of its shape; what stands behind its end is empty.
    mutating func cut(to shape: Shape) {
        while fields.count < shape.columns.count { fields.append(0..<0) }
        count = shape.columns.count
        let length = length
        var fields = fields.mutableSpan
        for index in shape.columns.indices {
            let column = shape.columns[index]
            fields[index] = min(column.lowerBound, length)..<min(column.upperBound, length)
        }
    }

    mutating func clear() {
        length = 0
        count = 0
        isPlain = false
    }

    mutating func appendField(from start: Int, to end: Int) {
        if count < fields.count { fields[count] = start..<end } else { fields.append(start..<end) }
        count += 1
    }

    @inline(__always) static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}

/// The character encodings that a layout may state.
enum Encoding: String, CaseIterable, Sendable {
    case utf8 = "utf-8"
    case ascii
    case latin1 = "latin-1"

    /// The text of the bytes; they have been checked to be valid.
    func text(_ bytes: ArraySlice<UInt8>) -> String {
        guard self == .latin1, bytes.contains(where: { $0 >= 0x80 }) else {
            return String(decoding: bytes, as: UTF8.self)
        }
        // ISO 8859-1 is the first 256 code points of Unicode.
        return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    /// Whether the bytes, some of which are above 0x7F, are text in this encoding.
    func accepts(_ bytes: Span<UInt8>) -> Bool {
        switch self {
        case .utf8: (try? UTF8Span(validating: bytes)) != nil
        case .ascii: false
        case .latin1: true
        }
    }
}
