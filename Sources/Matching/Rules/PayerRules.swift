import Model

extension Rule {
    /// The holder's name on the payment and the service address in its text.
    static let addressAndName = Rule("address-and-name", version: 1) { inquiry in
        guard inquiry.memoWords().count > 1 else { return nil }
        let pool = try inquiry.unnamedPool()
        guard pool.contains(where: { inquiry.namesAddress(of: $0) }) else { return nil }
        let fitting = pool.filter { inquiry.namesAddress(of: $0) && inquiry.name(of: $0) == .agrees }
        return try inquiry.only(fitting, why: "the text names the service address, and the name is the holder's")
    }

    /// Three facts: a payer who paid for the account before, its holder's name, and exactly what it owes.
    static let payerNameAndAmount = Rule("payer-name-and-amount", version: 1) { inquiry in
        guard try inquiry.isUnnamed() else { return nil }
        let fitting = try inquiry.payerAccounts().filter { inquiry.fit($0).isExact }
        guard fitting.count == 1, inquiry.name(of: fitting[0]) > .differs else { return nil }
        return try inquiry.only(
            fitting, why: "the payer paid for it before, the name agrees and the amount is exactly owed by it alone")
    }

    /// The holder's name and exactly the total due, together only once in the whole book.
    static let nameAndAmount = Rule("name-and-amount", version: 1) { inquiry in
        // Whole five dollars are what people choose, not what they were asked for.
        guard inquiry.amount.rawValue % 500 != 0, try inquiry.isUnnamed() else { return nil }
        let fitting = try inquiry.owingExactly().filter { inquiry.name(of: $0) == .agrees }
        if fitting.count == 1, try inquiry.paysForOthersOnly(fitting[0]) { return nil }
        return try inquiry.only(fitting, why: "in the whole book only this account has the payer's name and owes exactly this")
    }

    /// The payer's only account, in the payer's name, of a customer who has no other, and an amount meant for it.
    static let payerAndName = Rule("payer-and-name", version: 1) { inquiry in
        guard try inquiry.isUnnamed(), try inquiry.payer().known.count == 1 else { return nil }
        guard let known = try inquiry.payerAccounts().first, known.isOpen, inquiry.name(of: known) == .agrees else {
            return nil
        }
        guard inquiry.fit(known).agrees, try inquiry.otherOpenAccounts(of: known).isEmpty else { return nil }
        return try inquiry.only([known], why: "the payer paid for this account only, and the name is its holder's")
    }
}

extension Inquiry {
    /// Whether no number of the item stands in the book: only then do payer, name and address speak.
    mutating func isUnnamed() throws -> Bool {
        guard try named().found.isEmpty, item.lines.allSatisfy({ $0.bill.isEmpty }) else { return false }
        return try !namesUnknownCoupon()
    }

    /// Accounts that payer, amount or last name bring up, each once, by number.
    mutating func unnamedPool() throws -> [AccountFacts] {
        guard try isUnnamed() else { return [] }
        var pool: [String: AccountFacts] = [:]
        for account in try payerAccounts() + owingExactly() + namesakes() where account.isOpen {
            pool[account.number] = account
        }
        return pool.values.sorted { $0.number < $1.number }
    }

    /// Posts to the only account that fits; several are ambiguous, and unexplained numbers speak against it.
    fileprivate mutating func only(_ fitting: [AccountFacts], why: String) throws -> Ruling? {
        guard let account = fitting.first else { return nil }
        guard fitting.count == 1 else {
            let numbers = fitting.map(\.number).joined(separator: ", ")
            return .hold(.accountAmbiguous, "accounts \(numbers) fit equally well: \(why)")
        }
        guard try explainsNumbers(account) else { return nil }
        return .post(self, to: account, proof: .twoKeys, why: why)
    }
}
