import Model

extension Rule {
    /// A list of bills with amounts posts by line, when every line is known and they make up the item.
    static let billLines = Rule("bill-lines", version: 1) { inquiry in
        let lines = inquiry.item.lines
        guard lines.contains(where: { !$0.bill.isEmpty }) || (lines.count > 1 && lines.allSatisfy { $0.amount != nil })
        else { return nil }
        guard let amounts = amounts(of: lines, item: inquiry.amount) else {
            return try inquiry.outOfBalance()
        }
        var accounts: [AccountFacts] = []
        for line in lines {
            if let account = try inquiry.account(of: line) { accounts.append(account) }
        }
        guard accounts.count == lines.count else {
            let unknown = "\(lines.count - accounts.count) of \(lines.count) remittance lines name nothing in the book"
            return try inquiry.partlyKnown(amounts, accounts.isEmpty ? .billNotFound : .linesPartlyKnown, unknown)
        }
        if let conflict = try inquiry.conflict(lines, accounts) { return .hold(.evidenceConflict, conflict) }
        let shares = lines.indices.map { place in
            let bill = lines[place].bill
            return Share(account: accounts[place].number, bill: bill.isEmpty ? nil : bill, cents: amounts[place])
        }
        return Ruling(
            shares: shares, accounts: accounts, why: "every remittance line names a bill or account of ours",
            proof: areOwed(shares, accounts) ? .twoKeys : .oneKey)
    }

    /// A bill number within a text, whole: with the amount it asks for, or alone where it cannot be another
    /// number (it has letters).
    static let billInText = Rule("bill-in-text", version: 1) { inquiry in
        guard try inquiry.named().found.isEmpty, !(try inquiry.namesUnknownCoupon()) else { return nil }
        var found: [String: AccountFacts] = [:]
        for word in billWords(inquiry.item.memoWithoutTrace + " " + inquiry.item.reference, policy: inquiry.policy) {
            if let account = try inquiry.book.account(ofBill: word) { found[word] = account }
        }
        guard found.count == 1, let (bill, account) = found.first else { return nil }
        let isExact = inquiry.fit(account).isExact
        guard isExact || bill.utf8.contains(where: { $0 > UInt8(ascii: "9") }) else { return nil }
        let share = Share(account: account.number, bill: bill, cents: inquiry.amount)
        let why = "the text names bill \(bill)" + (isExact ? ", and the amount is exactly owed" : "")
        return Ruling(shares: [share], accounts: [account], why: why, proof: isExact ? .twoKeys : .oneKey)
    }
}

/// The lines' amounts where they make up the item; a single line without an amount takes all of it.
private func amounts(of lines: [RemittanceLine], item: Cents) -> [Cents]? {
    if lines.count == 1, lines[0].amount == nil { return [item] }
    let amounts = lines.compactMap(\.amount)
    guard amounts.count == lines.count, amounts.allSatisfy({ $0 > .zero }) else { return nil }
    var sum = Cents.zero
    for amount in amounts {
        guard let next = sum.adding(amount) else { return nil }
        sum = next
    }
    return sum == item ? amounts : nil
}

/// Whether each line pays exactly what its bill, or its account, owes.
func areOwed(_ shares: [Share], _ accounts: [AccountFacts]) -> Bool {
    zip(shares, accounts).allSatisfy { share, account in
        guard let bill = share.bill else { return account.owed == share.cents }
        return account.bills.contains { $0.number == bill && $0.open == share.cents }
    }
}

extension Inquiry {
    /// What contradicts a list: a line's own account, or a clean number of a customer who is not on it.
    fileprivate mutating func conflict(_ lines: [RemittanceLine], _ accounts: [AccountFacts]) throws -> String? {
        for (line, account) in zip(lines, accounts) where !line.bill.isEmpty {
            guard isWellFormed(line.account, policy: policy), line.account != account.number else { continue }
            guard line.account != item.account else { continue }
            return "bill \(line.bill) belongs to account \(account.number), the line names \(line.account)"
        }
        let customers = Set(accounts.map(\.customer))
        for named in try named().found where named.claim.place != .line && !customers.contains(named.facts.customer) {
            return "account \(named.facts.number) is named, and no line is for its customer"
        }
        return nil
    }

    /// Whether the coupon names a number that is right in itself and stands in no book.
    mutating func namesUnknownCoupon() throws -> Bool {
        try named().missing.contains { $0.place != .text }
    }
}
