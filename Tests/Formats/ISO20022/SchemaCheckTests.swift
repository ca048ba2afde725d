import Foundation
import Model
import Testing

@testable import Formats

/// Schemas are asked by `inspect` alone: what they do not allow is a note, and never shows what an element holds.
struct SchemaCheckTests {
    static let plain = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t" xmlns="urn:t"
         elementFormDefault="qualified"><xs:element name="Document"><xs:complexType><xs:sequence>
        <xs:element name="Id"><xs:simpleType><xs:restriction base="xs:string"><xs:maxLength value="8"/>
        </xs:restriction></xs:simpleType></xs:element><xs:element name="Dt" type="xs:date"/>
        </xs:sequence></xs:complexType></xs:element></xs:schema>
        """

    private func check(_ text: String, schema: String = SchemaCheckTests.plain, pieces: Int = 1 << 16) throws -> [Fault]
    {
        var check = SchemaCheck(schemas: [("other.xsd", Array("<a/>".utf8)), ("t.xsd", Array(schema.utf8))])
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: pieces) {
            try check.feed(bytes.span.extracting(start..<min(start + pieces, bytes.count)))
        }
        return try check.finish()
    }

    private func document(_ inside: String) -> String { "<p:Document xmlns:p='urn:t'>\n\(inside)\n</p:Document>" }

    @Test func `notes nothing of a file that is as its schema has it`() throws {
        #expect(try check(document("<p:Id>1</p:Id><p:Dt>2026-03-02</p:Dt>")) == [])
    }

    static let wrong: [(String, String, String)] = [
        ("<p:Id>1</p:Id><p:Dt>2026-02-30</p:Dt>", "Dt", "a value"), ("<p:Id>1</p:Id>", "Document", "expected Dt"),
        ("<p:Dt>2026-03-02</p:Dt>", "Dt", "expected Id"), ("<p:Id>DE00 1234 5678 9012</p:Id>", "Id", "a value"),
    ]

    @Test(arguments: wrong) func `misses nothing that the schema does not allow`(
        inside: String, field: String, words: String
    ) throws {
        let faults = try check(document(inside))
        #expect(faults.first?.field == field, "\(faults)")
        #expect(faults.first?.message.contains(words) == true, "\(faults)")
        #expect(faults.allSatisfy { $0.severity == .note && $0.reason == .schemaInvalid && $0.position.line > 0 })
        #expect(faults.allSatisfy { !$0.message.contains("1234") && !$0.message.contains("2026") }, "\(faults)")
    }

    @Test func `tells no more than a hundred problems`() throws {
        let many = String(repeating: "<p:Dt>x</p:Dt>", count: 5000)
        #expect(try check(document("<p:Id>1</p:Id>" + many)).count <= 100)
    }

    @Test func `takes no schema for another namespace, and none that is none`() throws {
        #expect(try check("<Document xmlns='urn:u'/>").first?.message.contains("no schema of") == true)
        let including = Self.plain.replacing(
            "<xs:element name=\"Document\">",
            with: "<xs:include "
                + "schemaLocation=\"file:///etc/hostname\"/><xs:element name=\"Document\" type=\"Absent\"><!--")
        #expect(try check(document(""), schema: including).first?.message.contains("t.xsd") == true)
    }

    @Test func `opens no door that the reader keeps shut`() throws {
        #expect(throws: FileRefused.self) { try check("<!DOCTYPE a []>" + document("")) }
        #expect(throws: FileRefused.self) { try check(document(String(repeating: "<a>", count: 70))) }
    }

    private static let samples = LayoutTesting.shared.appending(path: "samples")
    private static let areHere = FileManager.default.fileExists(atPath: samples.appending(path: "iso20022_xsd").path)

    @Test(.enabled(if: areHere, "SKIPPED: shared/samples is not here"))
    func `shows no bank account of a real message that is not as its schema has it`() throws {
        let folder = Self.samples.appending(path: "iso20022_xsd")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        let schemas = try names.map { ($0, try LayoutTesting.bytes(folder.appending(path: $0))) }
        var told = 0
        for kind in ["pain002", "remt001", "camt054"] {
            let url = Self.samples.appending(path: kind)
            for name in try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() {
                let bytes = try LayoutTesting.bytes(url.appending(path: name))
                var check = SchemaCheck(schemas: schemas)
                try check.feed(bytes.span)
                let messages = try check.finish().map(\.message)
                told += messages.count
                for message in messages {
                    #expect(!message.contains(/[0-9]{4}/) && maskingBankNumbers(in: message, own: "") == message)
                }
            }
        }
        print("samples: \(told) notes by schema")
        #expect(told > 0)
    }
}
