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
        return try inquiry.best(of: pool.entries).map { entry in
            let weighed = try inquiry.weigh(entry)
            return Candidate(
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
    private(set) var entries: [CandidateEntry] = []
    private var places: [String: Int] = [:]

    mutating func gather(_ inquiry: inout Inquiry) throws {
        try gatherNumbers(&inquiry)
        try gatherUnread(&inquiry)
        for account in try inquiry.envelopeReading()?.accounts ?? [] {
            add(account, 450, "its envelope holds a coupon of this account")
        }
        for number in places.keys.sorted().prefix(4) {
            let named = entries[places[number]!].facts
            for other in try inquiry.accounts(ofCustomerOf: named).prefix(24) where other.isOpen { add(other, 0, nil) }
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
            if !near.isOpen, case .moved(let old, let account) = try inquiry.target(of: near) {
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
        for own in try inquiry.landlordAccounts().prefix(24) where own.isOpen { add(own, 0, nil) }
        for faded in try inquiry.payer().faded {
            if let account = try inquiry.book.account(faded.account) { add(account, 0, nil) }
        }
    }

    private mutating func gatherNamesAndAmounts(_ inquiry: inout Inquiry) throws {
        let (amount, printed) = (inquiry.amount, inquiry.item.scanlineDue)
        for namesake in try inquiry.namesakes() where namesake.name > .differs {
            let isHint = namesake.name == .agrees || inquiry.hasFewNamesakes
            guard isHint || namesake.holder.glance.mayTell(amount, printed: printed) else { continue }
            guard let account = try inquiry.account(of: namesake.holder), account.isOpen else { continue }
            if isHint || inquiry.isTelling(account) { add(account, 0, nil) }
        }
        // So many accounts of one amount are no hint to any of them, unless something else brings it up too.
        let isUnnamed = entries.allSatisfy { $0.weight == 0 }
        let (readings, areHints) =
            isUnnamed
            ? try inquiry.amountReadings(few: amountAloneMax) : (try inquiry.namedAmountReadings(), false)
        for other in readings where other.isOpen && (areHints || inquiry.name(of: other) == .agrees) {
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
        let place = places[facts.number] ?? entries.count
        if place == entries.count {
            entries.append(CandidateEntry(facts: facts, weight: 0, evidence: []))
            places[facts.number] = place
        }
        entries[place].weight = max(entries[place].weight, weight)
        if let sentence, !entries[place].evidence.contains(sentence) { entries[place].evidence.append(sentence) }
    }
}

/// More accounts than this that an amount fits are shown only where the name agrees, too.
private let amountAloneMax = 8
