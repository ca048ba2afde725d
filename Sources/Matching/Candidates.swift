import Model

extension Matcher {
    /// The accounts that an item may belong to, best first, where it is not to be decided: it is held for another
    /// reason than its owner.
    package func candidates(_ query: MatchQuery, in book: some Book) throws -> [Candidate] {
        guard let amount = query.item.amount, amount > .zero else { return [] }
        var inquiry = Inquiry(query: query, amount: amount, policy: policy, book: book)
        return try rankedCandidates(&inquiry)
    }

    /// The accounts that an item may belong to, best first, for the person who decides.
    func rankedCandidates(_ inquiry: inout Inquiry) throws -> [Candidate] {
        var pool = CandidatePool()
        try pool.gather(&inquiry)
        let ranked = try inquiry.contenders(Array(pool.entries.values)).map { try inquiry.weigh($0) }
        let ordered = ranked.sorted { $0.score == $1.score ? $0.account < $1.account : $0.score > $1.score }
        return ordered.prefix(candidatesMax).map { weighed in
            Candidate(
                account: weighed.account, name: weighed.name, score: min(max(weighed.score / 10, 0), 100),
                evidence: weighed.evidence)
        }
    }
}

/// A person looks at no more than this many.
let candidatesMax = 9

/// An account that something brings up, with what the item itself says of its number or bill.
struct CandidateEntry {
    var facts: AccountFacts
    var weight: Int
    var evidence: [String]
}

/// Accounts that anything at all brings up.
private struct CandidatePool {
    var entries: [String: CandidateEntry] = [:]

    mutating func gather(_ inquiry: inout Inquiry) throws {
        try gatherNumbers(&inquiry)
        try gatherUnread(&inquiry)
        for account in try inquiry.envelopeReading()?.accounts ?? [] {
            add(account, 450, "its envelope holds a coupon of this account")
        }
        for entry in entries.values.sorted(by: { $0.facts.number < $1.facts.number }).prefix(4) {
            for other in try inquiry.accounts(ofCustomerOf: entry.facts).prefix(24) where other.isOpen {
                add(other, 0, nil)
            }
        }
        try gatherPayer(&inquiry)
        for pledged in try inquiry.pledgedExactly() { add(pledged, 250, "the payer is the agency that pledged this") }
        for taught in try inquiry.taughtAccounts() { add(taught.account, 300, taught.facts.sentence) }
        for account in try inquiry.addressed() { add(account, 0, nil) }
        try gatherNamesAndAmounts(&inquiry)
    }

    private mutating func gatherNumbers(_ inquiry: inout Inquiry) throws {
        for named in try inquiry.named().found { addNamed(named) }
        for line in inquiry.item.lines where !line.bill.isEmpty {
            guard let account = try inquiry.book.account(ofBill: line.bill) else { continue }
            add(account, 350, "bill \(line.bill) is its own")
        }
        let repairs = try inquiry.liveRepairs()
        for near in repairs {
            // The more live numbers lie one error away, the less says each of them.
            let weight = repairs.count == 1 ? 400 : 300
            add(near, weight, "its number is one error away from what was read")
            if case .moved(let old, let account) = try inquiry.target(of: near) {
                add(account, weight, "its customer moved here from account \(old.number)")
            }
        }
    }

    /// Two unreadable digits prove nothing, but what could be read leaves few accounts to look at.
    private mutating func gatherUnread(_ inquiry: inout Inquiry) throws {
        for claim in inquiry.claims.damaged {
            for number in solutionsOfTwo(of: claim.digits, policy: inquiry.policy) {
                guard let account = try inquiry.book.account(number) else { continue }
                add(account, 350, "its number agrees with all digits that could be read")
            }
        }
    }

    private mutating func gatherPayer(_ inquiry: inout Inquiry) throws {
        for known in try inquiry.payerAccounts() {
            add(known, 0, nil)
            for other in try inquiry.otherOpenAccounts(of: known).prefix(24) { add(other, 0, nil) }
        }
        for faded in try inquiry.payer().faded {
            if let account = try inquiry.book.account(faded.account) { add(account, 0, nil) }
        }
    }

    private mutating func gatherNamesAndAmounts(_ inquiry: inout Inquiry) throws {
        let namesakes = try inquiry.namesakes()
        for other in namesakes where other.isOpen {
            let name = inquiry.name(of: other)
            let isFewOrTelling = namesakes.count <= fewNamesakes || name == .family && inquiry.isTelling(other)
            if name == .agrees || name == .family && isFewOrTelling { add(other, 0, nil) }
        }
        let isUnnamed = entries.values.allSatisfy { $0.weight == 0 }
        // So many accounts of one amount are no hint to any of them, unless something else brings it up too.
        let (readings, areFew) = try inquiry.amountReadings(few: amountAloneMax)
        let isHint = isUnnamed && areFew
        for other in readings where other.isOpen && (isHint || inquiry.name(of: other) == .agrees) {
            add(other, 0, nil)
        }
    }

    private mutating func addNamed(_ named: NamedAccount) {
        add(named.facts, 500, "its number was read clean")
        switch named.target {
        case .open, .closed: break
        case .moved(let old, let account): add(account, 500, "its customer moved here from account \(old.number)")
        case .several(let old, let several):
            for account in several { add(account, 300, "its customer moved from account \(old.number)") }
        }
    }

    private mutating func add(_ facts: AccountFacts, _ weight: Int, _ sentence: String?) {
        var entry = entries[facts.number] ?? CandidateEntry(facts: facts, weight: 0, evidence: [])
        entry.weight = max(entry.weight, weight)
        if let sentence, !entry.evidence.contains(sentence) { entry.evidence.append(sentence) }
        entries[facts.number] = entry
    }
}

/// A last name of so few accounts is a hint by itself: families pay for each other.
private let fewNamesakes = 12

/// More accounts than this that an amount fits are shown only where the name agrees, too.
private let amountAloneMax = 8
