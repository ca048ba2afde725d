import Model

/// All that the matcher can say of one item, for those who ask why.
package struct Examination: Hashable, Sendable {
    package var verdict: Verdict
    /// The accounts it may belong to, best first, also where the verdict posts.
    package var candidates: [Candidate]
    /// Why it is not the next best account, in a sentence; nil where no other comes up.
    package var whyNotNext: String?
}

extension Matcher {
    /// Decides about an item and ranks its candidates whatever the verdict.
    package func examine(_ query: MatchQuery, in book: some Book) throws -> Examination {
        var verdict = try decide(query, in: book)
        if verdict.reason == nil, let amount = query.item.amount {
            var inquiry = Inquiry(query: query, amount: amount, policy: policy, book: book)
            let ranked = try rankedCandidates(&inquiry)
            // What the rule chose comes first: it is more than a score.
            let chosen = Set(verdict.shares.map(\.account))
            verdict.candidates =
                ranked.filter { chosen.contains($0.account) } + ranked.filter { !chosen.contains($0.account) }
        }
        return Examination(
            verdict: verdict, candidates: verdict.candidates,
            whyNotNext: comparison(of: verdict.candidates, chosen: Set(verdict.shares.map(\.account))))
    }

    /// Holds back what a demoted rule would post. Its accounts are the first candidates.
    func suggestion(_ ruling: Ruling, by rule: String, _ inquiry: inout Inquiry) throws -> Verdict {
        let chosen = Set(ruling.shares.map(\.account))
        let ranked = try rankedCandidates(&inquiry)
        var first = ranked.filter { chosen.contains($0.account) }
        for account in ruling.accounts where !first.contains(where: { $0.account == account.number }) {
            first.append(
                Candidate(account: account.number, name: account.name, score: 0, evidence: [ruling.why]))
        }
        // What the rule would split over several accounts is proposed so.
        if ruling.shares.count > 1 { first[0].proposal = ruling.shares }
        return Verdict(
            reason: .ruleDemoted, why: "\(ruling.why); but rule \(rule) was wrong too often and only suggests",
            rule: rule, proof: .weak,
            candidates: Array((first + ranked.filter { !chosen.contains($0.account) }).prefix(9)))
    }
}

/// What the best account has that the next best has not, in a sentence; nil where there is no next.
///
/// `chosen` are the accounts that get the money; where nobody does, the first candidate is held against the second.
package func comparison(of candidates: [Candidate], chosen: Set<String>) -> String? {
    let winners = candidates.filter { chosen.isEmpty ? $0 == candidates[0] : chosen.contains($0.account) }
    guard let best = winners.first,
        let next = candidates.first(where: { candidate in
            !winners.contains { $0.account == candidate.account } && !chosen.contains(candidate.account)
        })
    else { return nil }
    let lacks = winners.flatMap(\.evidence).filter { !next.evidence.contains($0) }
    let has = next.evidence.filter { sentence in !winners.contains { $0.evidence.contains(sentence) } }
    let name = next.name.isEmpty ? "" : " (\(next.name))"
    var text = "Next comes account \(next.account)\(name). "
    if lacks.isEmpty {
        text += "All that speaks for account \(best.account) speaks for it too."
    } else {
        text += "Only for account \(best.account) it holds that \(list(lacks))."
    }
    if !has.isEmpty { text += " Only for account \(next.account) it holds that \(list(has))." }
    return text
}

/// `a, b, and c`, each sentence once.
private func list(_ sentences: [String]) -> String {
    var parts: [String] = []
    for sentence in sentences where !parts.contains(sentence) { parts.append(sentence) }
    guard parts.count > 1, let last = parts.popLast() else { return parts.first ?? "" }
    return parts.joined(separator: ", ") + " and " + last
}
