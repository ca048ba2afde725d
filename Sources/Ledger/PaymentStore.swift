package import Model

/// Which payments to list; nil means all.
package struct PaymentFilter: Sendable {
    package var intake: IntakeID?
    package var file: String?
    package var account: String?
    package var status: String?
    package var from: CivilDate?
    package var to: CivilDate?
    package var payment: PaymentID?

    package init() {}
}

/// One payment as it is listed.
package struct PaymentLine: Sendable {
    package struct Allocation: Sendable {
        package let account: String
        package let bill: String?
        package let kind: String
        package let cents: Cents
    }

    package let payment: PaymentID
    package let batchKey: Int64
    package let file: String
    package let batch: String
    package let transaction: String?
    package let item: String
    package let amount: Cents
    package let tender: String
    package let status: String
    package let books: String
    package let reason: String?
    package let rule: String
    package let proof: String
    package let payer: String
    package let receivedOn: CivilDate
    package let effectiveOn: CivilDate
    package let postedOn: CivilDate
    package let twin: PaymentID?
    package let accountRead: String
    package let memo: String
    package let checkNumber: String
    package var allocations: [Allocation] = []
    package var candidates: [CandidateRow] = []

    init(_ row: Row) {
        payment = PaymentID(key: row.int(0))
        batchKey = row.int(1)
        file = row.text(2)
        batch = row.text(3)
        transaction = row.textOrNil(4)
        item = row.text(5)
        amount = row.cents(6)
        tender = row.text(7)
        status = row.text(8)
        books = row.text(9)
        reason = row.textOrNil(10)
        rule = row.text(11)
        proof = row.text(12)
        payer = row.text(13)
        receivedOn = row.date(14)
        effectiveOn = row.date(15)
        postedOn = row.date(16)
        twin = row.intOrNil(17).map(PaymentID.init(key:))
        accountRead = row.text(18)
        memo = row.text(19)
        checkNumber = row.text(20)
    }
}

extension Transaction {
    /// Payments in file order that pass a filter.
    package func payments(_ filter: PaymentFilter, each: (PaymentLine) throws -> Void) throws {
        var conditions = ["1"]
        var arguments: [Value] = []
        func add(_ condition: String, _ value: Value?) {
            guard let value else { return }
            conditions.append(condition)
            arguments.append(value)
        }
        add("i.payment = ?", filter.payment.map { .int($0.key) })
        if let intake = filter.intake {
            conditions.append("i.payment BETWEEN ? AND ?")
            let first = PaymentID(intake: intake, place: 0).key
            arguments += [.int(first), .int(first + 999_999_999)]
        }
        if let file = filter.file {
            conditions.append("(n.name = ? OR n.name LIKE '%/' || ?)")
            arguments += [.text(file), .text(file)]
        }
        add(
            "i.payment IN (SELECT payment FROM allocations WHERE account = ?)", filter.account.map { .text($0) })
        add("i.status = ?", filter.status.map { .text($0) })
        add("i.received_on >= ?", filter.from.map { Value($0) })
        add("i.received_on <= ?", filter.to.map { Value($0) })
        let sql = """
            SELECT i.payment, i.batch, n.name, b.number, t.number, i.number, i.amount_cents, i.tender, i.status,
                i.books, i.reason, i.rule, i.proof, i.payer, i.received_on, i.effective_on, i.posted_on, i.twin_of,
                i.account_read, i.memo, i.check_number
            FROM items i JOIN intakes n ON n.intake = i.payment / 1000000000 JOIN batches b ON b.batch = i.batch
                LEFT JOIN transactions t ON t."transaction" = i."transaction"
            WHERE \(conditions.joined(separator: " AND ")) ORDER BY i.payment
            """
        try query(sql, with: arguments) { row in
            var line = PaymentLine(row)
            line.allocations = try standingAllocations(of: line.payment)
            if line.status != "posted" { line.candidates = try candidateRows(of: line.payment) }
            try each(line)
        }
    }

    /// What of a payment stands on accounts, what was taken back left out.
    package func standingAllocations(of payment: PaymentID) throws -> [PaymentLine.Allocation] {
        try all(
            """
            SELECT account, bill, kind, sum(amount_cents) FROM allocations WHERE payment = ?
            GROUP BY account, bill, kind HAVING sum(amount_cents) > 0 ORDER BY min(place)
            """, .int(payment.key)
        ) { PaymentLine.Allocation(account: $0.text(0), bill: $0.textOrNil(1), kind: $0.text(2), cents: $0.cents(3)) }
    }

    /// What was proposed for a payment, best first.
    package func candidateRows(of payment: PaymentID) throws -> [CandidateRow] {
        try all(
            "SELECT account, name, score, evidence, posting FROM candidates WHERE payment = ? ORDER BY place",
            .int(payment.key)
        ) {
            CandidateRow(
                account: $0.text(0), name: $0.text(1), score: Int($0.int(2)), evidence: $0.text(3), posting: $0.text(4))
        }
    }

    /// The journal entries of one payment, in order.
    package func journal(of payment: PaymentID) throws -> [(
        name: String, kind: String, postedOn: CivilDate, line: JournalLine
    )] {
        let first = payment.key * 100
        return try all(
            """
            SELECT e.entry, e.kind, e.posted_on, l.ledger_account, l.account, l.bill, l.amount_cents
            FROM journal_entries e JOIN journal_lines l USING (entry) WHERE e.entry BETWEEN ? AND ? ORDER BY 1, l.place
            """, .int(first), .int(first + 99)
        ) { row in
            (
                "\(payment)-j\(row.int(0) % 100 + 1)", row.text(1), row.date(2),
                JournalLine(
                    LedgerAccount(rawValue: row.text(3))!, account: row.textOrNil(4), bill: row.textOrNil(5),
                    row.cents(6))
            )
        }
    }

    /// How many payments and how much money stand where: `(status, books, count, cents)`.
    package func paymentSums(receivedOn day: CivilDate? = nil) throws -> [(
        status: String, books: String, count: Int64, cents: Cents
    )] {
        try all(
            """
            SELECT status, books, count(*), sum(amount_cents) FROM items WHERE ?1 IS NULL OR received_on = ?1
            GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
            """, Value(day)
        ) { ($0.text(0), $0.text(1), $0.int(2), $0.cents(3)) }
    }

    /// How many credits there are that could post, and how many posted without a person.
    package func straightThrough() throws -> (posted: Int64, all: Int64) {
        let all = try number(
            """
            SELECT count(*) FROM items WHERE (status <> 'rejected' OR books <> 'none')
            AND kind NOT IN ('expected', 'sum') AND ifnull(reason, '') <> 'told-twice'
            """)
        let posted = try number("SELECT count(*) FROM items WHERE status = 'posted'")
        let decided = try number(
            """
            SELECT count(*) FROM items WHERE status = 'posted'
            AND payment IN (SELECT e.payment FROM journal_entries e JOIN decisions d USING (decision)
                WHERE e.kind = 'decision' AND ifnull(d.reason, '') <> 'advice-joined')
            """)
        return (posted - decided, all)
    }
}
