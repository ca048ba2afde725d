package import Model

/// What lay in one envelope (a transaction of the bank's), in the order it lies, and which of it is the item at hand.
///
/// A check without a coupon of its own may be meant for the account of a coupon that lay beside it.
package struct Envelope: Hashable, Sendable {
    /// One item of the envelope: what it brings and what it names.
    struct Paper: Hashable, Sendable {
        var item: Item
        /// The keyed hash of its payer's bank account.
        var payer: Int64?
        var cents: Cents
        /// Account numbers read clean.
        var numbers: [String]
        var bills: [String]
        /// False where it names something that cannot be read.
        var isClear: Bool
        var standing = Standing.open

        var namesNothing: Bool { numbers.isEmpty && bills.isEmpty && isClear }
    }

    /// What has become of a paper when the item at hand is decided.
    enum Standing: Hashable, Sendable {
        /// It waits to be decided.
        case open
        /// It was posted: to these bills, and as credit where a share names none.
        case posted([Share])
        /// A person decides about it: what it brings goes nowhere.
        case keptOut
    }

    var papers: [Paper]
    /// The place of the item at hand.
    var place: Int

    /// The item at hand.
    var own: Paper { papers[place] }

    /// Whether the item at hand is a coupon that came with money: it brings none itself.
    package var isCouponOfChecks: Bool {
        own.cents == .zero && !own.namesNothing && papers.contains { $0.cents > .zero }
    }

    /// The envelope as the item at another place sees it.
    package func seen(from place: Int) -> Envelope {
        var other = self
        other.place = place
        return other
    }

    /// Notes that a person decides about the item at a place.
    package mutating func keepOut(_ place: Int) { papers[place].standing = .keptOut }

    /// Notes what the item at a place was posted to, bill by bill; a share without a bill is credit.
    package mutating func post(_ place: Int, to shares: [Share]) { papers[place].standing = .posted(shares) }
}

extension Matcher {
    /// What the items of one envelope, each with its payer, tell of each other; nil where they tell nothing: there is
    /// only one, none names anything, one is no payment, or they bring money of several currencies.
    package func envelope(of items: [(item: Item, payer: Int64?)]) -> Envelope? {
        guard items.count > 1, items.allSatisfy({ $0.item.currency == items[0].item.currency }) else { return nil }
        var papers: [Envelope.Paper] = []
        for (item, payer) in items {
            guard let amount = item.amount, amount >= .zero, !item.fractionOfCent, item.kind == .payment,
                item.direction == .credit, item.booking == .booked
            else { return nil }
            let claims = NumberClaims(item, policy: policy)
            papers.append(
                Envelope.Paper(
                    item: item, payer: payer, cents: amount, numbers: claims.clean.map(\.digits),
                    bills: item.lines.map(\.bill).filter { !$0.isEmpty },
                    isClear: claims.damaged.isEmpty && !claims.couponDisagrees))
        }
        guard papers.contains(where: { !$0.namesNothing }) else { return nil }
        return Envelope(papers: papers, place: 0)
    }
}
