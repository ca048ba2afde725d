package import Model

/// A place in the history of the books: just before a payment was decided.
///
/// Posting batches are numbered in the order in which they were committed, and each allocation bears the number of
/// its own; within one, payments were decided in the order of their keys.
package struct PastPoint: Hashable, Sendable {
    package var payment: PaymentID
    /// The posting batch of the payment's intake.
    package var postingBatch: Int64
    /// The last extract that was imported before.
    package var extract: Int64
    /// The layout by which the payment's file was read, where it was by one.
    package var layout: String?
}

/// What the matcher was asked of a payment, and what it said then.
package struct DecidedItem: Sendable {
    package var payment: PaymentID
    /// As the ledger keeps it: the payer's bank account masked, the scan line not cut.
    package var item: Item
    package var amount: Cents
    package var payerKey: Int64?
    package var receivedOn: CivilDate
    package var valueOn: CivilDate
    package var rule: String
    package var proof: String
    package var reason: Reason?
    package var status: PaymentStatus
    package var books: Books
    /// The key of the envelope it came in, where the file names one.
    package var envelope: Int64?
}

/// The book as it stood at a place in the past: statements of the billing system, less what was allocated since.
extension Transaction {
    /// The place just before a payment was decided; nil where there is no such payment, or its file never posted.
    package func past(before payment: PaymentID) throws -> PastPoint? {
        try first(
            """
            SELECT n.posting_batch, n.layout,
                (SELECT ifnull(max(extract), 0) FROM extracts WHERE after_posting_batch < n.posting_batch)
            FROM intakes n WHERE n.intake = ? AND n.posting_batch IS NOT NULL
            """, .int(payment.intake)
        ) { PastPoint(payment: payment, postingBatch: $0.int(0), extract: $0.int(2), layout: $0.textOrNil(1)) }
    }

    /// The bills of an account that had something open on them, in the matcher's order.
    package func bills(of account: String, at past: PastPoint) throws -> [OpenBill] {
        let known = try all(
            """
            SELECT bill, kind, issued_on, due_on, amount_cents, stated_cents, stated_after, extract FROM bills
            WHERE account = ?
            """, .text(account)
        ) { row in
            (
                bill: OpenBill(
                    number: row.text(0), kind: row.text(1), issuedOn: row.dateOrNil(2), dueOn: row.dateOrNil(3),
                    amount: row.cents(4), open: row.cents(5)), after: row.int(6), extract: row.int(7)
            )
        }
        var open: [OpenBill] = []
        for (bill, after, extract) in known {
            var (bill, after) = (bill, after)
            if extract > past.extract {
                guard let stated = try statement(of: bill.number, at: past) else { continue }
                (bill.amount, bill.open, after) = (stated.amount, stated.stated, stated.after)
            }
            bill.open -= try allocated(to: bill.number, of: account, after: after, before: past)
            if bill.open > .zero { open.append(bill) }
        }
        return open.sorted(by: OpenBill.isDueBefore)
    }

    /// The last statement of a bill before a place, and the posting batch which it knew of; an extract that does not
    /// say which keeps what the one before said.
    private func statement(
        of bill: String, at past: PastPoint
    ) throws -> (amount: Cents, stated: Cents, after: Int64)? {
        // From the last extract backwards by the statements' key: bills are looked up one at a time.
        let statements = """
            FROM extracts x CROSS JOIN bill_statements s ON s.extract = x.extract AND s.bill = ?1 WHERE x.extract <= ?2
            """
        let last = try first(
            "SELECT s.amount_cents, s.stated_cents \(statements) ORDER BY x.extract DESC LIMIT 1", .text(bill),
            .int(past.extract)
        ) { ($0.cents(0), $0.cents(1)) }
        guard let last else { return nil }
        let after = try number(
            """
            SELECT x.last_posting_batch \(statements) AND x.last_posting_batch IS NOT NULL
            ORDER BY x.extract DESC LIMIT 1
            """, .text(bill), .int(past.extract))
        return (last.0, last.1, after)
    }

    private func allocated(to bill: String, of account: String, after: Int64, before past: PastPoint) throws -> Cents {
        Cents(
            try number(
                """
                SELECT sum(amount_cents) FROM allocations WHERE account = ?1 AND bill = ?2 AND posting_batch > ?3
                AND (posting_batch < ?4 OR posting_batch = ?4 AND payment < ?5)
                """, .text(account), .text(bill), .int(after), .int(past.postingBatch), .int(past.payment.key)))
    }

    /// What was remembered of a payer, most often seen first: payments that stood then. The payer memory of today
    /// names the accounts, so that only their payments are looked at.
    package func accounts(ofPayer payer: Int64, at past: PastPoint, limit: Int) throws -> [PayerFacts] {
        try all(
            """
            SELECT account, count(*), max(value_on) FROM (
                SELECT a.account, i.value_on FROM payer_memory m CROSS JOIN allocations a ON a.account = m.account
                CROSS JOIN items i ON i.payment = a.payment
                WHERE m.payer_key = ?1 AND i.payer_key = ?1 AND \(Self.teaches)
                AND (a.posting_batch < ?2 OR a.posting_batch = ?2 AND a.payment < ?3)
                GROUP BY a.payment, a.account HAVING sum(a.amount_cents) > 0)
            GROUP BY account ORDER BY 2 DESC, account LIMIT ?4
            """, .int(payer), .int(past.postingBatch), .int(past.payment.key), .int(Int64(limit))
        ) { PayerFacts(account: $0.text(0), times: Int($0.int(1)), lastOn: $0.dateOrNil(2)) }
    }

    /// Decisions that release what was held, as SQL lists them: a rule says to whom it goes.
    static let releases = "'accept-batch', 'correct', 'reject-file'"

    /// Whether allocation `a` teaches the payer memory, or takes back one that did: a rule's does, and a person's who
    /// says whom a payment is for; not what only credits somebody.
    static let teaches = """
        (ifnull((SELECT q.action FROM allocations o JOIN journal_entries k ON k.entry = o.entry
            JOIN decisions q ON q.decision = k.decision
            WHERE o.payment = a.payment AND o.place = ifnull(a.reverses, a.place)), 'post')
            IN ('post', 'split', \(Transaction.releases)))
        """

    /// The accounts that a payment stands on and for which it taught its payer to the memory, by number.
    func accountsTaught(by payment: PaymentID) throws -> [String] {
        try all(
            """
            SELECT account FROM allocations a WHERE payment = ? AND \(Self.teaches)
            GROUP BY account HAVING sum(amount_cents) > 0 ORDER BY 1
            """, .int(payment.key)
        ) { $0.text(0) }
    }

    /// The accounts of all bills over so much that the billing system had stated by then, by number.
    package func accountNumbers(billedFor amount: Cents, at past: PastPoint, limit: Int) throws -> [String] {
        try all(
            """
            SELECT b.account FROM bills b WHERE b.amount_cents = ?1 AND EXISTS (
                SELECT 1 FROM extracts x CROSS JOIN bill_statements s ON s.extract = x.extract AND s.bill = b.bill
                WHERE x.extract <= ?2) ORDER BY 1 LIMIT ?3
            """, Value(amount), .int(past.extract), .int(Int64(limit))
        ) { $0.text(0) }
    }
}

extension Transaction {
    /// What payments of files before brought an account and was not taken back by then, newest first, at most `limit`.
    package func earlierPayments(of account: String, at past: PastPoint, limit: Int) throws -> [EarlierPayment] {
        try all(
            """
            SELECT a.payment, i.payer, i.check_number, i.value_on, i.amount_cents, sum(a.amount_cents)
            FROM allocations a JOIN items i ON i.payment = a.payment
            WHERE a.account = ? AND a.posting_batch < ? GROUP BY a.payment HAVING sum(a.amount_cents) > 0
            ORDER BY a.payment DESC LIMIT ?
            """, .text(account), .int(past.postingBatch), .int(Int64(limit))
        ) {
            EarlierPayment(
                payment: PaymentID(key: $0.int(0)), payer: $0.text(1), checkNumber: $0.text(2), on: $0.date(3),
                total: $0.cents(4), cents: $0.cents(5))
        }
    }

    /// Accounts that had several open bills, and what was open on them in all, customer deposits left out.
    package func accountsOwingOverBills(at past: PastPoint, each: (String, Cents) throws -> Void) throws {
        try query(
            """
            SELECT account, sum(open_cents) FROM (\(Self.billsThen)) WHERE open_cents > 0
            AND kind <> 'customer-deposit' GROUP BY account HAVING count(*) > 1
            """, .int(past.extract), .int(past.postingBatch), .int(past.payment.key)
        ) { try each($0.text(0), $0.cents(1)) }
    }

    /// All bills as they stood after the extract `?1` and before the payment `?3` of the posting batch `?2`, in the
    /// columns of `bills`.
    static let billsThen = """
        SELECT b.account, b.bill, b.kind, b.issued_on, b.due_on, s.amount_cents, s.stated_cents,
            ifnull(k.last_posting_batch, 0) AS stated_after, s.stated_cents - (
                SELECT ifnull(sum(a.amount_cents), 0) FROM allocations a
                WHERE a.account = b.account AND a.bill = b.bill AND a.posting_batch > ifnull(k.last_posting_batch, 0)
                AND (a.posting_batch < ?2 OR a.posting_batch = ?2 AND a.payment < ?3)) AS open_cents, s.extract
        FROM (SELECT s.bill AS number, max(s.extract) AS last,
                max(CASE WHEN x.last_posting_batch IS NOT NULL THEN s.extract END) AS known
            FROM bill_statements s JOIN extracts x ON x.extract = s.extract WHERE s.extract <= ?1 GROUP BY s.bill) g
        JOIN bill_statements s ON s.extract = g.last AND s.bill = g.number
        JOIN main.bills b ON b.bill = g.number LEFT JOIN extracts k ON k.extract = g.known
        """
}

/// What was decided, as it was then.
extension Transaction {
    /// One payment that the matcher decided; nil where no account was looked for.
    package func decidedItem(_ payment: PaymentID) throws -> DecidedItem? {
        var found: DecidedItem?
        try decidedItems(payment.key...payment.key) { found = $0 }
        return found
    }

    /// The payments among some keys that the matcher decided, in their order.
    package func decidedItems(_ keys: ClosedRange<Int64>, each: (DecidedItem) throws -> Void) throws {
        try decidedItems(
            """
            payment BETWEEN ? AND ? AND direction = 'credit' AND rule NOT IN ('none', 'not-matched/1', 'list-doctor/1',
                'told-by-report/1', 'return-by-number/1', '\(Self.sumRule)', '\(Self.sumByPersonRule)')
            """, .int(keys.lowerBound), .int(keys.upperBound), each: each)
    }

    /// One item as the matcher is asked about it, whatever was decided of it so far.
    package func heldItem(_ payment: PaymentID) throws -> DecidedItem? {
        var found: DecidedItem?
        try decidedItems("payment = ?", .int(payment.key)) { found = $0 }
        return found
    }

    /// All items of one envelope, in the order they lie; at most `limit`. Its key is that of its first item.
    package func items(ofEnvelope key: Int64, limit: Int) throws -> [DecidedItem] {
        var items: [DecidedItem] = []
        try decidedItems(
            "payment BETWEEN ? AND ? AND \"transaction\" = ?", .int(key), .int(key + Int64(limit) - 1), .int(key)
        ) { items.append($0) }
        return items
    }

    private func decidedItems(
        _ condition: String, _ arguments: Value..., each: (DecidedItem) throws -> Void
    ) throws {
        try query(
            """
            SELECT payment, amount_cents, payer_key, value_on, rule, proof, reason, status, books, currency, direction,
                tender, check_number, routing, bank_account, payer, end_to_end, trace, reference, account_read,
                scanline, memo, kind, received_on,
                EXISTS (SELECT 1 FROM remittance_lines l WHERE l.payment = items.payment), "transaction"
            FROM items WHERE \(condition) ORDER BY payment
            """, with: arguments
        ) { row in
            var decided = Self.decided(row)
            if row.flag(24) { decided.item.lines = try remittanceLines(of: decided.payment) }
            try each(decided)
        }
    }

    private static func decided(_ row: Row) -> DecidedItem {
        var item = Item()
        item.amount = row.cents(1)
        item.currency = row.text(9)
        item.direction = Direction(rawValue: row.text(10))!
        item.tender = Tender(rawValue: row.text(11))!
        item.checkNumber = row.text(12)
        item.routing = row.text(13)
        item.bankAccount = row.text(14)
        item.payer = row.text(15)
        item.endToEnd = row.text(16)
        item.trace = row.text(17)
        item.reference = row.text(18)
        item.account = row.text(19)
        item.scanline = row.text(20)
        item.memo = row.text(21)
        item.kind = ItemKind(rawValue: row.text(22))!
        return DecidedItem(
            payment: PaymentID(key: row.int(0)), item: item, amount: row.cents(1), payerKey: row.intOrNil(2),
            receivedOn: row.date(23), valueOn: row.date(3), rule: row.text(4), proof: row.text(5),
            reason: row.textOrNil(6).flatMap(Reason.init(rawValue:)), status: PaymentStatus(rawValue: row.text(7))!,
            books: Books(rawValue: row.text(8))!, envelope: row.intOrNil(25))
    }

    private func remittanceLines(of payment: PaymentID) throws -> [RemittanceLine] {
        try all(
            "SELECT account, bill, amount_cents FROM remittance_lines WHERE payment = ? ORDER BY place",
            .int(payment.key)
        ) { RemittanceLine(account: $0.text(0), bill: $0.text(1), amount: $0.centsOrNil(2)) }
    }

    /// What a rule gave to each account when it posted a payment, by account; empty where a person was asked.
    package func sharesByRule(of payment: PaymentID) throws -> [(account: String, cents: Cents)] {
        try all(
            """
            SELECT a.account, sum(a.amount_cents) FROM allocations a JOIN journal_entries e ON e.entry = a.entry
            LEFT JOIN decisions d ON d.decision = e.decision
            WHERE a.payment = ? AND a.reverses IS NULL AND e.kind IN ('receipt', 'decision')
            AND (ifnull(d.decided_by, 'sluice') = 'sluice' OR d.action IN (\(Self.releases))) GROUP BY 1 ORDER BY 1
            """, .int(payment.key)
        ) { ($0.text(0), $0.cents(1)) }
    }

    /// What each bill got of a payment when it came; without a bill it is credit.
    package func partsOnReceipt(of payment: PaymentID) throws -> [(account: String, bill: String?, cents: Cents)] {
        try all(
            """
            SELECT a.account, a.bill, a.amount_cents FROM allocations a JOIN journal_entries e ON e.entry = a.entry
            WHERE a.payment = ? AND a.reverses IS NULL AND e.kind = 'receipt' ORDER BY a.place
            """, .int(payment.key)
        ) { ($0.text(0), $0.textOrNil(1), $0.cents(2)) }
    }

    /// What each account has of a payment now, by account.
    package func standingShares(of payment: PaymentID) throws -> [(account: String, cents: Cents)] {
        try all(
            """
            SELECT account, sum(amount_cents) FROM allocations WHERE payment = ? GROUP BY 1
            HAVING sum(amount_cents) > 0 ORDER BY 1
            """, .int(payment.key)
        ) { ($0.text(0), $0.cents(1)) }
    }

    /// Whether a person has decided about a payment, notes left out.
    package func isDecidedByPerson(_ payment: PaymentID) throws -> Bool {
        try number(
            """
            SELECT EXISTS (SELECT 1 FROM exceptions e JOIN decisions d ON d.exception = e.exception
                WHERE e.payment = ? AND d.decided_by <> 'sluice' AND d.action IN ('post', 'split', 'credit',
                    'customer-deposit', 'refund', 'pay-over', 'duplicate', 'not-ours', 'return-to-sender', 'write-off',
                    'correct')
                AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = d.decision))
            """, .int(payment.key)) == 1
    }
}
