import Model

extension Stop {
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

    /// One key does not carry an amount far beyond anything owed.
    static let unusual = Stop(.amountUnusual, version: 1) { ruling, inquiry in
        guard ruling.proof == .oneKey, inquiry.isUnusual(for: ruling.accounts) else { return nil }
        return "\(inquiry.amount) is far more than is owed"
    }

    /// An amount that cannot be meant for the one account named, where its customer has others.
    ///
    /// An account that owes nothing can be paid ahead: by a payer who never paid another, and not with what
    /// others owe.
    static let otherAccounts = Stop(.otherAccountsOpen, version: 1) { ruling, inquiry in
        guard let account = ruling.only else { return nil }
        let fit = inquiry.fit(account)
        if fit == .total { return nil }
        let others = try inquiry.otherOpenAccounts(of: account)
        if let exact = others.first(where: { $0.owed == inquiry.amount }) {
            return "the amount is exactly what the customer's account \(exact.number) owes"
        }
        let owing = others.filter { $0.owed > .zero }
        guard !fit.agrees, !owing.isEmpty else { return nil }
        if fit == .nothingOwed, try inquiry.alwaysPays(account), onlySplit(of: inquiry.amount, over: owing) == nil {
            return nil
        }
        let more = owing.count == 1 ? "another account" : "\(owing.count) other accounts"
        return "\(fit.sentence), and the customer owes on \(more)"
    }
}

extension Inquiry {
    /// Whether the amount is out of all proportion to what the accounts owe.
    func isUnusual(for accounts: [AccountFacts]) -> Bool {
        guard amount > policy.unusualFloor else { return false }
        let due = accounts.reduce(Cents.zero) { $0 + $1.owed }
        return amount.rawValue / Int64(max(1, policy.unusualTimes)) > due.rawValue
    }

    /// Whether the payer is known for this account and no other.
    fileprivate mutating func alwaysPays(_ account: AccountFacts) throws -> Bool {
        let known = try payer().known
        return known.count == 1 && known[0].account == account.number
    }
}
