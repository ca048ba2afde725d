internal import CXML
internal import Model

/// What the XML parser found of what is wanted, in document order.
enum XMLEvent {
    /// A section's root begins.
    case begin(state: Int, line: Int)
    /// A wanted element that holds only text ended.
    case element(state: Int, ElementText)
    /// A wanted element that holds others ended.
    case branchEnd(state: Int)
    /// A section's root ended.
    case end(state: Int, line: Int)
}

/// The text of one element, not yet understood. It may not outlive the call that it was handed to.
struct ElementText {
    private let text: UnsafeBufferPointer<UInt8>
    private let currencyText: UnsafeBufferPointer<UInt8>
    let line: Int

    fileprivate init(_ bytes: UnsafePointer<UInt8>, _ event: cxml_event) {
        let start = bytes + Int(event.offset)
        currencyText = UnsafeBufferPointer(start: start, count: Int(event.attribute))
        text = UnsafeBufferPointer(start: start + Int(event.attribute), count: Int(event.count))
        line = Int(event.line)
    }

    /// The text without outer blanks.
    var trimmed: UnsafeBufferPointer<UInt8> {
        var start = 0
        var end = text.count
        while start < end, text[end - 1] <= 32 { end -= 1 }
        while start < end, text[start] <= 32 { start += 1 }
        return UnsafeBufferPointer(rebasing: text[start..<end])
    }

    var string: String { String(decoding: trimmed, as: UTF8.self) }

    /// The attribute `Ccy`; empty where the element has none.
    var currency: String { String(decoding: currencyText, as: UTF8.self) }

    /// The date part of `Dt` or `DtTm`; whatever circulates behind it as time is not looked at.
    var date: CivilDate? {
        let bytes = UnsafeRawBufferPointer(trimmed)
        guard bytes.count >= 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = bytes.decimal(0..<4), let month = bytes.decimal(5..<7), let day = bytes.decimal(8..<10)
        else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }

    /// The text as an amount.
    func cents() throws(MoneyFault) -> Cents { try Cents(trimmed.span) }

    /// The text as a count; nil where it is none.
    var count: Int? { Int64(decimal: trimmed).map { Int($0) } }
}

/// Pushes bytes through libxml2 and hands over what they hold; every refusal of the door becomes a reason.
///
/// All that is unsafe about the C door stands in this file; its buffers are read before the next call.
final class XMLPusher {
    private let parser: OpaquePointer
    /// Kept alive while the parser follows it.
    private let table: ElementTable
    /// Kept alive while the parser validates by it.
    private let schema: XMLSchema?

    /// A parser of a map; with a schema, one that says as well what the schema does not allow.
    init<Section, Field>(_ map: ElementMap<Section, Field>, _ schema: XMLSchema? = nil) {
        table = map.table
        guard let parser = cxml_new(table.pointer) else { fatalError("out of memory") }
        self.parser = parser
        self.schema = schema.flatMap { cxml_validate(parser, $0.schema) == 0 ? nil : $0 }
    }

    deinit { cxml_free(parser) }

    /// The line of the root element's end.
    var lastLine: Int { Int(cxml_last_line(parser)) }

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
        let text = cxml_text(parser, &textCount)
        for event in events {
            let state = Int(event.state)
            switch cxml_kind(UInt32(event.kind)) {
            case CXML_BEGIN: take(.begin(state: state, line: Int(event.line)))
            case CXML_ELEMENT: if let text { take(.element(state: state, ElementText(text, event))) }
            case CXML_BRANCH_END: take(.branchEnd(state: state))
            default: take(.end(state: state, line: Int(event.line)))
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
