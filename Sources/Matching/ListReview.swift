internal import Model

extension Matcher {
    /// Examines a list that does not add up: which line may be wrong, whose it is, and what could be posted then.
    /// It never posts.
    package func examineList(_ query: MatchQuery, in book: some Book) throws -> Verdict {
        guard let amount = query.item.amount, amount > .zero else {
            return Verdict(reason: .amountZero, why: "the item has no amount", rule: "list-doctor/1", proof: .weak)
        }
        var inquiry = Inquiry(query: query, amount: amount, policy: policy, book: book)
        return try review(inquiry.outOfBalance(), by: "list-doctor/1", &inquiry)
    }

    /// Candidates of a list of which nothing is proposed, with what its lines give them.
    private func listed(_ ranked: [Candidate], _ inquiry: Inquiry) throws -> [Candidate] {
        var (inquiry, candidates) = (inquiry, ranked)
        let shares = try inquiry.listLines().compactMap { line -> Share? in
            guard let account = line.account, let cents = line.amount, cents > .zero else { return nil }
            return Share(account: account.number, bill: line.bill, cents: cents)
        }
        for place in candidates.indices { try candidates[place].tell(shares, inquiry) }
        return candidates
    }

    /// Candidates with what is proposed on the first account that gets something by it, which then stands first.
    func proposed(_ proposal: Proposal?, among ranked: [Candidate], _ inquiry: Inquiry) throws -> [Candidate] {
        guard let proposal, let account = proposal.shares.first?.account else {
            return try listed(ranked, inquiry)
        }
        var candidates = ranked
        let place = candidates.firstIndex { $0.account == account }
        var first: Candidate
        if let place {
            first = candidates.remove(at: place)
        } else {
            let name = try inquiry.book.account(account)?.name ?? ""
            first = Candidate(account: account, name: name, score: 0, evidence: [])
            if candidates.count >= candidatesMax { candidates.removeLast() }
        }
        first.score = max(first.score, candidates.first?.score ?? 0)
        first.evidence += proposal.evidence
        first.proposal = proposal.shares
        candidates.insert(first, at: 0)
        for place in candidates.indices { try candidates[place].tell(proposal.shares, inquiry) }
        return candidates
    }
}
