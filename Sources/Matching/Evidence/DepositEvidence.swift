import Model

extension AccountFacts {
    /// The customer deposit that an amount is for although nobody says so: exactly it, and more than all debts, which a
    /// payment of less would be meant for.
    func depositAlone(_ cents: Cents) -> OpenBill? {
        let deposits = bills.filter { $0.isDeposit && $0.open == cents }
        return deposits.count == 1 && owed < cents ? deposits[0] : nil
    }

    /// The customer deposit that an amount pays beside all debts: exactly both.
    func depositBesideDebts(_ cents: Cents) -> OpenBill? {
        let owed = owed
        let deposits = bills.filter { $0.isDeposit && owed + $0.open == cents }
        return deposits.count == 1 && owed > .zero ? deposits[0] : nil
    }
}
