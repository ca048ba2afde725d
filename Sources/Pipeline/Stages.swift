internal import Files
internal import Formats
internal import Ledger
internal import Model
internal import Records
internal import Review

/// One intake on its way through the stages: what each stage leaves for the next.
struct Walk {
    let home: Home
    let now: Moment
    var intake: Intake
    let tell: (RunNews) -> Void
    let stopIfAsked: () throws -> Void
    var result = IntakeResult()
    /// What the first look at a bank file found; nil where the intake is none.
    var survey: Survey?
    /// The images of a folder or ZIP of images.
    var images: ImageSet?

    init(
        home: Home, now: Moment, intake: Intake, tell: @escaping (RunNews) -> Void,
        stopIfAsked: @escaping () throws -> Void
    ) {
        self.stopIfAsked = stopIfAsked
        self.home = home
        self.now = now
        self.intake = intake
        self.tell = tell
    }

    /// The private copy that was hashed and is read.
    var file: String { Claiming.workFile(home, intake) }
    /// Whether the stages before the commit still have to run.
    var isOpen: Bool { intake.state == .claimed }
}

/// A stage of an intake's walk. A stage does nothing where its work is done or not needed, so that a walk
/// that was cut off anywhere is walked again from the start.
struct Stage {
    let name: String
    let run: (inout Walk) throws -> Void

    /// The walk of one claimed file. Up to `commit` nothing has happened; after it, all of it has.
    static var all: [Stage] {
        [
            Stage(name: "repeat", run: refuseRepeat),
            Stage(name: "attempt", run: countAttempt),
            Stage(name: "read and balance", run: readAndBalance),
            Stage(name: "match, post, commit", run: post),
            Stage(name: "archive", run: archive),
        ]
    }
}

extension Stage {
    /// The same bytes again post nothing; one exception names the first intake (promise 2).
    private static func refuseRepeat(_ walk: inout Walk) throws {
        guard walk.isOpen else { return }
        let first = try walk.home.ledger.read { try $0.appliedIntake(sha256: walk.intake.sha256) }
        guard let first else { return }
        walk.intake.state = .repeated
        walk.intake.repeatOf = first.id
        try close(
            &walk, .fileRepeated,
            what:
                "\(walk.intake.name) has the same bytes as intake \(first.id), \(first.name), "
                + "received \(first.receivedAt).",
            why: "Its \(first.items) items were taken in then; nothing was posted again.")
    }

    /// A file that stopped the program twice is set aside, so that it cannot block the others.
    private static func countAttempt(_ walk: inout Walk) throws {
        guard walk.isOpen else { return }
        guard Folder.identity(walk.file) != nil else {
            walk.intake.state = .setAside
            return try close(
                &walk, .fileStoppedProgram,
                what: "The private copy of \(walk.intake.name) is gone from work/\(walk.intake.id).",
                why: "Somebody removed it before it was read. Ask the sender for the file again.")
        }
        let before = try walk.home.ledger.write { try $0.countAttempt(walk.intake.id) }
        guard before >= 2 else { return }
        walk.intake.state = .setAside
        try close(
            &walk, .fileStoppedProgram,
            what: "\(walk.intake.name) was begun \(before) times and the program stopped each time.",
            why: Reason.fileStoppedProgram.sentence)
    }

    private static func readAndBalance(_ walk: inout Walk) throws {
        guard walk.isOpen else { return }
        do {
            if let images = try ImageSet(path: walk.file) {
                walk.images = images
                return
            }
            let survey = try Survey(try OpenFile(reading: walk.file), by: walk.reading)
            walk.intake.format = survey.claim?.format
            walk.intake.version = survey.claim?.version
            walk.intake.layout = survey.claim?.layout
            walk.survey = survey
            if let refusal = survey.tally.refusal { try refuse(&walk, refusal) }
        } catch let refused as FileRefused {
            try refuse(&walk, refused.fault)
        }
    }

    private static func refuse(_ walk: inout Walk, _ fault: Fault) throws {
        walk.intake.state = .refused
        let place = fault.position.line > 0 ? ", line \(fault.position.line)" : ""
        let field = fault.field.isEmpty ? "" : ", field \(fault.field)"
        walk.result.refusal = "\(walk.intake.name)\(place)\(field): \(fault.reason.rawValue): \(fault.message)"
        try close(
            &walk, fault.reason, severity: .refusal, what: "\(walk.intake.name)\(place)\(field): \(fault.message).",
            why: "\(fault.reason.sentence) Nothing of the file was posted. \(fault.reason.remedy)")
    }

    /// The only moment money moves: one transaction for everything that belongs to the file.
    private static func post(_ walk: inout Walk) throws {
        guard walk.isOpen else { return }
        if let images = walk.images { return try deliver(images, &walk) }
        guard let tally = walk.survey?.tally else { return }
        var intake = walk.intake
        intake.state = .applied
        intake.items = Int64(tally.items)
        var announced = Cents.zero
        try walk.home.ledger.write { transaction in
            let day = walk.home.configuration.calendar.postingDay(walk.now)
            let batch = try transaction.openPostingBatch(
                intake: intake.id, at: walk.now.description, postedOn: day)
            intake.postingBatch = batch
            try transaction.finish(intake)
            try transaction.insert(tally.faults, of: intake.id)
            var posting = try Posting(
                home: walk.home, now: walk.now, transaction: transaction, intake: intake, tally: tally,
                postingBatch: batch)
            if try posting.isToldElsewhere() {
                for look in Retelling.Look.allCases {
                    try walk.reading.read(try OpenFile(reading: walk.file)) { try posting.lookAhead($0, for: look) }
                }
            }
            try walk.reading.read(try OpenFile(reading: walk.file)) { event in
                try posting.take(event)
                try walk.tellProgress(posting.items, of: tally.items)
            }
            try posting.finish()
            announced = posting.announced
            try transaction.audit(
                at: walk.now.description, who: "sluice", event: "apply", subject: String(intake.id),
                detail: "\(tally.items) items")
        }
        walk.intake = intake
        walk.result.items = tally.items
        walk.result.credits = max(.zero, tally.currencies.map(\.credits).sum - announced)
    }

    private static func deliver(_ images: ImageSet, _ walk: inout Walk) throws {
        var intake = walk.intake
        intake.state = .applied
        intake.format = "image-delivery"
        intake.items = Int64(images.members.count)
        try walk.home.ledger.write { transaction in
            try transaction.finish(intake)
            try transaction.insert(images.members.map { ($0.name, $0.sha256, $0.bytes) }, of: intake.id)
            let report = try transaction.deliver(images, of: intake.id)
            try transaction.refreshExceptionsWithNewImages()
            try ImageExceptions(transaction, at: walk.now).tell(report.unreadable, of: intake)
            try makeIndexDue(transaction)
            try transaction.audit(
                at: walk.now.description, who: "sluice", event: "deliver", subject: String(intake.id),
                detail: "\(images.members.count) images")
        }
        walk.intake = intake
        walk.result.items = images.members.count
    }

    /// Ends an intake of which nothing posts, with its one exception.
    private static func close(
        _ walk: inout Walk, _ reason: Reason, severity: Severity = .fault, what: String, why: String
    ) throws {
        let intake = walk.intake
        try walk.home.ledger.write { transaction in
            try transaction.finish(intake)
            if let faults = walk.survey?.tally.faults { try transaction.insert(faults, of: intake.id) }
            let number = try transaction.nextExceptionNumber(ofIntake: intake.id)
            try transaction.open(
                ReviewException(
                    id: ExceptionID(intake: intake.id, number: number), intake: intake.id, reason: reason,
                    severity: severity, what: what, whyNotPosted: why), at: walk.now.description)
            try transaction.audit(
                at: walk.now.description, who: "sluice", event: intake.state.rawValue, subject: String(intake.id),
                detail: reason.rawValue)
        }
    }

    /// Moves the private copy to its place in the archive, by the day it was received.
    private static func archive(_ walk: inout Walk) throws {
        let intake = walk.intake
        let folder = Claiming.workFolder(walk.home, intake.id)
        let path = Claiming.archivePath(of: intake)
        let target = "\(walk.home.path)/\(path)"
        try Folder.make(Folder.parent(of: target))
        if Folder.identity(walk.file) != nil { try Folder.archive(walk.file, to: target) }
        try walk.home.ledger.write { try $0.archived(intake.id, at: path) }
        try Folder.removeTree(folder)
        walk.result.exceptions = try walk.home.ledger.read { try $0.openExceptionCount(ofIntake: intake.id) }
    }
}

extension Walk {
    /// Says how far the posting is, now and then, and ends it where the run is asked to stop.
    func tellProgress(_ items: Int64, of all: Int) throws {
        guard items % 1000 == 0 else { return }
        try stopIfAsked()
        tell(.reading(intake, items: Int(items), of: all))
    }

    /// How the intake's file is read: by the formats of the home, or by the layout named for its source.
    var reading: Reading {
        Reading(formats: home.formats, layout: home.configuration.layoutOfSource[intake.source])
    }
}
