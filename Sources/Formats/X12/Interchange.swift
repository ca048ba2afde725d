internal import Model

/// Reads an X12 file of sets 820 and 823: interchanges (ISA to IEA) of groups (GS to GE) of sets (ST to SE).
///
/// Envelopes may be missing, but what begins must end. Wrong counts and control numbers are faults: published samples
/// are full of them, and they carry no money.
struct Interchange: FormatReader {
    private var cutter = SegmentCutter()
    private var log = X12Log()
    private var interchange: Envelope?
    private var group: Envelope?
    private var set: Envelope?
    private var kind = Kind.other
    private var sawSet = false
    private var numbers: Set<String> = []
    private var deposit = Deposit()
    private var order = PaymentOrder()
    private var lockbox = LockboxAdvice()
    private var last = Position()

    private enum Kind: String { case order = "820", lockbox = "823", other }

    /// What has begun: its control number, and how many parts it has so far.
    private struct Envelope {
        let number: String
        var parts = 0
    }

    /// Sets that carry no money wherever they stand: functional and implementation acknowledgement.
    private static let acknowledgements = ["997", "999"]
    /// Control numbers beyond so many are not compared.
    private static let mostNumbers = 100_000

    mutating func feed(_ bytes: Span<UInt8>, into events: inout [ReadEvent]) throws(FileRefused) {
        defer { log.deliver(into: &events) }
        for index in bytes.indices {
            if let segment = try cutter.take(bytes[index]) { try take(segment) }
        }
    }

    mutating func finish(into events: inout [ReadEvent]) throws(FileRefused) {
        defer { log.deliver(into: &events) }
        if let segment = try cutter.finish() { try take(segment) }
        let open = set != nil ? "SE" : group != nil ? "GE" : interchange != nil ? "IEA" : nil
        if let open {
            throw FileRefused(.fileTruncated, at: last, "found the end of the file; expected \(open) before it")
        }
        guard sawSet else {
            throw FileRefused(.messageEmpty, at: last, "found no set 820 or 823; expected at least one")
        }
        order.endDeposit(&log, at: last)
        log.append(.fileEnds(Declared()))
    }

    private mutating func take(_ segment: CutSegment) throws(FileRefused) {
        last = segment.position
        switch segment.name {
        case "ISA": try beginInterchange(segment)
        case "GS": try beginGroup(segment)
        case "ST": try beginSet(segment)
        case "SE": try endSet(segment)
        case "GE": try endGroup(segment)
        case "IEA": try endInterchange(segment)
        // An acknowledgement of the interchange.
        case "TA1" where interchange != nil && group == nil && set == nil: break
        default: try body(segment)
        }
    }

    private mutating func body(_ segment: CutSegment) throws(FileRefused) {
        guard set != nil else { throw outOfOrder(segment, "ST") }
        set?.parts += 1
        switch kind {
        case .order: try order.take(segment, &log)
        case .lockbox: try lockbox.take(segment, &log)
        case .other: break
        }
    }

    private func outOfOrder(_ segment: CutSegment, _ expected: String) -> FileRefused {
        FileRefused(
            .recordOutOfOrder, at: segment.position,
            "found the segment \"\(quotable(segment.name))\"; expected \(expected) before it")
    }

    /// Tells a control number that stands twice: the sender may have sent the same unit twice.
    private mutating func note(
        _ number: String, in unit: String = "", _ segment: CutSegment, _ field: String
    ) throws(FileRefused) {
        guard numbers.count < Self.mostNumbers else { return }
        if numbers.insert("\(segment.name) \(unit) \(number)").inserted { return }
        try log.tell(
            .duplicateBatchNumber, .note, segment, field,
            "found the control number \"\(quotable(number))\" again; expected another")
    }
}

extension Interchange {
    private mutating func beginInterchange(_ segment: CutSegment) throws(FileRefused) {
        guard interchange == nil, group == nil, set == nil else { throw outOfOrder(segment, "IEA") }
        order.endDeposit(&log, at: segment.position)
        deposit = Deposit()
        interchange = Envelope(number: segment[13])
        try note(segment[13], segment, "ISA13")
    }

    private mutating func beginGroup(_ segment: CutSegment) throws(FileRefused) {
        guard group == nil, set == nil else { throw outOfOrder(segment, "GE") }
        order.endDeposit(&log, at: segment.position)
        interchange?.parts += 1
        group = Envelope(number: segment[6])
        // Group numbers count anew in each interchange.
        try note(segment[6], in: interchange?.number ?? "", segment, "GS06")
        deposit = Deposit()
        deposit.position = segment.position
        deposit.number = segment[6]
        deposit.date = try log.date(segment, 4, "GS04")
    }

    private mutating func beginSet(_ segment: CutSegment) throws(FileRefused) {
        guard set == nil else { throw outOfOrder(segment, "SE") }
        group?.parts += 1
        set = Envelope(number: segment[2], parts: 1)
        kind = Kind(rawValue: segment[1]) ?? .other
        if kind == .other, !Self.acknowledgements.contains(segment[1]) {
            try log.tell(
                .recordUnknown, .refusal, segment, "ST01",
                "found the set \"\(quotable(segment[1]))\"; expected 820 or 823")
        }
        switch kind {
        case .order:
            sawSet = true
            order.begin(segment, group: deposit, &log)
        case .lockbox:
            sawSet = true
            order.endDeposit(&log, at: segment.position)
        case .other: break
        }
    }

    private mutating func endSet(_ segment: CutSegment) throws(FileRefused) {
        guard let ended = set else { throw outOfOrder(segment, "ST") }
        switch kind {
        case .order: try order.end(&log, at: segment)
        case .lockbox: try lockbox.end(&log, at: segment)
        case .other: break
        }
        try log.compare(segment, count: ended.parts + 1, "segments", begun: ended.number)
        set = nil
    }

    private mutating func endGroup(_ segment: CutSegment) throws(FileRefused) {
        guard set == nil, let ended = group else { throw outOfOrder(segment, set == nil ? "GS" : "SE") }
        order.endDeposit(&log, at: segment.position)
        try log.compare(segment, count: ended.parts, "sets", begun: ended.number)
        group = nil
    }

    private mutating func endInterchange(_ segment: CutSegment) throws(FileRefused) {
        guard set == nil, group == nil, let ended = interchange else {
            throw outOfOrder(segment, set != nil ? "SE" : group != nil ? "GE" : "ISA")
        }
        order.endDeposit(&log, at: segment.position)
        try log.compare(segment, count: ended.parts, "groups", begun: ended.number)
        interchange = nil
    }
}
