import Model

// The shortest way: entries that follow each other without addenda, of which a look for totals wants the sums.
//
// Each is read where it stands in the piece, and nothing of it is kept but its figures. The last of them is left to the
// long way, which knows what to do with what comes behind it, and so is every entry about which there is the least
// doubt: the ways differ in nothing but time, a third of it.
extension NACHAReader {
    /// Passes over the entries from `at` on that can be taken so, behind one that the long way took.
    mutating func takeRun(_ bytes: Span<UInt8>, _ at: inout Int) throws(FileRefused) {
        guard at < bytes.count, bytes[at] == UInt8(ascii: "6"), cutter.isBetweenLines, let form = assembly.soundEntry
        else { return }
        try bytes.withUnsafeBytes { bytes throws(FileRefused) in
            guard var entry = form.read(bytes, at: at) else { return }
            try assembly.endEntry()
            while let next = form.read(bytes, at: entry.line.next), assembly.take(entry, at: cutter.nextPosition) {
                cutter.pass(entry.line)
                entry = next
            }
            at = entry.line.range.lowerBound
        }
    }
}

extension ACHAssembly {
    /// What the entries behind the open one are like that can be taken by their figures alone; nil where none can.
    /// Inlined: a call would copy the assembly.
    @inline(__always) var soundEntry: ACHSoundForm? {
        entry.wantsTotals && hasEntry && isInBatch && !hasControl ? soundForm : nil
    }

    /// Takes a sound entry that another one follows; false, and nothing done, where its trace does not ascend.
    @inline(__always) mutating func take(_ sound: ACHSoundEntry, at position: Position) -> Bool {
        guard batch.take(sound) else { return false }
        var figures = ItemFigures()
        figures.position = position
        figures.currency = ACHEntry.currency
        figures.valueDate = batch.valueDate
        figures.amount = sound.amount
        figures.direction = sound.direction
        log.add(.figures(figures))
        return true
    }
}

extension ACHBatch {
    /// Counts a sound entry; false, and nothing done, where its trace does not ascend.
    @inline(__always) fileprivate mutating func take(_ sound: ACHSoundEntry) -> Bool {
        guard sound.trace > lastTrace else { return false }
        lastTrace = sound.trace
        hash += sound.rdfi
        entries += 1
        records += 1
        return true
    }
}
