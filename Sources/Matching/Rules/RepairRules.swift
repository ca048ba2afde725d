import Model

extension Rule {
    /// One unreadable digit, solved by the check digit and found in the book. Alone it is proof only where no
    /// other live number lies within one further error.
    static let numberUnread = Rule("number-unread", version: 2) { inquiry in
        guard let claim = try inquiry.onlyDamaged(), claim.digits.utf8.contains(unread) else { return nil }
        let solved = solutions(of: claim.digits, policy: inquiry.policy)
        let live = try solved.compactMap { try inquiry.book.account($0) }
        guard live.count == 1, let account = try inquiry.target(of: live[0]).account else { return nil }
        let why = "account number read as \(claim.digits), which the check digit and the book complete"
        if let key = try inquiry.secondKey(for: account) {
            return try .post(toAccountOrSplit: account, &inquiry, proof: .twoKeys, why: "\(why); \(key)")
        }
        for near in solutionsOneErrorFurther(of: claim.digits, policy: inquiry.policy) {
            guard try inquiry.book.account(near) == nil else { return nil }
        }
        return .post(inquiry, to: account, proof: .oneKey, why: why)
    }

    /// One error at an unknown place: exactly one live number that it can have been, and a second key.
    static let numberRepaired = Rule("number-repaired", version: 3) { inquiry in
        guard try inquiry.named().found.isEmpty else { return nil }
        guard !inquiry.claims.damaged.contains(where: { $0.digits.utf8.contains(unread) }) else { return nil }
        let live = try inquiry.liveRepairs()
        guard live.count == 1, let account = try inquiry.target(of: live[0]).account else { return nil }
        guard !inquiry.isRoundPledge(for: account), let key = try inquiry.secondKey(for: account) else { return nil }
        return try .post(
            toAccountOrSplit: account, &inquiry, proof: .twoKeys,
            why: "account \(live[0].number) is the only one a digit away from what was read; \(key)")
    }
}

extension Inquiry {
    /// The damaged number, where the item names no other.
    fileprivate mutating func onlyDamaged() throws -> NumberClaim? {
        guard claims.damaged.count == 1, try named().found.isEmpty, try named().missing.isEmpty else { return nil }
        return claims.damaged[0]
    }
}
