package import Ledger
package import Model

/// Sums that settle by themselves: the file has come that tells their payments.
extension Transaction {
    /// Takes a sum that waited off the books, by a decision of the program's own that its exception shows.
    ///
    /// - Parameters:
    ///   - note: What tells it, in words.
    ///   - at: Now, as ISO 8601 UTC.
    ///   - day: The office's day now.
    ///   - postedOn: The open business day that is journalled now.
    ///   - postingBatch: The batch that tells the general ledger.
    package func settle(
        sum: PaymentID, note: String, at: String, on day: CivilDate, postedOn: CivilDate, postingBatch: Int64
    ) throws {
        guard let told = try tellingException(of: sum) else {
            throw LedgerFault("the sum \(sum) waits and no exception tells of it")
        }
        let id = told.id
        let decision = Decision(exception: id, action: .duplicate, kind: .toldTwice, note: note)
        let number = try insert(decision, by: Self.program, route: .program, at: at)
        let before = try standing(of: sum).adding(course(of: id))
        try takeOff(sum, decision: number, postedOn: postedOn, postingBatch: postingBatch, at: at)
        // In a held unit the unit's exception tells of it: nobody undoes it there, for the rest of the unit stands.
        if told.isOwn {
            try keepEffect(of: number, before: before, after: standing(of: sum).adding(course(of: id)))
        }
        try audit(at: at, who: Self.program, event: "decision", subject: id, detail: "\(sum) \(note)")
        // In a held unit the unit's exception tells of it, and stays open for the rest of the unit.
        if told.isOwn, told.isOpen { try close(id, at: at, on: day) }
    }

    /// Who decides what the program settles by itself.
    private static let program = "sluice"
}
