import Model

extension Rule {
    /// The old number of a customer who moved leads to the one open account, or to the one of several that
    /// owes exactly this.
    static let movedAccount = Rule("moved-account", version: 2) { inquiry in
        guard let named = try inquiry.named().only else { return nil }
        switch named.target {
        case .open, .closed: return nil
        case .moved(let old, let account):
            let why = "account \(old.number) is closed and its customer moved to account \(account.number)"
            if let key = try inquiry.secondKey(for: account) {
                return .post(inquiry, to: account, proof: .twoKeys, why: "\(why); \(key)")
            }
            if let twin = try inquiry.liveTwin(of: named) { return twin }
            return .post(inquiry, to: account, proof: .oneKey, why: why)
        case .several(let old, let accounts):
            let exact = accounts.filter { inquiry.fit($0).isExact }
            if exact.count == 1 {
                let why = "account \(old.number) is closed; only one of its customer's accounts owes exactly this"
                return .post(inquiry, to: exact[0], proof: .twoKeys, why: why)
            }
            return .hold(
                .accountClosed,
                "account \(old.number) is closed and owes nothing; its customer has \(accounts.count) open accounts")
        }
    }
}
