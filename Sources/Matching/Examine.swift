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
    /// Decides about an item and ranks its candidates whatever the verdict. For a person who decides blind nothing is
    /// said that shows what the verdict is.
    package func examine(_ query: MatchQuery, in book: some Book, isBlind: Bool = false) throws -> Examination {
        var verdict = try decide(query, in: book)
        if verdict.reason == nil, let amount = query.item.amount {
            var inquiry = Inquiry(query: query, amount: amount, policy: policy, book: book)
            let ranked = try rankedCandidates(&inquiry)
            // What the rule chose comes first: it is more than a score.
            let chosen = Set(verdict.shares.map(\.account))
            let first =
                isBlind
                ? ranked.filter { chosen.contains($0.account) }
                : try taking(verdict.shares, because: verdict.why, among: ranked, inquiry)
            verdict.candidates = Array((first + ranked.filter { !chosen.contains($0.account) }).prefix(candidatesMax))
        }
        return Examination(
            verdict: verdict, candidates: verdict.candidates,
            whyNotNext: comparison(
                of: verdict.candidates, chosen: Set(verdict.shares.map(\.account)), why: verdict.why))
    }

    /// The accounts that get the money, each with its evidence and what it takes, in the order of the ranking; one
    /// that the ranking does not know has the rule's own reason.
    private func taking(
        _ shares: [Share], because why: String, among ranked: [Candidate], _ inquiry: Inquiry
    ) throws -> [Candidate] {
        var first = ranked.filter { candidate in shares.contains { $0.account == candidate.account } }
        for share in shares where !first.contains(where: { $0.account == share.account }) {
            let name = try inquiry.book.account(share.account)?.name ?? ""
            first.append(Candidate(account: share.account, name: name, score: 0, evidence: [why]))
        }
        for place in first.indices { try first[place].tell(shares, inquiry) }
        return first
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
        for place in first.indices { try first[place].tell(ruling.shares, inquiry) }
        return Verdict(
            reason: .ruleDemoted, why: "\(ruling.why); but rule \(rule) was wrong too often and only suggests",
            rule: rule, proof: .weak,
            candidates: Array((first + ranked.filter { !chosen.contains($0.account) }).prefix(9)))
    }
}

/// What the best account has that the next best has not, in a sentence; nil where there is no next.
///
/// `chosen` are the accounts that get the money; where nobody does, the first candidate is held against the second.
/// `why` is the rule's own reason: it says what the evidence of the two does not.
package func comparison(of candidates: [Candidate], chosen: Set<String>, why: String? = nil) -> String? {
    let winners = candidates.filter { chosen.isEmpty ? $0 == candidates[0] : chosen.contains($0.account) }
    guard let best = winners.first,
        let next = candidates.first(where: { candidate in
            !winners.contains { $0.account == candidate.account } && !chosen.contains(candidate.account)
        })
    else { return nil }
    let lacks = best.evidence.filter { EvidenceWords.speaksFor($0) && !next.evidence.contains($0) }
    let own = next.evidence.filter { !best.evidence.contains($0) }
    let (has, against) = (own.filter(EvidenceWords.speaksFor), own.filter { !EvidenceWords.speaksFor($0) })
    let name = next.name.isEmpty ? "" : " (\(next.name))"
    var text = "Next comes account \(next.account)\(name). "
    if lacks.isEmpty {
        text += "All that speaks for account \(best.account) speaks for it too."
        if let why { text += " The rule went by this: \(why)." }
    } else {
        text += "Only for account \(best.account) it holds that \(list(lacks))."
    }
    if !has.isEmpty { text += " Only for account \(next.account) it holds that \(list(has))." }
    if !against.isEmpty { text += " Against account \(next.account) speaks that \(list(against))." }
    return text
}

/// `a, b, and c`, each sentence once.
private func list(_ sentences: [String]) -> String {
    var parts: [String] = []
    for sentence in sentences where !parts.contains(sentence) { parts.append(sentence) }
    guard parts.count > 1, let last = parts.popLast() else { return parts.first ?? "" }
    return parts.joined(separator: ", ") + " and " + last
}

extension Candidate {
    /// Says what the account takes where that is a part of the item: all of it is not what it is asked for.
    mutating func tell(_ shares: [Share], _ inquiry: Inquiry) throws {
        let own = shares.filter { $0.account == account }
        let cents = own.map(\.cents).sum
        guard cents > .zero, cents != inquiry.amount, let facts = try inquiry.book.account(account) else { return }
        let isOwed =
            cents == facts.owed
            || own.allSatisfy { share in facts.bills.contains { $0.number == share.bill && $0.open == share.cents } }
        let sentence = "takes \(cents) of it" + (isOwed ? ", exactly what it owes" : "")
        let fit = inquiry.fit(facts)
        // That it owes nothing is to be known besides.
        if fit != .nothingOwed, let place = evidence.firstIndex(of: fit.sentence) {
            evidence[place] = sentence
        } else {
            evidence.append(sentence)
        }
    }
}
