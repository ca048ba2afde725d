package import Model

/// The billing book: accounts, bills, flags and payers as the matcher and people ask for them.
extension Transaction {
    /// The account with exactly this number, with its open bills.
    package func account(_ number: String) throws -> AccountFacts? {
        guard
            var facts = try first(
                "SELECT \(Self.accountColumns) FROM accounts WHERE account = ?", .text(number), map: Self.account)
        else { return nil }
        try complete(&facts)
        return facts
    }

    /// The numbers of all accounts of a customer, in order.
    package func accountNumbers(ofCustomer customer: String) throws -> [String] {
        try all("SELECT account FROM accounts WHERE customer = ? ORDER BY account", .text(customer)) { $0.text(0) }
    }

    /// The number of the account that a bill belongs to.
    package func accountNumber(ofBill bill: String) throws -> String? {
        try first("SELECT account FROM bills WHERE bill = ?", .text(bill)) { $0.text(0) }
    }

    /// The numbers of accounts whose holder has this last name in capitals.
    package func accountNumbers(lastName: String, limit: Int) throws -> [String] {
        try all(
            "SELECT account FROM accounts WHERE last_name = ? ORDER BY account LIMIT ?", .text(lastName),
            .int(Int64(limit))
        ) { $0.text(0) }
    }

    /// How many accounts have a holder of this last name, counted up to `limit`; the index alone answers.
    package func accountCount(lastName: String, limit: Int) throws -> Int {
        Int(
            try number(
                "SELECT count(*) FROM (SELECT 1 FROM accounts WHERE last_name = ? LIMIT ?)", .text(lastName),
                .int(Int64(limit))))
    }

    /// The numbers of accounts with a bill that was issued over exactly this amount and is not paid.
    package func accountNumbers(billedFor amount: Cents, limit: Int) throws -> [String] {
        try all(
            """
            SELECT DISTINCT account FROM bills WHERE amount_cents = ? AND open_cents = amount_cents
            ORDER BY account LIMIT ?
            """, Value(amount), .int(Int64(limit))
        ) { $0.text(0) }
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
            AND ifnull(until_on, 99991231) >= ? ORDER BY flag
            """, .text(account), Value(day), Value(day)
        ) { $0.text(0) }
    }

    /// Whether any account has a flag at all: spares a look-up for each item of most offices.
    package func hasFlags() throws -> Bool { try number("SELECT EXISTS (SELECT 1 FROM flags)") == 1 }

    /// How many accounts the book has.
    package func accountCount() throws -> Int64 { try number("SELECT count(*) FROM accounts") }

    /// All bills of an account, paid ones too, oldest first.
    package func allBills(of account: String) throws -> [OpenBill] {
        try bills(of: account, "SELECT \(Self.billColumns) FROM bills WHERE account = ? ORDER BY due_on, bill")
    }

    private static let accountColumns = "account, customer, name, service_address, zip, status, cash_only"
    private static let billColumns = "bill, kind, issued_on, due_on, amount_cents, open_cents"

    private static func account(_ row: Row) -> AccountFacts {
        AccountFacts(
            number: row.text(0), customer: row.text(1), name: row.text(2), serviceAddress: row.text(3),
            zip: row.text(4), status: AccountStatus(rawValue: row.text(5))!, cashOnly: row.flag(6))
    }

    private func complete(_ facts: inout AccountFacts) throws {
        facts.bills = try bills(
            of: facts.number,
            "SELECT \(Self.billColumns) FROM bills WHERE account = ? AND open_cents > 0 ORDER BY due_on, bill")
    }

    private func bills(of account: String, _ sql: String) throws -> [OpenBill] {
        try all(sql, .text(account)) { row in
            OpenBill(
                number: row.text(0), kind: row.text(1), issuedOn: row.dateOrNil(2), dueOn: row.dateOrNil(3),
                amount: row.cents(4), open: row.cents(5))
        }
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
