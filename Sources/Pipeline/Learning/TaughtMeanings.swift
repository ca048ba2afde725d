internal import Ledger
internal import Matching
internal import Model

/// The words that people accepted to mean accounts, for look-up.
struct TaughtMeanings {
    private struct Key: Hashable {
        let kind: Proposal.Kind
        let words: String
    }

    private var accounts: [Key: [TaughtFacts]] = [:]

    /// Of all that was answered, what was accepted.
    init(_ proposals: [Proposal]) {
        for proposal in proposals where proposal.state == .accepted {
            let facts = TaughtFacts(
                account: proposal.account, kind: proposal.kind.evidence, lessons: Int(proposal.lessons))
            accounts[Key(kind: proposal.kind, words: proposal.words), default: []].append(facts)
        }
    }

    /// The accounts that words mean.
    func accounts(_ words: TaughtWords) -> [TaughtFacts] {
        guard !accounts.isEmpty, !words.isEmpty else { return [] }
        return Proposal.Kind.allCases.flatMap { accounts[Key(kind: $0, words: words[$0])] ?? [] }
    }
}

extension TaughtWords {
    /// The words of one kind; empty where there are none.
    subscript(kind: Proposal.Kind) -> String {
        switch kind {
        case .text: text
        case .sender: sender
        case .reference: reference
        }
    }
}

extension Proposal.Kind {
    fileprivate var evidence: TaughtFacts.Kind {
        switch self {
        case .text: .text
        case .sender: .sender
        case .reference: .reference
        }
    }
}
