package import Model

/// One account as a billing extract states it.
package struct StatedAccount: Sendable {
    package var account: String
    package var customer: String
    package var name: String
    package var lastName: String
    package var serviceAddress: String
    package var city: String
    package var zip: String
    package var status: AccountStatus
    package var openedOn: CivilDate?
    package var closedOn: CivilDate?
    package var cashOnly: Bool
    /// Columns Sluice does not know, as a JSON object.
    package var more: String

    package init(
        account: String, customer: String, name: String, lastName: String, serviceAddress: String, city: String,
        zip: String, status: AccountStatus, openedOn: CivilDate?, closedOn: CivilDate?, cashOnly: Bool, more: String
    ) {
        self.account = account
        self.customer = customer
        self.name = name
        self.lastName = lastName
        self.serviceAddress = serviceAddress
        self.city = city
        self.zip = zip
        self.status = status
        self.openedOn = openedOn
        self.closedOn = closedOn
        self.cashOnly = cashOnly
        self.more = more
    }
}

/// One bill as a billing extract states it.
package struct StatedBill: Sendable {
    package var bill: String
    package var account: String
    package var kind: String
    package var issuedOn: CivilDate?
    package var dueOn: CivilDate?
    package var amount: Cents
    package var balance: Cents

    package init(
        bill: String, account: String, kind: String, issuedOn: CivilDate?, dueOn: CivilDate?, amount: Cents,
        balance: Cents
    ) {
        self.bill = bill
        self.account = account
        self.kind = kind
        self.issuedOn = issuedOn
        self.dueOn = dueOn
        self.amount = amount
        self.balance = balance
    }
}

/// What an extract did to one row of the book.
package enum RowChange: Sendable {
    case new
    case changed
    case same
}

/// Loading the billing system's extract: statements are kept, postings never change.
extension Transaction {
    /// Opens an extract; its sums are filled in by `closeExtract`.
    package func openExtract(at: String, files: String, asOf: CivilDate?, lastPostingBatch: Int64?) throws -> Int64 {
        let extract = try number("SELECT max(extract) FROM extracts") + 1
        try run(
            "INSERT INTO extracts VALUES (?, ?, ?, ?, ?, 0, 0, 0)",
            .int(extract), .text(at), .text(files), Value(asOf), Value(lastPostingBatch))
        return extract
    }

    package func closeExtract(_ extract: Int64, accounts: Int, bills: Int, balance: Cents) throws {
        try run(
            "UPDATE extracts SET accounts = ?, bills = ?, balance_cents = ? WHERE extract = ?",
            .int(Int64(accounts)), .int(Int64(bills)), Value(balance), .int(extract))
    }

    /// Loads or updates an account.
    package func load(_ account: StatedAccount, extract: Int64) throws -> RowChange {
        let values: [Value] = [
            .text(account.account), .text(account.customer), .text(account.name), .text(account.lastName),
            .text(account.serviceAddress), .text(account.city), .text(account.zip), .text(account.status.rawValue),
            Value(account.openedOn), Value(account.closedOn), Value(account.cashOnly), .text(account.more),
        ]
        let former = try first("SELECT service_address FROM accounts WHERE account = ?", .text(account.account)) {
            $0.text(0)
        }
        let street = StreetAddress(account.serviceAddress).street
        let known = try run(
            """
            UPDATE accounts SET customer = ?2, name = ?3, last_name = ?4, service_address = ?5, city = ?6, zip = ?7,
                status = ?8, opened_on = ?9, closed_on = ?10, cash_only = ?11, more = ?12, extract = ?13
            WHERE account = ?1
            """, with: values + [.int(extract)])
        if known == 0 {
            try run(
                "INSERT INTO accounts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", with: values + [.int(extract)])
        }
        try note(street, of: account.account, former: former)
        return known == 0 ? .new : .changed
    }

    /// Notes where an account is served, and forgets where it was.
    private func note(_ street: String?, of account: String, former: String?) throws {
        let formerStreet = former.flatMap { StreetAddress($0).street }
        if let formerStreet, formerStreet != street {
            try run("DELETE FROM account_streets WHERE street = ? AND account = ?", .text(formerStreet), .text(account))
        }
        if let street, formerStreet != street {
            try run("INSERT INTO account_streets VALUES (?, ?)", .text(street), .text(account))
        }
    }

    /// Loads or updates a bill, and gives what is now stated below what was already allocated to it.
    ///
    /// `lastPostingBatch` is the last posting batch that the balances know of. Without one, a bill that is
    /// known keeps the balance that Sluice's own postings left, and a new bill comes as stated.
    package func load(
        _ bill: StatedBill, extract: Int64, lastPostingBatch: Int64?
    ) throws -> (change: RowChange, excess: Cents) {
        let known = try first(
            "SELECT account, amount_cents, stated_cents, stated_after, open_cents FROM bills WHERE bill = ?",
            .text(bill.bill)
        ) { (account: $0.text(0), amount: $0.cents(1), stated: $0.cents(2), after: $0.int(3), open: $0.cents(4)) }
        guard let known else {
            try insertNew(bill, extract: extract, after: lastPostingBatch ?? 0)
            return (.new, .zero)
        }
        guard known.account == bill.account else {
            throw LedgerFault("bill \(bill.bill) belongs to account \(known.account), not \(bill.account)")
        }
        let stated = lastPostingBatch == nil ? known.stated : bill.balance
        let after = lastPostingBatch ?? known.after
        let left = stated - (try allocated(to: bill.bill, of: bill.account, after: after))
        // What is open is never below zero, but for a bill that the billing system itself states below it.
        let floor = min(stated, .zero)
        let excess = left < floor ? floor - left : .zero
        try update(bill, stated: stated, after: after, open: left + excess, extract: extract)
        try state(bill, stated: stated, extract: extract)
        return (known.amount == bill.amount && known.open == left ? .same : .changed, excess)
    }

    /// What was allocated to a bill by postings that a statement did not know of.
    private func allocated(to bill: String, of account: String, after: Int64) throws -> Cents {
        Cents(
            try number(
                """
                SELECT sum(amount_cents) FROM allocations WHERE account = ? AND bill = ?
                AND (posting_batch IS NULL OR posting_batch > ?)
                """, .text(account), .text(bill), .int(after)))
    }

    private func insertNew(_ bill: StatedBill, extract: Int64, after: Int64) throws {
        try run(
            "INSERT INTO bills VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            .text(bill.account), .text(bill.bill), .text(bill.kind), Value(bill.issuedOn), Value(bill.dueOn),
            Value(bill.amount), Value(bill.balance), .int(after), Value(bill.balance), .int(extract))
        try state(bill, stated: bill.balance, extract: extract)
    }

    private func update(_ bill: StatedBill, stated: Cents, after: Int64, open: Cents, extract: Int64) throws {
        try run(
            """
            UPDATE bills SET kind = ?, issued_on = ?, due_on = ?, amount_cents = ?, stated_cents = ?, stated_after = ?,
            open_cents = ?, extract = ? WHERE account = ? AND bill = ?
            """,
            .text(bill.kind), Value(bill.issuedOn), Value(bill.dueOn), Value(bill.amount), Value(stated), .int(after),
            Value(open), .int(extract), .text(bill.account), .text(bill.bill))
    }

    private func state(_ bill: StatedBill, stated: Cents, extract: Int64) throws {
        try run(
            "INSERT OR REPLACE INTO bill_statements VALUES (?, ?, ?, ?, ?)",
            .int(extract), .text(bill.bill), .text(bill.account), Value(bill.amount), Value(stated))
    }

    /// Whether an account is in the book.
    package func hasAccount(_ account: String) throws -> Bool {
        try number("SELECT EXISTS (SELECT 1 FROM accounts WHERE account = ?)", .text(account)) == 1
    }

    /// Accounts that an extract did not state.
    package func accounts(notIn extract: Int64) throws -> Int64 {
        try number("SELECT count(*) FROM accounts WHERE extract <> ?", .int(extract))
    }
}
