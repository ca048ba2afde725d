internal import FoundationEssentials
internal import Ledger
package import Model

/// What may be wrong with a unit that does not add up: a sentence, and the decision that would mend it. A person makes
/// it; nothing of it happens by itself.
package struct UnitProposal: Hashable, Sendable {
    package let what: String
    /// As `review apply` takes it.
    package let decision: JSON

    package var json: JSON { ["what": .string(what), "decision": decision] }
}

/// Looks for the slip by which a held unit is out of balance.
struct UnitDoctor {
    let exception: String
    let unit: HeldUnit
    let items: [HeldItem]
    /// How many items the bank declares, where it says it, and how many its file has.
    var counts: (declared: Int64, items: Int64)?
    /// What is owed on the account that an item names: bill by bill, and in all.
    var owed: [PaymentID: Set<Cents>] = [:]
    /// Other held batches that declare as much too little as this declares too much: name, exception, how much.
    var opposites: [(name: String, exception: String, apart: Cents)] = []

    /// More proposals than a person reads are none.
    private static let most = 9

    private var difference: Cents { unit.difference }

    /// The likeliest first.
    func proposals() -> [UnitProposal] {
        guard difference != .zero else { return [balanced()] }
        let found = fromNeighbours() + corrections() + doubled() + signs() + missing() + wrongTotal()
        return Array(found.prefix(Self.most))
    }

    /// A larger unit declares what the items of this one give.
    private func balanced() -> UnitProposal {
        guard let other = opposites.first else {
            return accepting("Its items add up to what was credited; only its own declared total is wrong.", [])
        }
        let (here, there) = other.apart < .zero ? ("belongs here", "there") : ("belongs there", "here")
        return accepting(
            "\(other.name), \(other.exception), is as much apart the other way: an item over \(other.apart.magnitude) "
                + "that \(here) stands \(there). Together both add up.", [])
    }

    // MARK: An item here is another's

    private func fromNeighbours() -> [UnitProposal] {
        opposites.flatMap { other -> [UnitProposal] in
            let why = "The difference of \(other.name), \(other.exception), is the opposite: "
            if difference > .zero {
                return [
                    accepting(
                        why + "an item over \(difference) may stand there that belongs here.",
                        [Difference(.missingItem, difference, note: "stands in \(other.name)")])
                ]
            }
            return items.filter { $0.amount == -difference }.map {
                correcting($0, to: .zero, why + "item \($0.number) over \($0.amount) may belong there.")
            }
        }
    }

    // MARK: One amount was misread

    private func corrections() -> [UnitProposal] {
        let read = items.compactMap { item in truth(of: item).map { (item, $0) } }
        let printed = read.filter { isPrinted($0.1, on: $0.0) }.map { item, truth in
            correcting(item, to: truth, "\(words(item)); its scan line reads \(truth), and then the unit balances.")
        }
        let owing = read.filter { owed[$0.0.payment]?.contains($0.1) == true }.map { item, truth in
            correcting(item, to: truth, "\(words(item)); its account owes \(truth), and then the unit balances.")
        }
        let transposed = read.filter { isTransposed($0.0.amount, $0.1) }.map { item, truth in
            correcting(
                item, to: truth, "\(words(item)); two digits may be transposed: \(truth), and the unit balances.")
        }
        let shifted = read.filter { isShifted($0.0.amount, $0.1) }.map { item, truth in
            correcting(item, to: truth, "\(words(item)); the point may be shifted: \(truth), and the unit balances.")
        }
        let unread = read.filter { $0.0.amount == .zero }.map { item, truth in
            correcting(
                item, to: truth, "The amount of item \(item.number) could not be read; with \(truth) the unit balances."
            )
        }
        return (unread + printed + owing + transposed + shifted).uniqued()
    }

    /// What an item would have to be over for the unit to balance.
    private func truth(of item: HeldItem) -> Cents? {
        guard let truth = item.amount.adding(difference), truth > .zero else { return nil }
        return truth
    }

    /// Whether the digits of an amount stand in the scan line, filled up to seven or more.
    private func isPrinted(_ amount: Cents, on item: HeldItem) -> Bool {
        let digits = String(amount.rawValue)
        return item.scanline.contains(String(repeating: "0", count: max(0, 7 - digits.count)) + digits)
    }

    private func isTransposed(_ one: Cents, _ other: Cents) -> Bool {
        guard difference.rawValue % 9 == 0 else { return false }
        var (mine, theirs) = (Array(String(one.rawValue)), Array(String(other.rawValue)))
        while mine.count < theirs.count { mine.insert("0", at: 0) }
        while theirs.count < mine.count { theirs.insert("0", at: 0) }
        return mine.indices.dropLast().contains { place in
            var swapped = mine
            swapped.swapAt(place, place + 1)
            return swapped == theirs
        }
    }

    private func isShifted(_ one: Cents, _ other: Cents) -> Bool {
        let (less, more) = (min(one, other).rawValue, max(one, other).rawValue)
        return less > 0 && [10, 100].contains { more / $0 == less && more % $0 == 0 }
    }

    // MARK: One item too many, too few, or on the wrong side

    private func doubled() -> [UnitProposal] {
        let twice = items.filter { $0.amount == -difference }
        return twice.map { item in
            let isAlike = twice.contains { $0.payment < item.payment && $0.checkNumber == item.checkNumber }
            let how = isAlike ? "stands there twice" : "may be one too many"
            return correcting(item, to: .zero, "\(words(item)) and \(how): it is as much as the unit is too high.")
        }.reversed()
    }

    private func signs() -> [UnitProposal] {
        items.filter { $0.amount > .zero && $0.amount + $0.amount == -difference }.map { item in
            correcting(
                item, to: .zero,
                "\(words(item)); the difference is twice that: it may be no credit, but a debit that the bank took.")
        }
    }

    private func missing() -> [UnitProposal] {
        guard difference > .zero else { return [] }
        if let counts, counts.declared <= counts.items { return [] }
        let isCounted = counts.map { $0.declared == $0.items + 1 } ?? false
        let count = isCounted ? "The bank counts one item more" : "The bank credited more"
        return [
            accepting(
                "\(count): one over \(difference) may be missing.", [Difference(.missingItem, difference)])
        ]
    }

    private func wrongTotal() -> [UnitProposal] {
        let why =
            counts.flatMap {
                $0.declared == $0.items
                    ? nil
                    : "The bank counts \($0.declared) items where the file has \($0.items): its total may be of "
                        + "another unit."
            } ?? "Nothing in it explains \(difference): the declared total may be wrong."
        return [accepting(why, [Difference(.bankError, difference)])]
    }

    // MARK: Words and decisions

    private func words(_ item: HeldItem) -> String { "Item \(item.number), \(item.payment), is over \(item.amount)" }

    private func accepting(_ what: String, _ differences: [Difference]) -> UnitProposal {
        UnitProposal(
            what: what,
            decision: [
                "exception": .string(exception), "action": .string(Action.acceptBatch.rawValue),
                "differences": .array(differences.map(\.json)),
            ])
    }

    private func correcting(_ item: HeldItem, to amount: Cents, _ what: String) -> UnitProposal {
        UnitProposal(
            what: what,
            decision: [
                "exception": .string(exception), "action": .string(Action.correct.rawValue),
                "payment": .string(item.payment.description), "amount": JSON(amount),
            ])
    }
}

extension [UnitProposal] {
    /// Without those whose decision another proposes before.
    fileprivate func uniqued() -> Self {
        var seen: Set<JSON> = []
        return filter { seen.insert($0.decision).inserted }
    }
}
