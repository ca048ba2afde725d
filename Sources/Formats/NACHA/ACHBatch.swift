import Model

/// The batch being read: what its header says (type 5) and what its entries give.
struct ACHBatch {
    var begun = Batch()
    var serviceClass = ACHServiceClass.mixed
    var entryClass = ACHEntryClass.ppd
    var companyName = ""
    /// Whether its entries take back others: the description says so by rule.
    var isReversal = false
    /// The day it was settled, or is to be settled.
    var valueDate: CivilDate?

    var entries = 0
    /// Entries and addenda, as control records count them.
    var records = 0
    /// The sum of the eight-digit routing numbers; control records hold its last ten digits.
    var hash = 0
    var lastTrace = -1

    /// Ten digits of hash.
    static let hashModulus = 10_000_000_000

    init() {}

    /// Reads a batch header; the day of the file helps to place a Julian day in its year.
    init(_ record: ACHRecord, fileDate: CivilDate?, _ log: inout ACHLog) throws(FileRefused) {
        let name = record.text(ACHBatchHeader.entryClass)
        let service = record.number(ACHBatchHeader.serviceClass)
        guard name != "ADV", service != 280 else {
            throw FileRefused(
                .accountingAdvice, at: record.position, field: ACHBatchHeader.entryClass.name,
                "the batch is of automated accounting advices (ADV, service class 280), which are no payments; "
                    + "expected another class")
        }
        guard let service, let serviceClass = ACHServiceClass(rawValue: service) else {
            throw FileRefused(
                .fieldInvalid, at: record.position, field: ACHBatchHeader.serviceClass.name,
                "field \(ACHBatchHeader.serviceClass.label) holds "
                    + "\"\(quotable(record.whole(ACHBatchHeader.serviceClass)))\", expected 200, 220 or 225")
        }
        self.serviceClass = serviceClass
        if let entryClass = ACHEntryClass(rawValue: name) {
            // Changes of IAT entries come under COR, with the columns of IAT; the place of the name says so.
            let isOfIAT = entryClass == .cor && record.text(ACHBatchHeader.companyName) == "IATCOR"
            self.entryClass = isOfIAT ? .iat : entryClass
        } else {
            try log.tell(.fieldInvalid, record, ACHBatchHeader.entryClass, expected: "a standard entry class code")
        }
        try readRest(record, fileDate, &log)
    }

    private mutating func readRest(
        _ record: ACHRecord, _ fileDate: CivilDate?, _ log: inout ACHLog
    ) throws(FileRefused) {
        // IAT has an indicator and exchange data in the place of the name.
        if entryClass != .iat { try log.expectFilled(ACHBatchHeader.companyName, record) }
        try log.expectFilled(ACHBatchHeader.description, record)
        companyName = entryClass == .iat ? "" : record.text(ACHBatchHeader.companyName)
        isReversal = ["REVERSAL", "RECLAIM"].contains { record.text(ACHBatchHeader.description).uppercased() == $0 }
        begun.position = record.position
        begun.number = Self.number(record, ACHBatchHeader.number)
        begun.company = record.text(ACHBatchHeader.company)
        begun.date = try log.day(ACHBatchHeader.effective, record)
        let settled = try log.julian(ACHBatchHeader.settlement, record, near: begun.date ?? fileDate)
        valueDate = settled ?? begun.date
        if record.number(ACHBatchHeader.number) == nil {
            try log.tell(.fieldInvalid, record, ACHBatchHeader.number, expected: "7 digits")
        }
    }

    /// The batch number without leading zeros.
    static func number(_ record: ACHRecord, _ field: ACHField) -> String {
        let text = record.text(field)
        let number = String(text.drop { $0 == "0" })
        return number.isEmpty && !text.isEmpty ? "0" : number
    }

    /// Compares a batch control (type 8) with what was read; gives what it declares.
    func end(_ record: ACHRecord, _ log: inout ACHLog) throws(FileRefused) -> Declared {
        try log.compare(
            log.number(ACHBatchControl.entries, record), records, .countWrong, record, ACHBatchControl.entries)
        let hash = hash % Self.hashModulus
        try log.compare(log.number(ACHBatchControl.hash, record), hash, .hashWrong, record, ACHBatchControl.hash)
        if record.number(ACHBatchControl.serviceClass) != serviceClass.rawValue {
            try log.tell(
                .fieldInvalid, record, ACHBatchControl.serviceClass, expected: "\(serviceClass.rawValue) as its header")
        }
        if Self.number(record, ACHBatchControl.number) != begun.number {
            try log.tell(
                .fieldInvalid, record, ACHBatchControl.number, expected: "\(quotable(begun.number)) as its header")
        }
        var declared = Declared()
        declared.position = record.position
        declared.debits = try log.amount(ACHBatchControl.debits, record)
        declared.credits = try log.amount(ACHBatchControl.credits, record)
        return declared
    }
}
