internal import Model

/// Reads a NACHA ACH file: bytes to records of 94 columns, records to what they tell.
struct NACHAReader: FormatReader {
    var cutter = ACHCutter()
    var assembly = ACHAssembly()

    mutating func want(_ wanted: Wanted) { assembly.want(wanted) }

    mutating func feed(_ bytes: Span<UInt8>, into events: inout [ReadEvent]) throws(FileRefused) {
        defer { assembly.deliver(into: &events) }
        var at = 0
        while try cutter.next(bytes, &at) {
            try assembly.take(&cutter.record)
            try takeRun(bytes, &at)
        }
    }

    mutating func finish(into events: inout [ReadEvent]) throws(FileRefused) {
        defer { assembly.deliver(into: &events) }
        if cutter.finish() { try assembly.take(&cutter.record) }
        try assembly.finish()
    }
}
