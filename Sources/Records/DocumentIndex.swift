internal import Files
internal import Ledger
internal import Model

/// The master index of all documents: a pure function of the ledger, streamed row by row.
///
/// `index.csv` and `index.jsonl` have a row for each document, `pages.csv` for each page. Each row of the first
/// two carries the SHA-256 of the line before it in the same file (without its line end; the first carries 64
/// zeros), so that a row which is removed or edited is seen. CSV is safe in spreadsheets; JSON Lines is exact.
package enum DocumentIndex {
    /// The files of the index; the raw value is the kind of projection.
    package enum Kind: String, CaseIterable, Sendable {
        case csv = "index-csv"
        case jsonl = "index-jsonl"
        case pages = "pages-csv"

        /// The path under the home.
        package var path: String {
            switch self {
            case .csv: "documents/index.csv"
            case .jsonl: "documents/index.jsonl"
            case .pages: "documents/pages.csv"
            }
        }
    }

    /// The version of the columns, which every row carries.
    static let version = "1"
    static let firstDigest = String(repeating: "0", count: 64)

    /// Writes one file of the index.
    static func render(_ kind: Kind, _ transaction: Transaction, _ put: ([UInt8]) throws -> Void) throws {
        switch kind {
        case .csv: try renderCSV(transaction, put)
        case .jsonl: try renderJSONLines(transaction, put)
        case .pages: try renderPages(transaction, put)
        }
    }

    private static func renderCSV(_ transaction: Transaction, _ put: ([UInt8]) throws -> Void) throws {
        let columns = documentColumns
        try put(Array((columns.map(\.name).joined(separator: ",") + "\r\n").utf8))
        var previous = firstDigest
        try transaction.documentRecords { record in
            let line = csvLine(columns.map { $0.value(record, previous) })
            previous = SHA256Digest.of(line)
            try put(line + [13, 10])
        }
    }

    private static func renderJSONLines(_ transaction: Transaction, _ put: ([UInt8]) throws -> Void) throws {
        let columns = documentColumns
        var previous = firstDigest
        try transaction.documentRecords { record in
            let members = columns.map { JSON.Member($0.name, $0.value(record, previous).json) }
            let line = Array(JSON.object(members).line.utf8)
            previous = SHA256Digest.of(line)
            try put(line + [10])
        }
    }

    private static func renderPages(_ transaction: Transaction, _ put: ([UInt8]) throws -> Void) throws {
        let columns = pageColumns
        try put(Array((columns.map(\.name).joined(separator: ",") + "\r\n").utf8))
        try transaction.documentRecords { record in
            for page in record.pages {
                try put(csvLine(columns.map { $0.value(record, page) }) + [13, 10])
            }
        }
    }

    private static func csvLine(_ values: [IndexValue]) -> [UInt8] {
        var line: [UInt8] = []
        for (index, value) in values.enumerated() {
            if index > 0 { line.append(UInt8(ascii: ",")) }
            value.writeCSV(into: &line)
        }
        return line
    }
}

/// A value of an index column.
enum IndexValue {
    /// Not known, or does not apply: empty in CSV, null in JSON.
    case none
    case number(Int64)
    /// Made by Sluice, and safe as it stands: an id, a date, an amount, a path.
    case exact(String)
    /// From outside: a spreadsheet must not take it for a formula.
    case text(String)

    init(_ number: Int64?) { self = number.map(IndexValue.number) ?? .none }
    init(_ text: String?) { self = text.map { $0.isEmpty ? .none : .text($0) } ?? .none }
    init(exact value: (some CustomStringConvertible)?) { self = value.map { .exact($0.description) } ?? .none }

    var json: JSON {
        switch self {
        case .none: .null
        case .number(let number): .int(number)
        case .exact(let text), .text(let text): .string(text)
        }
    }

    func writeCSV(into line: inout [UInt8]) {
        switch self {
        case .none: break
        case .number(let number): line += String(number).utf8
        case .exact(let text): line += text.utf8
        case .text(let text): IndexValue.writeCSV(Array(text.utf8), into: &line)
        }
    }

    /// RFC 4180 quoting; an apostrophe goes before what a spreadsheet would calculate (OWASP, CSV injection).
    private static func writeCSV(_ text: [UInt8], into line: inout [UInt8]) {
        let quote = UInt8(ascii: "\"")
        let isFormula = text.first.map { Array("=+-@\t\r\n".utf8).contains($0) } ?? false
        let escaped = isFormula ? [UInt8(ascii: "'")] + text : text
        guard escaped.contains(where: { $0 == quote || $0 == UInt8(ascii: ",") || $0 == 10 || $0 == 13 }) else {
            line += escaped
            return
        }
        line.append(quote)
        for byte in escaped { line += byte == quote ? [quote, quote] : [byte] }
        line.append(quote)
    }
}
