package import Ledger
package import Model
package import Review

/// What a person must look at before one key posts an exception to a candidate, in the terminal and on the page alike.
///
/// One key is for what nothing speaks against; everything else is told first, and asks for a second one.
package struct LookFirst: Sendable {
    private let view: ExceptionView
    private let agreements: [Agreement?]
    private let objections: [[String]]
    private let limit: Cents

    /// For an exception with what each of its candidates would post now, in their order.
    package init(
        _ view: ExceptionView, _ agreements: [Agreement?], _ transaction: Transaction, _ configuration: Configuration
    ) throws {
        (self.view, self.agreements, limit) = (view, agreements, configuration.lookOver)
        objections = try view.candidates.map {
            try Self.objections(to: $0.account, of: view, transaction, configuration)
        }
    }

    /// A sentence for each thing to look at of the candidate at a place, from 0; empty where one key is enough. `money`
    /// writes amounts as they stand around it.
    package func callAsFunction(at place: Int, money: (Cents) -> String = \.description) -> [String] {
        guard view.candidates.indices.contains(place), let agreement = agreements[place] else { return [] }
        var looks = agreement.changes + objections[place]
        if let amount = view.amount, amount > limit { looks.append("it is over \(money(limit))") }
        if view.reason == Reason.sampledForReview.rawValue {
            looks.append("it is a blind sample: decide by the papers, not by the order of the candidates")
        }
        if let reason = Reason(rawValue: view.reason), Self.contradicted.contains(reason) {
            looks.append(Self.lowered(reason.sentence))
        }
        let credit = agreement.parts.filter { $0.kind == .credit }.map(\.cents).sum
        if credit > .zero { looks.append("\(money(credit)) of it would be credit: more than the account owes") }
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
