import Model

extension Inquiry {
    /// Whether the item's text names the service address of an account.
    mutating func namesAddress(of account: AccountFacts) -> Bool {
        let numbers = memoNumbers()
        guard !numbers.isEmpty, let number = StreetAddress.houseNumber(account.serviceAddress),
            numbers.contains(number)
        else { return false }
        return memo().names(StreetAddress(account.serviceAddress))
    }

    /// Open accounts whose whole service address stands in the item's text; none where the book has too many on one
    /// street to be sure of all of them.
    mutating func addressed() throws -> [AccountFacts] {
        if let addressedAnswer { return addressedAnswer }
        var found: [String: AccountFacts] = [:]
        let streets = memo().streets
        for place in streets.indices where !streets[..<place].contains(streets[place]) {
            let street = streets[place]
            let there = try book.accounts(atStreet: street, limit: streetMax)
            guard there.count < streetMax else { continue }
            for account in there where account.isOpen && namesAddress(of: account) { found[account.number] = account }
        }
        let answer = found.values.sorted { $0.number < $1.number }
        addressedAnswer = answer
        return answer
    }
}

/// A house has no more accounts than this, or its number says nothing of one of them.
private let streetMax = 200
