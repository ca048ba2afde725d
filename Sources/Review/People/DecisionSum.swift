package import Ledger
package import Model

/// What one person decided in one way.
package struct DecisionSum: Hashable, Sendable {
    package let user: String
    package let action: String
    package let count: Int64
    package let cents: Cents
}

extension Transaction {
    /// What each decided in a span of days (UTC), by action.
    package func decisionSums(from: CivilDate, to: CivilDate) throws -> [DecisionSum] {
        try all(
            """
            SELECT d.decided_by, d.action, count(*), ifnull(sum(e.amount_cents), 0) FROM decisions d
            JOIN exceptions e USING (exception) WHERE substr(d.decided_at, 1, 10) BETWEEN ? AND ?
            GROUP BY 1, 2 ORDER BY 1, 2
            """, .text(from.description), .text(to.description)
        ) { DecisionSum(user: $0.text(0), action: $0.text(1), count: $0.int(2), cents: $0.cents(3)) }
    }
}
