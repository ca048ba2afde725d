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
            let isOne = claim.digits.utf8.count { $0 == unread } == 1
            let lacks = isOne ? "nothing in the book completes it" : "more than one unread digit is never completed"
            return .hold(.accountUnreadable, "the account number reads \(claim.digits), and \(lacks)")
        }
        if let claim = inquiry.claims.damaged.first {
            return .hold(.checkDigitWrong, "\(claim.fault(inquiry.policy)), and no account is one error away")
        }
        if let claim = named.missing.first {
            return .hold(.accountNotFound, "number \(claim.digits) has the right check digit and is not in the book")
        }
        if try inquiry.payer().known.isEmpty, try inquiry.namesakes().allSatisfy({ $0.name < .agrees }) {
            let names = try inquiry.addressed().isEmpty ? "names no account and no bill" : "names an address only"
            return .hold(.noReference, "it \(names), and neither payer nor name is known")
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

extension NumberClaim {
    /// What is wrong with it, in words: a column may hold two numbers, and what is no digit is not counted as one.
    fileprivate func fault(_ policy: MatchPolicy) -> String {
        let numbers = numbersInText(digits, policy: policy).filter { isWellFormed($0, policy: policy) }
        if numbers.count > 1 { return "\(digits) is more than one number" }
        let count = digits.utf8.count { $0 &- 48 < 10 }
        let isLength = !policy.accountDigits.contains(count)
        return "number \(digits) \(isLength ? "has \(count) digits" : "has the wrong check digit")"
    }
}
