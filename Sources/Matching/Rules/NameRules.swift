import Model

extension Rule {
    /// The holder's name and an amount exactly owed, together only once in the whole book.
    static let nameAndAmount = Rule("name-and-amount", version: 2) { inquiry in
        guard try inquiry.isUnnamed(), let pool = try inquiry.readingsToTheCent() else { return nil }
        let fitting = pool.filter { inquiry.name(of: $0) == .agrees }
        if fitting.count == 1, try inquiry.paysForOthersOnly(fitting[0]) { return nil }
        let why = "in the whole book only this account has the payer's name and an amount due that fits to the cent"
        return try inquiry.only(fitting, why: why)
    }

    /// A name that one customer of the whole book has, and exactly what all his accounts owe together.
    static let nameAndAllDue = Rule("name-and-all-due", version: 1) { inquiry in
        guard try inquiry.isUnnamed(), inquiry.amount.rawValue % 500 != 0 else { return nil }
        let agreeing = try inquiry.namesakes().filter { inquiry.name(of: $0) == .agrees }
        guard let first = agreeing.first, agreeing.allSatisfy({ isSameCustomer($0, first) }) else { return nil }
        let owing = try inquiry.accounts(ofCustomerOf: first).filter { $0.owed > .zero }
        guard owing.count > 1, owing.reduce(.zero, { $0 + $1.owed }) == inquiry.amount else { return nil }
        guard try !inquiry.paysForOthersOnly(first), try inquiry.explainsNumbers(first) else { return nil }
        return .split(
            over: owing,
            why: "in the whole book only this customer has the payer's name, and the amount is exactly what all his "
                + "accounts owe together")
    }
}

extension Inquiry {
    /// Accounts that owe exactly the amount or exactly half of it, and namesakes with a bill of exactly the
    /// amount, by number; nil where the amount is one that people choose, or where the book's answer was cut.
    fileprivate mutating func readingsToTheCent() throws -> [AccountFacts]? {
        let others = try namesakes()
        guard amount.rawValue % 500 != 0, !hasTooManyNamesakes else { return nil }
        var pool: [String: AccountFacts] = [:]
        for account in try owingExactly() + others.filter({ fit($0).isExact }) { pool[account.number] = account }
        if amount.rawValue % 1_000 != 0, amount.rawValue % 2 == 0 {
            guard let half = try accounts(owing: Cents(amount.rawValue / 2)) else { return nil }
            for account in half { pool[account.number] = account }
        }
        return pool.values.sorted { $0.number < $1.number }
    }
}
