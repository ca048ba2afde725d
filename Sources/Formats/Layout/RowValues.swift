import Model

/// Reads values out of rows, telling a fault for each that is not what its layout states.
struct RowValues {
    // Of the plan only what values need: a copy of all of it for each value would cost more than the value.
    private let encoding: Encoding
    let money: MoneyStyle
    private let placeholders: Set<String>
    let isFixed: Bool
    private let toleratesTrailingBlanks: Bool
    var log = FaultLog()

    init(plan: Plan) {
        encoding = plan.encoding
        money = plan.money
        placeholders = plan.placeholders
        isFixed = if case .fixed = plan.cut { true } else { false }
        toleratesTrailingBlanks = plan.tolerates(.trailingBlanks)
    }

    /// A field's text without outer blanks; empty where the row has none.
    @inline(__always) func text(_ role: Role, _ row: Row, _ shape: Shape) -> String {
        let slot = shape.slot(role)
        guard slot >= 0 else { return "" }
        let range = row.trimmed(slot)
        return range.isEmpty ? "" : encoding.text(row.bytes[range])
    }

    /// A number that the layout may fill with zeros on the left.
    func number(_ role: Role, _ row: Row, _ shape: Shape) -> String {
        let slot = shape.slot(role)
        guard slot >= 0 else { return "" }
        var range = row.trimmed(slot)
        if !range.isEmpty, shape.stripsZeros(role) {
            while let first = range.first, row.bytes[first] == UInt8(ascii: "0") {
                range = first + 1..<range.upperBound
            }
        }
        return range.isEmpty ? "" : encoding.text(row.bytes[range])
    }

    /// The bank's own number of a unit: without leading zeros, `0` where it is nothing else.
    func unitNumber(_ role: Role, _ row: Row, _ shape: Shape) -> String {
        let range = row.unit(shape.slot(role))
        return range.isEmpty ? "" : encoding.text(row.bytes[range])
    }

    /// A reference; empty where it only says that there is none.
    func reference(_ role: Role, _ row: Row, _ shape: Shape) -> String {
        let text = number(role, row, shape)
        guard !text.isEmpty, !placeholders.isEmpty else { return text }
        return placeholders.contains(withoutLeadingZeros(text)) ? "" : text
    }

    /// An amount as it stands: read exactly, or a fault that refuses the file.
    mutating func amount(
        _ role: Role, _ row: Row, _ shape: Shape, into events: inout [ReadEvent]
    ) throws(FileRefused) -> Amount {
        let range = amountRange(role, row, shape)
        do throws(MoneyFault) {
            return Amount(cents: try Cents(row.bytes.span.extracting(range), style: money))
        } catch {
            let text = encoding.text(row.bytes[range])
            if case .fractionOfCent(let cents) = error { return Amount(cents: cents, text: text, cut: true) }
            try refuse(
                error == .tooLarge ? .amountTooLarge : .amountNotNumeric, role, row, shape,
                expected: money.expected, into: &events)
            return Amount(text: text)
        }
    }

    /// In columns the blanks before an amount are filling; elsewhere a blank is part of the text and a fault.
    private mutating func amountRange(_ role: Role, _ row: Row, _ shape: Shape) -> Range<Int> {
        var range = row.range(shape.slot(role))
        guard isFixed else {
            guard toleratesTrailingBlanks, let last = range.last, Row.isBlank(row.bytes[last]) else { return range }
            log.tolerate(.trailingBlanks, at: row.position)
            while let last = range.last, Row.isBlank(row.bytes[last]) { range = range.lowerBound..<last }
            return range
        }
        while let first = range.first, row.bytes[first] == 0x20 { range = first + 1..<range.upperBound }
        return range
    }

    /// An amount that may be absent and may not have a fraction of a cent.
    mutating func wholeAmount(
        _ role: Role, _ row: Row, _ shape: Shape, into events: inout [ReadEvent]
    ) throws(FileRefused) -> Cents? {
        guard !row.trimmed(shape.slot(role)).isEmpty else { return nil }
        let amount = try amount(role, row, shape, into: &events)
        guard amount.cut else { return amount.cents }
        try refuse(.amountNotNumeric, role, row, shape, expected: money.expected, into: &events)
        return nil
    }

    /// A count that may be absent.
    mutating func count(
        _ role: Role, _ row: Row, _ shape: Shape, into events: inout [ReadEvent]
    ) throws(FileRefused) -> Int? {
        let range = row.trimmed(shape.slot(role))
        guard !range.isEmpty else { return nil }
        if let count = row.decimal(range) { return Int(count) }
        try refuse(.fieldInvalid, role, row, shape, expected: "a count in digits", into: &events)
        return nil
    }

    /// A date that may be absent. A wrong one refuses the file where the books hang on it.
    mutating func date(
        _ role: Role, _ row: Row, _ shape: Shape, _ severity: Severity = .fault, into events: inout [ReadEvent]
    ) throws(FileRefused) -> CivilDate? {
        let slot = shape.slot(role)
        guard slot >= 0 else { return nil }
        let range = row.trimmed(slot)
        guard !range.isEmpty, let pattern = shape.date(role) else { return nil }
        if let date = pattern.read(row.bytes.span.extracting(range)) { return date }
        try refuse(
            .dateInvalid, role, row, shape, severity, expected: "a day written \(pattern.text)", into: &events)
        return nil
    }

    /// Tells that a field does not hold what is expected.
    mutating func refuse(
        _ reason: Reason, _ role: Role, _ row: Row, _ shape: Shape, _ severity: Severity = .refusal,
        expected: String, into events: inout [ReadEvent]
    ) throws(FileRefused) {
        let found = shown(encoding.text(row.bytes[row.range(shape.slot(role))]), as: role)
        try tell(
            reason, severity, row, field: role.name,
            "field \(shape.label(role)) holds \"\(quotable(found))\", expected \(expected)", into: &events)
    }

    /// Tells a fault of a row.
    mutating func tell(
        _ reason: Reason, _ severity: Severity, _ row: Row, field: String = "", _ message: String,
        into events: inout [ReadEvent]
    ) throws(FileRefused) {
        try log.add(Fault(reason, severity, at: row.position, field: field, message), into: &events)
    }
}

/// An amount as read.
struct Amount {
    var cents: Cents?
    /// As the file writes it, where it could not be read or was cut.
    var text = ""
    var cut = false
}

/// Text as a message may show it: bank accounts masked, and no more than a line's worth.
func shown(_ text: String, as role: Role) -> String {
    let text = role.isSecret ? masked(text) : text
    return text.unicodeScalars.count > 40 ? String(text.unicodeScalars.prefix(40)) + "…" : text
}

extension MoneyStyle {
    /// What an amount of this style looks like, for messages.
    var expected: String {
        guard let decimalMark else { return "digits only, the last two of them cents" }
        let example = groupMark.map { "1\(Unicode.Scalar($0))234" } ?? "1234"
        return "an amount such as \(example)\(Unicode.Scalar(decimalMark))50"
    }
}
