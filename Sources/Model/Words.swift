/// How money was tendered. Checks and debits can be returned by the bank.
package enum Tender: String, Sendable, CaseIterable {
    case check
    case cashiersCheck = "cashiers-check"
    case moneyOrder = "money-order"
    case cash
    case achCredit = "ach-credit"
    case achDebit = "ach-debit"
    case card
    case billPay = "bill-pay"

    /// Whether the bank may take the money back because the payer's bank does not honour it.
    package var isReturnable: Bool { self == .check || self == .achDebit }

    /// Those that banks tell apart no better: on paper, over wire, by card, in cash.
    package var kin: Set<Tender> {
        switch self {
        case .check, .cashiersCheck, .moneyOrder: [.check, .cashiersCheck, .moneyOrder]
        case .achCredit, .achDebit, .billPay: [.achCredit, .achDebit, .billPay]
        case .card: [.card]
        case .cash: [.cash]
        }
    }
}

/// Where one payment stands for those who ask about it.
package enum PaymentStatus: String, Sendable, CaseIterable {
    /// Wholly on accounts, customer credit included.
    case posted
    case partial
    case suspense
    case held
    /// A suspected or confirmed duplicate.
    case duplicate
    case rejected
    case returned
}

/// Where the cents of one payment stand in the books.
package enum Books: String, Sendable, CaseIterable {
    case posted
    case suspense
    case onHold = "on-hold"
    case unresolved
    case dueToOthers = "due-to-others"
    case none
}

/// The roles of the ledger's own accounts; `config/chart.yaml` gives each its number.
package enum LedgerAccount: String, Sendable, CaseIterable {
    case cashClearing = "cash-clearing"
    case cash
    case receivable
    case customerCredit = "customer-credit"
    case customerDeposits = "customer-deposits"
    case suspense
    case onHold = "on-hold"
    case unresolved
    case dueToOthers = "due-to-others"
    case refundsPayable = "refunds-payable"
    case overShort = "over-short"
    case fees
}

/// Whether the bank already has an item, or it lies in our safe and is not journalled yet.
package enum Custody: String, Sendable {
    case deposited
    case inHand = "in-hand"
}

/// The status of an account in the billing system.
package enum AccountStatus: String, Sendable, CaseIterable {
    case active
    case final
    case closed
    case writtenOff = "written-off"
    case collections

    /// What a clerk calls it.
    package var words: String {
        switch self {
        case .active, .final, .closed: rawValue
        case .writtenOff: "written off"
        case .collections: "in collections"
        }
    }
}
