package import Model

/// History walked once more: bills and payer memory as temporary tables, which stand before the ledger's own under the
/// same names. Whatever asks for bills or payers meanwhile is answered as of then.
///
/// Only inside `Ledger.rehearse`, whose connection cannot write to the ledger.
package struct Rehearsal {
    private let transaction: Transaction
    /// The last posting batch and extract that the tables know of.
    private var batch: Int64
    private var extract: Int64

    /// Sets the tables to where the books stood before the first posting batch that is walked, the first of an intake.
    package init(_ transaction: Transaction, before past: PastPoint) throws {
        self.transaction = transaction
        (batch, extract) = (past.postingBatch - 1, past.extract)
        try makeBills()
        try makePayers()
        try transaction.run(
            """
            CREATE TEMP TABLE past_parts AS SELECT a.posting_batch, a.payment, a.account, a.bill, a.amount_cents,
                \(Transaction.teaches) AS teaches
            FROM allocations a WHERE a.posting_batch > ?
            """, .int(batch))
        try transaction.run("CREATE INDEX temp.past_parts_by_batch ON past_parts (posting_batch, payment)")
    }

    private func makeBills() throws {
        try transaction.run(
            """
            CREATE TEMP TABLE bills (account TEXT, bill TEXT, kind TEXT, issued_on INTEGER, due_on INTEGER,
                amount_cents INTEGER, stated_cents INTEGER, stated_after INTEGER, open_cents INTEGER, extract INTEGER,
                PRIMARY KEY (account, bill)) WITHOUT ROWID
            """)
        try transaction.run(
            "INSERT INTO temp.bills \(Transaction.billsThen)", .int(extract), .int(batch + 1), .int(0))
        try transaction.run("CREATE UNIQUE INDEX temp.past_bills_by_number ON bills (bill)")
        try transaction.run("CREATE INDEX temp.past_bills_by_amount ON bills (amount_cents)")
    }

    private func makePayers() throws {
        try transaction.run(
            """
            CREATE TEMP TABLE payer_memory (payer_key INTEGER, account TEXT, times INTEGER, last_on INTEGER,
                PRIMARY KEY (payer_key, account)) WITHOUT ROWID
            """)
        try transaction.run(
            """
            INSERT INTO temp.payer_memory SELECT payer_key, account, count(*), max(value_on) FROM (
                SELECT i.payer_key, a.account, i.value_on FROM allocations a JOIN items i ON i.payment = a.payment
                WHERE a.posting_batch <= ? AND i.payer_key IS NOT NULL AND \(Transaction.teaches)
                GROUP BY a.payment, a.account HAVING sum(a.amount_cents) > 0)
            GROUP BY 1, 2
            """, .int(batch))
    }

    /// Goes on to the place before the first payment of an intake.
    package mutating func advance(to past: PastPoint) throws {
        try apply(parts("posting_batch > ? AND posting_batch < ?", .int(batch), .int(past.postingBatch)))
        batch = past.postingBatch - 1
        while extract < past.extract {
            extract += 1
            try state(extract)
        }
    }

    /// The accounts that a payment gave something in its own posting batch.
    package func accounts(of payment: PaymentID, in batch: Int64) throws -> [String] {
        try transaction.all(
            "SELECT DISTINCT account FROM past_parts WHERE posting_batch = ? AND payment = ?", .int(batch),
            .int(payment.key)
        ) { $0.text(0) }
    }

    /// Takes what really became of a payment in its own posting batch into the tables. Returns its parts.
    package func take(_ payment: PaymentID, in batch: Int64) throws -> [Part] {
        let parts = try parts("posting_batch = ? AND payment = ?", .int(batch), .int(payment.key))
        try apply(parts)
        return parts.map(\.part)
    }

    /// Takes what else the posting batch of an intake did: what it took back of payments of others.
    package mutating func finish(_ intake: IntakeID, in batch: Int64) throws {
        try apply(parts("posting_batch = ? AND payment / 1000000000 <> ?", .int(batch), .int(intake)))
        self.batch = batch
    }

    private struct PastPart {
        let payment: Int64
        let part: Part
        let isTeaching: Bool
        let payerKey: Int64?
        let valueOn: CivilDate
    }

    private func parts(_ condition: String, _ arguments: Value...) throws -> [PastPart] {
        var parts: [PastPart] = []
        try transaction.query(
            """
            SELECT p.payment, p.account, p.bill, p.amount_cents, p.teaches, i.payer_key, i.value_on
            FROM (SELECT rowid AS place, * FROM past_parts WHERE \(condition)) p JOIN items i ON i.payment = p.payment
            ORDER BY p.posting_batch, p.place
            """, with: arguments
        ) { row in
            let part = Part(
                account: row.text(1), bill: row.textOrNil(2), kind: row.isNull(2) ? .credit : .bill, cents: row.cents(3)
            )
            parts.append(
                PastPart(
                    payment: row.int(0), part: part, isTeaching: row.flag(4), payerKey: row.intOrNil(5),
                    valueOn: row.date(6)))
        }
        return parts
    }

    private struct Taught: Hashable {
        let payment: Int64
        let account: String
    }

    /// Takes parts off their bills, and remembers whom each payment's payer paid for: once, in however many parts.
    private func apply(_ parts: [PastPart]) throws {
        var given: [Taught: Cents] = [:]
        for past in parts {
            let part = past.part
            if let bill = part.bill {
                try transaction.run(
                    "UPDATE bills SET open_cents = open_cents - ? WHERE account = ? AND bill = ?", Value(part.cents),
                    .text(part.account), .text(bill))
            }
            if past.isTeaching, past.payerKey != nil {
                given[Taught(payment: past.payment, account: part.account), default: .zero] += part.cents
            }
        }
        for past in parts {
            let taught = Taught(payment: past.payment, account: past.part.account)
            guard let payer = past.payerKey, let cents = given.removeValue(forKey: taught) else { continue }
            if cents > .zero {
                try transaction.learn(payer: payer, account: taught.account, on: past.valueOn)
            } else if cents < .zero {
                try transaction.unlearn(payer: payer, account: taught.account)
            }
        }
    }

    /// Takes the statements of one extract in.
    private func state(_ extract: Int64) throws {
        try transaction.run(
            """
            INSERT OR REPLACE INTO temp.bills
            SELECT b.account, b.bill, b.kind, b.issued_on, b.due_on, s.amount_cents, s.stated_cents, 0,
                s.stated_cents - (SELECT ifnull(sum(a.amount_cents), 0) FROM allocations a WHERE a.account = b.account
                    AND a.bill = b.bill AND a.posting_batch > (\(Self.knownBatch)) AND a.posting_batch <= ?2),
                s.extract
            FROM bill_statements s JOIN main.bills b ON b.bill = s.bill WHERE s.extract = ?1
            """, .int(extract), .int(batch))
    }

    /// The posting batch that the statement `s` of a bill knows of: an extract that does not say it keeps what the
    /// one before said.
    private static let knownBatch = """
        ifnull((SELECT x.last_posting_batch FROM extracts x CROSS JOIN bill_statements o ON o.extract = x.extract
            AND o.bill = s.bill WHERE x.extract <= ?1 AND x.last_posting_batch IS NOT NULL
            ORDER BY x.extract DESC LIMIT 1), 0)
        """
}

/// An intake as the rehearsal walks it.
package struct WalkedIntake: Sendable {
    package var intake: Intake
    package var past: PastPoint
}

extension Transaction {
    /// The intakes with items received in some days, in the order in which they posted. An intake may be of any later
    /// day than its items, so all of these are looked through.
    package func walkedIntakes(from: CivilDate, to: CivilDate) throws -> [WalkedIntake] {
        let found = try all(
            "SELECT DISTINCT payment / 1000000000 FROM items WHERE received_on BETWEEN ? AND ?", Value(from), Value(to)
        ) { $0.int(0) }
        return try found.compactMap { id in
            guard let intake = try intake(id), let past = try past(before: PaymentID(intake: id, place: 0)) else {
                return nil
            }
            return WalkedIntake(intake: intake, past: past)
        }.sorted { $0.past.postingBatch < $1.past.postingBatch }
    }
}
