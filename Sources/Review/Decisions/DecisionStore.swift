internal import Ledger
internal import Model

/// On which way a decision came.
package enum Route: String, Sendable {
    case command
    case terminal
    case page
    /// `decision.json` dropped into the exception's folder.
    case folder
    /// The program's own: something came that settles it.
    case program
}

/// What a decision waits for before it is carried out.
package enum Need: String, Sendable {
    /// A second person must approve it.
    case approval
    /// It is a trainee's: a lead must accept it.
    case acceptance
}

/// All SQL of decisions. They are appended, never changed.
extension Transaction {
    /// Keeps a decision and returns its number.
    func insert(_ decision: Decision, by user: String, route: Route, at: String, needs: Need? = nil, bulk: Int64? = nil)
        throws -> Int64
    {
        let number = try number("SELECT max(decision) FROM decisions") + 1
        try run(
            """
            INSERT INTO decisions (decision, exception, action, allocations, kind, until_on, to_whom, reason, note,
                decided_by, decided_at, shown, route, needs, bulk) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .int(number), .text(decision.exception), .text(decision.action.rawValue),
            .text(decision.allocationsJSON.line), Value(decision.kind?.rawValue), Value(decision.until),
            Value(decision.to), Value(decision.reason), Value(decision.note), .text(user), .text(at),
            Value(decision.shown), .text(route.rawValue), .text(needs?.rawValue ?? ""), Value(bulk))
        return number
    }

    /// The decisions about an exception, first to last.
    func decisions(of exception: String) throws -> [DecisionView] {
        try all(
            """
            SELECT d.decision, d.action, d.allocations, d.kind, d.reason, d.note, d.decided_by, d.decided_at,
                d.until_on, d.to_whom, d.route, d.needs, d.bulk, v.verdict, v.said_by, v.said_at, v.note
            FROM decisions d LEFT JOIN verdicts v ON v.decision = d.decision AND v.verdict <> 'differs'
            WHERE d.exception = ? ORDER BY d.decision
            """, .text(exception), map: DecisionView.init)
    }

    /// Keeps where a payment's money stood before and after a decision.
    func keepEffect(of decision: Int64, before: JSON, after: JSON) throws {
        try run(
            "INSERT INTO decision_effects VALUES (?, ?, ?)", .int(decision), .text(before.line), .text(after.line))
    }

    /// Where a payment's money stands, for the record of a decision.
    func standing(of payment: PaymentID) throws -> JSON {
        let state = try first("SELECT status, books FROM items WHERE payment = ?", .int(payment.key)) {
            ($0.text(0), $0.text(1))
        }
        let parts = try all(
            """
            SELECT account, bill, sum(amount_cents) AS cents FROM allocations
            WHERE payment = ? GROUP BY account, bill, kind HAVING cents <> 0 ORDER BY account, bill
            """, .int(payment.key)
        ) { row -> JSON in
            ["account": .string(row.text(0)), "bill": JSON(row.textOrNil(1)), "amount": JSON(row.cents(2))]
        }
        return [
            "status": JSON(state?.0), "books": JSON(state?.1), "allocations": .array(parts),
        ]
    }

    /// Marks an exception as waiting for a second person to say yes or no to a decision; nil where none is left.
    func setPending(_ decision: Int64?, of exception: String) throws {
        try run(
            """
            UPDATE exceptions SET pending_decision = ?, claimed_by = NULL, claim_expires_at = NULL WHERE exception = ?
            """, Value(decision), .text(exception))
        try refresh(exception)
    }

    /// The decision that an exception waits on.
    func pendingDecision(of exception: String) throws -> Int64? {
        try first("SELECT pending_decision FROM exceptions WHERE exception = ?", .text(exception)) { $0.intOrNil(0) }
            ?? nil
    }

    /// Keeps what a second person said.
    func insertVerdict(_ verdict: String, on decision: Int64, by user: String, at: String, note: String?) throws {
        let place = try number("SELECT max(place) FROM verdicts WHERE decision = ?", .int(decision)) + 1
        try run(
            "INSERT INTO verdicts VALUES (?, ?, ?, ?, ?, ?)", .int(decision), .int(place), .text(verdict), .text(user),
            .text(at), Value(note))
    }

    /// A decision as it was kept.
    func decision(_ number: Int64) throws -> (decision: Decision, by: String, needs: Need?)? {
        let kept = try first(
            """
            SELECT exception, action, allocations, kind, until_on, to_whom, reason, note, shown, decided_by, needs
            FROM decisions WHERE decision = ?
            """, .int(number)
        ) { row -> (JSON, String, Need?) in
            let json: JSON = [
                "exception": .string(row.text(0)), "action": .string(row.text(1)), "allocations": .written(row.text(2)),
                "kind": JSON(row.textOrNil(3)), "until": JSON(row.dateOrNil(4)), "to": JSON(row.textOrNil(5)),
                "reason": JSON(row.textOrNil(6)), "note": JSON(row.textOrNil(7)), "shown": JSON(row.textOrNil(8)),
            ]
            return (json, row.text(9), Need(rawValue: row.text(10)))
        }
        return try kept.map { (try Decision(json: Array($0.0.line.utf8)), $0.1, $0.2) }
    }

    /// Gives an exception to somebody, or has it wait for a day and a thing.
    func setCourse(of exception: String, owner: String?, back: CivilDate?, waitingFor: String?) throws {
        try run(
            """
            UPDATE exceptions SET owner = ifnull(?2, owner), back_on = ifnull(?3, back_on),
                waiting_for = ifnull(?4, waiting_for), due_at = ifnull(?5, due_at) WHERE exception = ?1
            """, .text(exception), Value(owner), Value(back), Value(waitingFor), Value(back?.description))
    }
}
