import Model

/// How the amount of an item stands to what one account owes.
enum AmountFit: Hashable, Sendable {
    /// All that is due.
    case total
    /// Exactly what is open on one bill.
    case oneBill
    /// Exactly the oldest bills: what was past due, or the balance before the last bill.
    case oldestBills
    /// What a plan, an extension, a pledge or the like explains.
    case arranged(Arrangement)
    /// The amount due that the coupon prints.
    case printed
    /// All that is due, rounded up to whole dollars.
    case roundedUp
    /// Twice what is due.
    case doubled
    /// What is due with two neighbouring digits swapped.
    case swapped
    /// Less than is due.
    case part
    /// Something for an account that owes nothing.
    case nothingOwed
    /// More than is due, and no reading explains it.
    case over

    /// A key of its own: it equals to the cent something that this account was asked for.
    var isExact: Bool { self == .total || self == .oneBill || self == .oldestBills }

    /// Whether the amount can be meant for this account alone.
    var agrees: Bool { self != .nothingOwed && self != .over }

    /// What a clerk reads.
    var sentence: String {
        switch self {
        case .total: "the amount is exactly the total due"
        case .oneBill: "the amount is exactly one open bill"
        case .oldestBills: "the amount is exactly the oldest open bills"
        case .arranged(let arrangement): arrangement.sentence
        case .printed: "the amount is what the coupon prints"
        case .roundedUp: "the amount is the total due, rounded up"
        case .doubled: "the amount is twice the total due"
        case .swapped: "the amount is the total due with two digits swapped"
        case .part: "the amount is a part of the total due"
        case .nothingOwed: "the account owes nothing"
        case .over: "the amount is more than the account owes"
        }
    }
}

/// Reads an amount against what an account owes; the first reading that holds is taken.
func amountFit(_ amount: Cents, printed: Cents?, to account: AccountFacts) -> AmountFit {
    let due = account.owed
    if amount == due, due > .zero { return .total }
    if account.bills.contains(where: { $0.open == amount && !$0.isDeposit }) { return .oneBill }
    if equalsOldestBills(amount, of: account) { return .oldestBills }
    if amount == printed { return .printed }
    return due > .zero ? reading(amount, of: due) : .nothingOwed
}

/// Reads an amount that is not due against what is due.
func reading(_ amount: Cents, of due: Cents) -> AmountFit {
    if amount < due { return isSwapped(amount, due) ? .swapped : .part }
    if amount.rawValue == due.rawValue * 2 { return .doubled }
    let excess = amount - due
    if amount.rawValue % 100 == 0, excess.rawValue <= max(500, due.rawValue / 10) { return .roundedUp }
    return isSwapped(amount, due) ? .swapped : .over
}

private func equalsOldestBills(_ amount: Cents, of account: AccountFacts) -> Bool {
    guard account.bills.count > 2 else { return false }
    var sum = Cents.zero
    for bill in account.bills where !bill.isDeposit {
        sum += bill.open
        if sum >= amount { return sum == amount }
    }
    return false
}

/// Whether two amounts differ by one swap of neighbouring digits.
func isSwapped(_ left: Cents, _ right: Cents) -> Bool {
    var (left, right) = (left.rawValue, right.rawValue)
    guard left != right, left > 0, right > 0 else { return false }
    while left % 10 == right % 10 { (left, right) = (left / 10, right / 10) }
    // The first digit may be swapped too, but an amount does not begin with a zero.
    guard left / 100 == right / 100, left >= 10, right >= 10 else { return false }
    return left % 10 == right / 10 % 10 && right % 10 == left / 10 % 10
}

extension AccountFacts {
    /// What is open on its bills, without security that was asked for.
    var owed: Cents {
        var sum = Cents.zero
        for bill in bills where !bill.isDeposit { sum += bill.open }
        return sum
    }

    /// Whether the amount due that a coupon prints is what this account was billed.
    func wasAsked(for printed: Cents?) -> Bool {
        guard let printed, printed > .zero, !bills.isEmpty else { return false }
        return printed == owed || printed == bills.reduce(.zero) { $0 + ($1.isDeposit ? .zero : $1.amount) }
    }
}

extension AccountGlance {
    /// Whether it leaves it open that an amount says anything of the account: that it is to the cent, or wrong in a way
    /// that people are.
    func mayTell(_ amount: Cents, printed: Cents?) -> Bool {
        guard let owed else { return true }
        guard owed > .zero else { return false }
        return amount == owed || amount != printed && reading(amount, of: owed).isTelling
    }
}
