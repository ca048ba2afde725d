package import Model

/// The billing book: accounts, bills, flags and payers as the matcher and people ask for them.
extension Transaction {
    /// The account with exactly this number, with its open bills.
    package func account(_ number: String) throws -> AccountFacts? {
        var found: AccountFacts?
        try accounts("a.account = ?", [.text(number)]) { found = $0 }
        return found
    }

    /// Accounts whose holder has this last name in capitals, by number, at most `limit`, each with its open bills.
    package func accounts(lastName: String, limit: Int) throws -> [AccountFacts] {
        var found: [AccountFacts] = []
        try accounts("a.last_name = ?", [.text(lastName)]) { if found.count < limit { found.append($0) } }
        return found
    }

    /// Accounts with a bill over exactly this amount of which nothing is paid, by number, at most `limit`, each with
    /// its open bills.
    package func accounts(billedFor amount: Cents, limit: Int) throws -> [AccountFacts] {
        var found: [AccountFacts] = []
        try accounts(
            "a.account IN (SELECT account FROM bills WHERE amount_cents = ? AND open_cents = amount_cents)",
            [Value(amount)],
            each: { if found.count < limit { found.append($0) } })
        return found
    }

    /// Accounts with several open bills, what is open on them in all, customer deposits left out.
    package func accountsOwingOverBills(each: (String, Cents) -> Void) throws {
        try query(
            """
            SELECT account, sum(open_cents) FROM bills WHERE open_cents > 0 AND kind <> 'customer-deposit'
            GROUP BY account HAVING count(*) > 1
            """
        ) { each($0.text(0), $0.cents(1)) }
    }

    /// The numbers of the accounts that are served at a house number and street (`StreetAddress.street`), in order, at
    /// most `limit`.
    package func accountNumbers(atStreet street: String, limit: Int) throws -> [String] {
        try all(
            "SELECT account FROM account_streets WHERE street = ? ORDER BY account LIMIT ?", .text(street),
            .int(Int64(limit))
        ) { $0.text(0) }
    }

    /// What payments before a key brought an account and was not taken back, newest first, at most `limit`.
    ///
    /// Summed here and not by a statement: its sorter costs more than most accounts' few parts, and items are read of
    /// those payments only that are told.
    package func earlierPayments(of account: String, before payment: Int64, limit: Int) throws -> [EarlierPayment] {
        var sums: [Int64: Cents] = [:]
        try query(
            "SELECT payment, amount_cents FROM allocations WHERE account = ? AND payment < ?", .text(account),
            .int(payment)
        ) { sums[$0.int(0), default: .zero] += $0.cents(1) }
        guard !sums.isEmpty else { return [] }
        return try sums.keys.filter { sums[$0]! > .zero }.sorted(by: >).prefix(limit).compactMap { key in
            try first("SELECT payer, check_number, value_on, amount_cents FROM items WHERE payment = ?", .int(key)) {
                EarlierPayment(
                    payment: PaymentID(key: key), payer: $0.text(0), checkNumber: $0.text(1), on: $0.date(2),
                    total: $0.cents(3), cents: sums[key]!)
            }
        }
    }

    /// The numbers of the accounts whose holder has this last name in capitals, in order, at most `limit`; the index
    /// alone answers.
    package func accountNumbers(lastName: String, limit: Int) throws -> [String] {
        try all(
            "SELECT account FROM accounts WHERE last_name = ? ORDER BY account LIMIT ?", .text(lastName),
            .int(Int64(limit))
        ) { $0.text(0) }
    }

    /// Accounts with their open bills in one statement: the dearest thing about a look-up is beginning it.
    private func accounts(_ condition: String, _ arguments: [Value], each: (AccountFacts) -> Void) throws {
        var facts: AccountFacts?
        func tell() {
            guard var whole = facts else { return }
            if whole.bills.count > 1 { whole.bills.sort(by: OpenBill.isDueBefore) }
            each(whole)
        }
        try query(
            """
            SELECT a.account, a.customer, a.name, a.service_address, a.zip, a.status, a.cash_only,
                b.bill, b.kind, b.issued_on, b.due_on, b.amount_cents, b.open_cents
            FROM accounts a LEFT JOIN bills b ON b.account = a.account AND b.open_cents > 0
            WHERE \(condition) ORDER BY a.account
            """, with: arguments
        ) { row in
            if !(facts.map { row.holds($0.number, at: 0) } ?? false) {
                tell()
                facts = Self.account(row)
            }
            if !row.isNull(7) { facts!.bills.append(Self.bill(row, from: 7)) }
        }
        tell()
    }

    private static func bill(_ row: Row, from column: Int32) -> OpenBill {
        OpenBill(
            number: row.text(column), kind: row.text(column + 1), issuedOn: row.dateOrNil(column + 2),
            dueOn: row.dateOrNil(column + 3), amount: row.cents(column + 4), open: row.cents(column + 5))
    }

    /// The numbers of all accounts of a customer, in order.
    package func accountNumbers(ofCustomer customer: String) throws -> [String] {
        try all("SELECT account FROM accounts WHERE customer = ? ORDER BY account", .text(customer)) { $0.text(0) }
    }

    /// The number of the account that a bill belongs to.
    package func accountNumber(ofBill bill: String) throws -> String? {
        try first("SELECT account FROM bills WHERE bill = ?", .text(bill)) { $0.text(0) }
    }

    /// How many accounts have a holder of this last name, counted up to `limit`; the index alone answers.
    package func accountCount(lastName: String, limit: Int) throws -> Int {
        Int(
            try number(
                "SELECT count(*) FROM (SELECT 1 FROM accounts WHERE last_name = ? LIMIT ?)", .text(lastName),
                .int(Int64(limit))))
    }

    /// How many bills were issued over exactly this amount, counted up to `limit`; the index alone answers.
    package func billCount(over amount: Cents, limit: Int) throws -> Int {
        Int(
            try number(
                "SELECT count(*) FROM (SELECT 1 FROM bills WHERE amount_cents = ? LIMIT ?)", Value(amount),
                .int(Int64(limit))))
    }

    /// What is remembered of a payer, most often seen first.
    package func accounts(ofPayer payer: Int64, limit: Int) throws -> [PayerFacts] {
        try all(
            """
            SELECT account, times, last_on FROM payer_memory WHERE payer_key = ? AND times > 0
            ORDER BY times DESC, account LIMIT ?
            """, .int(payer), .int(Int64(limit))
        ) { PayerFacts(account: $0.text(0), times: Int($0.int(1)), lastOn: $0.dateOrNil(2)) }
    }

    /// The flags of an account that are in force on a day.
    package func flags(of account: String, on day: CivilDate) throws -> [String] {
        try all(
            """
            SELECT DISTINCT flag FROM flags WHERE account = ? AND ifnull(from_on, 0) <= ?
            AND ifnull(until_on, 99991231) >= ? AND ended_by IS NULL ORDER BY flag
            """, .text(account), Value(day), Value(day)
        ) { $0.text(0) }
    }

    /// The flags of an account that are in force on a day, as the billing system states them.
    package func statedFlags(of account: String, on day: CivilDate) throws -> [StatedFlag] {
        try all(
            """
            SELECT flag, from_on, until_on, case_number, note, more FROM flags WHERE account = ?
            AND ifnull(from_on, 0) <= ? AND ifnull(until_on, 99991231) >= ? AND ended_by IS NULL
            ORDER BY flag, case_number
            """, .text(account), Value(day), Value(day)
        ) {
            StatedFlag(
                account: account, flag: $0.text(0), from: $0.dateOrNil(1), until: $0.dateOrNil(2),
                caseNumber: $0.text(3), note: $0.text(4), more: $0.text(5))
        }
    }

    /// How many accounts the book has.
    package func accountCount() throws -> Int64 { try number("SELECT count(*) FROM accounts") }

    /// All bills of an account, paid ones too, oldest first.
    package func allBills(of account: String) throws -> [OpenBill] {
        try all(
            """
            SELECT bill, kind, issued_on, due_on, amount_cents, open_cents FROM bills WHERE account = ?
            ORDER BY due_on, bill
            """, .text(account)
        ) { Self.bill($0, from: 0) }
    }

    private static func account(_ row: Row) -> AccountFacts {
        AccountFacts(
            number: row.text(0), customer: row.text(1), name: row.text(2), serviceAddress: row.text(3),
            zip: row.text(4), status: AccountStatus(rawValue: row.text(5))!, cashOnly: row.flag(6))
    }
}

extension OpenBill {
    /// The order in which the matcher sees bills: oldest due date first, those without one first, then by number.
    static func isDueBefore(_ one: OpenBill, _ other: OpenBill) -> Bool {
        let (mine, theirs) = (one.dueOn?.packed ?? 0, other.dueOn?.packed ?? 0)
        return mine == theirs ? one.number < other.number : mine < theirs
    }
}

/// One account for a list, with what is open and how many bills.
package struct AccountLine: Sendable {
    package var account: String
    package var customer: String
    package var name: String
    package var status: String
    package var bills: Int64
    package var open: Cents
}

extension Transaction {
    /// All accounts by number, with what is open on them.
    package func accountLines(each: (AccountLine) throws -> Void) throws {
        try query(
            """
            SELECT a.account, a.customer, a.name, a.status,
                (SELECT count(*) FROM bills b WHERE b.account = a.account AND b.open_cents > 0),
                (SELECT ifnull(sum(open_cents), 0) FROM bills b WHERE b.account = a.account)
            FROM accounts a ORDER BY a.account
            """
        ) {
            try each(
                AccountLine(
                    account: $0.text(0), customer: $0.text(1), name: $0.text(2), status: $0.text(3), bills: $0.int(4),
                    open: $0.cents(5)))
        }
    }

    /// The payments of an account, newest first, with what of each went to it.
    package func payments(of account: String) throws -> [(payment: PaymentID, on: CivilDate, cents: Cents)] {
        try all(
            """
            SELECT al.payment, i.effective_on, sum(al.amount_cents) FROM allocations al JOIN items i USING (payment)
            WHERE al.account = ? GROUP BY al.payment ORDER BY al.payment DESC
            """, .text(account)
        ) { (PaymentID(key: $0.int(0)), $0.date(1), $0.cents(2)) }
    }
}
