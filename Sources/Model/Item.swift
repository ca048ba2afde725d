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
    package var kind = ItemKind.payment
    /// What it says of an earlier item: of the one it returns, corrects or answers. Nil where it speaks of none.
    package var original: Original?
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

    /// Whether it takes an earlier payment back.
    package var isReturn: Bool { kind == .returned }
}

/// What an item is to a payment office. Only a payment can become somebody's money.
package enum ItemKind: String, Sendable, CaseIterable {
    /// Money paid to us, or by us where it is a debit.
    case payment
    /// The bank takes an earlier payment back: a return, a reversal, a chargeback.
    case returned
    /// The bank corrects a deposit it credited before (BAI2 172 and its debit kin).
    case correction
    /// A sum the bank credited whose items another file tells: a lockbox deposit, a settlement, a processor's net.
    case sum
    /// A fee the bank or a processor keeps.
    case fee
    /// A payment to come: an entry of our own collection file.
    case expected
    /// Remittance told apart from its payment; it carries lines, no money.
    case advice
    /// A notice about an account at a bank (NACHA COR): it carries no money.
    case notice
    /// An answer to an entry of our own collection file that moves no money (pain.002).
    case answer

    /// Whether such an item is about an earlier one, or about one that another file brings.
    package var speaksOfAnother: Bool {
        switch self {
        case .payment, .sum, .fee, .expected: false
        case .returned, .correction, .advice, .notice, .answer: true
        }
    }

    /// Whether it only tells of money: none of it ever stands in the books.
    package var isAnnouncement: Bool {
        switch self {
        case .expected, .advice, .notice, .answer: true
        case .payment, .returned, .correction, .sum, .fee: false
        }
    }
}

/// What an item says of the earlier item it is about; empty is what the file does not say.
package struct Original: Hashable, Sendable {
    /// Stands for the code where an originator takes entries back itself (NACHA reversal); no bank has said anything.
    package static let reversal = "REVERSAL"

    /// The bank's code: `R01`, `AC04`, `C02`.
    package var code = ""
    /// The bank's words, or the corrected data of a notice.
    package var text = ""
    /// Trace number of the earlier item (NACHA), or the bank's reference to it.
    package var trace = ""
    /// End-to-end id of the earlier item (ISO 20022).
    package var endToEnd = ""
    /// Routing number of the bank the earlier item went to.
    package var routing = ""
    /// What the earlier item amounted to, where it is told.
    package var amount: Cents?
    /// The day the earlier item was settled, where it is told.
    package var date: CivilDate?
    /// True where a return is itself disputed (NACHA dishonoured R61–R70, contested R71–R77).
    package var isDisputed = false
    /// True where an answer ends the earlier item for good (pain.002 RJCT, CANC): it will bring no money.
    package var isRejected = false
    /// What a notice says has changed; nil where it is none.
    package var change: AccountChange?

    package init() {}
}

/// What a bank tells has changed of a payer's account (NACHA notification of change); empty is what has not.
package struct AccountChange: Hashable, Sendable {
    /// What has changed, in words: `routing and account number`.
    package var what = ""
    package var routing = ""
    /// Masked: the number in clear stays in the file.
    package var bankAccount = ""
    /// NACHA transaction code: checking (`27`) or savings (`37`).
    package var transactionCode = ""
    package var name = ""
    /// The number by which payer and company know each other.
    package var identification = ""
    /// The record of the file, counted from 1, that holds all of it in clear.
    package var record = 0

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

extension [RemittanceLine] {
    /// What lines add up to; nil where there are none, one names no amount, or the sum does not fit.
    package var madeUp: Cents? {
        isEmpty ? nil : reduce(Cents?.some(.zero)) { sum, line in line.amount.flatMap { sum?.adding($0) } }
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
