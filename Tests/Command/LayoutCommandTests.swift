import Foundation
import Testing

/// `sluice layout`: what the page on adding a bank shows.
@Suite(.enabled(if: Program.isBuilt))
struct LayoutCommandTests {
    /// The fenced block of the page with that word behind its fence.
    private func block(_ word: String) throws -> String {
        let page = Program.root.appending(path: "docs/adding-a-bank.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let start = try #require(text.range(of: "```\(word)\n")?.upperBound)
        let end = try #require(text.range(of: "\n```", range: start..<text.endIndex)?.lowerBound)
        return String(text[start..<end]) + "\n"
    }

    private func folder() throws -> String {
        let folder = NSTemporaryDirectory() + "sluice-layout-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(try block("csv").utf8).write(to: URL(filePath: "\(folder)/millbrook.csv"))
        try Data(try block("yaml").utf8).write(to: URL(filePath: "\(folder)/millbrook.yaml"))
        return folder
    }

    @Test func `the page shows no other output than the command's`() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let console = try block("console")
        let command = try #require(console.split(separator: "\n").first)
        let arguments = command.split(separator: " ").dropFirst(2).map(String.init)
        let result = try Program.run(arguments, in: folder)
        #expect(result.status == 0)
        #expect("\(command)\n" + result.output == console)
    }

    @Test func `no draft is printed without its marks, and it can be tried as it is`() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let draft = try Program.run(["layout", "guess", "millbrook.csv", "--name", "draft"], in: folder)
        #expect(draft.status == 0)
        #expect(draft.output.contains("# check this"))
        #expect(draft.messages.contains("check: "))
        try Data(draft.output.utf8).write(to: URL(filePath: "\(folder)/draft.yaml"))
        let tried = try Program.run(["layout", "try", "millbrook.csv", "draft.yaml", "--json"], in: folder)
        #expect(tried.status == 0)
        #expect(tried.lines.count == 4)
        #expect(tried.lines.allSatisfy { $0.hasPrefix("{") })
    }
}
