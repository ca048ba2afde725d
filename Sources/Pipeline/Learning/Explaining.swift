internal import Foundation
package import Ledger
internal import Matching
package import Model

/// Why a payment stands where it stands, beyond its row.
package struct Explanation: Sendable {
    package struct Candidate: Sendable {
        package var account: String
        package var name: String
        package var score: Int
        package var evidence: [String]
    }

    /// What the rule found, in a sentence; nil where an exception says it.
    package var why: String?
    /// The accounts it may belong to, best first: as they were shown to the reviewer, or, of a payment that a rule
    /// posted, as the book that stood then gives them.
    package var candidates: [Candidate] = []
    package var isAsShown = false
    /// What the first has that the next has not.
    package var whyNotNext: String?
    /// What the same question would be answered today, where that is something else.
    package var change: String?
    /// What a blind sample has shown; nil where it was none, or waits for its decision.
    package var sample: String?
}

/// Explains payments from the book as it stood just before each was decided.
package struct Explaining {
    private let home: Home
    private let transaction: Transaction

    package init(home: Home, _ transaction: Transaction) {
        self.home = home
        self.transaction = transaction
    }

    /// The explanation of a payment; nil where no account was looked for and none was proposed.
    package func explain(_ payment: PaymentID) throws -> Explanation? {
        guard let decided = try transaction.decidedItem(payment) else { return try shown(payment) }
        let given = Shares(try transaction.sharesByRule(of: payment))
        guard decided.reason == nil, !given.isEmpty else { return try held(decided, wasPostedLater: !given.isEmpty) }
        var explanation = Explanation()
        guard let found = try examine(decided) else { return explanation }
        let answer = found.verdict.sharesByAccount
        if answer == given, found.verdict.rule == decided.rule { explanation.why = found.verdict.why }
        explanation.candidates = found.candidates.map(Explanation.Candidate.init)
        explanation.whyNotNext = comparison(
            of: found.candidates, chosen: Set(given.keys), why: explanation.why)
        explanation.change = change(found.verdict, from: decided, given)
        return explanation
    }

    /// What the matcher says of the book as it stood then. That rules were demoted since is no change of the answer.
    private func examine(_ decided: DecidedItem) throws -> Examination? {
        guard let past = try transaction.past(before: decided.payment) else { return nil }
        let book = try PastBook(transaction, at: past, day: decided.valueOn, holds: { home.configuration.holds($0) })
        var policy = home.configuration.matching
        if decided.reason == .ruleDemoted { policy.demotedRules = [decided.rule] }
        return try Matcher(policy: policy).examine(home.query(decided, layout: past.layout, transaction), in: book)
    }

    private func held(_ decided: DecidedItem, wasPostedLater: Bool) throws -> Explanation {
        var explanation = try shown(decided.payment) ?? Explanation()
        explanation.isAsShown = true
        if decided.reason == .sampledForReview {
            explanation.sample = try outcome(of: decided)
            explanation.whyNotNext = nil
            return explanation
        }
        // An advice that came later brought lines that the question then did not have.
        guard !wasPostedLater, let found = try examine(decided) else { return explanation }
        explanation.change = change(found.verdict, from: decided, [:])
        return explanation
    }

    /// The candidates as they were shown to the reviewer; nil where there were none.
    private func shown(_ payment: PaymentID) throws -> Explanation? {
        let shown = try transaction.candidateRows(of: payment).map {
            Matching.Candidate(account: $0.account, name: $0.name, score: $0.score, evidence: texts($0.evidence))
        }
        guard !shown.isEmpty else { return nil }
        var explanation = Explanation()
        explanation.isAsShown = true
        explanation.candidates = shown.map(Explanation.Candidate.init)
        explanation.whyNotNext = comparison(of: shown, chosen: [])
        return explanation
    }

    private func change(_ verdict: Verdict, from decided: DecidedItem, _ given: Shares) -> String? {
        let again = "Asked again about the book as it stood then, Sluice would"
        let since = "Its rules or policy, or what the billing system says of the accounts, have changed since."
        let answer = verdict.sharesByAccount
        if answer == given {
            if verdict.reason != decided.reason, let reason = verdict.reason {
                return "\(again) hold it as \(reason.rawValue): \(verdict.why). \(since)"
            }
            guard verdict.rule != decided.rule, decided.reason == nil else { return nil }
            return "\(again) give the same answer by rule \(verdict.rule): \(verdict.why)."
        }
        if answer.isEmpty { return "\(again) not post it: \(verdict.why). \(since)" }
        return "\(again) post it to \(answer.inWords) by rule \(verdict.rule): \(verdict.why). \(since)"
    }

    /// What a blind sample has shown. Nothing is told while it waits: who reads it may be who decides.
    private func outcome(of decided: DecidedItem) throws -> String? {
        guard try transaction.isDecidedByPerson(decided.payment), let sample = try transaction.sample(decided.payment)
        else { return nil }
        let would = Shares(sample.shares)
        let chose = "Rule \(sample.rule) had chosen \(would.inWords): \(sample.why)."
        let standing = Shares(try transaction.standingShares(of: decided.payment))
        return chose + (standing == would ? " The reviewer agreed, blind." : " The reviewer, blind, did not agree.")
    }

    private func texts(_ array: String) -> [String] {
        (try? JSONDecoder().decode([String].self, from: Data(array.utf8))) ?? []
    }
}

extension Explanation.Candidate {
    fileprivate init(_ candidate: Matching.Candidate) {
        self.init(
            account: candidate.account, name: candidate.name, score: candidate.score, evidence: candidate.evidence)
    }
}
