internal import Ledger
package import Matching
package import Model

extension Home {
    /// Asks the billing book as an item of a day would find it: all accounts in memory, or each asked of the ledger.
    /// Nothing is posted, and nothing is learned.
    package func withBook<Answer>(
        of day: CivilDate, inMemory: Bool, _ body: (any Book) throws -> Answer
    ) throws -> Answer {
        try ledger.read { transaction in
            let holds: (String) -> Bool = { configuration.holds($0) }
            return try body(WorkingBook(transaction, day: day, inMemory: inMemory, holds: holds))
        }
    }
}
