import Foundation
import Matching
import Testing

/// The rules in `docs/matching.md`, and the examples that `sluice rules show` prints, are written from the rule book
/// and its small worlds (`make docs`).
struct MatchingPageTests {
    private static let page = RuleFixture.root.appending(path: "docs/matching.md")
    private static let source = RuleFixture.root.appending(path: "Sources/Matching/Rules/RuleExamples.swift")
    private static let start = "## The rules\n"

    @Test func `no rule is missing from its page, nor told there in other words`() throws {
        let old = try String(contentsOf: Self.page, encoding: .utf8)
        let prose = old.range(of: Self.start).map { String(old[..<$0.lowerBound]) } ?? old + "\n"
        try hold(Self.page, prose + rules())
    }

    @Test func `no example of the command is another than its world`() throws {
        try hold(Self.source, try examples())
    }

    private func hold(_ file: URL, _ text: String) throws {
        if ProcessInfo.processInfo.environment["SLUICE_UPDATE_GOLDEN"] == "1" { try Data(text.utf8).write(to: file) }
        #expect(try String(contentsOf: file, encoding: .utf8) == text, "`make docs` writes \(file.path) anew")
    }

    // MARK: The page

    private func rules() throws -> String {
        let rules = RuleBook.entries.filter { $0.kind == .rule }
        let stops = RuleBook.entries.filter { $0.kind == .stop }
        let intro = "In the order in which they are asked; the first that has something to say decides.\n\n"
        let stopped = "Each is asked of whatever a rule would post, in this order.\n\n"
        return try Self.start + "\n" + intro + list(rules) + rules.map(section).joined()
            + "\n## The stops\n\n" + stopped + list(stops) + stops.map(section).joined()
            + "\n## Outside the rules\n\nPayments also bear the names of what decides before or beside the rules.\n\n"
            + outside() + "\nThe rules and stops on this page are written by `make docs`.\n"
    }

    private func outside() -> String {
        let rows = RuleBook.outside.map { "| `\($0.id)` | \($0.needs) | \($0.does) |\n" }
        return "| name and version | when | what it does |\n|---|---|---|\n" + rows.joined()
    }

    private func list(_ entries: [RuleEntry]) -> String {
        let rows = entries.map { entry in
            let link = "[\(entry.id)](#\(entry.name)\(entry.version))"
            return "| \(entry.order) | \(link) | \(proofs(entry)) | \(entry.text.needs) |\n"
        }
        return "| | name and version | proof | needs |\n|---:|---|---|---|\n" + rows.joined()
    }

    private func proofs(_ entry: RuleEntry) -> String {
        entry.text.proofs.isEmpty ? "holds" : entry.text.proofs.map(\.rawValue).joined(separator: ", ")
    }

    private func section(_ entry: RuleEntry) throws -> String {
        let head = """

            ### \(entry.id)

            - Needs: \(entry.text.needs)
            - Proof: \(entry.text.proofs.isEmpty ? "none, it only holds" : proofs(entry)).
            - Silent: \(entry.text.silent)

            """
        return head + (try RuleFixture.of(entry.name).map(example).joined())
    }

    private func example(_ fixture: RuleFixture) throws -> String {
        let (world, says) = (try RuleWorld(fixture.text), try fixture.says())
        let fence = fixture.kind == .silent ? "diff" : "text"
        let what = fixture.kind == .silent ? "Counter-world" : "World"
        return """

            \(what) [\(fixture.name)](../\(fixture.path)): \(world.title)

            ```\(fence)
            \(fixture.body)
            ```

            Sluice: \(says)

            """
    }

    // MARK: The examples

    private func examples() throws -> String {
        let entries = try RuleBook.entries.map { entry in
            let fixtures = RuleFixture.of(entry.name)
            let shown = try #require(fixtures.first { "\($0.rule)/\($0.name)" == entry.exampleID })
            let silent = try #require(fixtures.first { $0.kind == .silent })
            return """
                        "\(entry.name)": RuleExample(
                            title: \(block(try RuleWorld(shown.text).title)),
                            world: \(block(shown.body)),
                            why: \(block(try shown.says())),
                            silentTitle: \(block(try RuleWorld(silent.text).title)),
                            silentWorld: \(block(silent.body)),
                            silentWhy: \(block(try silent.says()))),

                """
        }
        return """
            // Written by `make docs` from Tests/Fixtures/rules. Change the worlds, not this file.

            extension RuleBook {
                /// The worked example of each rule and stop, by its name.
                static let examples: [String: RuleExample] = [
            \(entries.joined())    ]
            }

            """
    }

    private func block(_ text: String) -> String {
        let indent = String(repeating: " ", count: 16)
        let lines = text.split(separator: "\n").flatMap { wrapped($0) }
        return "#\"\"\"\n\(lines.map { indent + $0 + "\n" }.joined())\(indent)\"\"\"#"
    }

    /// A line of text as several of a literal, which no line of the source is too long for.
    private func wrapped(_ text: Substring) -> [String] {
        guard text.count > 100, let blank = text.prefix(100).lastIndex(of: " ") else { return [String(text)] }
        return [text[...blank] + "\\#"] + wrapped(text[text.index(after: blank)...])
    }
}

extension RuleFixture {
    /// The text without the line that says what it shows.
    fileprivate var body: String { text.split(separator: "\n").filter { !$0.hasPrefix("#") }.joined(separator: "\n") }

    /// What Sluice says of the world as it is.
    fileprivate func says() throws -> String { try RuleWorld(text).decide().why }
}
