package import Ledger
package import Model

/// Which open exceptions, at which moment.
package struct QueueFilter: Hashable, Sendable {
    /// Of those that a person let wait until a day.
    package enum Waiting: String, Sendable, CaseIterable {
        /// Without them, until they are back.
        case hidden
        case only
        case shown
    }

    package var reason: String?
    package var waiting = Waiting.shown
    /// Given to this person.
    package var owner: String?
    /// Only what waits for a second person.
    package var isPending = false
    /// The folder of the inbox that its file came by.
    package var source: String?
    /// A part of a number, name, text or amount that its record holds.
    package var text: String?
    /// The office's day: what waits is back on its day, and what was due before it is late.
    package var today: CivilDate?
    /// A visit before this moment (ISO 8601 UTC) is over: it makes nothing urgent.
    package var visitsFrom = ""

    package init() {}
}

/// All SQL of the queue's order, filters and sums.
extension Transaction {
    /// Ids of open exceptions in the order of the queue.
    package func openExceptions(_ filter: QueueFilter = QueueFilter()) throws -> [String] {
        try all(
            """
            SELECT e.exception, \(Self.visit) AS visit_at \(Self.from) WHERE \(Self.condition(filter))
            ORDER BY \(Self.order)
            """,
            with: arguments(of: filter)
        ) { $0.text(0) }
    }

    /// The queue as a list shows it, in its order: a row a line, whatever its length. What is decided blind has no
    /// best candidate, and a visit that is over is not told.
    package func queueLines(
        _ filter: QueueFilter = QueueFilter(), limit: Int = -1, offset: Int = 0, each: (QueueLine) throws -> Void
    ) throws {
        try query(
            """
            SELECT e.exception, e.reason, e.amount_cents, e.what, c.account, c.score, \(Self.visit) AS visit_at,
                e.opened_at, e.due_at, e.back_on, e.owner, e.claimed_by, e.claim_expires_at, e.pending_decision,
                e.waiting_for, c.name, i.payer, e.severity, e.turn_off_cents, n.source
            \(Self.from) WHERE \(Self.condition(filter)) ORDER BY \(Self.order) LIMIT \(limit) OFFSET \(offset)
            """, with: arguments(of: filter)
        ) { try each(QueueLine($0)) }
    }

    /// How many open exceptions a filter leaves, and their money.
    package func queueSum(_ filter: QueueFilter) throws -> (count: Int64, cents: Cents) {
        try all(
            "SELECT count(*), ifnull(sum(e.amount_cents), 0) \(Self.from) WHERE \(Self.condition(filter))",
            // The last argument is what the order asks for.
            with: Array(arguments(of: filter).dropLast())
        ) { ($0.int(0), $0.cents(1)) }.first ?? (0, .zero)
    }

    /// Open exceptions by reason, with money: `(reason, count, cents, oldest)`, most first.
    package func queueByReason() throws -> [(reason: String, count: Int64, cents: Cents, oldest: String)] {
        try all(
            """
            SELECT reason, count(*), ifnull(sum(amount_cents), 0), min(opened_at) FROM exceptions
            WHERE closed_at IS NULL GROUP BY reason ORDER BY 2 DESC, 1
            """
        ) { ($0.text(0), $0.int(1), $0.cents(2), $0.text(3)) }
    }

    private static let visit = "iif(e.turn_off_at < ?1, NULL, e.turn_off_at)"
    private static let from = """
        FROM exceptions e LEFT JOIN items i ON i.payment = e.payment LEFT JOIN intakes n ON n.intake = e.intake
        LEFT JOIN candidates c ON c.payment = e.payment AND c.place = 1
            AND e.reason <> '\(Reason.sampledForReview.rawValue)'
        """
    /// What waits for a second person may be the undo of a closed one.
    private static func condition(_ filter: QueueFilter) -> String {
        (filter.isPending ? "e.pending_decision IS NOT NULL AND ?6" : "e.closed_at IS NULL AND NOT ?6") + " AND "
            + common
    }

    private static let common = """
        (?3 IS NULL OR e.reason = ?3)
        AND CASE ?4 WHEN 'hidden' THEN ifnull(e.back_on, 0) <= ?2 WHEN 'only' THEN e.back_on > ?2 ELSE 1 END
        AND (?5 IS NULL OR e.owner = ?5) AND (?7 IS NULL OR n.source = ?7)
        AND (?8 IS NULL OR instr(lower(e.exception || ' ' || ifnull(i.payer, '') || ' ' || ifnull(i.memo, '') || ' '
            || ifnull(i.account_read, '') || ' ' || ifnull(i.check_number, '') || ' ' || ifnull(i.reference, '') || ' '
            || ifnull(i.scanline, '') || ' ' || e.what || ' ' || ifnull(c.account, '') || ' ' || ifnull(c.name, '')),
            lower(?8)) > 0)
        """
    /// Those that may stop a turn-off, the next visit first; then what is late; then most money, then the oldest.
    private static let order = """
        visit_at IS NULL, visit_at, ifnull(substr(e.due_at, 1, 10), '9') > ?9, ifnull(e.amount_cents, 0) DESC,
        e.opened_at, length(e.exception), e.exception
        """

    private func arguments(of filter: QueueFilter) -> [Value] {
        let today = filter.today ?? CivilDate(daysSinceEpoch: 0)
        return [
            .text(filter.visitsFrom), Value(today), Value(filter.reason), .text(filter.waiting.rawValue),
            Value(filter.owner), .int(filter.isPending ? 1 : 0), Value(filter.source), Value(filter.text),
            .text(today.description),
        ]
    }
}

/// One open exception in a list.
package struct QueueLine: Sendable {
    package let id: String
    package let reason: String
    package let severity: String
    package let amount: Cents?
    package let what: String
    /// The best candidate's account and score.
    package let candidate: String?
    package let score: Int64?
    package let candidateName: String?
    package let payer: String?
    /// When the water of an account that it may be about is turned off, and what stops that.
    package let turnOffAt: String?
    package let turnOffAmount: Cents?
    package let openedAt: String
    package let dueAt: String?
    package let backOn: CivilDate?
    package let owner: String?
    package let claimedBy: String?
    package let claimExpiresAt: String?
    package let isPending: Bool
    package let waitingFor: String?
    /// The folder of the inbox that its file came by; nil for what is about no file.
    package let source: String?

    init(_ row: Row) {
        id = row.text(0)
        reason = row.text(1)
        amount = row.centsOrNil(2)
        what = row.text(3)
        candidate = row.textOrNil(4)
        score = row.intOrNil(5)
        turnOffAt = row.textOrNil(6)
        openedAt = row.text(7)
        dueAt = row.textOrNil(8)
        backOn = row.dateOrNil(9)
        owner = row.textOrNil(10)
        claimedBy = row.textOrNil(11)
        claimExpiresAt = row.textOrNil(12)
        isPending = !row.isNull(13)
        waitingFor = row.textOrNil(14)
        candidateName = row.textOrNil(15)
        payer = row.textOrNil(16)
        severity = row.text(17)
        turnOffAmount = row.centsOrNil(18)
        source = row.textOrNil(19)
    }

    /// Whether somebody's claim counts at a moment (ISO 8601 UTC).
    package func isHeld(at now: String) -> Bool { claimedBy != nil && (claimExpiresAt ?? "") > now }
}
