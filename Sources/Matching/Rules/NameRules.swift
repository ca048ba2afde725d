import Model

extension Rule {
    /// The holder's name and an amount exactly owed, together only once in the whole book.
    static let nameAndAmount = Rule("name-and-amount", version: 2) { inquiry in
        guard try inquiry.isUnnamed(), let pool = try inquiry.readingsToTheCent() else { return nil }
        let fitting = pool.filter { inquiry.name(of: $0) == .agrees }
        if fitting.count == 1, try inquiry.paysForOthersOnly(fitting[0]) { return nil }
        if fitting.count == 1, let rival = try inquiry.setInstead(of: fitting[0]) { return rival }
        let why = "in the whole book only this account has the payer's name and an amount due that fits to the cent"
        return try inquiry.only(fitting, why: why)
    }
}

extension Inquiry {
    /// Holds an amount that is twice what an account owes, where some of its customer's accounts owe exactly that.
    fileprivate mutating func setInstead(of account: AccountFacts) throws -> Ruling? {
        guard !fit(account).isExact else { return nil }
        let accounts = try [account] + otherOpenAccounts(of: account)
        guard isSomeSplit(amount, over: accounts) else { return nil }
        return .hold(
            .accountAmbiguous,
            "the amount is twice what account \(account.number) owes, and what several accounts of its customer owe")
    }

    /// Accounts in the payer's name that owe exactly the amount or exactly half of it, and namesakes with a bill of
    /// exactly the amount, by number; nil where the amount is one that people choose, or the book's answer was cut.
    fileprivate mutating func readingsToTheCent() throws -> [AccountFacts]? {
        let others = try namedNamesakes()
        guard amount.rawValue % 500 != 0, !hasTooManyNamesakes else { return nil }
        var pool: [String: AccountFacts] = [:]
        for account in others where isExact(account) { pool[account.number] = account }
        var holders = try namedHolders(owing: amount) ?? []
        if amount.rawValue % 1_000 != 0, amount.rawValue % 2 == 0 {
            guard let half = try namedHolders(owing: Cents(amount.rawValue / 2)) else { return nil }
            holders += half
        }
        for holder in holders { pool[holder.number] = try account(of: holder) }
        return pool.values.sorted { $0.number < $1.number }
    }
}
