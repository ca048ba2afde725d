import Model

/// The only set of two or more accounts whose totals due make up an amount, in the order given; nil where
/// there is none or more than one.
///
/// Sets are counted, never assumed: with k accounts there are 2^k sums, and beyond `splitAccountsMax` an
/// unrelated amount is likely to hit one by accident. The whole set alone is safe at any size, since every
/// other one is smaller.
func onlySplit(of amount: Cents, over accounts: [AccountFacts]) -> [AccountFacts]? {
    let owing = accounts.filter { $0.owed > .zero }
    guard owing.count > 1 else { return nil }
    let total = owing.reduce(Cents.zero) { $0 + $1.owed }
    if amount == total { return owing }
    guard amount < total, owing.count <= splitAccountsMax else { return nil }
    var search = SubsetSearch(values: owing.map(\.owed.rawValue))
    search.run(from: 0, left: amount.rawValue)
    guard search.count == 1, let only = search.first, only.nonzeroBitCount > 1 else { return nil }
    return owing.indices.filter { only & (1 << $0) != 0 }.map { owing[$0] }
}

/// With twelve accounts of a household's size one unrelated amount in fifty hits a sum by accident.
let splitAccountsMax = 12

/// Counts the sets of values with a sum, and stops at the second.
private struct SubsetSearch {
    var values: [Int64]
    var count = 0
    var first: UInt32?
    private var chosen: UInt32 = 0

    init(values: [Int64]) { self.values = values }

    mutating func run(from place: Int, left: Int64) {
        if left == 0 {
            count += 1
            if first == nil { first = chosen }
            return
        }
        guard place < values.count, left > 0, count < 2 else { return }
        chosen |= 1 << UInt32(place)
        run(from: place + 1, left: left - values[place])
        chosen &= ~(1 << UInt32(place))
        run(from: place + 1, left: left)
    }
}
