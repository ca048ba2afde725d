internal import CXML
internal import Glibc
internal import Model

/// What the XML parser found, in document order.
enum XMLEvent {
    /// An element begins; its name is among the known ones, or nil. The code is the name's in a path.
    case start(Name?, code: UInt8, line: Int)
    /// An attribute of the element that just began, as `local=value`.
    case attribute(UnsafeBufferPointer<UInt8>)
    /// A piece of text; one text may come in several.
    case text(UnsafeBufferPointer<UInt8>)
    case end(line: Int)
}

/// Pushes bytes through libxml2 and hands over what they hold; every refusal of the door becomes a reason.
///
/// All that is unsafe about the C door stands in this file; its buffers are read before the next call.
final class XMLPusher {
    private let parser: OpaquePointer
    /// Kept alive while the parser validates by it.
    private let schema: XMLSchema?

    /// A parser; with a schema, one that says as well what the schema does not allow.
    init(_ schema: XMLSchema? = nil) {
        let names = Name.allCases.map { strdup($0.rawValue) }
        defer { names.forEach { free($0) } }
        let pointers = names.map { UnsafePointer($0) }
        guard let parser = cxml_new(pointers, CInt(pointers.count)) else { fatalError("out of memory") }
        self.parser = parser
        self.schema = schema.flatMap { cxml_validate(parser, $0.schema) == 0 ? nil : $0 }
    }

    deinit { cxml_free(parser) }

    /// Takes the next bytes and hands over the events that they complete.
    ///
    /// - Throws: `FileRefused` after the events before the fault were handed over.
    func feed(_ bytes: Span<UInt8>, _ take: (XMLEvent) -> Void) throws(FileRefused) {
        let status = bytes.withUnsafeBufferPointer { cxml_feed(parser, $0.baseAddress, $0.count) }
        drain(take)
        try check(status)
    }

    /// Ends the document: it must be well-formed to its last byte.
    func finish(_ take: (XMLEvent) -> Void) throws(FileRefused) {
        let status = cxml_finish(parser)
        drain(take)
        try check(status)
    }

    /// What the schema does not allow, in libxml2's words, each with its line.
    var problems: [(line: Int, message: String)] {
        (0..<cxml_problems(parser)).map { place in
            var line: CInt = 0
            let message = String(cString: cxml_problem(parser, place, &line))
            return (Int(line), message)
        }
    }

    private func drain(_ take: (XMLEvent) -> Void) {
        var eventCount = 0
        var textCount = 0
        let events = UnsafeBufferPointer(start: cxml_events(parser, &eventCount), count: eventCount)
        let text = UnsafeBufferPointer(start: cxml_text(parser, &textCount), count: textCount)
        for event in events {
            let piece = UnsafeBufferPointer(rebasing: text[Int(event.offset)..<Int(event.offset + event.count)])
            switch cxml_kind(UInt32(event.kind)) {
            case CXML_START:
                let isKnown = event.name >= 0
                let name = isKnown ? Name.all[Int(event.name)] : nil
                let code = isKnown ? UInt8(event.name) + 1 : Path.unknown
                take(.start(name, code: code, line: Int(event.line)))
            case CXML_ATTRIBUTE: take(.attribute(piece))
            case CXML_TEXT: take(.text(piece))
            default: take(.end(line: Int(event.line)))
            }
        }
        cxml_clear(parser)
    }

    private func check(_ status: cxml_status) throws(FileRefused) {
        if status == CXML_OK { return }
        let reason: Reason =
            switch status {
            case CXML_DOCTYPE: .xmlDoctype
            case CXML_LIMIT: .xmlLimit
            case CXML_ENCODING: .encodingInvalid
            default: .xmlMalformed
            }
        let expected = status == CXML_MALFORMED ? "a well-formed document" : "a plain bank message"
        throw FileRefused(
            reason, at: Position(line: Int(cxml_line(parser))),
            "found: \(String(cString: cxml_message(parser))); expected \(expected)")
    }
}

/// An XML schema, held by libxml2.
final class XMLSchema {
    fileprivate let schema: OpaquePointer

    /// Nil where the bytes are no schema, or one that includes others: none is asked for.
    init?(_ bytes: [UInt8]) {
        guard let schema = bytes.withUnsafeBytes({ cxml_schema_new($0.baseAddress, $0.count) }) else { return nil }
        self.schema = schema
    }

    deinit { cxml_schema_free(schema) }
}
