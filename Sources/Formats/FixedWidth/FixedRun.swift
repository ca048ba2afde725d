import Model

// The shortest way: payments whose lines follow each other in one batch, of which a look for totals wants the sums.
//
// Each is read where it stands in the piece, and nothing of it is kept but its figures. The last of them is left to the
// long way, which keeps its row for what may come behind it, and so is every line about which there is the least doubt:
// the ways differ in nothing but time, a third of it.
extension FixedWidthReader {
    /// Passes over the payments from `at` on that can be taken so, behind one that the long way took.
    mutating func takeRun(_ input: Span<UInt8>, _ at: inout Int, into events: inout [ReadEvent]) throws(FileRefused) {
        guard payments > 1, soundLine?.begins(input, at) ?? false, splitter.isBetweenRows, let soundLine,
            assembler.mayRun(soundLine)
        else { return }
        let model = assembler.firstRow.bytes
        var figures = assembler.soundFigures
        var taken = 0
        try input.withUnsafeBytes { bytes throws(FileRefused) in
            try model.span.withUnsafeBytes { model throws(FileRefused) in
                guard var entry = soundLine.read(bytes, at: at, like: model, after: nil) else { return }
                try assembler.closeItem(into: &events)
                while let next = soundLine.read(bytes, at: entry.line.next, like: model, after: entry) {
                    figures.position.line = splitter.line + taken
                    figures.position.record = splitter.records + taken + 1
                    figures.position.byte = splitter.base + entry.line.range.lowerBound
                    figures.amount = entry.amount
                    figures.valueDate = entry.valueDate
                    figures.bookingDate = entry.bookingDate
                    events.append(.figures(figures))
                    taken += 1
                    entry = next
                }
                at = entry.line.range.lowerBound
            }
        }
        splitter.pass(lines: taken)
        assembler.countRun(taken)
    }
}

extension Assembler {
    /// Whether payments behind the open one can be taken by their figures alone. Inlined: a call would copy the
    /// assembler.
    @inline(__always) func mayRun(_ line: SoundLine) -> Bool {
        guard wantsTotals, hasBatch, batchIsTold, !hasFileTrailer, open == .facts,
            itemShape === line.shape, !common.currency.isLong, line.isWhole(firstRow),
            let sound = line.shape.sound
        else { return false }
        return isInOpenBatch(firstRow, sound)
    }

    /// The figures of a sound payment in the open batch, but for its place, its amount and its own days.
    @inline(__always) var soundFigures: ItemFigures {
        var figures = common
        figures.direction = .credit
        figures.kind = .payment
        return figures
    }

    /// Counts payments that were taken as a run.
    mutating func countRun(_ items: Int) {
        batchRows += items
        inBatch.items += items
        inDeposit.items += items
        inFile.items += items
    }
}
