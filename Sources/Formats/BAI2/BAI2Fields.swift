internal import Model

/// Goes through the fields of a record and its continuations: a comma, a line's slash or a line's end ends a field.
struct BAI2Fields {
    let code: BAI2Code
    let position: Position
    private let pieces: [Piece]
    private var piece = 0
    private var at = 0
    /// Whether a continuation begins at this place.
    private(set) var isAtStartOfContinuation = false

    /// A record or continuation without the slash at its end.
    private struct Piece {
        let bytes: [UInt8]
        let hadSlash: Bool

        init(_ bytes: [UInt8]) {
            let body = BAI2Byte.trimmed(bytes[...])
            hadSlash = body.last == BAI2Byte.slash
            self.bytes = hadSlash ? Array(body.dropLast()) : bytes
        }
    }

    init(_ record: BAI2Record) {
        code = record.code
        position = record.position
        pieces = record.pieces.map { Piece($0) }
    }

    /// Whether anything is left.
    var isAtEnd: Bool { piece >= pieces.count }

    /// The next field without outer blanks; nil where the record has no more.
    mutating func next() -> ArraySlice<UInt8>? {
        guard piece < pieces.count else { return nil }
        let rest = pieces[piece].bytes[at...]
        let end = rest.firstIndex(of: BAI2Byte.comma) ?? rest.endIndex
        let isLast = end == rest.endIndex
        isAtStartOfContinuation = isLast && piece + 1 < pieces.count
        if isLast {
            piece += 1
            at = 0
        } else {
            at = end + 1
        }
        return BAI2Byte.trimmed(rest[..<end])
    }

    /// The next field, empty where the record ends before it.
    mutating func optional() -> ArraySlice<UInt8> { next() ?? [] }

    /// Whether the next field is a type code.
    var nextIsTypeCode: Bool {
        var ahead = self
        guard let field = ahead.next() else { return false }
        return field.count == 3 && field.allSatisfy(BAI2Byte.isDigit)
    }

    /// All that is left, a blank where it was cut: the text of a detail.
    mutating func text() -> String {
        var parts: [String] = []
        while piece < pieces.count {
            var part = BAI2Byte.trimmed(pieces[piece].bytes[at...])
            // `,/` ends a line of text as it ends a default field.
            if pieces[piece].hadSlash, part.last == BAI2Byte.comma { part = part.dropLast() }
            if !part.isEmpty { parts.append(BAI2Byte.text(part)) }
            piece += 1
            at = 0
        }
        return parts.joined(separator: " ")
    }

    /// Refuses a record with more fields than its type has; empty ones say nothing.
    mutating func end() throws(FileRefused) {
        while let field = next() {
            guard field.isEmpty else {
                throw refusal(.recordMalformed, "", "found a further field \"\(shown(field))\"; expected none")
            }
        }
    }

    func refusal(_ reason: Reason, _ field: String, _ message: String) -> FileRefused {
        FileRefused(reason, at: position, field: field, "record \(code.rawValue): " + message)
    }

    func fault(_ reason: Reason, _ severity: Severity, _ field: String, _ message: String) -> Fault {
        Fault(reason, severity, at: position, field: field, "record \(code.rawValue): " + message)
    }
}

/// A field as a message may quote it.
func shown(_ field: ArraySlice<UInt8>) -> String { quotable(String(decoding: field, as: UTF8.self)) }

// Fields with a meaning of their own.
extension BAI2Fields {
    /// A sum in the smallest unit of its currency: digits without a decimal point; nil where it is left out.
    mutating func amount(_ name: String, signed: Bool = false) throws(FileRefused) -> Int64? {
        try amount(optional(), name, signed: signed)
    }

    func amount(_ field: ArraySlice<UInt8>, _ name: String, signed: Bool) throws(FileRefused) -> Int64? {
        guard let first = field.first else { return nil }
        let isSigned = first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
        let digits = isSigned ? field.dropFirst() : field
        guard !digits.isEmpty, digits.allSatisfy(BAI2Byte.isDigit), signed || !isSigned else {
            let sign = signed ? "with or without sign" : "without sign"
            throw refusal(
                .amountNotNumeric, name, "found \"\(shown(field))\"; expected digits \(sign), without decimal point")
        }
        let significant = digits.drop { $0 == 0x30 }
        guard significant.count <= 18 else {
            throw refusal(.amountTooLarge, name, "found \"\(shown(field))\"; expected at most 18 digits")
        }
        let value = Int64(decimal: significant) ?? 0
        return first == UInt8(ascii: "-") ? -value : value
    }

    /// A day as YYMMDD; a year from 90 on is one of the last century.
    mutating func date(_ name: String) throws(FileRefused) -> CivilDate? {
        let field = optional()
        guard !field.isEmpty else { return nil }
        if field.count == 6, let value = Int64(decimal: field) {
            let year = Int(value / 10_000)
            let date = CivilDate(
                year: year + (year >= 90 ? 1900 : 2000), month: Int(value / 100 % 100), day: Int(value % 100))
            if let date { return date }
        }
        throw refusal(.dateInvalid, name, "found \"\(shown(field))\"; expected a day as YYMMDD")
    }

    /// A day that no posting hangs on: one that is none is told, and the record is read without it.
    mutating func date(_ name: String, else faults: inout [Fault]) -> CivilDate? {
        do throws(FileRefused) {
            return try date(name)
        } catch {
            var fault = error.fault
            fault.severity = .fault
            faults.append(fault)
            return nil
        }
    }

    /// Passes over a time: HHMM, of which 2400 and 9999 are the end of the day; some banks write hh:mm:ss.
    mutating func time(_ name: String, else faults: inout [Fault]) {
        let field = optional()
        if field.isEmpty || BAI2Fields.isTime(field) { return }
        let message = "found \"\(shown(field))\"; expected a time as HHMM, 2400 or 9999"
        faults.append(fault(.fieldInvalid, .fault, name, message))
    }

    private static func isTime(_ field: ArraySlice<UInt8>) -> Bool {
        let digits = field.filter { $0 != UInt8(ascii: ":") }
        guard digits.count == 4 || digits.count == 6, let value = Int64(decimal: digits.prefix(4)) else { return false }
        guard digits.allSatisfy(BAI2Byte.isDigit) else { return false }
        return value == 2400 || value == 9999 || (value / 100 < 24 && value % 100 < 60)
    }
}

/// When the funds of an amount can be used.
struct BAI2Funds {
    /// The day of funds type V.
    private(set) var valueDate: CivilDate?
    private(set) var faults: [Fault] = []

    /// Reads a funds type with the fields that it brings:
    /// S three amounts, V a date and a time, D a number and so many pairs of days and amount.
    init(_ fields: inout BAI2Fields) throws(FileRefused) {
        let type = fields.optional()
        switch String(decoding: type, as: UTF8.self) {
        case "", "Z", "0", "1", "2": break
        case "S": for _ in 0..<3 { _ = try fields.amount("funds type S", signed: true) }
        case "V":
            valueDate = fields.date("value date", else: &faults)
            fields.time("value time", else: &faults)
        case "D": try BAI2Funds.distribution(&fields)
        default:
            throw fields.refusal(
                .recordMalformed, "funds type", "found \"\(shown(type))\"; expected one of Z, 0, 1, 2, S, V, D or none")
        }
    }

    private static func distribution(_ fields: inout BAI2Fields) throws(FileRefused) {
        let number = fields.optional()
        guard let count = Int64(decimal: number), count <= 1000 else {
            throw fields.refusal(
                .recordMalformed, "funds type D", "found \"\(shown(number))\"; expected how many distributions follow")
        }
        for _ in 0..<count {
            let days = fields.optional()
            guard days.allSatisfy(BAI2Byte.isDigit) else {
                throw fields.refusal(
                    .recordMalformed, "funds type D", "found \"\(shown(days))\"; expected a number of days")
            }
            _ = try fields.amount("funds type D", signed: true)
        }
    }
}
