import Model

extension Inquiry {
    /// Holds the item where payer or name, and the amount, speak for an account other than those that something else
    /// proves: a runner-up with the same proof.
    mutating func rival(to accounts: [AccountFacts]) throws -> Ruling? {
        guard let other = try ownReadings().first(where: { own in !accounts.contains { $0.number == own.number } })
        else { return nil }
        let numbers = Set(accounts.map(\.number)).sorted().joined(separator: ", ")
        let key = name(of: other) == .agrees ? NameFit.agrees.sentence ?? "" : "this payer paid for it before"
        return .hold(
            .accountAmbiguous,
            "account \(numbers) fits, and so does account \(other.number): \(key), and \(fit(other).sentence)")
    }

    /// The open accounts that payer memory or name speak for, and the amount too, to the cent, by number.
    private mutating func ownReadings() throws -> [AccountFacts] {
        let paid = try payerAccounts()
        let named = try namedNamesakes() + namedAmountReadings()
        var found: [String: AccountFacts] = [:]
        for account in paid + named where account.isOpen && fit(account).isReading { found[account.number] = account }
        return found.values.sorted { $0.number < $1.number }
    }
}

extension AmountFit {
    /// Whether it is a reading by which payer or name are followed: exactly what is owed, or twice that.
    fileprivate var isReading: Bool { isExact || self == .doubled }
}
