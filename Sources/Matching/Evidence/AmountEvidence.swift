import Model

/// How the amount of an item stands to what one account owes.
enum AmountFit: Hashable, Sendable {
    /// All that is due.
    case total
    /// All that is due, and the customer deposit that was asked for.
    case totalAndDeposit
    /// Exactly what is open on one bill.
    case oneBill
    /// Exactly a customer deposit that was asked for.
    case deposit
    /// Exactly the bills whose due date is past on the item's day.
    case pastDue
    /// Exactly the oldest bills: the balance before the last bill.
    case oldestBills
    /// All that is due but the penalty.
    case withoutPenalty
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
    var isExact: Bool {
        switch self {
        case .total, .totalAndDeposit, .oneBill, .deposit, .pastDue, .oldestBills, .withoutPenalty: true
        case .printed, .roundedUp, .doubled, .swapped, .part, .nothingOwed, .over: false
        }
    }

    /// Whether the amount can be meant for this account alone.
    var agrees: Bool { self != .nothingOwed && self != .over }

    /// What a clerk reads.
    var sentence: String {
        switch self {
        case .total: "the amount is exactly the total due"
        case .totalAndDeposit: "the amount is exactly the total due and the customer deposit asked for"
        case .oneBill: "the amount is exactly one open bill"
        case .deposit: "the amount is exactly the customer deposit asked for"
        case .pastDue: "the amount is exactly what is past due"
        case .withoutPenalty: "the amount is exactly the total due without the penalty"
        case .oldestBills: "the amount is exactly the oldest open bills"
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

/// Reads an amount of a day against what an account owes; the first reading that holds is taken.
func amountFit(_ amount: Cents, printed: Cents?, on day: CivilDate, to account: AccountFacts) -> AmountFit {
    let due = account.owed
    if amount == due, due > .zero { return .total }
    if let exact = exactPart(amount, on: day, of: account, due: due) { return exact }
    if amount == printed { return .printed }
    guard due > .zero else { return .nothingOwed }
    if amount < due { return isSwapped(amount, due) ? .swapped : .part }
    if amount.rawValue == due.rawValue * 2 { return .doubled }
    let excess = amount - due
    if amount.rawValue % 100 == 0, excess.rawValue <= max(500, due.rawValue / 10) { return .roundedUp }
    return isSwapped(amount, due) ? .swapped : .over
}

/// Readings to the cent besides the total.
private func exactPart(_ amount: Cents, on day: CivilDate, of account: AccountFacts, due: Cents) -> AmountFit? {
    let bills = account.bills
    guard bills.count > 1 || bills.first?.isDeposit ?? false else { return nil }
    if bills.contains(where: { $0.open == amount && !$0.isDeposit }) { return .oneBill }
    if bills.contains(where: { $0.open == amount && $0.isDeposit }) { return .deposit }
    if account.due > due, due > .zero, amount == account.due { return .totalAndDeposit }
    guard bills.count > 2 || bills.contains(where: \.isPenalty) else { return nil }
    if amount == bills.open({ !$0.isDeposit && $0.dueOn.map { $0 < day } ?? false }) { return .pastDue }
    if equalsOldestBills(amount, of: account) { return .oldestBills }
    let penalty = bills.open { $0.isPenalty }
    return penalty > .zero && amount == due - penalty ? .withoutPenalty : nil
}

private func equalsOldestBills(_ amount: Cents, of account: AccountFacts) -> Bool {
    var sum = Cents.zero
    for bill in account.bills where !bill.isDeposit {
        sum += bill.open
        if sum >= amount { return sum == amount }
    }
    return false
}

extension [OpenBill] {
    fileprivate func open(_ counts: (OpenBill) -> Bool) -> Cents {
        reduce(.zero) { counts($1) ? $0 + $1.open : $0 }
    }
}

extension OpenBill {
    /// Whether it asks for what late payment costs, which many leave out.
    fileprivate var isPenalty: Bool { kind == "penalty" || kind == "late-fee" }
}

/// Whether two amounts differ by one swap of neighbouring digits.
func isSwapped(_ left: Cents, _ right: Cents) -> Bool {
    let (first, second) = (Array(String(left.rawValue).utf8), Array(String(right.rawValue).utf8))
    guard first.count == second.count else { return false }
    let places = first.indices.filter { first[$0] != second[$0] }
    guard places.count == 2, places[1] == places[0] + 1 else { return false }
    return first[places[0]] == second[places[1]] && first[places[1]] == second[places[0]]
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
