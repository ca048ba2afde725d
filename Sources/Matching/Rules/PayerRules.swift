import Model

extension Rule {
    /// Three facts: a payer who paid for the customer before, a name that is known for the account, and exactly what it
    /// owes and no other account of the payer's customers does.
    static let payerNameAndAmount = Rule("payer-name-and-amount", version: 2) { inquiry in
        guard try inquiry.isUnnamed() else { return nil }
        let fitting = try inquiry.payerCustomersAccounts().filter { inquiry.fit($0).isExact }
        guard fitting.count == 1, try inquiry.isNameKnown(for: fitting[0]) else { return nil }
        return try inquiry.only(
            fitting, why: "the payer paid for it before, the name is known and the amount is exactly owed by it alone")
    }

    /// The payer's only account, in the payer's name, of a customer who has no other, and no amount out of all
    /// proportion.
    static let payerAndName = Rule("payer-and-name", version: 2) { inquiry in
        guard try inquiry.isUnnamed(), try inquiry.payer().known.count == 1 else { return nil }
        guard let known = try inquiry.payerAccounts().first, known.isOpen, inquiry.name(of: known) == .agrees else {
            return nil
        }
        guard !inquiry.isUnusual(for: [known]), try inquiry.otherOpenAccounts(of: known).isEmpty else { return nil }
        return try inquiry.only([known], why: "the payer paid for this account only, and the name is its holder's")
    }
}

extension Inquiry {
    /// The open accounts of the customers whom the payer paid for.
    fileprivate mutating func payerCustomersAccounts() throws -> [AccountFacts] {
        var found: [String: AccountFacts] = [:]
        for known in try payerAccounts() {
            found[known.number] = known
            for other in try otherOpenAccounts(of: known) { found[other.number] = other }
        }
        return found.values.sorted { $0.number < $1.number }
    }

    /// Whether the payer's name is at least the holder's last name, or that of somebody who paid for the account.
    fileprivate mutating func isNameKnown(for account: AccountFacts) throws -> Bool {
        try name(of: account) > .differs || isEarlierPayer(of: account)
    }

    /// Whether no number of the item stands in the book: only then do payer, name and address speak.
    mutating func isUnnamed() throws -> Bool {
        guard try named().found.isEmpty, item.lines.allSatisfy({ $0.bill.isEmpty }) else { return false }
        return try !namesUnknownCoupon()
    }

    /// Posts to the only account that fits; several are ambiguous, and unexplained numbers speak against it.
    mutating func only(_ fitting: [AccountFacts], why: String) throws -> Ruling? {
        guard let account = fitting.first else { return nil }
        guard fitting.count == 1 else {
            let numbers = fitting.map(\.number).joined(separator: ", ")
            return .hold(.accountAmbiguous, "accounts \(numbers) fit equally well: \(why)")
        }
        guard try explainsNumbers(account) else { return nil }
        return .post(self, to: account, proof: .twoKeys, why: why)
    }
}
