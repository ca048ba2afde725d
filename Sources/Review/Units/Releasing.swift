package import Ledger
package import Model

/// Decides items as if the unit that held them had balanced. The room that matches and posts does it.
package protocol Releasing {
    /// Decides items that stand in unresolved or on hold and gives each where it belongs, by entries of one decision;
    /// each that is not proven gets an exception of its own.
    ///
    /// - Parameter directed: Who gets an item whose amount or account a person keyed.
    func release(
        _ items: [DecidedItem], directed: [PaymentID: [Decision.Allocation]], decision: Int64,
        _ transaction: Transaction
    ) throws
}

/// What a decision did to a held unit.
enum UnitOutcome {
    /// All of it is released or rejected: its exception is over.
    case settled
    /// It does not balance yet.
    case held
}
