internal import Model

/// What a reviewer may do about an exception, in the contract's words and order.
package enum Action: String, Sendable, CaseIterable {
    case post
    case split
    case credit
    /// Security held for an account.
    case customerDeposit = "customer-deposit"
    case suspense
    /// A customer gets it back.
    case refund
    /// It is another agency's, which gets it.
    case payOver = "pay-over"
    case duplicate
    case notOurs = "not-ours"
    /// It goes back to who sent it: nobody knows whose it is.
    case returnToSender = "return-to-sender"
    /// The bank is asked under a case number.
    case askBank = "ask-bank"
    /// Nobody turns off the water of an account that it may be about.
    case protect
    case rejectFile = "reject-file"
    /// A small difference is the office's own.
    case writeOff = "write-off"
    case assign
    case wait
    case note
    /// Takes the last decision back.
    case undo
}

extension Action {
    /// The right that a person needs for it; to undo, that for what is undone.
    package var right: Right {
        switch self {
        case .refund, .payOver, .returnToSender: .refund
        case .writeOff: .writeOff
        default: .decide
        }
    }

    /// Whether it leaves its exception open.
    var leavesOpen: Bool { changesCourse || self == .note }

    /// Whether it says who looks at the exception and when, or has somebody wait, and leaves the money where it is.
    var changesCourse: Bool { [.assign, .wait, .askBank, .protect].contains(self) }

    /// Whether another person must approve it whatever its amount.
    var needsSecondPerson: Bool { [.refund, .returnToSender, .writeOff].contains(self) }

    /// The actions that fit an exception, by what it is about and where its money stands.
    static func allowed(payment: (status: PaymentStatus, books: Books)?, about: Subject) -> [Action] {
        let always: Set<Action> = [.askBank, .protect, .assign, .wait, .note]
        let moving: Set<Action> = [
            .post, .split, .credit, .customerDeposit, .refund, .payOver, .duplicate, .notOurs, .returnToSender,
            .writeOff,
        ]
        var fitting = always
        switch payment?.books {
        case nil: if about == .file || about == .document { fitting.insert(.rejectFile) }
        case .suspense: fitting.formUnion(moving)
        case .onHold, .unresolved: fitting.formUnion(moving.union([.suspense]))
        case .posted, .dueToOthers, .some(.none): break
        }
        return allCases.filter(fitting.contains)
    }

    /// What an exception without a payment is about.
    enum Subject {
        case file
        case unit
        case document
        case account
    }
}
