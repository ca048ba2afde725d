package import Model

/// How well one rule has posted, counted since it was last restored.
package struct RuleFigures: Hashable, Sendable {
    /// Name and version: `number-alone/1`.
    package var rule: String
    /// Payments that it posted, and those of a blind sample that a person has decided.
    package var postings: Int64
    /// Those of them that went to a wrong account.
    package var errors: Int64
    /// How many of the postings were of a blind sample.
    package var sampled: Int64
    /// Whether it only suggests.
    package var isDemoted: Bool
    /// When that last changed, by whom and with what words.
    package var changedAt: String?
    package var changedBy: String?
    package var note: String?

    /// The share of its postings that may be wrong, at 95 % confidence.
    package var errorBound: Double { ErrorBound.upper(errors: errors, of: postings) }
}

/// How rules stand: what they posted, what of it was wrong, and which of them only suggest.
///
/// Errors are no counter. They follow from the rows of the books each time, so that whatever takes a payment away from
/// an account counts, and whatever gives it back does not.
extension Transaction {
    /// Notes how many payments each rule has posted of an intake.
    package func addPostings(_ postings: [String: Int64], of intake: IntakeID) throws {
        for (rule, count) in postings.sorted(by: { $0.key < $1.key }) {
            try run(
                """
                INSERT INTO rule_postings VALUES (?, ?, ?)
                ON CONFLICT (intake, rule) DO UPDATE SET postings = postings + excluded.postings
                """, .int(intake), .text(rule), .int(count))
        }
    }

    /// The rules that only suggest.
    package func demotedRules() throws -> Set<String> {
        Set(
            try all(
                """
                SELECT rule FROM rule_standings s WHERE state = 'demoted'
                AND standing = (SELECT max(standing) FROM rule_standings o WHERE o.rule = s.rule)
                """
            ) { $0.text(0) })
    }

    /// All rules that ever posted or were sampled, by name.
    package func ruleFigures() throws -> [RuleFigures] {
        var figures: [String: RuleFigures] = [:]
        func change(_ rule: String, _ change: (inout RuleFigures) -> Void) {
            var figure =
                figures[rule] ?? RuleFigures(rule: rule, postings: 0, errors: 0, sampled: 0, isDemoted: false)
            change(&figure)
            figures[rule] = figure
        }
        try query(
            """
            SELECT p.rule, sum(p.postings) FROM rule_postings p LEFT JOIN (\(Self.standing)) s ON s.rule = p.rule
            WHERE p.intake >= ifnull(s.counted_from, 0) GROUP BY 1
            """
        ) { row in change(row.text(0)) { $0.postings += row.int(1) } }
        try query(
            """
            SELECT p.rule, count(*), sum(p.is_wrong) FROM (\(Self.sampled)) p
            LEFT JOIN (\(Self.standing)) s ON s.rule = p.rule
            WHERE p.payment / 1000000000 >= ifnull(s.counted_from, 0) GROUP BY 1
            """
        ) { row in
            change(row.text(0)) {
                $0.postings += row.int(1)
                $0.sampled += row.int(1)
                $0.errors += row.int(2)
            }
        }
        try query(
            """
            SELECT p.rule, count(*) FROM (\(Self.takenBack) UNION \(Self.returned)) p
            LEFT JOIN (\(Self.standing)) s ON s.rule = p.rule
            WHERE p.payment / 1000000000 >= ifnull(s.counted_from, 0) GROUP BY 1
            """
        ) { row in change(row.text(0)) { $0.errors += row.int(1) } }
        try query(Self.standing) { row in
            change(row.text(0)) {
                $0.isDemoted = row.text(1) == "demoted"
                ($0.changedBy, $0.changedAt, $0.note) = (row.text(3), row.text(4), row.textOrNil(5))
            }
        }
        return figures.values.sorted { $0.rule < $1.rule }
    }

    /// How each rule stands now.
    private static let standing = """
        SELECT rule, state, counted_from, changed_by, changed_at, note FROM rule_standings s
        WHERE standing = (SELECT max(standing) FROM rule_standings o WHERE o.rule = s.rule)
        """

    /// Payments that a rule posted, and of which a person has moved money to other accounts. That the same money was
    /// told twice says nothing of whose it is.
    private static let takenBack = """
        SELECT DISTINCT i.payment, i.rule
        FROM allocations r INDEXED BY allocations_taken_back
        CROSS JOIN journal_entries e ON e.entry = r.entry CROSS JOIN decisions d ON d.decision = e.decision
        CROSS JOIN allocations a ON a.payment = r.payment AND a.place = r.reverses
        CROSS JOIN journal_entries f ON f.entry = a.entry LEFT JOIN decisions o ON o.decision = f.decision
        CROSS JOIN items i ON i.payment = r.payment
        WHERE r.reverses IS NOT NULL AND d.decided_by <> 'sluice' AND d.action <> 'duplicate'
        AND f.kind IN ('receipt', 'decision') AND ifnull(o.decided_by, 'sluice') = 'sluice'
        AND EXISTS (SELECT 1 FROM allocations x WHERE x.payment = r.payment GROUP BY x.account
            HAVING sum(x.amount_cents)
                <> sum(CASE WHEN x.entry = a.entry AND x.reverses IS NULL THEN x.amount_cents ELSE 0 END))
        """

    /// Payments that a rule posted, and that the bank took back with a code that says they were never meant for our
    /// customer: R03 no such account, R06 at the request of the sender's bank (NACHA); AC01, AC03 wrong account number,
    /// BE01 the name is another's (ISO 20022). That somebody could not pay says nothing of whose bill it was.
    private static let returned = """
        SELECT i.payment, i.rule FROM originals g CROSS JOIN items t ON t.payment = g.payment
        CROSS JOIN items i ON i.payment = t.twin_of
        WHERE g.code IN ('R03', 'R06', 'AC01', 'AC03', 'BE01') AND t.kind = 'returned' AND t.status = 'returned'
        AND EXISTS (SELECT 1 FROM allocations a JOIN journal_entries f ON f.entry = a.entry
            LEFT JOIN decisions o ON o.decision = f.decision WHERE a.payment = i.payment AND a.reverses IS NULL
            AND f.kind IN ('receipt', 'decision') AND ifnull(o.decided_by, 'sluice') = 'sluice')
        """

    /// Payments of blind samples that were decided, and whether a person gave them to other accounts than the rule
    /// would have. A duplicate or a return says nothing of whose the money is.
    private static let sampled = """
        SELECT s.payment, s.rule, EXISTS (SELECT 1 FROM (
                SELECT account, amount_cents FROM sample_shares h WHERE h.payment = s.payment UNION ALL
                SELECT account, -amount_cents FROM allocations a WHERE a.payment = s.payment)
            GROUP BY account HAVING sum(amount_cents) <> 0) AS is_wrong
        FROM samples s JOIN items i ON i.payment = s.payment WHERE i.books IN ('posted', 'due-to-others')
        """

    /// Demotes every rule that may be wrong more often than the limit, of 10,000 postings; none where it is 0. Returns
    /// those that were.
    ///
    /// A rule is demoted by two errors at least: one may be a slip of the person who corrected it.
    package func demoteRules(limit: Int, at: String) throws -> [RuleFigures] {
        guard limit > 0 else { return [] }
        let wrong = try ruleFigures().filter {
            !$0.isDemoted && $0.errors >= 2 && $0.errorBound * 10_000 > Double(limit)
        }
        for figures in wrong {
            try setStanding(figures, "demoted", by: "sluice", at: at, note: nil)
        }
        return wrong
    }

    /// Lets a demoted rule post again. What it did so far is counted no more.
    package func restore(_ figures: RuleFigures, by user: String, at: String, note: String) throws {
        try setStanding(figures, "restored", by: user, at: at, note: note)
    }

    private func setStanding(
        _ figures: RuleFigures, _ state: String, by user: String, at: String, note: String?
    ) throws {
        let counted = try number(
            "SELECT ifnull(max(counted_from), 0) FROM rule_standings WHERE rule = ?", .text(figures.rule))
        let standing = try number("SELECT max(standing) FROM rule_standings") + 1
        try run(
            "INSERT INTO rule_standings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", .int(standing), .text(figures.rule),
            .text(state), .int(figures.postings), .int(figures.errors),
            .int(state == "restored" ? nextIntake() : counted), .text(user), .text(at), Value(note))
        try audit(
            at: at, who: user, event: "rule-\(state)", subject: figures.rule,
            detail: "\(figures.errors) wrong of \(figures.postings)" + (note.map { "; \($0)" } ?? ""))
    }
}
