package import Model

/// What kind of report of a bank account a deposit is part of. Two reports of one day of another kind, or of another
/// format, tell the same items.
package enum Report: String, Sendable {
    /// Single entries as they are booked (camt.054).
    case notification
    /// A day before it is closed (camt.052, BAI2 final same-day).
    case preliminary
    /// A day that is closed (camt.053, BAI2 previous-day, a statement by layout).
    case final
}

/// By what an item is known again in another report of the same account.
package struct RetoldSearch: Sendable {
    package var bankKey: Int64
    package var direction: Direction
    package var amount: Cents
    package var day: CivilDate
    package var trace: String
    package var endToEnd: String
    /// All its texts, as they are kept.
    package var text: String

    package init(
        bankKey: Int64, direction: Direction, amount: Cents, day: CivilDate, trace: String, endToEnd: String,
        text: String
    ) {
        self.bankKey = bankKey
        self.direction = direction
        self.amount = amount
        self.day = day
        self.trace = trace
        self.endToEnd = endToEnd
        self.text = text
    }
}

/// An item of another report that tells the same, and whether that is sure.
package struct Retold: Hashable, Sendable {
    package var payment: PaymentID
    /// False where the earlier report may tell another payment.
    package var isSure: Bool
}

/// Items that other reports of the same bank account told, while one file is posted.
///
/// They lie in a temporary table: a report may have millions, and only the reports of one account and of days nearby
/// are put there, once a file.
extension Transaction {
    /// Forgets what an earlier file put there.
    package func beginRetelling() throws {
        try run(
            """
            CREATE TEMP TABLE IF NOT EXISTS retold (payment INTEGER PRIMARY KEY, bank_key INTEGER, direction TEXT,
                amount_cents INTEGER, day INTEGER, trace TEXT, end_to_end TEXT, told TEXT, is_first INTEGER,
                is_whole INTEGER, is_reserved INTEGER)
            """)
        try run("CREATE INDEX IF NOT EXISTS temp.retold_by_text ON retold (amount_cents, day, told)")
        try run("CREATE INDEX IF NOT EXISTS temp.retold_by_trace ON retold (trace, amount_cents) WHERE trace <> ''")
        try run(
            "CREATE INDEX IF NOT EXISTS temp.retold_by_end ON retold (end_to_end, amount_cents) WHERE end_to_end <> ''")
        try run("DELETE FROM temp.retold")
    }

    /// Deposits of other files that tell the same account about days nearby, in another kind of report or format, or
    /// before the day was closed.
    package func otherTellings(
        of bankKey: Int64, in days: ClosedRange<CivilDate>, report: Report, format: String, than intake: IntakeID
    ) throws -> [Int64] {
        try all(
            """
            SELECT d.deposit FROM deposits d JOIN intakes n USING (intake)
            WHERE d.bank_key = ? AND d.deposit_on BETWEEN ? AND ? AND d.report IS NOT NULL AND d.intake <> ?
            AND (d.report <> ? OR n.format <> ? OR d.report = 'preliminary') ORDER BY d.deposit
            """, .int(bankKey), Value(days.lowerBound), Value(days.upperBound), .int(intake),
            .text(report.rawValue), .text(format)
        ) { $0.int(0) }
    }

    /// Puts the items of a deposit there that count: those that were only announced, or told twice themselves, do not.
    ///
    /// An item is not sure to be meant where such a report as this one repeated it before (this may be a second page),
    /// nor by texts alone where both reports are of a day before it was closed (the second may go on where the first
    /// ended). Reports of such a day that begin anew each time repeat their numbers as often.
    package func addRetold(_ deposit: Int64, to report: Report, format: String) throws {
        let intake = PaymentID(intake: PaymentID(key: deposit).intake, place: 0).key
        try run(
            """
            INSERT OR IGNORE INTO temp.retold
            SELECT i.payment, d.bank_key, i.direction, i.amount_cents, i.received_on, i.trace, i.end_to_end,
                i.payer || char(1) || i.memo || char(1) || i.reference || char(1) || i.check_number,
                NOT EXISTS (SELECT 1 FROM items t INDEXED BY items_told_twice JOIN batches tb ON tb.batch = t.batch
                    JOIN deposits td ON td.deposit = tb.deposit JOIN intakes tn ON tn.intake = td.intake
                    WHERE t.reason = 'told-twice' AND t.twin_of = i.payment AND td.report = ?1 AND tn.format = ?2),
                NOT (?1 = 'preliminary' AND d.report = 'preliminary'), 0
            FROM items i JOIN batches b USING (batch) JOIN deposits d USING (deposit)
            WHERE i.payment BETWEEN ?3 AND ?4 AND d.deposit = ?5 AND i.kind IN ('payment', 'returned', 'correction',
                'sum', 'fee')
            AND ifnull(i.reason, '') NOT IN ('copy-not-posted', 'not-booked', 'booking-unstated', 'told-twice',
                'fraction-of-cent', 'currency-other')
            AND NOT (i.status = 'duplicate' AND i.books = 'none')
            """, .text(report.rawValue), .text(format), .int(intake), .int(intake + 999_999_999), .int(deposit))
    }

    /// Keeps the item there that tells the same by its number: no item of the file is to take it by texts alone.
    package func reserveRetold(_ search: RetoldSearch) throws {
        guard let found = try numbered(search, isReserved: false) else { return }
        try run("UPDATE temp.retold SET is_reserved = 1 WHERE payment = ?", .int(found.payment.key))
    }

    /// The item there that tells the same, by its number if one was kept so; it is taken away, for it tells one only.
    package func takeRetold(_ search: RetoldSearch) throws -> Retold? {
        guard let found = try numbered(search, isReserved: true) ?? texted(search) else { return nil }
        try run("DELETE FROM temp.retold WHERE payment = ?", .int(found.payment.key))
        return found
    }

    /// An equal number over the same amount of the same day is proof, unless the bank's own number is another.
    private func numbered(_ search: RetoldSearch, isReserved: Bool) throws -> Retold? {
        for (column, number) in [("trace", search.trace), ("end_to_end", search.endToEnd)] where !number.isEmpty {
            let found = try first(
                """
                SELECT payment, is_first OR NOT is_whole FROM temp.retold
                WHERE \(column) = ? AND \(column) <> '' AND amount_cents = ? AND day = ? AND direction = ?
                AND bank_key = ? AND (trace = ?6 OR trace = '' OR ?6 = '') AND is_reserved = ?7
                ORDER BY is_first DESC, payment LIMIT 1
                """, .text(number), Value(search.amount), Value(search.day), .text(search.direction.rawValue),
                .int(search.bankKey), .text(search.trace), Value(isReserved)
            ) { Retold(payment: PaymentID(key: $0.int(0)), isSure: $0.flag(1)) }
            if let found { return found }
        }
        return nil
    }

    /// Equal texts of one day count where the numbers do not say that these are two items.
    private func texted(_ search: RetoldSearch) throws -> Retold? {
        try first(
            """
            SELECT payment, is_first AND is_whole AS is_sure FROM temp.retold
            WHERE is_reserved = 0 AND amount_cents = ?1 AND day = ?2 AND told = ?3 AND direction = ?4 AND bank_key = ?5
            AND (trace = '' OR ?6 = '') AND (end_to_end = '' OR ?7 = '')
            ORDER BY is_sure DESC, trace <> '', end_to_end <> '', payment LIMIT 1
            """, Value(search.amount), Value(search.day), .text(search.text), .text(search.direction.rawValue),
            .int(search.bankKey), .text(search.trace), .text(search.endToEnd)
        ) { Retold(payment: PaymentID(key: $0.int(0)), isSure: $0.flag(1)) }
    }
}
