internal import Ledger
internal import Model
internal import Records
internal import Review

/// The exceptions about images: not come, not named, not readable. None of them touches money.
struct ImageExceptions {
    private let transaction: Transaction
    private let now: Moment

    init(_ transaction: Transaction, at now: Moment) {
        self.transaction = transaction
        self.now = now
    }

    /// One exception for each deposit whose images have not come within the grace.
    func tellMissing(today: CivilDate, graceDays: Int) throws {
        let overdue = try transaction.depositsWithOverdueImages(today: today, graceDays: graceDays)
        for deposit in overdue {
            try open(
                .imagesMissing, intake: deposit.intake, deposit: deposit.deposit,
                what:
                    "\(deposit.missing) images of this deposit have not come: "
                    + "\(shortened(deposit.names, of: deposit.missing)).",
                why: "Payments are not affected; their documents are incomplete.")
        }
    }

    /// One exception for each delivery of which no file of these days names an image.
    func tellUnnamed(today: CivilDate, graceDays: Int) throws {
        for delivery in try transaction.deliveriesWithUnnamedImages(today: today, graceDays: graceDays) {
            try open(
                .imageNotNamed, intake: delivery.intake,
                what: "\(delivery.count) images of this delivery are named by no bank file: "
                    + "\(shortened(delivery.names, of: delivery.count)).",
                why: "They are kept in the archive and belong to no payment yet.")
        }
    }

    /// One exception for the images that cannot be read; they are filed as they came.
    func tell(_ unreadable: [UnreadablePage], of intake: Intake) throws {
        guard let first = unreadable.first else { return }
        try open(
            .imageUnreadable, intake: intake.id,
            what:
                "\(unreadable.count) images cannot be read: "
                + "\(shortened(unreadable.map(\.name), of: unreadable.count)).",
            why: "\(first.name): \(first.fault).")
    }

    private func open(
        _ reason: Reason, intake: IntakeID, deposit: Int64? = nil, what: String, why: String
    ) throws {
        let number = try transaction.nextExceptionNumber(ofIntake: intake)
        try transaction.open(
            ReviewException(
                id: ExceptionID(intake: intake, number: number), intake: intake, deposit: deposit, reason: reason,
                severity: .note, what: what, whyNotPosted: why), at: now.description)
    }

    private func shortened(_ names: [String], of count: Int) -> String {
        names.prefix(3).joined(separator: ", ") + (count > 3 ? ", …" : "")
    }
}
