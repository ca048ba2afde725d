/// One check or electronic credit as the bank's file states it, before anything is decided about it.
///
/// Text is as received, cut of outer blanks; what the file does not say is empty or nil.
package struct Item: Hashable, Sendable {
    /// Where it stands in the file.
    package var position = Position()
    /// The bank's own number of the item in its batch; empty where the file has none.
    package var number = ""
    /// The bank's own number of the envelope it came in; empty where the file has none.
    package var transaction = ""
    /// The amount, without sign. Nil where it could not be read: a fault says so, and nothing of its unit posts.
    package var amount: Cents?
    /// The amount as the file writes it, kept where `amount` is nil or was cut (`fractionOfCent`).
    package var amountText = ""
    /// True where the amount had a fraction of a cent that was not zero: the item is held.
    package var fractionOfCent = false
    package var currency = ""
    package var direction = Direction.credit
    package var booking = Booking.booked
    /// True for the bank's taking back of an earlier item (a return or a reversal).
    package var isReturn = false
    package var tender = Tender.check

    // The payer, as the bank knows it.
    package var checkNumber = ""
    package var routing = ""
    package var bankAccount = ""
    package var payer = ""

    // What it says it pays.
    package var account = ""
    package var scanline = ""
    /// The account digits of the scan line, as its layout cuts them; may hold `?`.
    package var scanlineAccount = ""
    /// The amount due that the scan line prints.
    package var scanlineDue: Cents?
    package var memo = ""
    package var lines: [RemittanceLine] = []

    // Numbers that no two payments share.
    package var endToEnd = ""
    package var trace = ""
    /// A structured creditor reference (ISO 11649, QRR, national).
    package var reference = ""

    // Dates.
    package var depositDate: CivilDate?
    package var valueDate: CivilDate?
    package var bookingDate: CivilDate?
    package var checkDate: CivilDate?
    package var postmark: CivilDate?

    package var images: [ImageName] = []

    package init() {}
}

/// Whether money came in or went out, as the bank states it.
package enum Direction: String, Sendable {
    case credit
    case debit
}

/// Whether the bank has booked an item. Only booked items post.
package enum Booking: String, Sendable {
    case booked
    /// Announced or for information (`PDNG`, `INFO`, …).
    case pending
    /// The file does not say; counted as booked, a fault, and not posted.
    case unstated
}

/// What one item says it pays: a bill or an account, and an amount.
package struct RemittanceLine: Hashable, Sendable {
    package var account: String
    package var bill: String
    /// Nil where the line names no amount.
    package var amount: Cents?

    package init(account: String = "", bill: String = "", amount: Cents? = nil) {
        self.account = account
        self.bill = bill
        self.amount = amount
    }
}

/// An image that a bank file names, and what it shows.
package struct ImageName: Hashable, Sendable {
    package enum View: String, Sendable, CaseIterable {
        case checkFront = "check-front"
        case checkBack = "check-back"
        case coupon
        case envelope
    }
    package var view: View
    package var name: String

    package init(_ view: View, _ name: String) {
        self.view = view
        self.name = name
    }
}
