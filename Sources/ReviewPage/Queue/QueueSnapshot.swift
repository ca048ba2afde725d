internal import Ledger
internal import Model
internal import Review

/// The whole queue in its order, light enough to be kept: filters and counts read it, not the ledger.
struct QueueSnapshot: Sendable {
    let version: Int64
    let visitsFrom: String
    let entries: [QueueEntry]

    init(_ transaction: Transaction, version: Int64, visitsFrom: String, today: CivilDate) throws {
        self.version = version
        self.visitsFrom = visitsFrom
        entries = try transaction.queueEntries(visitsFrom: visitsFrom, today: today)
        (reasons, sources, states) = ([:], [:], [:])
        count()
    }

    /// What waits for a decision, by reason and by source: how many, how much money, since when.
    private(set) var reasons: [String: Sum]
    private(set) var sources: [String: Sum]
    /// How many stand on each list.
    private(set) var states: [ListChoice.State: Int]

    struct Sum: Sendable {
        var count = 0
        var cents = Cents.zero
        var oldest = "9999"

        mutating func add(_ entry: QueueEntry) {
            count += 1
            cents += entry.cents ?? .zero
            oldest = min(oldest, entry.openedAt)
        }
    }

    private mutating func count() {
        for entry in entries {
            for state in [ListChoice.State.waiting, .approval, .open] where state.holds(entry, user: "") {
                states[state, default: 0] += 1
            }
            guard ListChoice.State.open.holds(entry, user: "") else { continue }
            reasons[entry.reason, default: Sum()].add(entry)
            sources[entry.source, default: Sum()].add(entry)
        }
    }

    /// The ids of a list in its order.
    func ids(_ choice: ListChoice, user: String, found: Set<String>?) -> [String] {
        entries.filter { entry in
            choice.holds(entry, user: user) && (found?.contains(entry.id) ?? true)
        }.map(\.id)
    }
}
