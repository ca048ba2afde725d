/// What the billing system has agreed about an account or expects on it besides its bills, as it stands on one day.
package struct AccountTerms: Hashable, Sendable {
    /// Plans in force, by kind (court first) and number.
    package var plans: [PaymentPlan] = []
    /// Extensions in force, by number.
    package var extensions: [DueExtension] = []
    /// Pledges that are expected and did not come yet, by number.
    package var pledges: [Pledge] = []
    /// Orders to turn off the water that are still to be carried out, the first visit first.
    package var turnOffs: [TurnOff] = []
    /// Credit that the billing system holds for the account: bills that it states below zero.
    package var credit = Cents.zero

    package init() {}

    package var isEmpty: Bool {
        plans.isEmpty && extensions.isEmpty && pledges.isEmpty && turnOffs.isEmpty && credit == .zero
    }
}

/// A plan by which an account pays so much at a time.
package struct PaymentPlan: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// A court orders the instalments.
        case court
        /// Arrears are paid off in instalments beside the current bills.
        case arrears = "payment-plan"
        /// Every bill is paid with one level amount (budget billing).
        case budget
    }

    package var number: String
    package var kind: Kind
    package var instalment: Cents
    package var nextDueOn: CivilDate?
    /// What was left of the plan when the billing system stated it; nil where it has no end.
    package var stated: Cents?
    /// The bills that the plan collects; empty where the billing system does not say.
    package var bills: [String]
    /// What Sluice has posted towards the plan since it was stated.
    package var paid: Cents

    package init(
        number: String, kind: Kind = .arrears, instalment: Cents, nextDueOn: CivilDate? = nil, stated: Cents? = nil,
        bills: [String] = [], paid: Cents = .zero
    ) {
        self.number = number
        self.kind = kind
        self.instalment = instalment
        self.nextDueOn = nextDueOn
        self.stated = stated
        self.bills = bills
        self.paid = paid
    }

    /// What is left of the plan now.
    package var remaining: Cents? { stated.map { max(.zero, $0 - paid) } }
    /// What is left of the next instalment now.
    package var instalmentLeft: Cents {
        let left = max(.zero, instalment - paid)
        return remaining.map { min(left, $0) } ?? left
    }
    /// Whether the next instalment is due on a day; one without a date always is.
    package func isDue(on day: CivilDate) -> Bool { nextDueOn.map { $0 <= day } ?? true }
}

/// A promise of the office to wait: what is due is not past due until a day.
package struct DueExtension: Hashable, Sendable {
    package var number: String
    package var until: CivilDate
    /// What the customer is to pay by then; nil for all that is due.
    package var amount: Cents?

    package init(number: String, until: CivilDate, amount: Cents? = nil) {
        self.number = number
        self.until = until
        self.amount = amount
    }
}

/// Money that an assistance agency has promised to pay for an account: an expected payment.
package struct Pledge: Hashable, Sendable {
    package var number: String
    package var agency: String
    package var amount: Cents

    package init(number: String, agency: String, amount: Cents) {
        self.number = number
        self.agency = agency
        self.amount = amount
    }
}

/// An order to turn off the water of an account.
package struct TurnOff: Hashable, Sendable {
    package var order: String
    package var visitOn: CivilDate
    /// The time of the visit as the billing system writes it: `08:00-12:00`, or nothing.
    package var window: String
    /// What still stops it: the amount stated, less what Sluice has posted since.
    package var amountToStop: Cents

    package init(order: String, visitOn: CivilDate, window: String = "", amountToStop: Cents) {
        self.order = order
        self.visitOn = visitOn
        self.window = window
        self.amountToStop = amountToStop
    }
}

/// Between which times of a day somebody comes: `08:00-12:00`.
package struct VisitWindow: Hashable, Sendable {
    /// Minutes since midnight, by the office's clock.
    package let begin: Int
    package let end: Int

    /// Reads two times of day of which the first is the earlier; nil for anything else.
    package init?(_ text: String) {
        let times = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
            .map { Self.minutes(Array($0)) }
        guard times.count == 2, let begin = times[0], let end = times[1], begin < end else { return nil }
        (self.begin, self.end) = (begin, end)
    }

    private static func minutes(_ time: [UInt8]) -> Int? {
        guard time.count == 5, time[2] == UInt8(ascii: ":"), let hour = Int64(decimal: time[0..<2]),
            let minute = Int64(decimal: time[3..<5]), hour < 24, minute < 60
        else { return nil }
        return Int(hour * 60 + minute)
    }
}

extension AccountFacts {
    /// What is past due on a day: open bills whose due date has gone by, security aside, less what extensions in force
    /// wait for.
    package func pastDue(on day: CivilDate) -> Cents {
        var sum = Cents.zero
        for bill in bills where bill.kind != OpenBill.depositKind && (bill.dueOn.map { $0 < day } ?? false) {
            sum += bill.open
        }
        guard let terms else { return sum }
        let inForce = terms.extensions.filter { $0.until >= day }
        if inForce.contains(where: { $0.amount == nil }) { return .zero }
        return max(.zero, sum - inForce.reduce(.zero) { $0 + ($1.amount ?? .zero) })
    }

    /// Whether money for it recovers a debt that the office has given up, or given to others to collect.
    package var isRecovery: Bool { status == .writtenOff || status == .collections }
}

extension OpenBill {
    /// The kind of a bill that asks for security.
    package static let depositKind = "customer-deposit"
}
