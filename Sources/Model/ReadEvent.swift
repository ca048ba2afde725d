/// What a reader tells, in file order: a file has deposits, a deposit has batches, a batch has items.
///
/// Every item stands inside a batch and every batch inside a deposit, even where the file's format
/// has no such level (the reader then opens one without declared totals). All but figures stand apart from the list
/// that they are told in (`indirect`): they are larger, and in a look for totals rare.
package enum ReadEvent: Hashable, Sendable {
    indirect case depositBegins(Deposit)
    indirect case batchBegins(Batch)
    indirect case item(Item)
    /// An item in a look that wants totals only; one whose currency does not fit is told as `item` there as well.
    case figures(ItemFigures)
    /// The batch is over; what the file declares of it.
    indirect case batchEnds(Declared)
    /// The deposit is over; what the file declares of it.
    indirect case depositEnds(Declared)
    /// What the file declares of itself as a whole.
    indirect case fileEnds(Declared)
    indirect case fault(Fault)
}

/// The money of one bank account and day, or lockbox and day, that a file tells of.
package struct Deposit: Hashable, Sendable {
    package var position = Position()
    /// The bank's own name of it: a notification or statement id, or empty.
    package var number = ""
    package var lockbox = ""
    /// Our own account at the bank, in clear: masked before it is kept.
    package var bankAccount = ""
    package var currency = ""
    package var date: CivilDate?
    /// True for a copy or duplicate of what was already told (ISO 20022 `CpyDplctInd`): it does not post.
    package var isCopy = false
    /// True of a report of a day that a final report tells again (BAI2 as-of date modifier 4, final same-day).
    package var isPreliminary = false

    package init() {}
}

/// A batch of items in a deposit (ISO 20022: an entry).
package struct Batch: Hashable, Sendable {
    package var position = Position()
    /// The bank's own number of it, without leading zeros, or its place in the file.
    package var number = ""
    package var date: CivilDate?
    /// Who made the batch, where the file names it (NACHA company identification): a collection of ours bears our own.
    package var company = ""
    /// The bank's reference of an entry as a whole (camt `Ntry/AcctSvcrRef`); its reports of one day share it.
    package var reference = ""

    package init() {}
}

/// Control totals that a file declares of one of its units. What it does not declare is nil.
package struct Declared: Hashable, Sendable {
    package var position = Position()
    package var items: Int?
    package var batches: Int?
    /// The sum of the unit's credits (booked) in cents, where the unit has one.
    package var credits: Cents?
    /// The sum of the unit's debits.
    package var debits: Cents?
    /// The sum of credits and debits, where the file declares only one figure for both, unsigned.
    package var turnover: Cents?
    /// The currency of these sums; empty where it is that of the items.
    package var currency = ""
    /// Whether the bank has booked the unit; nil where it is as its items say.
    package var booking: Booking?

    package init() {}
}
