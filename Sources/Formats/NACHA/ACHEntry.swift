import Model

/// The entry being read (type 6) with its addenda (type 7): it is whole when the next entry or the control comes.
struct ACHEntry {
    /// An entry's addenda are counted in four digits.
    static let addendaMax = 9999

    private var item = Item()
    private let entryClass: ACHEntryClass
    private let companyName: String
    private let isReversal: Bool
    private let settled: CivilDate?
    private let record: ACHRecord
    private var addenda = 0
    private var information: [String] = []
    private var sequence = 0
    private var name = ""
    private var originator = ""

    init(_ record: ACHRecord, _ batch: inout ACHBatch, _ log: inout ACHLog) throws(FileRefused) {
        self.record = record
        entryClass = batch.entryClass
        companyName = batch.companyName
        isReversal = batch.isReversal
        settled = batch.valueDate
        batch.entries += 1
        batch.records += 1
        item.position = record.position
        item.number = String(batch.entries)
        item.currency = "USD"
        item.valueDate = batch.valueDate
        item.trace = record.text(ACHEntryDetail.trace)
        item.amount = try log.amount(ACHEntryDetail.amount, record)
        if item.amount == nil { item.amountText = quotable(record.whole(ACHEntryDetail.amount)) }
        try readCode(batch.serviceClass, &log)
        try checkRouting(&batch, &log)
        try checkTrace(&batch, &log)
        try readText(&log)
    }

    private mutating func readCode(_ service: ACHServiceClass, _ log: inout ACHLog) throws(FileRefused) {
        let field = ACHEntryDetail.transactionCode
        guard let code = record.number(field), let direction = ACHTransactionCode.direction(code) else {
            return try log.tell(
                .fieldInvalid, record, field, expected: "a transaction code such as 22 or 27", severity: .refusal)
        }
        item.direction = direction
        let other = direction == .credit ? ACHServiceClass.debits : .credits
        if service == other {
            try log.tell(
                .fieldInvalid, record, field,
                expected: "the code of a \(direction == .credit ? "debit" : "credit"), "
                    + "as the batch's service class \(service.rawValue) says")
        }
        if ACHTransactionCode.hasNoMoney(code), let amount = item.amount, amount != .zero {
            try log.tell(
                .fieldInvalid, record, ACHEntryDetail.amount, expected: "zero, as transaction code \(code) says")
        }
    }

    private func checkRouting(_ batch: inout ACHBatch, _ log: inout ACHLog) throws(FileRefused) {
        if let number = record.number(ACHEntryDetail.rdfi) { batch.hash += number }
        guard !ACHRouting.isValid(record.slice(ACHEntryDetail.routing)) else { return }
        try log.tell(
            .routingInvalid, at: record.position, ACHEntryDetail.routing,
            message: "field \(ACHEntryDetail.routing.label) holds \"\(record.text(ACHEntryDetail.routing))\", "
                + "expected a routing number whose last digit is its check digit")
    }

    private func checkTrace(_ batch: inout ACHBatch, _ log: inout ACHLog) throws(FileRefused) {
        let field = ACHEntryDetail.trace
        guard let trace = record.number(field) else {
            return try log.tell(.fieldInvalid, record, field, expected: "15 digits")
        }
        if trace <= batch.lastTrace {
            try log.tell(
                .recordOutOfOrder, at: record.position, field,
                message: "trace number \(item.trace) stands behind one that is not lower; expected ascending traces")
        }
        batch.lastTrace = trace
    }

    private mutating func readText(_ log: inout ACHLog) throws(FileRefused) {
        let isDebit = item.direction == .debit
        item.tender = entryClass.checkNumber != nil ? .check : isDebit ? .achDebit : .achCredit
        if let field = entryClass.checkNumber { item.checkNumber = record.text(field) }
        if let field = entryClass.identification { item.reference = record.text(field) }
        // A customer who pays by CIE gives the number that the company knows the customer by.
        if entryClass == .cie { item.account = item.reference }
        if let field = entryClass.name {
            name = record.text(field)
            if entryClass.requiresName { try log.expectFilled(field, record) }
        } else if entryClass == .shr {
            name = quotable(record.text(ACHEntryDetail.name))
        }
    }

    /// Takes one addenda record.
    mutating func take(_ addendum: ACHRecord, _ log: inout ACHLog) throws(FileRefused) {
        addenda += 1
        guard item.original == nil else {
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
        case 98: try takeChange(addendum, &log)
        case 99: try takeReturn(addendum, &log)
        case 2: break
        case 5, 10...18: try takeInformation(type, addendum, &log)
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
        _ type: Int, _ addendum: ACHRecord, _ log: inout ACHLog
    ) throws(FileRefused) {
        if !addendum.whole(ACHAddenda.entry).elementsEqual(item.trace.suffix(7)) {
            try log.tell(
                .recordOutOfOrder, addendum, ACHAddenda.entry, expected: "\(item.trace.suffix(7)) as the entry before")
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

    private mutating func takeChange(_ addendum: ACHRecord, _ log: inout ACHLog) throws(FileRefused) {
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
        if let amount = item.amount, amount != .zero {
            try log.tell(.fieldInvalid, record, ACHEntryDetail.amount, expected: "zero in a notification of change")
        }
        item.kind = .notice
        item.original = original
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
        item.kind = .returned
        item.original = original
    }

    /// The whole entry.
    func end(_ log: inout ACHLog) throws(FileRefused) -> Item {
        var item = item
        try checkAddenda(&log)
        if item.original == nil, let code = record.number(ACHEntryDetail.transactionCode),
            ACHTransactionCode.isReturn(code)
        {
            // Its code says that it takes back or corrects; without the addenda that say what, it is no payment either.
            item.kind = item.amount == .zero ? .notice : .returned
            try log.tell(
                .fieldMissing, at: record.position, ACHEntryDetail.transactionCode,
                message: "transaction code \(code) is of a return or change; expected addenda 98 or 99 behind it")
        }
        if let code = record.number(ACHEntryDetail.transactionCode), ACHTransactionCode.hasNoMoney(code) {
            // It announces, whatever stands in its amount.
            item.booking = .pending
        }
        if isReversal, item.kind == .payment {
            item.kind = .returned
            item.original = Original()
            item.original?.code = Original.reversal
        }
        let isOurCredit = item.kind == .payment && item.direction == .credit
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
        try readRemittance(into: &item, &log)
        return item
    }

    private func checkAddenda(_ log: inout ACHLog) throws(FileRefused) {
        let field = ACHEntryDetail.addendaIndicator
        if record.text(field) != (addenda > 0 ? "1" : "0") {
            try log.tell(
                .fieldInvalid, record, field, expected: "\(addenda > 0 ? 1 : 0), for \(addenda) addenda follow")
        }
        if let field = entryClass.addendaCount, item.original == nil, record.number(field) != addenda {
            try log.tell(.countWrong, record, field, expected: "\(addenda), for so many addenda follow")
        }
    }

    /// A whole 820 is cut over the addenda every 80 columns, so they are put together before anything is read.
    private func readRemittance(into item: inout Item, _ log: inout ACHLog) throws(FileRefused) {
        guard let remittance = RemittanceSegments(information.joined()) else {
            item.memo = information.map { trimmed($0) }.filter { !$0.isEmpty }.joined(separator: " ")
            return
        }
        item.lines = remittance.lines
        item.memo = remittance.memo
        for amount in remittance.badAmounts {
            try log.tell(
                .amountNotNumeric, at: item.position, ACHAddenda.information,
                message: "RMR04 holds \"\(quotable(amount))\", expected an amount such as 1234.50; its line has none")
        }
    }

    private func trimmed(_ text: String) -> String {
        let body = text.unicodeScalars.drop { $0 == " " }
        guard let last = body.lastIndex(where: { $0 != " " }) else { return "" }
        return String(body[...last])
    }
}
