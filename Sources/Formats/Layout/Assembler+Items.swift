import Model

/// Where the remittance records of one item stand (BAI overflow records: sequence and last flag).
struct Overflow {
    var sequence = 0
    var sawLast = false
    var hasFlag = false
}

// Items and their remittance lines.
extension Assembler {
    /// Takes a row of a payment; true where the row is to be kept, as the first of the open payment.
    mutating func takePayment(
        _ row: Row, _ shape: Shape, into events: inout [ReadEvent]
    ) throws(FileRefused) -> Bool {
        try enterBatch(row, shape, into: &events)
        guard hasBatch else { return false }
        if try continuesItem(row, shape, into: &events) { return false }
        try closeItem(into: &events)
        if wantsTotals {
            try tellBatch(into: &events)
            try readFacts(row, shape, into: &events)
            open = .facts
            if !facts.longCurrency.isEmpty { completeItem(row, shape) }
        } else if makesBatches {
            let next = try makeItem(row, shape, into: &events)
            let ownFee = fee.take()
            try partBatch(before: next, into: &events)
            try tellBatch(into: &events)
            (item, fee) = (next, ownFee)
            open = .item
        } else {
            try tellBatch(into: &events)
            item = try makeItem(row, shape, into: &events)
            open = .item
        }
        if itemShape !== shape { itemShape = shape }
        overflow = Overflow()
        try addLine(row, shape, into: &events)
        return wantsTotals
    }

    /// Makes the open payment an item, where only its facts were read: another row asks for its texts.
    private mutating func completeItem() {
        guard open == .facts, let shape = itemShape else { return }
        completeItem(firstRow, shape)
    }

    private mutating func completeItem(_ row: Row, _ shape: Shape) {
        item = makeItem(of: facts, row, shape)
        open = .item
    }

    /// Whether a row's own number of the item is the open payment's. Inlined: a call would copy the assembler.
    @inline(__always) private func namesOpenItem(_ row: Row, _ shape: Shape) -> Bool {
        let range = row.unit(shape.slot(.item))
        if open == .item { return row.holds(item.number, range) }
        guard let first = itemShape else { return false }
        return row.repeats(range, of: firstRow, firstRow.unit(first.slot(.item)))
    }

    /// Finds the batch that a payment belongs to.
    private mutating func enterBatch(
        _ row: Row, _ shape: Shape, into events: inout [ReadEvent]
    ) throws(FileRefused) {
        if hasBatchHeader {
            guard hasBatch else {
                return try outOfOrder(row, "a payment stands where no batch is open", into: &events)
            }
            return try compareBatchNumber(row, shape, into: &events)
        }
        guard !hasBatch || !batchKey.isHeld(by: row, shape) else { return }
        try closeBatch(into: &events)
        keepBatchKey(row, shape)
        try begin(row, shape, number: values.unitNumber(.batch, row, shape), into: &events)
    }

    private mutating func keepBatchKey(_ row: Row, _ shape: Shape) {
        batchKey = BatchKey(
            lockbox: Array(row.bytes[row.trimmed(shape.slot(.lockbox))]),
            ourAccount: Array(row.bytes[row.trimmed(shape.slot(.ourAccount))]),
            date: Array(row.bytes[row.trimmed(shape.slot(.depositDate))]),
            batch: Array(row.bytes[row.unit(shape.slot(.batch))]))
    }

    /// Holds a record's batch number against the open batch's. Banks are known to write 000 in the header only.
    mutating func compareBatchNumber(
        _ row: Row, _ shape: Shape, into events: inout [ReadEvent]
    ) throws(FileRefused) {
        guard shape.slot(.batch) >= 0, !row.holds(batchNumber, row.unit(shape.slot(.batch))), let open = batch
        else { return }
        let number = values.unitNumber(.batch, row, shape)
        guard number != open.number else { return }
        if open.number == "0", !batchIsTold {
            batch?.number = number
            batchNumber = Array(number.utf8)
            return try values.tell(
                .recordMalformed, .note, row, field: Role.batch.name,
                "the batch header has number 000, its records have \(number), which is used", into: &events)
        }
        try values.tell(
            .recordMalformed, .fault, row, field: Role.batch.name,
            "the record names batch \(number), but stands in batch \(open.number), to which it is counted",
            into: &events)
    }

    /// Adds a row to the open item, if it is another remittance line of it; true where it was.
    private mutating func continuesItem(
        _ row: Row, _ shape: Shape, into events: inout [ReadEvent]
    ) throws(FileRefused) -> Bool {
        guard open != .none, !hasBatchHeader, shape.slot(.item) >= 0 else { return false }
        guard !row.unit(shape.slot(.item)).isEmpty, namesOpenItem(row, shape) else { return false }
        completeItem()
        let again = try makeItem(row, shape, into: &events)
        try compare(again, row, into: &events)
        try addLine(row, shape, into: &events)
        return true
    }

    /// The columns of an item repeat in each of its rows; where they do not, one of the rows is wrong.
    private mutating func compare(
        _ again: Item, _ row: Row, into events: inout [ReadEvent]
    ) throws(FileRefused) {
        let pairs: [(Role, String, String)] = [
            (.amount, item.amountText, again.amountText),
            (.amount, item.amount?.description ?? "", again.amount?.description ?? ""),
            (.amount, item.direction.rawValue, again.direction.rawValue),
            (.kind, item.kind.rawValue, again.kind.rawValue),
            (.transaction, item.transaction, again.transaction), (.tender, item.tender.rawValue, again.tender.rawValue),
            (.checkNumber, item.checkNumber, again.checkNumber), (.routing, item.routing, again.routing),
            (.bankAccount, item.bankAccount, again.bankAccount), (.payer, item.payer, again.payer),
            (.scanline, item.scanline, again.scanline), (.memo, item.memo, again.memo),
            (.currency, item.currency, again.currency), (.reference, item.reference, again.reference),
            (.endToEnd, item.endToEnd, again.endToEnd), (.trace, item.trace, again.trace),
            (.checkDate, item.checkDate?.description ?? "", again.checkDate?.description ?? ""),
            (.valueDate, item.valueDate?.description ?? "", again.valueDate?.description ?? ""),
            (.bookingDate, item.bookingDate?.description ?? "", again.bookingDate?.description ?? ""),
            (.postmark, item.postmark?.description ?? "", again.postmark?.description ?? ""),
            (.checkFront, names(item), names(again)),
        ]
        for (role, first, second) in pairs where first != second {
            try values.tell(
                .recordMalformed, .refusal, row, field: role.name,
                "field \(role.name) of item \(item.number) is \"\(shown(second, as: role))\" here and"
                    + " \"\(shown(first, as: role))\" in line \(item.position.line); the rows of one item must agree",
                into: &events)
        }
    }

    private func names(_ item: Item) -> String { item.images.map(\.name).joined(separator: " ") }

    /// A remittance record of its own.
    mutating func takeLine(_ row: Row, _ shape: Shape, into events: inout [ReadEvent]) throws(FileRefused) {
        guard open != .none else {
            return try outOfOrder(row, "a remittance record stands where no payment is open", into: &events)
        }
        try compareBatchNumber(row, shape, into: &events)
        if shape.slot(.item) >= 0, !namesOpenItem(row, shape) {
            completeItem()
            let number = values.unitNumber(.item, row, shape)
            return try outOfOrder(
                row, "a remittance record of item \(number) stands behind item \(item.number)", into: &events)
        }
        // Where the payment may go on in another row, that row is held against its texts as they are by then.
        if !hasBatchHeader { completeItem() }
        try follow(row, shape, into: &events)
        if open == .item {
            let memo = values.text(.memo, row, shape)
            if !memo.isEmpty { item.memo += (item.memo.isEmpty ? "" : " ") + memo }
        }
        try addLine(row, shape, into: &events)
    }

    /// Holds sequence and last flag against the records before: a gap means that a record is lost.
    private mutating func follow(_ row: Row, _ shape: Shape, into events: inout [ReadEvent]) throws(FileRefused) {
        if overflow.sawLast {
            try values.tell(
                .recordOutOfOrder, .fault, row, field: Role.last.name,
                "a remittance record stands behind the one that is marked as the item's last", into: &events)
        }
        if shape.slot(.last) >= 0 {
            overflow.hasFlag = true
            overflow.sawLast = values.text(.last, row, shape) == "9"
        }
        guard let sequence = try values.count(.sequence, row, shape, into: &events) else { return }
        // Two digits count more than 99 records by going back to 01 (some banks: 00).
        let wraps = overflow.sequence == 99 && sequence <= 1
        if sequence != overflow.sequence + 1, !wraps {
            try values.tell(
                .recordOutOfOrder, .fault, row, field: Role.sequence.name,
                "remittance record \(sequence) stands behind number \(overflow.sequence)", into: &events)
        }
        overflow.sequence = sequence
    }

    private mutating func addLine(_ row: Row, _ shape: Shape, into events: inout [ReadEvent]) throws(FileRefused) {
        let amount = try values.wholeAmount(.lineAmount, row, shape, into: &events)
        if shape.kind == .line, shape.slot(.lineAmount) >= 0, amount == nil,
            !values.reference(.bill, row, shape).isEmpty
        {
            try blankAmount(row, shape, into: &events)
        }
        guard open == .item else { return }
        let bill = values.reference(.bill, row, shape)
        let account = values.reference(.account, row, shape)
        let namesOther = !account.isEmpty && (shape.kind == .line || account != item.account)
        guard !bill.isEmpty || amount != nil || namesOther else { return }
        item.lines.append(RemittanceLine(account: account, bill: bill, amount: amount))
    }

    private mutating func blankAmount(
        _ row: Row, _ shape: Shape, into events: inout [ReadEvent]
    ) throws(FileRefused) {
        guard row.trimmed(shape.slot(.lineAmount)).isEmpty else { return }
        if plan.tolerates(.blankAmountInLine) { return values.log.tolerate(.blankAmountInLine, at: row.position) }
        try values.tell(
            .fieldMissing, .fault, row, field: Role.lineAmount.name,
            "field \(shape.label(.lineAmount)) is blank beside a bill, expected what is paid of it", into: &events)
    }

    /// Gives the open item away.
    mutating func closeItem(into events: inout [ReadEvent]) throws(FileRefused) {
        let position: Position
        switch open {
        case .none: return
        case .facts:
            position = facts.figures.position
            events.append(.figures(facts.figures))
        case .item:
            position = item.position
            let figures = item.figures
            events.append(wantsTotals && !figures.currency.isLong ? .figures(figures) : .item(item))
        }
        open = .none
        countItem()
        if hasFees { tellFee(into: &events) }
        guard overflow.hasFlag, !overflow.sawLast else { return }
        try values.log.add(
            Fault(
                .recordOutOfOrder, .fault, at: position, field: Role.last.name,
                "no remittance record of the item is marked as its last"), into: &events)
    }
}
