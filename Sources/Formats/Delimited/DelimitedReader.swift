import Model

/// Reads rows with a separator by their layout.
struct DelimitedReader: FormatReader {
    private let cut: DelimitedCut
    private var splitter: RowSplitter
    /// Where the layout states an encoding that is decoded first.
    private var decoder: TextDecoder?
    private var assembler: Assembler
    private var shapes: ShapeTable
    private var headerCount: Int?
    private var encodingIsTold = false
    private var typeField = -1
    private var excluded: [(test: FieldTest, field: Int)] = []
    /// Rows that may turn out to be the foot that the layout passes over.
    private var held: [Row] = []

    init(plan: Plan, cut: DelimitedCut) {
        self.cut = cut
        splitter = cut.splitter(encoding: plan.encoding)
        assembler = Assembler(plan: plan)
        shapes = ShapeTable(plan.shapes)
        decoder = plan.source.map { TextDecoder($0) }
        if case .position(let position)? = cut.recordColumn { typeField = position }
        excluded = cut.excluded.map { test in
            if case .position(let position) = test.place { (test, position) } else { (test, -1) }
        }
    }

    mutating func want(_ wanted: Wanted) { assembler.want(wanted) }

    mutating func feed(_ bytes: Span<UInt8>, into events: inout [ReadEvent]) throws(FileRefused) {
        guard decoder != nil else { return try feed(text: bytes, into: &events) }
        guard let text = try decoder?.decode(bytes) else { return }
        tellEncoding(late: false, into: &events)
        try feed(text: text.span, into: &events)
    }

    private mutating func feed(text: Span<UInt8>, into events: inout [ReadEvent]) throws(FileRefused) {
        var at = 0
        while try splitter.next(text, &at) { try takeRow(into: &events) }
    }

    /// Tells what the file was taken for: before its first row, or at its end where a later row showed it.
    private mutating func tellEncoding(late: Bool, into events: inout [ReadEvent]) {
        guard !encodingIsTold, let decoder, let assumption = decoder.assumption, decoder.decidedLate == late else {
            return
        }
        encodingIsTold = true
        events.append(.fault(Fault(.encodingAssumed, .note, field: "encoding", assumption)))
    }

    mutating func finish(into events: inout [ReadEvent]) throws(FileRefused) {
        if let text = try decoder?.finish() {
            tellEncoding(late: false, into: &events)
            try feed(text: text.span, into: &events)
        }
        let cutLine = try splitter.finish()
        if cutLine { try takeRow(into: &events) }
        guard headerCount != nil || !cut.hasHeader else {
            throw FileRefused(.fileTruncated, "the file ends before its header row")
        }
        tellEncoding(late: true, into: &events)
        try assembler.finish(cutLine: cutLine && !splitter.isEnded, into: &events)
    }

    private mutating func takeRow(into events: inout [ReadEvent]) throws(FileRefused) {
        if cut.hasHeader, headerCount == nil {
            return try takeHeader(into: &events)
        }
        if cut.skipFoot > 0 {
            held.append(splitter.row)
            guard held.count > cut.skipFoot else { return }
            splitter.row = held.removeFirst()
        }
        guard let shape = shapes.shape(of: splitter.row, typeField) else {
            return try tellUnknown(splitter.row, into: &events)
        }
        guard try fits(shape, into: &events) else { return }
        // Asked of whole rows only: in one that was cut another field stands in the tested one's place.
        let isExcluded = !excluded.isEmpty && excluded.contains { $0.test.holds(splitter.row, field: $0.field) }
        if isExcluded { return }
        try assembler.take(&splitter.row, shape, into: &events)
    }

    private mutating func tellUnknown(_ row: Row, into events: inout [ReadEvent]) throws(FileRefused) {
        let type = shown(assembler.plan.encoding.text(row.bytes[row.trimmed(typeField)]), as: .filler)
        try assembler.values.tell(
            .recordUnknown, .refusal, row,
            "the record type is \"\(type)\", expected \(typeNames)", into: &events)
    }

    /// Whether the row has the fields of its shape, as far as the layout demands; told where it has not.
    private mutating func fits(_ shape: Shape, into events: inout [ReadEvent]) throws(FileRefused) -> Bool {
        let count = shape.count ?? 0
        if splitter.row.count == count || isTolerated(splitter.row, shape, count) { return true }
        try assembler.values.tell(
            .recordMalformed, .refusal, splitter.row,
            "the row has \(splitter.row.count) fields, expected \(count)", into: &events)
        return false
    }

    /// Whether the layout tolerates a row of other than so many fields.
    private mutating func isTolerated(_ row: Row, _ shape: Shape, _ count: Int) -> Bool {
        if row.count < count {
            // A field that says how much must be there: a row cut within it would give another amount.
            let moneyEnds = shape.fields.filter(\.role.isMoney).map { shape.slot($0.role) }.max() ?? -1
            guard assembler.plan.tolerates(.shortRecords), moneyEnds < row.count - 1 else { return false }
            assembler.values.log.tolerate(.shortRecords, at: row.position)
            return true
        }
        // Fields that hold something may be a separator within one before the amount.
        guard assembler.plan.tolerates(.extraColumns), (count..<row.count).allSatisfy({ row.trimmed($0).isEmpty })
        else { return false }
        assembler.values.log.tolerate(.extraColumns, at: row.position)
        return true
    }

    private var typeNames: String {
        shapes.shapes.compactMap(\.type).map { String(decoding: $0, as: UTF8.self) }.joined(separator: ", ")
    }
}

// The header row.
extension DelimitedReader {
    private mutating func takeHeader(into events: inout [ReadEvent]) throws(FileRefused) {
        let row = splitter.row
        let names = cut.names(in: row, encoding: assembler.plan.encoding)
        var columns: [String: Int] = [:]
        for (index, name) in names.enumerated() where !name.isEmpty {
            guard columns.updateValue(index, forKey: name) == nil else {
                throw FileRefused(
                    .recordMalformed, at: row.position, field: name,
                    "column \"\(shown(name, as: .filler))\" stands twice in the header")
            }
        }
        headerCount = names.count
        if case .name(let name)? = cut.recordColumn { typeField = try column(name, columns, row) }
        var resolved: [Shape] = []
        for shape in shapes.shapes { resolved.append(try resolve(shape, columns, names.count, row)) }
        shapes = ShapeTable(resolved)
        for index in excluded.indices {
            guard case .name(let name) = excluded[index].test.place else { continue }
            excluded[index].field = try column(name, columns, row)
        }
        for index in assembler.kindRules.indices {
            guard case .name(let name) = assembler.kindRules[index].test.place else { continue }
            assembler.kindRules[index].field = try column(name, columns, row)
        }
        try tellUnknown(names, row, into: &events)
    }

    private func column(
        _ name: String, _ columns: [String: Int], _ row: Row
    ) throws(FileRefused) -> Int {
        if let column = columns[name] { return column }
        throw FileRefused(
            .columnMissing, at: row.position, field: name,
            "the header has no column \"\(name)\", which the layout needs")
    }

    private func resolve(
        _ shape: Shape, _ columns: [String: Int], _ count: Int, _ row: Row
    ) throws(FileRefused) -> Shape {
        var places: [Int] = []
        for field in shape.fields {
            switch field.place {
            case .position(let position): places.append(position)
            case .columns: places.append(-1)
            case .name(let name) where field.optional: places.append(columns[name] ?? -1)
            case .name(let name): places.append(try column(name, columns, row))
            }
        }
        return shape.resolved(columns: places, count: count)
    }

    private mutating func tellUnknown(
        _ names: [String], _ row: Row, into events: inout [ReadEvent]
    ) throws(FileRefused) {
        var known = Set(shapes.shapes.flatMap(\.fields).map(\.place))
        if let column = cut.recordColumn { known.insert(column) }
        known.formUnion(excluded.map(\.test.place))
        known.formUnion(assembler.kindRules.map(\.test.place))
        known.formUnion(cut.ignored.map { Place.name($0) })
        let unknown = names.filter { !$0.isEmpty && !known.contains(.name($0)) }
        guard !unknown.isEmpty else { return }
        let list = unknown.prefix(10).map { shown($0, as: .filler) }.joined(separator: ", ")
        try assembler.values.tell(
            .recordMalformed, .note, row, "columns that the layout does not know are passed over: \(list)",
            into: &events)
    }
}

extension DelimitedCut {
    func splitter(encoding: Encoding) -> RowSplitter {
        RowSplitter(separator: separator, quote: quote, encoding: encoding, skipping: skipHead)
    }

    func names(in row: Row, encoding: Encoding) -> [String] {
        (0..<row.count).map { encoding.text(row.bytes[row.trimmed($0)]) }
    }

    /// Whether the head of a file has the columns, or the first record types, by which the layout knows it.
    func claims(_ head: [UInt8], _ plan: Plan) -> Bool {
        var splitter = splitter(encoding: plan.encoding)
        var at = 0
        func nextRow() -> Row? {
            do throws(FileRefused) {
                if try splitter.next(head.span, &at) { return splitter.row }
                guard head.count < Format.headSize, try splitter.finish() else { return nil }
                return splitter.row
            } catch {
                return nil
            }
        }
        if hasHeader {
            guard let row = nextRow() else { return false }
            return Set(recogniseColumns).isSubset(of: names(in: row, encoding: plan.encoding))
        }
        if knowsRows { return nextRow().map { fits($0, plan) } ?? false }
        for start in starts {
            guard let row = nextRow(), case .position(let position)? = recordColumn else { return false }
            let type = row.bytes[row.trimmed(position)]
            let fits = plan.shapes.contains { $0.count == row.count && $0.type?.elementsEqual(type) == true }
            guard fits, type.elementsEqual(start.utf8) else { return false }
        }
        return true
    }

    /// Whether a row has a payment's number of fields, its days and its amount.
    private func fits(_ row: Row, _ plan: Plan) -> Bool {
        plan.shapes.contains { shape in
            shape.kind == .payment && shape.count == row.count
                && shape.fields.allSatisfy { field in
                    let range = row.trimmed(shape.slot(field.role))
                    if range.isEmpty { return field.role != .depositDate && field.role != .amount }
                    let bytes = Array(row.bytes[range])
                    if let pattern = field.date { return pattern.read(bytes.span) != nil }
                    guard [.amount, .credit, .debit].contains(field.role) else { return true }
                    return (try? Cents(bytes.span, style: plan.money)) != nil
                }
        }
    }
}
