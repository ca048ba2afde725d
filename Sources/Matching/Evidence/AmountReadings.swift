import Model

extension Inquiry {
    /// Accounts of the whole book that the amount may be meant for, to the cent: those that owe it, or are billed it,
    /// and those that owe half of it or what it is with two digits swapped; where they are more than `few`, only those
    /// whose holder has the payer's name, and false. By number. For candidates only: an amount alone proves nothing.
    ///
    /// Of an amount that many owe, hardly any account is looked at.
    mutating func amountReadings(few: Int) throws -> (accounts: [AccountFacts], areAll: Bool) {
        var (holders, areAll) = try likeAmounts(first: few + 1)
        var found = try readings(holders, atMost: few + 1)
        // The first ones tell enough only where each of them fits.
        if found.count <= few, !areAll {
            (holders, areAll) = try likeAmounts(first: owingMax)
            found = try readings(holders, atMost: few + 1)
        }
        return found.count > few ? (try namedAmountReadings(), false) : (found, true)
    }

    /// Those of the same accounts whose holder has the payer's name.
    mutating func namedAmountReadings() throws -> [AccountFacts] {
        if let namedAmountAnswer { return namedAmountAnswer }
        let answer = item.payer.isEmpty ? [] : try readings(namedLikeAmounts(), atMost: .max)
        namedAmountAnswer = answer
        return answer
    }

    private mutating func readings(_ holders: [Holder], atMost limit: Int) throws -> [AccountFacts] {
        var found: [AccountFacts] = []
        for holder in holders where found.count < limit {
            if let account = try account(of: holder), isTelling(account) { found.append(account) }
        }
        return found
    }

    /// Who holds the first accounts that owe or are billed the amount, and where they are few, half of it or what it is
    /// with two digits swapped; by number. And whether there are no more of them.
    private mutating func likeAmounts(first limit: Int) throws -> (holders: [Holder], areAll: Bool) {
        var lists = try toTheCent(first: limit)
        if merged(lists).count < readingsMax {
            for like in likes where try isTelling(owing: like) {
                lists.append(try book.holders(owing: like, limit: limit) { _ in true })
            }
        }
        let (ordered, isCut) = (merged(lists), lists.contains { $0.count >= limit })
        return isCut && limit < owingMax ? (Array(ordered.prefix(limit)), false) : (ordered, true)
    }

    /// Who holds the first accounts that owe the amount, are billed it, or owe it over several bills.
    private mutating func toTheCent(first limit: Int) throws -> [[Holder]] {
        [
            try isTelling(owing: amount) ? try book.holders(owing: amount, limit: limit) { _ in true } : [],
            try book.holders(billed: amount, limit: limit) { _ in true },
            try book.accounts(owingOverBills: amount, limit: limit).map(Holder.init),
        ]
    }

    /// Those of all of them who have the payer's name.
    private mutating func namedLikeAmounts() throws -> [Holder] {
        var lists = [
            try namedHolders(owing: amount) ?? [],
            named(try book.holders(billed: amount, limit: owingMax, where: mayBeNamed())),
            named(try book.accounts(owingOverBills: amount, limit: owingMax).map(Holder.init)),
        ]
        if merged(try toTheCent(first: readingsMax)).count < readingsMax {
            for like in likes { lists.append(try namedHolders(owing: like) ?? []) }
        }
        return merged(lists)
    }

    /// Half of the amount, and what it is with two digits swapped.
    private var likes: [Cents] {
        (amount.rawValue % 2 == 0 ? [Cents(amount.rawValue / 2)] : []) + swappedAmounts(amount)
    }
}

/// Each holder of some lists once, by number.
private func merged(_ lists: [[Holder]]) -> [Holder] { onceByNumber(lists.flatMap(\.self), \.number) }

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
