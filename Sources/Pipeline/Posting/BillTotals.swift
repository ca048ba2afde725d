internal import Model

/// What accounts with several open bills owe in all, by the total: once read, and added to with each posting. Whoever
/// asks looks at the account itself, so a total that holds no longer does no harm.
struct BillTotals {
    var isKept = false
    private var accounts: [Cents: Set<String>] = [:]

    mutating func add(_ account: String, _ total: Cents) { accounts[total, default: []].insert(account) }

    func accounts(owing total: Cents) -> [String] { (accounts[total] ?? []).sorted() }
}

extension AccountFacts {
    /// What it owes in all where that is open on several bills; nil where it is not.
    var owedOverBills: Cents? {
        let open = bills.filter { $0.kind != "customer-deposit" }
        return open.count > 1 ? open.map(\.open).sum : nil
    }
}
