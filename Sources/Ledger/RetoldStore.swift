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
    package var trace = ""
    package var endToEnd = ""
    /// The bank's reference of the entry that is this item alone.
    package var entry = ""
    /// What the bank gives as the customer's reference (BAI2): it may be an end-to-end id.
    package var customer = ""
    /// All its texts, as they are kept.
    package var text = ""

    package init(bankKey: Int64, direction: Direction, amount: Cents, day: CivilDate) {
        self.bankKey = bankKey
        self.direction = direction
        self.amount = amount
        self.day = day
    }

    /// The bank's number of the item itself.
    fileprivate var own: String { trace == entry ? "" : trace }
}

/// An entry of a file as a whole, by which one that another report told is known again.
package struct RetoldEntry: Sendable {
    package var bankKey: Int64
    package var reference: String
    package var amount: Cents
    /// The days on which an entry without a reference may be the same.
    package var near: ClosedRange<CivilDate>

    package init(bankKey: Int64, reference: String, amount: Cents, near: ClosedRange<CivilDate>) {
        self.bankKey = bankKey
        self.reference = reference
        self.amount = amount
        self.near = near
    }
}

/// An item of another report that tells the same, and whether that is sure.
package struct Retold: Hashable, Sendable {
    package var payment: PaymentID
    /// False where the earlier report may tell another payment.
    package var isSure: Bool

    package init(payment: PaymentID, isSure: Bool) {
        self.payment = payment
        self.isSure = isSure
    }
}

/// Items that other reports of the same bank account told, while one file is posted.
///
/// They lie in a temporary table: a report may have millions, and only the reports of one account and of days nearby
/// are put there, once a file. Before anything is posted, the file is looked through: what tells the same by a number
/// is kept for its number, then what tells it in the same words; what is free then may still be the same.
extension Transaction {
    /// Forgets what an earlier file put there.
    package func beginRetelling() throws {
        try run(
            """
            CREATE TEMP TABLE IF NOT EXISTS retold (payment INTEGER PRIMARY KEY, bank_key INTEGER, direction TEXT,
                amount_cents INTEGER, day INTEGER, trace TEXT, own TEXT, entry TEXT, end_to_end TEXT, customer TEXT,
                told TEXT, is_first INTEGER, is_whole INTEGER, is_alike INTEGER, is_bare INTEGER, kept TEXT)
            """)
        try run("CREATE INDEX IF NOT EXISTS temp.retold_by_text ON retold (amount_cents, day, told)")
        try run(
            """
            CREATE INDEX IF NOT EXISTS temp.retold_free ON retold (amount_cents, day) WHERE kept = '' AND is_first
            """)
        for column in ["trace", "end_to_end", "entry", "customer"] {
            try run(
                """
                CREATE INDEX IF NOT EXISTS temp.retold_by_\(column) ON retold (\(column), amount_cents)
                WHERE \(column) <> ''
                """)
        }
        try run("DELETE FROM temp.retold")
    }

    /// Other files that tell the same account about days nearby, in another kind of report or format, or before the
    /// day was closed.
    package func otherTellings(
        of bankKey: Int64, in days: ClosedRange<CivilDate>, report: Report, format: String, than intake: IntakeID
    ) throws -> [IntakeID] {
        try all(
            """
            SELECT DISTINCT d.intake FROM deposits d JOIN intakes n USING (intake)
            WHERE d.bank_key = ? AND d.deposit_on BETWEEN ? AND ? AND d.report IS NOT NULL AND d.intake <> ?
            AND (d.report <> ? OR n.format <> ? OR d.report = 'preliminary') ORDER BY d.intake
            """, .int(bankKey), Value(days.lowerBound), Value(days.upperBound), .int(intake),
            .text(report.rawValue), .text(format)
        ) { $0.int(0) }
    }

    /// Puts the items of an intake of one account there that count: those that were only announced, or told twice
    /// themselves, do not, nor the parts that a bank tells beside their sum.
    ///
    /// An item is not sure to be meant where such a report as this one repeated it before (this may be a second page),
    /// nor by texts alone where both reports are of a day before it was closed (the second may go on where the first
    /// ended). Reports of such a day that begin anew each time repeat their numbers as often.
    package func addRetold(_ intake: IntakeID, of bankKey: Int64, to report: Report, format: String) throws {
        let first = PaymentID(intake: intake, place: 0).key
        try run(
            """
            INSERT OR IGNORE INTO temp.retold
            SELECT i.payment, d.bank_key, i.direction, i.amount_cents, i.received_on, i.trace,
                CASE WHEN i.trace = b.reference THEN '' ELSE i.trace END,
                CASE WHEN b.items = 1 THEN b.reference ELSE '' END, i.end_to_end,
                CASE WHEN n.format = 'bai2' THEN i.reference ELSE '' END,
                i.payer || char(1) || i.memo || char(1) || i.reference || char(1) || i.check_number,
                NOT EXISTS (SELECT 1 FROM items t INDEXED BY items_told_twice JOIN batches tb ON tb.batch = t.batch
                    JOIN deposits td ON td.deposit = tb.deposit JOIN intakes tn ON tn.intake = td.intake
                    WHERE t.reason = 'told-twice' AND t.twin_of = i.payment AND td.report = ?1 AND tn.format = ?2),
                NOT (?1 = 'preliminary' AND d.report = 'preliminary'), substr(n.format, 1, 4) = substr(?2, 1, 4),
                n.format LIKE 'camt%' AND b.items = 1 AND i.payer = '' AND i.end_to_end = '' AND i.reference = ''
                    AND i.bank_account = '', ''
            FROM items i JOIN batches b USING (batch) JOIN deposits d USING (deposit)
                JOIN intakes n ON n.intake = d.intake
            WHERE i.payment BETWEEN ?3 AND ?4 AND d.bank_key = ?5 AND d.report IS NOT NULL
            AND (d.report <> ?1 OR n.format <> ?2 OR d.report = 'preliminary')
            AND i.kind IN ('payment', 'returned', 'correction', 'sum', 'fee')
            AND ifnull(i.reason, '') NOT IN ('copy-not-posted', 'not-booked', 'booking-unstated', 'told-twice',
                'fraction-of-cent', 'currency-other')
            AND NOT (i.status = 'duplicate' AND i.books = 'none')
            """, .text(report.rawValue), .text(format), .int(first), .int(first + 999_999_999), .int(bankKey))
    }

    /// Keeps the item there that tells the same by its number: no item of the file is to take it by texts alone.
    package func keepNumbered(_ search: RetoldSearch) throws {
        if let found = try numbered(search, kept: "") { try keep(found.payment, for: "number") }
    }

    /// Keeps the item there that tells the same in the same words, for one that has none by its number.
    package func keepTexted(_ search: RetoldSearch) throws {
        guard try numbered(search, kept: "number") == nil, let found = try texted(search, kept: "") else { return }
        try keep(found.payment, for: "text")
    }

    private func keep(_ payment: PaymentID, for reason: String) throws {
        try run("UPDATE temp.retold SET kept = ? WHERE payment = ?", .text(reason), .int(payment.key))
    }

    /// The item there that tells the same, by its number if one was kept so; it is taken away, for it tells one only.
    ///
    /// A credit of which nothing there is known for sure may still be the same as one that nobody takes: of the same
    /// amount, on a day `near`, in other words.
    package func takeRetold(_ search: RetoldSearch, near: ClosedRange<CivilDate>) throws -> Retold? {
        let sure = try numbered(search, kept: "number") ?? texted(search, kept: "text")
        guard let found = try sure ?? suspected(search, near: near) else { return nil }
        try forget(found.payment)
        return found
    }

    private func forget(_ payment: PaymentID) throws {
        try run("DELETE FROM temp.retold WHERE payment = ?", .int(payment.key))
    }

    /// Whether the bank's own numbers leave it open that two items are one: of the item, and of an entry that is one
    /// item alone.
    private static let mayBeOne = """
        (own = ?6 OR own = '' OR ?6 = '') AND (entry = ?7 OR entry = '' OR ?7 = '')
        """

    /// An equal number over the same amount of the same day is proof, unless the bank's own number is another.
    private func numbered(_ search: RetoldSearch, kept: String) throws -> Retold? {
        let pairs = [
            ("trace", search.trace, Self.mayBeOne), ("end_to_end", search.endToEnd, Self.mayBeOne),
            ("entry", search.entry, Self.mayBeOne), ("entry", search.trace, "is_alike = 0"),
            ("trace", search.entry, "is_alike = 0"), ("end_to_end", search.customer, "is_alike = 0"),
            ("customer", search.endToEnd, "is_alike = 0"),
        ]
        for (column, number, condition) in pairs where !number.isEmpty {
            let found = try first(
                """
                SELECT payment, is_first OR NOT is_whole FROM temp.retold
                WHERE \(column) = ?1 AND \(column) <> '' AND amount_cents = ?2 AND day = ?3 AND direction = ?4
                AND bank_key = ?5 AND (\(condition)) AND kept = ?8
                ORDER BY is_first DESC, payment LIMIT 1
                """, .text(number), Value(search.amount), Value(search.day), .text(search.direction.rawValue),
                .int(search.bankKey), .text(search.own), .text(search.entry), .text(kept)
            ) { Retold(payment: PaymentID(key: $0.int(0)), isSure: $0.flag(1)) }
            if let found { return found }
        }
        return nil
    }

    /// Equal texts of one day count where the numbers do not say that these are two items.
    private func texted(_ search: RetoldSearch, kept: String) throws -> Retold? {
        try first(
            """
            SELECT payment, is_first AND is_whole AS is_sure FROM temp.retold
            WHERE kept = ?8 AND amount_cents = ?1 AND day = ?2 AND told = ?3 AND direction = ?4 AND bank_key = ?5
            AND (trace = '' OR ?6 = '') AND (end_to_end = '' OR ?7 = '')
            ORDER BY is_sure DESC, trace <> '', end_to_end <> '', payment LIMIT 1
            """, Value(search.amount), Value(search.day), .text(search.text), .text(search.direction.rawValue),
            .int(search.bankKey), .text(search.trace), .text(search.endToEnd), .text(kept)
        ) { Retold(payment: PaymentID(key: $0.int(0)), isSure: $0.flag(1)) }
    }

    /// A credit that nobody takes and that nothing proves to be another: of other words, or booked a day apart. Numbers
    /// of another format are no proof, for a bank may give one payment several. One that such a report as this told
    /// before is taken, and reports of one format before the day is closed go on or repeat what they said.
    private func suspected(_ search: RetoldSearch, near: ClosedRange<CivilDate>) throws -> Retold? {
        guard search.direction == .credit else { return nil }
        return try first(
            """
            SELECT payment FROM temp.retold INDEXED BY retold_free
            WHERE kept = '' AND is_first AND amount_cents = ?1 AND day BETWEEN ?2 AND ?3 AND direction = 'credit'
            AND bank_key = ?4 AND (end_to_end = ?5 OR end_to_end = '' OR ?5 = '')
            AND (is_alike = 0 OR is_whole AND \(Self.mayBeOne))
            ORDER BY day <> ?8, payment LIMIT 1
            """, Value(search.amount), Value(near.lowerBound), Value(near.upperBound), .int(search.bankKey),
            .text(search.endToEnd), .text(search.own), .text(search.entry), Value(search.day)
        ) { Retold(payment: PaymentID(key: $0.int(0)), isSure: false) }
    }
}

/// Entries that one report tells as a whole and another by their payments.
extension Transaction {
    /// Whether another report told the payments of an entry: by its reference or, where one of both has none and
    /// `isBare` says that the entry tells nothing of a payment, by its amount.
    package func isToldByParts(_ entry: RetoldEntry, isBare: Bool, than intake: IntakeID) throws -> Bool {
        try number(
            """
            SELECT EXISTS (SELECT 1 FROM told_units u JOIN batches b ON b.batch = u.unit
                JOIN deposits d ON d.deposit = u.deposit
                WHERE u.total_cents = ?1 AND u.bank_key = ?2 AND u.intake <> ?3 AND d.report IS NOT NULL
                AND (b.reference = ?4 AND ?4 <> ''
                    OR ?5 AND (b.reference = '' OR ?4 = '') AND u.credited_on BETWEEN ?6 AND ?7))
            """, Value(entry.amount), .int(entry.bankKey), .int(intake), .text(entry.reference), Value(isBare),
            Value(entry.near.lowerBound), Value(entry.near.upperBound)) == 1
    }

    /// Takes the credit away from what is retold that told an entry of several payments as a whole; nil where none did.
    package func takeWhole(of entry: RetoldEntry) throws -> PaymentID? {
        let found = try first(
            """
            SELECT payment FROM temp.retold
            WHERE kept = '' AND amount_cents = ?1 AND bank_key = ?2 AND direction = 'credit'
            AND (entry = ?3 AND ?3 <> '' OR is_bare AND (entry = '' OR ?3 = '') AND day BETWEEN ?4 AND ?5)
            AND (SELECT books FROM items i WHERE i.payment = retold.payment) <> 'none'
            ORDER BY entry <> ?3, payment LIMIT 1
            """, Value(entry.amount), .int(entry.bankKey), .text(entry.reference), Value(entry.near.lowerBound),
            Value(entry.near.upperBound)
        ) { PaymentID(key: $0.int(0)) }
        if let found { try forget(found) }
        return found
    }

    /// Says of a credit that waits for a person that it is a sum whose payments another file tells. False where it does
    /// not wait.
    package func markSum(_ payment: PaymentID) throws -> Bool {
        try run(
            """
            UPDATE items SET kind = 'sum' WHERE payment = ? AND kind IN ('payment', 'sum')
            AND status IN ('held', 'suspense') AND books IN ('suspense', 'unresolved')
            AND ifnull(reason, '') <> 'collection-returned'
            """, .int(payment.key)) == 1
    }
}
