import Model

extension Matcher {
    /// Where an item's money belongs, or why a person must say.
    ///
    /// Rules are tried in order and the first that has something to say decides. What it would post must then
    /// pass every stop: no rule can forget one.
    package func decide(_ query: MatchQuery, in book: some Book) throws -> Verdict {
        guard let amount = query.item.amount, amount > .zero else {
            let reason: Reason = query.item.amount == nil ? .amountNotNumeric : .amountZero
            return Verdict(reason: reason, why: "the item has no amount to post", rule: "amount/1", proof: .weak)
        }
        var inquiry = Inquiry(query: query, amount: amount, policy: policy, book: book)
        for place in rules.indices {
            guard let ruling = try rules[place].decide(&inquiry) else { continue }
            return try verdict(of: ruling, by: rules[place].id, &inquiry)
        }
        preconditionFailure("the last rule decides every item")
    }

    private func verdict(of ruling: Ruling, by rule: String, _ inquiry: inout Inquiry) throws -> Verdict {
        guard ruling.reason == nil else { return try review(ruling, by: rule, &inquiry) }
        for stop in stops {
            guard let found = try stop.finds(ruling, &inquiry) else { continue }
            return try review(.hold(stop.reason, "\(ruling.why); but \(found)"), by: stop.id, &inquiry)
        }
        if policy.demotedRules.contains(rule) { return try suggestion(ruling, by: rule, &inquiry) }
        let sum = ruling.shares.reduce(Cents.zero) { $0 + $1.cents }
        precondition(sum == inquiry.amount, "shares make up the item")
        return Verdict(shares: ruling.shares, why: ruling.why, rule: rule, proof: ruling.proof)
    }

    func review(_ ruling: Ruling, by rule: String, _ inquiry: inout Inquiry) throws -> Verdict {
        Verdict(
            reason: ruling.reason, why: ruling.why, rule: rule, proof: .weak,
            candidates: try proposed(ruling.proposal, among: rankedCandidates(&inquiry), inquiry), twin: inquiry.twin)
    }
}
