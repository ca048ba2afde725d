/// What a bank is known to do against its own format: a layout that `tolerates` it reads the file all the same.
///
/// Each is told once a file, as a note with its count. None changes an amount.
enum Deviation: String, CaseIterable, Sendable {
    /// A row has fewer fields, or a line fewer columns, than its layout states; no field with money is among those.
    case shortRecords = "short-records"
    /// Blanks stand behind an amount, or behind the last column of a line.
    case trailingBlanks = "trailing-blanks"
    /// The last line has no line end, and no record behind it proves that it is whole.
    case missingLastNewline = "missing-last-newline"
    /// A declared count of items, batches or records is wrong.
    case countWrong = "count-wrong"
    /// The record that ends the file is missing.
    case missingFileTrailer = "missing-file-trailer"
    /// A remittance record that names a bill names no amount.
    case blankAmountInLine = "blank-amount-in-line"
    /// A row has more fields than its layout states, all of them blank.
    case extraColumns = "extra-columns"

    /// What was found, for messages.
    var sentence: String {
        switch self {
        case .shortRecords: "a record is shorter than its layout states"
        case .trailingBlanks: "blanks stand behind an amount or a line"
        case .missingLastNewline: "the last line has no line end"
        case .countWrong: "a declared count is wrong"
        case .missingFileTrailer: "the record that ends the file is missing"
        case .blankAmountInLine: "a remittance record names a bill and no amount"
        case .extraColumns: "a row has blank fields behind its last"
        }
    }

    /// All names, for messages.
    static var allNames: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension Plan {
    func tolerates(_ deviation: Deviation) -> Bool { tolerated.contains(deviation) }
}
