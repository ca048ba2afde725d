package import Model

/// A deposit or batch whose payments a file tells: what a sum that the bank credited may stand for.
package struct ToldUnit: Hashable, Sendable {
    /// The key of its deposit or batch.
    package var key: Int64
    package var deposit: Int64
    package var intake: IntakeID
    /// The keyed hash of our account at the bank; nil where the file does not name it.
    package var bankKey: Int64?
    /// Empty where the file does not name one.
    package var lockbox: String
    package var date: CivilDate
    package var items: Int
    /// What the bank credits for it.
    package var total: Cents
    /// The format of its file, as the contract names it; it is read of the intake.
    package var format: String

    /// Whether it is all of a deposit.
    package var isDeposit: Bool { key == deposit }

    package init(
        key: Int64, deposit: Int64, intake: IntakeID, bankKey: Int64?, lockbox: String, date: CivilDate, items: Int,
        total: Cents, format: String = ""
    ) {
        self.key = key
        self.deposit = deposit
        self.intake = intake
        self.bankKey = bankKey
        self.lockbox = lockbox
        self.date = date
        self.items = items
        self.total = total
        self.format = format
    }
}

/// A sum that the bank credited and whose payments no file has told yet.
package struct UntoldSum: Hashable, Sendable {
    package var payment: PaymentID
    package var amount: Cents
    package var bankKey: Int64?
    /// The bank day.
    package var date: CivilDate
    /// What the bank says of it.
    package var text: String
    /// The format of its file, as the contract names it.
    package var format: String
    package var tender: Tender

    package init(
        payment: PaymentID, amount: Cents, bankKey: Int64?, date: CivilDate, text: String, format: String,
        tender: Tender
    ) {
        self.payment = payment
        self.amount = amount
        self.bankKey = bankKey
        self.date = date
        self.text = text
        self.format = format
        self.tender = tender
    }
}

/// What a sum stands for, as it is shown.
package struct ToldUnitView: Sendable {
    package let intake: IntakeID
    package let file: String
    package let lockbox: String
    /// The batch's own number; nil where the unit is a whole deposit.
    package let batch: String?
    package let date: CivilDate
    package let items: Int64
    package let total: Cents
    package let at: String
}

/// Sums of the bank's and the units they stand for.
extension Transaction {
    /// Keeps a unit that a sum may stand for.
    package func insert(_ unit: ToldUnit) throws {
        try run(
            "INSERT INTO told_units VALUES (?, ?, ?, ?, ?, ?, ?, ?)", .int(unit.key), .int(unit.deposit),
            .int(unit.intake), Value(unit.bankKey), .text(unit.lockbox), Value(unit.date), Value(unit.items),
            Value(unit.total))
    }

    /// The totals of an intake's units, each once, smallest first.
    package func unitTotals(ofIntake intake: IntakeID) throws -> [Cents] {
        try all("SELECT DISTINCT total_cents FROM told_units WHERE intake = ? ORDER BY 1", .int(intake)) { $0.cents(0) }
    }

    /// Units of a total and of some days that no sum stands for, nor for a part of them or what they are part of.
    package func freeUnits(of total: Cents, in days: ClosedRange<CivilDate>) throws -> [ToldUnit] {
        try freeUnits(
            where: "n.total_cents = ? AND n.credited_on BETWEEN ? AND ?", Value(total), Value(days.lowerBound),
            Value(days.upperBound))
    }

    private func freeUnits(where condition: String, _ values: Value...) throws -> [ToldUnit] {
        var units: [ToldUnit] = []
        try query(
            """
            SELECT n.unit, n.deposit, n.intake, n.bank_key, n.lockbox, n.credited_on, n.items, n.total_cents, f.format
            FROM told_units n JOIN intakes f USING (intake) WHERE \(condition)
            AND NOT EXISTS (SELECT 1 FROM reconciled r WHERE r.unit = n.unit)
            AND NOT EXISTS (SELECT 1 FROM reconciled r WHERE r.unit = n.deposit)
            -- Only of a whole deposit its batches are asked for.
            AND CASE WHEN n.unit = n.deposit THEN NOT EXISTS (SELECT 1 FROM told_units u CROSS JOIN reconciled r
                ON r.unit = u.unit WHERE u.deposit = n.deposit) ELSE 1 END
            ORDER BY n.unit
            """, with: values
        ) {
            units.append(
                ToldUnit(
                    key: $0.int(0), deposit: $0.int(1), intake: $0.int(2), bankKey: $0.intOrNil(3),
                    lockbox: $0.text(4), date: $0.date(5), items: Int($0.int(6)), total: $0.cents(7),
                    format: $0.text(8)))
        }
        return units
    }

    /// All deposits of one file and day, several, that no sum stands for and that have a total together: each such day.
    package func freeDays(of total: Cents, in days: ClosedRange<CivilDate>) throws -> [[ToldUnit]] {
        let found = try all(
            """
            SELECT n.intake, n.credited_on FROM told_units n
            WHERE n.unit = n.deposit AND n.credited_on BETWEEN ? AND ? GROUP BY n.credited_on, n.intake
            HAVING count(*) > 1 AND sum(n.total_cents) = ? AND count(*) = (SELECT count(*) FROM deposits d
                WHERE d.intake = n.intake AND d.deposit_on = n.credited_on)
            """, Value(days.lowerBound), Value(days.upperBound), Value(total)
        ) { (intake: $0.int(0), day: $0.date(1)) }
        return try found.map { intake, day in
            try freeUnits(
                where: "n.unit = n.deposit AND n.intake = ? AND n.credited_on = ?", .int(intake), Value(day))
        }.filter { $0.map(\.total).sum == total }
    }

    /// The totals of an intake's days of several deposits, each once, smallest first.
    package func dayTotals(ofIntake intake: IntakeID) throws -> [Cents] {
        let totals = try all(
            """
            SELECT sum(total_cents) FROM told_units WHERE intake = ? AND unit = deposit GROUP BY credited_on
            HAVING count(*) > 1
            """, .int(intake)
        ) { $0.cents(0) }
        return Set(totals).sorted()
    }

    /// Sums of an amount that wait: held as untold, or what a person put into suspense until the file comes.
    package func untoldSums(of amount: Cents) throws -> [UntoldSum] {
        try sums(of: amount, where: "i.status IN ('held', 'suspense')")
    }

    /// Sums of an amount of which a person said whose money they are.
    package func sumsGiven(of amount: Cents) throws -> [UntoldSum] {
        try sums(of: amount, where: "i.books IN ('posted', 'due-to-others')")
    }

    private func sums(of amount: Cents, where condition: String) throws -> [UntoldSum] {
        try all(
            """
            SELECT i.payment, i.amount_cents, d.bank_key, i.received_on, i.memo || ' ' || i.reference || ' ' || i.payer,
                n.format, i.tender
            FROM items i JOIN batches b USING (batch) JOIN deposits d USING (deposit) JOIN intakes n USING (intake)
            WHERE i.kind = 'sum' AND i.books <> 'none' AND i.amount_cents = ? AND \(condition)
            ORDER BY i.payment
            """, Value(amount)
        ) {
            UntoldSum(
                payment: PaymentID(key: $0.int(0)), amount: $0.cents(1), bankKey: $0.intOrNil(2), date: $0.date(3),
                text: $0.text(4), format: $0.text(5), tender: Tender(rawValue: $0.text(6))!)
        }
    }

    /// Whether any file named a lockbox so.
    package func isLockbox(_ word: String) throws -> Bool {
        try number("SELECT EXISTS (SELECT 1 FROM deposits WHERE lockbox = ? AND lockbox <> '')", .text(word)) == 1
    }

    /// Notes that a sum stands for a unit, found by a file of this intake. The sum's own row may follow.
    package func reconcile(_ sum: PaymentID, with unit: Int64, by intake: IntakeID, at: String) throws {
        try run(
            "INSERT INTO reconciled VALUES (?, ?, ?, ?)", .int(sum.key), .int(unit), .int(intake), .text(at))
    }

    /// Takes a sum off the books, wherever it stands: files tell its payments, and these stand on them.
    ///
    /// - Parameters:
    ///   - decision: The decision by which it is taken off.
    ///   - postingBatch: The batch that tells the general ledger; nil for that of the next run.
    ///   - at: Now, as ISO 8601 UTC.
    ///   - rule: By what it was found: that of a person needs no unit.
    package func takeOff(
        _ sum: PaymentID, decision: Int64, postedOn: CivilDate, postingBatch: Int64?, at: String,
        rule: String = sumRule
    ) throws {
        guard let state = try state(of: sum), state.books != .none else {
            throw LedgerFault("the sum \(sum) stands on no book")
        }
        let taught = try state.payerKey == nil ? [] : accountsTaught(by: sum)
        let entry = try addEntry(
            of: state, kind: "reversal", decision: decision, postedOn: postedOn, reverses: sum.key * 100,
            lines: takingOff(state))
        try reverse(standingParts(of: sum), of: sum, entry: entry, postingBatch: postingBatch)
        try run("UPDATE journal_entries SET posting_batch = ? WHERE entry = ?", Value(postingBatch), .int(entry))
        if let payer = state.payerKey { try unteach(payer, taught) }
        for order in try standingOrders(of: sum) {
            try cancel(order, decision: decision, reason: "Files tell the payments of sum \(sum).", at: at)
        }
        try set(sum, status: .rejected, books: .none)
        try run(
            "UPDATE items SET reason = ?, rule = ? WHERE payment = ?", .text(Reason.toldElsewhere.rawValue),
            .text(rule), .int(sum.key))
    }

    /// The rule by which a sum and a unit are matched, and its version.
    package static let sumRule = "sum-told/1"
    /// Where a person says that files tell a sum which stands for no single unit.
    package static let sumByPersonRule = "sum-told-by-person/1"

    /// Whether a payment is a sum that was taken off the books for what other files tell.
    package func isToldSum(_ payment: PaymentID) throws -> Bool {
        try number(
            "SELECT EXISTS (SELECT 1 FROM items WHERE payment = ? AND kind = 'sum' AND rule IN (?, ?))",
            .int(payment.key), .text(Self.sumRule), .text(Self.sumByPersonRule)) == 1
    }

    /// Whether a payment is a sum of the bank's.
    package func isSum(_ payment: PaymentID) throws -> Bool {
        try number("SELECT EXISTS (SELECT 1 FROM items WHERE payment = ? AND kind = 'sum')", .int(payment.key)) == 1
    }

    /// The unit that a sum stands for, or all deposits of a file and day as one; nil where none is known.
    package func unit(toldBy sum: PaymentID) throws -> ToldUnitView? {
        try first(
            """
            SELECT u.intake, n.name, group_concat(DISTINCT nullif(u.lockbox, '')), max(b.number), u.credited_on,
                sum(u.items), sum(u.total_cents), r.reconciled_at
            FROM reconciled r JOIN told_units u USING (unit) JOIN intakes n ON n.intake = u.intake
                LEFT JOIN batches b ON b.batch = u.unit WHERE r.payment = ? GROUP BY r.payment
            """, .int(sum.key)
        ) {
            ToldUnitView(
                intake: $0.int(0), file: $0.text(1), lockbox: $0.textOrNil(2) ?? "", batch: $0.textOrNil(3),
                date: $0.date(4), items: $0.int(5), total: $0.cents(6), at: $0.text(7))
        }
    }
}
