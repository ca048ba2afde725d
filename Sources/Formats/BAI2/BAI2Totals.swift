internal import Model

/// What a unit was counted to: its amounts in the smallest unit of their currency, its parts and its records.
struct BAI2Totals {
    var records = 0
    private(set) var sum: Int64 = 0
    private(set) var parts = 0
    /// False where a part declares no total.
    private(set) var isComplete = true

    init(records: Int = 0) { self.records = records }

    mutating func add(_ amount: Int64, _ fields: BAI2Fields) throws(FileRefused) {
        let (total, overflow) = sum.addingReportingOverflow(amount)
        guard !overflow else { throw BAI2Totals.tooLarge(fields) }
        sum = total
    }

    mutating func add(part total: Int64?, _ record: BAI2Record) throws(FileRefused) {
        parts += 1
        if let total { try add(total, BAI2Fields(record)) } else { isComplete = false }
    }

    static func tooLarge(_ fields: BAI2Fields) -> FileRefused {
        fields.refusal(.sumTooLarge, "control total", "the sum of the amounts does not fit")
    }
}
