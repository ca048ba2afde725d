import Ledger
import Model
import Testing

/// One sum stands for one unit, whatever program writes it.
struct ToldUnitTests {
    /// Books with a deposit, a batch of it, and two sums; the first stands for the batch.
    private func books() throws -> Books {
        let books = try Books()
        try books.post([Books.item(1, 700), Books.item(2, 700)])
        try books.run("UPDATE items SET kind = 'sum'")
        try books.ledger.write { transaction in
            for key in [Books.deposit, Books.batch] {
                try transaction.insert(
                    ToldUnit(
                        key: key, deposit: Books.deposit, intake: 1, bankKey: nil, lockbox: "7001", date: Books.day,
                        items: 2, total: Cents(700)))
            }
            try transaction.reconcile(PaymentID("1-1")!, with: Books.batch, by: 1, at: Books.at)
        }
        return books
    }

    /// What is refused, the statement, and words of the refusal.
    static let forbidden = [
        ("a second sum for one unit", "1000000002, \(Books.batch), 1, ''", "told by another sum|UNIQUE"),
        ("a sum for the deposit of a batch that is told", "1000000002, \(Books.deposit), 1, ''", "told by another sum"),
        ("a second unit for one sum", "1000000001, \(Books.deposit), 1, ''", "told by another sum|UNIQUE"),
        ("a sum for no unit", "1000000002, 77, 1, ''", "FOREIGN KEY"),
        ("a sum that is not there", "1000000003, \(Books.deposit), 1, ''", "told by another sum|FOREIGN KEY"),
    ]

    @Test(arguments: forbidden)
    func `never lets money stand for two sums`(what: String, values: String, says: String) throws {
        let books = try books()
        let fault = #expect(throws: LedgerFault.self) { try books.run("INSERT INTO reconciled VALUES (\(values))") }
        #expect(says.split(separator: "|").contains { fault?.description.contains($0) == true }, "\(what)")
    }

    @Test(arguments: [
        "DELETE FROM reconciled", "UPDATE reconciled SET unit = \(Books.deposit)",
        "UPDATE told_units SET total_cents = 0", "UPDATE told_units SET items = 0",
        "UPDATE deposits SET report = 'rumour'",
    ]) func `never lets what a sum stands for be changed`(sql: String) throws {
        let books = try books()
        #expect(throws: LedgerFault.self) { try books.run(sql) }
    }

    @Test func `never offers a unit whose money is told`() throws {
        let books = try books()
        let free = try books.ledger.read { try $0.freeUnits(of: Cents(700), in: Books.day...Books.day) }
        #expect(free == [])
    }
}
