internal import Ledger
internal import Model

/// Amounts that were changed are keyed by a second person who has not seen them.
extension Deciding {
    /// Whether a second person keyed the same as who decided. What is told apart by account is compared so; where one
    /// of both names none, by its sum.
    ///
    /// - Throws: `DecisionRefused` where nothing was keyed.
    func isKeyedAlike(_ decision: Decision, _ keyed: [Decision.Allocation]?) throws -> Bool {
        guard let keyed, !keyed.isEmpty else {
            throw DecisionRefused(
                "the decision changes the amount of payment \(decision.payment?.description ?? ""): key what its image "
                    + "says, unseen (--keyed ACCOUNT=AMOUNT or --keyed AMOUNT)")
        }
        let sum = keyed.map(\.amount).reduce(Optional(Cents.zero)) { $0?.adding($1) }
        guard sum == decision.amount else { return false }
        let namesAccounts = !decision.allocations.isEmpty && keyed.allSatisfy { !$0.account.isEmpty }
        return !namesAccounts || shares(keyed) == shares(decision.allocations)
    }

    private func shares(_ allocations: [Decision.Allocation]) -> [String: Cents] {
        allocations.reduce(into: [:]) { $0[$1.account, default: .zero] += $1.amount }
    }

    /// Keeps that a second person keyed something else; the decision waits on.
    func differs(_ exception: String, _ decision: Decision, _ number: Int64, note: String?) throws -> Effect {
        try transaction.insertVerdict("differs", on: number, by: reviewer.name, at: at, note: note)
        try transaction.audit(
            at: at, who: reviewer.name, event: "differs", subject: exception, detail: decision.action.rawValue)
        try transaction.refresh(exception)
        var effect = Effect()
        (effect.needs, effect.differs) = (.approval, true)
        return effect
    }
}
