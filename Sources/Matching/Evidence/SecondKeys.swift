import Model

extension Inquiry {
    /// A key besides the number that speaks for an account, in a clerk's words: what the payer paid (to the
    /// cent), what the coupon prints, who paid before, who signs. Nil where none does.
    mutating func secondKey(for account: AccountFacts) throws -> String? {
        let fit = fit(account)
        if fit.isExact { return fit.sentence }
        if account.wasAsked(for: item.scanlineDue) { return "the coupon prints what the account was billed" }
        if name(of: account) == .agrees { return NameFit.agrees.sentence }
        if try payer().knows(account) { return "this payer paid for the account before" }
        return nil
    }

    /// Whether every number that could not be matched may be the account's own, misread or mistyped once.
    ///
    /// A number that is something else (another utility's, another customer's) speaks against an account
    /// that only name and payer speak for.
    mutating func explainsNumbers(_ account: AccountFacts) throws -> Bool {
        let open = claims.damaged + (try named().missing)
        return open.allSatisfy { isOneErrorApart($0.digits, account.number) }
    }

    /// Whether the payer is known, and only for customers other than the account's.
    mutating func paysForOthersOnly(_ account: AccountFacts) throws -> Bool {
        let known = try payerAccounts()
        return !known.isEmpty && known.allSatisfy { $0.number != account.number && $0.customer != account.customer }
    }

    /// Whether the item's texts name the service address of an account.
    mutating func namesAddress(of account: AccountFacts) -> Bool {
        names(memoWords(), address: account.serviceAddress)
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
