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
    /// What stands against each candidate's account, in their order.
    let objections: [[String]]
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
        objections = try view.candidates.map {
            try Self.objections(to: $0.account, of: view, transaction, configuration)
        }
        hash = try transaction.shown(of: view, policy: policy)
        images = try view.payment.map(transaction.pageImages) ?? []
        claim = try transaction.claim(of: id, at: now.description)
        visit = try view.turnOffAt.map { try words.visit($0, of: id) }
        pending = view.decisions.first { $0.number == view.pendingDecision }
    }

    var isOpen: Bool { view.closedAt == nil }
    /// A blind sample tells nothing of what the program thinks.
    var isBlind: Bool { view.reason == Reason.sampledForReview.rawValue }

    /// Why a candidate is not accepted by one key: what a person must look at first, a sentence each.
    func looks(at place: Int, lookOver: Cents) -> [String] {
        guard view.candidates.indices.contains(place), let agreement = agreements[place] else { return [] }
        var looks = agreement.changes + objections[place]
        if let amount = view.amount, amount > lookOver { looks.append("it is over \(money(lookOver))") }
        if isBlind { looks.append("it is a blind sample: decide by the papers, not by the order of the candidates") }
        if let reason = Reason(rawValue: view.reason), Self.contradicted.contains(reason) {
            looks.append(Self.lowered(reason.sentence))
        }
        if agreement.parts.contains(where: { $0.kind == .credit }) {
            looks.append("\(money(agreement.credit)) of it would be credit: more than the account owes")
        }
        if agreement.sum != view.amount { looks.append("it leaves a part of the money to nobody") }
        if isTied(place) { looks.append("another candidate has as much for it") }
        return looks
    }

    /// What is accepted with one key must be contradicted by nothing.
    private static let contradicted: Set<Reason> = [
        .accountClosed, .cashOnly, .accountFlagged, .evidenceConflict, .accountAmbiguous, .amountUnusual,
        .otherAccountsOpen, .duplicateSuspected, .recoveryPosted, .itemOutOfBalance,
    ]

    /// What stands against an account, whatever speaks for it: an exception tells only the first obstacle.
    private static func objections(
        to number: String, of view: ExceptionView, _ transaction: Transaction, _ configuration: Configuration
    ) throws -> [String] {
        guard let item = view.item, let account = try transaction.account(number) else { return [] }
        var objections = try transaction.flags(of: number, on: item.valueOn).filter {
            configuration.flags[$0].holdsPayments
        }.map { "the account has the flag \($0)" }
        if account.cashOnly, Tender(rawValue: item.tender)?.isReturnable ?? true {
            objections.append("the account takes no \(item.tender)")
        }
        if account.status == .closed || account.status == .writtenOff {
            objections.append("the account is \(account.status.rawValue)")
        }
        return objections
    }

    private func isTied(_ place: Int) -> Bool {
        view.candidates.enumerated().contains { $0 != place && $1.score == view.candidates[place].score }
    }

    private static func lowered(_ sentence: String) -> String {
        let text = sentence.hasSuffix(".") ? sentence.dropLast() : Substring(sentence)
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}

extension Agreement {
    fileprivate var credit: Cents { parts.filter { $0.kind == .credit }.map(\.cents).sum }
}
