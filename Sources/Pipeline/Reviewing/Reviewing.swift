package import Ledger
package import Model
internal import Records
package import Review

/// The effect that a decision would have.
package typealias Preview = Deciding.Effect

/// Decisions given on the command line, one or many; the money moves at once, files follow.
package struct Reviewing {
    let home: Home
    let now: Moment
    let reviewer: Reviewer
    let route: Route

    /// For one person, on one way; `now` is the moment of all their decisions.
    package init(home: Home, now: Moment, by reviewer: Reviewer, route: Route = .command) {
        self.home = home
        self.now = now
        self.reviewer = reviewer
        self.route = route
    }

    /// What `apply` did with one line.
    package struct Outcome: Sendable {
        package var line: Int
        package var exception: String
        package var action: String
        /// Why it was refused; nil where it was carried out.
        package var refusal: String?
        /// What its exception is over.
        package var amount: Cents?
        /// What it did to the books, or would have done.
        package var effect = Deciding.Effect()
    }

    /// Carries decisions out one by one; a refused one leaves nothing behind and the rest go on.
    ///
    /// With `dryRun` everything is checked and then undone.
    package func apply(_ lines: [(line: Int, json: [UInt8])], dryRun: Bool) throws -> [Outcome] {
        var outcomes: [Outcome] = []
        // One transaction holds many decisions: a commit waits for the disk.
        for start in stride(from: 0, to: lines.count, by: 500) {
            let group = Array(lines[start..<min(start + 500, lines.count)])
            do {
                try home.ledger.write { transaction in
                    for line in group {
                        outcomes.append(try apply(line: line.line, transaction) { try Decision(json: line.json) })
                    }
                    _ = try home.judgeRules(transaction, at: now)
                    if try transaction.hasDocuments() { try makeIndexDue(transaction) }
                    if dryRun { throw DryRun() }
                }
            } catch is DryRun {}
        }
        if !dryRun { try Projector(home: home).writeAll() }
        return outcomes
    }

    /// Carries one decision out.
    package func apply(_ decision: Decision) throws -> Outcome {
        let outcome = try home.ledger.write { transaction in
            let outcome = try apply(line: 1, transaction) { decision }
            _ = try home.judgeRules(transaction, at: now)
            if try transaction.hasDocuments() { try makeIndexDue(transaction) }
            return outcome
        }
        try Projector(home: home).writeAll()
        return outcome
    }

    private struct DryRun: Error {}

    /// What a decision would do: the entry that it would make, what would leave, where the money stood and would stand.
    /// What a second person must approve is told as if it were. Nothing is kept of it.
    ///
    /// - Throws: `DecisionRefused` where it could not be made.
    package func preview(_ decision: Decision) throws -> Preview {
        var preview = Preview()
        do {
            try home.ledger.write { transaction in
                preview = try home.deciding(transaction, by: reviewer, route: route, at: now).preview(decision)
                throw DryRun()
            }
        } catch is DryRun {}
        return preview
    }

    private func apply(line: Int, _ transaction: Transaction, _ decision: () throws -> Decision) throws -> Outcome {
        var outcome = Outcome(line: line, exception: "", action: "")
        do {
            let decision = try decision()
            outcome.exception = decision.exception
            outcome.action = decision.action.rawValue
            outcome.amount = try transaction.amount(ofException: decision.exception)
            try transaction.attempt {
                outcome.effect = try home.deciding(transaction, by: reviewer, route: route, at: now).apply(decision)
            }
        } catch let refused as DecisionRefused {
            outcome.refusal = refused.description
        }
        return outcome
    }
}

extension Home {
    /// Decisions of one person at one moment, by the office's calendar and policy.
    package func deciding(_ transaction: Transaction, by reviewer: Reviewer, route: Route, at now: Moment) -> Deciding {
        let calendar = configuration.calendar
        var deciding = Deciding(
            transaction, by: reviewer, route: route, at: now.description, day: calendar.localDate(now),
            postedOn: calendar.postingDay(now), policy: configuration.review)
        deciding.openDayAfter = { calendar.openDay(from: $0.advanced(by: 1)) }
        return deciding
    }
}
