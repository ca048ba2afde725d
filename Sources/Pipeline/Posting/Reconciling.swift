internal import Ledger
internal import Model

/// Finds for sums that the bank credited the units they stand for: equal total, the same bank account and lockbox where
/// both tell it, bank days not far apart.
///
/// One sum, one unit. The lockbox that a sum names counts first, then how near the days are; where two units, or two
/// sums, fit equally well nothing is taken.
struct Reconciling {
    let calendar: BusinessCalendar
    /// How many business days may lie between a unit and its sum.
    let windowDays: Int
    /// Whether any file named a lockbox so.
    let isLockbox: (_ word: String) throws -> Bool

    /// A sum, and the unit that it stands for.
    struct Pair {
        let sum: PaymentID
        let unit: ToldUnit
    }

    /// The days on which a unit of a sum of this day may be credited.
    func days(around day: CivilDate) -> ClosedRange<CivilDate> {
        calendar.day(day, back: windowDays)...calendar.day(day, forward: windowDays)
    }

    /// So many sums or units of one amount are never told apart, and comparing each with each takes no time.
    private static let alikeMost = 1000

    /// All that is certain of some sums and units of one amount.
    func pairs(_ sums: [UntoldSum], _ units: [ToldUnit]) throws -> [Pair] {
        guard !units.isEmpty, sums.count <= Self.alikeMost, units.count <= Self.alikeMost else { return [] }
        var open = try sums.map { Open(sum: $0, days: days(around: $0.date), boxes: try boxes(in: $0.text)) }
        var free = units
        var pairs: [Pair] = []
        while true {
            let found = mutual(open, free)
            guard !found.isEmpty else { return pairs }
            for (sum, unit) in found { pairs.append(Pair(sum: open[sum].sum.payment, unit: free[unit])) }
            let (taken, told) = (Set(found.map(\.0)), found.map { free[$0.1] })
            open = open.indices.filter { !taken.contains($0) }.map { open[$0] }
            free.removeAll { unit in told.contains { $0.sharesMoney(with: unit) } }
        }
    }

    /// Whether a unit may be what a sum stands for, alone or among others.
    func mayBe(_ unit: ToldUnit, _ sum: UntoldSum) throws -> Bool {
        distance(Open(sum: sum, days: days(around: sum.date), boxes: try boxes(in: sum.text)), unit) != nil
    }

    private struct Open {
        let sum: UntoldSum
        let days: ClosedRange<CivilDate>
        /// The lockboxes that it names.
        let boxes: Set<String>
    }

    /// How well a sum and a unit fit; smaller is better.
    private struct Distance: Comparable {
        let isNamed: Bool
        let days: Int

        static func < (one: Distance, other: Distance) -> Bool {
            one.isNamed == other.isNamed ? one.days < other.days : one.isNamed
        }
    }

    private func distance(_ open: Open, _ unit: ToldUnit) -> Distance? {
        guard open.sum.payment.intake != unit.intake, open.days.contains(unit.date) else { return nil }
        if let own = open.sum.bankKey, let other = unit.bankKey, own != other { return nil }
        let isNamed = open.boxes.contains(Self.plain(unit.lockbox))
        if !open.boxes.isEmpty, !unit.lockbox.isEmpty, !isNamed { return nil }
        return Distance(isNamed: isNamed, days: abs(open.sum.date.daysSinceEpoch - unit.date.daysSinceEpoch))
    }

    /// Pairs of which each is the other's only best.
    private func mutual(_ open: [Open], _ units: [ToldUnit]) -> [(Int, Int)] {
        let units = units.map { unit in (unit, nearest(open.map { distance($0, unit) })) }
        return open.enumerated().compactMap { index, sum in
            guard let best = nearest(units.map { distance(sum, $0.0) }), units[best].1 == index else { return nil }
            return (index, best)
        }
    }

    /// The place of the least distance; nil where there is none, or more than one.
    private func nearest(_ distances: [Distance?]) -> Int? {
        guard let least = distances.compactMap({ $0 }).min() else { return nil }
        let places = distances.indices.filter { distances[$0] == least }
        return places.count == 1 ? places[0] : nil
    }

    private func boxes(in text: String) throws -> Set<String> {
        Set(try Self.words(text).filter { try isLockbox($0) }.map(Self.plain))
    }

    /// The words of a text, each as it stands and without the zeros before it.
    private static func words(_ text: String) -> Set<String> {
        let words = text.utf8.split { !($0 &- 48 < 10 || ($0 | 32) &- 97 < 26) }.map { word in
            String(decoding: word, as: UTF8.self)
        }
        return Set(words + words.map { String($0.drop { $0 == "0" }) } + words.map { $0.uppercased() })
    }

    private static func plain(_ box: String) -> String { String(box.drop { $0 == "0" }).uppercased() }
}

extension ToldUnit {
    /// Whether two units hold the same money: a deposit and its batches do.
    fileprivate func sharesMoney(with other: ToldUnit) -> Bool {
        key == other.key || deposit == other.deposit && (key == deposit || other.key == other.deposit)
    }
}

extension BusinessCalendar {
    /// The day so many business days before, closed days passed over.
    func day(_ day: CivilDate, back count: Int) -> CivilDate { step(day, count, by: -1) }
    /// The day so many business days later, closed days passed over.
    func day(_ day: CivilDate, forward count: Int) -> CivilDate { step(day, count, by: 1) }

    private func step(_ day: CivilDate, _ count: Int, by step: Int) -> CivilDate {
        var day = day
        for _ in 0..<count {
            repeat { day = day.advanced(by: step) } while !isOpen(day)
        }
        return day
    }
}
