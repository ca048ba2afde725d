/// What may be asked of some columns of a fixed-width record. Columns behind its end are blank.
struct ColumnTest: Sendable {
    enum Kind: Sendable {
        case blank
        case filled
        case digits
        /// Blanks, then digits to the last column.
        case amount
        case noDigits
        case text([UInt8])
        case notText([UInt8])
        /// These letters, digits and marks somewhere, in small letters or capitals; given in capitals.
        case contains([UInt8])
    }

    /// Offsets from 0.
    var columns: Range<Int>
    var kind: Kind

    /// The kinds by their words in a layout.
    static let words: [(String, Kind)] = [
        ("blank", .blank), ("filled", .filled), ("digits", .digits), ("amount", .amount), ("no-digits", .noDigits),
    ]

    func holds(_ row: Row) -> Bool {
        func count(_ wanted: (UInt8) -> Bool) -> Int {
            var count = 0
            for index in columns where wanted(index < row.length ? row.bytes[index] : 0x20) { count += 1 }
            return count
        }
        func equals(_ text: [UInt8]) -> Bool {
            for (index, byte) in zip(columns, text) {
                guard (index < row.length ? row.bytes[index] : 0x20) == byte else { return false }
            }
            return text.count == columns.count
        }
        switch kind {
        case .blank: return count { $0 != 0x20 } == 0
        case .filled: return count { $0 != 0x20 } > 0
        case .digits: return !columns.isEmpty && count { $0 &- 48 < 10 } == columns.count
        case .noDigits: return count { $0 &- 48 < 10 } == 0
        case .amount:
            let digits = count { $0 &- 48 < 10 }
            let tail = ColumnTest(columns: columns.upperBound - digits..<columns.upperBound, kind: .digits)
            return digits > 0 && digits + count { $0 == 0x20 } == columns.count && tail.holds(row)
        case .text(let text): return equals(text)
        case .notText(let text): return !equals(text)
        case .contains(let words): return contains(words, in: row)
        }
    }

    private func contains(_ words: [UInt8], in row: Row) -> Bool {
        func capital(_ byte: UInt8) -> UInt8 { byte &- UInt8(ascii: "a") < 26 ? byte & 0xDF : byte }
        guard columns.count >= words.count else { return false }
        return (columns.lowerBound...columns.upperBound - words.count).contains { start in
            words.indices.allSatisfy { capital(row.bytes[start + $0]) == words[$0] }
        }
    }
}

/// What may be asked of one field of a row with separators.
struct FieldTest: Sendable {
    var place: Place
    var kind: ColumnTest.Kind

    /// Whether it holds of the row's field; of one that the row does not have, only `blank` can.
    func holds(_ row: Row, field: Int) -> Bool { ColumnTest(columns: row.trimmed(field), kind: kind).holds(row) }
}

/// One test by which dialects of a fixed-width format are told apart.
struct DialectTest: Sendable {
    enum Kind: Sendable {
        case columns(ColumnTest)
        /// Some record repeats these columns of the record of that type before it.
        case sameAs([UInt8], Range<Int>)
        /// No record repeats them.
        case differsFrom([UInt8], Range<Int>)
    }

    /// The record type the test is about.
    var record: [UInt8]
    var kind: Kind
    /// Whether the test holds where the head has no such record.
    var passesWhereAbsent = false
    /// The test is passed over where the head has a record of this type.
    var unless: [UInt8]?
}
