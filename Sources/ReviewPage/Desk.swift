internal import Dispatch
internal import Files
internal import Ledger
internal import Model
internal import Pipeline
internal import Review

/// The home behind a thread of its own: its ledger waits for the disk, and no request of another waits with it.
///
/// A page has two desks of one home, one to read and one to write: a long run of `sluice run` holds up who writes only.
actor Desk {
    private let home: Home
    private let thread: OneThread

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// - Throws: as `Home(opening:)`.
    init(opening path: String, label: String) throws {
        home = try Home(opening: path)
        thread = OneThread(label: label)
    }

    var configuration: Configuration { home.configuration }
    var path: String { home.path }

    /// Reads in one consistent state.
    func read<Result: Sendable>(_ body: @Sendable (Transaction) throws -> Result) throws -> Result {
        try home.ledger.read(body)
    }

    /// Works with the home where no money moves: claims.
    func use<Result: Sendable>(_ body: @Sendable (Home) throws -> Result) throws -> Result { try body(home) }

    /// Runs one transaction that moves no money: sessions.
    func write<Result: Sendable>(_ body: @Sendable (Transaction) throws -> Result) throws -> Result {
        try home.ledger.write(body)
    }

    /// Runs what moves money or writes files, with the home's lock; nil where a run holds it.
    func decide<Result: Sendable>(_ body: @Sendable (Home) throws -> Result) throws -> Result? {
        guard let lock = try home.claim() else { return nil }
        return try withExtendedLifetime(lock) { try body(home) }
    }
}

/// Runs the jobs of one actor one after another on a thread that may wait.
final class OneThread: SerialExecutor {
    private let queue: DispatchQueue

    init(label: String) { queue = DispatchQueue(label: label) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
