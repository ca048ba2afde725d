import Model

/// What is known of a payer's bank account.
struct PayerMemory {
    /// The accounts it paid for, as far as they can prove anything.
    var known: [PayerFacts] = []
    /// Those it paid for so long ago that they are only a hint.
    var faded: [PayerFacts] = []
    /// It pays for so many accounts that it proves nothing.
    var isService = false
    /// Some of those many.
    var many: [PayerFacts] = []

    func knows(_ account: AccountFacts) -> Bool { known.contains { $0.account == account.number } }

    init() {}

    /// Memory counts from the item's own day: an entry not used for `days` before it says nothing any more, since
    /// people move, and banks give numbers out again.
    init(_ remembered: [PayerFacts], on day: CivilDate, policy: MatchPolicy) {
        isService = remembered.count > policy.payerAccountsMax
        guard !isService else {
            many = remembered
            return
        }
        let oldest = day.advanced(by: -policy.payerMemoryDays)
        known = remembered.filter { $0.lastOn.map { $0 >= oldest } ?? true }
        faded = remembered.filter { $0.lastOn.map { $0 < oldest } ?? false }
    }
}

extension Inquiry {
    /// What the payer memory says; empty where the payer is not known.
    mutating func payer() throws -> PayerMemory {
        if let payerAnswer { return payerAnswer }
        var answer = PayerMemory()
        if let payer = query.payer {
            let remembered = try book.accounts(ofPayer: payer, limit: policy.payerAccountsMax + 1)
            answer = PayerMemory(remembered, on: query.day, policy: policy)
        }
        payerAnswer = answer
        return answer
    }

    /// The accounts that the payer paid for before, as they stand now.
    mutating func payerAccounts() throws -> [AccountFacts] {
        if let payerAccountsAnswer { return payerAccountsAnswer }
        let answer = try payer().known.compactMap { try book.account($0.account) }
        payerAccountsAnswer = answer
        return answer
    }

    /// The accounts of the one customer whose many accounts the payer paid for: a landlord's bank account, and no
    /// bill-pay service's, as far as those that are looked at tell. For candidates only; empty for any other payer.
    mutating func landlordAccounts() throws -> [AccountFacts] {
        if let landlordAnswer { return landlordAnswer }
        let paid = try payer().many.compactMap { try book.account($0.account) }
        let isOne = paid.count > 1 && paid.allSatisfy { isSameCustomer($0, paid[0]) }
        let answer = isOne ? try accounts(ofCustomerOf: paid[0]) : []
        landlordAnswer = answer
        return answer
    }

    /// Whether the payer is a key to an account: it paid for it before, and for nobody who has nothing to do with its
    /// holder. A bank account of two unrelated customers may be a bill-pay service that was seen twice only.
    mutating func payerProves(_ account: AccountFacts) throws -> Bool {
        guard try payer().knows(account) else { return false }
        return try payerAccounts().allSatisfy { $0.number == account.number || areRelated($0, account) }
    }

    /// The one customer that the payer always paid for; nil where there are several, or none.
    mutating func payerCustomer() throws -> AccountFacts? {
        let known = try payerAccounts()
        guard let first = known.first, known.allSatisfy({ isSameCustomer($0, first) }) else { return nil }
        return first
    }

    /// Whether the payer is known, and only for customers other than the account's.
    mutating func paysForOthersOnly(_ account: AccountFacts) throws -> Bool {
        let known = try payerAccounts()
        return !known.isEmpty && !known.contains { $0.number == account.number || isSameCustomer($0, account) }
    }
}

/// Whether two accounts have one customer.
func isSameCustomer(_ one: AccountFacts, _ other: AccountFacts) -> Bool {
    !one.customer.isEmpty && one.customer == other.customer
}

/// One customer, or two of one family's name.
private func areRelated(_ one: AccountFacts, _ other: AccountFacts) -> Bool {
    isSameCustomer(one, other) || PersonName(one.name).last == PersonName(other.name).last
}
