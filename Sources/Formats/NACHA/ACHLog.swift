import Model

/// What is told of a file so far, and the fields of a record read strictly: each is right, or a fault says why not.
struct ACHLog {
    private var faults = FaultLog()
    private var events: [ReadEvent] = []

    mutating func deliver(into all: inout [ReadEvent]) {
        // Both arrays serve again and again: where one is empty nothing is moved.
        if all.isEmpty { return swap(&all, &events) }
        all += events
        events.removeAll(keepingCapacity: true)
    }

    mutating func add(_ event: ReadEvent) { events.append(event) }

    mutating func tell(
        _ reason: Reason, at position: Position, _ field: ACHField? = nil, message: String
    ) throws(FileRefused) {
        try faults.add(Fault(reason, .fault, at: position, field: field?.name ?? "", message), into: &events)
    }

    /// Tells that a field does not hold what is expected. Never of a field that holds a bank account number.
    mutating func tell(
        _ reason: Reason, _ record: ACHRecord, _ field: ACHField, expected: String, severity: Severity = .fault
    ) throws(FileRefused) {
        let message = "field \(field.label) holds \"\(quotable(record.whole(field)))\", expected \(expected)"
        try faults.add(Fault(reason, severity, at: record.position, field: field.name, message), into: &events)
    }

    /// A count or hash that must be digits; what else is there refuses the file.
    mutating func number(_ field: ACHField, _ record: ACHRecord) throws(FileRefused) -> Int? {
        if let number = record.number(field) { return number }
        try tell(.fieldInvalid, record, field, expected: "\(field.columns.count) digits", severity: .refusal)
        return nil
    }

    /// An amount in cents; what else is there refuses the file.
    mutating func amount(_ field: ACHField, _ record: ACHRecord) throws(FileRefused) -> Cents? {
        if let cents = record.number(field) { return Cents(Int64(cents)) }
        let range = record.range(field)
        if range.count == field.columns.count,
            let cents = try? Cents(record.bytes.span.extracting(range), style: .impliedCents)
        {
            return cents
        }
        try tell(
            .amountNotNumeric, record, field,
            expected: "\(field.columns.count) digits, the last two of them cents", severity: .refusal)
        return nil
    }

    /// A day that may be absent (blank or zeros).
    mutating func day(_ field: ACHField, _ record: ACHRecord) throws(FileRefused) -> CivilDate? {
        guard !record.isUnfilled(field) else { return nil }
        if let day = record.number(field).flatMap({ ACHDates.day($0) }) { return day }
        try tell(.dateInvalid, record, field, expected: "a day written YYMMDD")
        return nil
    }

    /// A day of the year that may be absent, of the year that is nearest to another day.
    mutating func julian(
        _ field: ACHField, _ record: ACHRecord, near other: CivilDate?
    ) throws(FileRefused) -> CivilDate? {
        guard !record.isUnfilled(field), let other else { return nil }
        if let day = record.number(field).flatMap({ ACHDates.julian($0, near: other) }) { return day }
        try tell(.dateInvalid, record, field, expected: "a day of the year, 001 to 366")
        return nil
    }

    mutating func expectFilled(_ field: ACHField, _ record: ACHRecord) throws(FileRefused) {
        guard record.isUnfilled(field) else { return }
        try tell(.fieldMissing, record, field, expected: "a text")
    }

    /// Compares what a control record declares with what was counted.
    mutating func compare(
        _ declared: Int?, _ counted: Int, _ reason: Reason, _ record: ACHRecord, _ field: ACHField
    ) throws(FileRefused) {
        guard let declared, declared != counted else { return }
        try tell(
            reason, at: record.position, field,
            message: "field \(field.label) declares \(declared), counted \(counted)")
    }
}

extension ACHField {
    /// `amount (columns 30-39)`, for messages.
    var label: String {
        columns.count == 1
            ? "\(name) (column \(columns.lowerBound))" : "\(name) (columns \(columns.lowerBound)-\(columns.upperBound))"
    }
}
