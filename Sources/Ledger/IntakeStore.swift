package import Model

/// One file taken in, as the ledger keeps it.
package struct Intake: Hashable, Sendable {
    package enum State: String, Sendable {
        case claimed
        case applied
        case refused
        case repeated
        case setAside = "set-aside"
    }

    package var id: IntakeID
    /// The path it had under `inbox/`.
    package var name: String
    /// The subfolder that named its source; empty for none.
    package var source: String
    package var sha256: String
    package var bytes: Int64
    /// What the file in the inbox was when it was copied: tells a copy left behind from a second delivery.
    package var inboxIdentity: String
    package var receivedAt: String
    package var state = State.claimed
    package var attempts: Int64 = 0
    package var repeatOf: IntakeID?
    package var format: String?
    package var version: String?
    package var layout: String?
    package var items: Int64 = 0
    package var postingBatch: Int64?
    package var archivePath: String?

    package init(
        id: IntakeID, name: String, source: String, sha256: String, bytes: Int64, inboxIdentity: String,
        receivedAt: String
    ) {
        self.id = id
        self.name = name
        self.source = source
        self.sha256 = sha256
        self.bytes = bytes
        self.inboxIdentity = inboxIdentity
        self.receivedAt = receivedAt
    }
}

/// Intakes, their faults and their units.
extension Transaction {
    private static let intakeColumns = """
        intake, name, source, sha256, bytes, inbox_identity, received_at, state, attempts, repeat_of, format, version,
        layout, items, posting_batch, archive_path
        """

    private static func intake(_ row: Row) -> Intake {
        var intake = Intake(
            id: row.int(0), name: row.text(1), source: row.text(2), sha256: row.text(3), bytes: row.int(4),
            inboxIdentity: row.text(5), receivedAt: row.text(6))
        intake.state = Intake.State(rawValue: row.text(7))!
        intake.attempts = row.int(8)
        intake.repeatOf = row.intOrNil(9)
        intake.format = row.textOrNil(10)
        intake.version = row.textOrNil(11)
        intake.layout = row.textOrNil(12)
        intake.items = row.int(13)
        intake.postingBatch = row.intOrNil(14)
        intake.archivePath = row.textOrNil(15)
        return intake
    }

    /// The number the next intake gets.
    package func nextIntake() throws -> IntakeID { try number("SELECT max(intake) FROM intakes") + 1 }

    /// Takes a file in, as claimed.
    package func insert(_ intake: Intake) throws {
        try run(
            """
            INSERT INTO intakes (intake, name, source, sha256, bytes, inbox_identity, received_at, state)
            VALUES (?, ?, ?, ?, ?, ?, ?, 'claimed')
            """,
            .int(intake.id), .text(intake.name), .text(intake.source), .text(intake.sha256), .int(intake.bytes),
            .text(intake.inboxIdentity), .text(intake.receivedAt))
    }

    package func intake(_ id: IntakeID) throws -> Intake? {
        try first("SELECT \(Self.intakeColumns) FROM intakes WHERE intake = ?", .int(id), map: Self.intake)
    }

    /// All intakes by number.
    package func intakes() throws -> [Intake] {
        try all("SELECT \(Self.intakeColumns) FROM intakes ORDER BY intake", map: Self.intake)
    }

    /// Intakes that a stopped run left unfinished: claimed, or not in the archive yet.
    package func unfinishedIntakes() throws -> [Intake] {
        try all(
            "SELECT \(Self.intakeColumns) FROM intakes WHERE archive_path IS NULL ORDER BY intake", map: Self.intake)
    }

    /// The first intake of the same bytes that was applied.
    package func appliedIntake(sha256: String) throws -> Intake? {
        try first(
            "SELECT \(Self.intakeColumns) FROM intakes WHERE sha256 = ? AND state = 'applied'", .text(sha256),
            map: Self.intake)
    }

    /// Counts one attempt to read the file, before its first byte is read. Returns how many there were before.
    package func countAttempt(_ id: IntakeID) throws -> Int64 {
        try run("UPDATE intakes SET attempts = attempts + 1 WHERE intake = ?", .int(id))
        return try number("SELECT attempts FROM intakes WHERE intake = ?", .int(id)) - 1
    }

    /// Takes a counted attempt back: it was not the file that stopped the program.
    package func uncountAttempt(_ id: IntakeID) throws {
        try run("UPDATE intakes SET attempts = attempts - 1 WHERE intake = ? AND attempts > 0", .int(id))
    }

    /// Says what became of a claimed intake.
    package func finish(_ intake: Intake) throws {
        try run(
            """
            UPDATE intakes SET state = ?, repeat_of = ?, format = ?, version = ?, layout = ?, items = ?,
            posting_batch = ? WHERE intake = ?
            """,
            .text(intake.state.rawValue), Value(intake.repeatOf), Value(intake.format), Value(intake.version),
            Value(intake.layout), .int(intake.items), Value(intake.postingBatch), .int(intake.id))
    }

    /// Notes where in `archive/` the bytes are now.
    package func archived(_ id: IntakeID, at path: String) throws {
        try run("UPDATE intakes SET archive_path = ? WHERE intake = ?", .text(path), .int(id))
    }

    /// Keeps the faults of an intake, in file order.
    package func insert(_ faults: [Fault], of intake: IntakeID) throws {
        for (index, fault) in faults.enumerated() {
            try run(
                "INSERT INTO faults VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                .int(intake), .int(Int64(index + 1)), .text(fault.reason.rawValue), .text(fault.severity.rawValue),
                .int(Int64(fault.position.line)), .int(Int64(fault.position.record)), .text(fault.field),
                .text(fault.message))
        }
    }

    /// Keeps the members of a folder or ZIP.
    package func insert(_ members: [(path: String, sha256: String, bytes: Int64)], of intake: IntakeID) throws {
        for member in members {
            try run(
                "INSERT INTO intake_members VALUES (?, ?, ?, ?)",
                .int(intake), .text(member.path), .text(member.sha256), .int(member.bytes))
        }
    }
}

/// A deposit as it is kept: bank account masked, with its keyed hash.
package struct DepositRow: Sendable {
    package var key: Int64
    package var intake: IntakeID
    package var deposit: Deposit
    package var bankKey: Int64?
    package var date: CivilDate
    package var declared: Cents?
    package var held: Bool
    package var difference: Cents
    /// What kind of report of a bank account it is part of; nil where it is none.
    package var report: Report?

    package init(
        key: Int64, intake: IntakeID, deposit: Deposit, bankKey: Int64?, date: CivilDate, declared: Cents?, held: Bool,
        difference: Cents, report: Report? = nil
    ) {
        self.key = key
        self.intake = intake
        self.deposit = deposit
        self.bankKey = bankKey
        self.date = date
        self.declared = declared
        self.held = held
        self.difference = difference
        self.report = report
    }
}

/// A batch as it is kept.
package struct BatchRow: Sendable {
    package var key: Int64
    package var deposit: Int64
    package var number: String
    package var declaredItems: Int?
    package var declared: Cents?
    package var items: Int
    package var counted: Cents
    package var held: Bool
    package var difference: Cents
    /// The bank's reference of it as a whole.
    package var reference: String

    package init(
        key: Int64, deposit: Int64, number: String, declaredItems: Int?, declared: Cents?, items: Int, counted: Cents,
        held: Bool, difference: Cents, reference: String = ""
    ) {
        self.reference = reference
        self.key = key
        self.deposit = deposit
        self.number = number
        self.declaredItems = declaredItems
        self.declared = declared
        self.items = items
        self.counted = counted
        self.held = held
        self.difference = difference
    }
}

extension Transaction {
    package func insert(_ row: DepositRow) throws {
        try run(
            """
            INSERT INTO deposits (deposit, intake, number, lockbox, bank_account, bank_key, currency, deposit_on,
                declared_cents, held, difference_cents, report) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .int(row.key), .int(row.intake), .text(row.deposit.number), .text(row.deposit.lockbox),
            .text(masked(row.deposit.bankAccount)), Value(row.bankKey), .text(row.deposit.currency), Value(row.date),
            Value(row.declared), Value(row.held), Value(row.difference), Value(row.report?.rawValue))
    }

    package func insert(_ row: BatchRow) throws {
        try run(
            """
            INSERT INTO batches (batch, deposit, number, declared_items, declared_cents, items, items_cents, held,
                difference_cents, reference) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .int(row.key), .int(row.deposit), .text(row.number), Value(row.declaredItems), Value(row.declared),
            .int(Int64(row.items)), Value(row.counted), Value(row.held), Value(row.difference),
            .text(row.reference))
    }

    /// An envelope that the bank's file names.
    package func insertTransaction(key: Int64, batch: Int64, number: String) throws {
        try run("INSERT INTO transactions VALUES (?, ?, ?, NULL)", .int(key), .int(batch), .text(number))
    }
}
