import Model

/// What has been read of a unit so far.
struct UnitCount {
    var items = 0
    var batches = 0
}

// Declared counts: those of a header, and those that a bank is known to write wrong.
extension Assembler {
    /// Counts of payments in the open batch, the open deposit and the file.
    mutating func countItem() {
        inBatch.items += 1
        inDeposit.items += 1
        inFile.items += 1
    }

    mutating func countBatch() {
        inBatch = UnitCount()
        inDeposit.batches += 1
        inFile.batches += 1
    }

    /// What a unit declares, without the counts that are wrong where the layout tolerates those.
    mutating func lenient(_ declared: Declared, _ count: UnitCount) -> Declared {
        var declared = declared
        // The bank counts its rows and not the fees that we read out of them.
        if hasFees, declared.items == count.items { declared.items = nil }
        guard plan.tolerates(.countWrong) else { return declared }
        let isWrong =
            declared.items.map { $0 != count.items } ?? false
            || declared.batches.map { $0 != count.batches } ?? false
        guard isWrong else { return declared }
        values.log.tolerate(.countWrong, at: declared.position)
        declared.items = nil
        declared.batches = nil
        return declared
    }

    /// What the header of the open batch declared of it.
    mutating func takeHeaderTotals(
        _ row: Row, _ shape: Shape, into events: inout [ReadEvent]
    ) throws(FileRefused) {
        headerTotals = nil
        headerRows = nil
        batchRows = 0
        guard shape.slot(.total) >= 0 || shape.slot(.items) >= 0 || shape.slot(.records) >= 0 else { return }
        headerTotals = try declared(row, shape, into: &events)
        headerRows = try values.count(.records, row, shape, into: &events)
    }

    /// Holds the number of rows that a batch header declared against those behind it.
    mutating func checkHeaderRows(into events: inout [ReadEvent]) throws(FileRefused) {
        guard let declared = headerRows.take(), declared != batchRows, let header = headerTotals?.position else {
            return
        }
        if plan.tolerates(.countWrong) { return values.log.tolerate(.countWrong, at: header) }
        if isAtEnd, batchRows < declared, values.log.refusals == 0 {
            throw FileRefused(
                .fileTruncated, at: Position(record: rows),
                "the file ends after \(batchRows) of the \(declared) rows that its batch header declares")
        }
        try values.log.add(
            Fault(
                .countWrong, .fault, at: header, field: Role.records.name,
                "the batch header declares \(declared) rows; \(batchRows) stand behind it"), into: &events)
    }
}
