import Model

/// The entry being read (type 6) with its addenda (type 7): it is whole when the next entry or the control comes.
///
/// One serves for all entries of a file. In a look for totals only its figures are read, and what can be wrong.
struct ACHEntry {
    /// An entry's addenda are counted in four digits.
    static let addendaMax = 9999

    static let currency = CurrencyCode("USD")

    /// Whether items are not wanted.
    var wantsTotals = false
    /// What it amounts to; and the rest of the item, whole when the entry is and only where items are wanted.
    private(set) var figures = ItemFigures()
    private(set) var item = Item()
    private var hasOriginal = false
    private var code: Int?
    private var entryClass = ACHEntryClass.ppd
    private var companyName = ""
    private var isReversal = false
    private var settled: CivilDate?
    private var addenda = 0
    private var information: [String] = []
    private var sequence = 0
    private var name = ""
    private var originator = ""

    private var kind: ItemKind {
        get { figures.kind }
        set { figures.kind = newValue }
    }

    /// Begins an entry of the batch with its record.
    mutating func begin(_ record: ACHRecord, _ batch: inout ACHBatch, _ log: inout ACHLog) throws(FileRefused) {
        clear()
        entryClass = batch.entryClass
        isReversal = batch.isReversal
        settled = batch.valueDate
        batch.entries += 1
        batch.records += 1
        figures.position = record.position
        figures.currency = Self.currency
        figures.valueDate = batch.valueDate
        if !wantsTotals {
            companyName = batch.companyName
            item.number = String(batch.entries)
            item.trace = record.text(ACHEntryDetail.trace)
        }
        figures.amount = try log.amount(ACHEntryDetail.amount, record)
        if figures.amount == nil { item.amountText = quotable(record.whole(ACHEntryDetail.amount)) }
        code = record.number(ACHEntryDetail.transactionCode)
        try readCode(record, batch.serviceClass, &log)
        try checkRouting(record, &batch, &log)
        try checkTrace(record, &batch, &log)
        try readText(record, &log)
    }

    /// Forgets the entry before. Of a look for totals no text is left.
    private mutating func clear() {
        figures = ItemFigures()
        hasOriginal = false
        addenda = 0
        sequence = 0
        if wantsTotals, information.isEmpty { return }
        item = Item()
        information = []
        name = ""
        originator = ""
    }

    private mutating func readCode(
        _ record: ACHRecord, _ service: ACHServiceClass, _ log: inout ACHLog
    ) throws(FileRefused) {
        let field = ACHEntryDetail.transactionCode
        guard let code, let direction = ACHTransactionCode.direction(code) else {
            return try log.tell(
                .fieldInvalid, record, field, expected: "a transaction code such as 22 or 27", severity: .refusal)
        }
        figures.direction = direction
        let other: ACHServiceClass =
            switch direction {
            case .credit: .debits
            case .debit: .credits
            }
        if service == other {
            try log.tell(
                .fieldInvalid, record, field,
                expected: "the code of a \(direction == .credit ? "debit" : "credit"), "
                    + "as the batch's service class \(service.rawValue) says")
        }
        if ACHTransactionCode.hasNoMoney(code), let amount = figures.amount, amount != .zero {
            try log.tell(
                .fieldInvalid, record, ACHEntryDetail.amount, expected: "zero, as transaction code \(code) says")
        }
    }

    private mutating func checkRouting(
        _ record: ACHRecord, _ batch: inout ACHBatch, _ log: inout ACHLog
    ) throws(FileRefused) {
        if let number = record.number(ACHEntryDetail.rdfi) { batch.hash += number }
        guard !ACHRouting.isValid(record.bytes.span.extracting(record.range(ACHEntryDetail.routing))) else { return }
        try log.tell(
            .routingInvalid, at: record.position, ACHEntryDetail.routing,
            message: "field \(ACHEntryDetail.routing.label) holds \"\(record.text(ACHEntryDetail.routing))\", "
                + "expected a routing number whose last digit is its check digit")
    }

    private mutating func checkTrace(
        _ record: ACHRecord, _ batch: inout ACHBatch, _ log: inout ACHLog
    ) throws(FileRefused) {
        let field = ACHEntryDetail.trace
        guard let trace = record.number(field) else {
            return try log.tell(.fieldInvalid, record, field, expected: "15 digits")
        }
        if trace <= batch.lastTrace {
            try log.tell(
                .recordOutOfOrder, at: record.position, field,
                message: "trace number \(record.text(field)) stands behind one that is not lower; "
                    + "expected ascending traces")
        }
        batch.lastTrace = trace
    }

    private mutating func readText(_ record: ACHRecord, _ log: inout ACHLog) throws(FileRefused) {
        if entryClass.requiresName, let field = entryClass.name { try log.expectFilled(field, record) }
        if wantsTotals { return }
        let isDebit = figures.direction == .debit
        item.tender = entryClass.checkNumber != nil ? .check : isDebit ? .achDebit : .achCredit
        if let field = entryClass.checkNumber { item.checkNumber = record.text(field) }
        if let field = entryClass.identification { item.reference = record.text(field) }
        // A customer who pays by CIE gives the number that the company knows the customer by.
        if entryClass == .cie { item.account = item.reference }
        if let field = entryClass.name {
            name = record.text(field)
        } else if entryClass == .shr {
            name = quotable(record.text(ACHEntryDetail.name))
        }
    }

    /// Takes one addenda record.
    mutating func take(
        _ addendum: ACHRecord, of record: ACHRecord, _ log: inout ACHLog
    ) throws(FileRefused) {
        addenda += 1
        guard !hasOriginal else {
            throw FileRefused(
                .recordOutOfOrder, at: addendum.position,
                "an addenda record stands behind the one of a return or change")
        }
        guard addenda <= Self.addendaMax else {
            throw FileRefused(
                .recordOutOfOrder, at: addendum.position, "more than \(Self.addendaMax) addenda follow one entry")
        }
        let type = addendum.number(ACHAddenda.type) ?? 0
        switch type {
        case 98: try takeChange(addendum, record, &log)
        case 99: try takeReturn(addendum, &log)
        case 2: break
        case 5, 10...18: try takeInformation(type, addendum, record, &log)
        default:
            throw FileRefused(
                .recordUnknown, at: addendum.position, field: ACHAddenda.type.name,
                "the addenda type is \"\(quotable(addendum.whole(ACHAddenda.type)))\", expected 02, 05, 10-18, 98 or 99"
            )
        }
        if type < 98, !entryClass.addenda.contains(type) {
            try log.tell(
                .fieldInvalid, addendum, ACHAddenda.type, expected: "a type that class \(entryClass.rawValue) has")
        }
    }

    private mutating func takeInformation(
        _ type: Int, _ addendum: ACHRecord, _ record: ACHRecord, _ log: inout ACHLog
    ) throws(FileRefused) {
        let trace = record.text(ACHEntryDetail.trace).suffix(7)
        if !addendum.whole(ACHAddenda.entry).elementsEqual(trace) {
            try log.tell(
                .recordOutOfOrder, addendum, ACHAddenda.entry, expected: "\(trace) as the entry before")
        }
        switch type {
        case 5, 17:
            sequence += 1
            if addendum.number(ACHAddenda.sequence) != sequence {
                try log.tell(.recordOutOfOrder, addendum, ACHAddenda.sequence, expected: "\(sequence)")
            }
            information.append(addendum.whole(ACHAddenda.information))
        case 10: name = addendum.text(ACHAddenda.receiver)
        case 11: originator = addendum.text(ACHAddenda.originator)
        case 15: item.reference = addendum.text(ACHAddenda.receiverNumber)
        default: break
        }
    }

    private mutating func takeChange(
        _ addendum: ACHRecord, _ record: ACHRecord, _ log: inout ACHLog
    ) throws(FileRefused) {
        var original = Original()
        original.code = addendum.text(ACHChange.code)
        original.trace = addendum.text(ACHChange.trace)
        original.routing = addendum.text(ACHChange.rdfi)
        original.change = ACHChange.change(addendum, isIAT: entryClass == .iat)
        // What is no change of an account is quoted; a number in it is masked all the same.
        original.text = original.change?.text ?? quotable(addendum.text(ACHChange.corrected))
        if !ACHChange.codes.contains(original.code) {
            try log.tell(.fieldInvalid, addendum, ACHChange.code, expected: "a change code such as C01")
        }
        if let amount = figures.amount, amount != .zero {
            try log.tell(.fieldInvalid, record, ACHEntryDetail.amount, expected: "zero in a notification of change")
        }
        kind = .notice
        item.original = original
        hasOriginal = true
    }

    private mutating func takeReturn(_ addendum: ACHRecord, _ log: inout ACHLog) throws(FileRefused) {
        var original = Original()
        original.code = addendum.text(ACHReturn.code)
        original.trace = addendum.text(ACHReturn.trace)
        original.routing = addendum.text(ACHReturn.rdfi)
        original.isDisputed = ACHReturn.disputed.contains(original.code)
        if ACHReturn.contested.contains(original.code) {
            original.date = try log.julian(ACHReturn.settlement, addendum, near: settled)
        }
        if entryClass == .iat {
            original.amount = addendum.number(ACHReturn.originalAmount).map { Cents(Int64($0)) }
            original.text = addendum.text(ACHReturn.informationOfIAT)
        } else {
            original.text = addendum.text(ACHReturn.information)
        }
        if !ACHReturn.codes.contains(original.code) {
            try log.tell(.fieldInvalid, addendum, ACHReturn.code, expected: "a return reason code such as R01")
        }
        kind = .returned
        item.original = original
        hasOriginal = true
    }

    /// Ends the entry, which began with that record: figures and item are whole then.
    mutating func end(_ record: ACHRecord, _ log: inout ACHLog) throws(FileRefused) {
        try checkAddenda(record, &log)
        if !hasOriginal, let code, ACHTransactionCode.isReturn(code) {
            // Its code says that it takes back or corrects; without the addenda that say what, it is no payment either.
            kind = figures.amount == .zero ? .notice : .returned
            try log.tell(
                .fieldMissing, at: record.position, ACHEntryDetail.transactionCode,
                message: "transaction code \(code) is of a return or change; expected addenda 98 or 99 behind it")
        }
        if let code, ACHTransactionCode.hasNoMoney(code) {
            // It announces, whatever stands in its amount.
            figures.booking = .pending
        }
        if isReversal, kind == .payment {
            kind = .returned
            item.original = Original()
            item.original?.code = Original.reversal
        }
        if !wantsTotals { completeItem(record) }
        try readRemittance(&log)
    }

    private mutating func completeItem(_ record: ACHRecord) {
        item.figures = figures
        let isOurCredit = kind == .payment && figures.direction == .credit
        if isOurCredit, entryClass != .cie {
            // The company pays us; the account is ours.
            item.payer = originator.isEmpty ? companyName : originator
        } else {
            item.payer = name
        }
        if !isOurCredit {
            item.routing = record.text(ACHEntryDetail.routing)
            item.bankAccount = record.text(entryClass == .iat ? ACHEntryDetail.accountOfIAT : ACHEntryDetail.account)
        }
    }

    private mutating func checkAddenda(_ record: ACHRecord, _ log: inout ACHLog) throws(FileRefused) {
        let field = ACHEntryDetail.addendaIndicator
        if !record.holds(UInt8(ascii: addenda > 0 ? "1" : "0"), field) {
            try log.tell(
                .fieldInvalid, record, field, expected: "\(addenda > 0 ? 1 : 0), for \(addenda) addenda follow")
        }
        if let field = entryClass.addendaCount, !hasOriginal, record.number(field) != addenda {
            try log.tell(.countWrong, record, field, expected: "\(addenda), for so many addenda follow")
        }
    }

    /// A whole 820 is cut over the addenda every 80 columns, so they are put together before anything is read.
    private mutating func readRemittance(_ log: inout ACHLog) throws(FileRefused) {
        if information.isEmpty { return }
        guard let remittance = RemittanceSegments(information.joined()) else {
            item.memo = information.map { trimmed($0) }.filter { !$0.isEmpty }.joined(separator: " ")
            return
        }
        item.lines = remittance.lines
        item.memo = remittance.memo
        for amount in remittance.badAmounts {
            try log.tell(
                .amountNotNumeric, at: figures.position, ACHAddenda.information,
                message: "RMR04 holds \"\(quotable(amount))\", expected an amount such as 1234.50; its line has none")
        }
    }

    private func trimmed(_ text: String) -> String {
        let body = text.unicodeScalars.drop { $0 == " " }
        guard let last = body.lastIndex(where: { $0 != " " }) else { return "" }
        return String(body[...last])
    }
}
