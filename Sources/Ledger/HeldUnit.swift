package import Model

/// A batch, deposit or file that was held whole: what it was credited stands in unresolved until a person releases it.
package struct HeldUnit: Hashable, Sendable {
    package enum Level: String, Sendable {
        case batch
        case deposit
        case file
    }

    package var level: Level
    /// The key of its batch, its deposit, or the file as a whole.
    package var key: Int64
    package var intake: IntakeID
    /// Why it is held.
    package var reason: Reason
    package var bankKey: Int64?
    /// The bank's day of it.
    package var bankOn: CivilDate
    /// What stands in unresolved beyond its items: credited, and told by none of them; below zero where they tell more.
    package var difference: Cents

    /// What it is called in a sentence: `batch 4`.
    package var name: String

    /// The table, its key and the key's value that keep the unit.
    var place: (table: String, column: String, value: Int64) {
        switch level {
        case .batch: ("batches", "batch", key)
        case .deposit: ("deposits", "deposit", key)
        case .file: ("intakes", "intake", intake)
        }
    }
}

/// An item of a held unit as the doctor looks at it.
package struct HeldItem: Hashable, Sendable {
    package var payment: PaymentID
    /// The bank's number of it.
    package var number: String
    package var amount: Cents
    /// The account that it names, where that is in the book.
    package var account: String?
    package var scanline: String
    package var checkNumber: String

    package init(
        payment: PaymentID, number: String, amount: Cents, account: String? = nil, scanline: String = "",
        checkNumber: String = ""
    ) {
        self.payment = payment
        self.number = number
        self.amount = amount
        self.account = account
        self.scanline = scanline
        self.checkNumber = checkNumber
    }
}

/// An item that the bank credited and its file does not tell, as a person keys it.
package struct MissingItem: Hashable, Sendable {
    package var amount: Cents
    package var account: String
    package var bill: String
    package var checkNumber: String
    package var payer: String

    package init(amount: Cents, account: String = "", bill: String = "", checkNumber: String = "", payer: String = "") {
        self.amount = amount
        self.account = account
        self.bill = bill
        self.checkNumber = checkNumber
        self.payer = payer
    }
}
