internal import Ledger
package import Model
package import Review

/// Claims of exceptions by one person: who looks at one holds it for a while. They move no money and need no lock of
/// the home.
package struct QueueClaims {
    private let home: Home
    private let now: Moment
    private let reviewer: Reviewer
    private let minutes: Int

    /// For one person; `minutes` nil for what the office has configured.
    package init(home: Home, now: Moment, by reviewer: Reviewer, minutes: Int? = nil) {
        self.home = home
        self.now = now
        self.reviewer = reviewer
        self.minutes = minutes ?? home.configuration.claimMinutes
    }

    /// Takes an exception, or with `renewing` holds it for longer under the number it has.
    ///
    /// - Throws: `DecisionRefused` saying who holds it until when, `NotAllowed`.
    package func claim(_ exception: String, renewing token: Int64? = nil) throws -> Claim {
        try home.ledger.write { transaction in
            try checkRight()
            let until = Moment(seconds: now.seconds + Int64(minutes) * 60).description
            let claim = try transaction.claim(
                exception, by: reviewer.name, now: now.description, until: until, renewing: token)
            if let claim { return claim }
            guard let view = try transaction.exception(exception) else {
                throw DecisionRefused("there is no exception \(exception)")
            }
            if view.closedAt != nil { throw DecisionRefused("exception \(exception) is decided already") }
            guard let held = try transaction.claim(of: exception, at: now.description), held.by != reviewer.name else {
                throw DecisionRefused("the claim of exception \(exception) has ended: it was claimed again since")
            }
            throw DecisionRefused("exception \(exception) is claimed by \(held.by) until \(held.expiresAt)")
        }
    }

    /// Gives an exception back; with `force` also one that another holds, which is logged.
    ///
    /// - Throws: `DecisionRefused` where the person does not hold it, `NotAllowed`.
    package func release(_ exception: String, force: Bool = false) throws {
        try home.ledger.write { transaction in
            if try transaction.release(exception, by: reviewer.name) { return }
            guard let held = try transaction.claim(of: exception, at: now.description) else {
                throw DecisionRefused("nobody holds exception \(exception)")
            }
            guard force else {
                throw DecisionRefused("exception \(exception) is claimed by \(held.by) until \(held.expiresAt)")
            }
            try reviewer.requires(.administer)
            try transaction.unlock(exception)
            try transaction.audit(
                at: now.description, who: reviewer.name, event: "claim-taken-away", subject: exception, detail: held.by)
        }
    }

    /// Who may only look holds nothing.
    private func checkRight() throws {
        if !reviewer.rights.contains(where: { $0 != .readOnly }) { try reviewer.requires(.decide) }
    }
}
