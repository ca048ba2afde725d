import Model

/// Reads records of fixed columns by their layout.
struct FixedWidthReader: FormatReader {
    private let shapes: ShapeTable
    private let cut: FixedCut
    /// What of a payment's line is read where it is one of a run; nil where none is.
    let soundLine: SoundLine?
    /// How many payments stand behind each other up to here: one alone makes no run likely.
    private(set) var payments = 0
    var splitter: RowSplitter
    var assembler: Assembler

    init(plan: Plan, cut: FixedCut) {
        shapes = ShapeTable(plan.shapes)
        self.cut = cut
        soundLine = SoundLine(plan, cut, shapes)
        splitter = RowSplitter(encoding: plan.encoding)
        assembler = Assembler(plan: plan)
    }

    mutating func want(_ wanted: Wanted) { assembler.want(wanted) }

    mutating func feed(_ bytes: Span<UInt8>, into events: inout [ReadEvent]) throws(FileRefused) {
        var at = 0
        while try splitter.next(bytes, &at) {
            try takeRecord(into: &events)
            try takeRun(bytes, &at, into: &events)
        }
    }

    mutating func finish(into events: inout [ReadEvent]) throws(FileRefused) {
        let cutLine = try splitter.finish()
        if cutLine { try takeRecord(into: &events) }
        try assembler.finish(cutLine: cutLine && !splitter.isEnded, into: &events)
    }

    /// Takes the row that the splitter found.
    mutating func takeRecord(into events: inout [ReadEvent]) throws(FileRefused) {
        guard !splitter.row.trimmed(0).isEmpty else { return }
        if !cut.lengths.contains(splitter.row.length) { trim() }
        if !cut.excluded.isEmpty, cut.excluded.contains(where: { $0.holds(splitter.row) }) { return }
        if !splitter.row.isPlain || !cut.lengths.contains(splitter.row.length), try !isSound(into: &events) { return }
        guard let shape = try shape(into: &events) else { return }
        payments = shape.kind == .payment ? payments + 1 : 0
        if try cutAmount(shape, into: &events) { return }
        splitter.row.cut(to: shape)
        try assembler.take(&splitter.row, shape, into: &events)
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

    /// Whether nothing is wrong with the line as a whole; told where something is.
    private mutating func isSound(into events: inout [ReadEvent]) throws(FileRefused) -> Bool {
        let length = splitter.row.length
        let isLong = length >= cut.lengths.lowerBound || assembler.plan.tolerates(.shortRecords)
        var problem: String?
        if length > cut.lengths.upperBound || !isLong {
            let expected =
                cut.lengths.count == 1
                ? "\(cut.lengths.lowerBound)" : "\(cut.lengths.lowerBound) to \(cut.lengths.upperBound)"
            problem = "the record is \(length) bytes long, expected \(expected)"
        } else if !splitter.row.isPlain, let column = splitter.row.controlColumn {
            problem = "column \(column) holds a control character; a tab would move all columns behind it"
        }
        guard let problem else { return true }
        try assembler.values.tell(.recordMalformed, .refusal, splitter.row, problem, into: &events)
        return false
    }

    /// The first shape of the record's type whose tests hold.
    private mutating func shape(into events: inout [ReadEvent]) throws(FileRefused) -> Shape? {
        var isKnown = false
        let first = cut.typeColumns.lowerBound
        if cut.typeColumns.count == 1, first < splitter.row.length,
            let shape = shapes.shape(splitter.row.bytes[first])
        {
            return shape
        }
        for place in first < splitter.row.length ? shapes.places(splitter.row.bytes[first]) : 0..<0 {
            let shape = shapes.shapes[place]
            guard cut.is(shape.type, splitter.row) else { continue }
            isKnown = true
            if shape.tests.isEmpty || shape.tests.allSatisfy({ $0.holds(splitter.row) }) { return shape }
        }
        let row = splitter.row
        let name = String(decoding: cut.type(of: row), as: UTF8.self)
        if isKnown {
            try assembler.values.tell(
                .recordMalformed, .refusal, row, "the record of type \"\(name)\" has none of the forms of its layout",
                into: &events)
        } else {
            let types = Set(shapes.shapes.compactMap(\.type)).map { String(decoding: $0, as: UTF8.self) }.sorted()
            try assembler.values.tell(
                .recordUnknown, .refusal, row,
                "the record type is \"\(name)\", expected one of \(types.joined(separator: ", "))", into: &events)
        }
        return nil
    }

    /// A line may end in blanks that were trimmed, but not within an amount: its last digits would be lost.
    private mutating func cutAmount(_ shape: Shape, into events: inout [ReadEvent]) throws(FileRefused) -> Bool {
        guard splitter.row.length < cut.lengths.upperBound else { return false }
        for place in shape.moneyColumns.indices {
            let (role, columns) = shape.moneyColumns[place]
            guard columns.lowerBound < splitter.row.length, splitter.row.length < columns.upperBound else { continue }
            try assembler.values.tell(
                .recordMalformed, .refusal, splitter.row, field: role.name,
                "the line ends at column \(splitter.row.length), within field \(shape.label(role))", into: &events)
            return true
        }
        return false
    }
}
