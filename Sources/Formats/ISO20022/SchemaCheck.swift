package import Model

/// Says where an XML file is not as its schema has it, as notes: much that circulates is not, and is read all the same.
package struct SchemaCheck {
    private let schemas: [(name: String, bytes: [UInt8])]
    private var pusher: XMLPusher?
    private var hasBegun = false
    private var unusable: Fault?

    /// Checks by the one of these schemas whose target namespace the file names.
    package init(schemas: [(name: String, bytes: [UInt8])]) { self.schemas = schemas }

    /// Takes the next bytes of the file; the first piece tells which schema is meant.
    package mutating func feed(_ bytes: Span<UInt8>) throws(FileRefused) {
        if !hasBegun { begin(bytes) }
        try pusher?.feed(bytes) { _ in }
    }

    /// Ends the file: what the schema does not allow.
    package mutating func finish() throws(FileRefused) -> [Fault] {
        if let unusable { return [unusable] }
        try pusher?.finish { _ in }
        return (pusher?.problems ?? []).map { SchemaCheck.fault($0.line, $0.message) }
    }

    private mutating func begin(_ bytes: Span<UInt8>) {
        hasBegun = true
        // UTF-16's zero bytes left out.
        let head = bytes.indices.prefix(Format.headSize).map { bytes[$0] }.filter { $0 != 0 }
        let meant = schemas.first { schema in
            guard let namespace = SchemaCheck.target(schema.bytes) else { return false }
            return ["\"", "'"].contains { SchemaCheck.position(of: $0 + namespace + $0, in: head) != nil }
        }
        guard let meant else {
            unusable = Fault(
                .schemaInvalid, .note,
                "found no schema of the file's namespace among \(schemas.count); expected one, the file is not checked")
            return
        }
        guard let schema = XMLSchema(meant.bytes) else {
            unusable = Fault(
                .schemaInvalid, .note, "found no schema to use in \(meant.name); expected one that includes no other")
            return
        }
        pusher = XMLPusher(OtherMessage.map(.totals), schema)
    }

    /// The namespace that a schema is for.
    private static func target(_ schema: [UInt8]) -> String? {
        let head = schema.prefix(Format.headSize)
        guard let start = position(of: "targetNamespace=", in: Array(head)) else { return nil }
        let rest = head.dropFirst(start + 16)
        guard let quote = rest.first, let end = rest.dropFirst().firstIndex(of: quote) else { return nil }
        return String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self)
    }

    private static func position(of text: String, in bytes: [UInt8]) -> Int? {
        let sought = Array(text.utf8)
        guard bytes.count >= sought.count else { return nil }
        return (0...bytes.count - sought.count).first { start in
            bytes[start] == sought[0] && bytes[start..<start + sought.count].elementsEqual(sought)
        }
    }

    /// A problem in our words. What the element holds is never quoted: it may be a bank account.
    private static func fault(_ line: Int, _ message: String) -> Fault {
        let element = name(message.drop { $0 != "\'" }.dropFirst().prefix { $0 != "\'" })
        var found = "a value that its type does not have"
        if message.contains("This element is not expected") { found = "it out of its place" }
        if message.contains("Missing child element") { found = "it without an element that it must have" }
        if message.contains("No matching global declaration") { found = "an element that no message begins with" }
        if message.contains("is not allowed") { found = "in it what is not allowed" }
        var expected = "what the schema states"
        if let list = message.firstRange(of: "Expected is ") {
            let words = message[list.upperBound...].split(separator: " ").map { name($0) }
            expected = words.filter { !["(", ")."].contains($0) }.joined(separator: " ")
        }
        return Fault(
            .schemaInvalid, .note, at: Position(line: line), field: element,
            "found \(found); expected \(String(expected.prefix(200)))")
    }

    /// A name without its namespace: `{urn:…}Dbtr` is `Dbtr`.
    private static func name(_ text: Substring) -> String {
        text.lastIndex(of: "}").map { String(text[text.index(after: $0)...]) } ?? String(text)
    }
}
