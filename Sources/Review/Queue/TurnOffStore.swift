package import Ledger
package import Model

/// An open exception that may be about accounts whose water is to be turned off, with what it says of that now.
package struct ExceptionNearTurnOff: Sendable {
    package let id: String
    /// Its own account and its candidates that have an order.
    package var accounts: [String]
    fileprivate let at: String?
    fileprivate let amount: Cents?
}

extension Transaction {
    /// Whether the billing system has ever ordered a turn-off.
    package func hasTurnOffs() throws -> Bool { try number("SELECT EXISTS (SELECT 1 FROM turnoffs)") == 1 }

    /// Open exceptions whose candidates have a turn-off order, or which say that one had.
    package func exceptionsNearTurnOffs() throws -> [ExceptionNearTurnOff] {
        var found: [ExceptionNearTurnOff] = []
        try query(
            """
            SELECT e.exception, e.turn_off_at, e.turn_off_cents, t.account FROM exceptions e
            LEFT JOIN candidates c ON c.payment = e.payment
            LEFT JOIN turnoffs t ON t.account IN (e.account, c.account) AND t.status = 'open' AND t.ended_by IS NULL
            WHERE e.closed_at IS NULL AND (t.account IS NOT NULL OR e.turn_off_at IS NOT NULL)
            GROUP BY e.exception, t.account ORDER BY e.exception, t.account
            """
        ) { row in
            if found.last?.id != row.text(0) {
                found.append(
                    ExceptionNearTurnOff(
                        id: row.text(0), accounts: [], at: row.textOrNil(1), amount: row.centsOrNil(2)))
            }
            if let account = row.textOrNil(3) { found[found.count - 1].accounts.append(account) }
        }
        return found
    }

    /// Between which times somebody comes on a day to turn off the water of an account that an exception may be about,
    /// as the billing system writes it; nil where it does not say.
    package func visitWindow(of exception: String, on day: CivilDate) throws -> String? {
        try first(
            """
            SELECT t.window FROM exceptions e LEFT JOIN candidates c ON c.payment = e.payment
            JOIN turnoffs t ON t.account IN (e.account, c.account) AND t.visit_on = ?2 AND t.status = 'open'
                AND t.ended_by IS NULL AND t.window <> ''
            WHERE e.exception = ?1 ORDER BY t.window LIMIT 1
            """, .text(exception), Value(day)
        ) { $0.text(0) }
    }

    /// Keeps the first turn-off that an exception may stop; its file is written again where that is news.
    package func setTurnOff(_ turnOff: (at: String, amount: Cents)?, of exception: ExceptionNearTurnOff) throws {
        guard turnOff?.at != exception.at || turnOff?.amount != exception.amount else { return }
        try run(
            "UPDATE exceptions SET turn_off_at = ?, turn_off_cents = ? WHERE exception = ?", Value(turnOff?.at),
            Value(turnOff?.amount), .text(exception.id))
        try refresh(exception.id)
    }
}
