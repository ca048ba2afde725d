internal import FoundationEssentials
package import Ledger
package import Model

extension CandidateRow {
    /// What the candidate would post, as the allocations of a decision that agrees with it.
    package var allocations: JSON {
        .array(parts.map { ["account": .string($0.account), "bill": JSON($0.bill), "amount": .string($0.amount)] })
    }

    /// Whether it would post to other accounts too.
    package var isSplit: Bool { parts.contains { $0.account != account } }

    private var parts: [Posting] { (try? JSONDecoder().decode([Posting].self, from: Data(posting.utf8))) ?? [] }

    private struct Posting: Decodable {
        var account: String
        var bill: String?
        var amount: String
    }
}
