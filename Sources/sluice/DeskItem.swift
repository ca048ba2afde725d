import Ledger
import Matching
import Model
import Pipeline
import Review

/// One exception as it was shown at the terminal, and the decisions that agree with what was shown.
struct DeskItem {
    let view: ExceptionView
    /// What each candidate would post now, in their order.
    let agreements: [Agreement?]
    /// What must be looked at before one key posts to a candidate.
    let looks: LookFirst
    private let shown: String

    /// Nil where it is gone or decided.
    init?(_ id: String, home: Home) throws {
        let read = try home.ledger.read { transaction -> (ExceptionView, [Agreement?], LookFirst, String)? in
            guard let view = try transaction.exception(id), view.closedAt == nil else { return nil }
            let policy = home.configuration.allocation
            let agreements = try view.candidates.map {
                try transaction.agreement(with: $0, of: view, policy: policy)
            }
            let looks = try LookFirst(view, agreements, transaction, home.configuration)
            return (view, agreements, looks, try transaction.shown(of: view, policy: policy))
        }
        guard let read else { return nil }
        (view, agreements, looks, shown) = read
    }

    /// Prints it as `review show` does.
    func show() {
        Terminal.print("")
        ReviewShowCommand.show(view, agreements)
    }

    /// A decision of this action about what was shown.
    func decision(_ action: Action) -> Decision {
        var decision = Decision(exception: view.id, action: action)
        decision.shown = shown
        return decision
    }

    /// All of it to one account.
    func posting(to account: String) -> Decision {
        var decision = decision(.post)
        if let amount = view.amount { decision.allocations = [Decision.Allocation(account: account, amount: amount)] }
        return decision
    }

    /// The decision that agrees with a candidate; nil where there is none such.
    func accepting(_ place: Int) -> Decision? {
        guard view.candidates.indices.contains(place), let agreement = agreements[place] else { return nil }
        guard agreement.isProposal else { return posting(to: view.candidates[place].account) }
        var decision = decision(.split)
        decision.allocations = agreement.parts.map {
            Decision.Allocation(account: $0.account, bill: $0.bill, amount: $0.cents)
        }
        return decision
    }

    /// The duplicate that it most likely is.
    var duplicate: Decision {
        var decision = decision(.duplicate)
        decision.kind = view.likelyDuplicate?.kind
        return decision
    }

    /// Reads an action by its name, then who gets how much (or `case=`, `until=`), then a note; where the action names
    /// a person, a payee or an account, the note is that.
    ///
    /// - Throws: `DecisionRefused`.
    func decision(typed text: String) throws -> Decision {
        let words = text.split(separator: " ").map(String.init)
        guard let name = words.first, let action = Action(rawValue: name) else {
            throw DecisionRefused("\"\(text)\" begins with no action")
        }
        var decision = decision(action)
        let shares = words.dropFirst().prefix { $0.contains("=") }
        for share in shares {
            if share.hasPrefix("case=") {
                decision.caseNumber = String(share.dropFirst(5))
            } else if share.hasPrefix("until=") {
                decision.until = CivilDate(iso: share.dropFirst(6))
            } else {
                decision.allocations.append(try Decision.Allocation(option: share))
            }
        }
        let note = words.dropFirst(1 + shares.count).joined(separator: " ")
        decision.note = note.isEmpty ? nil : note
        if action.namesSomebody { decision.to = decision.note }
        return decision
    }
}
