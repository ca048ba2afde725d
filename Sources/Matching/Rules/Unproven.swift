import Model

extension Rule {
    /// Nothing proves an owner: the first reason in order of precedence, in words.
    static let unproven = Rule("unproven", version: 1) { inquiry in
        let named = try inquiry.named()
        if let closed = named.found.first {
            let (number, status) = (closed.facts.number, closed.facts.status.words)
            return .hold(.accountClosed, "account \(number) is \(status) and owes nothing")
        }
        if let repair = try inquiry.repairFinding() { return repair }
        if let claim = inquiry.claims.damaged.first(where: { $0.digits.utf8.contains(unread) }) {
            let why = "the account number reads \(claim.digits), and nothing in the book completes it"
            return .hold(.accountUnreadable, why)
        }
        if let claim = inquiry.claims.damaged.first {
            let digits = claim.digits.utf8.count
            let isLength = !inquiry.policy.accountDigits.contains(digits)
            let fault = isLength ? "has \(digits) digits" : "has the wrong check digit"
            return .hold(.checkDigitWrong, "number \(claim.digits) \(fault), and no account is one error away")
        }
        if let claim = named.missing.first {
            return .hold(.accountNotFound, "number \(claim.digits) has the right check digit and is not in the book")
        }
        if try inquiry.payer().known.isEmpty, try inquiry.namesakes().allSatisfy({ inquiry.name(of: $0) < .agrees }) {
            return .hold(.noReference, "it names no account and no bill, and neither payer nor name is known")
        }
        return .hold(.payerOnly, "it names no account and no bill; only payer or name point to a customer")
    }
}

extension Inquiry {
    /// What is to be said of live accounts one error away from what was read; nil where there are none.
    fileprivate mutating func repairFinding() throws -> Ruling? {
        let live = try liveRepairs()
        guard let first = live.first else { return nil }
        let what = live.count == 1 ? "account \(first.number) is" : "\(live.count) accounts are"
        let lacks = live.count == 1 ? "nothing else speaks for it" : "nothing tells them apart"
        return .hold(.repairUnproven, "\(what) one error away from what was read, and \(lacks)")
    }
}
