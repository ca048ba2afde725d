internal import Model

/// Reads BAI2 balance reports: bytes to lines, lines to records, records to events.
///
/// It keeps one record with its continuations, and no more.
struct BAI2Reader: FormatReader {
    private var lines = BAI2Lines()
    private var records = BAI2Records()
    private var assembly = BAI2Assembly()

    mutating func feed(_ bytes: Span<UInt8>, into events: inout [ReadEvent]) throws(FileRefused) {
        var at = 0
        while try lines.next(bytes, &at) { try takeLine(into: &events) }
    }

    mutating func finish(into events: inout [ReadEvent]) throws(FileRefused) {
        if lines.finish() { try takeLine(into: &events) }
        if let last = records.finish() { try assembly.take(last, into: &events) }
        try assembly.finish(into: &events)
    }

    private mutating func takeLine(into events: inout [ReadEvent]) throws(FileRefused) {
        for whole in try records.take(lines.line, at: lines.position) { try assembly.take(whole, into: &events) }
        try assembly.tell(records.faults, into: &events)
        records.faults.removeAll()
    }
}
