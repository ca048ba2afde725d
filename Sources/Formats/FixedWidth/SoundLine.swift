import Model

/// Where a payment's line has what can be wrong, in a layout whose payments can be taken as a run (`FixedRun`).
struct SoundLine: Sendable {
    /// The one shape of the layout's payments.
    let shape: Shape
    private let type: UInt8
    private let typeColumn: Int
    /// Up to the longest that a record may be, from where all that is read of a line is there.
    private let lengths: ClosedRange<Int>
    private let amount: Range<Int>
    private let money: MoneyStyle
    /// The columns that say which batch the line is of; empty where none do.
    private let batch: Range<Int>
    private let filler: Range<Int>
    private let days: [(role: Role, columns: Range<Int>, cut: DayCut)]

    /// Nil where a payment's line has more that can be wrong: then all its lines go the long way.
    init?(_ plan: Plan, _ cut: FixedCut, _ shapes: ShapeTable) {
        guard plan.hasBatchHeader, plan.kindRules.isEmpty, cut.excluded.isEmpty, cut.typeColumns.count == 1,
            let shape = shapes.shapes.first(where: { $0.kind == .payment }), let sound = shape.sound,
            let type = shape.type?.first, type != 0x20, shapes.shape(type) === shape, sound.lineAmount < 0,
            sound.scanline < 0
        else { return nil }
        self.shape = shape
        self.type = type
        typeColumn = cut.typeColumns.lowerBound
        amount = shape.columns[sound.amount]
        money = plan.money
        batch = sound.batch < 0 ? 0..<0 : shape.columns[sound.batch]
        filler = sound.filler < 0 ? 0..<0 : shape.columns[sound.filler]
        days = sound.days.map { ($0.role, shape.columns[$0.field], $0.cut) }
        let read = days.map(\.columns) + [amount, batch, cut.typeColumns]
        let least = read.reduce(cut.lengths.lowerBound) { max($0, $1.upperBound) }
        guard least <= cut.lengths.upperBound else { return nil }
        lengths = least...cut.lengths.upperBound
    }
}

/// A sound payment as its line states it.
struct SoundEntry {
    let line: PlainLine
    let amount: Cents
    fileprivate(set) var valueDate: CivilDate?
    fileprivate(set) var bookingDate: CivilDate?
}

extension SoundLine {
    /// The payment whose line begins there; nil where there is the least doubt about it.
    ///
    /// All columns that are read lie within `lengths`, so within the line, but for those that must be blank.
    ///
    /// - Parameters:
    ///   - model: The line of a payment of the open batch, by the long way.
    ///   - last: The payment before it, if that was read here: its days may stand again.
    @inline(__always)
    func read(
        _ bytes: UnsafeRawBufferPointer, at start: Int, like model: UnsafeRawBufferPointer, after last: SoundEntry?
    ) -> SoundEntry? {
        guard start &+ lengths.lowerBound <= bytes.count, bytes[start &+ typeColumn] == type,
            let line = PlainLine(bytes, at: start, most: lengths.upperBound), line.range.count >= lengths.lowerBound,
            bytes.repeats(start &+ batch.lowerBound, of: model, batch.lowerBound, count: batch.count),
            let cents = bytes.usualCents(moved(amount, start), money), isBlank(bytes, line)
        else { return nil }
        var entry = SoundEntry(line: line, amount: cents, valueDate: last?.valueDate, bookingDate: last?.bookingDate)
        return takeDays(bytes, &entry, after: last) ? entry : nil
    }

    /// Whether a line of a payment may begin there.
    @inline(__always) func begins(_ input: Span<UInt8>, _ at: Int) -> Bool {
        at &+ typeColumn < input.count && input[at &+ typeColumn] == type
    }

    /// Whether all is there of the row that is read of such a line.
    func isWhole(_ row: Row) -> Bool { lengths.contains(row.length) }

    @inline(__always) private func moved(_ columns: Range<Int>, _ start: Int) -> Range<Int> {
        Range(uncheckedBounds: (columns.lowerBound &+ start, columns.upperBound &+ start))
    }

    /// Whether the columns that must be blank are, as far as the line goes.
    @inline(__always) private func isBlank(_ bytes: UnsafeRawBufferPointer, _ line: PlainLine) -> Bool {
        var place = line.range.lowerBound &+ filler.lowerBound
        let end = min(line.range.lowerBound &+ filler.upperBound, line.range.upperBound)
        while place < end {
            guard bytes[place] == 0x20 else { return false }
            place &+= 1
        }
        return true
    }

    @inline(__always)
    private func takeDays(
        _ bytes: UnsafeRawBufferPointer, _ entry: inout SoundEntry, after last: SoundEntry?
    ) -> Bool {
        for place in days.indices {
            let columns = moved(days[place].columns, entry.line.range.lowerBound)
            if let last {
                let before = days[place].columns.lowerBound &+ last.line.range.lowerBound
                if bytes.repeats(columns.lowerBound, of: bytes, before, count: columns.count) { continue }
            }
            let text = UnsafeRawBufferPointer(rebasing: bytes[columns]).assumingMemoryBound(to: UInt8.self)
            guard let day = days[place].cut.read(text.span) else { return false }
            switch days[place].role {
            case .valueDate: entry.valueDate = day
            case .bookingDate: entry.bookingDate = day
            default: break
            }
        }
        return true
    }
}
