import Model

/// Tells faults, but not without end: a file with more than a thousand that refuse it is not read on.
struct FaultLog {
    /// A person mends a layout or asks the bank after the first few; a thousand show the pattern.
    static let refusalsMax = 1000
    /// The same tolerated deviation in every row of a file says no more than in a hundred.
    static let repeatsMax = 100

    private(set) var refusals = 0
    private var repeats: [Reason: Int] = [:]
    private var tolerated: [Deviation: (count: Int, first: Position)] = [:]

    mutating func add(_ fault: Fault, into events: inout [ReadEvent]) throws(FileRefused) {
        if fault.severity == .refusal {
            refusals += 1
            guard refusals <= FaultLog.refusalsMax else {
                throw FileRefused(
                    fault.reason, at: fault.position, field: fault.field,
                    "more than \(FaultLog.refusalsMax) faults; the last: \(fault.message)")
            }
            return events.append(.fault(fault))
        }
        let count = repeats[fault.reason, default: 0] + 1
        repeats[fault.reason] = count
        guard count <= FaultLog.repeatsMax else { return }
        var told = fault
        if count == FaultLog.repeatsMax { told.message += "; further ones are not told" }
        events.append(.fault(told))
    }

    /// Counts a deviation that the layout knows of its bank.
    mutating func tolerate(_ deviation: Deviation, at position: Position) {
        tolerated[deviation, default: (0, position)].count += 1
    }

    /// Tells each tolerated deviation once, with its count.
    mutating func tellTolerated(into events: inout [ReadEvent]) {
        for deviation in Deviation.allCases {
            guard let seen = tolerated[deviation] else { continue }
            let times = seen.count == 1 ? "once" : "\(seen.count) times, the first time here"
            events.append(
                .fault(
                    Fault(
                        .deviationTolerated, .note, at: seen.first, field: deviation.rawValue,
                        "\(deviation.sentence), \(times); the layout tolerates it")))
        }
        tolerated = [:]
    }
}
