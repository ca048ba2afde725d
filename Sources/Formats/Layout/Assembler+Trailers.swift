import Model

// What ends units and declares their totals.
extension Assembler {
    mutating func takeBatchTrailer(
        _ row: Row, _ shape: Shape, into events: inout [ReadEvent]
    ) throws(FileRefused) {
        try closeItem(into: &events)
        let number = values.unitNumber(.batch, row, shape)
        if !hasBatch {
            guard !hasBatchHeader else {
                return try outOfOrder(row, "a batch total stands where no batch is open", into: &events)
            }
            try begin(row, shape, number: number, into: &events)
        } else if hasBatchHeader {
            try compareBatchNumber(row, shape, into: &events)
        } else if shape.slot(.batch) >= 0, !batchKey.isHeld(by: row, shape) {
            // Counting it to the open batch or to one of its own would both be guesses.
            try outOfOrder(
                row,
                "the total of batch \(number) stands behind items of batch \(batch?.number ?? ""),"
                    + " lockbox or date included", into: &events)
        }
        try closeBatch(try declared(row, shape, into: &events), into: &events)
    }

    mutating func takeDepositTrailer(
        _ row: Row, _ shape: Shape, into events: inout [ReadEvent]
    ) throws(FileRefused) {
        guard batch == nil || !plan.requires(.batchTrailer) else {
            return try outOfOrder(row, "the deposit's total stands before its last batch's", into: &events)
        }
        guard let open = deposit else {
            // A day without deposits may have a total of nothing.
            let declared = try declared(row, shape, into: &events)
            guard declared.credits ?? .zero == .zero else {
                return try outOfOrder(row, "a deposit's total stands where no deposit is open", into: &events)
            }
            return
        }
        let lockbox = values.text(.lockbox, row, shape)
        if !lockbox.isEmpty, lockbox != open.lockbox {
            try outOfOrder(
                row, "the total of lockbox \(lockbox) stands behind lockbox \(open.lockbox)", into: &events)
        }
        try closeDeposit(try declared(row, shape, into: &events), into: &events)
    }

    mutating func takeFileTrailer(
        _ row: Row, _ shape: Shape, into events: inout [ReadEvent]
    ) throws(FileRefused) {
        let declared = try declared(row, shape, into: &events)
        try closeItem(into: &events)
        fileTrailer = declared
        try requireTotals()
        try closeDeposit(into: &events)
        fileTrailer = lenient(declared, inFile)
        guard let records = try values.count(.records, row, shape, into: &events), records != row.position.record else {
            return
        }
        if plan.tolerates(.countWrong) { return values.log.tolerate(.countWrong, at: row.position) }
        try values.tell(
            .countWrong, .fault, row, field: Role.records.name,
            "the file declares \(records) records and has \(row.position.record)", into: &events)
    }

    mutating func declared(
        _ row: Row, _ shape: Shape, into events: inout [ReadEvent]
    ) throws(FileRefused) -> Declared {
        var declared = Declared()
        declared.position = row.position
        declared.items = try values.count(.items, row, shape, into: &events)
        declared.batches = try values.count(.batches, row, shape, into: &events)
        if shape.slot(.total) >= 0 {
            let total = try values.amount(.total, row, shape, into: &events)
            if total.cut {
                try values.refuse(
                    .amountNotNumeric, .total, row, shape, expected: plan.money.expected, into: &events)
            }
            declared.credits = total.cut ? nil : total.cents
        }
        return declared
    }

    mutating func outOfOrder(
        _ row: Row, _ message: String, into events: inout [ReadEvent]
    ) throws(FileRefused) {
        try values.tell(.recordOutOfOrder, .refusal, row, message, into: &events)
    }
}
