import Model

/// Puts records together to events: the file is one deposit, a company batch a batch, an entry an item.
///
/// Keeps one entry with its addenda. Whatever stands where its type may not stand refuses the file.
struct ACHAssembly {
    var log = ACHLog()
    private var hasHeader = false
    private var deposit = Deposit()
    private var hasBegun = false
    /// The batch and the entry that are open, if any. No optionals: to ask for those would copy them.
    var batch = ACHBatch()
    private(set) var isInBatch = false
    private(set) var entry = ACHEntry()
    private(set) var hasEntry = false
    /// What the batch's entries are like that go the shortest way; nil where none do.
    private(set) var soundForm: ACHSoundForm?
    /// The record of the open entry.
    private var entryRecord = ACHRecord()
    /// What the file control of the set at hand declares; nil before it comes.
    private var control: Declared? { didSet { hasControl = control != nil } }
    private(set) var hasControl = false
    /// How many sets of records 1 to 9 came before this one: some senders put several files into one.
    private var sets = 0
    /// The record before the first of this set.
    private var start = 0
    private var last = Position()

    private var batches = 0
    private var records = 0
    private var hash = 0
    private var lastBatchNumber = -1

    mutating func want(_ wanted: Wanted) { entry.wantsTotals = wanted == .totals }

    mutating func deliver(into all: inout [ReadEvent]) { log.deliver(into: &all) }

    /// Takes the next record, and leaves another in its place where it keeps that.
    mutating func take(_ record: inout ACHRecord) throws(FileRefused) {
        let position = record.position
        defer { last = position }
        if hasControl, let control {
            guard record.type == UInt8(ascii: "1"), hasHeader else { return try takeFilling(record) }
            endSet(control, at: record.position.record - 1)
        }
        try checkForm(record)
        switch record.type {
        case UInt8(ascii: "1"): try takeFileHeader(record)
        case UInt8(ascii: "5"): try takeBatchHeader(record)
        case UInt8(ascii: "6"): try takeEntry(&record)
        case UInt8(ascii: "7"): try takeAddenda(record)
        case UInt8(ascii: "8"): try takeBatchControl(record)
        case UInt8(ascii: "9"): try takeFileControl(record)
        default:
            throw FileRefused(
                .recordUnknown, at: record.position,
                "the record type is \"\(quotable(String(Unicode.Scalar(record.type))))\", expected 1, 5, 6, 7, 8 or 9")
        }
    }

    /// Behind the file control only the last block's filling may stand.
    private func takeFilling(_ record: ACHRecord) throws(FileRefused) {
        guard !record.isFilling else { return }
        throw outOfOrder(
            record, "a record stands behind the file control; expected lines of nines, or another file header")
    }

    /// Ends a set that another one follows: its control is that of its deposit, for nothing declares the whole.
    private mutating func endSet(_ control: Declared, at record: Int) {
        log.add(.depositEnds(control))
        self.control = nil
        sets += 1
        start = record
        deposit = Deposit()
        hasBegun = false
        (batches, records, hash, lastBatchNumber) = (0, 0, 0, -1)
    }

    private func outOfOrder(_ record: ACHRecord, _ message: String) -> FileRefused {
        FileRefused(.recordOutOfOrder, at: record.position, message)
    }

    /// Refuses a record that is too long or short for its type, or holds a control character.
    private mutating func checkForm(_ record: ACHRecord) throws(FileRefused) {
        let lengths =
            switch record.type {
            case UInt8(ascii: "1"): ACHFileHeader.lengths
            case UInt8(ascii: "9"): ACHFileControl.lengths
            case UInt8(ascii: "5")...UInt8(ascii: "8"): ACHBatchHeader.lengths
            default: 0...ACHRecord.width
            }
        if let column = record.controlColumn {
            throw FileRefused(
                .recordMalformed, at: record.position,
                "column \(column) holds a control character; a tab would move all columns behind it")
        }
        guard lengths.contains(record.length) else {
            throw FileRefused(
                .recordMalformed, at: record.position,
                "the record is \(record.length) columns long, expected "
                    + (lengths.count == 1 ? "94" : "\(lengths.lowerBound) to \(lengths.upperBound)"))
        }
        if record.hasBlanksBehind {
            try log.tell(.recordMalformed, at: record.position, message: "blanks stand behind column 94")
        }
    }

    /// Ends the file, or refuses one that is cut short.
    mutating func finish() throws(FileRefused) {
        if isInBatch { throw truncated("the control record (type 8) of its last batch") }
        if control == nil {
            guard !hasHeader, batches > 0 else { throw truncated("the file control record (type 9)") }
            // Return files circulate without header and control: each batch still proves its own sums.
            try log.tell(
                .fieldMissing, at: last,
                message: "the file has no file control record (type 9); only its batches prove sums"
            )
        }
        var declared = Declared()
        declared.position = control?.position ?? last
        log.add(.depositEnds(sets > 0 ? control ?? declared : declared))
        log.add(.fileEnds(sets > 0 ? declared : control ?? declared))
    }

    private func truncated(_ missing: String) -> FileRefused {
        FileRefused(.fileTruncated, at: last, "the file ends after record \(last.record) without \(missing)")
    }
}

// The file: types 1 and 9.
extension ACHAssembly {
    private mutating func takeFileHeader(_ record: ACHRecord) throws(FileRefused) {
        guard last.record == start else { throw outOfOrder(record, "a file header stands behind the first record") }
        hasHeader = true
        deposit.position = record.position
        deposit.number = record.text(
            record.isUnfilled(ACHFileHeader.reference)
                ? ACHFileHeader.modifier : ACHFileHeader.reference)
        deposit.date = try log.day(ACHFileHeader.created, record)
        for (field, value) in [
            (ACHFileHeader.recordSize, "094"), (ACHFileHeader.blockingFactor, "10"), (ACHFileHeader.formatCode, "1"),
        ] where record.whole(field) != value {
            try log.tell(.fieldInvalid, record, field, expected: value)
        }
        begin()
    }

    /// Begins the one deposit of the file.
    private mutating func begin() {
        deposit.currency = "USD"
        hasBegun = true
        log.add(.depositBegins(deposit))
    }

    private mutating func takeFileControl(_ record: ACHRecord) throws(FileRefused) {
        guard !isInBatch else { throw outOfOrder(record, "a file control stands within a batch") }
        guard hasBegun else { throw outOfOrder(record, "a file control stands before any other record") }
        guard !record.isFilling else { throw outOfOrder(record, "filling stands before the file control") }
        let blocks = (record.position.record - start + 9) / 10
        try log.compare(log.number(ACHFileControl.blocks, record), blocks, .countWrong, record, ACHFileControl.blocks)
        try log.compare(
            log.number(ACHFileControl.entries, record), records, .countWrong, record, ACHFileControl.entries)
        let hash = hash % ACHBatch.hashModulus
        try log.compare(log.number(ACHFileControl.hash, record), hash, .hashWrong, record, ACHFileControl.hash)
        var declared = Declared()
        declared.position = record.position
        declared.batches = try log.number(ACHFileControl.batches, record)
        declared.debits = try log.amount(ACHFileControl.debits, record)
        declared.credits = try log.amount(ACHFileControl.credits, record)
        control = declared
    }
}

// A batch: types 5, 6, 7 and 8.
extension ACHAssembly {
    private mutating func takeBatchHeader(_ record: ACHRecord) throws(FileRefused) {
        guard !isInBatch else { throw outOfOrder(record, "a batch header stands within a batch") }
        if !hasBegun {
            deposit.position = record.position
            begin()
            try log.tell(
                .recordOutOfOrder, at: record.position,
                message: "the file begins with a batch header; expected a file header record (type 1) before it")
        }
        let next = try ACHBatch(record, fileDate: deposit.date, &log)
        try checkNumber(record)
        batches += 1
        log.add(.batchBegins(next.begun))
        batch = next
        soundForm = ACHSoundForm(next)
        isInBatch = true
    }

    /// Batch numbers ascend in a file.
    private mutating func checkNumber(_ record: ACHRecord) throws(FileRefused) {
        guard let number = record.number(ACHBatchHeader.number) else { return }
        if number == lastBatchNumber {
            try log.tell(
                .duplicateBatchNumber, at: record.position, ACHBatchHeader.number,
                message: "batch number \(number) is that of the batch before; this one is batch \(batches + 1) by place"
            )
        } else if number < lastBatchNumber {
            try log.tell(
                .recordOutOfOrder, at: record.position, ACHBatchHeader.number,
                message: "batch number \(number) stands behind \(lastBatchNumber); expected ascending numbers")
        }
        lastBatchNumber = number
    }

    private mutating func takeEntry(_ record: inout ACHRecord) throws(FileRefused) {
        try endEntry()
        guard isInBatch else { throw outOfOrder(record, "an entry stands outside a batch; expected a batch header") }
        try entry.begin(record, &batch, &log)
        hasEntry = true
        swap(&record, &entryRecord)
    }

    private mutating func takeAddenda(_ record: ACHRecord) throws(FileRefused) {
        guard hasEntry else { throw outOfOrder(record, "an addenda record stands behind no entry") }
        batch.records += 1
        try entry.take(record, of: entryRecord, &log)
    }

    /// Ends the open entry, if there is one.
    mutating func endEntry() throws(FileRefused) {
        guard hasEntry else { return }
        hasEntry = false
        try entry.end(entryRecord, &log)
        log.add(entry.wantsTotals ? .figures(entry.figures) : .item(entry.item))
    }

    private mutating func takeBatchControl(_ record: ACHRecord) throws(FileRefused) {
        guard isInBatch else { throw outOfOrder(record, "a batch control stands outside a batch") }
        try endEntry()
        let declared = try batch.end(record, &log)
        records += batch.records
        hash += batch.hash % ACHBatch.hashModulus
        isInBatch = false
        log.add(.batchEnds(declared))
    }
}
