/// What of an item the sums and days of its file hang on: what a first look needs, without the item's texts.
package struct ItemFigures: Hashable, Sendable {
    /// Where it stands in the file.
    package var position = Position()
    /// The amount, without sign; nil where it could not be read.
    package var amount: Cents?
    /// `long` only where the item itself goes along with its figures.
    package var currency = CurrencyCode.none
    package var direction = Direction.credit
    package var booking = Booking.booked
    package var kind = ItemKind.payment
    package var depositDate: CivilDate?
    package var valueDate: CivilDate?
    package var bookingDate: CivilDate?

    package init() {}
}

extension Item {
    /// An item of these figures, without any text.
    package init(_ figures: ItemFigures) {
        self.init()
        self.figures = figures
    }

    /// Its figures alone.
    package var figures: ItemFigures {
        get {
            var figures = ItemFigures()
            figures.position = position
            figures.amount = amount
            figures.currency = CurrencyCode(currency)
            figures.direction = direction
            figures.booking = booking
            figures.kind = kind
            figures.depositDate = depositDate
            figures.valueDate = valueDate
            figures.bookingDate = bookingDate
            return figures
        }
        set {
            position = newValue.position
            amount = newValue.amount
            currency = newValue.currency.text
            direction = newValue.direction
            booking = newValue.booking
            kind = newValue.kind
            depositDate = newValue.depositDate
            valueDate = newValue.valueDate
            bookingDate = newValue.bookingDate
        }
    }
}
