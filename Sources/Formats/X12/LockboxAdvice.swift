internal import Model

/// Reads transaction set 823 (ASC X12 Lockbox): DEP is a deposit, BAT a batch, BPR (before version 003020 BPS) a check.
///
/// AMT and QTY declare the totals of the unit that they stand in.
struct LockboxAdvice {
    private var deposit: Deposit?
    private var depositEnds = Declared()
    private var batchEnds: Declared?
    private var batches = 0
    private var items = 0
    /// What the deposit's own CUR says; empty where it has none.
    private var currency = ""
    private var item: Item?
    private var payment: CutSegment?
    private var amount: Cents?
    private var lines = AdviceLines()

    /// Segments of the standard that say nothing to a payment office.
    private static let known: Set<String> = [
        "NTE", "CUR", "REF", "N1", "N2", "N3", "N4", "PER", "TRN", "DTM", "AVA", "RMR", "ADX", "RMT", "RDM", "ENT",
        "NM1",
        "IT1", "SLN", "DED", "LX", "TS3", "TS2", "TXP", "TXI", "SAC",
    ]

    mutating func take(_ segment: CutSegment, _ log: inout X12Log) throws(FileRefused) {
        switch segment.name {
        case "DEP":
            try endDeposit(&log)
            try beginDeposit(segment, &log)
        case "BAT":
            try endBatch(&log)
            try beginBatch(segment, &log)
        case "BPR", "BPS":
            try endItem(&log)
            try beginItem(segment, &log)
        case "AMT": try total(segment, &log)
        case "QTY": try count(segment, &log)
        case let name where Self.known.contains(name): try detail(segment, &log)
        default:
            try log.tell(
                .recordUnknown, .fault, segment, "823",
                "found the segment \"\(quotable(segment.name))\"; expected one of set 823")
        }
    }

    private mutating func beginDeposit(_ segment: CutSegment, _ log: inout X12Log) throws(FileRefused) {
        var begun = Deposit()
        begun.position = segment.position
        begun.lockbox = segment[1]
        begun.date = try log.date(segment, 2, "DEP02")
        begun.number = segment[4]
        // Some leave out the account's qualifier, which has at most three characters.
        begun.bankAccount = segment[8].isEmpty && segment[7].utf8.count > 3 ? segment[7] : segment[8]
        deposit = begun
        currency = ""
        depositEnds = Declared()
        depositEnds.position = segment.position
        batches = 0
        log.append(.depositBegins(begun))
    }

    private mutating func beginBatch(_ segment: CutSegment, _ log: inout X12Log) throws(FileRefused) {
        guard deposit != nil else { throw outOfOrder(segment) }
        batches += 1
        items = 0
        var batch = Batch()
        batch.position = segment.position
        batch.number = segment.name == "BAT" ? String(segment[3].drop { $0 == "0" }) : ""
        if batch.number.isEmpty { batch.number = String(batches) }
        if segment.name == "BAT" { batch.date = try log.date(segment, 1, "BAT01") }
        batchEnds = Declared()
        batchEnds?.position = segment.position
        log.append(.batchBegins(batch))
    }

    private func outOfOrder(_ segment: CutSegment) -> FileRefused {
        FileRefused(.recordOutOfOrder, at: segment.position, "found \(segment.name) before any DEP; expected DEP first")
    }

    private mutating func beginItem(_ segment: CutSegment, _ log: inout X12Log) throws(FileRefused) {
        // A deposit need not be cut into batches.
        if batchEnds == nil { try beginBatch(segment, &log) }
        items += 1
        var begun = Item()
        begun.position = segment.position
        begun.number = String(items)
        begun.depositDate = deposit?.date
        begun.currency = currency
        let stated = try log.amount(segment, 2, segment.name + "02")
        amount = stated.cents
        if let amount, amount < .zero {
            try log.tell(
                .fieldInvalid, .refusal, segment, segment.name + "02",
                "found \(amount); expected an amount without sign")
        }
        stated.set(&begun, text: segment[2])
        if segment.name == "BPR" {
            try payment(segment, &begun, &log)
        } else {
            begun.routing = segment[5]
            begun.bankAccount = segment[6]
        }
        item = begun
        payment = segment
        lines = AdviceLines()
    }

    private func payment(_ segment: CutSegment, _ item: inout Item, _ log: inout X12Log) throws(FileRefused) {
        switch segment[3] {
        case "C", "": item.direction = .credit
        case "D": item.direction = .debit
        case let other:
            try log.tell(.fieldInvalid, .refusal, segment, "BPR03", "found \"\(quotable(other))\"; expected C or D")
        }
        item.tender = segment.tender ?? .check
        item.routing = segment[7]
        item.bankAccount = segment[9]
        let date = try log.date(segment, 16, "BPR16")
        if item.tender == .check { item.checkDate = date } else { item.valueDate = date }
    }

    private mutating func detail(_ segment: CutSegment, _ log: inout X12Log) throws(FileRefused) {
        if segment.name == "CUR", item == nil {
            currency = segment[2]
            return
        }
        guard let tender = item?.tender else { return }
        switch segment.name {
        case "N1": if segment[1] == "PR" { item?.payer = segment[2] }
        case "CUR": item?.currency = segment[2]
        // With a check, TRN02 is its number, which other payers' checks may have as well.
        case "TRN" where tender == .check: setCheck(segment[2])
        case "TRN": item?.trace = segment[2]
        case "REF" where segment[1] == "CK": setCheck(segment[2])
        default: try lines.take(segment, &log)
        }
    }

    private mutating func setCheck(_ number: String) {
        let number = String(number.drop { $0 == "0" })
        if !number.isEmpty { item?.checkNumber = number }
    }

    /// AMT02: the dollars of the deposit, or of the batch.
    private mutating func total(_ segment: CutSegment, _ log: inout X12Log) throws(FileRefused) {
        guard item == nil, deposit != nil else { return }
        let sum = try log.amount(segment, 2, "AMT02").cents
        if batchEnds == nil { depositEnds.credits = sum } else { batchEnds?.credits = sum }
    }

    /// QTY02: batches (41) and checks (42) of the deposit, or checks of the batch (element 673).
    private mutating func count(_ segment: CutSegment, _ log: inout X12Log) throws(FileRefused) {
        guard item == nil, deposit != nil, ["41", "42"].contains(segment[1]) else { return }
        let number = try log.count(segment, 2, "QTY02")
        if batchEnds != nil {
            if segment[1] == "42" { batchEnds?.items = number }
        } else if segment[1] == "41" {
            depositEnds.batches = number
        } else {
            depositEnds.items = number
        }
    }

    private mutating func endItem(_ log: inout X12Log) throws(FileRefused) {
        guard var ended = item, let payment else { return }
        if let amount { try lines.set(&ended, amount: amount, payment, &log) }
        log.append(.item(ended))
        item = nil
    }

    private mutating func endBatch(_ log: inout X12Log) throws(FileRefused) {
        try endItem(&log)
        if let batchEnds { log.append(.batchEnds(batchEnds)) }
        batchEnds = nil
    }

    private mutating func endDeposit(_ log: inout X12Log) throws(FileRefused) {
        try endBatch(&log)
        if deposit != nil { log.append(.depositEnds(depositEnds)) }
        deposit = nil
    }

    mutating func end(_ log: inout X12Log, at end: CutSegment) throws(FileRefused) {
        if deposit == nil {
            try log.tell(.fieldMissing, .refusal, end, "DEP", "found no DEP in the set; expected at least one")
        }
        try endDeposit(&log)
    }
}
