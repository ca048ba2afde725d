internal import Ledger
internal import Model

/// What one source brought on a day, and what became of it.
struct SourceDay: Sendable {
    let source: String
    let files: Int64
    let items: Int64
    let cents: Cents
    let posted: Int64
    let postedCents: Cents
    /// Posted without a person.
    let straight: Int64
}

/// One day in the row of days.
struct DaySum: Sendable {
    let day: CivilDate
    let items: Int64
    let posted: Int64
    let cents: Cents
}

/// All SQL of the day.
extension Transaction {
    private static let counted =
        "i.kind NOT IN ('expected', 'sum') AND ifnull(i.reason, '') <> 'told-twice' "
        + "AND (i.status <> 'rejected' OR i.books <> 'none')"

    /// What came on a day, by source.
    func sources(on day: CivilDate) throws -> [SourceDay] {
        try all(
            """
            SELECT n.source, count(DISTINCT n.intake), count(*), sum(i.amount_cents), sum(i.status = 'posted'),
                sum(iif(i.status = 'posted', i.amount_cents, 0)),
                sum(i.status = 'posted' AND NOT EXISTS (SELECT 1 FROM journal_entries e
                    WHERE e.payment = i.payment AND e.kind = 'decision'))
            FROM items i JOIN intakes n ON n.intake = i.payment / 1000000000
            WHERE i.received_on = ? AND \(Self.counted) GROUP BY n.source ORDER BY 4 DESC, 1
            """, Value(day)
        ) { row in
            SourceDay(
                source: row.text(0), files: row.int(1), items: row.int(2), cents: row.cents(3), posted: row.int(4),
                postedCents: row.cents(5), straight: row.int(6))
        }
    }

    /// The last days on which something came, the latest last.
    func lastDays(until day: CivilDate, limit: Int) throws -> [DaySum] {
        try all(
            """
            SELECT i.received_on, count(*), sum(i.status = 'posted'), sum(i.amount_cents) FROM items i
            WHERE i.received_on <= ? AND \(Self.counted) GROUP BY 1 ORDER BY 1 DESC LIMIT ?
            """, Value(day), .int(Int64(limit))
        ) { DaySum(day: $0.date(0), items: $0.int(1), posted: $0.int(2), cents: $0.cents(3)) }.reversed()
    }

    /// How many decisions each person made on a day (moments in UTC).
    func decisions(from: String, to: String) throws -> [(user: String, count: Int64)] {
        try all(
            """
            SELECT decided_by, count(*) FROM decisions
            WHERE decided_at >= ? AND decided_at < ? AND decided_by <> 'sluice' GROUP BY 1 ORDER BY 2 DESC, 1
            """, .text(from), .text(to)
        ) { ($0.text(0), $0.int(1)) }
    }
}
