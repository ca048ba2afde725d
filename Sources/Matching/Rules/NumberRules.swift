import Model

extension Rule {
    /// Two numbers that lead to different accounts contradict each other, unless the item pays both in full.
    static let numberConflict = Rule("number-conflict", version: 1) { inquiry in
        if inquiry.claims.couponDisagrees {
            return .hold(.evidenceConflict, "the scan line and the account column name different accounts")
        }
        let named = try inquiry.named()
        if let absent = named.missing.first(where: { $0.place != .text }), let found = named.found.first {
            let why = "number \(absent.digits) is in no book, and account \(found.facts.number) is named too"
            return .hold(.evidenceConflict, why)
        }
        guard named.found.count > 1, named.only == nil else { return nil }
        let targets = named.found.compactMap(\.target.account)
        if targets.count == named.found.count, let split = onlySplit(of: inquiry.amount, over: targets),
            split.count == targets.count
        {
            let why = "several accounts are named, and the amount is exactly what they owe together"
            return .split(over: split, why: why)
        }
        let numbers = named.found.map(\.facts.number).sorted().joined(separator: ", ")
        let isTextOnly = named.found.allSatisfy { $0.claim.place == .text }
        return .hold(isTextOnly ? .accountAmbiguous : .evidenceConflict, "several accounts are named: \(numbers)")
    }

    /// A clean number, and an amount that is exactly what its account owes.
    static let numberAndAmount = Rule("number-and-amount", version: 1) { inquiry in
        guard let account = try inquiry.named().only?.target.account, inquiry.fit(account).isExact else { return nil }
        let why = "account number read clean, and the amount is exactly owed"
        return .post(inquiry, to: account, proof: .twoKeys, why: why)
    }

    /// A clean number of one account, and the total of it and others of the same customer.
    static let numberAndSplit = Rule("number-and-split", version: 2) { inquiry in
        guard let account = try inquiry.named().only?.target.account,
            let split = try inquiry.split(including: account)
        else { return nil }
        return .split(
            over: split, why: "account number read clean, and only one set of the customer's accounts owes exactly this"
        )
    }

    /// A clean number, and the holder's name on the payment.
    static let numberAndName = Rule("number-and-name", version: 1) { inquiry in
        guard let account = try inquiry.named().only?.target.account, inquiry.name(of: account) == .agrees else {
            return nil
        }
        let why = "account number read clean, and the name is the holder's"
        return .post(inquiry, to: account, proof: .twoKeys, why: why)
    }

    /// A clean number, and a payer who paid for the account before.
    static let numberAndPayer = Rule("number-and-payer", version: 2) { inquiry in
        guard let account = try inquiry.named().only?.target.account, try inquiry.payerProves(account) else {
            return nil
        }
        return .post(
            inquiry, to: account, proof: .twoKeys, why: "account number read clean, and the payer paid for it before")
    }

    /// A clean number, and the name of somebody who paid for the account before.
    static let numberAndEarlierPayer = Rule("number-and-earlier-payer", version: 1) { inquiry in
        guard let account = try inquiry.named().only?.target.account, try inquiry.isEarlierPayer(of: account) else {
            return nil
        }
        return .post(
            inquiry, to: account, proof: .twoKeys,
            why: "account number read clean, and somebody of this name paid for the account before")
    }

    /// A clean number alone, when no other live number looks the same to its check digit.
    static let numberAlone = Rule("number-alone", version: 1) { inquiry in
        guard let named = try inquiry.named().only, let account = named.target.account else { return nil }
        if let twin = try inquiry.liveTwin(of: named) { return twin }
        return .post(inquiry, to: account, proof: .oneKey, why: "account number read clean, check digit right")
    }
}

extension Inquiry {
    /// Twin test: holds a number alone when a live one differs by an error that the check digit cannot see.
    func liveTwin(of named: NamedAccount) throws -> Ruling? {
        for twin in twins(of: named.claim.digits, policy: policy) where try book.account(twin) != nil {
            return .hold(.twinNumber, "account \(twin) differs by one swap that the check digit cannot see")
        }
        return nil
    }
}
