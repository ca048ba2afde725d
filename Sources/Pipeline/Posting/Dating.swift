internal import Ledger
internal import Model

/// The dates of payments: each kept, none guessed from the clock where the bank says it.
struct Dating {
    let calendar: BusinessCalendar
    let now: Moment

    /// The office's date now.
    var today: CivilDate { calendar.localDate(now) }
    /// The open business day that is journalled now.
    var postingDay: CivilDate { calendar.postingDay(now) }

    /// The dates of an item: the customer is credited on the day the bank received the money,
    /// or on the next business day where that one is closed.
    func dates(of item: Item, in deposit: Deposit) -> PaymentDates {
        let received = item.depositDate ?? item.bookingDate ?? deposit.date ?? item.valueDate ?? today
        return PaymentDates(
            received: received, deposit: item.depositDate ?? deposit.date ?? received,
            value: item.valueDate ?? item.bookingDate ?? received, effective: calendar.openDay(from: received),
            posted: postingDay)
    }
}
