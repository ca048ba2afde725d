import Foundation
import Model
import Testing

@testable import Formats

/// A document that no bank sends, the reason for which it is refused, and how much of it may be read before.
struct HostileDocument: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let bytes: @Sendable () -> [UInt8]
    let reason: Reason
    /// How many bytes may be looked at before it is refused; nil where only the end tells.
    let within: Int?
    /// How many items stand whole before the fault.
    let items: Int

    init(
        _ name: String, _ reason: Reason, within: Int? = nil, items: Int = 1,
        _ bytes: @escaping @Sendable () -> [UInt8]
    ) {
        testDescription = name
        self.reason = reason
        self.within = within
        self.items = items
        self.bytes = bytes
    }

    /// A message of one good entry, then this, then another good entry.
    static func amid(_ middle: [UInt8]) -> [UInt8] {
        Array("<Document><BkToCstmrStmt><Stmt>\(CamtTesting.entry())".utf8) + middle
            + Array("\(CamtTesting.entry("6.00"))</Stmt></BkToCstmrStmt></Document>".utf8)
    }

    static func amid(_ middle: String) -> [UInt8] { amid(Array(middle.utf8)) }

    /// A message that this stands before.
    static func behind(_ text: String) -> [UInt8] {
        Array((text + CamtTesting.notification(CamtTesting.entry())).utf8)
    }

    /// As `behind`, with an entity used where the amount stands.
    private static func using(_ entity: String, _ prolog: String) -> [UInt8] {
        Array((prolog + CamtTesting.notification(CamtTesting.entry("&\(entity);"))).utf8)
    }

    private static func wide(_ text: String, _ encoding: String.Encoding, mark: [UInt8]) -> [UInt8] {
        mark + [UInt8](text.data(using: encoding)!)
    }

    private static func declared(_ encoding: String) -> [UInt8] {
        behind("<?xml version=\"1.0\" encoding=\"\(encoding)\"?>")
    }

    /// Amid a message: a head, so many pieces with their number in it, and a foot.
    private static func numbered(
        _ head: String, _ piece: String, _ tail: String, _ count: Int, _ foot: String
    ) -> [UInt8] {
        var bytes = Array(head.utf8)
        for number in 0..<count {
            bytes += piece.utf8
            bytes += String(number).utf8
            bytes += tail.utf8
        }
        return amid(bytes + Array(foot.utf8))
    }

    /// Amid a message: a head, 20 MB of one byte, and a foot.
    private static func filled(_ head: String, _ byte: UInt8, _ foot: String) -> [UInt8] {
        amid(Array(head.utf8) + [UInt8](repeating: byte, count: 20 << 20) + Array(foot.utf8))
    }

    private static let laughs =
        "<!DOCTYPE Document [<!ENTITY a0 \"1\">"
        + (1...30).map { "<!ENTITY a\($0) \"&a\($0 - 1);&a\($0 - 1);\">" }.joined() + "]>"

    /// Declarations of types and entities: each is refused before its first element.
    static let doctypes: [HostileDocument] = [
        HostileDocument("billion laughs", .xmlDoctype, within: 4096) { using("a30", laughs) },
        HostileDocument("billion laughs in an attribute", .xmlDoctype, within: 4096) {
            behind(laughs + "<!-- --><Document a=\"&a30;\"/>")
        },
        HostileDocument("quadratic blow-up", .xmlDoctype, within: 1 << 17) {
            let value = String(repeating: "9", count: 30_000)
            let uses = String(repeating: "&a;", count: 30_000)
            return behind("<!DOCTYPE Document [<!ENTITY a \"\(value)\">]><Document>\(uses)</Document>")
        },
        HostileDocument("an entity in a circle", .xmlDoctype, within: 4096) {
            using("a", "<!DOCTYPE Document [<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">]>")
        },
        HostileDocument("an entity of a file", .xmlDoctype, within: 4096) {
            using("a", "<!DOCTYPE Document [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>")
        },
        HostileDocument("an entity of a server", .xmlDoctype, within: 4096) {
            using("a", "<!DOCTYPE Document [<!ENTITY a SYSTEM \"http://127.0.0.1:9/a\">]>")
        },
        HostileDocument("an external document type", .xmlDoctype, within: 4096) {
            behind("<!DOCTYPE Document SYSTEM \"file:///etc/hostname\">")
        },
        HostileDocument("a public document type", .xmlDoctype, within: 4096) {
            behind("<!DOCTYPE Document PUBLIC \"-//X//Y//EN\" \"http://127.0.0.1:9/a.dtd\">")
        },
        HostileDocument("a parameter entity", .xmlDoctype, within: 4096) {
            behind("<!DOCTYPE Document [<!ENTITY % a SYSTEM \"file:///etc/hostname\"> %a;]>")
        },
        HostileDocument("a document type and nothing else", .xmlDoctype, within: 4096) {
            behind("<!DOCTYPE Document>")
        },
        HostileDocument("an empty document type behind a comment", .xmlDoctype, within: 4096) {
            behind("<?xml version=\"1.0\"?><!-- <a> -->\n<!DOCTYPE Document []>")
        },
        HostileDocument("a document type in UTF-16, low byte first", .xmlDoctype, within: 4096) {
            wide("<?xml version=\"1.0\"?><!DOCTYPE Document []><Document/>", .utf16LittleEndian, mark: [0xFF, 0xFE])
        },
        HostileDocument("a document type in UTF-16, high byte first", .xmlDoctype, within: 4096) {
            wide("<?xml version=\"1.0\"?><!DOCTYPE Document []><Document/>", .utf16BigEndian, mark: [0xFE, 0xFF])
        },
        HostileDocument("a document type in lower case", .xmlMalformed) { behind("<!doctype Document>") },
        HostileDocument("a document type within the message", .xmlMalformed) { amid("<!DOCTYPE Document []>") },
        HostileDocument("an entity that nobody declares", .xmlMalformed) { amid("<Amt>&nbsp;</Amt>") },
        HostileDocument("an undeclared entity in an attribute", .xmlMalformed) { amid("<Amt Ccy=\"&USD;\">1</Amt>") },
    ]

    /// Too much of something: each is refused long before its end.
    static let excesses: [HostileDocument] = [
        HostileDocument("65 levels", .xmlLimit) {
            amid(String(repeating: "<a>", count: 62) + String(repeating: "</a>", count: 62))
        },
        HostileDocument("100,000 levels", .xmlLimit, within: 1 << 16) {
            amid(String(repeating: "<a>", count: 100_000))
        },
        HostileDocument("33 attributes", .xmlLimit) {
            amid("<a \((0..<33).map { "b\($0)=\"\" " }.joined())/>")
        },
        HostileDocument("17 namespaces", .xmlLimit) {
            amid("<a \((0..<17).map { "xmlns:b\($0)=\"c\" " }.joined())/>")
        },
        HostileDocument("100,000 attributes", .xmlLimit, within: 3 << 16) {
            numbered("<a ", "b", "='' ", 100_000, "/>")
        },
        HostileDocument("100,000 namespaces", .xmlLimit, within: 3 << 16) {
            numbered("<a ", "xmlns:b", "='c' ", 100_000, "/>")
        },
        HostileDocument("a long attribute", .xmlLimit, within: 3 << 16) { filled("<a b='", 0x3E, "'/>") },
        HostileDocument("a long name", .xmlLimit, within: 3 << 16) { filled("<a", 0x61, "/>") },
        HostileDocument("20 MB of text", .xmlLimit, within: 3 << 16) { filled("<a>", 0x31, "</a>") },
        HostileDocument("20 MB of blanks", .xmlLimit, within: 3 << 16) { filled("<a>", 0x20, "</a>") },
        HostileDocument("20 MB of CDATA", .xmlLimit, within: 3 << 16) { filled("<a><![CDATA[", 0x31, "]]></a>") },
        HostileDocument("20 MB of comment", .xmlLimit, within: 3 << 16) { filled("<!--", 0x3E, "-->") },
        HostileDocument("20 MB of instruction", .xmlLimit, within: 3 << 16) { filled("<?a ", 0x3E, "?>") },
        HostileDocument("a long comment in UTF-16 with other characters of the same bytes", .xmlLimit) {
            let name = "\u{3C00}O'\u{3E2D}\u{2D2D}"
            let text = "<!-- --><a>\(name)</a><!--" + String(repeating: "\u{2D2D}\u{3E3E}", count: 40_000) + "-->"
            return wide("\u{FEFF}" + String(decoding: amid(text), as: UTF8.self), .utf16LittleEndian, mark: [])
        },
        HostileDocument("20 MB of one text in pieces", .xmlLimit, within: 1 << 20) {
            numbered("<Id>", "12345678901234567890<!-- ", " -->", 400_000, "</Id>")
        },
        HostileDocument("400,000 distinct names", .xmlLimit, within: 1 << 17) {
            numbered("", "<a", "/>", 400_000, "")
        },
        HostileDocument("400,000 distinct attributes", .xmlLimit, within: 1 << 17) {
            numbered("", "<a b", "='1'/>", 400_000, "")
        },
        HostileDocument("400,000 distinct prefixes", .xmlLimit, within: 1 << 17) {
            numbered("", "<a xmlns:b", "='1'/>", 400_000, "")
        },
        HostileDocument("400,000 distinct namespaces", .xmlLimit, within: 1 << 17) {
            numbered("", "<a xmlns='b", "'/>", 400_000, "")
        },
        HostileDocument("400,000 distinct instructions", .xmlLimit, within: 1 << 17) {
            numbered("", "<?a", " ?>", 400_000, "")
        },
    ]

    /// Documents that are no text of a taken encoding, or not whole.
    static let broken: [HostileDocument] = [
        HostileDocument("cut in an entry", .xmlMalformed) { Array(amid("").dropLast(70)) },
        HostileDocument("cut before its last character", .xmlMalformed, items: 2) { Array(amid("").dropLast()) },
        HostileDocument("a blank document", .xmlMalformed) { Array("   \n".utf8) },
        HostileDocument("text behind the end", .xmlMalformed, items: 2) { amid("") + Array("x".utf8) },
        HostileDocument("a second message behind the end", .xmlMalformed, items: 2) { amid("") + amid("") },
        HostileDocument("an end of file mark behind the end", .xmlMalformed, items: 2) { amid("") + [0x1A] },
        HostileDocument("a NUL behind the end", .xmlMalformed, items: 2) { amid("") + [0] },
        HostileDocument("a NUL in an amount", .xmlMalformed) { amid("<Ntry><Amt>1\u{0}0</Amt></Ntry>") },
        HostileDocument("a control character", .xmlMalformed) { amid("<Ustrd>\u{1}</Ustrd>") },
        HostileDocument("an end tag of another element", .xmlMalformed) { amid("<Ntry><Amt>1</Ntry></Amt>") },
        HostileDocument("an attribute twice", .xmlMalformed) { amid("<Amt Ccy='USD' Ccy='EUR'>1</Amt>") },
        HostileDocument("an unknown prefix", .xmlMalformed) { amid("<p:Amt>1</p:Amt>") },
        HostileDocument("bytes that are not UTF-8", .encodingInvalid) { amid([0xFF]) },
        HostileDocument("an overlong character", .encodingInvalid) { amid([0xC0, 0xBC]) },
        HostileDocument("half of a surrogate", .encodingInvalid) { amid([0xED, 0xA0, 0x80]) },
        HostileDocument("half a character at the end of an element", .encodingInvalid) { amid([0xE2, 0x82]) },
        HostileDocument("a character beyond Unicode", .encodingInvalid) { amid([0xF4, 0x90, 0x80, 0x80]) },
        HostileDocument("a stray byte in a name", .encodingInvalid) {
            amid(Array("<a".utf8) + [0xA0] + Array("/>".utf8))
        },
        HostileDocument("gzip", .encodingInvalid) { [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xB3, 0x71, 0xC9, 0x4F] },
        HostileDocument("EBCDIC", .encodingInvalid) { [0x4C, 0x6F, 0xA7, 0x94, 0x93, 0x40, 0xA5, 0x85, 0x99] },
        HostileDocument("ISO-8859-1", .encodingInvalid, within: 4096) { declared("ISO-8859-1") },
        HostileDocument("windows-1252", .encodingInvalid, within: 4096) { declared("windows-1252") },
        HostileDocument("UTF-7", .encodingInvalid, within: 4096) { declared("UTF-7") },
        HostileDocument("UTF-32", .encodingInvalid, within: 4096) { declared("UTF-32") },
        HostileDocument("UTF-32 that does not say so", .encodingInvalid, within: 4096) {
            wide(CamtTesting.notification(CamtTesting.entry()), .utf32LittleEndian, mark: [])
        },
        HostileDocument("UTF-32, high byte first", .encodingInvalid, within: 4096) {
            wide(CamtTesting.notification(CamtTesting.entry()), .utf32BigEndian, mark: [])
        },
        HostileDocument("an encoding far behind its place", .encodingInvalid, within: 4096) {
            let blanks = String(repeating: " ", count: 400)
            return behind("<?xml version='1.0'\(blanks)encoding='ISO-8859-1'?>")
        },
        HostileDocument("an encoding with many blanks", .encodingInvalid, within: 4096) {
            behind("<?xml version='1.0'\n encoding \t=\n 'iso-8859-1'?>")
        },
    ]
}
