import Model

/// The only set of two or more accounts whose totals due make up an amount, in the order given; nil where there is
/// none, more than one, or where one may be found by accident.
///
/// Sets are counted, never assumed: with k accounts there are 2^k sums, and an unrelated amount hits one of many by
/// accident. How likely that is, is counted too, by the sums that lie near the amount: where one unrelated amount in
/// fifty would hit a set, a set proves nothing. The whole set alone is safe at any size, since every other is smaller.
func onlySplit(of amount: Cents, over accounts: [AccountFacts]) -> [AccountFacts]? {
    let owing = accounts.filter { $0.owed > .zero }
    guard owing.count > 1 else { return nil }
    let total = owing.reduce(Cents.zero) { $0 + $1.owed }
    if amount == total { return owing }
    guard amount < total, let search = SubsetSearch(amount, of: owing, total: total), search.isOnlyByDesign else {
        return nil
    }
    let chosen = search.chosen
    return chosen.count > 1 ? chosen.map { owing[$0] } : nil
}

/// Whether an amount is what some set of accounts owes, be it one or many; also where there are too many to tell.
func isSomeSplit(_ amount: Cents, over accounts: [AccountFacts]) -> Bool {
    let owing = accounts.filter { $0.owed > .zero }
    let total = owing.reduce(Cents.zero) { $0 + $1.owed }
    guard amount < total else { return amount == total && total > .zero }
    return SubsetSearch(amount, of: owing, total: total).map { $0.hits > 0 } ?? true
}

/// Counts the sets of accounts that owe a sum in all, and those that owe nearly as much.
///
/// What is left out is searched where it is less than what is paid: a landlord pays for nearly all.
private struct SubsetSearch {
    /// Sets that owe exactly the amount.
    private(set) var hits = 0
    private var near = 0
    private var first: UInt64 = 0
    private var set: UInt64 = 0
    private var steps = 0
    private let values: [Int64]
    private let isLeftOut: Bool

    /// Sums within so many cents of the amount are near it.
    private static let window: Int64 = 500
    /// A search that is not done after so many steps has found too many sets to prove one.
    private static let stepsMax = 20_000

    /// Nil where there are too many accounts or sets.
    init?(_ amount: Cents, of accounts: [AccountFacts], total: Cents) {
        guard accounts.count <= 64 else { return nil }
        values = accounts.map(\.owed.rawValue)
        let rest = total - amount
        isLeftOut = rest < amount
        guard run(from: 0, left: min(rest, amount).rawValue) else { return nil }
    }

    /// One set only, and less than one accidental hit in fifty expected.
    var isOnlyByDesign: Bool { hits == 1 && Int64(near) * 50 <= Self.window * 2 }

    /// The places of the accounts of the first set.
    var chosen: [Int] { values.indices.filter { (first & (1 << UInt64($0)) != 0) != isLeftOut } }

    /// Whether it came to an end.
    private mutating func run(from place: Int, left: Int64) -> Bool {
        steps += 1
        guard steps <= Self.stepsMax else { return false }
        guard place < values.count, left >= -Self.window else {
            count(left)
            return true
        }
        set |= 1 << UInt64(place)
        if left - values[place] >= -Self.window, !run(from: place + 1, left: left - values[place]) { return false }
        set &= ~(1 << UInt64(place))
        return run(from: place + 1, left: left)
    }

    private mutating func count(_ left: Int64) {
        guard abs(left) <= Self.window else { return }
        near += 1
        guard left == 0 else { return }
        hits += 1
        if hits == 1 { first = set }
    }
}
