internal import Ledger
internal import Model
internal import Review

/// What a filter and the order of the queue need of one open exception.
struct QueueEntry: Sendable {
    let id: String
    let reason: String
    let source: String
    let cents: Cents?
    let openedAt: String
    let turnOffAt: String?
    let owner: String?
    /// Whether it comes back on a later day.
    let isWaiting: Bool
    let isPending: Bool
}

/// What a row of the list shows beside that.
struct QueueRow: Sendable {
    let what: String
    let payer: String
    let candidate: String?
    let candidateName: String?
    let score: Int64?
    let dueAt: String?
    let waitingFor: String?
    let turnOffAt: String?
    let turnOffAmount: Cents?
    let claimedBy: String?
    let claimExpiresAt: String?
    let decidedBy: String?
    let isOpen: Bool
}

/// All SQL of the queue as the page shows it.
extension Transaction {
    /// Every open exception in the order of the queue: a visit that can be stopped first, then most money, then oldest.
    func queueEntries(visitsFrom: String, today: CivilDate) throws -> [QueueEntry] {
        try all(
            """
            SELECT e.exception, e.reason, ifnull(n.source, ''), e.amount_cents, e.opened_at,
                iif(e.turn_off_at < ?1, NULL, e.turn_off_at) AS visit_at, e.owner,
                ifnull(e.back_on > ?2, 0), e.pending_decision
            FROM exceptions e LEFT JOIN intakes n USING (intake) WHERE e.closed_at IS NULL
            ORDER BY visit_at IS NULL, visit_at, ifnull(e.amount_cents, 0) DESC, e.opened_at, length(e.exception),
                e.exception
            """, .text(visitsFrom), Value(today)
        ) { row in
            QueueEntry(
                id: row.text(0), reason: row.text(1), source: row.text(2), cents: row.centsOrNil(3),
                openedAt: row.text(4), turnOffAt: row.textOrNil(5), owner: row.textOrNil(6), isWaiting: row.flag(7),
                isPending: !row.isNull(8))
        }
    }

    /// One row of the list as it stands now; what is decided blind has no best candidate.
    func queueRow(_ id: String, at now: String) throws -> QueueRow? {
        try first(
            """
            SELECT e.what, ifnull(i.payer, ''), c.account, c.name, c.score, e.due_at, e.waiting_for, e.turn_off_at,
                e.turn_off_cents, iif(e.claim_expires_at > ?2, e.claimed_by, NULL), e.claim_expires_at, d.decided_by,
                e.closed_at IS NULL
            FROM exceptions e LEFT JOIN items i ON i.payment = e.payment
            LEFT JOIN candidates c ON c.payment = e.payment AND c.place = 1 AND e.reason <> ?3
            LEFT JOIN decisions d ON d.decision = e.pending_decision
            WHERE e.exception = ?1
            """, .text(id), .text(now), .text(Reason.sampledForReview.rawValue)
        ) { row in
            QueueRow(
                what: row.text(0), payer: row.text(1), candidate: row.textOrNil(2), candidateName: row.textOrNil(3),
                score: row.intOrNil(4), dueAt: row.textOrNil(5), waitingFor: row.textOrNil(6),
                turnOffAt: row.textOrNil(7), turnOffAmount: row.centsOrNil(8), claimedBy: row.textOrNil(9),
                claimExpiresAt: row.textOrNil(10), decidedBy: row.textOrNil(11), isOpen: row.flag(12))
        }
    }

    /// Open exceptions whose id, payer, check, account or candidate a text names, or whose amount it is.
    func exceptions(naming text: String, amount: Cents?) throws -> Set<String> {
        let pattern = "%" + text.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_") + "%"
        return Set(
            try all(
                """
                SELECT e.exception FROM exceptions e LEFT JOIN items i ON i.payment = e.payment
                WHERE e.closed_at IS NULL AND (e.exception = ?1 OR e.amount_cents = ?3 OR e.account = ?1
                    OR i.payer LIKE ?2 ESCAPE '\\' OR i.account_read LIKE ?2 ESCAPE '\\' OR i.check_number = ?1
                    OR EXISTS (SELECT 1 FROM candidates c WHERE c.payment = e.payment AND (c.account = ?1
                        OR c.name LIKE ?2 ESCAPE '\\')))
                """, .text(text), .text(pattern), Value(amount)
            ) { $0.text(0) })
    }

    /// Whether an exception is open, free for somebody and waits for no second person.
    func isFree(_ id: String, for user: String, at now: String) throws -> Bool {
        try number(
            """
            SELECT EXISTS (SELECT 1 FROM exceptions WHERE exception = ?1 AND closed_at IS NULL
                AND pending_decision IS NULL AND (claimed_by IS NULL OR claimed_by = ?2 OR claim_expires_at <= ?3))
            """, .text(id), .text(user), .text(now)) == 1
    }

    /// Exceptions that wait for a second person, the longest first.
    func pendingExceptions() throws -> [String] {
        try all(
            """
            SELECT exception FROM exceptions WHERE pending_decision IS NOT NULL AND closed_at IS NULL
            ORDER BY pending_decision
            """
        ) { $0.text(0) }
    }
}
