import Model

/// Reads records of fixed columns by their layout.
struct FixedWidthReader: FormatReader {
    private let plan: Plan
    private let cut: FixedCut
    private var splitter: RowSplitter
    private var assembler: Assembler

    init(plan: Plan, cut: FixedCut) {
        self.plan = plan
        self.cut = cut
        splitter = RowSplitter(encoding: plan.encoding)
        assembler = Assembler(plan: plan)
    }

    mutating func feed(_ bytes: Span<UInt8>, into events: inout [ReadEvent]) throws(FileRefused) {
        var at = 0
        while try splitter.next(bytes, &at) { try takeRecord(into: &events) }
    }

    mutating func finish(into events: inout [ReadEvent]) throws(FileRefused) {
        let cutLine = try splitter.finish()
        if cutLine { try takeRecord(into: &events) }
        try assembler.finish(cutLine: cutLine && !splitter.isEnded, into: &events)
    }

    private mutating func takeRecord(into events: inout [ReadEvent]) throws(FileRefused) {
        guard !splitter.row.trimmed(0).isEmpty else { return }
        trim()
        if cut.excluded.contains(where: { $0.holds(splitter.row) }) { return }
        if let message = wrongLine() {
            return try assembler.values.tell(.recordMalformed, .refusal, splitter.row, message, into: &events)
        }
        guard let shape = try shape(into: &events) else { return }
        if try cutAmount(shape, into: &events) { return }
        let length = splitter.row.length
        splitter.row.count = 0
        for field in shape.fields {
            guard case .columns(let columns) = field.place else { continue }
            splitter.row.appendField(
                from: min(columns.lowerBound, length), to: min(columns.upperBound, length))
        }
        try assembler.take(splitter.row, shape, into: &events)
    }

    /// Cuts blanks behind the last column, and counts a line that is too short, where the layout tolerates them.
    private mutating func trim() {
        let length = splitter.row.length
        if length < cut.lengths.lowerBound, assembler.plan.tolerates(.shortRecords) {
            assembler.values.log.tolerate(.shortRecords, at: splitter.row.position)
        }
        guard length > cut.lengths.upperBound, assembler.plan.tolerates(.trailingBlanks),
            (cut.lengths.upperBound..<length).allSatisfy({ splitter.row.bytes[$0] == 0x20 })
        else { return }
        splitter.row.length = cut.lengths.upperBound
        assembler.values.log.tolerate(.trailingBlanks, at: splitter.row.position)
    }

    /// What is wrong with the line as a whole, or nil.
    private func wrongLine() -> String? {
        let row = splitter.row
        let isTolerated = row.length < cut.lengths.lowerBound && assembler.plan.tolerates(.shortRecords)
        guard isTolerated || cut.lengths.contains(row.length) else {
            let expected =
                cut.lengths.count == 1
                ? "\(cut.lengths.lowerBound)" : "\(cut.lengths.lowerBound) to \(cut.lengths.upperBound)"
            return "the record is \(row.length) bytes long, expected \(expected)"
        }
        for index in 0..<row.length where row.bytes[index] < 0x20 {
            return "column \(index + 1) holds a control character; a tab would move all columns behind it"
        }
        return nil
    }

    /// The first shape of the record's type whose tests hold.
    private mutating func shape(into events: inout [ReadEvent]) throws(FileRefused) -> Shape? {
        let row = splitter.row
        var isKnown = false
        for shape in plan.shapes where cut.is(shape.type, row) {
            isKnown = true
            if shape.tests.allSatisfy({ $0.holds(row) }) { return shape }
        }
        let name = String(decoding: cut.type(of: row), as: UTF8.self)
        if isKnown {
            try assembler.values.tell(
                .recordMalformed, .refusal, row, "the record of type \"\(name)\" has none of the forms of its layout",
                into: &events)
        } else {
            let types = Set(plan.shapes.compactMap(\.type)).map { String(decoding: $0, as: UTF8.self) }.sorted()
            try assembler.values.tell(
                .recordUnknown, .refusal, row,
                "the record type is \"\(name)\", expected one of \(types.joined(separator: ", "))", into: &events)
        }
        return nil
    }

    /// A line may end in blanks that were trimmed, but not within an amount: its last digits would be lost.
    private mutating func cutAmount(_ shape: Shape, into events: inout [ReadEvent]) throws(FileRefused) -> Bool {
        guard splitter.row.length < cut.lengths.upperBound else { return false }
        for role in Role.allCases where role.isMoney {
            guard case .columns(let columns)? = shape.field(role)?.place,
                columns.lowerBound < splitter.row.length, splitter.row.length < columns.upperBound
            else { continue }
            try assembler.values.tell(
                .recordMalformed, .refusal, splitter.row, field: role.name,
                "the line ends at column \(splitter.row.length), within field \(shape.label(role))", into: &events)
            return true
        }
        return false
    }
}
