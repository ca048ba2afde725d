package import Model

/// What a bank says has changed of a payer's account, and whose it is.
package struct AccountChangeRow: Sendable {
    /// The notice.
    package var payment: PaymentID
    /// The account of ours; empty where the entry names none.
    package var account: String
    /// The bank's code: `C01`.
    package var code: String
    package var change: AccountChange
    /// The entry of our own collection file that it speaks of.
    package var entry: PaymentID

    package init(payment: PaymentID, account: String, code: String, change: AccountChange, entry: PaymentID) {
        self.payment = payment
        self.account = account
        self.code = code
        self.change = change
        self.entry = entry
    }
}

/// Numbered files for the billing system: what has changed of payers' accounts, a file for each intake that tells any.
extension Transaction {
    /// Keeps a change; the notice is in the ledger.
    package func insert(_ row: AccountChangeRow) throws {
        let change = row.change
        try run(
            "INSERT INTO account_changes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", .int(row.payment.key),
            .text(row.account), .text(row.code), .text(change.what), .text(change.routing), .text(change.bankAccount),
            .text(change.transactionCode), .text(change.name), .text(change.identification), .int(row.entry.key),
            .int(Int64(change.record)))
    }

    /// Opens the next file of changes; numbers have no gaps, for a file stands or falls with its transaction.
    package func openAccountUpdate(of intake: IntakeID, at: String) throws {
        let number = try number("SELECT max(number) FROM account_update_batches") + 1
        try run("INSERT INTO account_update_batches VALUES (?, ?, ?)", .int(number), .int(intake), .text(at))
        try makeDue(
            Projection(
                path: "outbox/account-updates/changes-\(Self.padded(number)).csv", kind: "account-updates",
                subject: String(number)))
    }

    /// Whose changes a file tells, and when it was made.
    package func accountUpdate(_ number: Int64) throws -> (intake: IntakeID, createdAt: String)? {
        try first("SELECT intake, created_at FROM account_update_batches WHERE number = ?", .int(number)) {
            ($0.int(0), $0.text(1))
        }
    }

    /// The changes that an intake tells, in its order, each with reference, payer and trace of the entry of ours.
    package func accountChanges(of intake: IntakeID) throws -> [(
        row: AccountChangeRow, reference: String, payer: String, trace: String
    )] {
        let first = PaymentID(intake: intake, place: 0).key
        return try all(
            """
            SELECT c.payment, c.account, c.code, c.changed, c.routing, c.bank_account, c.transaction_code, c.name,
                c.identification, c.entry, c.record, i.reference, i.payer, i.trace
            FROM account_changes c JOIN items i ON i.payment = c.entry
            WHERE c.payment BETWEEN ? AND ? ORDER BY c.payment
            """, .int(first), .int(first + 999_999_999)
        ) { row in
            var change = AccountChange()
            change.what = row.text(3)
            change.routing = row.text(4)
            change.bankAccount = row.text(5)
            change.transactionCode = row.text(6)
            change.name = row.text(7)
            change.identification = row.text(8)
            change.record = Int(row.int(10))
            let kept = AccountChangeRow(
                payment: PaymentID(key: row.int(0)), account: row.text(1), code: row.text(2), change: change,
                entry: PaymentID(key: row.int(9)))
            return (kept, row.text(11), row.text(12), row.text(13))
        }
    }
}
