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
        let own = try first(
            "SELECT exception, closed_at FROM exceptions WHERE payment = ? ORDER BY closed_at IS NOT NULL LIMIT 1",
            .int(sum.key)
        ) { (id: $0.text(0), isOpen: $0.isNull(1)) }
        // In a held unit the unit's exception tells of it, and stays open for the rest of the unit.
        let batch = try number("SELECT batch FROM items WHERE payment = ?", .int(sum.key))
        guard let id = try own?.id ?? exceptionID(of: sum, batch: batch) else {
            throw LedgerFault("the sum \(sum) waits and no exception tells of it")
        }
        let decision = Decision(exception: id, action: .duplicate, kind: .toldTwice, note: note)
        let number = try insert(decision, by: Self.program, at: at)
        try takeOff(sum, decision: number, postedOn: postedOn, postingBatch: postingBatch)
        try audit(at: at, who: Self.program, event: "decision", subject: id, detail: "\(sum) \(note)")
        if own?.isOpen == true { try close(id, at: at, on: day) }
    }

    /// Who decides what the program settles by itself.
    private static let program = "sluice"
}
