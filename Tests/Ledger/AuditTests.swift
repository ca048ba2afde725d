import Ledger
import Testing

/// The audit log is a chain: whoever changes a link is found.
struct AuditTests {
    private func books() throws -> Books {
        let books = try Books()
        try books.ledger.write { transaction in
            for n in 1...6 {
                try transaction.audit(at: Books.at, who: "u\(n)", event: "e", subject: "s", detail: "d")
            }
        }
        try #require(try books.breaches == [])
        return books
    }

    struct Change: CustomTestStringConvertible, Sendable {
        var name: String
        var sql: [String]
        var place: Int64

        var testDescription: String { name }
    }

    static let changes = [
        Change(name: "an edited user", sql: ["UPDATE audit SET who = 'x' WHERE place = 3"], place: 3),
        Change(name: "an edited detail", sql: ["UPDATE audit SET detail = '' WHERE place = 1"], place: 1),
        Change(name: "an edited time", sql: ["UPDATE audit SET at = 'later' WHERE place = 6"], place: 6),
        Change(
            name: "text moved over a field's border",
            sql: ["UPDATE audit SET event = 'es', subject = '' WHERE place = 4"],
            place: 4),
        Change(name: "a deleted row", sql: ["DELETE FROM audit WHERE place = 3"], place: 4),
        Change(name: "the first row deleted", sql: ["DELETE FROM audit WHERE place = 1"], place: 2),
        Change(
            name: "a deleted row, the others moved up",
            sql: ["DELETE FROM audit WHERE place = 3", "UPDATE audit SET place = place - 1 WHERE place > 3"], place: 3),
        Change(
            name: "an inserted row",
            sql: [
                "UPDATE audit SET place = -place WHERE place > 2", "UPDATE audit SET place = 1 - place WHERE place < 0",
                "INSERT INTO audit VALUES (3, 'a', 'w', 'e', 's', 'd', '\(String(repeating: "b", count: 64))')",
            ], place: 3),
        Change(
            name: "a row at the end without its chain",
            sql: ["INSERT INTO audit VALUES (7, 'a', 'w', 'e', 's', 'd', '\(String(repeating: "b", count: 64))')"],
            place: 7),
        Change(
            name: "two rows in each other's place",
            sql: [
                "UPDATE audit SET place = 100 WHERE place = 2", "UPDATE audit SET place = 2 WHERE place = 5",
                "UPDATE audit SET place = 5 WHERE place = 100",
            ], place: 2),
    ]

    @Test(arguments: changes) func `never lets the log be rewritten in silence`(_ change: Change) throws {
        let books = try books()
        for trigger in ["audit_is_kept", "audit_is_final"] { try books.run("DROP TRIGGER \(trigger)") }
        try books.run("PRAGMA ignore_check_constraints = ON")
        for sql in change.sql { #expect(try books.run(sql) > 0) }
        #expect(try books.ledger.read { try $0.brokenAuditPlace() } == change.place)
        #expect(
            try books.breaches == [
                "audit row \(change.place) does not follow from the one before: it was changed, or one is missing"
            ])
    }

    @Test func `never breaks its own chain`() throws {
        let books = try books()
        for n in 0..<50 {
            try books.ledger.write {
                try $0.audit(at: "", who: "é\u{0}\n\(n)", event: "", subject: String(repeating: "x", count: n * 100))
            }
        }
        #expect(try books.ledger.read { try $0.brokenAuditPlace() } == nil)
        #expect(try books.texts("SELECT count(*) FROM audit") == ["56"])
    }
}
