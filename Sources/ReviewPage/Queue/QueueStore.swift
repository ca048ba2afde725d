internal import Ledger
internal import Model
internal import Review

/// What the list shows of one exception as it stands at this moment: others work at it too.
struct QueueRow: Sendable {
    let claimedBy: String?
    let claimExpiresAt: String?
    let decidedBy: String?
    let isOpen: Bool
}

/// All SQL of the queue beside that of `Review`.
extension Transaction {
    /// Who is at an exception now.
    func queueRow(_ id: String, at now: String) throws -> QueueRow? {
        try first(
            """
            SELECT iif(e.claim_expires_at > ?2, e.claimed_by, NULL), e.claim_expires_at, d.decided_by,
                e.closed_at IS NULL
            FROM exceptions e LEFT JOIN decisions d ON d.decision = e.pending_decision WHERE e.exception = ?1
            """, .text(id), .text(now)
        ) { row in
            QueueRow(
                claimedBy: row.textOrNil(0), claimExpiresAt: row.textOrNil(1), decidedBy: row.textOrNil(2),
                isOpen: row.flag(3))
        }
    }

    /// Whether an exception is open, free for somebody and waits for no second person.
    func isFree(_ id: String, for user: String, at now: String) throws -> Bool {
        try number(
            """
            SELECT EXISTS (SELECT 1 FROM exceptions WHERE exception = ?1 AND closed_at IS NULL
                AND pending_decision IS NULL AND (claimed_by IS NULL OR claimed_by = ?2 OR claim_expires_at <= ?3))
            """, .text(id), .text(user), .text(now)) == 1
    }
}
