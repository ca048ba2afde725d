import Model

extension Inquiry {
    /// Accounts of the whole book that the amount may be meant for, to the cent: those that owe it, or are billed it,
    /// and those that owe half of it or what it is with two digits swapped. For candidates only: an amount alone
    /// proves nothing.
    mutating func amountReadings() throws -> [AccountFacts] {
        try holdersByAmount().compactMap { try account(of: $0) }.filter { isTelling($0) }
    }

    /// The same, but where they are more than `few` only those whose holder has the payer's name, and false.
    ///
    /// Of an amount that many owe, hardly any account is looked at.
    mutating func amountReadings(few: Int) throws -> (accounts: [AccountFacts], areAll: Bool) {
        let holders = try holdersByAmount()
        var found: [AccountFacts] = []
        for place in holders.indices {
            guard let account = try account(of: holders[place]), isTelling(account) else { continue }
            found.append(account)
            guard found.count > few else { continue }
            found.removeAll { name(of: $0) != .agrees }
            for other in holders[(place + 1)...] where name(of: other) == .agrees {
                if let account = try self.account(of: other), isTelling(account) { found.append(account) }
            }
            return (found, false)
        }
        return (found, true)
    }

    /// Who holds the accounts that owe or are billed the amount, and where they are few, half of it or what it is with
    /// two digits swapped; by number.
    mutating func likeAmounts() throws -> [Holder] {
        var found = try holders(owing: amount) ?? []
        var numbers = Set(found.map(\.number))
        func add(_ holders: [Holder]) { found += holders.filter { numbers.insert($0.number).inserted } }
        add(try book.holders(billed: amount, limit: owingMax))
        add(try book.accounts(owingOverBills: amount, limit: owingMax).map(Holder.init))
        if found.count < readingsMax {
            if amount.rawValue % 2 == 0 { add(try holders(owing: Cents(amount.rawValue / 2)) ?? []) }
            for swapped in swappedAmounts(amount) { add(try holders(owing: swapped) ?? []) }
        }
        return found.sorted { $0.number < $1.number }
    }
}

/// Where so many accounts owe the amount itself, nobody looks at those that owe something like it.
private let readingsMax = 6

extension AmountFit {
    /// Whether it says anything of one account among others: to the cent, or wrong in a way that people are.
    var isTelling: Bool { isExact || self == .roundedUp || self == .doubled || self == .swapped }
}

/// What an amount is with two neighbouring digits swapped.
private func swappedAmounts(_ amount: Cents) -> [Cents] {
    let digits = Array(String(amount.rawValue).utf8)
    return digits.indices.dropLast().filter { digits[$0] != digits[$0 + 1] }.compactMap { place in
        var swapped = digits
        swapped.swapAt(place, place + 1)
        return swapped[0] == UInt8(ascii: "0") ? nil : Int64(String(decoding: swapped, as: UTF8.self)).map { Cents($0) }
    }
}
