import Foundation
import Ledger
import Model
import Testing

/// The schema does the checking: a row that breaks a rule of the books is refused whatever writes it.
struct SchemaTests {
    /// What is refused, the statement, and words of the refusal.
    static let forbidden: [(what: String, sql: String, says: String)] = [
        ("a negative item", item("amount_cents", "-1"), "CHECK"),
        ("an item with an unknown status", item("status", "'lost'"), "CHECK"),
        ("an item with unknown books", item("books", "'pocket'"), "CHECK"),
        ("an item with an unknown tender", item("tender", "'shells'"), "CHECK"),
        ("an item with an unknown proof", item("proof", "'P4'"), "CHECK"),
        ("an item with a bank account in clear", item("bank_account", "'7994543709'"), "CHECK"),
        ("an item that is posted and stands elsewhere", item("status", "'posted'"), "CHECK"),
        ("an item in hand that is journalled", item("custody", "'in-hand'"), "CHECK"),
        ("an item of a batch that is not there", item("batch", "77"), "FOREIGN KEY"),
        ("an item with text for an amount", item("amount_cents", "'ten'"), "cannot store TEXT"),
        ("an item with a fraction of a cent", item("amount_cents", "10.5"), "cannot store REAL"),
        ("an item without an amount", item("amount_cents", "NULL"), "NOT NULL"),
        ("an item without a number of its intake", item("payment", "7"), "CHECK"),
        (
            "a second item with the same payer, check and amount",
            item(["payment": "1000000009", "payer_key": "5", "check_number": "'17'", "amount_cents": "700"]),
            "UNIQUE"
        ),
        ("a second item with the same end-to-end id", item("end_to_end", "'E-1'"), "UNIQUE"),
        ("a second item with the same trace, amount and payer", item("trace", "'T-1'"), "UNIQUE"),
        ("a second row for one payment", item("payment", "1000000001"), "UNIQUE"),
        (
            "a rule that stands nowhere",
            "INSERT INTO rule_standings VALUES (1, 'r/1', 'fired', 1, 1, 0, 'sluice', '', NULL)", "CHECK"
        ),
        (
            "a rule that nobody demoted",
            "INSERT INTO rule_standings VALUES (1, 'r/1', 'demoted', 1, 1, 0, '', '', NULL)", "CHECK"
        ),
        ("a sample of what no rule would post", "INSERT INTO samples VALUES (1000000001, 'r/1', 'P3', '')", "CHECK"),
        ("a sample of a payment that is not there", "INSERT INTO samples VALUES (7, 'r/1', 'P1', '')", "FOREIGN KEY"),
        (
            "words accepted after one lesson",
            "INSERT INTO proposals VALUES (1, 'text', 'CLUB', '4000000001', 'accepted', 1, 'chief', '', NULL)", "CHECK"
        ),
        (
            "an allocation to an account that is not there",
            "INSERT INTO allocations VALUES (1000000001, 9, '4999999999', NULL, 'credit', 1, NULL, 100000000100, 1)",
            "FOREIGN KEY"
        ),
        (
            "an allocation to a bill that is not there",
            "INSERT INTO allocations VALUES (1000000001, 9, '4000000001', 'B9', 'bill', 1, NULL, 100000000100, 1)",
            "FOREIGN KEY"
        ),
        (
            "an allocation to another account's bill",
            "INSERT INTO allocations VALUES (1000000001, 9, '4000000001', 'B2', 'bill', 1, NULL, 100000000100, 1)",
            "FOREIGN KEY"
        ),
        (
            "an allocation to a bill that says credit",
            "INSERT INTO allocations VALUES (1000000001, 9, '4000000001', 'B1', 'credit', 1, NULL, 100000000100, 1)",
            "CHECK"
        ),
        (
            "an allocation of nothing",
            "INSERT INTO allocations VALUES (1000000001, 9, '4000000001', 'B1', 'bill', 0, NULL, 100000000100, 1)",
            "CHECK"
        ),
        (
            "a negative allocation that reverses nothing",
            "INSERT INTO allocations VALUES (1000000001, 9, '4000000001', 'B1', 'bill', -1, NULL, 100000000100, 1)",
            "CHECK"
        ),
        ("a deleted journal entry", "DELETE FROM journal_entries", "reversed, never deleted"),
        ("a deleted journal line", "DELETE FROM journal_lines WHERE place = 1", "reversed, never deleted"),
        (
            "a journal line of nothing",
            "INSERT INTO journal_lines VALUES (100000000100, 9, 'suspense', NULL, NULL, 0)",
            "CHECK"
        ),
        (
            "a journal line on an unknown ledger account",
            "INSERT INTO journal_lines VALUES (100000000100, 9, 'slush', NULL, NULL, 1)", "CHECK"
        ),
        (
            "a receivable without an account",
            "INSERT INTO journal_lines VALUES (100000000100, 9, 'receivable', NULL, 'B1', 1)", "CHECK"
        ),
        (
            "a receivable without a bill",
            "INSERT INTO journal_lines VALUES (100000000100, 9, 'receivable', '4000000001', NULL, 1)", "CHECK"
        ),
        (
            "a journal line of an entry that is not there",
            "INSERT INTO journal_lines VALUES (5, 1, 'suspense', NULL, NULL, 1)", "FOREIGN KEY"
        ),
        ("a changed decision", "UPDATE decisions SET action = 'note'", "never changed"),
        ("a deleted decision", "DELETE FROM decisions", "never deleted"),
        (
            "a decision by nobody",
            "INSERT INTO decisions (decision, exception, action, allocations, decided_by, decided_at) "
                + "VALUES (9, '1-1-e1', 'note', '[]', '', '')",
            "CHECK"
        ),
        (
            "a decision on an exception that is not there",
            "INSERT INTO decisions (decision, exception, action, allocations, decided_by, decided_at) "
                + "VALUES (9, '9-e9', 'note', '[]', 'u', '')",
            "FOREIGN KEY"
        ),
        ("a changed audit row", "UPDATE audit SET who = 'nobody'", "append-only"),
        ("a deleted audit row", "DELETE FROM audit", "append-only"),
        (
            "a second applied intake of the same bytes", "UPDATE intakes SET state = 'applied' WHERE intake = 2",
            "UNIQUE"
        ),
        ("a repeat that repeats nothing", "UPDATE intakes SET state = 'repeated' WHERE intake = 2", "CHECK"),
        (
            "a repeat of what came later",
            "UPDATE intakes SET state = 'repeated', repeat_of = 2 WHERE intake = 1", "CHECK"
        ),
        ("an intake without a digest", "UPDATE intakes SET sha256 = 'x' WHERE intake = 2", "CHECK"),
        ("a difference of a unit that is not held", "UPDATE batches SET difference_cents = 5", "CHECK"),
        ("a deposit with a bank account in clear", "UPDATE deposits SET bank_account = '7994543709'", "CHECK"),
        (
            "a bill of an account that is not there", "UPDATE bills SET account = '4999999999' WHERE bill = 'B1'",
            "FOREIGN KEY"
        ),
        ("a bill paid beyond what it asks", "UPDATE bills SET open_cents = -1 WHERE bill = 'B1'", "CHECK"),
        ("one bill number on two accounts", "UPDATE bills SET bill = 'B1' WHERE bill = 'B2'", "UNIQUE"),
        ("an account with an unknown status", "UPDATE accounts SET status = 'asleep'", "CHECK"),
        ("a plan of an unknown kind", plan(kind: "weekly"), "CHECK"),
        ("a plan without an instalment", plan(cents: 0), "CHECK"),
        ("a plan of an account that is not there", plan(account: "4999999999"), "FOREIGN KEY"),
        (
            "a pledge by nobody",
            "INSERT INTO pledges VALUES ('4000000001', 'L', '', 5, NULL, NULL, 'open', '{}', 0, 1, NULL)", "CHECK"
        ),
        (
            "an extension without an end",
            "INSERT INTO extensions VALUES ('4000000001', 'E', NULL, NULL, NULL, 'active', '{}', 1, NULL)", "NOT NULL"
        ),
        ("an order beyond the next number", order(["number": "2"]), "without gaps"),
        ("an order of an unknown book", order(["book": "'pockets'"]), "CHECK"),
        ("an order of nothing", order(["amount_cents": "0"]), "CHECK"),
        ("an order to pay nobody", order(["payee": "''"]), "CHECK"),
        ("an order by no decision", order(["decision": "NULL"]), "CHECK"),
        ("an order to pay over without a case", order(["kind": "'pay-over'", "until_on": "20260401"]), "CHECK"),
        (
            "an order to hold a visit that pays",
            order(["number": "2", "kind": "'hold-visit'", "book": "'service-orders'"]), "CHECK"
        ),
        ("an order that cancels itself", order(["cancels": "1"]), "cancelled whole"),
        ("an order that cancels another's", hold(["cancels": "1", "account": "'4000000002'"]), "cancelled whole"),
        ("a hold without an end", hold(["until_on": "NULL"]), "CHECK"),
        ("a changed order", "UPDATE orders SET payee = 'me'", "never changed"),
        ("a deleted order", "DELETE FROM orders", "never deleted"),
        ("an undo of nothing", decision("undo", undoes: "NULL"), "names the decision"),
        ("a posting that undoes", decision("post", undoes: "1"), "names the decision"),
        ("an undo about another exception", decision("undo", undoes: "1", exception: "1-2-e1"), "same exception"),
        ("an undo of an undo", decision("undo", undoes: "3"), "same exception"),
        ("a second undo of one decision", decision("undo", undoes: "2"), "undone already"),
        ("a file that is written and has no digest", "UPDATE projections SET state = 'written'", "CHECK"),
    ]

    private static func plan(account: String = "4000000001", kind: String = "court", cents: Int = 5) -> String {
        """
        INSERT INTO plans VALUES ('\(account)', 'P', '\(kind)', \(cents), NULL, NULL, NULL, NULL, 'active', '', '{}',
            0, 1, NULL)
        """
    }

    /// A hold like the first, under the next number, with other values in some columns.
    private static func hold(_ values: [String: String]) -> String {
        order(
            [
                "book": "'service-orders'", "number": "2", "kind": "'hold-visit'", "account": "'4000000001'",
                "turn_off": "'T'", "visit_on": "20260306", "until_on": "20260309", "amount_cents": "NULL",
            ].merging(values) { $1 })
    }

    /// A refund under the next number, with other values in some columns.
    private static func order(_ values: [String: String]) -> String {
        var row = [
            "book": "'refunds'", "number": "1", "kind": "'refund'", "decision": "1", "exception": "'1-1-e1'",
            "payment": "1000000001", "payee": "'Jo'", "address": "''", "amount_cents": "700", "reason": "''",
            "created_at": "''",
        ]
        row.merge(values) { $1 }
        let columns = row.keys.sorted()
        return "INSERT INTO orders (\(columns.joined(separator: ", "))) VALUES "
            + "(\(columns.map { row[$0]! }.joined(separator: ", ")))"
    }

    private static func decision(_ action: String, undoes: String, exception: String = "1-1-e1") -> String {
        "INSERT INTO decisions (decision, exception, action, allocations, decided_by, decided_at, undoes) "
            + "VALUES (9, '\(exception)', '\(action)', '[]', 'u', '', \(undoes))"
    }

    /// An item like the first, with other values in some columns.
    private static func item(_ column: String, _ value: String) -> String {
        item(column == "payment" ? [column: value] : ["payment": "1000000009", column: value])
    }

    private static func item(_ values: [String: String]) -> String {
        var row = [
            "payment": "1000000009", "batch": "1900000001", "number": "'1'", "line": "1", "amount_cents": "700",
            "currency": "'USD'", "direction": "'credit'", "custody": "'deposited'", "tender": "'check'",
            "status": "'suspense'", "books": "'suspense'", "rule": "''", "proof": "'P3'", "check_number": "''",
            "routing": "''", "bank_account": "''", "payer": "''", "end_to_end": "''", "trace": "''",
            "reference": "''", "account_read": "''", "scanline": "''", "memo": "''", "received_on": "20260302",
            "deposit_on": "20260302", "value_on": "20260302", "effective_on": "20260302", "posted_on": "20260302",
        ]
        row.merge(values) { $1 }
        let columns = row.keys.sorted()
        return "INSERT INTO items (\(columns.joined(separator: ", "))) VALUES "
            + "(\(columns.map { row[$0]! }.joined(separator: ", ")))"
    }

    /// A ledger with one of each: a posted and an open item, an exception, a decision, an audit row, two intakes.
    private func books() throws -> Books {
        let books = try Books()
        var first = Books.item(1, 700, books: .posted, parts: Books.parts(1, bill: 700))
        first.payerKey = 5
        first.item.checkNumber = "17"
        first.item.endToEnd = "E-1"
        first.item.trace = "T-1"
        try books.post([first, Books.item(2, 800)])
        try books.run("UPDATE intakes SET state = 'applied' WHERE intake = 1")
        try books.run(
            """
            INSERT INTO intakes (intake, name, source, sha256, bytes, inbox_identity, received_at, state)
            SELECT 2, 'b.csv', '', sha256, bytes, '', '', 'refused' FROM intakes
            """)
        try books.run(
            """
            INSERT INTO exceptions (exception, intake, reason, severity, what, why_not_posted, opened_at)
            VALUES ('1-1-e1', 1, 'no-reference', 'fault', '', '', '')
            """)
        try books.run(
            "INSERT INTO decisions (decision, exception, action, allocations, decided_by, decided_at) "
                + "VALUES (1, '1-1-e1', 'post', '[]', 'u', '')"
        )
        try books.run(
            """
            INSERT INTO exceptions (exception, intake, reason, severity, what, why_not_posted, opened_at)
            VALUES ('1-2-e1', 1, 'no-reference', 'fault', '', '', '')
            """)
        for (number, action, undoes) in [(2, "wait", "NULL"), (3, "undo", "2")] {
            try books.run(
                "INSERT INTO decisions (decision, exception, action, allocations, decided_by, decided_at, undoes) "
                    + "VALUES (\(number), '1-1-e1', '\(action)', '[]', 'u', '', \(undoes))")
        }
        try books.run(Self.hold(["number": "1"]))
        try books.ledger.write { try $0.audit(at: Books.at, who: "u", event: "e", subject: "s") }
        return books
    }

    @Test func `never accepts a row that breaks a rule of the books`() throws {
        let books = try books()
        let before = try books.rows
        for (what, sql, says) in Self.forbidden {
            do {
                try books.run(sql)
                Issue.record("\(what) was accepted")
            } catch let fault as LedgerFault {
                #expect(fault.description.contains(says), "\(what): \(fault)")
            }
        }
        #expect(try books.rows == before)
        #expect(try books.breaches == [])
    }

    @Test(arguments: ["DELETE FROM allocations", "DELETE FROM journal_lines", "DELETE FROM journal_entries"])
    func `never lets what is posted be deleted`(sql: String) throws {
        let books = try books()
        #expect(throws: LedgerFault.self) { try books.run(sql) }
    }

    @Test func `never refuses a twin that names its twin`() throws {
        let books = try books()
        try books.run(
            Self.item([
                "payer_key": "5", "check_number": "'17'", "end_to_end": "'E-1'", "trace": "'T-1'",
                "twin_of": "1000000001", "status": "'duplicate'", "books": "'on-hold'",
            ]))
        #expect(try books.texts("SELECT count(*) FROM items") == ["3"])
    }

    @Test func `never tells the values of a statement that failed`() throws {
        let books = try books()
        let fault = try #require(throws: LedgerFault.self) {
            try books.ledger.write {
                try $0.run("UPDATE items SET bank_account = ?", .text("7994543709"))
            }
        }
        #expect(!fault.description.contains("7994543709"))
    }

    @Test func `never runs with settings that lose a commit or a rule`() throws {
        let books = try Books()
        for (pragma, value) in [
            ("synchronous", "2"), ("journal_mode", "wal"), ("foreign_keys", "1"), ("trusted_schema", "0"),
            ("cell_size_check", "1"),
        ] {
            #expect(try books.texts("PRAGMA \(pragma)") == [value], "\(pragma)")
        }
    }

    @Test func `never keeps half a transaction`() throws {
        struct Stopped: Error {}
        let books = try books()
        let before = try books.rows
        #expect(throws: Stopped.self) {
            try books.ledger.write { transaction in
                try transaction.run("UPDATE items SET status = 'held' WHERE payment = 1000000002")
                throw Stopped()
            }
        }
        try books.ledger.write { transaction in
            try? transaction.attempt {
                try transaction.run("UPDATE items SET status = 'held' WHERE payment = 1000000002")
                throw Stopped()
            }
        }
        #expect(try books.rows == before)
    }

    @Test func `never makes a ledger where one should be`() throws {
        let path = NSTemporaryDirectory() + "sluice-none-\(UUID().uuidString)"
        #expect(throws: LedgerFault.self) { try Ledger(path: path, createsFile: false) }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `never opens a file that is no ledger`() throws {
        let books = try Books()
        let path = books.path + "/other.sqlite"
        try Data(String(repeating: "not a database ", count: 500).utf8).write(to: URL(filePath: path))
        #expect(throws: LedgerFault.self) { try Ledger(path: path) }
    }
}
