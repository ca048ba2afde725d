package import Matching
import Model

/// What became of variants, counted.
package struct VariantCounts: Hashable, Sendable {
    package var tried = 0
    /// Held for a person.
    package var held = 0
    /// Held although the variant is a live number: its twin is live too.
    package var heldAsTwin = 0
    /// Posted to the account whose number the variant is: live, valid, and without a live twin.
    package var live = 0
    /// Posted to its own account: the check digit and the book complete the unread digit in one way only.
    package var completed = 0
    /// Posted in any other way. Not one may be.
    package var wrong: [String] = []

    package init() {}

    package mutating func add(_ other: VariantCounts) {
        tried += other.tried
        held += other.held
        heldAsTwin += other.heldAsTwin
        live += other.live
        completed += other.completed
        wrong += other.wrong
    }
}

/// Decides all variants of numbers of a book, each alone on an item that nothing else speaks for.
package struct VariantRun {
    package let book: NumberBook
    package let policy: MatchPolicy
    package private(set) var counts: [VariantKind: VariantCounts] = [:]
    private let matcher: Matcher
    private var numbersTried = 0

    package init(_ book: NumberBook, policy: MatchPolicy = MatchPolicy()) {
        self.book = book
        self.policy = policy
        matcher = Matcher(policy: policy)
    }

    package var tried: Int { counts.values.reduce(0) { $0 + $1.tried } }
    package var wrong: [String] { counts.values.flatMap(\.wrong) }

    /// Tries all variants of a number: the first on the coupon, the next in the scan line too, the next in a text.
    package mutating func tryVariants(of number: String) throws {
        numbersTried += 1
        for (kind, read) in variants(of: number) {
            let query = MatchQuery(item: item(read, place: numbersTried % 3), payer: nil, day: day)
            let verdict = try matcher.decide(query, in: book)
            counts[kind, default: VariantCounts()].note(verdict, kind, read, of: number, isLive: book.has(read))
        }
    }

    private let day = CivilDate(year: 2026, month: 3, day: 2)!

    /// An item with a number on it and an amount that no account owes.
    private func item(_ read: String, place: Int) -> Item {
        var item = Item()
        item.amount = Cents(77)
        item.tender = .achCredit
        switch place {
        case 0: item.account = read
        case 1: (item.account, item.scanlineAccount) = (read, read)
        default: item.memo = "water \(read)"
        }
        return item
    }
}

extension VariantCounts {
    fileprivate mutating func note(
        _ verdict: Verdict, _ kind: VariantKind, _ read: String, of number: String, isLive: Bool
    ) {
        tried += 1
        let account = verdict.shares.first?.account
        if account == nil {
            held += 1
            heldAsTwin += isLive ? 1 : 0
        } else if account == read {
            live += 1
        } else if kind == .unread, account == number {
            completed += 1
        } else {
            wrong.append("\(number) read as \(read) went to \(account!): \(verdict.rule), \(verdict.why)")
        }
    }
}
