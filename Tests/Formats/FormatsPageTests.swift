import Foundation
import Model
import Testing

@testable import Formats

/// `docs/formats.md` tells of every format that `sluice formats` lists.
struct FormatsPageTests {
    /// The page's sections by their headings.
    private static func sections() throws -> [String: String] {
        let page = try String(contentsOf: LayoutPageTests.docs.appending(path: "formats.md"), encoding: .utf8)
        let parts = ("\n" + page).components(separatedBy: "\n## ").dropFirst()
        let pairs = parts.map { part in
            let lines = part.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(lines[0]), lines.count > 1 ? String(lines[1]) : "")
        }
        return Dictionary(pairs) { first, _ in first }
    }

    @Test func `no format or layout is missing from its page, and none becomes what the page does not say`() throws {
        let sections = try Self.sections()
        for format in try builtInFormats + LayoutTesting.formats() {
            let section = try #require(sections[format.name], "\(format.name) has no section")
            for kind in format.becomes {
                #expect(section.contains("`\(kind.rawValue)`"), "\(format.name): \(kind)")
            }
        }
    }

    @Test func `no format becomes nothing`() throws {
        for format in try builtInFormats + LayoutTesting.formats() {
            #expect(!format.becomes.isEmpty, "\(format.name)")
        }
    }

    @Test func `every kind of item ends somewhere on the page`() throws {
        let section = try #require(try Self.sections()["Where each kind ends"])
        for kind in ItemKind.allCases { #expect(section.contains("`\(kind.rawValue)`"), "\(kind)") }
    }
}
