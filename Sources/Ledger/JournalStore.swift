package import Model

/// One line of a journal entry: debits positive, credits negative.
package struct JournalLine: Hashable, Sendable {
    package var ledgerAccount: LedgerAccount
    package var account: String?
    package var bill: String?
    package var cents: Cents

    package init(_ ledgerAccount: LedgerAccount, account: String? = nil, bill: String? = nil, _ cents: Cents) {
        self.ledgerAccount = ledgerAccount
        self.account = account
        self.bill = bill
        self.cents = cents
    }

    /// The credit line that gives a part to its account.
    package init(crediting part: Part) {
        self.init(part.kind.ledgerAccount, account: part.account, bill: part.bill, -part.cents)
    }
}

/// What a payment is in the ledger at this moment.
package struct PaymentState: Sendable {
    package var payment: PaymentID
    package var amount: Cents
    package var status: PaymentStatus
    package var books: Books
    package var payerKey: Int64?
    package var tender: Tender
    package var bankKey: Int64?
    package var value: CivilDate
    package var effective: CivilDate
    package var twin: PaymentID?
}

/// Journal entries made after a payment's receipt: decisions, reversals, corrections of an extract.
extension Transaction {
    /// Adds a balanced entry to a payment and returns its key. It is exported with the next posting batch.
    package func addEntry(
        of state: PaymentState, kind: String, decision: Int64?, postedOn: CivilDate, reverses: Int64? = nil,
        lines: [JournalLine]
    ) throws -> Int64 {
        precondition(lines.map(\.cents).sum == .zero, "a journal entry sums to zero")
        let first = state.payment.key * 100
        let entry = try number(
            "SELECT max(entry) + 1 FROM journal_entries WHERE entry BETWEEN ? AND ?", .int(first), .int(first + 99))
        let key = entry == 0 ? first : entry
        guard key <= first + 99 else { throw LedgerFault("payment \(state.payment) has 100 journal entries already") }
        try run(
            """
            INSERT INTO journal_entries (entry, kind, payment, decision, bank_key, bank_on, effective_on, posted_on,
                reverses) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .int(key), .text(kind), .int(state.payment.key), Value(decision), Value(state.bankKey), Value(state.value),
            Value(state.effective), Value(postedOn), Value(reverses))
        try addLines(lines, to: key)
        return key
    }

    /// Adds the entry for what a bank declared beyond the items of a held unit.
    package func addDifference(
        key: Int64, intake: IntakeID, bankKey: Int64?, on day: CivilDate, postedOn: CivilDate, postingBatch: Int64,
        _ difference: Cents
    ) throws {
        guard difference != .zero else { return }
        try run(
            """
            INSERT INTO journal_entries (entry, kind, intake, bank_key, bank_on, effective_on, posted_on,
                posting_batch) VALUES (?, 'difference', ?, ?, ?, ?, ?, ?)
            """,
            .int(key * 100), .int(intake), Value(bankKey), Value(day), Value(day), Value(postedOn), .int(postingBatch))
        try addLines(
            [JournalLine(.cashClearing, difference), JournalLine(.unresolved, -difference)], to: key * 100)
    }

    /// Adds the entry for a fee that a processor kept (a debit) or gave back: it never reached the bank.
    package func addFee(_ posted: PostedItem, intake: IntakeID, postingBatch: Int64) throws {
        let entry = posted.payment.key * 100
        let kept = posted.item.direction == .debit ? posted.amount : -posted.amount
        try run(
            """
            INSERT INTO journal_entries (entry, kind, intake, payment, bank_key, bank_on, effective_on, posted_on,
                posting_batch) VALUES (?, 'receipt', ?, ?, ?, ?, ?, ?, ?)
            """,
            .int(entry), .int(intake), .int(posted.payment.key), Value(posted.bankKey), Value(posted.dates.value),
            Value(posted.dates.effective), Value(posted.dates.posted), .int(postingBatch))
        try addLines([JournalLine(.fees, kept), JournalLine(.cashClearing, -kept)], to: entry)
    }

    func addLines(_ lines: [JournalLine], to entry: Int64) throws {
        for (index, line) in lines.enumerated() {
            try run(
                "INSERT INTO journal_lines VALUES (?, ?, ?, ?, ?, ?)",
                .int(entry), .int(Int64(index + 1)), .text(line.ledgerAccount.rawValue), Value(line.account),
                Value(line.bill), Value(line.cents))
        }
    }

    /// Gives parts of a payment to accounts: allocation rows, off the bills, exported with the next batch.
    package func allocate(_ parts: [Part], of payment: PaymentID, entry: Int64) throws {
        var place = try number("SELECT max(place) FROM allocations WHERE payment = ?", .int(payment.key))
        for part in parts {
            place += 1
            try run(
                "INSERT INTO allocations VALUES (?, ?, ?, ?, ?, ?, NULL, ?, NULL)",
                .int(payment.key), .int(place), .text(part.account), Value(part.bill), .text(part.kind.rawValue),
                Value(part.cents), .int(entry))
            try pay(part)
        }
    }

    /// Where a payment stands now; nil where there is none such.
    package func state(of payment: PaymentID) throws -> PaymentState? {
        try first(
            """
            SELECT i.amount_cents, i.status, i.books, i.payer_key, i.tender, d.bank_key, i.value_on, i.effective_on,
                i.twin_of
            FROM items i JOIN batches b USING (batch) JOIN deposits d USING (deposit) WHERE i.payment = ?
            """, .int(payment.key)
        ) { row in
            PaymentState(
                payment: payment, amount: row.cents(0), status: PaymentStatus(rawValue: row.text(1))!,
                books: Books(rawValue: row.text(2))!, payerKey: row.intOrNil(3), tender: Tender(rawValue: row.text(4))!,
                bankKey: row.intOrNil(5), value: row.date(6), effective: row.date(7),
                twin: row.intOrNil(8).map(PaymentID.init(key:)))
        }
    }

    /// What each of the books has of a payment, cash clearing left out, in the order in which it came there.
    package func standingLines(of payment: PaymentID) throws -> [JournalLine] {
        try sums(of: payment, from: payment.key * 100, "ledger_account <> 'cash-clearing'")
    }

    /// The lines that take a payment back to where it stood before an entry: what that entry and all after it moved,
    /// the other way.
    package func linesBack(of payment: PaymentID, before entry: Int64) throws -> [JournalLine] {
        try sums(of: payment, from: entry, "1").map { line in
            var line = line
            line.cents = -line.cents
            return line
        }
    }

    private func sums(of payment: PaymentID, from entry: Int64, _ condition: String) throws -> [JournalLine] {
        try all(
            """
            SELECT ledger_account, account, bill, sum(amount_cents) AS cents FROM journal_lines
            WHERE entry BETWEEN ? AND ? AND \(condition) GROUP BY 1, 2, 3 HAVING cents <> 0
            ORDER BY cents > 0, min(entry), min(place), account, bill
            """, .int(entry), .int(payment.key * 100 + 99)
        ) {
            JournalLine(
                LedgerAccount(rawValue: $0.text(0))!, account: $0.textOrNil(1), bill: $0.textOrNil(2), $0.cents(3))
        }
    }

    /// The lines of the entries that a decision made of a payment, in order.
    package func lines(of payment: PaymentID, decision: Int64) throws -> [JournalLine] {
        try all(
            """
            SELECT l.ledger_account, l.account, l.bill, l.amount_cents FROM journal_entries e
            JOIN journal_lines l USING (entry) WHERE e.entry BETWEEN ? AND ? AND e.decision = ?
            ORDER BY l.entry, l.place
            """, .int(payment.key * 100), .int(payment.key * 100 + 99), .int(decision)
        ) {
            JournalLine(
                LedgerAccount(rawValue: $0.text(0))!, account: $0.textOrNil(1), bill: $0.textOrNil(2), $0.cents(3))
        }
    }

    /// Says where a payment stands after a decision.
    package func set(_ payment: PaymentID, status: PaymentStatus, books: Books) throws {
        try run(
            "UPDATE items SET status = ?, books = ? WHERE payment = ?",
            .text(status.rawValue), .text(books.rawValue), .int(payment.key))
    }

    /// What stands allocated to a bill, newest payment first, not counting what was taken back.
    package func standing(on bill: String, of account: String) throws -> [Standing] {
        try all(
            """
            SELECT a.payment, a.place, a.amount_cents + (SELECT ifnull(sum(r.amount_cents), 0) FROM allocations r
                WHERE r.payment = a.payment AND r.reverses = a.place) AS standing, a.kind
            FROM allocations a WHERE a.account = ? AND a.bill = ? AND a.reverses IS NULL
            ORDER BY a.payment DESC, a.place
            """, .text(account), .text(bill)
        ) {
            Standing(
                payment: PaymentID(key: $0.int(0)), place: $0.int(1), kind: Part.Kind(rawValue: $0.text(3))!,
                cents: $0.cents(2))
        }.filter { $0.cents > .zero }
    }

    /// Takes part of an allocation to a bill back and gives it to the account's credit instead.
    package func turnToCredit(
        _ cents: Cents, of standing: Standing, account: String, bill: String, postedOn: CivilDate
    ) throws {
        let payment = standing.payment
        guard let state = try state(of: payment) else { throw LedgerFault("there is no payment \(payment)") }
        let entry = try addEntry(
            of: state, kind: "extract", decision: nil, postedOn: postedOn,
            lines: [
                JournalLine(standing.kind.ledgerAccount, account: account, bill: bill, cents),
                JournalLine(.customerCredit, account: account, -cents),
            ])
        let next = try number("SELECT max(place) FROM allocations WHERE payment = ?", .int(payment.key)) + 1
        try run(
            "INSERT INTO allocations VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)",
            .int(payment.key), .int(next), .text(account), .text(bill), .text(standing.kind.rawValue), Value(-cents),
            .int(standing.place), .int(entry))
        try allocate([Part(account: account, bill: nil, kind: .credit, cents: cents)], of: payment, entry: entry)
    }

    /// Every journal line in the fixed order of its entry's key.
    package func journal(each: (JournalRow) throws -> Void) throws {
        try query(
            """
            SELECT e.entry, e.kind, e.payment, e.bank_on, e.effective_on, e.posted_on, e.posting_batch, l.place,
                l.ledger_account, l.account, l.bill, l.amount_cents, i.status
            FROM journal_entries e JOIN journal_lines l USING (entry) LEFT JOIN items i ON i.payment = e.payment
            ORDER BY e.entry, l.place
            """
        ) { row in
            try each(
                JournalRow(
                    entry: row.int(0), kind: row.text(1), payment: row.intOrNil(2).map(PaymentID.init(key:)),
                    bankOn: row.date(3), effectiveOn: row.date(4), postedOn: row.date(5),
                    postingBatch: row.intOrNil(6), place: row.int(7), ledgerAccount: row.text(8),
                    account: row.textOrNil(9), bill: row.textOrNil(10), cents: row.cents(11)))
        }
    }
}

/// What of an allocation to a bill stands now.
package struct Standing: Sendable {
    package var payment: PaymentID
    package var place: Int64
    package var kind: Part.Kind
    package var cents: Cents
}

/// One line of the ledger export.
package struct JournalRow: Sendable {
    package var entry: Int64
    package var kind: String
    package var payment: PaymentID?
    package var bankOn: CivilDate
    package var effectiveOn: CivilDate
    package var postedOn: CivilDate
    package var postingBatch: Int64?
    package var place: Int64
    package var ledgerAccount: String
    package var account: String?
    package var bill: String?
    package var cents: Cents

    /// The entry's name: `<payment>-j<n>`, or `<intake>-u<place>-j<n>` for a unit of a file.
    package var name: String {
        let subject = PaymentID(key: entry / 100)
        return payment != nil
            ? "\(subject)-j\(entry % 100 + 1)"
            : "\(subject.intake)-u\(subject.place - PaymentID.placesMax)-j\(entry % 100 + 1)"
    }
}

extension Transaction {
    /// The accounts that a payment's money stands on now, by number.
    package func accounts(paidBy payment: PaymentID) throws -> [String] {
        try all(
            """
            SELECT account FROM allocations WHERE payment = ? GROUP BY account HAVING sum(amount_cents) > 0
            ORDER BY 1
            """, .int(payment.key)
        ) { $0.text(0) }
    }
}
