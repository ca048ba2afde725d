import Model

extension Inquiry {
    /// A key besides the number that speaks for an account, in a clerk's words: what the payer paid (to the
    /// cent), what the coupon prints, who paid before, who signs. Nil where none does.
    mutating func secondKey(for account: AccountFacts) throws -> String? {
        let fit = fit(account)
        if fit.isExact { return fit.sentence }
        if case .arranged(let arrangement) = fit, arrangement.isKey { return fit.sentence }
        if account.wasAsked(for: item.scanlineDue) { return "the coupon prints what the account was billed" }
        if name(of: account) == .agrees { return NameFit.agrees.sentence }
        if try payerProves(account) { return "this payer paid for the account before" }
        if try isEarlierPayer(of: account) { return "somebody of this name paid for the account before" }
        return nil
    }

    /// Whether every number that could not be matched may be the customer's own, misread or mistyped once.
    ///
    /// A number that is something else (another utility's, another customer's) speaks against an account
    /// that only name and payer speak for.
    mutating func explainsNumbers(_ account: AccountFacts) throws -> Bool {
        let unmatched = claims.damaged + (try named().missing)
        guard !unmatched.isEmpty else { return true }
        let own = try accounts(ofCustomerOf: account).map(\.number) + [account.number]
        return unmatched.allSatisfy { claim in own.contains { isOneErrorApart(claim.digits, $0) } }
    }

    /// The only set of the customer's accounts, this one among them, that owes exactly the amount; nil where
    /// the amount can be meant for the one account.
    mutating func split(including account: AccountFacts) throws -> [AccountFacts]? {
        guard fit(account) == .over else { return nil }
        let others = try otherOpenAccounts(of: account)
        guard let split = onlySplit(of: amount, over: [account] + others) else { return nil }
        return split.contains { $0.number == account.number } ? split : nil
    }

    /// The open accounts of an account's customer, itself left out.
    mutating func otherOpenAccounts(of account: AccountFacts) throws -> [AccountFacts] {
        try accounts(ofCustomerOf: account).filter { $0.isOpen && $0.number != account.number }
    }
}

/// Whether a number may be another with one error; unreadable places may be anything.
private func isOneErrorApart(_ read: String, _ number: String) -> Bool {
    var (bytes, wanted) = (Array(read.utf8), Array(number.utf8))
    if bytes.count == wanted.count {
        for place in bytes.indices where bytes[place] == unread { bytes[place] = wanted[place] }
    }
    // Account numbers shorter than a word that forgives errors are compared as they are.
    if wanted.count < 4 { return bytes == wanted }
    swap(&bytes, &wanted)
    return isNear(bytes, wanted)
}
