internal import FoundationEssentials
package import Ledger
package import Model

extension CandidateRow {
    /// What the candidate would post, as the allocations of a decision that agrees with it.
    package var allocations: JSON {
        .array(parts.map { ["account": .string($0.account), "bill": JSON($0.bill), "amount": JSON($0.amount)] })
    }

    /// Each with its account, bill and amount, as the book stood when its exception was opened.
    var parts: [Decision.Allocation] {
        let postings = (try? JSONDecoder().decode([Posting].self, from: Data(posting.utf8))) ?? []
        return postings.compactMap { posting in
            guard let amount = try? Cents(posting.amount) else { return nil }
            return Decision.Allocation(account: posting.account, bill: posting.bill, amount: amount)
        }
    }

    /// What speaks for it and against it.
    package var sentences: [String] {
        (try? JSONDecoder().decode([String].self, from: Data(evidence.utf8))) ?? []
    }

    private struct Posting: Decodable {
        var account: String
        var bill: String?
        var amount: String
    }
}
