package import Model

/// Puts chunks of decided items into the books: items, journal, candidates, payer memory, allocations and bills.
///
/// What is clever: allocations and bills lie in the order of accounts and the payer memory in that of payers, which a
/// bank file knows nothing of, so each of them touches a page of its own. They wait and are written in their own
/// order. Until then they are not in the ledger: whoever reads bills or payers meanwhile takes into account what waits
/// (`WorkingBook`).
package struct BulkPosting {
    private let transaction: Transaction
    private let intake: IntakeID
    private let postingBatch: Int64
    private var items: BulkInsert
    private var entries: BulkInsert
    private var lines: BulkInsert
    private var allocations: BulkInsert
    private var remittance: BulkInsert
    private var candidates: BulkInsert
    private var lessons: BulkInsert
    private var waiting: [WaitingPart] = []
    private var learned: [Lesson] = []

    /// How many parts of payments wait to be written.
    package var waitingCount: Int { waiting.count }

    /// Posting for one intake, whose documents for other systems carry the number of a posting batch.
    package init(_ transaction: Transaction, intake: IntakeID, postingBatch: Int64) throws {
        self.transaction = transaction
        self.intake = intake
        self.postingBatch = postingBatch
        items = try BulkInsert(transaction, into: "items", Self.itemColumns)
        entries = try BulkInsert(
            transaction, into: "journal_entries",
            ["entry", "kind", "intake", "payment", "bank_key", "bank_on", "effective_on", "posted_on", "posting_batch"])
        lines = try BulkInsert(
            transaction, into: "journal_lines", ["entry", "place", "ledger_account", "account", "bill", "amount_cents"])
        allocations = try BulkInsert(
            transaction, into: "allocations",
            ["payment", "place", "account", "bill", "kind", "amount_cents", "entry", "posting_batch"])
        remittance = try BulkInsert(
            transaction, into: "remittance_lines", ["payment", "place", "account", "bill", "amount_cents"])
        candidates = try BulkInsert(
            transaction, into: "candidates", ["payment", "place", "account", "name", "score", "evidence", "posting"])
        lessons = try BulkInsert(
            transaction, into: "payer_memory", ["payer_key", "account", "times", "last_on"],
            onConflict: Transaction.lessonAgain)
    }

    private static let itemColumns = [
        "payment", "batch", "\"transaction\"", "number", "line", "amount_cents", "currency", "direction", "custody",
        "tender", "status", "books", "reason", "rule", "proof", "check_number", "routing", "bank_account", "payer_key",
        "payer", "end_to_end", "trace", "reference", "account_read", "scanline", "memo", "received_on", "postmark_on",
        "deposit_on", "value_on", "effective_on", "posted_on", "twin_of", "kind",
    ]

    /// Posts a chunk, all but what waits for `writeWaiting`. Everything that refers to a row comes after it.
    package mutating func post(_ chunk: [PostedItem]) throws {
        // A span hands its elements over in place; an array would copy each, with the counts of all its texts.
        let posted = chunk.span
        for index in posted.indices { try addItem(posted[index]) }
        try items.flush()
        for index in posted.indices { try addEntry(posted[index]) }
        try entries.flush()
        for index in posted.indices { try addLines(posted[index]) }
        try lines.flush()
        for index in posted.indices { collectParts(posted[index]) }
        for index in posted.indices { try addPapers(posted[index]) }
        try remittance.flush()
        try candidates.flush()
        for index in posted.indices { learned += posted[index].lessons }
    }

    /// Writes the parts that wait, and remembers whom each payer paid for. Takes the parts off
    /// their bills unless that is done by another.
    package mutating func writeWaiting(payingBills: Bool = true) throws {
        waiting.sort()
        for waiting in waiting { try addAllocation(waiting) }
        try allocations.flush()
        if payingBills { for waiting in waiting { try transaction.pay(waiting.part) } }
        waiting.removeAll(keepingCapacity: true)
        try writeLessons()
    }

    private mutating func addItem(_ posted: PostedItem) throws {
        items.add(posted.payment.key)
        items.add(posted.batch)
        items.add(Value(posted.transaction))
        items.add(posted.item.number)
        items.add(Int64(posted.item.position.line))
        items.add(posted.amount.rawValue)
        items.add(posted.item.currency)
        items.add(posted.item.direction.rawValue)
        items.add(posted.custody.rawValue)
        items.add(posted.item.tender.rawValue)
        items.add(posted.status.rawValue)
        items.add(posted.books.rawValue)
        items.add(Value(posted.reason?.rawValue))
        items.add(posted.rule)
        items.add(posted.proof)
        items.add(posted.item.checkNumber)
        items.add(posted.item.routing)
        items.add(masked(posted.item.bankAccount))
        items.add(Value(posted.payerKey))
        items.add(maskingBankNumbers(in: posted.item.payer, own: posted.item.bankAccount))
        items.add(posted.item.endToEnd)
        items.add(posted.item.trace)
        items.add(posted.item.reference)
        items.add(posted.item.account)
        items.add(posted.item.scanline)
        items.add(maskingBankNumbers(in: posted.item.memo, own: posted.item.bankAccount))
        items.add(Value(posted.dates.received))
        items.add(Value(posted.item.postmark))
        items.add(Value(posted.dates.deposit))
        items.add(Value(posted.dates.value))
        items.add(Value(posted.dates.effective))
        items.add(Value(posted.dates.posted))
        items.add(Value(posted.twin?.key))
        items.add(posted.item.kind.rawValue)
        try items.endRow()
    }

    private mutating func addEntry(_ posted: PostedItem) throws {
        guard posted.books != .none else { return }
        entries.add(posted.payment.key * 100)
        entries.add("receipt")
        entries.add(intake)
        entries.add(posted.payment.key)
        entries.add(Value(posted.bankKey))
        entries.add(Value(posted.dates.value))
        entries.add(Value(posted.dates.effective))
        entries.add(Value(posted.dates.posted))
        entries.add(postingBatch)
        try entries.endRow()
    }

    private mutating func addLines(_ posted: PostedItem) throws {
        guard posted.books != .none else { return }
        let entry = posted.payment.key * 100
        try addLine(entry, 1, .cashClearing, nil, nil, posted.amount)
        if let account = posted.books.ledgerAccount {
            try addLine(entry, 2, account, nil, nil, -posted.amount)
        } else {
            for (index, part) in posted.parts.enumerated() {
                try addLine(entry, Int64(index) + 2, part.kind.ledgerAccount, part.account, part.bill, -part.cents)
            }
        }
    }

    private mutating func addLine(
        _ entry: Int64, _ place: Int64, _ ledgerAccount: LedgerAccount, _ account: String?, _ bill: String?,
        _ cents: Cents
    ) throws {
        lines.add(entry)
        lines.add(place)
        lines.add(ledgerAccount.rawValue)
        lines.add(Value(account))
        lines.add(Value(bill))
        lines.add(cents.rawValue)
        try lines.endRow()
    }

    private mutating func collectParts(_ posted: PostedItem) {
        for (index, part) in posted.parts.enumerated() {
            waiting.append(WaitingPart(payment: posted.payment.key, place: Int64(index) + 1, part: part))
        }
    }

    private mutating func addAllocation(_ waiting: WaitingPart) throws {
        allocations.add(waiting.payment)
        allocations.add(waiting.place)
        allocations.add(waiting.part.account)
        allocations.add(Value(waiting.part.bill))
        allocations.add(waiting.part.kind.rawValue)
        allocations.add(waiting.part.cents.rawValue)
        allocations.add(waiting.payment * 100)
        allocations.add(postingBatch)
        try allocations.endRow()
    }

    private mutating func addPapers(_ posted: PostedItem) throws {
        if let original = posted.item.original { try transaction.insert(original, of: posted.payment) }
        for (index, line) in posted.item.lines.enumerated() {
            remittance.add(posted.payment.key)
            remittance.add(Int64(index) + 1)
            remittance.add(line.account)
            remittance.add(line.bill)
            remittance.add(Value(line.amount))
            try remittance.endRow()
        }
        for (index, candidate) in posted.candidates.prefix(9).enumerated() {
            candidates.add(posted.payment.key)
            candidates.add(Int64(index) + 1)
            candidates.add(candidate.account)
            candidates.add(candidate.name)
            candidates.add(Int64(candidate.score))
            candidates.add(candidate.evidence)
            candidates.add(candidate.posting)
            try candidates.endRow()
        }
    }

    private mutating func writeLessons() throws {
        learned.sort { $0.payer == $1.payer ? $0.account < $1.account : $0.payer < $1.payer }
        for lesson in learned {
            lessons.add(lesson.payer)
            lessons.add(lesson.account)
            lessons.add(Int64(1))
            lessons.add(Value(lesson.on))
            try lessons.endRow()
        }
        try lessons.flush()
        learned.removeAll(keepingCapacity: true)
    }
}

/// A part of a payment that is decided and not yet in the ledger.
private struct WaitingPart: Comparable {
    let payment: Int64
    let place: Int64
    let part: Part

    /// The order of the book: by account and bill; of one bill, as the file has them.
    static func < (one: WaitingPart, other: WaitingPart) -> Bool {
        if one.part.account != other.part.account { return one.part.account < other.part.account }
        let (mine, theirs) = (one.part.bill ?? "", other.part.bill ?? "")
        if mine != theirs { return mine < theirs }
        return one.payment == other.payment ? one.place < other.place : one.payment < other.payment
    }
}

extension Transaction {
    /// Keeps what an item says of an earlier one, bank account numbers masked.
    func insert(_ original: Original, of payment: PaymentID) throws {
        try run(
            "INSERT INTO originals VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", .int(payment.key), .text(original.code),
            .text(maskingNumbers(in: original.text)), .text(original.trace), .text(original.endToEnd),
            .text(original.routing), Value(original.amount), Value(original.date), Value(original.isDisputed))
    }

    /// Takes an allocated part off its bill (puts it back where negative).
    package func pay(_ part: Part) throws {
        guard let bill = part.bill else { return }
        let changed = try run(
            "UPDATE bills SET open_cents = open_cents - ? WHERE account = ? AND bill = ?",
            .int(part.cents.rawValue), .text(part.account), .text(bill))
        guard changed == 1 else { throw LedgerFault("bill \(bill) of account \(part.account) is not in the book") }
    }

    /// Remembers that a payer paid for an account.
    package func learn(payer: Int64, account: String, on day: CivilDate) throws {
        try run(
            "INSERT INTO payer_memory VALUES (?, ?, 1, ?) \(Self.lessonAgain)", .int(payer), .text(account), Value(day))
    }

    /// What is known already is counted again; of what was untaught wholly, no day is left.
    static let lessonAgain = """
        ON CONFLICT (payer_key, account) DO UPDATE SET times = times + 1,
            last_on = iif(times = 0, excluded.last_on, max(last_on, excluded.last_on))
        """
}
