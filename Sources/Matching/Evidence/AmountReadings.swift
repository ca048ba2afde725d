import Model

extension Inquiry {
    /// Accounts of the whole book that the amount may be meant for, to the cent: those that owe it, or are billed it,
    /// and those that owe half of it or what it is with two digits swapped. For candidates only: an amount alone
    /// proves nothing.
    mutating func amountReadings() throws -> [AccountFacts] {
        var found: [String: AccountFacts] = [:]
        func add(_ accounts: [AccountFacts]) { for account in accounts { found[account.number] = account } }
        add(try owingExactly())
        add(try book.accounts(billed: amount, limit: owingMax))
        add(try book.accounts(owingOverBills: amount, limit: owingMax))
        if found.count < readingsMax {
            if amount.rawValue % 2 == 0 { add(try accounts(owing: Cents(amount.rawValue / 2)) ?? []) }
            for swapped in swappedAmounts(amount) { add(try accounts(owing: swapped) ?? []) }
        }
        return found.values.filter { fit($0).isTelling }.sorted { $0.number < $1.number }
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
