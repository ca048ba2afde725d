internal import Model

/// What a reviewer may do about an exception, in the contract's words.
package enum Action: String, Sendable, CaseIterable {
    case post
    case split
    case credit
    case suspense
    case duplicate
    case notOurs = "not-ours"
    case rejectFile = "reject-file"
    case assign
    case wait
    case note
}

extension Action {
    /// The right that a person needs for it.
    package var right: Right { .decide }

    /// Whether it leaves its exception open.
    var leavesOpen: Bool { [.assign, .wait, .note].contains(self) }

    /// Whether another person must approve it whatever its amount.
    var needsSecondPerson: Bool { false }

    /// The actions that fit an exception, by what it is about and where its money stands.
    static func allowed(payment: (status: PaymentStatus, books: Books)?, about: Subject) -> [Action] {
        let always: [Action] = [.assign, .wait, .note]
        guard let payment else { return about == .file || about == .document ? [.rejectFile] + always : always }
        switch payment.books {
        case .suspense: return [.post, .split, .credit, .duplicate, .notOurs] + always
        case .onHold, .unresolved: return [.post, .split, .credit, .suspense, .duplicate, .notOurs] + always
        case .posted, .dueToOthers, .none: return always
        }
    }

    /// What an exception without a payment is about.
    enum Subject {
        case file
        case unit
        case document
        case account
    }
}
