import Foundation
import Model
import Testing

/// `docs/reasons.md` is written from the catalogue (`make docs`).
struct ReasonsPageTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static var page: String {
        let intro = """
            # Reasons

            Why a file, a batch, an item or a document did not go through, or what was noted of it. `sluice explain` and
            `sluice review list` name them; when several apply to one item, the first of this list is given. Each has an
            example: the smallest input that provokes it, and what Sluice says of it.

            | code | what is the matter | what to do | example |
            |---|---|---|---|

            """
        let rows = Reason.allCases.map { reason in
            let folder = "Tests/Fixtures/errors/\(reason.rawValue)"
            let hasFolder = FileManager.default.fileExists(atPath: root.appending(path: folder).path)
            let example = hasFolder ? "[folder](../\(folder)/)" : "none"
            return "| `\(reason.rawValue)` | \(cell(reason.sentence)) | \(cell(reason.remedy)) | \(example) |\n"
        }
        return intro + rows.joined() + "\nThis page is written by `make docs`.\n"
    }

    private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }

    @Test func `no reason is missing from its page, nor told there in other words`() throws {
        let file = Self.root.appending(path: "docs/reasons.md")
        if ProcessInfo.processInfo.environment["SLUICE_UPDATE_GOLDEN"] == "1" {
            try Data(Self.page.utf8).write(to: file)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == Self.page, "`make docs` writes it anew")
    }
}
