import Model

/// How a source writes a day, as a pattern of `yyyy` or `yy`, `mm`, `dd` and the bytes between them.
///
/// Every part has its fixed number of digits: `3/2/2026` is no date under `mm/dd/yyyy`.
final class DatePattern: Sendable {
    /// The pattern as the layout writes it.
    let text: String
    /// What of it cuts a day out of bytes.
    let cut: DayCut
    /// Marks beyond the two that nearly every pattern has at most.
    private let furtherMarks: [DayCut.Mark]

    /// The pattern, or nil where it lacks a part or names one twice.
    init?(_ text: String, pivot: Int) {
        let bytes = Array(text.utf8)
        var parts: [UInt8: Range<Int>] = [:]
        var marks: [DayCut.Mark] = []
        var at = 0
        while at < bytes.count {
            let byte = bytes[at]
            let run = bytes[at...].prefix { $0 == byte }.count
            switch (byte, run) {
            case (UInt8(ascii: "y"), 4), (UInt8(ascii: "y"), 2), (UInt8(ascii: "m"), 2), (UInt8(ascii: "d"), 2):
                guard parts.updateValue(at..<at + run, forKey: byte) == nil else { return nil }
            case (UInt8(ascii: "a")...UInt8(ascii: "z"), _): return nil
            default: marks += (at..<at + run).map { DayCut.Mark(at: $0, byte: byte) }
            }
            at += run
        }
        guard let year = parts[UInt8(ascii: "y")], let month = parts[UInt8(ascii: "m")],
            let day = parts[UInt8(ascii: "d")]
        else { return nil }
        self.text = text
        cut = DayCut(
            length: bytes.count, year: year.lowerBound, hasCentury: year.count == 4, month: month.lowerBound,
            day: day.lowerBound, pivot: pivot, firstMark: marks.first, secondMark: marks.dropFirst().first)
        furtherMarks = Array(marks.dropFirst(2))
    }

    /// Whether the cut alone says what the pattern says.
    var isCut: Bool { furtherMarks.isEmpty }

    /// The day that the bytes name, wholly, or nil.
    func read(_ bytes: Span<UInt8>) -> CivilDate? {
        guard let day = cut.read(bytes) else { return nil }
        for mark in furtherMarks where !mark.stands(in: bytes) { return nil }
        return day
    }
}

/// Where the parts of a day stand: a value that moves without being counted.
struct DayCut: Sendable {
    /// A byte that stands between the parts.
    struct Mark: Sendable {
        let at: Int
        let byte: UInt8

        @inline(__always) func stands(in bytes: Span<UInt8>) -> Bool { bytes[at] == byte }
    }

    let length: Int
    let year: Int
    /// Whether years have four digits and not two.
    let hasCentury: Bool
    let month: Int
    let day: Int
    /// Years of two digits below it are 20yy, the others 19yy.
    let pivot: Int
    let firstMark: Mark?
    let secondMark: Mark?

    /// The day that bytes of the right length name, or nil.
    func read(_ bytes: Span<UInt8>) -> CivilDate? {
        guard bytes.count == length, firstMark?.stands(in: bytes) ?? true, secondMark?.stands(in: bytes) ?? true,
            var year = Self.pair(bytes, year), let month = Self.pair(bytes, month), let day = Self.pair(bytes, day)
        else { return nil }
        if hasCentury {
            guard let part = Self.pair(bytes, self.year + 2) else { return nil }
            year = year * 100 + part
        } else {
            year += year < pivot ? 2000 : 1900
        }
        return CivilDate(year: year, month: month, day: day)
    }

    /// The number of two digits.
    @inline(__always) private static func pair(_ bytes: Span<UInt8>, _ place: Int) -> Int? {
        let (tens, ones) = (bytes[place] &- UInt8(ascii: "0"), bytes[place + 1] &- UInt8(ascii: "0"))
        return tens < 10 && ones < 10 ? Int(tens) &* 10 &+ Int(ones) : nil
    }
}
