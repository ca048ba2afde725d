/// A small CSV file with a header (RFC 4180), whole in memory a row at a time: the billing extract's form.
///
/// Bank files are read by layout; this is for extracts, whose columns are known by name and whose bad rows
/// are told one by one.
package struct CSVTable {
    /// The header's names.
    package private(set) var columns: [String] = []
    private var fields: [String] = []
    private var field: [UInt8] = []
    private var isQuoted = false
    private var sawQuote = false
    private var fieldWasQuoted = false
    private var line = 1
    private var rowLine = 1

    /// The rows that hold text which is not UTF-8: how many, and the line of the first.
    package private(set) var notUTF8 = (rows: 0, firstLine: 0)
    private var isNotUTF8 = false

    package init() {}

    /// Where the row began whose quote is still open; nil where none is.
    package var lineOfOpenQuote: Int? { isQuoted && !sawQuote ? rowLine : nil }

    /// Takes the next bytes and hands over each row that they complete: its line and its fields.
    package mutating func feed(_ bytes: UnsafeRawBufferPointer, _ row: (Int, [String]) throws -> Void) throws {
        for byte in bytes { try take(byte, row) }
    }

    /// Ends the file: hands over the last row where it had no line end.
    package mutating func finish(_ row: (Int, [String]) throws -> Void) throws {
        if !field.isEmpty || !fields.isEmpty { try endRow(row) }
    }

    private mutating func take(_ byte: UInt8, _ row: (Int, [String]) throws -> Void) throws {
        if isQuoted {
            if byte == UInt8(ascii: "\n") { line += 1 }
            if sawQuote {
                sawQuote = false
                if byte == UInt8(ascii: "\"") { return field.append(byte) }
                isQuoted = false
            } else if byte == UInt8(ascii: "\"") {
                sawQuote = true
                return
            } else {
                return field.append(byte)
            }
        }
        switch byte {
        case UInt8(ascii: "\"") where field.isEmpty && !fieldWasQuoted:
            isQuoted = true
            fieldWasQuoted = true
        case UInt8(ascii: ","): endField()
        case UInt8(ascii: "\r"): break
        case UInt8(ascii: "\n"):
            line += 1
            try endRow(row)
        default: field.append(byte)
        }
    }

    private mutating func endField() {
        fields.append(text)
        field.removeAll(keepingCapacity: true)
        fieldWasQuoted = false
    }

    /// The field as text: Latin-1 where it is not UTF-8, so that no letter is ever lost.
    private var text: String {
        mutating get {
            if let text = String(validating: field, as: UTF8.self) { return text }
            isNotUTF8 = true
            return String(String.UnicodeScalarView(field.map { Unicode.Scalar($0) }))
        }
    }

    private mutating func endRow(_ row: (Int, [String]) throws -> Void) throws {
        if fields.isEmpty, field.isEmpty, !fieldWasQuoted {
            rowLine = line
            return
        }
        endField()
        if isNotUTF8 {
            if notUTF8.rows == 0 { notUTF8.firstLine = rowLine }
            notUTF8.rows += 1
            isNotUTF8 = false
        }
        if columns.isEmpty {
            columns = fields.map { $0.hasPrefix("\u{FEFF}") ? String($0.dropFirst()) : $0 }
        } else {
            try row(rowLine, fields)
        }
        fields.removeAll(keepingCapacity: true)
        rowLine = line
    }
}
