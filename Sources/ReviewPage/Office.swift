internal import Ledger
internal import Model
internal import Pipeline
internal import Review
internal import Synchronization

/// What every handler works with: the home, its configuration, the clock, and what is remembered of the queue.
final class Office: Sendable {
    let reading: Desk
    let writing: Desk
    let configuration: Configuration
    let home: String
    let clock: @Sendable () -> Moment
    let isSecure: Bool
    let hosts: Hosts
    /// Makes a PNG of a TIFF; nil where it cannot.
    let converter: PictureConverter
    private let queue = Mutex<QueueSnapshot?>(nil)

    init(_ options: ReviewPage.Options) async throws {
        reading = try Desk(opening: options.home, label: "sluice.read")
        writing = try Desk(opening: options.home, label: "sluice.write")
        configuration = await reading.configuration
        home = await reading.path
        clock = options.clock
        isSecure = options.tls != nil
        hosts = Hosts(names: options.hosts)
        converter = PictureConverter(program: options.program)
    }

    /// The queue as it stands now; read again only where something has changed in it.
    func snapshot() async throws -> QueueSnapshot {
        let (visitsFrom, today) = (visitsFrom, today)
        let known = queue.withLock { $0 }
        let fresh = try await reading.read { transaction -> QueueSnapshot? in
            let version = try transaction.queueVersion()
            if let known, known.isCurrent(version, today: today) { return nil }
            return try QueueSnapshot(transaction, version: version, visitsFrom: visitsFrom, today: today)
        }
        guard let fresh else { return known! }
        queue.withLock { $0 = fresh }
        return fresh
    }

    /// Has files that say who holds what written soon; where a run holds the home, that run writes them.
    func writeDueFiles() {
        Task { _ = try? await writing.decide { try $0.writeDueFiles() } }
    }

    /// The office's day.
    var today: CivilDate { configuration.calendar.localDate(clock()) }

    /// The first moment of today: a visit of today may still be stopped, one before it is over.
    var visitsFrom: String { configuration.calendar.moment(on: today, minutes: 0).description }

    /// A moment of the ledger by the office's clock: `14:05`, or with its day where that is not today.
    func local(_ iso: String) -> String {
        guard let moment = Moment(iso: iso) else { return iso }
        let (day, time) = configuration.calendar.localTime(moment)
        return day == today ? time : "\(day) \(time)"
    }
}
