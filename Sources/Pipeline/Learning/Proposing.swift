internal import Files
package import Ledger
internal import Matching
package import Model

/// Proposes what payments that people posted have in common: "this text, or this sender, means that account".
///
/// A proposal posts nothing. One that a person accepts is a key among others, and never posts alone.
package struct Proposing {
    /// Payments of so many files must say the same: one lesson is an accident.
    private static let lessonsMin = 2

    private let home: Home
    private let now: Moment
    private let user: String

    package init(home: Home, now: Moment, user: String) {
        self.home = home
        self.now = now
        self.user = user
    }

    /// Why an answer cannot be given, for the person.
    package struct Refused: Error, CustomStringConvertible {
        package let description: String
    }

    /// What is proposed and not answered yet, most lessons first; with `all`, what was answered too.
    ///
    /// `progress` is told how many payments were looked through.
    package func list(all: Bool = false, progress: (Int) -> Void = { _ in }) throws -> [Proposal] {
        try home.ledger.read { transaction in
            let answered = try transaction.answeredProposals()
            let known = Set(answered.map(\.id))
            let open = try proposals(transaction, progress).filter { !known.contains($0.id) }
            return (open + (all ? answered : [])).sorted { one, other in
                one.lessons == other.lessons ? one.id < other.id : one.lessons > other.lessons
            }
        }
    }

    /// Accepts or dismisses the proposal of an id, also one that was answered otherwise before.
    @discardableResult
    package func answer(_ id: String, _ state: Proposal.State, note: String?) throws -> Proposal {
        guard var proposal = try list(all: true).first(where: { $0.id == id }) else {
            throw Refused(description: "there is no proposal \(id); sluice rules proposals lists them")
        }
        guard proposal.state != state else {
            throw Refused(description: "proposal \(id) is \(state.rawValue) already")
        }
        try home.ledger.write {
            if state == .accepted {
                let lessons = try proposals($0) { _ in }.first { $0.id == id }?.lessons
                guard let lessons else {
                    throw Refused(description: "what people posted does not bear proposal \(id) out any more")
                }
                proposal.lessons = lessons
            }
            try $0.answer(proposal, state, by: user, at: now.description, note: note)
        }
        proposal.state = state
        return proposal
    }

    private struct Pattern: Hashable {
        let kind: Proposal.Kind
        let words: String
    }

    private struct Lessons {
        var accounts: Set<String> = []
        var intakes: Set<IntakeID> = []
    }

    /// What people's decisions say that still stand, and no payment at all contradicts.
    private func proposals(_ transaction: Transaction, _ progress: (Int) -> Void) throws -> [Proposal] {
        var lessons: [Pattern: Lessons] = [:]
        try transaction.wordsDecidedByPeople { decided in
            let accounts = try transaction.standingShares(of: decided.payment).map(\.account)
            for pattern in Self.patterns(decided) {
                lessons[pattern, default: Lessons()].accounts.formUnion(accounts)
                lessons[pattern, default: Lessons()].intakes.insert(decided.payment.intake)
            }
        }
        lessons = lessons.filter { $0.value.accounts.count == 1 && $0.value.intakes.count >= Self.lessonsMin }
        guard !lessons.isEmpty else { return [] }
        var done = 0
        try transaction.postedWords { posted in
            done += 1
            if done % 10_000 == 0 { progress(done) }
            for pattern in Self.patterns(posted) {
                guard let account = lessons[pattern]?.accounts.first else { continue }
                let standing = try transaction.standingShares(of: posted.payment).map(\.account)
                if standing != [account] { lessons[pattern] = nil }
            }
        }
        return lessons.map { pattern, lessons in
            Proposal(
                kind: pattern.kind, words: pattern.words, account: lessons.accounts.first!,
                lessons: Int64(lessons.intakes.count))
        }
    }

    private static func patterns(_ decided: DecidedWords) -> [Pattern] {
        let words = TaughtWords(memo: decided.memo, payer: decided.payer, reference: decided.reference)
        return Proposal.Kind.allCases.compactMap { kind in
            words[kind].isEmpty ? nil : Pattern(kind: kind, words: words[kind])
        }
    }
}

extension Proposal {
    /// A short name that stays the same: it follows from what is proposed.
    package var id: String {
        "p" + SHA256Digest.of(Array("\(kind.rawValue)\n\(words)\n\(account)".utf8)).prefix(8)
    }

    /// What a clerk reads.
    package var sentence: String {
        switch kind {
        case .text: "the text \"\(words)\" means account \(account)"
        case .sender: "the sender \"\(words)\" means account \(account)"
        case .reference: "the reference \"\(words)\" means account \(account)"
        }
    }
}
