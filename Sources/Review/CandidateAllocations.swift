internal import FoundationEssentials
package import Ledger
package import Model

extension CandidateRow {
    /// What the candidate would post, as the allocations of a decision that agrees with it.
    package var allocations: JSON {
        let parts = (try? JSONDecoder().decode([Posting].self, from: Data(posting.utf8))) ?? []
        return .array(
            parts.map { ["account": .string($0.account), "bill": JSON($0.bill), "amount": .string($0.amount)] })
    }

    private struct Posting: Decodable {
        var account: String
        var bill: String?
        var amount: String
    }
}
