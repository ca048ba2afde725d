internal import Model

/// Puts records together to events: each account (03) is a deposit with one batch, each detail (16) an item.
///
/// The control total of an account (49) is the sum of all amounts of its 03 and 16. Those of the 03 are balances and
/// sums, so they are taken off, and what is left is what the batch's items must give. A group's total (98) is the sum
/// of its accounts', the file's (99) that of its groups': where these disagree, a unit is missing or was altered and
/// the file is refused (`control-total-wrong`).
struct BAI2Assembly {
    /// What may come next.
    enum Place {
        case start, inFile, inGroup, inAccount, ended
    }

    var place = Place.start
    private var file = BAI2Totals()
    var group = BAI2Totals()
    var account = BAI2Totals()
    var asOf: CivilDate?
    var isUpdate = true
    /// Whether the group tells of a day that is not over: its items come again in the final report.
    var isInterim = false
    /// Whether the group is the final report of the same day: the next day's report tells it again.
    var isPreliminary = false
    var groupCurrency = BAI2Currency.usual
    var currency = BAI2Currency.usual
    var accounts = 0
    var items = 0
    var unknownCodes: Set<Int> = []
    /// The account's lockbox deposits and the items in them, until all of it is read.
    var lockboxes = BAI2Lockboxes()
    private var log = FaultLog()
    private var last = Position()

    mutating func tell(_ fault: Fault, into events: inout [ReadEvent]) throws(FileRefused) {
        try log.add(fault, into: &events)
    }

    mutating func tell(_ faults: [Fault], into events: inout [ReadEvent]) throws(FileRefused) {
        for fault in faults { try tell(fault, into: &events) }
    }

    mutating func take(_ record: BAI2Record, into events: inout [ReadEvent]) throws(FileRefused) {
        last = record.position
        file.records += record.count
        group.records += record.count
        account.records += record.count
        switch (record.code, place) {
        case (.fileHeader, .start): try beginFile(record, into: &events)
        case (.groupHeader, .inFile): try beginGroup(record, into: &events)
        case (.account, .inGroup): try beginAccount(record, into: &events)
        case (.detail, .inAccount): try detail(record, into: &events)
        case (.accountTrailer, .inAccount): try endAccount(record, into: &events)
        case (.groupTrailer, .inGroup): try endGroup(record, into: &events)
        case (.fileTrailer, .inFile): try endFile(record, into: &events)
        default: throw outOfOrder(record)
        }
    }

    mutating func finish(into events: inout [ReadEvent]) throws(FileRefused) {
        guard place == .ended else {
            throw FileRefused(.fileTruncated, at: last, "the file ends where \(expected) was expected")
        }
        // What records 98 and 99 declare was compared here already, in the units of the file.
        var declared = Declared()
        declared.position = last
        events.append(.fileEnds(declared))
    }

    private var expected: String {
        switch place {
        case .start: "a file header (01)"
        case .inFile: "a group header (02) or the file trailer (99)"
        case .inGroup: "an account (03) or the group trailer (98)"
        case .inAccount: "a detail (16) or the account trailer (49)"
        case .ended: "no further record"
        }
    }

    private func outOfOrder(_ record: BAI2Record) -> FileRefused {
        FileRefused(
            .recordOutOfOrder, at: record.position, "found record \(record.code.rawValue); expected \(expected)")
    }
}

// The file and its groups.
extension BAI2Assembly {
    private mutating func beginFile(_ record: BAI2Record, into events: inout [ReadEvent]) throws(FileRefused) {
        var fields = BAI2Fields(record)
        for _ in 0..<2 { _ = fields.next() }
        var faults: [Fault] = []
        _ = fields.date("file date", else: &faults)
        fields.time("file time", else: &faults)
        try tell(faults, into: &events)
        for _ in 0..<4 { _ = fields.next() }
        try fields.end()
        place = .inFile
    }

    /// Record 02: receiver, originator, group status, as-of date, as-of time, currency, as-of date modifier.
    private mutating func beginGroup(_ record: BAI2Record, into events: inout [ReadEvent]) throws(FileRefused) {
        group = BAI2Totals(records: record.count)
        var fields = BAI2Fields(record)
        for _ in 0..<2 { _ = fields.next() }
        try status(&fields, into: &events)
        asOf = try fields.date("as-of date")
        guard asOf != nil else {
            throw fields.refusal(.fieldMissing, "as-of date", "found no as-of date; expected a day as YYMMDD")
        }
        var faults: [Fault] = []
        fields.time("as-of time", else: &faults)
        try tell(faults, into: &events)
        groupCurrency = try currency(&fields, otherwise: .usual)
        let modifier = fields.optional()
        isInterim = modifier.elementsEqual("1".utf8) || modifier.elementsEqual("3".utf8)
        isPreliminary = modifier.elementsEqual("4".utf8)
        if isInterim {
            try tell(
                fields.fault(
                    .notBooked, .note, "as-of date modifier",
                    "the group is an interim report; its items are not booked before the final one"), into: &events)
        }
        try fields.end()
        place = .inGroup
    }

    /// Only an update tells of new money. A deletion or correction speaks of what was told before, a test of nothing.
    private mutating func status(_ fields: inout BAI2Fields, into events: inout [ReadEvent]) throws(FileRefused) {
        let status = fields.optional()
        isUpdate = status.elementsEqual("1".utf8)
        let names = ["2": "a deletion", "3": "a correction", "4": "a test"]
        if isUpdate { return }
        guard let name = names[String(decoding: status, as: UTF8.self)] else {
            throw fields.refusal(
                .fieldInvalid, "group status",
                "found \"\(shown(status))\"; expected 1 update, 2 deletion, 3 correction or 4 test")
        }
        try tell(
            fields.fault(
                .groupNotUpdate, status.elementsEqual("4".utf8) ? .note : .fault, "group status",
                "the group is \(name); none of its accounts posts"), into: &events)
    }

    func currency(
        _ fields: inout BAI2Fields, otherwise usual: BAI2Currency
    ) throws(FileRefused) -> BAI2Currency {
        let field = fields.optional()
        guard !field.isEmpty else { return usual }
        if let currency = BAI2Currency(String(decoding: field, as: UTF8.self)) { return currency }
        throw fields.refusal(
            .fieldInvalid, "currency", "found \"\(shown(field))\"; expected a currency code of ISO 4217 such as USD")
    }

    private mutating func endGroup(_ record: BAI2Record, into events: inout [ReadEvent]) throws(FileRefused) {
        var fields = BAI2Fields(record)
        let total = try checkTotal(&fields, group, "group control total", "accounts", into: &events)
        try checkCount(&fields, group.parts, "number of accounts", into: &events)
        try checkCount(&fields, group.records, "number of records", into: &events)
        try fields.end()
        try file.add(part: total ?? (group.isComplete ? group.sum : nil), record)
        place = .inFile
    }

    private mutating func endFile(_ record: BAI2Record, into events: inout [ReadEvent]) throws(FileRefused) {
        var fields = BAI2Fields(record)
        _ = try checkTotal(&fields, file, "file control total", "groups", into: &events)
        try checkCount(&fields, file.parts, "number of groups", into: &events)
        try checkCount(&fields, file.records, "number of records", into: &events)
        try fields.end()
        place = .ended
    }

    private mutating func checkTotal(
        _ fields: inout BAI2Fields, _ found: BAI2Totals, _ name: String, _ parts: String,
        into events: inout [ReadEvent]
    ) throws(FileRefused) -> Int64? {
        guard let total = try fields.amount(name, signed: true) else {
            try tellMissing(&fields, name, into: &events)
            return nil
        }
        // An account that declares no total leaves the sum open.
        guard found.isComplete, total != found.sum else { return total }
        throw fields.refusal(
            .controlTotalWrong, name, "found \(total); the totals of its \(found.parts) \(parts) sum to \(found.sum)")
    }

    mutating func tellMissing(
        _ fields: inout BAI2Fields, _ name: String, into events: inout [ReadEvent]
    ) throws(FileRefused) {
        try tell(
            fields.fault(.fieldMissing, .fault, name, "found no \(name); what it covers was not compared"),
            into: &events)
    }

    mutating func checkCount(
        _ fields: inout BAI2Fields, _ found: Int, _ name: String, into events: inout [ReadEvent]
    ) throws(FileRefused) {
        let field = fields.optional()
        if Int64(decimal: field) == Int64(found) { return }
        let declared = field.isEmpty ? "found none" : "found \"\(shown(field))\""
        try tell(
            fields.fault(
                field.isEmpty ? .fieldMissing : .countWrong, .fault, name, "\(declared); expected \(found)"),
            into: &events)
    }
}
