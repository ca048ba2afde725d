internal import Ledger
internal import Model
internal import Review

/// The whole queue in its order, read at once and kept: filters and counts read it, not the ledger. Who holds what is
/// read anew for the rows that are shown.
struct QueueSnapshot: Sendable {
    let version: Int64
    let today: CivilDate
    let readAt: ContinuousClock.Instant
    let lines: [QueueLine]
    /// What waits for a decision, by reason and by source.
    private(set) var reasons: [String: Sum] = [:]
    private(set) var sources: [String: Sum] = [:]
    /// What stands on each list; `mine` by person.
    private(set) var states: [ListChoice.State: Sum] = [:]
    private(set) var owners: [String: Sum] = [:]
    private let placeOf: [String: Int]

    /// How long it is shown at least, whatever others do meanwhile: a queue of 20,000 is not read anew for each claim.
    private static let shownFor = Duration.seconds(1)

    init(_ transaction: Transaction, version: Int64, visitsFrom: String, today: CivilDate) throws {
        (self.version, self.today, readAt) = (version, today, .now)
        var filter = QueueFilter()
        (filter.today, filter.visitsFrom) = (today, visitsFrom)
        var lines: [QueueLine] = []
        try transaction.queueLines(filter) { lines.append($0) }
        self.lines = lines
        placeOf = Dictionary(uniqueKeysWithValues: lines.enumerated().map { ($1.id, $0) })
        for place in lines.indices { count(place) }
    }

    /// Whether it may still be shown when the ledger says another version.
    func isCurrent(_ version: Int64, today: CivilDate) -> Bool {
        self.today == today && (self.version == version || readAt.duration(to: .now) < Self.shownFor)
    }

    /// Lines by their places, with how much money that is and since when.
    struct Sum: Sendable {
        private(set) var places: [Int] = []
        private(set) var cents = Cents.zero
        private(set) var oldest = "9999"

        var count: Int { places.count }

        mutating func add(_ line: QueueLine, _ place: Int) {
            places.append(place)
            cents += line.amount ?? .zero
            oldest = min(oldest, line.openedAt)
        }
    }

    private mutating func count(_ place: Int) {
        let line = lines[place]
        let state = ListChoice.State(of: line, on: today)
        states[state, default: Sum()].add(line, place)
        if let owner = line.owner, state != .approval { owners[owner, default: Sum()].add(line, place) }
        guard state == .open else { return }
        reasons[line.reason, default: Sum()].add(line, place)
        sources[line.source ?? "", default: Sum()].add(line, place)
    }

    /// What stands on a list, in its order. `found` is what a search found.
    func list(_ choice: ListChoice, user: String, found: Set<String>?) -> QueueList {
        let all = choice.state == .mine ? owners[user] : states[choice.state]
        guard choice.reason != nil || choice.source != nil || found != nil else {
            return QueueList(snapshot: self, sum: all ?? Sum())
        }
        var sum = Sum()
        for place in all?.places ?? [] {
            let line = lines[place]
            let isChosen =
                (choice.reason ?? line.reason) == line.reason
                && (choice.source ?? line.source ?? "") == line.source ?? ""
            if isChosen, found?.contains(line.id) ?? true { sum.add(line, place) }
        }
        return QueueList(snapshot: self, sum: sum)
    }

    fileprivate func place(of id: String) -> Int? { placeOf[id] }
}

/// One list of the queue.
struct QueueList: Sendable {
    private let snapshot: QueueSnapshot
    private let sum: QueueSnapshot.Sum

    fileprivate init(snapshot: QueueSnapshot, sum: QueueSnapshot.Sum) { (self.snapshot, self.sum) = (snapshot, sum) }

    var count: Int { sum.count }
    var cents: Cents { sum.cents }
    var ids: [String] { sum.places.map { snapshot.lines[$0].id } }

    subscript(index: Int) -> QueueLine { snapshot.lines[sum.places[index]] }

    /// Some lines of it.
    func lines(from first: Int, count: Int) -> [QueueLine] {
        sum.places.dropFirst(first).prefix(count).map { snapshot.lines[$0] }
    }

    /// Where an exception stands in it; nil where it does not.
    func index(of id: String) -> Int? {
        guard let place = snapshot.place(of: id) else { return nil }
        var (low, high) = (0, sum.places.count)
        while low < high {
            let middle = (low + high) / 2
            if sum.places[middle] < place { low = middle + 1 } else { high = middle }
        }
        return low < sum.places.count && sum.places[low] == place ? low : nil
    }
}
