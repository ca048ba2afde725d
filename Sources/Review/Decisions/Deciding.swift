package import Ledger
package import Model

/// Carries decisions out: each moves its money in balanced entries, teaches the payer memory, and closes its exception.
///
/// Whatever way a decision comes, it goes through here: who may make it, whose claim stands, what was shown, and
/// whether a second person must approve it are asked in one place. What each family of actions does to the books stands
/// in a file of its own: `Giving`, `Duplicates`, `PayingOut`, `Courses`, `Undoing`.
package struct Deciding {
    let transaction: Transaction
    let reviewer: Reviewer
    let route: Route
    let at: String
    let day: CivilDate
    let postedOn: CivilDate
    let policy: ReviewPolicy
    /// Decisions made at once share a number.
    package var bulk: Int64?
    /// The first open business day after another.
    package var openDayAfter: @Sendable (CivilDate) -> CivilDate = { $0.advanced(by: 1) }

    /// For decisions of one person at one moment (ISO 8601 UTC), journalled on an open business day; what they do not
    /// direct is spread by policy.
    package init(
        _ transaction: Transaction, by reviewer: Reviewer, route: Route, at: String, day: CivilDate,
        postedOn: CivilDate, policy: ReviewPolicy
    ) {
        self.transaction = transaction
        self.reviewer = reviewer
        self.route = route
        self.at = at
        self.day = day
        self.postedOn = postedOn
        self.policy = policy
    }

    /// Carries one decision out, or keeps it for a second person.
    ///
    /// - Throws: `DecisionRefused` with a sentence for the person; nothing has changed then.
    @discardableResult
    package func apply(_ decision: Decision) throws -> Effect {
        let (decision, view) = try checked(decision)
        guard let needs = need(of: decision, view) else { return try carryOut(decision, view, number: nil) }
        // What could not be carried out is refused now, not when somebody approves it.
        let effect = try rehearse(decision, view, needs: needs)
        let number = try transaction.insert(decision, by: reviewer.name, route: route, at: at, needs: needs, bulk: bulk)
        try transaction.setPending(number, of: view.id)
        try audit(decision, "proposed")
        return effect
    }

    /// What a decision would do, whether or not a second person must approve it; nothing changes.
    ///
    /// - Throws: `DecisionRefused` where it could not be made.
    package func preview(_ decision: Decision) throws -> Effect {
        var effect = Effect()
        try transaction.rehearse {
            let (decision, view) = try checked(decision)
            let needs = need(of: decision, view)
            effect = try rehearse(decision, view, needs: needs)
        }
        return effect
    }

    /// Carries a decision out as if a second person had approved it, and takes all of it back.
    private func rehearse(_ decision: Decision, _ view: ExceptionView, needs: Need?) throws -> Effect {
        var effect = Effect()
        try transaction.rehearse {
            let number = try needs.map { needs in
                try transaction.insert(decision, by: reviewer.name, route: route, at: at, needs: needs)
            }
            if let number {
                let other = "another than \(reviewer.name)"
                try transaction.insertVerdict("approved", on: number, by: other, at: at, note: nil)
            }
            effect = try carryOut(decision, view, number: number)
        }
        effect.needs = needs
        // Numbers are given when it is carried out.
        for index in effect.orders.indices { effect.orders[index].number = 0 }
        return effect
    }

    /// The decision with all that it leaves unsaid, and its exception.
    private func checked(_ decision: Decision) throws -> (Decision, ExceptionView) {
        let view = try undecided(decision)
        guard decision.action == .undo || view.actions.contains(decision.action) else {
            let allowed = view.actions.map(\.rawValue).joined(separator: ", ")
            throw DecisionRefused(
                "\(decision.action.rawValue) does not fit exception \(decision.exception); it takes: \(allowed)")
        }
        let decision = try withUndone(try withKind(decision, view), view)
        try checkPerson(decision, view)
        if route != .program { try transaction.checkClaim(view.id, by: reviewer.name, token: decision.claim, at: at) }
        try checkShown(decision, view)
        return (decision, view)
    }

    /// The exception without a decision that waits for a second person; open, unless its decision is undone.
    private func undecided(_ decision: Decision) throws -> ExceptionView {
        let id = decision.exception
        guard let view = try transaction.exception(id) else { throw DecisionRefused("there is no exception \(id)") }
        if let closedAt = view.closedAt, decision.action != .undo {
            let last = view.decisions.last.map { "\($0.action) by \($0.by)" } ?? "closed"
            throw DecisionRefused("exception \(id) was decided already (\(last), \(closedAt))")
        }
        if let pending = view.decisions.first(where: { $0.number == view.pendingDecision }) {
            throw DecisionRefused(
                "exception \(id) waits for a second person: \(pending.by) decided \(pending.action) at \(pending.at); "
                    + "it is approved or declined first")
        }
        return view
    }

    /// Carries a decision out that nobody has to approve any more. `number` is its own where it was kept before.
    func carryOut(_ decision: Decision, _ view: ExceptionView, number: Int64?) throws -> Effect {
        var effect = Effect()
        effect.kind = decision.kind
        let undoing = try undoing(decision, view)
        effect.left = try undoing?.left(transaction) ?? []
        let plan = try plan(decision, view)
        effect.before = try standing(of: view)
        let number = try number ?? transaction.insert(decision, by: reviewer.name, route: route, at: at, bulk: bulk)
        if let plan { try carryOut(plan, decision: number) }
        try setCourse(decision, view, number: number)
        if let undoing { try undo(undoing, view, decision: number) }
        effect.after = try standing(of: view)
        if effect.before != effect.after || plan != nil {
            try transaction.keepEffect(of: number, before: effect.before, after: effect.after)
        }
        try audit(decision, "decision")
        try end(decision, view)
        effect.parts = plan?.parts ?? []
        effect.lines = try view.payment.map { try transaction.lines(of: $0, decision: number) } ?? []
        effect.orders = try transaction.orders(of: number)
        return effect
    }

    /// Where its money stands, and who looks after it when.
    private func standing(of view: ExceptionView) throws -> JSON {
        let money = try view.payment.map(transaction.standing) ?? .object([])
        return money.adding(try transaction.course(of: view.id))
    }

    /// The exception is over, or its file tells what is new.
    private func end(_ decision: Decision, _ view: ExceptionView) throws {
        let closes = try !decision.action.leavesOpen || decision.action == .note && isClosedByNote(view)
        if closes, decision.action != .undo {
            try transaction.close(decision.exception, at: at, on: day)
        } else {
            try transaction.refresh(decision.exception)
        }
    }

    func audit(_ decision: Decision, _ event: String) throws {
        try transaction.audit(
            at: at, who: reviewer.name, event: event, subject: decision.exception, detail: decision.action.rawValue)
    }

    /// A note closes what was only told for knowing, and a debit that no book holds: nothing was credited, so no money
    /// is left to decide about. Anything else it leaves open.
    private func isClosedByNote(_ view: ExceptionView) throws -> Bool {
        if view.severity == Severity.note.rawValue { return true }
        return try view.payment.map(transaction.isDebitOffBooks) ?? false
    }
}
