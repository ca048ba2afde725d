import Model

extension Matcher {
    /// The accounts that an item may belong to, best first, for the person who decides.
    func rankedCandidates(_ inquiry: inout Inquiry) throws -> [Candidate] {
        var pool = CandidatePool()
        try pool.gather(&inquiry)
        let ranked = try pool.accounts.values.map { try candidate($0, &inquiry) }
        let ordered = ranked.sorted { $0.score == $1.score ? $0.account < $1.account : $0.score > $1.score }
        return Array(ordered.prefix(candidatesMax))
    }

    private func candidate(_ entry: CandidatePool.Entry, _ inquiry: inout Inquiry) throws -> Candidate {
        let account = entry.facts
        var (score, evidence) = (entry.weight, entry.evidence)
        func add(_ points: Int, _ sentence: String?) {
            score += points
            if let sentence { evidence.append(sentence) }
        }
        let fit = inquiry.fit(account)
        add(points(of: fit), fit.sentence)
        if account.wasAsked(for: inquiry.item.scanlineDue) { add(15, "the coupon prints what the account was billed") }
        let name = inquiry.name(of: account)
        add(name == .agrees ? 20 : name == .family ? 8 : 0, name.sentence)
        if let known = try inquiry.payer().known.first(where: { $0.account == account.number }) {
            add(20, "this payer paid for it \(known.times) time\(known.times == 1 ? "" : "s") before")
        }
        if inquiry.namesAddress(of: account) { add(25, "the text names its service address") }
        if !account.isOpen { add(-25, "it is closed and owes nothing") }
        for sentence in inquiry.termsSentences(of: account) { add(0, sentence) }
        if account.cashOnly { add(0, "it is cash-only") }
        for flag in account.holdingFlags { add(0, "it has the flag \(flag)") }
        return Candidate(
            account: account.number, name: account.name, score: min(max(score, 0), 100), evidence: evidence)
    }

    private func points(of fit: AmountFit) -> Int {
        switch fit {
        case .total: 25
        case .oneBill, .oldestBills: 18
        case .arranged: 16
        case .printed: 15
        case .roundedUp, .doubled, .swapped: 8
        case .part: 2
        case .nothingOwed: 0
        case .over: -5
        }
    }
}

/// A person looks at no more than this many.
let candidatesMax = 9

/// Accounts that anything at all brings up, each with what the item itself says of it.
private struct CandidatePool {
    struct Entry {
        var facts: AccountFacts
        var weight: Int
        var evidence: [String]
    }

    var accounts: [String: Entry] = [:]

    mutating func gather(_ inquiry: inout Inquiry) throws {
        for named in try inquiry.named().found { addNamed(named) }
        for line in inquiry.item.lines where !line.bill.isEmpty {
            guard let account = try inquiry.book.account(ofBill: line.bill) else { continue }
            add(account, 35, "bill \(line.bill) is its own")
        }
        for account in try inquiry.envelopeReading()?.accounts ?? [] {
            add(account, 45, "its envelope holds a coupon of this account")
        }
        for near in try inquiry.liveRepairs() {
            add(near, 30, "its number is one error away from what was read")
            if case .moved(let old, let account) = try inquiry.target(of: near) {
                add(account, 30, "its customer moved here from account \(old.number)")
            }
        }
        for entry in accounts.values.sorted(by: { $0.facts.number < $1.facts.number }).prefix(4) {
            for other in try inquiry.accounts(ofCustomerOf: entry.facts).prefix(24) where other.isOpen {
                add(other, 0, nil)
            }
        }
        for known in try inquiry.payerAccounts() { add(known, 0, nil) }
        for pledged in try inquiry.pledgedExactly() { add(pledged, 25, "the payer is the agency that pledged this") }
        for taught in try inquiry.taughtAccounts() { add(taught.account, 30, taught.facts.sentence) }
        for other in try inquiry.namesakes() + inquiry.owingExactly() where other.isOpen && inquiry.mayBe(other) {
            add(other, 0, nil)
        }
    }

    private mutating func addNamed(_ named: NamedAccount) {
        add(named.facts, 50, "its number was read clean")
        switch named.target {
        case .open, .closed: break
        case .moved(let old, let account): add(account, 50, "its customer moved here from account \(old.number)")
        case .several(let old, let several):
            for account in several { add(account, 30, "its customer moved from account \(old.number)") }
        }
    }

    private mutating func add(_ facts: AccountFacts, _ weight: Int, _ sentence: String?) {
        var entry = accounts[facts.number] ?? Entry(facts: facts, weight: 0, evidence: [])
        entry.weight = max(entry.weight, weight)
        if let sentence, !entry.evidence.contains(sentence) { entry.evidence.append(sentence) }
        accounts[facts.number] = entry
    }
}

extension Inquiry {
    /// Whether name or address bring an account up at all.
    fileprivate mutating func mayBe(_ account: AccountFacts) -> Bool {
        let name = name(of: account)
        return name == .agrees || namesAddress(of: account) || (name == .family && fit(account).isExact)
    }
}
