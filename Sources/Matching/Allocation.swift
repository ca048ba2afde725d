package import Model

/// The order in which the open bills of an account take money that the payer did not direct.
package enum AllocationOrder: String, Hashable, Sendable, CaseIterable {
    case oldestDueFirst = "oldest-due-first"
    case oldestIssuedFirst = "oldest-issued-first"
}

/// The part of a payment that one bill of an account takes, or that becomes the customer's credit.
package struct AllocatedPart: Hashable, Sendable {
    /// The bill; nil for customer credit.
    package var bill: String?
    /// `bill`, `customer-deposit` or `credit`: which of the books takes it.
    package var kind: String
    package var cents: Cents

    package init(bill: String?, kind: String, cents: Cents) {
        self.bill = bill
        self.kind = kind
        self.cents = cents
    }
}

/// Spreads money over the open bills of one account: the bill the payer names first, then the
/// oldest, the rest to customer credit. The parts sum to `cents`, always.
///
/// A customer deposit is security and no debt: it takes money only where the payer names it, or where the
/// account is asked for nothing else and for exactly this amount.
package func allocate(
    _ cents: Cents, to bill: String?, of account: AccountFacts, policy: AllocationOrder = .oldestDueFirst
) -> [AllocatedPart] {
    var left = cents
    var parts: [AllocatedPart] = []
    func give(_ open: OpenBill) {
        let take = min(left, open.open)
        guard take > .zero else { return }
        parts.append(
            AllocatedPart(bill: open.number, kind: open.isDeposit ? "customer-deposit" : "bill", cents: take))
        left -= take
    }
    let directed = bill ?? account.depositAskedFor(cents)
    if let directed, let named = account.bills.first(where: { $0.number == directed }) { give(named) }
    for open in account.bills.ordered(by: policy) where open.number != directed && !open.isDeposit { give(open) }
    if left != .zero { parts.append(AllocatedPart(bill: nil, kind: "credit", cents: left)) }
    return parts
}

extension AccountFacts {
    /// The customer deposit that an amount is for although nobody says so: the account is asked for nothing else,
    /// and for exactly this amount.
    fileprivate func depositAskedFor(_ cents: Cents) -> String? {
        bills.count == 1 && bills[0].isDeposit && bills[0].open == cents ? bills[0].number : nil
    }
}

extension OpenBill {
    /// Whether it asks for security held for the account, and not for money owed.
    var isDeposit: Bool { kind == "customer-deposit" }

    /// Its place among others: by the date asked for, those without one last, then by number.
    fileprivate func precedes(_ other: OpenBill, by date: (OpenBill) -> CivilDate?) -> Bool {
        let (mine, theirs) = (date(self)?.packed ?? .max, date(other)?.packed ?? .max)
        return mine == theirs ? number < other.number : mine < theirs
    }
}

extension [OpenBill] {
    /// The bills in the order in which they take money.
    func ordered(by policy: AllocationOrder) -> [OpenBill] {
        switch policy {
        case .oldestDueFirst: sorted { $0.precedes($1) { $0.dueOn } }
        case .oldestIssuedFirst: sorted { $0.precedes($1) { $0.issuedOn } }
        }
    }
}
