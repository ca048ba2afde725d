/// An account of the billing book with what is open on it.
package struct AccountFacts: Hashable, Sendable {
    package var number: String
    package var customer: String
    package var name: String
    package var serviceAddress: String
    package var zip: String
    package var status: AccountStatus
    package var cashOnly: Bool
    /// Flags in force that hold payments, by their code (`bankruptcy`, `dispute`, …).
    package var holdingFlags: [String]
    /// Bills with something open, oldest due date first, then by number.
    package var bills: [OpenBill]
    /// Plans, extensions, pledges, turn-offs and credit; nil for the most of accounts, which have none.
    package var terms: AccountTerms?

    package init(
        number: String, customer: String = "", name: String = "", serviceAddress: String = "", zip: String = "",
        status: AccountStatus = .active, cashOnly: Bool = false, holdingFlags: [String] = [], bills: [OpenBill] = [],
        terms: AccountTerms? = nil
    ) {
        self.number = number
        self.customer = customer
        self.name = name
        self.serviceAddress = serviceAddress
        self.zip = zip
        self.status = status
        self.cashOnly = cashOnly
        self.holdingFlags = holdingFlags
        self.bills = bills
        self.terms = terms
    }

    /// What is open on all its bills.
    package var due: Cents { bills.reduce(.zero) { $0 + $1.open } }
    /// Whether it is still served or still owes: money for it can be posted without a person.
    package var isOpen: Bool { status == .active || status == .final || due > .zero }
}

/// A bill with something open on it.
package struct OpenBill: Hashable, Sendable {
    package var number: String
    /// `bill`, `customer-deposit`, … as the extract's `kind` says; `bill` where it says nothing.
    package var kind: String
    package var issuedOn: CivilDate?
    package var dueOn: CivilDate?
    package var amount: Cents
    package var open: Cents

    package init(
        number: String, kind: String = "bill", issuedOn: CivilDate? = nil, dueOn: CivilDate? = nil, amount: Cents,
        open: Cents
    ) {
        self.number = number
        self.kind = kind
        self.issuedOn = issuedOn
        self.dueOn = dueOn
        self.amount = amount
        self.open = open
    }
}

/// One account that a payer paid for before.
package struct PayerFacts: Hashable, Sendable {
    package var account: String
    package var times: Int
    package var lastOn: CivilDate?

    package init(account: String, times: Int, lastOn: CivilDate? = nil) {
        self.account = account
        self.times = times
        self.lastOn = lastOn
    }
}

/// What one payment of an earlier file brought an account.
package struct EarlierPayment: Hashable, Sendable {
    package var payment: PaymentID
    /// The payer's name, as the bank told it.
    package var payer: String
    package var checkNumber: String
    /// The day of its value.
    package var on: CivilDate
    /// All of the payment, of which the account may have got a part.
    package var total: Cents
    /// What the account got.
    package var cents: Cents

    package init(
        payment: PaymentID, payer: String, checkNumber: String, on: CivilDate, total: Cents, cents: Cents
    ) {
        self.payment = payment
        self.payer = payer
        self.checkNumber = checkNumber
        self.on = on
        self.total = total
        self.cents = cents
    }
}
