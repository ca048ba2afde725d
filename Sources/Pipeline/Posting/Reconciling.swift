internal import Ledger
internal import Model

/// Finds for sums that the bank credited the units they stand for: equal total, the same bank account and lockbox where
/// both tell it, bank days not far apart.
///
/// One sum, one unit, and one of a file that may tell such a sum (`SumTellers`). The lockbox that a sum names counts
/// first, then how near the days are; where two units, or two sums, fit equally well nothing is taken, unless there are
/// as many of one as of the other. A batch may have a sum's amount by chance: it is named, or of the same account.
struct Reconciling {
    let calendar: BusinessCalendar
    /// How many business days may lie between a unit and its sum.
    let windowDays: Int
    /// Words, in capitals, by which the office knows a sum.
    let words: [String]
    /// Whether any file named a lockbox so.
    let isLockbox: (_ word: String) throws -> Bool

    /// A sum, and the unit that it stands for.
    struct Pair {
        let sum: PaymentID
        /// One, or all deposits of one file and day.
        let units: [ToldUnit]
    }

    /// The one sum that stands for all deposits of one file and day; nil where it names a lockbox, which is one of
    /// them, or where another sum, or another day's deposits, fit as well.
    func pair(_ sums: [UntoldSum], withOneOf days: [[ToldUnit]]) throws -> Pair? {
        let fitting = try sums.map(opened).flatMap { open in
            days.filter { units in open.boxes.isEmpty && units.allSatisfy { distance(open, $0) != nil } }.map {
                Pair(sum: open.sum.payment, units: $0)
            }
        }
        return fitting.count == 1 ? fitting[0] : nil
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
        var open = try sums.map(opened)
        var free = units
        var pairs: [Pair] = []
        while true {
            var found = mutual(open, free)
            if found.isEmpty { found = alike(open, free) }
            guard !found.isEmpty else { return pairs }
            for (sum, unit) in found { pairs.append(Pair(sum: open[sum].sum.payment, units: [free[unit]])) }
            let (taken, told) = (Set(found.map(\.0)), found.map { free[$0.1] })
            open = open.indices.filter { !taken.contains($0) }.map { open[$0] }
            free.removeAll { unit in told.contains { $0.sharesMoney(with: unit) } }
        }
    }

    /// Whether a unit may be what a sum stands for, alone or among others.
    func mayBe(_ unit: ToldUnit, _ sum: UntoldSum) throws -> Bool {
        distance(try opened(sum), unit) != nil
    }

    private func opened(_ sum: UntoldSum) throws -> Open {
        let boxes = try boxes(in: sum.text)
        return Open(
            sum: sum, days: days(around: sum.date), boxes: boxes,
            tellers: SumTellers(of: sum, namesBox: !boxes.isEmpty, words: words))
    }

    fileprivate struct Open {
        let sum: UntoldSum
        let days: ClosedRange<CivilDate>
        /// The lockboxes that it names.
        let boxes: Set<String>
        let tellers: SumTellers
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
        guard open.sum.payment.intake != unit.intake, open.days.contains(unit.date), open.tellers.have(unit.format)
        else {
            return nil
        }
        if let own = open.sum.bankKey, let other = unit.bankKey, own != other { return nil }
        let isNamed = open.boxes.contains(Self.plain(unit.lockbox))
        if !open.boxes.isEmpty, !unit.lockbox.isEmpty, !isNamed { return nil }
        let isSameAccount = open.sum.bankKey != nil && open.sum.bankKey == unit.bankKey
        guard unit.isDeposit || isNamed || isSameAccount else { return nil }
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

    /// Sums of one account and day that nothing tells apart and as many units of that day: whichever stands for which,
    /// the books are the same.
    private func alike(_ open: [Open], _ units: [ToldUnit]) -> [(Int, Int)] {
        let groups = Dictionary(grouping: open.indices) { open[$0].likeness }.values.filter { $0.count > 1 }
        for sums in groups.sorted(by: { $0[0] < $1[0] }) {
            let fitting = units.indices.filter { distance(open[sums[0]], units[$0]) != nil }
            let told = fitting.map { units[$0] }
            guard told.count == sums.count, let first = told.first, first.date == open[sums[0]].sum.date,
                told.allSatisfy({ first.isLike($0) }),
                !open.indices.contains(where: { !sums.contains($0) && distance(open[$0], first) != nil })
            else { continue }
            return Array(zip(sums, fitting))
        }
        return []
    }

    /// The place of the least distance; nil where there is none, or more than one.
    private func nearest(_ distances: [Distance?]) -> Int? {
        guard let least = distances.compactMap({ $0 }).min() else { return nil }
        let places = distances.indices.filter { distances[$0] == least }
        return places.count == 1 ? places[0] : nil
    }

    private func boxes(in text: String) throws -> Set<String> {
        let known = Set(try Self.words(text).filter { try isLockbox($0) }.map(Self.plain))
        return known.isEmpty ? Self.statedBoxes(in: text) : known
    }

    /// The number right behind the word LOCKBOX: a box of which no file has told yet is another one, too.
    private static func statedBoxes(in text: String) -> Set<String> {
        let words = text.uppercased().split { !$0.isLetter && !$0.isNumber }
        let numbers = zip(words, words.dropFirst()).filter { word, next in
            (word == "LOCKBOX" || word == "BOX") && next.allSatisfy(\.isNumber)
        }
        return Set(numbers.map { plain(String($0.1)) })
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

extension Reconciling.Open {
    /// What tells a sum apart from others of its amount.
    fileprivate var likeness: [String] {
        [sum.bankKey.map(String.init) ?? "", sum.date.description, "\(sum.payment.intake)", "\(tellers)"]
            + boxes.sorted()
    }
}

extension ToldUnit {
    /// Whether nothing but its file tells another unit of its total apart, and they do not hold the same money.
    fileprivate func isLike(_ other: ToldUnit) -> Bool {
        bankKey == other.bankKey && lockbox == other.lockbox && date == other.date && format == other.format
            && (key == other.key || !sharesMoney(with: other))
    }

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
