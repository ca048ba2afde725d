package import Model

/// All SQL of held units: what stands in unresolved of them, and how it leaves.
extension Transaction {
    /// The unit that an exception is about, by the keys it names; nil where there is none such.
    package func heldUnit(intake: IntakeID, deposit: Int64?, batch: Int64?, reason: Reason) throws -> HeldUnit? {
        let (level, key): (HeldUnit.Level, Int64) =
            if let batch { (.batch, batch) } else if let deposit { (.deposit, deposit) } else {
                (.file, Self.file(intake))
            }
        let unit =
            switch level {
            case .batch:
                """
                SELECT d.bank_key, d.deposit_on, b.difference_cents - b.settled_cents, 'batch ' || b.number
                FROM batches b JOIN deposits d USING (deposit) WHERE b.batch = ?
                """
            case .deposit:
                """
                SELECT bank_key, deposit_on, difference_cents - settled_cents, trim('deposit ' || number) FROM deposits
                WHERE deposit = ?
                """
            case .file:
                """
                SELECT NULL, ifnull((SELECT e.bank_on FROM journal_entries e WHERE e.entry = ?2),
                        (SELECT min(d.deposit_on) FROM deposits d WHERE d.intake = ?1)),
                    difference_cents - settled_cents, 'file ' || name FROM intakes WHERE intake = ?1
                """
            }
        let values: [Value] = level == .file ? [.int(intake), .int(key * 100)] : [.int(key)]
        var found: HeldUnit?
        try query(unit, with: values) { row in
            guard let day = row.dateOrNil(1) else { return }
            found = HeldUnit(
                level: level, key: key, intake: intake, reason: reason, bankKey: row.intOrNil(0), bankOn: day,
                difference: row.cents(2), name: row.text(3))
        }
        return found
    }

    /// The key of a file as a whole.
    private static func file(_ intake: IntakeID) -> Int64 {
        PaymentID(intake: intake, place: PaymentID.placesMax + 99_999_999).key
    }

    /// Units whose difference stands in unresolved, as SQL: `(key, cents)`.
    static let standingDifferences = """
        SELECT batch, difference_cents - settled_cents FROM batches WHERE difference_cents <> settled_cents
        UNION ALL SELECT deposit, difference_cents - settled_cents FROM deposits
            WHERE difference_cents <> settled_cents
        UNION ALL SELECT intake * 1000000000 + 999999999, difference_cents - settled_cents FROM intakes
            WHERE difference_cents <> settled_cents
        """

    /// The items that wait with their unit, or one of them: what stands in unresolved, and those whose amount nobody
    /// could read.
    package func heldItems(of unit: HeldUnit, only payment: PaymentID? = nil, limit: Int = -1) throws -> [HeldItem] {
        var items: [HeldItem] = []
        try query(
            """
            SELECT i.payment, i.number, i.amount_cents, (SELECT a.account FROM accounts a
                    WHERE a.account = i.account_read), i.scanline, i.check_number
            FROM items i JOIN batches b USING (batch)
            WHERE i.payment BETWEEN ifnull(?5, ?1) AND ifnull(?5, ?1 + 999999999) AND \(Self.isOfUnit)
            ORDER BY i.payment LIMIT ?6
            """, with: arguments(unit) + [Value(payment?.key), Value(limit)]
        ) {
            items.append(
                HeldItem(
                    payment: PaymentID(key: $0.int(0)), number: $0.text(1), amount: $0.cents(2),
                    account: $0.textOrNil(3), scanline: $0.text(4), checkNumber: $0.text(5)))
        }
        return items
    }

    /// The same items as the matcher is asked about them, in the order of the file.
    package func decidedItems(of unit: HeldUnit) throws -> [DecidedItem] {
        try heldItems(of: unit).compactMap { try heldItem($0.payment) }
    }

    private static let isOfUnit = """
        i.payment BETWEEN ?1 AND ?1 + 999999999
        AND CASE ?2 WHEN 'batch' THEN b.batch = ?3 WHEN 'deposit' THEN b.deposit = ?3 ELSE 1 END
        AND i.status = 'held' AND i.reason = ?4 AND i.direction = 'credit'
        AND (i.books = 'unresolved' OR i.books = 'none' AND i.amount_cents = 0)
        """

    private func arguments(_ unit: HeldUnit) -> [Value] {
        [
            .int(PaymentID(intake: unit.intake, place: 0).key), .text(unit.level.rawValue), .int(unit.key),
            .text(unit.reason.rawValue),
        ]
    }

    /// Whether an item still waits with its unit.
    package func isHeld(_ payment: PaymentID, in unit: HeldUnit) throws -> Bool {
        try !heldItems(of: unit, only: payment).isEmpty
    }

    /// How many items the bank declared of a unit, and how many its file has; nil where it declares none.
    package func declaredItems(of unit: HeldUnit) throws -> (declared: Int64, items: Int64)? {
        guard unit.level == .batch else { return nil }
        return try first("SELECT declared_items, items FROM batches WHERE batch = ?", .int(unit.key)) { row in
            row.intOrNil(0).map { ($0, row.int(1)) }
        } ?? nil
    }

    // MARK: What a person does to a unit

    /// Takes a part of a unit's difference out of unresolved, in one balanced entry on a bank day.
    package func settle(
        _ cents: Cents, of unit: HeldUnit, into ledgerAccount: LedgerAccount, bankKey: Int64?, on day: CivilDate,
        decision: Int64, postedOn: CivilDate
    ) throws {
        guard cents != .zero else { return }
        let first = unit.key * 100
        let last = try number(
            "SELECT ifnull(max(entry), ?1) FROM journal_entries WHERE entry BETWEEN ?1 AND ?2", .int(first),
            .int(first + 99))
        guard last < first + 99 else {
            throw LedgerFault("\(unit.name) of intake \(unit.intake) has 100 journal entries already")
        }
        try run(
            """
            INSERT INTO journal_entries (entry, kind, intake, decision, bank_key, bank_on, effective_on, posted_on)
            VALUES (?, 'difference', ?, ?, ?, ?, ?, ?)
            """, .int(last + 1), .int(unit.intake), .int(decision), Value(bankKey), Value(day), Value(day),
            Value(postedOn))
        try addLines([JournalLine(.unresolved, cents), JournalLine(ledgerAccount, -cents)], to: last + 1)
        let place = unit.place
        try run(
            "UPDATE \(place.table) SET settled_cents = settled_cents + ? WHERE \(place.column) = ?", Value(cents),
            .int(place.value))
    }

    /// Says what the true amount of a held item is. What the bank credited stays: the item's cash clearing grows by as
    /// much as the unit's shrinks, on the same bank day.
    package func correct(
        _ payment: PaymentID, to amount: Cents, in unit: HeldUnit, decision: Int64, postedOn: CivilDate
    ) throws {
        guard let state = try state(of: payment) else { throw LedgerFault("there is no payment \(payment)") }
        let more = amount - state.amount
        try run(
            """
            UPDATE items SET read_cents = ifnull(read_cents, amount_cents), amount_cents = ?2, keyed_by = ?3,
                books = 'unresolved' WHERE payment = ?1
            """, .int(payment.key), Value(amount), .int(decision))
        guard more != .zero else { return }
        let first = payment.key * 100
        let last = try number(
            "SELECT ifnull(max(entry), ?1) FROM journal_entries WHERE entry BETWEEN ?1 AND ?2", .int(first),
            .int(first + 99))
        guard last < first + 99 else { throw LedgerFault("payment \(payment) has 100 journal entries already") }
        try run(
            """
            INSERT INTO journal_entries (entry, kind, payment, decision, bank_key, bank_on, effective_on, posted_on)
            VALUES (?, 'difference', ?, ?, ?, ?, ?, ?)
            """, .int(last + 1), .int(payment.key), .int(decision), Value(state.bankKey), Value(state.value),
            Value(state.effective), Value(postedOn))
        try addLines([JournalLine(.cashClearing, more), JournalLine(.unresolved, -more)], to: last + 1)
        try settle(
            more, of: unit, into: .cashClearing, bankKey: state.bankKey, on: state.value, decision: decision,
            postedOn: postedOn)
    }

    /// Adds an item that the bank credited and the file does not tell. It waits with its unit, whose difference is less
    /// by it.
    package func add(
        _ missing: MissingItem, to unit: HeldUnit, decision: Int64, postedOn: CivilDate, currency: String
    ) throws -> PaymentID {
        guard let batch = try firstBatch(of: unit) else {
            throw LedgerFault("\(unit.name) of intake \(unit.intake) has no batch that an item could lie in")
        }
        let first = PaymentID(intake: unit.intake, place: 0).key
        let last = try number(
            "SELECT ifnull(max(payment), ?1) FROM items WHERE payment BETWEEN ?1 AND ?2", .int(first),
            .int(first + PaymentID.placesMax - 1))
        let payment = PaymentID(key: last + 1)
        try run(
            """
            INSERT INTO items (payment, batch, number, line, amount_cents, currency, direction, custody, tender,
                status, books, reason, rule, proof, check_number, routing, bank_account, payer, end_to_end, trace,
                reference, account_read, scanline, memo, received_on, deposit_on, value_on, effective_on, posted_on,
                kind, keyed_by)
            SELECT ?1, ?2, (SELECT count(*) + 1 FROM items WHERE batch = ?2 AND payment BETWEEN ?3 AND ?1), 0, ?4, ?5,
                'credit', 'deposited', 'check', 'held', 'unresolved', ?6, 'not-matched/1', 'P3', ?7, '', '', ?8, '',
                '', '', ?9, '', '', ?10, ?10, ?10, ?10, ?11, 'payment', ?12
            """,
            .int(payment.key), .int(batch), .int(first), Value(missing.amount), .text(currency),
            .text(unit.reason.rawValue), .text(String(missing.checkNumber.drop { $0 == "0" })), .text(missing.payer),
            .text(missing.account), Value(unit.bankOn), Value(postedOn), .int(decision))
        if !missing.bill.isEmpty {
            try run(
                "INSERT INTO remittance_lines VALUES (?, 1, ?, ?, ?)", .int(payment.key), .text(missing.account),
                .text(missing.bill), Value(missing.amount))
        }
        try run(
            """
            INSERT INTO journal_entries (entry, kind, intake, payment, decision, bank_key, bank_on, effective_on,
                posted_on) VALUES (?, 'receipt', ?, ?, ?, ?, ?, ?, ?)
            """, .int(payment.key * 100), .int(unit.intake), .int(payment.key), .int(decision), Value(unit.bankKey),
            Value(unit.bankOn), Value(unit.bankOn), Value(postedOn))
        try addLines(
            [JournalLine(.cashClearing, missing.amount), JournalLine(.unresolved, -missing.amount)],
            to: payment.key * 100)
        return payment
    }

    private func firstBatch(of unit: HeldUnit) throws -> Int64? {
        switch unit.level {
        case .batch: return unit.key
        case .deposit, .file:
            return try first(
                """
                SELECT min(b.batch) FROM batches b JOIN deposits d USING (deposit)
                WHERE d.intake = ?1 AND (?2 IS NULL OR d.deposit = ?2)
                """, .int(unit.intake), Value(unit.level == .file ? nil : unit.key)
            ) { $0.intOrNil(0) } ?? nil
        }
    }

    /// Whether an item can be keyed in a unit at all: it needs a batch to lie in.
    package func hasBatch(_ unit: HeldUnit) throws -> Bool { try firstBatch(of: unit) != nil }

    /// Says how a released item was decided.
    package func release(_ posted: PostedItem) throws {
        try run(
            """
            UPDATE items SET status = ?2, books = ?3, reason = ?4, rule = ?5, proof = ?6, twin_of = ?7
            WHERE payment = ?1
            """, .int(posted.payment.key), .text(posted.status.rawValue), .text(posted.books.rawValue),
            Value(posted.reason?.rawValue), .text(posted.rule), .text(posted.proof), Value(posted.twin?.key))
        try run("DELETE FROM candidates WHERE payment = ?", .int(posted.payment.key))
        for (place, candidate) in posted.candidates.prefix(9).enumerated() {
            try run(
                "INSERT INTO candidates VALUES (?, ?, ?, ?, ?, ?, ?)", .int(posted.payment.key), .int(Int64(place + 1)),
                .text(candidate.account), .text(candidate.name), .int(Int64(candidate.score)),
                .text(candidate.evidence), .text(candidate.posting))
        }
    }

    /// Takes an item of a unit that another file told off the books: the credit stands once.
    package func reject(_ payment: PaymentID, decision: Int64, postedOn: CivilDate) throws {
        guard let state = try state(of: payment) else { throw LedgerFault("there is no payment \(payment)") }
        if state.books != .none, state.amount != .zero {
            _ = try addEntry(
                of: state, kind: "reversal", decision: decision, postedOn: postedOn, reverses: payment.key * 100,
                lines: [JournalLine(.unresolved, state.amount), JournalLine(.cashClearing, -state.amount)])
        }
        try set(payment, status: .rejected, books: .none)
    }

    /// The items of a file that somebody corrected, each with the decision that did so last.
    package func corrections(of intake: IntakeID) throws -> [(payment: PaymentID, decision: Int64)] {
        try all(
            """
            SELECT payment, keyed_by FROM items WHERE keyed_by IS NOT NULL AND read_cents IS NOT NULL
            AND payment BETWEEN ?1 AND ?1 + 999999999 ORDER BY payment
            """, .int(PaymentID(intake: intake, place: 0).key)
        ) { (PaymentID(key: $0.int(0)), $0.int(1)) }
    }

    // MARK: What else tells of its money

    /// A payment on the books that was suspected to be a held item told again, and that a person let stand since.
    package func standingTwin(of payment: PaymentID) throws -> PaymentID? {
        try first(
            """
            SELECT payment FROM items WHERE twin_of = ? AND books IN ('posted', 'suspense', 'due-to-others')
            AND kind = 'payment' AND direction = 'credit' ORDER BY payment LIMIT 1
            """, .int(payment.key)
        ) { PaymentID(key: $0.int(0)) }
    }

    /// The payment of the same payer's check, with another amount than a held item has so far; nil where there is none.
    package func twin(of payment: PaymentID, if amount: Cents) throws -> PaymentID? {
        try first(
            """
            SELECT o.payment FROM items i JOIN items o ON o.payer_key = i.payer_key AND o.check_number = i.check_number
            WHERE i.payment = ?1 AND i.check_number <> '' AND o.amount_cents = ?2 AND o.payment <> ?1
            AND (o.status <> 'rejected' OR o.books <> 'none') ORDER BY o.payment LIMIT 1
            """, .int(payment.key), Value(amount)
        ) { PaymentID(key: $0.int(0)) }
    }

    /// Names the payment with which an item shares a number.
    package func setTwin(_ twin: PaymentID?, of payment: PaymentID) throws {
        try run("UPDATE items SET twin_of = ? WHERE payment = ?", Value(twin?.key), .int(payment.key))
    }

    /// Items of later files that are suspected to tell a unit's items again, and wait on hold for it.
    package func retellings(of unit: HeldUnit) throws -> [Retelling] {
        var found: [Retelling] = []
        try query(
            """
            SELECT i.payment, i.number, i.amount_cents, r.payment, r.amount_cents, r.books, n.name
            FROM items r INDEXED BY items_by_twin CROSS JOIN items i ON i.payment = r.twin_of
            CROSS JOIN batches b ON b.batch = i.batch CROSS JOIN intakes n ON n.intake = r.payment / 1000000000
            WHERE r.twin_of BETWEEN ?1 AND ?1 + 999999999 AND r.payment / 1000000000 <> i.payment / 1000000000
            AND r.kind = 'payment' AND r.direction = 'credit'
            AND r.books IN ('on-hold', 'posted', 'suspense', 'due-to-others') AND \(Self.isOfUnit)
            ORDER BY i.payment, r.payment
            """, with: arguments(unit)
        ) {
            found.append(
                Retelling(
                    held: HeldItem(payment: PaymentID(key: $0.int(0)), number: $0.text(1), amount: $0.cents(2)),
                    payment: PaymentID(key: $0.int(3)), amount: $0.cents(4), books: Books(rawValue: $0.text(5))!,
                    file: $0.text(6)))
        }
        return found
    }

    /// An item of a held unit, and what tells it again.
    package struct Retelling: Hashable, Sendable {
        package let held: HeldItem
        package let payment: PaymentID
        package let amount: Cents
        package let books: Books
        package let file: String
    }

    /// The journal lines that a decision made of a unit and its items, summed up.
    package func lines(of unit: HeldUnit, decision: Int64) throws -> [JournalLine] {
        let (first, last) = (
            PaymentID(intake: unit.intake, place: 0).key, PaymentID(intake: unit.intake + 1, place: 0).key
        )
        return try all(
            """
            SELECT l.ledger_account, sum(l.amount_cents) AS cents FROM journal_entries e
            JOIN journal_lines l USING (entry) WHERE e.entry >= ? AND e.entry < ? AND e.decision = ?
            GROUP BY 1 HAVING cents <> 0 ORDER BY cents < 0, 1
            """, .int(first * 100), .int(last * 100), .int(decision)
        ) { JournalLine(LedgerAccount(rawValue: $0.text(0))!, $0.cents(1)) }
    }

    /// Other held batches of a file that declare as much too little as a batch declares too much, with their names.
    package func opposites(of unit: HeldUnit) throws -> [(key: Int64, name: String, apart: Cents)] {
        guard unit.level == .batch else { return [] }
        return try all(
            """
            SELECT b.batch, 'batch ' || b.number, b.declared_cents - b.items_cents
            FROM batches a JOIN deposits e ON e.deposit = a.deposit JOIN deposits d ON d.intake = e.intake
            JOIN batches b ON b.deposit = d.deposit
            WHERE a.batch = ? AND b.held AND b.declared_cents - b.items_cents = a.items_cents - a.declared_cents
            AND b.declared_cents <> b.items_cents AND b.batch <> a.batch
            ORDER BY b.batch LIMIT 3
            """, .int(unit.key)
        ) { ($0.int(0), $0.text(1), $0.cents(2)) }
    }
}
