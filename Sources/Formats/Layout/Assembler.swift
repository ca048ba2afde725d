import Model

/// Puts rows together to what they tell: deposits, batches, items and their remittance lines.
///
/// It knows nothing of separators and columns; a shape says which field of a row holds what.
struct Assembler {
    /// What the rows of one batch have in common, as bytes of one of them.
    struct BatchKey: Equatable {
        var lockbox: [UInt8] = []
        var ourAccount: [UInt8] = []
        var date: [UInt8] = []
        var batch: [UInt8] = []

        /// Whether a row states the same lockbox, date and batch.
        func isHeld(by row: Row, _ shape: Shape) -> Bool {
            (shape.slot(.batch) < 0 || row.holds(batch, row.unit(shape.slot(.batch))))
                && repeats(date, shape.slot(.depositDate), row) && repeats(lockbox, shape.slot(.lockbox), row)
                && repeats(ourAccount, shape.slot(.ourAccount), row)
        }

        private func repeats(_ bytes: [UInt8], _ field: Int, _ row: Row) -> Bool {
            field < 0 || row.holds(bytes, row.trimmed(field))
        }
    }

    /// A duplicate is told for the numbers that fit here; a bank's batch number has three digits or a few more.
    static let batchNumbersMax = 100_000

    let plan: Plan
    let hasBatchHeader: Bool
    let makesBatches: Bool
    let saysDirection: Bool
    let hasFees: Bool
    var values: RowValues
    /// The layout's rules of kinds, with the fields that the header names.
    var kindRules: [KindRule]

    var context = Deposit()
    var started = false
    var sawHeader = false
    var deposit: Deposit?
    var batch: Batch? { didSet { hasBatch = batch != nil } }
    private(set) var hasBatch = false
    /// The open batch's number as bytes, and what its items have in common.
    var batchNumber: [UInt8] = []
    var common = ItemFigures()
    var batchIsTold = false
    var batchKey = BatchKey()
    var batchNumbers: Set<String> = []
    var batches = 0
    /// How far the open payment is read. Not an optional item: to ask for that would copy one.
    var open = OpenPayment.none
    var item = Item()
    var facts = RowFacts()
    /// The first row of the open payment and its shape; the row is kept in a look for totals.
    var firstRow = Row()
    var itemShape: Shape?
    private(set) var wantsTotals = false
    var overflow = Overflow()
    var fileTrailer: Declared? { didSet { hasFileTrailer = fileTrailer != nil } }
    private(set) var hasFileTrailer = false
    var rows = 0
    /// The fee of the open item, and what the items of a batch of ours have in common.
    var fee: Item?
    var flow: MoneyFlow?
    var inBatch = UnitCount()
    var inDeposit = UnitCount()
    var inFile = UnitCount()
    /// What the open batch's header declares of it, and how many rows have come behind it.
    var headerTotals: Declared?
    var headerRows: Int?
    var batchRows = 0
    var isAtEnd = false

    init(plan: Plan) {
        self.plan = plan
        hasBatchHeader = plan.hasBatchHeader
        makesBatches = plan.makesBatches
        saysDirection = plan.saysDirection
        hasFees = plan.has(.fee)
        values = RowValues(plan: plan)
        kindRules = plan.kindRules
        context.lockbox = plan.lockbox
        context.bankAccount = plan.ourAccount
        context.currency = plan.currency
    }

    /// Where fees and batches of ours hang on items, totals are read from items.
    mutating func want(_ wanted: Wanted) { wantsTotals = wanted == .totals && !makesBatches && !hasFees }

    /// Takes one row, which is of that shape. Leaves another in its place where it keeps the row.
    mutating func take(_ row: inout Row, _ shape: Shape, into events: inout [ReadEvent]) throws(FileRefused) {
        if takeSound(row, shape, into: &events) { return swap(&row, &firstRow) }
        rows = row.position.record
        guard !hasFileTrailer else {
            return try values.tell(
                .recordOutOfOrder, .refusal, row, "a record stands behind the one that ends the file", into: &events)
        }
        if shape.kind != .batchHeader { batchRows += 1 }
        switch shape.kind {
        case .payment: if try takePayment(row, shape, into: &events) { swap(&row, &firstRow) }
        case .line: try takeLine(row, shape, into: &events)
        case .fileHeader: try takeFileHeader(row, shape, into: &events)
        case .batchHeader: try takeBatchHeader(row, shape, into: &events)
        case .batchTrailer: try takeBatchTrailer(row, shape, into: &events)
        case .depositTrailer: try takeDepositTrailer(row, shape, into: &events)
        case .fileTrailer: try takeFileTrailer(row, shape, into: &events)
        case .ignored: break
        }
    }

    /// Ends the file, or refuses it where a record is missing that must end a unit.
    ///
    /// - Parameter cutLine: whether the last line has no line end.
    mutating func finish(cutLine: Bool, into events: inout [ReadEvent]) throws(FileRefused) {
        isAtEnd = true
        try checkEnd(cutLine)
        guard sawHeader || isRefused || !plan.requires(.fileHeader) else {
            throw FileRefused(.recordOutOfOrder, "the file has no header record; expected one at its start")
        }
        guard batches > 0 || isRefused || !plan.requires(.batchHeader) else {
            throw FileRefused(.fileTruncated, "the file has no batch header; expected one at its start")
        }
        try requireTotals()
        try closeDeposit(into: &events)
        values.log.tellTolerated(into: &events)
        events.append(.fileEnds(fileTrailer ?? Declared()))
    }

    /// Without a record that ends it, a file whose last line has no end may be cut within an amount.
    private mutating func checkEnd(_ cutLine: Bool) throws(FileRefused) {
        guard !isRefused else { return }
        let last = Position(record: rows)
        if fileTrailer == nil, plan.requires(.fileTrailer) {
            guard plan.tolerates(.missingFileTrailer) else { throw truncated("the record that ends the file") }
            values.log.tolerate(.missingFileTrailer, at: last)
        }
        guard cutLine else { return }
        if plan.tolerates(.missingLastNewline) {
            values.log.tolerate(.missingLastNewline, at: last)
        } else if fileTrailer == nil {
            throw truncated("a line end, as a file does that is cut short")
        }
    }

    /// Whether a fault told before refuses the file: what seems to be missing may be the row it is about.
    private var isRefused: Bool { values.log.refusals > 0 }

    /// What is open at the file's end has lost the record that totals it.
    func requireTotals() throws(FileRefused) {
        guard !isRefused else { return }
        if batch != nil, plan.requires(.batchTrailer) { throw truncated("the total of its last batch") }
        if deposit != nil, plan.requires(.depositTrailer) { throw truncated("the total of its last deposit") }
    }

    private func truncated(_ missing: String) -> FileRefused {
        FileRefused(
            .fileTruncated, at: Position(record: rows), "the file ends after record \(rows) without \(missing)")
    }
}

// Deposits and batches.
extension Assembler {
    private mutating func takeFileHeader(
        _ row: Row, _ shape: Shape, into events: inout [ReadEvent]
    ) throws(FileRefused) {
        guard !started else { return try outOfOrder(row, "a file header stands behind the first batch", into: &events) }
        sawHeader = sawHeader || shape.required
        context = try unit(row, shape, from: context, into: &events)
    }

    /// A deposit as a row states it; what it does not state comes from the one given.
    private mutating func unit(
        _ row: Row, _ shape: Shape, from base: Deposit, into events: inout [ReadEvent]
    ) throws(FileRefused) -> Deposit {
        var unit = base
        unit.position = row.position
        func stated(_ role: Role, _ other: String) -> String {
            let text = values.text(role, row, shape)
            return text.isEmpty ? other : text
        }
        unit.lockbox = stated(.lockbox, base.lockbox)
        unit.bankAccount = stated(.ourAccount, base.bankAccount)
        unit.currency = stated(.currency, base.currency)
        if let date = try values.date(.depositDate, row, shape, .refusal, into: &events) { unit.date = date }
        return unit
    }

    private mutating func takeBatchHeader(
        _ row: Row, _ shape: Shape, into events: inout [ReadEvent]
    ) throws(FileRefused) {
        guard batch == nil || !plan.requires(.batchTrailer) else {
            return try outOfOrder(row, "a batch begins while the one before it has no total", into: &events)
        }
        try closeBatch(into: &events)
        try begin(row, shape, number: values.unitNumber(.batch, row, shape), into: &events)
        try takeHeaderTotals(row, shape, into: &events)
    }

    /// Begins a batch, and a deposit where the row states another than the open one.
    mutating func begin(
        _ row: Row, _ shape: Shape, number: String, into events: inout [ReadEvent]
    ) throws(FileRefused) {
        started = true
        let unit = try unit(row, shape, from: context, into: &events)
        try enter(unit, row, shape, into: &events)
        batches += 1
        var next = Batch()
        next.position = row.position
        next.number = shape.slot(.batch) < 0 ? "\(batches)" : number
        next.date = unit.date
        batch = next
        batchNumber = Array(next.number.utf8)
        common.currency = CurrencyCode(deposit?.currency ?? "")
        common.depositDate = next.date ?? deposit?.date
        batchIsTold = false
        flow = nil
        if shape.slot(.batch) >= 0, number.isEmpty {
            try values.refuse(.fieldMissing, .batch, row, shape, expected: "a batch number", into: &events)
        }
    }

    private mutating func enter(
        _ unit: Deposit, _ row: Row, _ shape: Shape, into events: inout [ReadEvent]
    ) throws(FileRefused) {
        if let open = deposit {
            let sameBox = open.lockbox == unit.lockbox && open.bankAccount == unit.bankAccount
            if sameBox, open.date == unit.date { return }
            if plan.requires(.depositTrailer) {
                // One total for several days or boxes would have to be shared out: only the bank can say how.
                try outOfOrder(
                    row, "lockbox or date changes before the record that totals the deposit", into: &events)
            }
            try closeDeposit(into: &events)
        }
        deposit = unit
        batchNumbers.removeAll(keepingCapacity: true)
        events.append(.depositBegins(unit))
        if unit.date == nil, row.trimmed(shape.slot(.depositDate)).isEmpty {
            try values.tell(
                .fieldMissing, .refusal, row, field: Role.depositDate.name, "the deposit has no date", into: &events)
        }
    }

    /// Tells that the batch begins, once its number is sure.
    mutating func tellBatch(into events: inout [ReadEvent]) throws(FileRefused) {
        guard !batchIsTold, let batch else { return }
        batchIsTold = true
        events.append(.batchBegins(batch))
        guard !batchNumbers.contains(batch.number) else {
            return try values.log.add(
                Fault(
                    .duplicateBatchNumber, .fault, at: batch.position, field: Role.batch.name,
                    "batch number \(batch.number) stands in the deposit before; "
                        + "this one is batch \(batches) of the file by place"
                ),
                into: &events)
        }
        if batchNumbers.count < Assembler.batchNumbersMax { batchNumbers.insert(batch.number) }
    }

    mutating func closeBatch(_ declared: Declared = Declared(), into events: inout [ReadEvent]) throws(FileRefused) {
        guard batch != nil else { return }
        try closeItem(into: &events)
        try tellBatch(into: &events)
        try checkHeaderRows(into: &events)
        events.append(.batchEnds(lenient(headerTotals.take() ?? declared, inBatch)))
        batch = nil
        countBatch()
    }

    mutating func closeDeposit(
        _ declared: Declared = Declared(), into events: inout [ReadEvent]
    ) throws(FileRefused) {
        try closeBatch(into: &events)
        guard deposit != nil else { return }
        events.append(.depositEnds(lenient(declared, inDeposit)))
        deposit = nil
        inDeposit = UnitCount()
    }
}
