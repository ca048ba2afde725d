internal import Model

/// A promise that does not hold: one line for a person, and what it is about.
package struct Breach: Hashable, Sendable {
    package var line: String
    package init(_ line: String) { self.line = line }
}

/// Proofs of the promises from the raw rows.
///
/// One fault can break several sums; each check therefore leaves out what an earlier one already named,
/// so that one changed cent gives one line.
package struct Proofs {
    let transaction: Transaction
    private var breaches: [Breach] = []
    /// Keys of payments that an earlier check named.
    private var payments: Set<Int64> = []
    private var units: Set<Int64> = []
    private var bills: Set<String> = []

    package init(_ transaction: Transaction) { self.transaction = transaction }

    /// Runs all checks; the breaches in the order of the checks, at most 200 a check.
    package mutating func run() throws -> [Breach] {
        try entriesBalance()
        try receiptsMatchItems()
        try allocationsMatchJournal()
        try standingMatchesBooks()
        try batchesMatchItems()
        try differencesMatchJournal()
        try statementsMatchBills()
        try billsMatchJournal()
        try toldTwiceStandsOnce()
        try tellingsTellOnce()
        try sumsStandForUnits()
        try sumsByPersonAreDecided()
        try unitsAreTold()
        try waitingIsTold()
        try announcedBringsNothing()
        try advicesFitPayments()
        try ordersMatchJournal()
        try outgoingIsDecided()
        try ordersHaveNoGaps()
        try undoneIsTakenBack()
        try auditFollows()
        return breaches
    }

    private static let linesMax = 200

    mutating func tell(_ line: String, payment: Int64? = nil) {
        if let payment, !payments.insert(payment).inserted { return }
        breaches.append(Breach(line))
    }

    /// Every journal entry sums to zero.
    private mutating func entriesBalance() throws {
        let found = try transaction.all(
            "SELECT entry, sum(amount_cents) FROM journal_lines GROUP BY entry HAVING sum(amount_cents) <> 0 LIMIT 200"
        ) { ($0.int(0), $0.cents(1)) }
        for (entry, sum) in found {
            units.insert(entry / 100)
            try nameBills(of: entry)
            tell("journal entry \(name(entry)): its lines sum to \(sum), not to 0.00", payment: entry / 100)
        }
    }

    private mutating func nameBills(of entry: Int64) throws {
        try transaction.query("SELECT bill FROM journal_lines WHERE entry = ? AND bill IS NOT NULL", .int(entry)) {
            bills.insert($0.text(0))
        }
    }

    private func name(_ entry: Int64) -> String { "\(PaymentID(key: entry / 100))-j\(entry % 100 + 1)" }

    /// What an item brought is what cash clearing was debited, unless it is not on the books.
    private mutating func receiptsMatchItems() throws {
        let found = try transaction.all(
            """
            SELECT i.payment, i.amount_cents, ifnull(sum(l.amount_cents), 0), i.books FROM items i
            LEFT JOIN journal_lines l ON l.entry = i.payment * 100 AND l.ledger_account = 'cash-clearing'
            GROUP BY i.payment HAVING ifnull(sum(l.amount_cents), 0)
                <> CASE WHEN i.kind = 'fee' AND i.direction = 'debit' THEN -i.amount_cents ELSE i.amount_cents END
            AND NOT (i.books = 'none' AND count(l.entry) = 0 AND ifnull(i.reason, '') <> 'fee-kept')
            LIMIT 200
            """
        ) { ($0.int(0), $0.cents(1), $0.cents(2)) }
        for (payment, amount, debited) in found {
            tell(
                "payment \(PaymentID(key: payment)): the item is \(amount), cash clearing was debited \(debited)",
                payment: payment)
        }
    }

    /// Allocations are what the journal credited to each account and bill.
    private mutating func allocationsMatchJournal() throws {
        let found = try transaction.all(
            """
            WITH sides (payment, books, account, bill, cents) AS (
                SELECT payment, CASE kind WHEN 'bill' THEN 'receivable' WHEN 'credit' THEN 'customer-credit'
                    ELSE 'customer-deposits' END, account, ifnull(bill, ''), amount_cents FROM allocations
                UNION ALL
                SELECT entry / 100, ledger_account, account, ifnull(bill, ''), amount_cents FROM journal_lines
                WHERE account IS NOT NULL)
            SELECT payment, account, bill, sum(cents) FROM sides GROUP BY payment, books, account, bill
            HAVING sum(cents) <> 0 LIMIT 200
            """
        ) { ($0.int(0), $0.text(1), $0.text(2), $0.cents(3)) }
        for (payment, account, bill, apart) in found {
            let on = bill.isEmpty ? "credit" : "bill \(bill)"
            tell(
                "payment \(PaymentID(key: payment)): allocations to account \(account), \(on), and the journal are "
                    + "\(apart.magnitude) apart", payment: payment)
        }
    }

    /// Where a payment is said to stand is where the journal has its money.
    private mutating func standingMatchesBooks() throws {
        let found = try transaction.all(
            """
            SELECT i.payment, i.books, i.amount_cents, ifnull(-sum(l.amount_cents), 0) FROM items i
            LEFT JOIN journal_lines l ON l.entry BETWEEN i.payment * 100 AND i.payment * 100 + 99
                AND CASE i.books WHEN 'posted' THEN l.account IS NOT NULL
                    WHEN 'none' THEN l.ledger_account <> 'cash-clearing'
                    -- Whose money it is is settled; which account of the ledger has it, the journal says.
                    WHEN 'due-to-others' THEN l.ledger_account IN ('due-to-others', 'refunds-payable', 'over-short')
                    ELSE l.ledger_account = i.books END
            GROUP BY i.payment
            HAVING ifnull(-sum(l.amount_cents), 0) <> CASE WHEN i.books <> 'none' THEN i.amount_cents
                WHEN ifnull(i.reason, '') <> 'fee-kept' THEN 0
                WHEN i.direction = 'debit' THEN -i.amount_cents ELSE i.amount_cents END LIMIT 200
            """
        ) { ($0.int(0), $0.text(1), $0.cents(2), $0.cents(3)) }
        for (payment, books, amount, standing) in found {
            tell(
                "payment \(PaymentID(key: payment)): \(amount) should stand in \(books), "
                    + "the journal has \(standing) there",
                payment: payment)
        }
    }

    /// Every item of a batch is there, and their sum is what was counted when the file was read.
    private mutating func batchesMatchItems() throws {
        let found = try transaction.all(
            """
            SELECT b.batch, b.number, b.items, count(i.payment), b.items_cents,
                ifnull(sum(CASE i.direction WHEN 'credit' THEN i.amount_cents ELSE -i.amount_cents END), 0)
            FROM batches b LEFT JOIN items i USING (batch) GROUP BY b.batch
            HAVING count(i.payment) <> b.items OR b.items_cents
                <> ifnull(sum(CASE i.direction WHEN 'credit' THEN i.amount_cents ELSE -i.amount_cents END), 0) LIMIT 200
            """
        ) { ($0.int(0), $0.text(1), $0.int(2), $0.int(3), $0.cents(4), $0.cents(5)) }
        for (batch, number, declared, count, counted, sum) in found where try !isNamed(batch: batch) {
            tell(
                "batch \(number) of intake \(PaymentID(key: batch).intake): "
                    + "\(declared) items over \(counted) were read, "
                    + "\(count) over \(sum) are kept")
        }
    }

    private func isNamed(batch: Int64) throws -> Bool {
        for payment in payments {
            let own = try transaction.number("SELECT batch FROM items WHERE payment = ?", .int(payment))
            if own == batch { return true }
        }
        return false
    }

    /// What a held unit declares beyond its items stands in unresolved.
    private mutating func differencesMatchJournal() throws {
        let found = try transaction.all(
            """
            WITH units (key, cents) AS (
                SELECT batch, difference_cents FROM batches WHERE difference_cents <> 0
                UNION ALL SELECT deposit, difference_cents FROM deposits WHERE difference_cents <> 0
                UNION ALL SELECT intake * 1000000000 + 999999999, difference_cents FROM intakes
                    WHERE difference_cents <> 0
                UNION ALL SELECT e.entry / 100, l.amount_cents FROM journal_entries e JOIN journal_lines l USING (entry)
                    WHERE e.kind = 'difference' AND l.ledger_account = 'unresolved')
            SELECT key, sum(cents) FROM units GROUP BY key HAVING sum(cents) <> 0 LIMIT 200
            """
        ) { ($0.int(0), $0.cents(1)) }
        for (key, apart) in found where !units.contains(key) {
            tell(
                "intake \(PaymentID(key: key).intake): the difference of a held unit and unresolved are "
                    + "\(apart.magnitude) apart"
            )
        }
    }

    /// A bill says what the billing system stated last.
    private mutating func statementsMatchBills() throws {
        let found = try transaction.all(
            """
            SELECT b.bill, b.account, b.amount_cents, s.amount_cents, b.stated_cents, s.stated_cents
            FROM bills b LEFT JOIN bill_statements s ON s.extract = b.extract AND s.bill = b.bill
            WHERE s.bill IS NULL OR s.amount_cents <> b.amount_cents OR s.stated_cents <> b.stated_cents LIMIT 200
            """
        ) { ($0.text(0), $0.text(1), $0.cents(2), $0.cents(3), $0.cents(4), $0.cents(5)) }
        for (bill, account, amount, statedAmount, balance, statedBalance) in found {
            bills.insert(bill)
            tell(
                "bill \(bill) of account \(account): kept as \(amount) with a balance of \(balance), "
                    + "stated as \(statedAmount) with \(statedBalance)")
        }
    }

    /// What is open on a bill is what was stated, less what the journal credited to it since.
    private mutating func billsMatchJournal() throws {
        let found = try transaction.all(
            """
            WITH paid (bill, account, cents) AS MATERIALIZED (
                SELECT l.bill, l.account, sum(-l.amount_cents) FROM journal_lines l JOIN journal_entries e USING (entry)
                JOIN bills b ON b.account = l.account AND b.bill = l.bill
                WHERE l.bill IS NOT NULL AND (e.posting_batch IS NULL OR e.posting_batch > b.stated_after)
                GROUP BY l.account, l.bill)
            SELECT b.bill, b.account, b.open_cents, b.stated_cents - ifnull(p.cents, 0)
            FROM bills b LEFT JOIN paid p ON p.account = b.account AND p.bill = b.bill
            WHERE b.open_cents <> b.stated_cents - ifnull(p.cents, 0) LIMIT 200
            """
        ) { ($0.text(0), $0.text(1), $0.cents(2), $0.cents(3)) }
        for (bill, account, open, proven) in found where !bills.contains(bill) {
            tell("bill \(bill) of account \(account): \(open) is open, statements and journal give \(proven)")
        }
    }

    /// What was told twice stands once: a payment taken off the books names a twin that is on them.
    private mutating func toldTwiceStandsOnce() throws {
        let found = try transaction.all(
            """
            SELECT i.payment FROM items i LEFT JOIN items t ON t.payment = i.twin_of
            WHERE i.status = 'duplicate' AND i.books = 'none' AND ifnull(t.books, 'none') = 'none'
            AND ifnull(t.status, '') <> 'returned'
            -- What brings no money stands on no books however often it is told.
            AND NOT (ifnull(t.status, '') = 'rejected' AND (t.direction = 'debit' OR t.kind <> 'payment')) LIMIT 200
            """
        ) { $0.int(0) }
        for payment in found {
            tell(
                "payment \(PaymentID(key: payment)): taken off the books as told twice, but its twin is not on them",
                payment: payment)
        }
    }

    /// One telling of a payment takes no more off the books than the payment is: else other money is lost with it.
    private mutating func tellingsTellOnce() throws {
        for found in try transaction.overtold() {
            tell(
                "payment \(found.payment): intake \(found.payment.intake) tells \(found.cents) of payment "
                    + "\(found.twin) again, first with \(found.first), and that is \(found.limit)",
                payment: found.payment.key)
        }
    }

    /// A sum that was taken off the books for what another file tells names that, over the same amount.
    private mutating func sumsStandForUnits() throws {
        let found = try transaction.all(
            """
            WITH told (payment, cents, is_own) AS (
                SELECT r.payment, sum(u.total_cents), max(u.intake = r.payment / 1000000000)
                FROM reconciled r JOIN told_units u USING (unit) GROUP BY r.payment)
            SELECT i.payment, i.amount_cents, ifnull(t.cents, 0) FROM items i LEFT JOIN told t USING (payment)
            WHERE (i.rule = ?1 OR t.payment IS NOT NULL) AND (ifnull(t.cents, -1) <> i.amount_cents
                OR i.books <> 'none' OR i.kind <> 'sum' OR i.direction <> 'credit' OR t.is_own) LIMIT 200
            """, .text(Transaction.sumRule)
        ) { ($0.int(0), $0.cents(1), $0.cents(2)) }
        for (payment, amount, told) in found {
            tell(
                "payment \(PaymentID(key: payment)): a sum of \(amount) is said to be told by another file, which "
                    + "tells \(told)", payment: payment)
        }
    }

    /// A sum that a person took off the books without a unit: a decision with a note says what tells it.
    private mutating func sumsByPersonAreDecided() throws {
        let found = try transaction.all(
            """
            SELECT i.payment FROM items i WHERE i.rule = ? AND (i.books <> 'none' OR i.kind <> 'sum'
                OR EXISTS (SELECT 1 FROM reconciled r WHERE r.payment = i.payment)
                OR NOT EXISTS (SELECT 1 FROM journal_entries e JOIN decisions d USING (decision)
                    WHERE e.entry BETWEEN i.payment * 100 AND i.payment * 100 + 99 AND e.kind = 'reversal'
                    AND d.kind = 'told-twice' AND ifnull(d.note, '') <> '')) LIMIT 200
            """, .text(Transaction.sumByPersonRule)
        ) { $0.int(0) }
        for payment in found {
            tell(
                "payment \(PaymentID(key: payment)): a sum was taken off the books and no decision says why",
                payment: payment)
        }
    }

    /// What a sum stands for is what the journal has of the items of its unit: money, and not only words for it.
    private mutating func unitsAreTold() throws {
        let found = try transaction.all(
            """
            WITH told (batch, cents) AS MATERIALIZED (
                SELECT i.batch, sum(coalesce(
                    (SELECT sum(l.amount_cents) FROM journal_lines l
                        WHERE l.entry = i.payment * 100 AND l.ledger_account = 'cash-clearing'),
                    -- A sum in it that another unit tells, and what a processor took back of another payment.
                    CASE WHEN EXISTS (SELECT 1 FROM reconciled r WHERE r.payment = i.payment)
                            THEN i.amount_cents
                        WHEN n.format = 'processor-csv' AND i.direction = 'debit' AND i.status = 'returned'
                            AND i.reason IS NULL AND i.twin_of IS NOT NULL THEN -i.amount_cents ELSE 0 END))
                FROM items i JOIN intakes n ON n.intake = i.payment / 1000000000
                WHERE i.payment / 1000000000 IN (SELECT u.intake FROM reconciled r JOIN told_units u USING (unit))
                GROUP BY i.batch),
            units (unit, cents) AS (
                SELECT b.batch, t.cents + b.difference_cents FROM told t JOIN batches b USING (batch)
                UNION ALL SELECT d.deposit, sum(t.cents + b.difference_cents) + d.difference_cents
                FROM told t JOIN batches b USING (batch) JOIN deposits d USING (deposit) GROUP BY d.deposit)
            SELECT r.payment, u.total_cents, ifnull(s.cents, 0) FROM reconciled r JOIN told_units u USING (unit)
            LEFT JOIN units s USING (unit) WHERE ifnull(s.cents, 0) <> u.total_cents LIMIT 200
            """
        ) { ($0.int(0), $0.cents(1), $0.cents(2)) }
        for (payment, total, told) in found where payments.isEmpty {
            tell(
                "payment \(PaymentID(key: payment)): the unit that it stands for was credited \(total), its items give "
                    + "\(told)", payment: payment)
        }
    }

    /// Every payment that waits has somebody told: an open exception of its own or of its unit, or a decision.
    private mutating func waitingIsTold() throws {
        let found = try transaction.all(
            """
            SELECT i.payment, i.books FROM items i
            WHERE i.books IN ('suspense', 'on-hold', 'unresolved')
            AND NOT EXISTS (SELECT 1 FROM exceptions e WHERE e.payment = i.payment)
            AND NOT EXISTS (SELECT 1 FROM exceptions e WHERE e.batch = i.batch)
            AND NOT EXISTS (SELECT 1 FROM exceptions e WHERE e.intake = i.payment / 1000000000 AND e.reason = i.reason)
            LIMIT 200
            """
        ) { ($0.int(0), $0.text(1)) }
        for (payment, books) in found {
            tell("payment \(PaymentID(key: payment)) stands in \(books) and no exception tells of it", payment: payment)
        }
    }

    /// What only tells of money stands in no book, and an entry of our own that ended names what ended it.
    private mutating func announcedBringsNothing() throws {
        let found = try transaction.all(
            """
            SELECT payment, kind, books FROM items WHERE kind IN ('expected', 'advice', 'notice', 'answer')
            AND (books <> 'none' OR status = 'returned' AND twin_of IS NULL) LIMIT 200
            """
        ) { ($0.int(0), $0.text(1), $0.text(2)) }
        for (payment, kind, books) in found {
            tell(
                "payment \(PaymentID(key: payment)): it is of kind \(kind) and brings no money, "
                    + (books == "none" ? "and ended without a word of the bank" : "but stands in \(books)"),
                payment: payment)
        }
    }

    /// An advice was joined to a payment of its amount.
    private mutating func advicesFitPayments() throws {
        let found = try transaction.all(
            """
            SELECT a.advice, a.payment FROM advices a JOIN items i ON i.payment = a.payment
            JOIN items t ON t.payment = a.advice
            WHERE i.amount_cents <> t.amount_cents OR i.kind <> 'payment' OR t.kind <> 'advice' LIMIT 200
            """
        ) { ($0.int(0), $0.int(1)) }
        for (advice, payment) in found {
            tell("advice \(PaymentID(key: advice)) was joined to payment \(PaymentID(key: payment)) of another amount")
        }
    }

    private mutating func auditFollows() throws {
        if let place = try transaction.brokenAuditPlace() {
            tell("audit row \(place) does not follow from the one before: it was changed, or one is missing")
        }
    }
}
