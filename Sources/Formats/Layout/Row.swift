import Model

/// One row of a file as its fields' bytes, in buffers that serve again for the next row.
struct Row: Sendable {
    /// The fields' bytes without separators and quotes; only the first `length` are this row's.
    var bytes = [UInt8](repeating: 0, count: 1024)
    var length = 0
    /// Where each field begins and ends in `bytes`; only the first `count` are this row's.
    var starts: [Int] = []
    var ends: [Int] = []
    var count = 0
    var position = Position()

    /// A field's place in `bytes`; empty where the row has no such field.
    @inline(__always) func range(_ field: Int) -> Range<Int> {
        field >= 0 && field < count ? starts[field]..<ends[field] : 0..<0
    }

    /// A field's place in `bytes` without the blanks around it.
    func trimmed(_ field: Int) -> Range<Int> {
        var range = range(field)
        while let last = range.last, Row.isBlank(bytes[last]) { range = range.lowerBound..<last }
        while let first = range.first, Row.isBlank(bytes[first]) { range = first + 1..<range.upperBound }
        return range
    }

    /// The number that ASCII digits write, at most 18 of them, or nil. The room below has the same for any
    /// collection, which is not specialised across rooms and cost a tenth of a row.
    func decimal(_ range: Range<Int>) -> Int64? {
        guard (1...18).contains(range.count) else { return nil }
        var value: Int64 = 0
        for index in range {
            let digit = bytes[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value * 10 + Int64(digit)
        }
        return value
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

    mutating func clear() {
        length = 0
        count = 0
    }

    mutating func appendField(from start: Int, to end: Int) {
        if count < starts.count {
            starts[count] = start
            ends[count] = end
        } else {
            starts.append(start)
            ends.append(end)
        }
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
