import Model

/// How a source writes a day, as a pattern of `yyyy` or `yy`, `mm`, `dd` and the bytes between them.
///
/// Every part has its fixed number of digits: `3/2/2026` is no date under `mm/dd/yyyy`.
struct DatePattern: Hashable, Sendable {
    private enum Part: Hashable, Sendable {
        case year(digits: Int)
        case month
        case day
        case mark(UInt8)
    }

    /// The pattern as the layout writes it.
    let text: String
    private let parts: [Part]
    private let length: Int
    /// Years of two digits below it are 20yy, the others 19yy.
    private let pivot: Int

    /// The pattern, or nil where it lacks a part or names one twice.
    init?(_ text: String, pivot: Int) {
        var parts: [Part] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.first {
            let run = rest.prefix { $0 == byte }.count
            switch (byte, run) {
            case (UInt8(ascii: "y"), 4), (UInt8(ascii: "y"), 2): parts.append(.year(digits: run))
            case (UInt8(ascii: "m"), 2): parts.append(.month)
            case (UInt8(ascii: "d"), 2): parts.append(.day)
            case (UInt8(ascii: "a")...UInt8(ascii: "z"), _): return nil
            default: parts += repeatElement(.mark(byte), count: run)
            }
            rest = rest.dropFirst(run)
        }
        let named = parts.filter { if case .mark = $0 { false } else { true } }
        guard named.count == 3, Set(named).count == 3, named.contains(.month), named.contains(.day) else { return nil }
        self.text = text
        self.parts = parts
        self.length = text.utf8.count
        self.pivot = pivot
    }

    /// The day that the bytes name, wholly, or nil.
    func read(_ bytes: Span<UInt8>) -> CivilDate? {
        guard bytes.count == length else { return nil }
        var at = 0
        var year = 0
        var month = 0
        var day = 0
        for part in parts {
            switch part {
            case .mark(let mark):
                guard bytes[at] == mark else { return nil }
                at += 1
            case .year(let digits):
                guard let number = DatePattern.number(bytes, &at, digits) else { return nil }
                year = digits == 4 ? number : number + (number < pivot ? 2000 : 1900)
            case .month:
                guard let number = DatePattern.number(bytes, &at, 2) else { return nil }
                month = number
            case .day:
                guard let number = DatePattern.number(bytes, &at, 2) else { return nil }
                day = number
            }
        }
        return CivilDate(year: year, month: month, day: day)
    }

    private static func number(_ bytes: Span<UInt8>, _ at: inout Int, _ digits: Int) -> Int? {
        var value = 0
        for _ in 0..<digits {
            let digit = bytes[at] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
            at += 1
        }
        return value
    }
}
