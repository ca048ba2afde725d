internal import Model

/// The events of an X12 file that wait to be delivered, and the elements that more than one set has.
struct X12Log {
    private var events: [ReadEvent] = []
    private var faults = FaultLog()

    mutating func deliver(into all: inout [ReadEvent]) {
        // Both arrays serve again and again: where one is empty nothing is moved.
        if all.isEmpty { return swap(&all, &events) }
        all += events
        events.removeAll(keepingCapacity: true)
    }

    mutating func append(_ event: ReadEvent) { events.append(event) }

    mutating func tell(
        _ reason: Reason, _ severity: Severity, _ segment: CutSegment, _ field: String, _ message: String
    ) throws(FileRefused) {
        try faults.add(Fault(reason, severity, at: segment.position, field: field, message), into: &events)
    }

    /// A decimal number (X12 type R) as money; without cents, and with a fault, where it is none.
    ///
    /// The standard leaves out a leading zero, so `.5` is fifty cents.
    mutating func amount(_ segment: CutSegment, _ number: Int, _ field: String) throws(FileRefused) -> X12Amount {
        var text = Array(segment.raw(number))
        let place = text.first == UInt8(ascii: "-") ? 1 : 0
        if text.count > place + 1, text[place] == UInt8(ascii: ".") { text.insert(UInt8(ascii: "0"), at: place) }
        // X12 has no other sign than a minus in front.
        let isOdd = text.first == UInt8(ascii: "(") || place == 0 && text.last == UInt8(ascii: "-")
        let found = "found \"\(quotable(segment[number]))\""
        do throws(MoneyFault) {
            if isOdd { throw .notNumeric }
            return X12Amount(cents: try Cents(text.span, style: .signed), isCut: false)
        } catch {
            if case .fractionOfCent(let cut) = error {
                try tell(.fractionOfCent, .fault, segment, field, found + "; expected at most two decimals")
                return X12Amount(cents: cut, isCut: true)
            }
            let reason: Reason = error == .tooLarge ? .amountTooLarge : .amountNotNumeric
            try tell(reason, .refusal, segment, field, found + "; expected an amount such as 1234.5")
            return X12Amount(cents: nil, isCut: false)
        }
    }

    /// A day: `20260302`, before version 004010 `260302`; nil where the element is not there.
    mutating func date(_ segment: CutSegment, _ number: Int, _ field: String) throws(FileRefused) -> CivilDate? {
        let text = segment.raw(number)
        if text.isEmpty { return nil }
        if let packed = Int64(decimal: text) {
            // Two digits of a year: payments of this century, as no earlier ones come to be read.
            if text.count == 6, let date = CivilDate(packed: Int32(packed) + 20_000_000) { return date }
            if text.count == 8, let date = CivilDate(packed: Int32(packed)) { return date }
        }
        try tell(
            .dateInvalid, .fault, segment, field,
            "found \"\(quotable(segment[number]))\"; expected a day such as 20260302")
        return nil
    }

    /// A whole number; nil with a fault where it is none.
    mutating func count(_ segment: CutSegment, _ number: Int, _ field: String) throws(FileRefused) -> Int? {
        if let count = Int64(decimal: segment.raw(number)), count <= PaymentID.placesMax { return Int(count) }
        try tell(
            .countWrong, .fault, segment, field, "found \"\(quotable(segment[number]))\"; expected a number")
        return nil
    }

    /// Tells a count or control number at the end of a unit that is not that of its beginning.
    mutating func compare(
        _ segment: CutSegment, count: Int, _ unit: String, begun: String
    ) throws(FileRefused) {
        let name = segment.name
        if let declared = try self.count(segment, 1, name + "01"), declared != count {
            try tell(
                .countWrong, .fault, segment, name + "01", "found \(declared); expected \(count) \(unit)")
        }
        if segment[2] != begun {
            try tell(
                .fieldInvalid, .fault, segment, name + "02",
                "found \"\(quotable(segment[2]))\"; expected \"\(quotable(begun))\" as at the beginning")
        }
    }
}

/// An amount with its sign.
struct X12Amount {
    var cents: Cents?
    var isCut = false

    /// Puts it into an item, whose amount has no sign.
    func set(_ item: inout Item, text: String) {
        item.amount = cents?.magnitude
        item.fractionOfCent = isCut
        if cents == nil || isCut { item.amountText = text }
    }
}
