internal import Ledger
internal import Matching
internal import Model
internal import Pipeline
internal import Review

/// One exception with all that its page shows, read in one consistent state.
struct ShownItem: Sendable {
    let view: ExceptionView
    /// What each candidate would post now, in their order.
    let agreements: [Agreement?]
    /// What must be looked at before one key accepts a candidate.
    let looks: LookFirst
    /// SHA-256 of what is shown: a decision names it.
    let hash: String
    let images: [PageImage]
    let claim: Claim?
    let visit: String?
    /// What a proposed decision would get approved for, where one waits.
    let pending: DecisionView?

    init?(_ id: String, _ transaction: Transaction, _ configuration: Configuration, at now: Moment) throws {
        guard let view = try transaction.exception(id) else { return nil }
        let policy = configuration.allocation
        let words = TurnOffWords(calendar: configuration.calendar, transaction: transaction)
        self.view = view
        agreements = try view.candidates.map { try transaction.agreement(with: $0, of: view, policy: policy) }
        looks = try LookFirst(view, agreements, transaction, configuration)
        hash = try transaction.shown(of: view, policy: policy)
        images = try view.payment.map(transaction.pageImages) ?? []
        claim = try transaction.claim(of: id, at: now.description)
        visit = try view.turnOffAt.map { try words.visit($0, of: id) }
        pending = view.decisions.first { $0.number == view.pendingDecision }
    }

    var isOpen: Bool { view.closedAt == nil }
    /// A blind sample tells nothing of what the program thinks.
    var isBlind: Bool { view.reason == Reason.sampledForReview.rawValue }
}
