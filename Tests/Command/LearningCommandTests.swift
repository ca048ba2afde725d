import Foundation
import Testing

/// What the commands about rules print, and what they refuse.
@Suite(.enabled(if: Program.isBuilt))
struct LearningCommandTests {
    @Test func `never explains a posted payment without its evidence`() throws {
        let office = try Office.busy()
        let result = try office.run("explain", "1-1")
        #expect(result.status == 0)
        #expect(result.output.contains("Why: account number read clean"))
        #expect(result.output.contains("its number was read clean"))
        let data = try object(try office.run("explain", "1-1", "--json").output)
        let evidence = try #require(data["evidence"] as? [[String: Any]])
        #expect(evidence.first?["account"] as? String == Office.accounts[0])
        #expect(Set(evidence[0].keys) == ["account", "name", "score", "evidence", "posting"])
        #expect(data["why"] as? String != nil && data["asked_again"] is NSNull)
    }

    @Test func `never tells sums of a backtest that its findings do not make up`() throws {
        let office = try Office.busy()
        let result = try office.run("rules", "backtest", "--from", "2026-03-01", "--to", "2026-03-31", "--json")
        #expect(result.status == 0)
        #expect(result.lines.count == 1)
        let sums = try object(result.lines[0])
        #expect((sums["posted_then"] as? [String: Any])?["count"] as? Int == 1)
        #expect((sums["new"] as? [String: Any])?["count"] as? Int == 0)
        let refusals: [(arguments: [String], status: Int32)] = [
            (["--from", "2026-03-02", "--to", "2026-03-01"], 64), (["--from", "yesterday", "--to", "2026-03-01"], 64),
            (["--from", "2026-03-01", "--to", "2026-03-02", "--set", "unusual_times"], 64),
            (["--from", "2026-03-01", "--to", "2026-03-02", "--set", "unknown=1"], 78),
        ]
        for (arguments, status) in refusals {
            let refused = try Program.run(["rules", "backtest", "--home", office.home] + arguments)
            #expect(refused.status == status, "\(arguments)")
            #expect(refused.output.isEmpty)
        }
    }

    @Test func `never answers a proposal or restores a rule that is not there`() throws {
        let office = try Office.busy()
        #expect(try office.run("rules", "proposals", "--json").output.isEmpty)
        #expect(try office.run("rules", "proposals", "accept", "p0").status == 65)
        #expect(try office.run("rules", "restore", "number-alone", "--note", "why not").status == 65)
        let rules = try #require(try object(try office.run("status", "--json").output)["rules"] as? [[String: Any]])
        #expect(rules.count == 1)
        #expect(rules[0]["postings"] as? Int == 1 && rules[0]["demoted"] as? Bool == false)
    }

    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }
}
