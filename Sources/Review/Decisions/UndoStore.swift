internal import Ledger
internal import Model

/// All SQL of undoing decisions.
extension Transaction {
    /// The entry that a decision made of a payment; nil where it moved no money.
    func entry(of payment: PaymentID, decision: Int64) throws -> DecidedEntry? {
        try first(
            """
            SELECT entry, posted_on, posting_batch FROM journal_entries
            WHERE entry BETWEEN ? AND ? AND decision = ? ORDER BY entry LIMIT 1
            """, .int(payment.key * 100), .int(payment.key * 100 + 99), .int(decision)
        ) { DecidedEntry(key: $0.int(0), postedOn: $0.date(1), postingBatch: $0.intOrNil(2)) }
    }

    /// What a decision's effect says of before; nil where it changed nothing.
    func effectBefore(of decision: Int64) throws -> String? {
        try first("SELECT before FROM decision_effects WHERE decision = ?", .int(decision)) { $0.text(0) }
    }

    /// The last that moved a payment after a decision and stands: another decision, or a return, which is none. What an
    /// extract turned to credit rests on nothing, and what is undone does not stand.
    func laterMove(of payment: PaymentID, after decision: Int64, _ entry: Int64?) throws
        -> (decision: Int64?, exception: String?)?
    {
        try first(
            """
            SELECT e.decision, d.exception FROM journal_entries e LEFT JOIN decisions d USING (decision)
            WHERE e.entry BETWEEN ?1 AND ?2 AND e.kind <> 'extract' AND e.decision IS NOT ?3
            AND (e.entry > ifnull(?4, 0) AND ?4 IS NOT NULL OR e.decision > ?3
                OR e.decision IS NULL AND e.kind = 'reversal')
            AND ifnull(d.action, '') <> 'undo'
            AND NOT EXISTS (SELECT 1 FROM journal_entries b JOIN decisions u ON u.decision = b.decision
                WHERE b.entry BETWEEN ?1 AND ?2 AND b.reverses = e.entry AND u.action = 'undo')
            ORDER BY e.entry DESC LIMIT 1
            """, .int(payment.key * 100), .int(payment.key * 100 + 99), .int(decision), Value(entry)
        ) { ($0.intOrNil(0), $0.textOrNil(1)) }
    }

    /// A payment that was taken off the books after a decision because this one stands.
    func toldTwice(of payment: PaymentID, after decision: Int64) throws -> PaymentID? {
        try first(
            """
            SELECT t.payment FROM items t JOIN journal_entries e ON e.entry BETWEEN t.payment * 100
                AND t.payment * 100 + 99
            WHERE t.twin_of = ? AND t.status = 'duplicate' AND t.books = 'none' AND e.kind = 'reversal'
            AND e.decision > ? ORDER BY t.payment LIMIT 1
            """, .int(payment.key), .int(decision)
        ) { PaymentID(key: $0.int(0)) }
    }

    /// The accounts that an entry gave something of a payment, by number.
    func accounts(of payment: PaymentID, given entry: Int64) throws -> [String] {
        try all(
            "SELECT DISTINCT account FROM allocations WHERE payment = ? AND entry = ? ORDER BY 1", .int(payment.key),
            .int(entry)
        ) { $0.text(0) }
    }

    /// Puts an exception back into the queue: its folder among the open ones is written, that among the closed goes.
    func reopen(_ id: String) throws {
        let closed = try closedPath(of: id)
        try run(
            """
            UPDATE exceptions SET closed_at = NULL, claimed_by = NULL, claim_expires_at = NULL WHERE exception = ?
            """, .text(id))
        if let closed { try makeRemovalDue(closed) }
        try refresh(id)
    }

    /// Sets who looks after an exception and when to what it was.
    func resetCourse(
        of exception: String, owner: String?, back: CivilDate?, waitingFor: String?, due: String?, caseNumber: String?
    ) throws {
        try run(
            """
            UPDATE exceptions SET owner = ?, back_on = ?, waiting_for = ?, due_at = ?, case_number = ?
            WHERE exception = ?
            """, Value(owner), Value(back), Value(waitingFor), Value(due), Value(caseNumber), .text(exception))
    }

    /// Sets by which rule a payment stands where it does, and for what reason it was held.
    func setRule(of payment: PaymentID, _ rule: String?, reason: String?) throws {
        try run(
            "UPDATE items SET rule = ifnull(?, rule), reason = ? WHERE payment = ?", Value(rule), Value(reason),
            .int(payment.key))
    }

    /// A sum stands for no unit any more.
    func unreconcile(_ sum: PaymentID) throws {
        try run("DELETE FROM reconciled WHERE payment = ?", .int(sum.key))
    }
}
