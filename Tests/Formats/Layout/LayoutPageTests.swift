import Foundation
import Model
import Testing

@testable import Formats

/// The pages on layouts say what the program does.
struct LayoutPageTests {
    static let docs = LayoutTesting.root.appending(path: "docs")

    /// The fenced block of a page with that word behind its fence.
    static func block(_ word: String, of page: String) throws -> String {
        let text = try String(contentsOf: docs.appending(path: page), encoding: .utf8)
        let start = try #require(text.range(of: "```\(word)\n")?.upperBound)
        let end = try #require(text.range(of: "\n```", range: start..<text.endIndex)?.lowerBound)
        return String(text[start..<end]) + "\n"
    }

    @Test func `the worked example reads nothing else than its page says`() throws {
        let page = "adding-a-bank.md"
        let layout = try Layout(yaml: try Self.block("yaml", of: page), file: "millbrook.yaml")
        let bytes = Array(try Self.block("csv", of: page).utf8)
        let formats = try LayoutTesting.formats() + [layout.format]
        #expect(try recognise(bytes, among: formats).layout == "millbrook")
        let reading = LayoutTesting.read(bytes, among: formats)
        let file = Self.docs.appending(path: page)
        if ProcessInfo.processInfo.environment["SLUICE_UPDATE_GOLDEN"] == "1" {
            let text = try String(contentsOf: file, encoding: .utf8)
            let old = try Self.block("text", of: page)
            try Data(text.replacing("```text\n" + old, with: "```text\n" + reading.text).utf8).write(to: file)
        }
        #expect(try Self.block("text", of: page) == reading.text)
    }

    @Test func `the draft of the worked example reads no other amounts`() throws {
        let page = "adding-a-bank.md"
        let bytes = Array(try Self.block("csv", of: page).utf8)
        let layout = try Layout(yaml: try Self.block("yaml", of: page), file: "millbrook.yaml")
        let draft = try Layout(yaml: LayoutGuess(of: bytes, name: "millbrook").yaml, file: "draft.yaml")
        let (own, drafted) = (LayoutTesting.read(bytes, layout), LayoutTesting.read(bytes, draft))
        #expect(StatementTests.amounts(drafted) == StatementTests.amounts(own))
        #expect(drafted.items.map(\.depositDate) == own.items.map(\.depositDate))
    }

    @Test func `no word of the layout language is missing from its page`() throws {
        let text = try String(contentsOf: Self.docs.appending(path: "layouts.md"), encoding: .utf8)
        let words =
            Role.allCases.map(\.name) + RecordKind.allCases.map(\.rawValue) + Deviation.allCases.map(\.rawValue)
            + Encoding.allCases.map(\.rawValue) + SourceEncoding.allCases.map(\.rawValue) + Layout.formatNames
            + ColumnTest.words.map(\.0)
        for word in words { #expect(text.contains("`\(word)`"), "\(word)") }
    }
}
