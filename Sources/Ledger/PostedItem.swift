package import Model

/// One item with everything that is decided about it, ready for the books.
package struct PostedItem: Sendable {
    package var payment: PaymentID
    package var batch: Int64
    /// The key of its envelope, where the file names one.
    package var transaction: Int64?
    package var item: Item
    package var amount: Cents
    package var custody = Custody.deposited
    package var status = PaymentStatus.suspense
    package var books = Books.suspense
    package var reason: Reason?
    package var rule = "none"
    package var proof = "P3"
    package var payerKey: Int64?
    package var bankKey: Int64?
    package var dates: PaymentDates
    /// The payment with which it shares a number, or which it takes back.
    package var twin: PaymentID?
    /// Who gets how much of it; empty unless it is posted.
    package var parts: [Part] = []
    package var candidates: [CandidateRow] = []

    package init(payment: PaymentID, batch: Int64, item: Item, amount: Cents, dates: PaymentDates) {
        self.payment = payment
        self.batch = batch
        self.item = item
        self.amount = amount
        self.dates = dates
    }
}

/// A payer who paid for an account, proven.
package struct Lesson: Hashable, Sendable {
    /// The keyed hash of the payer's bank account.
    package var payer: Int64
    package var account: String
    package var on: CivilDate
}

extension PostedItem {
    /// What the payer memory learns from it: nothing unless it is posted, and its payer known by a bank account.
    package var lessons: [Lesson] {
        guard status == .posted, let payer = payerKey else { return [] }
        if parts.count == 1 { return [Lesson(payer: payer, account: parts[0].account, on: dates.value)] }
        return Set(parts.map(\.account)).sorted().map { Lesson(payer: payer, account: $0, on: dates.value) }
    }
}

/// The dates of one payment that Sluice works out; the others stand on the item.
package struct PaymentDates: Hashable, Sendable {
    package var received: CivilDate
    package var deposit: CivilDate
    /// The bank's value date.
    package var value: CivilDate
    /// The day the customer is credited.
    package var effective: CivilDate
    /// The open business day it is journalled.
    package var posted: CivilDate

    package init(
        received: CivilDate, deposit: CivilDate, value: CivilDate, effective: CivilDate, posted: CivilDate
    ) {
        self.received = received
        self.deposit = deposit
        self.value = value
        self.effective = effective
        self.posted = posted
    }
}

/// The part of a payment that goes to one bill, to an account's credit, or to its customer deposit.
package struct Part: Hashable, Sendable {
    package enum Kind: String, Sendable {
        case bill
        case credit
        case customerDeposit = "customer-deposit"

        /// The ledger account it is credited to.
        package var ledgerAccount: LedgerAccount {
            switch self {
            case .bill: .receivable
            case .credit: .customerCredit
            case .customerDeposit: .customerDeposits
            }
        }
    }
    package var account: String
    package var bill: String?
    package var kind: Kind
    package var cents: Cents

    package init(account: String, bill: String?, kind: Kind, cents: Cents) {
        self.account = account
        self.bill = bill
        self.kind = kind
        self.cents = cents
    }
}

/// A candidate as it is shown to the reviewer; evidence and posting are JSON arrays.
package struct CandidateRow: Hashable, Sendable {
    package var account: String
    package var name: String
    package var score: Int
    package var evidence: String
    package var posting: String

    package init(account: String, name: String, score: Int, evidence: String, posting: String) {
        self.account = account
        self.name = name
        self.score = score
        self.evidence = evidence
        self.posting = posting
    }
}

extension Books {
    /// The ledger account that is credited where the money stands; nil where it is not on the books,
    /// or on accounts (each part has its own).
    package var ledgerAccount: LedgerAccount? {
        switch self {
        case .suspense: .suspense
        case .onHold: .onHold
        case .unresolved: .unresolved
        case .dueToOthers: .dueToOthers
        case .posted, .none: nil
        }
    }
}
