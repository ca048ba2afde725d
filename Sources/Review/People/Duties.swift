package import Matching
package import Model

/// Two duties that one person must not both do.
package struct DutyPair: Hashable, Sendable {
    package enum Scope: String, Sendable, CaseIterable {
        /// On one payment, file or document.
        case item
        /// On one business day.
        case day
    }

    package let one: Right
    package let other: Right
    package let scope: Scope

    package init(_ one: Right, _ other: Right, on scope: Scope) {
        (self.one, self.other, self.scope) = (one, other, scope)
    }

    /// The right that must not meet this one; nil where the pair does not name it.
    package func partner(of right: Right) -> Right? { right == one ? other : right == other ? one : nil }
}

/// What an office asks of its reviewers.
package struct ReviewPolicy: Sendable {
    /// How what nobody directs is spread over an account's bills.
    package var allocation: AllocationPolicy
    /// Amounts above this need a second person, once users are set up.
    package var secondPersonOver: Cents
    /// Differences up to this may be written off.
    package var writeOffUpTo: Cents
    package var duties: [DutyPair]
    /// Whether both of a pair may be done by one person and are reported each day: an office of two cannot do else.
    package var reportsDuties: Bool

    package init(
        allocation: AllocationPolicy, secondPersonOver: Cents, writeOffUpTo: Cents = Cents(500),
        duties: [DutyPair] = [], reportsDuties: Bool = false
    ) {
        self.allocation = allocation
        self.secondPersonOver = secondPersonOver
        self.writeOffUpTo = writeOffUpTo
        self.duties = duties
        self.reportsDuties = reportsDuties
    }
}
