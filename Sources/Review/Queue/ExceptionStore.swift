package import Ledger
package import Model

/// All SQL of the review queue.
extension Transaction {
    /// Opens an exception: its row, and the folder that is written after the commit.
    package func open(_ exception: ReviewException, at: String) throws {
        try run(
            """
            INSERT INTO exceptions (exception, intake, deposit, batch, payment, account, reason, severity,
                amount_cents, what, why_not_posted, opened_at, waiting_for)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .text(exception.id.description), Value(exception.intake), Value(exception.deposit), Value(exception.batch),
            Value(exception.payment?.key), Value(exception.account), .text(exception.reason.rawValue),
            .text(exception.severity.rawValue), Value(exception.amount), .text(exception.what),
            .text(exception.whyNotPosted), .text(at), Value(exception.waitingFor))
        try makeDue(openProjection(of: exception.id.description))
    }

    /// The number of the next exception about an intake as a whole or a unit of it.
    package func nextExceptionNumber(ofIntake intake: IntakeID) throws -> Int {
        let count = try number("SELECT count(*) FROM exceptions WHERE intake = ? AND payment IS NULL", .int(intake))
        return Int(count) + 1
    }

    private func openProjection(of id: String) -> Projection {
        Projection(path: "review/open/\(id)/exception.json", kind: "exception", subject: id)
    }

    private func closedProjection(of id: String, on day: CivilDate) -> Projection {
        let folder = day.description.split(separator: "-").joined(separator: "/")
        return Projection(path: "review/closed/\(folder)/\(id)/exception.json", kind: "exception", subject: id)
    }

    /// What an exception is over; nil where it is about no amount, or there is none such.
    package func amount(ofException id: String) throws -> Cents? {
        try first("SELECT amount_cents FROM exceptions WHERE exception = ?", .text(id)) { $0.centsOrNil(0) } ?? nil
    }

    /// One exception as the queue and its folder show it; nil where there is none such.
    package func exception(_ id: String) throws -> ExceptionView? {
        let columns = """
            e.exception, e.reason, e.severity, e.opened_at, e.intake, n.name, e.amount_cents, e.what,
            e.why_not_posted, e.owner, e.claimed_by, e.claim_expires_at, e.due_at, e.waiting_for, e.turn_off_at,
            e.closed_at, e.payment, e.batch, e.deposit, e.account, e.turn_off_cents, e.back_on, e.case_number,
            e.pending_decision
            """
        guard
            var view = try first(
                "SELECT \(columns) FROM exceptions e LEFT JOIN intakes n USING (intake) WHERE e.exception = ?",
                .text(id), map: ExceptionView.init)
        else { return nil }
        try complete(&view)
        return view
    }

    private func complete(_ view: inout ExceptionView) throws {
        if let payment = view.payment { try completeItem(&view, payment) }
        if view.payment == nil, let batch = view.batchKey {
            view.batch = try first("SELECT number FROM batches WHERE batch = ?", .int(batch)) { $0.text(0) }
        }
        view.decisions = try decisions(of: view.id)
    }

    private func completeItem(_ view: inout ExceptionView, _ payment: PaymentID) throws {
        view.item = try item(payment)
        view.batch = view.item?.batch
        view.lines = try lines(of: payment)
        view.candidates = try candidateRows(of: payment)
        view.documents = try all(
            """
            SELECT d.doc_id, d.doc_type, d.status, (SELECT path FROM pages p WHERE p.document = d.document
                AND path IS NOT NULL ORDER BY page, side = 'B' LIMIT 1)
            FROM documents d WHERE d.payment = ? ORDER BY d.document
            """, .int(payment.key)
        ) { DocumentView(id: $0.text(0), type: $0.text(1), status: $0.text(2), path: $0.textOrNil(3)) }
        view.twin = try view.item?.twin.flatMap(twin)
    }

    private func item(_ payment: PaymentID) throws -> ItemView? {
        try first(
            """
            SELECT i.number, b.number, t.number, i.line, i.amount_cents, i.currency, i.tender, i.status, i.books,
                i.check_number, i.routing, i.bank_account, i.payer, i.end_to_end, i.trace, i.reference, i.account_read,
                i.scanline, i.memo, i.deposit_on, i.value_on, i.postmark_on, i.twin_of, i.rule, i.proof,
                i.kind, d.lockbox
            FROM items i JOIN batches b USING (batch) JOIN deposits d USING (deposit)
                LEFT JOIN transactions t ON t."transaction" = i."transaction"
            WHERE i.payment = ?
            """, .int(payment.key), map: ItemView.init)
    }

    private func lines(of payment: PaymentID) throws -> [RemittanceLine] {
        try all(
            "SELECT account, bill, amount_cents FROM remittance_lines WHERE payment = ? ORDER BY place",
            .int(payment.key)
        ) { RemittanceLine(account: $0.text(0), bill: $0.text(1), amount: $0.centsOrNil(2)) }
    }

    private func twin(_ payment: PaymentID) throws -> TwinView? {
        guard let item = try item(payment) else { return nil }
        let file = try intake(payment.intake)?.name ?? ""
        return TwinView(payment: payment, file: file, item: item, lines: try lines(of: payment))
    }

    /// The open exceptions that suspect a duplicate as an exception does, it among them: in the same deposit, of a twin
    /// in the same deposit as its twin.
    package func duplicatesSuspected(alongside exception: String) throws -> [String] {
        try all(
            """
            WITH mine AS (SELECT e.intake, b.deposit, tb.deposit AS told FROM exceptions e
                JOIN items i ON i.payment = e.payment JOIN batches b ON b.batch = i.batch
                JOIN items t ON t.payment = i.twin_of JOIN batches tb ON tb.batch = t.batch WHERE e.exception = ?1)
            SELECT e.exception FROM mine JOIN exceptions e ON e.intake = mine.intake
            JOIN items i ON i.payment = e.payment JOIN batches b ON b.batch = i.batch
            JOIN items t ON t.payment = i.twin_of JOIN batches tb ON tb.batch = t.batch
            WHERE b.deposit = mine.deposit AND tb.deposit = mine.told AND e.closed_at IS NULL AND e.reason = ?2
            ORDER BY e.payment, e.exception
            """, .text(exception), .text(Reason.duplicateSuspected.rawValue)
        ) { $0.text(0) }
    }

    /// Closes an exception: it moves to the closed folder of that day.
    func close(_ id: String, at: String, on day: CivilDate) throws {
        if let pending = try pendingDecision(of: id) {
            // Something came that settles it before a second person said anything.
            try insertVerdict(
                "declined", on: pending, by: "sluice", at: at, note: "It was settled otherwise meanwhile.")
        }
        try run(
            """
            UPDATE exceptions SET closed_at = ?, pending_decision = NULL, claimed_by = NULL, claim_expires_at = NULL
            WHERE exception = ?
            """, .text(at), .text(id))
        try makeRemovalDue(openProjection(of: id).path)
        try makeDue(closedProjection(of: id, on: day))
    }

    /// Closes what still waits of a payment that the bank has taken back: there is nothing left to decide.
    package func closeExceptions(of payment: PaymentID, at: String, on day: CivilDate) throws {
        let open = try all(
            "SELECT exception FROM exceptions WHERE payment = ? AND closed_at IS NULL ORDER BY exception",
            .int(payment.key)
        ) { $0.text(0) }
        for id in open { try close(id, at: at, on: day) }
    }

    /// The one exception that waits for a decision about a payment; nil where there is none, or several.
    package func openException(of payment: PaymentID) throws -> String? {
        let open = try all(
            "SELECT exception FROM exceptions WHERE payment = ? AND closed_at IS NULL AND pending_decision IS NULL",
            .int(payment.key)
        ) { $0.text(0) }
        return open.count == 1 ? open[0] : nil
    }

    /// Adds a sentence to why an open exception was not posted, and has its file written again.
    package func addWhy(_ sentence: String, to exception: String) throws {
        try run(
            "UPDATE exceptions SET why_not_posted = rtrim(why_not_posted, '.') || '. ' || ? WHERE exception = ?",
            .text(sentence),
            .text(exception))
        try refresh(exception)
    }

    /// Whether an item is a debit that stands in no book: the bank credited nothing for it.
    func isDebitOffBooks(_ payment: PaymentID) throws -> Bool {
        try number(
            "SELECT EXISTS (SELECT 1 FROM items WHERE payment = ? AND direction = 'debit' AND books = 'none')",
            .int(payment.key)) == 1
    }

    /// Has an exception's file written again, where it stands.
    func refresh(_ id: String) throws {
        if let closed = try closedPath(of: id) {
            try makeDue(Projection(path: closed, kind: "exception", subject: id))
        } else {
            try makeDue(openProjection(of: id))
        }
    }

    /// Where the file of a closed exception stands; nil for an open one. Its folder is of the office's day, which is
    /// not more than a day from that of UTC.
    func closedPath(of id: String) throws -> String? {
        let closedAt = try first("SELECT closed_at FROM exceptions WHERE exception = ?", .text(id)) { $0.textOrNil(0) }
        guard let closedAt = closedAt ?? nil, let day = CivilDate(iso: closedAt.prefix(10)) else { return nil }
        for days in [0, -1, 1] {
            let path = closedProjection(of: id, on: day.advanced(by: days)).path
            let isThere = try number(
                "SELECT EXISTS (SELECT 1 FROM projections WHERE path = ? AND state <> 'removal-due')", .text(path))
            if isThere == 1 { return path }
        }
        return nil
    }

    /// Has the files of open exceptions written again whose documents have just got images.
    package func refreshExceptionsWithNewImages() throws {
        let exceptions = try all(
            """
            SELECT DISTINCT e.exception FROM projections j JOIN pages p ON p.path = j.path
            JOIN documents d ON d.document = p.document JOIN exceptions e ON e.payment = d.payment
            WHERE j.kind = 'page' AND j.state = 'due' AND e.closed_at IS NULL ORDER BY 1
            """
        ) { $0.text(0) }
        for exception in exceptions { try refresh(exception) }
    }

    /// The images of a payment's documents under the home, in order.
    package func imagePaths(ofException id: String) throws -> [String] {
        try all(
            """
            SELECT p.path FROM exceptions e JOIN documents d ON d.payment = e.payment
            JOIN pages p ON p.document = d.document WHERE e.exception = ? AND p.path IS NOT NULL ORDER BY p.path
            """, .text(id)
        ) { $0.text(0) }
    }

    /// The exception that a payment waits on: its own, or that of its held batch, deposit or file.
    package func exceptionID(of payment: PaymentID, batch: Int64) throws -> String? {
        try first(
            """
            SELECT exception FROM exceptions WHERE payment = ?1 OR batch = ?2 AND payment IS NULL
            ORDER BY payment IS NULL, exception DESC LIMIT 1
            """, .int(payment.key), .int(batch)
        ) { $0.text(0) } ?? heldUnitException(of: payment, batch: batch)
    }

    /// Whether it was told of a sum that its payments came late.
    package func isWarned(of sum: PaymentID) throws -> Bool {
        try number(
            "SELECT EXISTS (SELECT 1 FROM exceptions WHERE payment = ? AND reason = ?)", .int(sum.key),
            .text(Reason.sumToldLate.rawValue)) == 1
    }

    /// The exception that tells of a payment that waits: its own, an open one first, or that of its held unit.
    func tellingException(of payment: PaymentID) throws -> (id: String, isOwn: Bool, isOpen: Bool)? {
        let own = try first(
            "SELECT exception, closed_at FROM exceptions WHERE payment = ? ORDER BY closed_at IS NOT NULL LIMIT 1",
            .int(payment.key)
        ) { (id: $0.text(0), isOwn: true, isOpen: $0.isNull(1)) }
        if let own { return own }
        let batch = try number("SELECT batch FROM items WHERE payment = ?", .int(payment.key))
        return try exceptionID(of: payment, batch: batch).map { (id: $0, isOwn: false, isOpen: true) }
    }

    /// The exception of the deposit or file that holds a payment with all its unit.
    private func heldUnitException(of payment: PaymentID, batch: Int64) throws -> String? {
        try first(
            """
            SELECT e.exception FROM exceptions e JOIN items i ON i.payment = ?1
            WHERE i.status = 'held' AND e.reason = i.reason AND e.payment IS NULL AND e.batch IS NULL AND e.intake = ?2
            AND (e.deposit IS NULL OR e.deposit = (SELECT deposit FROM batches WHERE batch = ?3))
            ORDER BY e.deposit IS NULL, e.exception LIMIT 1
            """, .int(payment.key), .int(payment.intake), .int(batch)
        ) { $0.text(0) }
    }
}

extension Transaction {
    /// How many exceptions were ever opened about a payment.
    package func exceptionCount(ofPayment payment: PaymentID) throws -> Int {
        let pattern = "\(payment)-e"
        return Int(
            try number(
                "SELECT count(*) FROM exceptions WHERE exception >= ? AND exception < ?", .text(pattern),
                .text(pattern + "~")))
    }

    /// How many exceptions of an intake wait for a person.
    package func openExceptionCount(ofIntake intake: IntakeID) throws -> Int64 {
        try number("SELECT count(*) FROM exceptions WHERE intake = ? AND closed_at IS NULL", .int(intake))
    }
}

extension Transaction {
    /// All exceptions about a payment, in the order they were opened.
    package func exceptions(of payment: PaymentID) throws -> [ExceptionView] {
        try all("SELECT exception FROM exceptions WHERE payment = ? ORDER BY exception", .int(payment.key)) {
            $0.text(0)
        }.compactMap { try exception($0) }
    }

    /// Deposits that have a payment or a held unit not settled yet, and the money of those payments.
    package func openDeposits() throws -> (count: Int64, cents: Cents) {
        try first(
            """
            SELECT count(DISTINCT b.deposit), ifnull(sum(i.amount_cents), 0) FROM items i JOIN batches b USING (batch)
            WHERE i.books IN ('suspense', 'on-hold', 'unresolved')
            """
        ) { ($0.int(0), $0.cents(1)) } ?? (0, .zero)
    }
}
