import Ledger
import Model
import Pipeline
import Testing

/// Business days in the office's zone, whatever the machine's is.
struct CalendarTests {
    /// The moment, the office's date (Los Angeles), the day that is journalled (cut-off 17:00).
    static let days = [
        ("2026-03-02T20:00:00Z", "2026-03-02", "2026-03-02"), ("2026-03-03T00:59:59Z", "2026-03-02", "2026-03-02"),
        ("2026-03-03T01:00:00Z", "2026-03-02", "2026-03-03"), ("2026-03-03T07:59:59Z", "2026-03-02", "2026-03-03"),
        ("2026-03-03T08:00:00Z", "2026-03-03", "2026-03-03"), ("2026-03-07T01:00:00Z", "2026-03-06", "2026-03-09"),
        ("2026-03-07T20:00:00Z", "2026-03-07", "2026-03-09"), ("2026-03-08T09:59:59Z", "2026-03-08", "2026-03-09"),
        ("2026-03-10T00:00:00Z", "2026-03-09", "2026-03-10"), ("2026-03-09T23:59:59Z", "2026-03-09", "2026-03-09"),
        ("2026-07-03T20:00:00Z", "2026-07-03", "2026-07-06"), ("2026-12-25T01:00:00Z", "2026-12-24", "2026-12-28"),
        ("2028-02-29T20:00:00Z", "2028-02-29", "2028-02-29"),
    ]

    @Test(arguments: days) func `never journals on a day that is closed`(moment: String, local: String, day: String)
        throws
    {
        let calendar = try TemporaryHome(nil).home.configuration.calendar
        let moment = try #require(Moment(iso: moment))
        #expect(calendar.localDate(moment).description == local)
        #expect(calendar.postingDay(moment).description == day)
    }

    @Test func `never credits a customer later than the day the bank had the money, holidays aside`() throws {
        let office = try TemporaryHome()
        office.now = try #require(Moment(iso: "2026-03-05T20:00:00Z"))
        for (n, date) in ["2026-03-02", "2026-02-28", "2026-02-16"].enumerated() {
            var file = Lockbox([.coupon(n + 1)])
            file.date = date
            try office.take("\(n).csv", file)
        }
        let lines = try office.payments
        #expect(lines.map(\.receivedOn.description) == ["2026-03-02", "2026-02-28", "2026-02-16"])
        #expect(lines.map(\.effectiveOn.description) == ["2026-03-02", "2026-03-02", "2026-02-17"])
        #expect(lines.map(\.postedOn.description) == ["2026-03-05", "2026-03-05", "2026-03-05"])
    }
}
