import Model

extension Stop {
    /// A check that came before, told with another bank account: its number, its amount, its payer's name and its
    /// account are the same. Checks of two banks may have one number, but hardly so.
    ///
    /// Not asked where the amount is exactly owed: what the first one paid is owed no more.
    static let toldAgain = Stop(.duplicateSuspected, version: 1) { ruling, inquiry in
        let number = inquiry.item.checkNumber
        guard !number.isEmpty, inquiry.query.payer != nil, let account = ruling.accounts.first else { return nil }
        if let only = ruling.only, inquiry.fit(only).isExact { return nil }
        for earlier in try inquiry.history(of: account) {
            let days = abs(earlier.on.daysSinceEpoch - inquiry.query.day.daysSinceEpoch)
            guard earlier.checkNumber == number, earlier.total == inquiry.amount else { continue }
            guard days <= inquiry.policy.duplicateDays else { continue }
            guard nameFit(inquiry.payerName(), PersonName(earlier.payer)) == .agrees else { continue }
            inquiry.twin = earlier.payment
            return "payment \(earlier.payment) brought account \(account.number) a check of the same number and amount"
        }
        return nil
    }

    /// A closed account that owes nothing takes no money.
    static let closed = Stop(.accountClosed, version: 1) { ruling, _ in
        for account in ruling.accounts where !account.isOpen {
            if account.isRecovery {
                return "account \(account.number) is \(account.status.words) and has no open bill to take money for it"
            }
            return "account \(account.number) is closed, owes nothing and has no successor"
        }
        return nil
    }

    /// A customer whose payments were returned pays with what cannot be.
    static let cashOnly = Stop(.cashOnly, version: 1) { ruling, inquiry in
        guard inquiry.item.tender.isReturnable else { return nil }
        for account in ruling.accounts where account.cashOnly {
            return "account \(account.number) is cash-only and this can be returned"
        }
        return nil
    }

    /// A flag in force that the policy lets hold payments.
    static let flagged = Stop(.accountFlagged, version: 1) { ruling, _ in
        for account in ruling.accounts {
            if let flag = account.holdingFlags.first { return "account \(account.number) has the flag \(flag)" }
        }
        return nil
    }

    /// The payer's own account, known and owing exactly this: as good a proof as the number.
    static let rival = Stop(.accountAmbiguous, version: 1) { ruling, inquiry in
        guard let account = ruling.only, !inquiry.fit(account).isExact else { return nil }
        guard try inquiry.payer().known.contains(where: { $0.account != account.number }) else { return nil }
        let others = try inquiry.payerAccounts().filter { $0.number != account.number && $0.owed == inquiry.amount }
        for other in others where inquiry.name(of: other) == .agrees {
            return "payer and name are known for account \(other.number), which owes exactly this"
        }
        return nil
    }

    /// No key carries an amount far beyond anything owed, unless the amount is one of two itself.
    static let unusual = Stop(.amountUnusual, version: 2) { ruling, inquiry in
        guard inquiry.isUnusual(for: ruling.accounts) else { return nil }
        if ruling.proof == .twoKeys, inquiry.isExplained(ruling) { return nil }
        return "\(inquiry.amount) is far more than is owed"
    }

    /// An amount that cannot be meant for the one account named, where its customer has others.
    static let otherAccounts = Stop(.otherAccountsOpen, version: 2) { ruling, inquiry in
        guard let account = ruling.only else { return nil }
        let fit = inquiry.fit(account)
        if fit == .total { return nil }
        let others = try inquiry.otherOpenAccounts(of: account)
        if let exact = others.first(where: { $0.owed == inquiry.amount }) {
            return "the amount is exactly what the customer's account \(exact.number) owes"
        }
        guard !fit.agrees, !others.isEmpty else { return nil }
        if fit == .nothingOwed, try inquiry.isPaidAhead(account, beside: others) { return nil }
        let owing = others.count { $0.owed > .zero }
        let what = owing == 0 ? "has" : "owes on"
        let count = owing == 0 ? others.count : owing
        return "\(fit.sentence), and the customer \(what) \(count == 1 ? "another account" : "\(count) other accounts")"
    }
}

extension Inquiry {
    /// Whether the amount is out of all proportion to what the accounts owe.
    func isUnusual(for accounts: [AccountFacts]) -> Bool {
        guard amount > policy.unusualFloor else { return false }
        let due = accounts.reduce(Cents.zero) { $0 + $1.owed }
        return amount.rawValue / Int64(max(1, policy.unusualTimes)) > due.rawValue
    }

    /// Whether something asks for the amount of a ruling: each share is what its bill or account owes, or what was
    /// agreed about the account explains it.
    fileprivate func isExplained(_ ruling: Ruling) -> Bool {
        guard let account = ruling.only, ruling.shares.count == 1 else { return true }
        if areOwed(ruling.shares, ruling.accounts) { return true }
        if case .arranged = fit(account) { return true }
        return fit(account).isExact
    }

    /// Whether the amount may be money in advance for an account that owes nothing: not out of proportion to what came
    /// for it before, and where the customer owes on others, by a payer who paid for this one before and with an amount
    /// that nothing else explains.
    fileprivate mutating func isPaidAhead(_ account: AccountFacts, beside others: [AccountFacts]) throws -> Bool {
        guard let most = try history(of: account).map(\.cents).max(), amount.rawValue <= most.rawValue * 2 else {
            return false
        }
        let owing = others.filter { $0.owed > .zero }
        return try owing.isEmpty || payer().knows(account) && !isExplained(by: owing)
    }

    /// Whether what accounts owe explains the amount in a way that a part of anything does not: to the cent, rounded,
    /// doubled, with two digits swapped, or as a sum of several.
    fileprivate func isExplained(by accounts: [AccountFacts]) -> Bool {
        accounts.contains { account in
            let fit = fit(account)
            return fit.isExact || fit == .roundedUp || fit == .doubled || fit == .swapped
        } || isSomeSplit(amount, over: accounts)
    }
}
