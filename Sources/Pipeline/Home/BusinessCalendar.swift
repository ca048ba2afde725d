internal import Glibc
package import Model

/// The office's days in its own time zone, whatever the machine's is: open business days and the cut-off.
package struct BusinessCalendar: Sendable {
    private let zone: String
    private let cutOffMinutes: Int
    private let weekend: Set<Int>
    private let holidays: Set<CivilDate>

    init(_ section: YAMLSection) throws {
        zone = try section.text("time_zone", default: "UTC")
        guard BusinessCalendar.isKnown(zone) else {
            throw section.fault("time_zone", "found \"\(zone)\", expected a name such as America/Los_Angeles (tzdata)")
        }
        let cutOff = Array(try section.text("cut_off", default: "17:00").utf8)
        guard cutOff.count == 5, cutOff[2] == UInt8(ascii: ":"), let hour = Int64(decimal: cutOff[0..<2]),
            let minute = Int64(decimal: cutOff[3..<5]), hour < 24, minute < 60
        else { throw section.fault("cut_off", "expected a time of day in quotes such as \"17:00\"") }
        cutOffMinutes = Int(hour * 60 + minute)
        let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        weekend = Set(
            try section.list("weekend", default: ["saturday", "sunday"]).map { name in
                guard let index = names.firstIndex(of: name) else {
                    throw section.fault("weekend", "found \"\(name)\", expected days such as saturday")
                }
                return index + 1
            })
        guard weekend.count < 7 else { throw section.fault("weekend", "no day of the week is left open") }
        holidays = Set(
            try section.list("holidays", default: []).map { text in
                guard let day = CivilDate(iso: text) else {
                    throw section.fault("holidays", "found \"\(text)\", expected a date such as 2026-12-25")
                }
                return day
            })
    }

    /// Whether the office and its bank work on a day.
    package func isOpen(_ day: CivilDate) -> Bool { !weekend.contains(day.weekday) && !holidays.contains(day) }

    /// The day itself, or the next open one.
    package func openDay(from day: CivilDate) -> CivilDate {
        var day = day
        while !isOpen(day) { day = day.advanced(by: 1) }
        return day
    }

    /// The date in the office's zone at a moment.
    package func localDate(_ moment: Moment) -> CivilDate { local(moment).day }

    /// The date and the time of day in the office's zone: `2026-03-05 08:00`.
    package func localTime(_ moment: Moment) -> (day: CivilDate, time: String) {
        let (day, minutes) = local(moment)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return (day, "\(two(minutes / 60)):\(two(minutes % 60))")
    }

    /// The open business day on which what happens at a moment is journalled.
    package func postingDay(_ moment: Moment) -> CivilDate {
        let (day, minutes) = local(moment)
        return openDay(from: minutes < cutOffMinutes ? day : day.advanced(by: 1))
    }

    /// The zone's own calendar, by the system's tz database. localtime_r(3)
    private func local(_ moment: Moment) -> (day: CivilDate, minutes: Int) {
        setenv("TZ", zone, 1)
        tzset()
        var seconds = time_t(moment.seconds)
        var parts = tm()
        localtime_r(&seconds, &parts)
        let day = CivilDate(year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
        return (day ?? CivilDate(daysSinceEpoch: 0), Int(parts.tm_hour) * 60 + Int(parts.tm_min))
    }

    /// The moment of a time of day in the office's zone. mktime(3)
    package func moment(on day: CivilDate, minutes: Int) -> Moment {
        setenv("TZ", zone, 1)
        tzset()
        var parts = tm()
        (parts.tm_year, parts.tm_mon, parts.tm_mday) = (Int32(day.year - 1900), Int32(day.month - 1), Int32(day.day))
        (parts.tm_hour, parts.tm_min, parts.tm_isdst) = (Int32(minutes / 60), Int32(minutes % 60), -1)
        return Moment(seconds: Int64(mktime(&parts)))
    }

    /// Whether the tz database has a zone; without this check a misspelt name would silently be UTC.
    private static func isKnown(_ zone: String) -> Bool {
        let safe = zone.utf8.allSatisfy { ($0 | 32) &- 97 < 26 || $0 &- 48 < 10 || "/_+-".utf8.contains($0) }
        guard safe, !zone.isEmpty, !zone.hasPrefix("/") else { return false }
        return zone == "UTC" || access("/usr/share/zoneinfo/\(zone)", R_OK) == 0
    }
}
