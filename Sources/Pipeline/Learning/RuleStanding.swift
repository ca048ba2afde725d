package import Ledger
internal import Matching
package import Model

extension Home {
    /// The matcher by the office's policy, with the rules that only suggest.
    func matcher(_ transaction: Transaction) throws -> Matcher {
        var policy = configuration.matching
        policy.demotedRules = try transaction.demotedRules()
        return Matcher(policy: policy)
    }

    /// Demotes rules that were wrong too often, in the transaction at hand.
    ///
    /// It is asked for where a run ends and where decisions are carried out, and nowhere else: files of one run are all
    /// decided by the same rules, so that a run that was stopped and begun again gives the same books.
    func judgeRules(_ transaction: Transaction, at now: Moment) throws -> [RuleFigures] {
        try transaction.demoteRules(limit: configuration.errorLimit, at: now.description)
    }
}

/// Lets demoted rules post again.
package struct RuleRestoring {
    private let home: Home
    private let now: Moment
    private let user: String

    package init(home: Home, now: Moment, user: String) {
        self.home = home
        self.now = now
        self.user = user
    }

    /// Why a rule cannot be restored, for the person.
    package struct Refused: Error, CustomStringConvertible {
        package let description: String
    }

    /// Restores a rule by its name, with or without its version. Its postings so far are counted no more.
    ///
    /// - Throws: `Refused` where it is not demoted.
    @discardableResult
    package func restore(_ name: String, note: String) throws -> RuleFigures {
        guard note.contains(where: { !$0.isWhitespace }) else {
            throw Refused(description: "a note must say why the rule may post again")
        }
        return try home.ledger.write { transaction in
            let demoted = try transaction.ruleFigures().filter(\.isDemoted)
            let meant = demoted.filter { $0.rule == name || $0.rule.hasPrefix(name + "/") }
            guard let figures = meant.last else {
                let names = demoted.map(\.rule).joined(separator: ", ")
                throw Refused(
                    description: "rule \(name) is not demoted; " + (names.isEmpty ? "none is" : "demoted: \(names)"))
            }
            try transaction.restore(figures, by: user, at: now.description, note: note)
            return figures
        }
    }
}
