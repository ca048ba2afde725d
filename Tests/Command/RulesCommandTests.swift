import Foundation
import Testing

/// `sluice rules`: what an auditor or a clerk asks of the rule book.
@Suite(.enabled(if: Program.isBuilt))
struct RulesCommandTests {
    @Test func `no rule or stop of the list is without its page`() throws {
        let list = try Program.run(["rules", "list", "--json"])
        #expect(list.status == 0)
        for line in list.lines {
            let entry = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            let name = try #require(entry["rule"] as? String)
            let shown = try Program.run(["rules", "show", name])
            #expect(shown.status == 0)
            #expect(shown.output.contains("At work.") && shown.output.contains("Silent."), "\(name)")
        }
        #expect(list.lines.count > 20)
    }

    @Test func `the table holds every name and version that the JSON has`() throws {
        let table = try Program.run(["rules", "list"]).output
        for line in try Program.run(["rules", "list", "--json"]).lines {
            let entry = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            #expect(table.contains("\(entry["rule"]!)/\(entry["version"]!)"))
        }
    }

    @Test(
        "An unknown rule shows nothing, and names those that may be meant",
        arguments: [
            ("number-alon", "number-alone"), ("nmber-repaired/1", "number-repaired"), ("cash-only", "stop-cash-only"),
            ("nmber", "number-alone"),
            ("xyz", "sluice rules list"),
        ])
    func unknown(name: String, hint: String) throws {
        let result = try Program.run(["rules", "show", name])
        #expect(result.status == 64)
        #expect(result.output.isEmpty)
        #expect(result.messages.contains(hint))
    }

    @Test func `a name with its version is the same rule, and its JSON has both worlds`() throws {
        let plain = try Program.run(["rules", "show", "number-alone", "--json"])
        #expect(plain.status == 0)
        #expect(plain.output.contains("\"at_work\"") && plain.output.contains("\"silent\""))
        #expect(try Program.run(["rules", "show", "number-alone/1", "--json"]).output == plain.output)
    }
}
