package import Ledger
package import Model
package import Review

/// Visits to turn off water, by the office's clock.
package struct TurnOffWords {
    private let calendar: BusinessCalendar
    private let transaction: Transaction

    package init(calendar: BusinessCalendar, transaction: Transaction) {
        (self.calendar, self.transaction) = (calendar, transaction)
    }

    /// The first moment of today: a visit of today may still be stopped, one before it is over.
    package static func visitsFrom(_ now: Moment, _ calendar: BusinessCalendar) -> String {
        calendar.moment(on: calendar.localDate(now), minutes: 0).description
    }

    /// `2026-03-05 08:00-12:00`, or the day alone where the billing system names no window.
    package func visit(_ at: String, of exception: String) throws -> String {
        guard let moment = Moment(iso: at) else { return at }
        let (day, time) = calendar.localTime(moment)
        if let window = try transaction.visitWindow(of: exception, on: day) { return "\(day) \(window)" }
        return time == "00:00" ? "\(day)" : "\(day) \(time)"
    }
}

extension ExceptionView {
    /// The same with its turn-off as people say it.
    package func byLocalTime(_ calendar: BusinessCalendar, _ transaction: Transaction) throws -> ExceptionView {
        var view = self
        let words = TurnOffWords(calendar: calendar, transaction: transaction)
        view.turnOffAt = try turnOffAt.map { try words.visit($0, of: id) }
        return view
    }
}
