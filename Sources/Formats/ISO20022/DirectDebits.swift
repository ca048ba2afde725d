internal import Model

/// Reads pain.008 in every version (ISO 20022 CustomerDirectDebitInitiation, `CstmrDrctDbtInitn`).
///
/// Our own collection file: each `PmtInf` is a batch, each `DrctDbtTxInf` a payment to come.
struct DirectDebits: MessageAssembly {
    enum Section { case outside, message, collection, debit }

    private static let map = ElementMap(
        outside: Section.outside,
        opening: [
            (.outside, .directDebits, .message), (.outside, .directDebits01, .message),
            (.message, .paymentInformation, .collection), (.collection, .directDebit, .debit),
        ],
        fields: [
            .message: PaymentField.ofHeader, .collection: PaymentField.ofCollection, .debit: PaymentField.ofDebit,
        ],
        branches: [.debit: [Path(.remittance, .structured): PaymentField.structured]])
    private var log = MessageLog()
    private var header = MessageHeader()
    private var sawCollection = false
    private var collections = 0
    private var batch = Batch()
    private var hasBegunBatch = false
    private var declared = Declared()
    private var debits = 0
    private var currency = ""
    private var item = Item()
    private var amount: StatedAmount?
    private var remittance = Remittance()
    private var references: [PaymentField: String] = [:]

    mutating func deliver(into events: inout [ReadEvent]) { log.deliver(into: &events) }

    static func map(_ wanted: Wanted) -> ElementMap<Section, PaymentField> { map }

    mutating func begin(_ section: Section, at line: Int) {
        switch section {
        case .outside: break
        case .message: header.begin(at: line)
        case .collection:
            header.open(&log)
            beginCollection(at: line)
        case .debit:
            openBatch()
            beginDebit(at: line)
        }
    }

    private mutating func beginCollection(at line: Int) {
        sawCollection = true
        collections += 1
        batch = Batch()
        batch.position = Position(line: line)
        batch.number = String(collections)
        hasBegunBatch = false
        declared = Declared()
        declared.position = Position(line: line)
        debits = 0
        currency = ""
    }

    private mutating func beginDebit(at line: Int) {
        debits += 1
        item = Item()
        item.position = Position(line: line)
        item.number = String(debits)
        item.kind = .expected
        item.direction = .debit
        item.tender = .achDebit
        item.valueDate = batch.date
        amount = nil
        remittance = Remittance()
        references = [:]
    }

    private mutating func openBatch() {
        if !hasBegunBatch { log.append(.batchBegins(batch)) }
        hasBegunBatch = true
    }

    mutating func take(_ field: PaymentField, _ value: ElementText, in section: Section) {
        switch section {
        case .outside: break
        case .message: header.take(field, value, &log)
        case .collection: collection(field, value)
        case .debit: debit(field, value)
        }
    }

    private mutating func collection(_ field: PaymentField, _ value: ElementText) {
        switch field {
        case .id: batch.number = value.string
        case .count: declared.set(count: value, "PmtInf/NbOfTxs", &log)
        case .sum: declared.set(debits: value, "PmtInf/CtrlSum", &log)
        case .date: batch.date = log.date(value, "PmtInf/ReqdColltnDt")
        case .creditor: batch.company = value.string
        default: break
        }
    }

    private mutating func debit(_ field: PaymentField, _ value: ElementText) {
        switch field {
        case .amount: amount = log.amount(value, "DrctDbtTxInf/InstdAmt")
        case .endToEnd: item.endToEnd = told(value.string)
        case .instructionID, .uetr: references[field] = told(value.string)
        case .mandate: item.reference = value.string
        case .payer: item.payer = value.string
        case .bankAccount: item.bankAccount = value.string
        case .routing: item.routing = value.string
        case .text: remittance.add(text: value.string)
        case .document: remittance.add(document: value.string)
        case .remittedAmount:
            remittance.set(amount: log.amount(value, "DrctDbtTxInf/RmtInf/Strd/RfrdDocAmt/RmtdAmt").cents)
        // The mandate is the item's reference; the creditor's own number of the bill stays readable.
        case .reference: remittance.add(text: log.reference(value, "DrctDbtTxInf/RmtInf/Strd/CdtrRefInf/Ref"))
        default: break
        }
    }

    mutating func endBranch(_ field: PaymentField, in section: Section) {
        if field == .structured { remittance.endStructured() }
    }

    mutating func end(_ section: Section, at line: Int) {
        switch section {
        case .outside: break
        case .message: header.end(at: line, &log)
        case .collection:
            openBatch()
            declared.currency = currency
            log.append(.batchEnds(declared))
        case .debit: endDebit()
        }
    }

    private mutating func endDebit() {
        log.check(remittance, item.position.line)
        if let amount {
            amount.set(&item)
            if currency.isEmpty { currency = amount.currency }
        } else {
            log.tell(
                .fieldMissing, .refusal, item.position.line, "DrctDbtTxInf/InstdAmt",
                "found no amount; expected one")
        }
        item.lines = remittance.lines
        item.memo = remittance.text
        item.trace = [.uetr, .instructionID].compactMap { references[$0] }.first { !$0.isEmpty } ?? ""
        log.append(.item(item))
    }

    mutating func endFile(at line: Int) -> FileRefused? {
        guard sawCollection else {
            return FileRefused(
                .messageEmpty, at: Position(line: line), "found no CstmrDrctDbtInitn/PmtInf; expected at least one")
        }
        header.endFile(&log)
        return nil
    }
}
