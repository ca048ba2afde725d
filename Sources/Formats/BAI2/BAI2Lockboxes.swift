internal import Model

/// The lockbox deposits of an account (type codes 109, 110, 115) and the items in them (116): which are the same money.
///
/// A bank may tell a deposit and again, one by one, what is in it, in any order. What a narrower code tells is part of
/// a wider one of the same box (the customer reference) where it makes up exactly that; anything else is money of its
/// own, and a person sees it. So from the first of these details on, all wait for the end of their account.
struct BAI2Lockboxes {
    /// So many details wait; of an account with more all are sums, and memory stays small.
    private static let most = 50_000

    private var held: [(code: Int?, item: Item)] = []
    private var isTooMany = false

    /// Takes the account's next detail; `code` is nil where it is about no lockbox.
    mutating func take(_ item: Item, code: Int?, into events: inout [ReadEvent]) {
        guard !isTooMany, code != nil || !held.isEmpty else { return events.append(.item(item)) }
        held.append((code, item))
        guard held.count > Self.most else { return }
        isTooMany = true
        giveAway(into: &events)
    }

    /// All of the account is read.
    mutating func finish(into events: inout [ReadEvent]) {
        let boxes = Dictionary(grouping: held.indices.filter { held[$0].code != nil }) { held[$0].item.reference }
        for box in boxes.values { markParts(of: box) }
        giveAway(into: &events)
    }

    /// From the widest code of a box on: a narrower one is part of any before it that amounts to the same.
    private mutating func markParts(of box: [Int]) {
        var wider: [Cents] = []
        let codes = Dictionary(grouping: box) { held[$0].code ?? 0 }
        for (_, details) in codes.sorted(by: { $0.key < $1.key }) {
            guard let sum = sum(details) else { continue }
            if wider.contains(sum) {
                for part in details { held[part].item.kind = .advice }
            } else {
                wider.append(sum)
            }
        }
    }

    /// What details add up to; nil where one has no sound amount, or of them all it does not fit.
    private func sum(_ indices: [Int]) -> Cents? {
        indices.reduce(Cents?.some(.zero)) { sum, index in
            let item = held[index].item
            return item.fractionOfCent ? nil : item.amount.flatMap { sum?.adding($0) }
        }
    }

    private mutating func giveAway(into events: inout [ReadEvent]) {
        for (_, item) in held { events.append(.item(item)) }
        held.removeAll()
    }
}
