internal import Ledger
internal import Model
package import Review

/// What a second person says to a decision that waits for one.
extension Reviewing {
    /// Carries the waiting decision of an exception out.
    ///
    /// - Throws: `DecisionRefused`; nothing has changed then.
    package func approve(_ exception: String, note: String?, keyed: [Decision.Allocation]? = nil) throws
        -> Deciding.Effect
    {
        let effect = try home.ledger.write { transaction in
            let effect = try home.deciding(transaction, by: reviewer, route: route, at: now)
                .approve(exception, note: note, keyed: keyed)
            _ = try home.judgeRules(transaction, at: now)
            return effect
        }
        try Projector(home: home).writeAll()
        return effect
    }

    /// Turns the waiting decision of an exception down; the exception is as it was before.
    ///
    /// - Throws: `DecisionRefused`; nothing has changed then.
    package func decline(_ exception: String, note: String?) throws {
        try home.ledger.write { transaction in
            try home.deciding(transaction, by: reviewer, route: route, at: now).decline(exception, note: note)
        }
        try Projector(home: home).writeAll()
    }
}
