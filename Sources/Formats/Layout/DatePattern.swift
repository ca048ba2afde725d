import Model

/// How a source writes a day, as a pattern of `yyyy` or `yy`, `mm`, `dd` and the bytes between them.
///
/// Every part has its fixed number of digits: `3/2/2026` is no date under `mm/dd/yyyy`.
final class DatePattern: Sendable {
    /// A byte that stands between the parts.
    private struct Mark: Sendable {
        let at: Int
        let byte: UInt8
    }

    /// The pattern as the layout writes it.
    let text: String
    private let length: Int
    private let year: Range<Int>
    private let month: Range<Int>
    private let day: Range<Int>
    private let marks: [Mark]
    /// Years of two digits below it are 20yy, the others 19yy.
    private let pivot: Int

    /// The pattern, or nil where it lacks a part or names one twice.
    init?(_ text: String, pivot: Int) {
        let bytes = Array(text.utf8)
        var parts: [UInt8: Range<Int>] = [:]
        var marks: [Mark] = []
        var at = 0
        while at < bytes.count {
            let byte = bytes[at]
            let run = bytes[at...].prefix { $0 == byte }.count
            switch (byte, run) {
            case (UInt8(ascii: "y"), 4), (UInt8(ascii: "y"), 2), (UInt8(ascii: "m"), 2), (UInt8(ascii: "d"), 2):
                guard parts.updateValue(at..<at + run, forKey: byte) == nil else { return nil }
            case (UInt8(ascii: "a")...UInt8(ascii: "z"), _): return nil
            default: marks += (at..<at + run).map { Mark(at: $0, byte: byte) }
            }
            at += run
        }
        guard let year = parts[UInt8(ascii: "y")], let month = parts[UInt8(ascii: "m")],
            let day = parts[UInt8(ascii: "d")]
        else { return nil }
        self.text = text
        length = bytes.count
        self.year = year
        self.month = month
        self.day = day
        self.marks = marks
        self.pivot = pivot
    }

    /// The day that the bytes name, wholly, or nil.
    func read(_ bytes: Span<UInt8>) -> CivilDate? {
        guard bytes.count == length else { return nil }
        for mark in marks where bytes[mark.at] != mark.byte { return nil }
        guard let year = DatePattern.number(bytes, year), let month = DatePattern.number(bytes, month),
            let day = DatePattern.number(bytes, day)
        else { return nil }
        let century = self.year.count == 4 ? 0 : year < pivot ? 2000 : 1900
        return CivilDate(year: century + year, month: month, day: day)
    }

    private static func number(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        var value = 0
        for index in range {
            let digit = bytes[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
        }
        return value
    }
}
