/// File Control Record, type 9.
enum ACHFileControl {
    static let batches = ACHField("batch count", 2...7)
    static let blocks = ACHField("block count", 8...13)
    static let entries = ACHField("entry/addenda count", 14...21)
    static let hash = ACHField("entry hash", 22...31)
    static let debits = ACHField("total debit amount", 32...43)
    static let credits = ACHField("total credit amount", 44...55)

    /// Up to the credit total; the blanks behind it may be trimmed away.
    static let lengths = 55...94
}
