internal import Model

/// Reads pain.002 in every version (ISO 20022 CustomerPaymentStatusReport, `CstmrPmtStsRpt`).
///
/// The bank's answer to a file of ours: each `OrgnlPmtInfAndSts` is a batch, each `TxInfAndSts` an answer. A status
/// that is given for all payments at once, without naming any, is one answer with the number 0. It moves no money.
struct StatusReport: MessageAssembly {
    enum Section { case outside, message, group, payments, transaction }

    private static let map = ElementMap(
        outside: Section.outside,
        opening: [
            (.outside, .statusReport, .message), (.outside, .statusReport01, .message),
            (.outside, .statusReport02, .message), (.message, .originalGroup, .group),
            (.message, .originalPayments, .payments), (.payments, .originalTransaction, .transaction),
            // Versions 01 and 02 have no level between the message and its transactions.
            (.message, .originalTransaction, .transaction),
        ],
        fields: [
            .message: PaymentField.ofHeader, .group: PaymentField.ofGroup, .payments: PaymentField.ofPayments,
            .transaction: PaymentField.ofTransaction,
        ])
    private var log = MessageLog()
    private var header = MessageHeader()
    private var sawReport = false
    private var sawAnswer = false
    private var isCollection = false
    private var batches = 0
    private var batch: Batch?
    private var hasBegunBatch = false
    private var transactions = 0
    private var group = StatedStatus()
    private var payments = StatedStatus()
    private var transaction = StatedStatus()
    private var item = Item()

    mutating func deliver(into events: inout [ReadEvent]) { log.deliver(into: &events) }

    static func map(_ wanted: Wanted) -> ElementMap<Section, PaymentField> { map }

    mutating func begin(_ section: Section, at line: Int) {
        switch section {
        case .outside: break
        case .message:
            sawReport = true
            header.begin(at: line)
        case .group: group = StatedStatus(line: line)
        case .payments:
            endBatch()
            beginBatch(at: line)
            payments = StatedStatus(line: line)
        case .transaction:
            if batch == nil { beginBatch(at: line) }
            transaction = StatedStatus(line: line)
            item = Item()
        }
    }

    mutating func take(_ field: PaymentField, _ value: ElementText, in section: Section) {
        switch section {
        case .outside: break
        case .message: header.take(field, value, &log)
        case .group:
            group.take(field, value)
            if field == .originalName { isCollection = value.string.contains("pain.008") }
        case .payments: payments.take(field, value)
        case .transaction: take(field, value)
        }
    }

    private mutating func take(_ field: PaymentField, _ value: ElementText) {
        switch field {
        case .amount: log.amount(value, "TxInfAndSts/OrgnlTxRef/Amt").set(&item)
        case .date: transaction.original.date = log.date(value, "TxInfAndSts/OrgnlTxRef")
        case .payer: item.payer = value.string
        case .bankAccount: item.bankAccount = value.string
        case .routing: item.routing = value.string
        case .mandate: item.reference = value.string
        default: transaction.take(field, value)
        }
    }

    mutating func end(_ section: Section, at line: Int) {
        switch section {
        case .outside, .group: break
        case .transaction:
            transactions += 1
            tell(transaction, number: transactions)
        case .payments:
            if transactions == 0, payments.isTold {
                item = Item()
                tell(payments, number: 0)
            }
            endBatch()
        case .message:
            endBatch()
            if !sawAnswer, group.isTold {
                beginBatch(at: group.line)
                item = Item()
                tell(group, number: 0)
                endBatch()
            }
            header.end(at: line, &log)
        }
    }

    private mutating func beginBatch(at line: Int) {
        batches += 1
        transactions = 0
        hasBegunBatch = false
        batch = Batch()
        batch?.position = Position(line: line)
        batch?.number = String(batches)
        payments = StatedStatus(line: line)
    }

    private mutating func openBatch() {
        guard !hasBegunBatch, var begun = batch else { return }
        hasBegunBatch = true
        header.open(&log)
        if !payments.original.trace.isEmpty { begun.number = payments.original.trace }
        log.append(.batchBegins(begun))
    }

    private mutating func endBatch() {
        guard let begun = batch else { return }
        openBatch()
        var ends = Declared()
        ends.position = begun.position
        log.append(.batchEnds(ends))
        batch = nil
    }

    private mutating func tell(_ status: StatedStatus, number: Int) {
        openBatch()
        sawAnswer = true
        item.position = Position(line: status.line)
        item.number = String(number)
        item.kind = .answer
        item.tender = isCollection ? .achDebit : .achCredit
        var original = status.told
        original.amount = item.amount
        item.original = original
        // An answer without an amount moves none; nil would say that one could not be read.
        if item.amount == nil, item.amountText.isEmpty { item.amount = .zero }
        log.append(.item(item))
    }

    mutating func endFile(at line: Int) -> FileRefused? {
        guard sawReport, sawAnswer else {
            return FileRefused(
                .messageEmpty, at: Position(line: line),
                "found no status of a group, a payment or a transaction in CstmrPmtStsRpt; expected at least one")
        }
        header.endFile(&log)
        return nil
    }
}

/// A status with its reasons, at whatever level it is given.
private struct StatedStatus {
    var line = 0
    var original = Original()
    private var status = ""
    private var texts = Remittance()
    private var numbers: [PaymentField: String] = [:]

    init(line: Int = 0) { self.line = line }

    var isTold: Bool { !status.isEmpty || !original.code.isEmpty }

    mutating func take(_ field: PaymentField, _ value: ElementText) {
        switch field {
        case .id: original.trace = value.string
        case .status: status = value.string
        // The first reason is the code; what else is given stays readable.
        case .reason where original.code.isEmpty: original.code = value.string
        case .reason, .reasonText: texts.add(text: value.string)
        case .endToEnd: original.endToEnd = Formats.told(value.string)
        case .instructionID, .transactionID: numbers[field] = Formats.told(value.string)
        default: break
        }
    }

    /// The reason's code (external code set StatusReason), or the status where it needs none.
    var told: Original {
        var told = original
        let numbers = [.transactionID, .instructionID].compactMap { self.numbers[$0] }
        if let number = numbers.first(where: { !$0.isEmpty }) { told.trace = number }
        if told.code.isEmpty { told.code = status }
        told.isRejected = status == "RJCT" || status == "CANC"
        told.text = [status, texts.text].filter { !$0.isEmpty }.joined(separator: " ")
        return told
    }
}
