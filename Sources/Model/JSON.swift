/// A JSON value to be written, its members in the order given (RFC 8259).
///
/// What Sluice prints is a contract with a fixed order of fields and nulls for those that do not apply,
/// byte for byte the same everywhere; that is why it is a value written here and not an encoder's choice.
package enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case string(String)
    case array([JSON])
    case object([Member])
    /// A value that is JSON text already, such as one the ledger keeps.
    case written(String)

    /// A named value in an object.
    package struct Member: Hashable, Sendable {
        package let name: String
        package let value: JSON
        package init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int64) { self = .int(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }

    /// The text, or null where there is none.
    package init(_ text: String?) { self = text.map(JSON.string) ?? .null }
    /// The text, or null where it is empty.
    package init(nonEmpty text: String) { self = text.isEmpty ? .null : .string(text) }
    package init(_ number: Int?) { self = number.map { .int(Int64($0)) } ?? .null }
    package init(_ number: Int64?) { self = number.map(JSON.int) ?? .null }
    /// An amount as a decimal string with two places.
    package init(_ cents: Cents?) { self = cents.map { .string($0.description) } ?? .null }
    /// A date in ISO 8601.
    package init(_ date: CivilDate?) { self = date.map { .string($0.description) } ?? .null }
}

extension JSON {
    /// An object with more members behind its own.
    package func adding(_ more: [Member]) -> JSON {
        guard case .object(let members) = self else { preconditionFailure("only objects have members") }
        return .object(members + more)
    }

    /// The value on one line.
    package var line: String {
        var out: [UInt8] = []
        write(into: &out, indent: nil)
        return String(decoding: out, as: UTF8.self)
    }

    /// The value over several lines, indented by two blanks, with a line end behind it.
    package var pretty: String {
        var out: [UInt8] = []
        write(into: &out, indent: 0)
        out.append(UInt8(ascii: "\n"))
        return String(decoding: out, as: UTF8.self)
    }

    private func write(into out: inout [UInt8], indent: Int?) {
        switch self {
        case .null: out += "null".utf8
        case .bool(let value): out += (value ? "true" : "false").utf8
        case .int(let value): out += String(value).utf8
        case .string(let value): JSON.write(value, into: &out)
        case .written(let text): out += text.utf8
        case .array(let values):
            JSON.write(values, between: "[]", into: &out, indent: indent) { $0.write(into: &$1, indent: $2) }
        case .object(let members):
            JSON.write(members, between: "{}", into: &out, indent: indent) {
                JSON.write($0.name, into: &$1)
                $1 += (indent == nil ? ":" : ": ").utf8
                $0.value.write(into: &$1, indent: $2)
            }
        }
    }

    private static func write<Element>(
        _ elements: [Element], between brackets: String, into out: inout [UInt8], indent: Int?,
        _ writeOne: (Element, inout [UInt8], Int?) -> Void
    ) {
        out.append(brackets.utf8.first!)
        let deeper = indent.map { $0 + 2 }
        for (index, element) in elements.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            newLine(deeper, into: &out)
            writeOne(element, &out, deeper)
        }
        if !elements.isEmpty { newLine(indent, into: &out) }
        out.append(brackets.utf8.last!)
    }

    private static func newLine(_ indent: Int?, into out: inout [UInt8]) {
        guard let indent else { return }
        out.append(UInt8(ascii: "\n"))
        out += repeatElement(UInt8(ascii: " "), count: indent)
    }

    private static func write(_ text: String, into out: inout [UInt8]) {
        let hex = Array("0123456789abcdef".utf8)
        out.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): out += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): out += "\\n".utf8
            case UInt8(ascii: "\r"): out += "\\r".utf8
            case UInt8(ascii: "\t"): out += "\\t".utf8
            case 0..<0x20, 0x7F: out += "\\u00".utf8 + [hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            default: out.append(byte)
            }
        }
        out.append(UInt8(ascii: "\""))
    }
}
