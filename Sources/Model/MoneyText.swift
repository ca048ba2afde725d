/// How a source writes an amount. A layout states it; nothing is ever guessed.
package struct MoneyStyle: Hashable, Sendable {
    /// The byte between whole and part, or nil where the last two digits are cents (implied decimals).
    package var decimalMark: UInt8?
    /// The byte that may stand between groups of three digits, or nil where none may.
    package var groupMark: UInt8?
    /// Whether a minus may stand before (`-5.00`) or behind (`5.00-`) or brackets around (`(5.00)`) the amount.
    package var signed: Bool

    package init(decimalMark: UInt8? = UInt8(ascii: "."), groupMark: UInt8? = nil, signed: Bool = false) {
        self.decimalMark = decimalMark
        self.groupMark = groupMark
        self.signed = signed
    }

    /// `1234.50`, no sign: ISO 20022 amounts and the default lockbox CSV.
    package static let plain = MoneyStyle()
    /// `-1234.50`: what Sluice itself writes.
    package static let signed = MoneyStyle(signed: true)
    /// `0000123450`: fixed-width bank records.
    package static let impliedCents = MoneyStyle(decimalMark: nil)
}

/// Why bytes are not an amount.
package enum MoneyFault: Error, Hashable, Sendable {
    case empty
    case notNumeric
    /// More than two decimals, and not all of those beyond the second are zero. Carries the amount cut to cents.
    case fractionOfCent(Cents)
    case tooLarge
}

extension Cents {
    /// Reads an amount from ASCII bytes, exactly and wholly: a stray byte anywhere is a fault.
    ///
    /// Without a decimal mark in the text an amount is whole units, unless the style implies decimals.
    package init(_ text: Span<UInt8>, style: MoneyStyle = .plain) throws(MoneyFault) {
        if let usual = Cents(usual: text, style: style) {
            self = usual
        } else {
            try self.init(scanning: text, style: style)
        }
    }

    /// Reads an amount as `init(_:style:)` does, the long way: byte by byte.
    package init(scanning text: Span<UInt8>, style: MoneyStyle) throws(MoneyFault) {
        guard !text.isEmpty else { throw .empty }
        var body = 0..<text.count
        let negative = try Cents.takeSign(text, &body, style)
        var scanner = DigitScanner(style: style)
        for index in body { try scanner.take(text[index]) }
        let cents = try scanner.finish()
        self.init(negative ? -cents : cents)
        if scanner.lostFraction { throw .fractionOfCent(self) }
    }

    /// Reads an amount from a string, as `init(_:style:)` does from bytes.
    package init(_ text: String, style: MoneyStyle = .plain) throws(MoneyFault) {
        let bytes = Array(text.utf8)
        try self.init(bytes.span, style: style)
    }

    /// The cents of an amount as nearly all are written, digits with two decimals or implied cents; nil of all others.
    ///
    /// It says what `init(scanning:style:)` says, in half its time.
    package init?(usual text: Span<UInt8>, style: MoneyStyle) {
        guard (4...18).contains(text.count) else { return nil }
        var value: Int64 = 0
        guard let mark = style.decimalMark else {
            guard Cents.add(text, 0..<text.count, to: &value) else { return nil }
            self.init(value)
            return
        }
        let place = text.count - 3
        guard text[place] == mark, Cents.add(text, 0..<place, to: &value),
            Cents.add(text, place + 1..<text.count, to: &value)
        else { return nil }
        self.init(value)
    }

    /// Appends digits to a number that stays below 18 of them; false where something else stands there.
    @inline(__always)
    private static func add(_ text: Span<UInt8>, _ range: Range<Int>, to value: inout Int64) -> Bool {
        var worst: UInt8 = 0
        for index in range {
            let digit = text[index] &- UInt8(ascii: "0")
            worst = max(worst, digit)
            value = value &* 10 &+ Int64(digit)
        }
        return worst < 10
    }

    private static func takeSign(
        _ text: Span<UInt8>, _ body: inout Range<Int>, _ style: MoneyStyle
    ) throws(MoneyFault) -> Bool {
        let first = text[0]
        let last = text[text.count - 1]
        let minus = UInt8(ascii: "-")
        let bracketed = first == UInt8(ascii: "(") && last == UInt8(ascii: ")")
        guard first == minus || last == minus || bracketed else { return false }
        guard style.signed, text.count > (bracketed ? 2 : 1) else { throw .notNumeric }
        body = (last == minus && first != minus) ? 0..<text.count - 1 : bracketed ? 1..<text.count - 1 : 1..<text.count
        return true
    }
}

/// Takes an amount's bytes one by one, checking that every group mark and decimal mark stands where it may.
private struct DigitScanner {
    let style: MoneyStyle
    private var value: Int64 = 0
    private var digits = 0
    private var decimals = -1  // -1 before the decimal mark
    private var sinceGroup = -1  // digits since the last group mark, -1 before the first
    private(set) var lostFraction = false

    init(style: MoneyStyle) { self.style = style }

    mutating func take(_ byte: UInt8) throws(MoneyFault) {
        let digit = byte &- UInt8(ascii: "0")
        if digit < 10 { return try takeDigit(digit) }
        if byte == style.decimalMark, decimals < 0, digits > 0, sinceGroup < 0 || sinceGroup == 3 {
            decimals = 0
        } else if byte == style.groupMark, decimals < 0, digits > 0,
            sinceGroup < 0 ? digits <= 3 : sinceGroup == 3
        {
            sinceGroup = 0
        } else {
            throw .notNumeric
        }
    }

    private mutating func takeDigit(_ digit: UInt8) throws(MoneyFault) {
        digits += 1
        if decimals >= 0 {
            decimals += 1
            if decimals > 2 {
                if digit != 0 { lostFraction = true }
                return
            }
        } else if sinceGroup >= 0 {
            sinceGroup += 1
        }
        value = try DigitScanner.shift(value, by: digit)
    }

    func finish() throws(MoneyFault) -> Int64 {
        guard digits > 0, decimals != 0, sinceGroup < 0 || sinceGroup == 3 else { throw .notNumeric }
        guard style.decimalMark != nil else { return value }
        var cents = value
        for _ in min(max(0, decimals), 2)..<2 { cents = try DigitScanner.shift(cents, by: 0) }
        return cents
    }

    private static func shift(_ value: Int64, by digit: UInt8) throws(MoneyFault) -> Int64 {
        let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
        let (sum, carried) = tens.addingReportingOverflow(Int64(digit))
        guard !overflow, !carried else { throw .tooLarge }
        return sum
    }
}
