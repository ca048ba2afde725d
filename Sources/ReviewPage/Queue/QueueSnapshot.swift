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
    /// What waits for a decision, by reason and by source: how many, how much money, since when.
    private(set) var reasons: [String: Sum] = [:]
    private(set) var sources: [String: Sum] = [:]
    /// How many stand on each list.
    private(set) var states: [ListChoice.State: Int] = [:]
    private(set) var cents = Cents.zero

    /// How long it is shown at least, whatever others do meanwhile: a queue of 20,000 is not read anew for each claim.
    private static let shownFor = Duration.seconds(1)

    init(_ transaction: Transaction, version: Int64, visitsFrom: String, today: CivilDate) throws {
        (self.version, self.today, readAt) = (version, today, .now)
        var filter = QueueFilter()
        (filter.today, filter.visitsFrom) = (today, visitsFrom)
        var lines: [QueueLine] = []
        try transaction.queueLines(filter) { lines.append($0) }
        self.lines = lines
        count()
    }

    /// Whether it may still be shown when the ledger says another version.
    func isCurrent(_ version: Int64, today: CivilDate) -> Bool {
        self.today == today && (self.version == version || readAt.duration(to: .now) < Self.shownFor)
    }

    struct Sum: Sendable {
        var count = 0
        var cents = Cents.zero
        var oldest = "9999"

        mutating func add(_ line: QueueLine) {
            count += 1
            cents += line.amount ?? .zero
            oldest = min(oldest, line.openedAt)
        }
    }

    private mutating func count() {
        for line in lines {
            cents += line.amount ?? .zero
            for state in [ListChoice.State.waiting, .approval, .open] where state.holds(line, on: today, user: "") {
                states[state, default: 0] += 1
            }
            guard ListChoice.State.open.holds(line, on: today, user: "") else { continue }
            reasons[line.reason, default: Sum()].add(line)
            sources[line.source ?? "", default: Sum()].add(line)
        }
    }

    /// The lines of a list in its order.
    func lines(_ choice: ListChoice, user: String, found: Set<String>?) -> [QueueLine] {
        lines.filter { choice.holds($0, on: today, user: user) && (found?.contains($0.id) ?? true) }
    }
}
