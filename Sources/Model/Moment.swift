/// A moment in UTC to the second. The clock is passed in; nothing below the command asks for it.
package struct Moment: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Seconds after 1970-01-01T00:00:00Z.
    package let seconds: Int64

    package init(seconds: Int64) { self.seconds = seconds }

    /// Reads ISO 8601 in UTC (`2026-03-02T20:00:00Z`, or the date alone for its midnight), or nil.
    package init?(iso text: String) {
        guard let date = CivilDate(iso: text.prefix(10)) else { return nil }
        let rest = Array(text.utf8.dropFirst(10))
        guard !rest.isEmpty else {
            self.init(seconds: Int64(date.daysSinceEpoch) * 86_400)
            return
        }
        guard rest.count == 10, rest[0] == UInt8(ascii: "T"), rest[3] == UInt8(ascii: ":"),
            rest[6] == UInt8(ascii: ":"), rest[9] == UInt8(ascii: "Z"), let hour = Int64(decimal: rest[1..<3]),
            let minute = Int64(decimal: rest[4..<6]), let second = Int64(decimal: rest[7..<9]), hour < 24, minute < 60,
            second < 60
        else { return nil }
        self.init(seconds: Int64(date.daysSinceEpoch) * 86_400 + hour * 3600 + minute * 60 + second)
    }

    /// The moment as the ledger keeps it: `2026-03-02T20:00:00Z`.
    package var description: String {
        let day = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let inDay = seconds - day * 86_400
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let time = "\(two(inDay / 3600)):\(two(inDay / 60 % 60)):\(two(inDay % 60))"
        return "\(CivilDate(daysSinceEpoch: Int(day)))T\(time)Z"
    }

    package static func < (left: Moment, right: Moment) -> Bool { left.seconds < right.seconds }
}
