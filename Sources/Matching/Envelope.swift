package import Model

/// What lay in one envelope (a transaction of the bank's), in the order it lies, and which of it is the item at hand.
///
/// A check without a coupon of its own may be meant for the account of a coupon that lay beside it.
package struct Envelope: Hashable, Sendable {
    /// One item of the envelope: what it brings and what it names.
    struct Paper: Hashable, Sendable {
        var cents: Cents
        /// Account numbers read clean.
        var numbers: [String]
        var bills: [String]
        /// False where it names something that cannot be read.
        var isClear: Bool

        var namesNothing: Bool { numbers.isEmpty && bills.isEmpty && isClear }
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
}

extension Matcher {
    /// What the items of one envelope tell of each other; nil where they tell nothing: there is only one, none names
    /// anything, or one is no payment.
    package func envelope(of items: [Item]) -> Envelope? {
        guard items.count > 1 else { return nil }
        var papers: [Envelope.Paper] = []
        for item in items {
            guard let amount = item.amount, amount >= .zero, !item.fractionOfCent, item.kind == .payment,
                item.direction == .credit, item.booking == .booked
            else { return nil }
            let claims = NumberClaims(item, policy: policy)
            papers.append(
                Envelope.Paper(
                    cents: amount, numbers: claims.clean.map(\.digits),
                    bills: item.lines.map(\.bill).filter { !$0.isEmpty },
                    isClear: claims.damaged.isEmpty && !claims.couponDisagrees))
        }
        guard papers.contains(where: { !$0.namesNothing }) else { return nil }
        return Envelope(papers: papers, place: 0)
    }
}
