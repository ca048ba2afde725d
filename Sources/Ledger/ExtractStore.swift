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
            "INSERT INTO extracts VALUES (?, ?, ?, ?, ?, 0, 0, 0, ?)",
            .int(extract), .text(at), .text(files), Value(asOf), Value(lastPostingBatch),
            .int(try self.lastPostingBatch()))
        return extract
    }

    package func closeExtract(_ extract: Int64, accounts: Int, bills: Int, balance: Cents) throws {
        try run(
            "UPDATE extracts SET accounts = ?, bills = ?, balance_cents = ? WHERE extract = ?",
            .int(Int64(accounts)), .int(Int64(bills)), Value(balance), .int(extract))
    }

    /// Loads or updates an account. Of one that is known the columns of `absent` are left as they are, and so is what
    /// stands in further columns that are not stated now.
    package func load(_ account: StatedAccount, leaving absent: Set<String>, extract: Int64) throws -> RowChange {
        let columns: [(name: String, value: Value)] = [
            ("customer", .text(account.customer)), ("name", .text(account.name)),
            ("last_name", .text(account.lastName)), ("service_address", .text(account.serviceAddress)),
            ("city", .text(account.city)), ("zip", .text(account.zip)), ("status", .text(account.status.rawValue)),
            ("opened_on", Value(account.openedOn)), ("closed_on", Value(account.closedOn)),
            ("cash_only", Value(account.cashOnly)),
        ]
        let stated = columns.filter { !absent.contains($0.name) }
        let marks = stated.map { _ in "?" }.joined(separator: ", ")
        let names = stated.map(\.name).joined(separator: ", ")
        var former: (address: String, isSame: Bool)?
        try query(
            """
            SELECT service_address, (\(names)) IS (\(marks)) AND (?\(stated.count + 1) = '{}'
                OR json_patch(more, ?\(stated.count + 1)) = more) FROM accounts WHERE account = ?
            """, with: stated.map(\.value) + [.text(account.more), .text(account.account)]
        ) { former = (address: $0.text(0), isSame: $0.flag(1)) }
        let street = StreetAddress(account.serviceAddress).street
        guard let former else {
            try run(
                "INSERT INTO accounts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                with: [.text(account.account)] + columns.map(\.value) + [.text(account.more), .int(extract)])
            try note(street, of: account.account, former: nil)
            return .new
        }
        if former.isSame {
            try run("UPDATE accounts SET extract = ? WHERE account = ?", .int(extract), .text(account.account))
            return .same
        }
        try run(
            """
            UPDATE accounts SET (\(names)) = (\(marks)), more = iif(more = '{}', ?\(stated.count + 1),
                json_patch(more, ?\(stated.count + 1))), extract = ? WHERE account = ?
            """, with: stated.map(\.value) + [.text(account.more), .int(extract), .text(account.account)])
        if !absent.contains("service_address") { try note(street, of: account.account, former: former.address) }
        return .changed
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
    /// known keeps the balance that Sluice's own postings left, and a new bill comes as stated. Of a bill that is known
    /// the columns of `absent` are left as they are.
    package func load(
        _ bill: StatedBill, leaving absent: Set<String>, extract: Int64, lastPostingBatch: Int64?
    ) throws -> (change: RowChange, excess: Cents) {
        let known = try first(
            """
            SELECT account, amount_cents, stated_cents, stated_after, open_cents, kind, issued_on, due_on FROM bills
            WHERE bill = ?
            """, .text(bill.bill)
        ) {
            (
                account: $0.text(0), amount: $0.cents(1), stated: $0.cents(2), after: $0.int(3), open: $0.cents(4),
                kind: $0.text(5), issuedOn: $0.dateOrNil(6), dueOn: $0.dateOrNil(7)
            )
        }
        guard let known else {
            try insertNew(bill, extract: extract, after: lastPostingBatch ?? 0)
            return (.new, .zero)
        }
        guard known.account == bill.account else {
            throw LedgerFault("bill \(bill.bill) belongs to account \(known.account), not \(bill.account)")
        }
        var bill = bill
        if absent.contains("kind") { bill.kind = known.kind }
        if absent.contains("issued_on") { bill.issuedOn = known.issuedOn }
        if absent.contains("due_on") { bill.dueOn = known.dueOn }
        let stated = lastPostingBatch == nil ? known.stated : bill.balance
        let after = lastPostingBatch ?? known.after
        let left = stated - (try allocated(to: bill.bill, of: bill.account, after: after))
        // What is open is never below zero, but for a bill that the billing system itself states below it.
        let floor = min(stated, .zero)
        let excess = left < floor ? floor - left : .zero
        try update(bill, stated: stated, after: after, open: left + excess, extract: extract)
        try state(bill, stated: stated, extract: extract)
        let isSame =
            (known.amount, known.open) == (bill.amount, left)
            && (known.kind, known.issuedOn, known.dueOn) == (bill.kind, bill.issuedOn, bill.dueOn)
        return (isSame ? .same : .changed, excess)
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

    /// Whether any bill is of a kind.
    package func hasBill(ofKind kind: String) throws -> Bool {
        try number("SELECT EXISTS (SELECT 1 FROM bills WHERE kind = ?)", .text(kind)) == 1
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
