package import Ledger
package import Model

/// A pair of duties that one person did both, in an office that reports it.
package struct DutyBreach: Hashable, Sendable {
    package let user: String
    package let right: String
    package let beside: String
    /// The payment or exception; nil where they met on the day only.
    package let subject: String?
    package let day: CivilDate
    /// ISO 8601 UTC.
    package let at: String
}

/// All SQL of duties done.
extension Transaction {
    /// Keeps that somebody did a duty, unless they did its partner on the same thing or day already.
    ///
    /// - Throws: `DecisionRefused` where a pair forbids it and the office does not report instead.
    package func doDuty(
        _ right: Right, by reviewer: Reviewer, on subject: String?, day: CivilDate, at: String, policy: ReviewPolicy
    ) throws {
        guard reviewer.isUser else { return }
        let met = try dutyMet(right, by: reviewer.name, on: subject, day: day, policy: policy)
        if let met, !policy.reportsDuties {
            let place = met.scope == .item ? "on \(subject ?? "this")" : "on \(day)"
            throw DecisionRefused(
                "\(reviewer.name) did \(met.partner.rawValue) \(place) already; config/duties.yaml asks another to "
                    + right.rawValue)
        }
        let number = try number("SELECT max(duty) FROM duties_done") + 1
        try run(
            "INSERT INTO duties_done VALUES (?, ?, ?, ?, ?, ?, ?)", .int(number), .text(reviewer.name),
            .text(right.rawValue), Value(day), Value(subject), .text(at), Value(met?.duty))
        if met != nil {
            try makeDue(
                Projection(path: "outbox/reports/duties-\(day).csv", kind: "duty-report", subject: day.description))
        }
    }

    private func dutyMet(_ right: Right, by user: String, on subject: String?, day: CivilDate, policy: ReviewPolicy)
        throws -> (duty: Int64, partner: Right, scope: DutyPair.Scope)?
    {
        for pair in policy.duties {
            guard let partner = pair.partner(of: right) else { continue }
            let (column, place) = pair.scope == .item ? ("subject", Value(subject)) : ("on_day", Value(day))
            let sql = "SELECT max(duty) FROM duties_done WHERE \(column) = ? AND user = ? AND right = ?"
            let duty = try number(sql, place, .text(user), .text(partner.rawValue))
            if duty > 0 { return (duty, partner, pair.scope) }
        }
        return nil
    }

    /// What one person did both of a pair, in a span of days.
    package func dutyBreaches(from: CivilDate, to: CivilDate) throws -> [DutyBreach] {
        try all(
            """
            SELECT d.user, d.right, b.right, d.subject, d.on_day, d.done_at FROM duties_done d
            JOIN duties_done b ON b.duty = d.beside WHERE d.on_day BETWEEN ? AND ? ORDER BY d.duty
            """, Value(from), Value(to)
        ) { row in
            DutyBreach(
                user: row.text(0), right: row.text(1), beside: row.text(2), subject: row.textOrNil(3),
                day: row.date(4), at: row.text(5))
        }
    }
}
