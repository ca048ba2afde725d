package import Ledger
package import Matching
package import Model

/// What would be posted if a person agreed with a candidate, to the book as it stands now.
///
/// A candidate keeps what it would post as the book stood when its exception was opened. Bills are paid meanwhile: what
/// is shown and what is posted is worked out again.
package struct Agreement: Sendable {
    package let parts: [Part]
    /// Whether it says more than that all of the money is for its account.
    package let isProposal: Bool
    /// What has changed since it was proposed, a sentence each; empty where nothing has.
    package let changes: [String]

    package var sum: Cents { parts.map(\.cents).sum }
    /// Whether any of the money pays something that is owed.
    package var paysDebt: Bool { parts.contains { $0.kind != .credit } }
}

extension Transaction {
    /// What agreeing with a candidate of an exception would post now; nil where it is about no payment, or an account
    /// is not in the book any more.
    package func agreement(
        with candidate: CandidateRow, of view: ExceptionView, policy: AllocationPolicy
    ) throws -> Agreement? {
        guard let item = view.item else { return nil }
        let proposed = candidate.parts
        let isProposal = view.proposes(candidate)
        let whole = [Decision.Allocation(account: candidate.account, amount: item.amount)]
        let shares = isProposal ? proposed : whole
        guard let parts = try spread(shares, policy: policy, on: item.valueOn) else { return nil }
        let isSame = parts.map(Credited.init) == proposed.map(Credited.init)
        return Agreement(
            parts: parts, isProposal: isProposal, changes: isSame ? [] : try changes(of: proposed, on: item.valueOn))
    }

    /// Splits what each account gets over its bills: as is directed, then by policy; nil where an account is not in the
    /// book.
    func spread(
        _ shares: [Decision.Allocation], policy: AllocationPolicy, on day: CivilDate
    ) throws -> [Part]? {
        var parts: [Part] = []
        var accounts: [String: AccountFacts] = [:]
        for share in shares {
            guard var facts = try accounts[share.account] ?? account(share.account, on: day) else { return nil }
            let shared = Part.parts(of: share.amount, bill: share.bill, to: facts, policy: policy, on: day)
            facts.pay(shared)
            accounts[share.account] = facts
            parts += shared
        }
        return parts
    }

    private func account(_ number: String, on day: CivilDate) throws -> AccountFacts? {
        guard var facts = try account(number) else { return nil }
        facts.terms = try terms(of: number, on: day)
        return facts
    }

    private func changes(of proposed: [Decision.Allocation], on day: CivilDate) throws -> [String] {
        var changes: [String] = []
        for part in proposed {
            guard let bill = part.bill else { continue }
            let open = try account(part.account, on: day)?.bills.first { $0.number == bill }?.open ?? .zero
            if open == .zero {
                changes.append("bill \(bill) of account \(part.account) is paid since")
            } else if open < part.amount {
                changes.append("bill \(bill) of account \(part.account) owes only \(open) now")
            }
        }
        return changes.isEmpty ? ["what its accounts owe has changed since"] : changes
    }
}

/// What one place of the book gets, to compare what is posted with what was proposed.
private struct Credited: Hashable {
    let account: String
    let bill: String?
    let cents: Cents

    init(_ part: Part) { (account, bill, cents) = (part.account, part.bill, part.cents) }
    init(_ share: Decision.Allocation) { (account, bill, cents) = (share.account, share.bill, share.amount) }
}

extension ExceptionView {
    /// Whether a candidate says more than that all of the money is for its account: it splits it, leaves a part of it,
    /// or reads a list of one account in the way that the exception tells.
    package func proposes(_ candidate: CandidateRow) -> Bool {
        let parts = candidate.parts
        if parts.contains(where: { $0.account != candidate.account }) { return true }
        let sum = parts.map(\.amount).reduce(Optional(Cents.zero)) { $0?.adding($1) }
        if sum != amount { return !parts.isEmpty }
        return isList && candidate.sentences.last.map(whyNotPosted.contains) ?? false
    }

    /// Whether a list of what it pays keeps it from being posted.
    package var isList: Bool {
        [Reason.itemOutOfBalance, .linesPartlyKnown, .billNotFound].map(\.rawValue).contains(reason)
    }
}
