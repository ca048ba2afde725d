package import Model

/// Numbered batches for other systems: what each intake, and each run's decisions, tell the CIS and the general ledger.
extension Transaction {
    /// Opens the next posting batch; numbers have no gaps, for a batch stands or falls with its transaction.
    package func openPostingBatch(intake: IntakeID?, at: String, postedOn: CivilDate) throws -> Int64 {
        let number = try number("SELECT max(number) FROM posting_batches") + 1
        try run(
            "INSERT INTO posting_batches VALUES (?, ?, ?, ?)", .int(number), Value(intake), .text(at), Value(postedOn))
        try makeDue(Projection(path: Self.cisPath(number), kind: "cis-postings", subject: String(number)))
        try makeDue(Projection(path: Self.journalPath(number), kind: "gl-journal", subject: String(number)))
        return number
    }

    private static func cisPath(_ number: Int64) -> String { "outbox/postings/cis-\(padded(number)).csv" }
    private static func journalPath(_ number: Int64) -> String { "outbox/postings/gl-\(padded(number)).csv" }

    static func padded(_ number: Int64) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits
    }

    /// The highest number of a posting batch; 0 before the first.
    package func lastPostingBatch() throws -> Int64 { try number("SELECT max(number) FROM posting_batches") }

    /// Whether any entry waits for a posting batch.
    package func hasUnexportedEntries() throws -> Bool {
        try number("SELECT EXISTS (SELECT 1 FROM journal_entries WHERE posting_batch IS NULL)") == 1
    }

    /// Puts every entry and allocation that waits into a posting batch.
    package func export(in batch: Int64) throws {
        try run("UPDATE journal_entries SET posting_batch = ? WHERE posting_batch IS NULL", .int(batch))
        try run("UPDATE allocations SET posting_batch = ? WHERE posting_batch IS NULL", .int(batch))
    }

    /// How many CIS rows a batch has and what they sum to.
    package func cisSum(of batch: Int64) throws -> (rows: Int64, total: Cents) {
        let sql = """
            SELECT count(*), ifnull(sum(a.amount_cents), 0) FROM allocations a
            WHERE \(try scope(of: batch, "a.payment")) AND a.posting_batch = ?
            """
        return try first(sql, .int(batch)) { ($0.int(0), $0.cents(1)) } ?? (0, .zero)
    }

    /// The CIS rows of a batch, in the order of payments.
    package func cisRows(of batch: Int64, each: (CISRow) throws -> Void) throws {
        let sql = """
            SELECT a.payment, a.place, a.account, a.bill, a.kind, a.amount_cents, a.reverses, i.effective_on, i.tender
            FROM allocations a JOIN items i USING (payment) WHERE \(try scope(of: batch, "a.payment"))
            AND a.posting_batch = ? ORDER BY a.payment, a.place
            """
        try query(sql, .int(batch)) { row in
            try each(
                CISRow(
                    payment: PaymentID(key: row.int(0)), place: row.int(1), account: row.text(2),
                    bill: row.textOrNil(3), kind: row.text(4), cents: row.cents(5), reverses: row.intOrNil(6),
                    effectiveOn: row.date(7), tender: row.text(8)))
        }
    }

    /// The journal of a batch by ledger account, bank day and posting day: as many rows as it has days and accounts.
    package func journalSums(of batch: Int64) throws -> [JournalSum] {
        let sql = """
            SELECT l.ledger_account, e.bank_on, e.posted_on, sum(max(l.amount_cents, 0)), sum(-min(l.amount_cents, 0)),
                count(*)
            FROM journal_entries e JOIN journal_lines l USING (entry) WHERE \(try scope(of: batch, "e.entry / 100"))
            AND e.posting_batch = ? GROUP BY 1, 2, 3 ORDER BY 3, 2, 1
            """
        return try all(sql, .int(batch)) { row in
            JournalSum(
                ledgerAccount: LedgerAccount(rawValue: row.text(0))!, bankOn: row.date(1), postedOn: row.date(2),
                debit: row.cents(3), credit: row.cents(4), lines: row.int(5))
        }
    }

    /// Which keys can belong to a batch, which spares a whole scan: an intake's batch holds that intake's only, and
    /// what it took off others (returns, sums that waited): few rows, with an index of their own.
    private func scope(of batch: Int64, _ key: String) throws -> String {
        let intake = try first("SELECT intake FROM posting_batches WHERE number = ?", .int(batch)) { $0.intOrNil(0) }
        guard let intake = intake ?? nil else { return "1" }
        let first = PaymentID(intake: intake, place: 0).key
        let column = key == "e.entry / 100" ? "e.entry" : key
        let scale: Int64 = key == "e.entry / 100" ? 100 : 1
        let own = "\(column) BETWEEN \(first * scale) AND \((first + 999_999_999) * scale + scale - 1)"
        guard try takesBack(batch) else { return own }
        let (table, isTaken) = scale == 100 ? ("e", "e.kind = 'reversal'") : ("a", "a.reverses IS NOT NULL")
        return "(\(own) OR \(isTaken) AND \(table).posting_batch = \(batch))"
    }

    private func takesBack(_ batch: Int64) throws -> Bool {
        try number(
            "SELECT EXISTS (SELECT 1 FROM journal_entries WHERE posting_batch = ? AND kind = 'reversal')", .int(batch))
            == 1
    }

    /// Whose posting batch it is and when it was made.
    package func postingBatch(_ number: Int64) throws -> (intake: IntakeID?, createdAt: String, postedOn: CivilDate)? {
        try first("SELECT intake, created_at, posted_on FROM posting_batches WHERE number = ?", .int(number)) {
            ($0.intOrNil(0), $0.text(1), $0.date(2))
        }
    }
}

/// What the CIS is told of one allocation.
package struct CISRow: Sendable {
    package var payment: PaymentID
    package var place: Int64
    package var account: String
    package var bill: String?
    package var kind: String
    package var cents: Cents
    package var reverses: Int64?
    package var effectiveOn: CivilDate
    package var tender: String
}

/// What the general ledger is told of one account and day.
package struct JournalSum: Sendable {
    package var ledgerAccount: LedgerAccount
    package var bankOn: CivilDate
    package var postedOn: CivilDate
    package var debit: Cents
    package var credit: Cents
    package var lines: Int64
}
