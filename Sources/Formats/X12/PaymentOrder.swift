internal import Model

/// Reads transaction set 820 (ASC X12 Payment Order/Remittance Advice): remittance told apart from its payment.
///
/// Each set is a batch of one advice; the sets of a group are a deposit.
struct PaymentOrder {
    private var hasBegunDeposit = false
    private var item = Item()
    private var batch = Batch()
    private var order: CutSegment?
    /// BPR02 with its sign: a payment withdrawn after it was told is negative.
    private var amount: Cents?
    private var lines = AdviceLines()

    /// Segments of the standard that say nothing to a payment office.
    private static let known: Set<String> = [
        "NTE", "CUR", "REF", "N1", "N2", "N3", "N4", "PER", "RDM", "DTM", "ENT", "NM1", "ADX", "RMR", "IT1", "RPA",
        "QTY",
        "SAC", "TXI", "SLN", "FA1", "FA2", "TXP", "DED", "LX", "TRS", "PEN", "INV", "BEN", "SLI", "PID", "G53", "HL",
        "MTX", "AIN", "VEH", "POC", "LS", "LE", "DTP", "AMT", "HD",
    ]

    mutating func begin(_ set: CutSegment, group: Deposit, _ log: inout X12Log) {
        if !hasBegunDeposit {
            var deposit = group
            if deposit.position.record == 0 { deposit.position = set.position }
            log.append(.depositBegins(deposit))
        }
        hasBegunDeposit = true
        batch = Batch()
        batch.position = set.position
        let number = set[2]
        batch.number = number.contains { $0 != "0" } ? String(number.drop { $0 == "0" }) : number
        item = Item()
        item.position = set.position
        item.number = "1"
        item.kind = .advice
        item.tender = .achCredit
        order = nil
        amount = nil
        lines = AdviceLines()
    }

    mutating func take(_ segment: CutSegment, _ log: inout X12Log) throws(FileRefused) {
        switch segment.name {
        case "BPR" where order == nil: try payment(segment, &log)
        case "BPR":
            try log.tell(.recordOutOfOrder, .refusal, segment, "BPR", "found a second BPR in the set; expected one")
        case "TRN" where item.endToEnd.isEmpty: item.endToEnd = segment[2]
        case "TRN": break
        case "CUR": item.currency = segment[2]
        case "N1" where segment[1] == "PR" && item.payer.isEmpty: item.payer = segment[2]
        case let name where Self.known.contains(name): try lines.take(segment, &log)
        default:
            try log.tell(
                .recordUnknown, .fault, segment, "820",
                "found the segment \"\(quotable(segment.name))\"; expected one of set 820")
        }
    }

    private mutating func payment(_ segment: CutSegment, _ log: inout X12Log) throws(FileRefused) {
        order = segment
        let stated = try log.amount(segment, 2, "BPR02")
        amount = stated.cents
        item.position = segment.position
        stated.set(&item, text: segment[2])
        switch segment[3] {
        case "C": item.direction = .credit
        case "D": item.direction = .debit
        case let other:
            try log.tell(.fieldInvalid, .refusal, segment, "BPR03", "found \"\(quotable(other))\"; expected C or D")
        }
        // A debit is ordered by the payee: the payer's bank is the one that receives it.
        let payer = item.direction == .credit ? 7 : 13
        item.routing = segment[payer]
        item.bankAccount = segment[payer + 2]
        if let amount, amount < .zero { item.direction = item.direction == .credit ? .debit : .credit }
        item.tender = segment.tender ?? (segment[3] == "D" ? .achDebit : .achCredit)
        item.valueDate = try log.date(segment, 16, "BPR16")
        batch.company = segment[10]
        batch.date = item.valueDate
    }

    mutating func end(_ log: inout X12Log, at end: CutSegment) throws(FileRefused) {
        guard let order else {
            return try log.tell(.fieldMissing, .refusal, end, "BPR", "found no BPR in the set; expected one")
        }
        // With a check, TRN02 is its number.
        if item.tender == .check { item.checkNumber = String(item.endToEnd.drop { $0 == "0" }) }
        if let amount { try lines.set(&item, amount: amount, order, &log) }
        log.append(.batchBegins(batch))
        log.append(.item(item))
        var ends = Declared()
        ends.position = end.position
        log.append(.batchEnds(ends))
    }

    mutating func endDeposit(_ log: inout X12Log, at end: Position) {
        guard hasBegunDeposit else { return }
        hasBegunDeposit = false
        var ends = Declared()
        ends.position = end
        log.append(.depositEnds(ends))
    }
}
