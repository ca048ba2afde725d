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
                decided_by, decided_at, shown, route, needs, bulk, case_number, undoes)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .int(number), .text(decision.exception), .text(decision.action.rawValue),
            .text(decision.allocationsJSON.line), Value(decision.kind?.rawValue), Value(decision.until),
            Value(decision.to), Value(decision.reason), Value(decision.note), .text(user), .text(at),
            Value(decision.shown), .text(route.rawValue), .text(needs?.rawValue ?? ""), Value(bulk),
            Value(decision.caseNumber), Value(decision.undoes))
        return number
    }

    /// The decisions about an exception, first to last.
    func decisions(of exception: String) throws -> [DecisionView] {
        try all(
            """
            SELECT d.decision, d.action, d.allocations, d.kind, d.reason, d.note, d.decided_by, d.decided_at,
                d.until_on, d.to_whom, d.route, d.needs, d.bulk, v.verdict, v.said_by, v.said_at, v.note,
                d.case_number, d.undoes, (SELECT u.decision FROM decisions u
                    LEFT JOIN verdicts w ON w.decision = u.decision AND w.verdict = 'approved'
                    WHERE u.undoes = d.decision AND (u.needs = '' OR w.decision IS NOT NULL))
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
        let state = try first("SELECT status, books, reason, rule FROM items WHERE payment = ?", .int(payment.key)) {
            (status: $0.text(0), books: $0.text(1), reason: $0.textOrNil(2), rule: $0.text(3))
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
            "status": JSON(state?.status), "books": JSON(state?.books), "reason": JSON(state?.reason),
            "rule": JSON(state?.rule), "allocations": .array(parts),
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
            SELECT exception, action, allocations, kind, until_on, to_whom, reason, note, shown, decided_by, needs,
                case_number, undoes FROM decisions WHERE decision = ?
            """, .int(number)
        ) { row -> (JSON, String, Need?, Int64?) in
            let json: JSON = [
                "exception": .string(row.text(0)), "action": .string(row.text(1)), "allocations": .written(row.text(2)),
                "kind": JSON(row.textOrNil(3)), "until": JSON(row.dateOrNil(4)), "to": JSON(row.textOrNil(5)),
                "reason": JSON(row.textOrNil(6)), "note": JSON(row.textOrNil(7)), "shown": JSON(row.textOrNil(8)),
                "case": JSON(row.textOrNil(11)),
            ]
            return (json, row.text(9), Need(rawValue: row.text(10)), row.intOrNil(12))
        }
        return try kept.map {
            var decision = try Decision(json: Array($0.0.line.utf8))
            decision.undoes = $0.3
            return (decision, $0.1, $0.2)
        }
    }

    /// Gives an exception to somebody, or has it wait for a day and a thing.
    func setCourse(of exception: String, _ course: Course) throws {
        try run(
            """
            UPDATE exceptions SET owner = ifnull(?2, owner), back_on = ifnull(?3, back_on),
                waiting_for = ifnull(?4, waiting_for), due_at = ifnull(?5, due_at),
                case_number = ifnull(?6, case_number) WHERE exception = ?1
            """, .text(exception), Value(course.owner), Value(course.back), Value(course.waitingFor),
            Value(course.back?.description), Value(course.caseNumber))
    }

    /// Who looks after an exception and when, for the record of a decision.
    func course(of exception: String) throws -> [JSON.Member] {
        try first(
            "SELECT owner, back_on, waiting_for, due_at, case_number FROM exceptions WHERE exception = ?",
            .text(exception)
        ) { row in
            [
                JSON.Member("owner", JSON(row.textOrNil(0))), .init("back_on", JSON(row.dateOrNil(1))),
                .init("waiting_for", JSON(row.textOrNil(2))), .init("due_at", JSON(row.textOrNil(3))),
                .init("case", JSON(row.textOrNil(4))),
            ]
        } ?? []
    }
}
