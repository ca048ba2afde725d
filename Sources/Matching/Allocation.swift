package import Model

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

/// Spreads money over the open bills of one account on a day (without one, every instalment is due). The parts sum to
/// `cents`, always.
///
/// In this order: the bill that the payer names; instalments that are due by a court's or a payment plan's order, to
/// the bills that the plan collects; the other bills by policy; the rest of what plans collect; customer credit. So a
/// plan's old debt never takes the money for the current bill, which the plan asks to be paid beside it. Who pays to
/// the cent one of the other bills, or all of them, means those, whatever instalment is due; only a court's order comes
/// first all the same.
///
/// A customer deposit is security and no debt: it takes money only where the payer names it, where a plan collects it,
/// or where the amount is exactly it and more than all debts, or exactly it and all debts.
package func allocate(
    _ cents: Cents, to bill: String?, of account: AccountFacts, policy: AllocationPolicy = AllocationPolicy(),
    on day: CivilDate? = nil
) -> [AllocatedPart] {
    var spread = Spread(left: cents)
    let ordered = account.bills.ordered(by: policy)
    let plans = account.terms?.plans.filter { $0.kind != .budget && !$0.bills.isEmpty } ?? []
    if let directed = bill ?? account.depositAlone(cents)?.number {
        for named in account.bills where named.number == directed { spread.give(to: named) }
    }
    let collected = Set(plans.flatMap(\.bills))
    let others = ordered.filter { !$0.isDeposit && !collected.contains($0.number) }
    let isForOthers = others.contains { $0.open == cents } || others.map(\.open).sum == cents
    for plan in plans where plan.comesFirst(with: cents, on: day, isForOthers: isForOthers) {
        var left = !isForOthers && cents == plan.remaining ? cents : plan.instalmentLeft
        for open in ordered where plan.bills.contains(open.number) { left -= spread.give(to: open, atMost: left) }
    }
    for open in others { spread.give(to: open) }
    for open in ordered where !open.isDeposit && collected.contains(open.number) { spread.give(to: open) }
    if let deposit = account.depositBesideDebts(cents) { spread.give(to: deposit) }
    return spread.finished()
}

/// Money on its way to bills.
private struct Spread {
    var left: Cents
    private var parts: [AllocatedPart] = []

    init(left: Cents) { self.left = left }

    /// Gives a bill what is open on it and left, at most so much; returns what it took.
    @discardableResult
    mutating func give(to bill: OpenBill, atMost limit: Cents = Cents(.max)) -> Cents {
        let place = parts.firstIndex { $0.bill == bill.number }
        let open = bill.open - (place.map { parts[$0].cents } ?? .zero)
        let take = min(left, open, limit)
        guard take > .zero else { return .zero }
        if let place {
            parts[place].cents += take
        } else {
            let kind = bill.isDeposit ? "customer-deposit" : "bill"
            parts.append(AllocatedPart(bill: bill.number, kind: kind, cents: take))
        }
        left -= take
        return take
    }

    /// The parts, the rest of the money as customer credit.
    func finished() -> [AllocatedPart] {
        left == .zero ? parts : parts + [AllocatedPart(bill: nil, kind: "credit", cents: left)]
    }
}

extension PaymentPlan {
    /// Whether the instalment is due on a day; without one it is.
    fileprivate func isDue(on day: CivilDate?) -> Bool { day.map(isDue(on:)) ?? true }

    /// Whether its instalment takes money before the other bills do.
    fileprivate func comesFirst(with cents: Cents, on day: CivilDate?, isForOthers: Bool) -> Bool {
        let isDue = isDue(on: day)
        return isForOthers ? isDue && (kind == .court || asks(for: cents)) : isDue || asks(for: cents)
    }

    /// Whether an amount is exactly what the plan asks for.
    fileprivate func asks(for cents: Cents) -> Bool { cents == instalmentLeft || cents == remaining }
}
