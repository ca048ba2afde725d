internal import Model

/// Reads remt.001 in every version (ISO 20022 RemittanceAdvice, `RmtAdvc`).
///
/// Remittance told apart from its payment: the message is a deposit, each `RmtInf` a batch of one advice. It carries no
/// money, so nothing in it is a control total.
struct RemittanceAdvice: MessageAssembly {
    enum Section { case outside, message, advice }

    private static let map = ElementMap(
        outside: Section.outside,
        opening: [(.outside, .remittanceAdvice, .message), (.message, .remittance, .advice)],
        fields: [.message: PaymentField.ofHeader, .advice: PaymentField.ofAdvice],
        branches: [.advice: [Path(.structured): PaymentField.structured]])
    private var log = MessageLog()
    private var header = MessageHeader()
    private var sawAdvice = false
    private var advices = 0
    private var item = Item()
    private var number = ""
    private var amount: StatedAmount?
    private var remittance = Remittance()
    private var references: [PaymentField: String] = [:]

    mutating func deliver(into events: inout [ReadEvent]) { log.deliver(into: &events) }

    static func map(_ wanted: Wanted) -> ElementMap<Section, PaymentField> { map }

    mutating func begin(_ section: Section, at line: Int) {
        switch section {
        case .outside: break
        case .message: header.begin(at: line)
        case .advice:
            header.open(&log)
            begin(at: line)
        }
    }

    private mutating func begin(at line: Int) {
        sawAdvice = true
        advices += 1
        item = Item()
        item.position = Position(line: line)
        item.number = "1"
        item.kind = .advice
        item.tender = .achCredit
        number = ""
        amount = nil
        remittance = Remittance()
        references = [:]
    }

    mutating func take(_ field: PaymentField, _ value: ElementText, in section: Section) {
        switch section {
        case .outside: break
        case .message: header.take(field, value, &log)
        case .advice: take(field, value)
        }
    }

    private mutating func take(_ field: PaymentField, _ value: ElementText) {
        switch field {
        case .id: number = value.string
        case .text: remittance.add(text: value.string)
        case .document: remittance.add(document: value.string)
        case .remittedAmount:
            let stated = log.amount(value, "RmtInf/Strd/RfrdDocAmt/RmtdAmt")
            if item.currency.isEmpty { item.currency = stated.currency }
            remittance.set(amount: stated.cents)
        case .reference: item.reference = log.reference(value, "RmtInf/Strd/CdtrRefInf/Ref")
        case .amount: amount = log.amount(value, "OrgnlPmtInf/Amt")
        case .date: item.valueDate = log.date(value, "OrgnlPmtInf/ReqdExctnDt")
        case .payer: item.payer = value.string
        case .bankAccount: item.bankAccount = value.string
        case .routing: item.routing = value.string
        case .endToEnd: item.endToEnd = told(value.string)
        case .instructionID, .transactionID, .uetr: references[field] = told(value.string)
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
        case .advice: endAdvice()
        }
    }

    private mutating func endAdvice() {
        log.check(remittance, item.position.line)
        item.lines = remittance.lines
        item.memo = remittance.text
        item.trace = [.uetr, .transactionID, .instructionID].compactMap { references[$0] }.first { !$0.isEmpty } ?? ""
        item.amount = sum
        amount?.set(&item)
        var batch = Batch()
        batch.position = item.position
        batch.number = number.isEmpty ? String(advices) : number
        batch.date = item.valueDate
        log.append(.batchBegins(batch))
        log.append(.item(item))
        var ends = Declared()
        ends.position = item.position
        log.append(.batchEnds(ends))
    }

    /// What the lines remit, where the payment's own amount is not told; zero where one of them does not tell either.
    private var sum: Cents {
        remittance.lines.reduce(Cents?.some(.zero)) { sum, line in line.amount.flatMap { sum?.adding($0) } } ?? .zero
    }

    mutating func endFile(at line: Int) -> FileRefused? {
        guard sawAdvice else {
            return FileRefused(
                .messageEmpty, at: Position(line: line), "found no RmtAdvc/RmtInf; expected at least one")
        }
        header.endFile(&log)
        return nil
    }
}
