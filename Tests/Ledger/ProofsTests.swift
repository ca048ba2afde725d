import Ledger
import Model
import Testing

/// Promise 1: one cent changed anywhere is found, and told in one line that names what it is about.
struct ProofsTests {
    /// Books with every kind of row: two parts, credit, suspense, hold, a decision, a reversal, a difference, a repeat.
    private func books() throws -> Books {
        let books = try Books()
        try books.post([
            Books.item(1, 700, books: .posted, parts: Books.parts(1, bill: 700)),
            Books.item(2, 10_500, books: .posted, parts: Books.parts(2, bill: 10_000, credit: 500)),
            Books.item(3, 800), Books.item(4, 900, books: .onHold), Books.item(5, 1_000),
            Books.item(6, 1_100, books: .none), Books.item(7, 1_200),
        ])
        try books.ledger.write { transaction in
            try Self.decide(transaction, 5, Books.parts(3, bill: 600, credit: 400))
            let standing = try #require(try transaction.standing(on: "B1", of: Books.accounts[0]).last)
            try transaction.turnToCredit(
                Cents(300), of: standing, account: Books.accounts[0], bill: "B1", postedOn: Books.day)
            try Self.restate(transaction)
        }
        return books
    }

    private static func decide(_ transaction: Transaction, _ place: Int64, _ parts: [Part]) throws {
        let payment = PaymentID(intake: 1, place: place)
        let state = try #require(try transaction.state(of: payment))
        let entry = try transaction.addEntry(
            of: state, kind: "decision", decision: nil, postedOn: Books.day,
            lines: [JournalLine(.suspense, state.amount)] + parts.map(JournalLine.init(crediting:)))
        try transaction.allocate(parts, of: payment, entry: entry)
        try transaction.set(payment, status: .posted, books: .posted)
    }

    /// A second extract, that lowers bill 4 and states bill 1 as what Sluice left of it.
    private static func restate(_ transaction: Transaction) throws {
        let extract = try transaction.openExtract(at: Books.at, files: "b", asOf: nil, lastPostingBatch: 0)
        for (bill, amount, balance) in [(4, Int64(9_000), Int64(9_000)), (1, 10_000, 10_000)] {
            let loaded = try transaction.load(
                StatedBill(
                    bill: "B\(bill)", account: Books.accounts[bill - 1], kind: "water", issuedOn: nil, dueOn: Books.day,
                    amount: Cents(amount), balance: Cents(balance)), leaving: [], extract: extract,
                lastPostingBatch: 0)
            #expect(loaded.excess == .zero || bill == 1)
        }
        try transaction.run("UPDATE bills SET open_cents = 9600 WHERE bill = 'B1'")
        try transaction.closeExtract(extract, accounts: 0, bills: 2, balance: .zero)
    }

    /// A column of money, the rows of its table, and what must be named for each.
    struct Column: CustomTestStringConvertible, Sendable {
        var name: String
        var keys: String
        /// SQL of what the line must name: a payment like 1-3 or a bill like B2.
        var names: String
        var only = "1"

        var table: String { String(name.prefix { $0 != "." }) }
        var column: String { String(name.drop { $0 != "." }.dropFirst()) }
        var testDescription: String { name }
    }

    static let columns = [
        // What is not journalled stands nowhere but in its batch's sum, so the batch is all that can be named.
        Column(
            name: "items.amount_cents", keys: "payment",
            names: "iif(books = 'none', 'batch', '1-' || (payment % 1000000000))"),
        Column(
            name: "allocations.amount_cents", keys: "payment || '/' || place", names: "'1-' || (payment % 1000000000)"),
        Column(
            name: "journal_lines.amount_cents", keys: "entry || '/' || place",
            names: "'1-' || (entry / 100 % 1000000000)"),
        Column(name: "bills.amount_cents", keys: "bill", names: "bill"),
        Column(name: "bills.stated_cents", keys: "bill", names: "bill"),
        Column(name: "bills.open_cents", keys: "bill", names: "bill"),
        Column(
            name: "bill_statements.amount_cents", keys: "extract || '/' || bill", names: "bill",
            only: "extract = (SELECT extract FROM bills b WHERE b.bill = t.bill)"),
        Column(
            name: "bill_statements.stated_cents", keys: "extract || '/' || bill", names: "bill",
            only: "extract = (SELECT extract FROM bills b WHERE b.bill = t.bill)"),
    ]

    @Test func `never finds fault with books that are right`() throws {
        #expect(try books().breaches == [])
    }

    @Test(arguments: columns, [1, -1]) func `never lets one cent change in silence, nor cry twice`(
        _ column: Column, cents: Int
    ) throws {
        let books = try books()
        for trigger in try books.texts("SELECT name FROM sqlite_master WHERE type = 'trigger'") {
            try books.run("DROP TRIGGER \(trigger)")
        }
        try books.run("PRAGMA ignore_check_constraints = ON")
        let rows = try books.ledger.read { transaction in
            try transaction.all(
                "SELECT \(column.keys), \(column.names) FROM \(column.table) t WHERE \(column.only)"
            ) { ($0.anyText(0), $0.text(1)) }
        }
        #expect(!rows.isEmpty)
        for (key, name) in rows {
            let change = "UPDATE \(column.table) AS t SET \(column.column) = \(column.column)"
            #expect(try books.run("\(change) + \(cents) WHERE \(column.keys) = '\(key)'") == 1)
            let breaches = try books.breaches
            #expect(breaches.count == 1, "\(column.name) of \(key): \(breaches)")
            let words = breaches.first?.split { " ,:".contains($0) }.map(String.init) ?? []
            #expect(words.contains { $0 == name || $0.hasPrefix(name + "-j") }, "\(key): \(breaches)")
            try books.run("\(change) - \(cents) WHERE \(column.keys) = '\(key)'")
        }
        #expect(try books.breaches == [])
    }

    @Test func `never misses an item that is gone or moved`() throws {
        let books = try books()
        try books.run("UPDATE items SET books = 'on-hold', status = 'held' WHERE payment = 1000000003")
        #expect(try books.breaches.map { $0.contains("payment 1-3:") } == [true])
        try books.run("UPDATE items SET books = 'suspense', status = 'suspense' WHERE payment = 1000000003")
        try books.run("DELETE FROM items WHERE payment = 1000000006")
        #expect(try books.breaches.map { $0.contains("batch 1 of intake 1") } == [true])
    }

    @Test func `never misses a line of the journal that was deleted or added`() throws {
        let books = try books()
        try books.run("DROP TRIGGER journal_lines_are_kept")
        try books.run("DELETE FROM journal_lines WHERE entry = 100000000300")
        #expect(try books.breaches.map { $0.contains("payment 1-3:") } == [true])
        let other = try self.books()
        try other.run("INSERT INTO journal_lines VALUES (100000000300, 9, 'suspense', NULL, NULL, -5)")
        #expect(try other.breaches.map { $0.contains("journal entry 1-3-j1") } == [true])
    }

    @Test func `never misses an allocation that was moved to another account`() throws {
        let books = try books()
        try books.run(
            "UPDATE allocations SET account = '4000000004', bill = 'B4' WHERE payment = 1000000002 AND place = 1")
        let breaches = try books.breaches
        #expect(breaches.map { $0.contains("payment 1-2:") } == [true], "\(breaches)")
    }

    @Test func `never misses a difference of a held unit`() throws {
        let books = try Books()
        try books.post([Books.item(1, 500, books: .unresolved)])
        try books.run("UPDATE batches SET held = 1, difference_cents = 40")
        try books.run(
            """
            INSERT INTO exceptions (exception, intake, batch, reason, severity, what, why_not_posted, opened_at)
            SELECT '1-e1', 1, batch, 'batch-out-of-balance', 'fault', '', '', '' FROM batches
            """)
        #expect(try books.breaches.map { $0.contains("intake 1") && $0.contains("0.40") } == [true])
        try books.ledger.write {
            try $0.addDifference(
                key: Books.batch, intake: 1, bankKey: nil, on: Books.day, postedOn: Books.day, postingBatch: 1,
                Cents(40))
        }
        #expect(try books.breaches == [])
    }
}
