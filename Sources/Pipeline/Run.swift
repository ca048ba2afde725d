internal import Files
package import Ledger
package import Model

/// What a run tells while it works; the command shows it.
package enum RunNews: Sendable {
    case restored(path: String)
    case decided(count: Int)
    case taken(Intake)
    case reading(Intake, items: Int, of: Int)
    case done(Intake, IntakeResult)
    case writing(left: Int)
}

/// What became of one file.
package struct IntakeResult: Sendable {
    package var items = 0
    /// Money that it brings, as it states it: advices and payments to come bring none.
    package var credits = Cents.zero
    package var exceptions: Int64 = 0
    /// The first fault that refused it, in words.
    package var refusal: String?
}

/// What one run did.
package struct RunReport: Sendable {
    package var intakes: [(intake: Intake, result: IntakeResult)] = []
    package var decisions = 0
    package var refusedDecisions: [String] = []
    /// How many advices were joined to payments that came before them.
    package var advices = 0
    /// Rules that only suggest from now on.
    package var demoted: [RuleFigures] = []
    package var restored: [String] = []
    /// Files that stay in the inbox, for their `.sha256` companion does not agree with them (yet).
    package var left: [String] = []
    /// Files of the inbox whose names are not UTF-8: they stay until somebody renames them.
    package var unusableNames = 0

    /// Whether any file was refused.
    package var hasRefusals: Bool { intakes.contains { $0.intake.state == .refused || $0.intake.state == .setAside } }
}

/// One `sluice run`: repairs what a stopped run left, applies decisions, takes in every complete file, writes
/// everything that is due, ends. Safe to stop anywhere and to run again.
package struct Run {
    let home: Home
    let now: Moment
    /// The operating-system user who runs it.
    let user: String
    let tell: (RunNews) -> Void
    private let isAskedToStop: () -> Bool

    /// `isAskedToStop` is asked between items; where it says so, the file at hand is rolled back and the run ends.
    package init(
        home: Home, now: Moment, user: String, tell: @escaping (RunNews) -> Void = { _ in },
        isAskedToStop: @escaping () -> Bool = { false }
    ) {
        self.home = home
        self.now = now
        self.user = user
        self.tell = tell
        self.isAskedToStop = isAskedToStop
    }

    /// The run was asked to end; the file at hand is as it was before.
    package struct Stopped: Error {}

    private func stopIfAsked() throws { if isAskedToStop() { throw Stopped() } }

    /// The steps of a run, in order.
    private static var steps: [(Run) -> (inout RunReport, _ isSettled: Bool) throws -> Void] {
        [
            Run.repair,
            Run.applyDroppedDecisions,
            Run.exportDecisions,
            // What was decided leaves before files of any size are read: a visit may be held by it.
            Run.writeProjections,
            Run.takeInFiles,
            Run.joinAdvices,
            Run.markTurnOffs,
            Run.missImages,
            Run.judgeRules,
            Run.writeProjections,
        ]
    }

    /// Runs all steps. `settled` skips the quiet time, for files that a script has just put there.
    package func callAsFunction(settled: Bool) throws -> RunReport {
        var report = RunReport()
        for step in Self.steps { try step(self)(&report, settled) }
        return report
    }

    private func repair(_ report: inout RunReport, _: Bool) throws {
        let unfinished = try home.ledger.read { try $0.unfinishedIntakes() }
        try Claiming(home: home, now: now).clearLeftovers(of: unfinished)
        for intake in unfinished { try work(intake, &report) }
        report.restored = try Projector(home: home).restoreMissing()
        for path in report.restored { tell(.restored(path: path)) }
    }

    /// Joins advices to payments that came before them, once all files are in: a run that was stopped between them
    /// joins what it would have joined.
    private func joinAdvices(_ report: inout RunReport, _: Bool) throws {
        report.advices += try AdviceJoining(home: home, now: now).run()
    }

    /// Demotes rules that were wrong too often, once all files are in: a run that was stopped between them goes on with
    /// the same rules.
    private func judgeRules(_ report: inout RunReport, _: Bool) throws {
        report.demoted += try home.ledger.write { try home.judgeRules($0, at: now) }
    }

    /// Says of open exceptions which turn-off they may stop, as payments have left it.
    private func markTurnOffs(_: inout RunReport, _: Bool) throws {
        let today = home.configuration.calendar.localDate(now)
        try home.ledger.write { try TurnOffs($0, home.configuration, today: today).mark() }
    }

    private func applyDroppedDecisions(_ report: inout RunReport, _: Bool) throws {
        let dropped = try DroppedDecisions(home: home, now: now).apply()
        report.decisions = dropped.applied
        report.refusedDecisions = dropped.refused
        report.demoted += dropped.demoted
        if dropped.applied > 0 { tell(.decided(count: dropped.applied)) }
    }

    /// Gives the CIS and the general ledger what was decided since the last run.
    private func exportDecisions(_: inout RunReport, _: Bool) throws {
        try home.ledger.write { transaction in
            guard try transaction.hasUnexportedEntries() else { return }
            let day = home.configuration.calendar.postingDay(now)
            let batch = try transaction.openPostingBatch(intake: nil, at: now.description, postedOn: day)
            try transaction.export(in: batch)
        }
    }

    private func takeInFiles(_ report: inout RunReport, _ isSettled: Bool) throws {
        let inbox = Inbox(path: home.path + "/inbox")
        report.unusableNames = try inbox.unusableNames()
        var unchanged: Set<Arrival>? = isSettled ? nil : try waitForQuiet(inbox)
        var passedOver: Set<Arrival> = []
        while true {
            let complete = try inbox.candidates().filter { arrival in
                try !passedOver.contains(arrival) && isComplete(arrival, unchanged) && inbox.isSettled(arrival)
            }
            for arrival in complete {
                try stopIfAsked()
                guard let intake = try Claiming(home: home, now: now).claim(arrival) else {
                    passedOver.insert(arrival)
                    if arrival.promised != nil { report.left.append(arrival.name) }
                    continue
                }
                tell(.taken(intake))
                try work(intake, &report)
            }
            guard complete.isEmpty else { continue }
            // What came while we worked is looked at once more, after its own quiet time.
            guard !isSettled, let seen = unchanged else { return }
            let again = try waitForQuiet(inbox)
            if again.subtracting(seen).subtracting(passedOver).isEmpty { return }
            unchanged = again
        }
    }

    private func isComplete(_ arrival: Arrival, _ unchanged: Set<Arrival>?) -> Bool {
        !arrival.markers.isEmpty || unchanged?.contains(arrival) ?? true
    }

    /// The candidates that do not change over the quiet time.
    private func waitForQuiet(_ inbox: Inbox) throws -> Set<Arrival> {
        let before = Set(try inbox.candidates())
        if before.allSatisfy({ !$0.markers.isEmpty }) { return before }
        try Pause.seconds(home.configuration.quietSeconds)
        return before.intersection(try inbox.candidates())
    }

    /// Walks one intake through the stages.
    private func work(_ intake: Intake, _ report: inout RunReport) throws {
        var walk = Walk(home: home, now: now, intake: intake, tell: tell, stopIfAsked: stopIfAsked)
        do {
            for stage in Stage.all { try stage.run(&walk) }
        } catch let fault where Run.isNoFaultOfTheFile(fault) {
            // Only a file that stopped the program counts against itself; a full disk or a stop does not.
            try? home.ledger.write { try $0.uncountAttempt(intake.id) }
            throw fault
        }
        report.intakes.append((walk.intake, walk.result))
        tell(.done(walk.intake, walk.result))
    }

    private static func isNoFaultOfTheFile(_ fault: any Error) -> Bool {
        fault is FileFault || fault is Stopped || (fault as? LedgerFault)?.isOfTheMachine == true
    }

    /// Tells of images that have not come in time, and of images that nobody named.
    private func missImages(_: inout RunReport, _: Bool) throws {
        let today = home.configuration.calendar.localDate(now)
        try home.ledger.write { transaction in
            let exceptions = ImageExceptions(transaction, at: now)
            try exceptions.tellMissing(today: today, graceDays: home.configuration.imageGraceDays)
            try exceptions.tellUnnamed(today: today, graceDays: home.configuration.imageGraceDays)
        }
    }

    private func writeProjections(_: inout RunReport, _: Bool) throws {
        try Projector(home: home).writeAll { tell(.writing(left: $0)) }
    }
}
