internal import Review

/// What the form of an action asks for beside a note. An action that the engine adds has its form by itself.
struct ActionForm: Sendable {
    enum Ask: Sendable {
        case accounts
        case kind
        case until
        case to
        case caseNumber
    }

    let action: Action

    init(_ action: Action) { self.action = action }

    /// Its key on the page of an item; nil for those behind `x`.
    var key: String? {
        switch action {
        case .suspense: "s"
        case .duplicate: "d"
        case .wait: "w"
        default: nil
        }
    }

    var title: String {
        let words = action.rawValue.split(separator: "-").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    var asks: [Ask] {
        switch action.rawValue {
        case "post", "split", "credit", "customer-deposit", "correct": [.accounts]
        case "duplicate": [.kind, .accounts]
        case "wait": [.until, .to]
        case "assign": [.to]
        case "ask-bank": [.caseNumber, .until]
        case "pay-over": [.to, .caseNumber, .until]
        case "refund", "return-to-sender", "protect": [.to]
        default: []
        }
    }

    var toLabel: String {
        switch action.rawValue {
        case "assign": "To (user)"
        case "wait": "Waiting for"
        case "protect": "Account"
        default: "To (payee)"
        }
    }
}
