import Foundation
import Testing

/// What the command says to somebody who asked wrongly: what is wrong, and where to look.
@Suite(.enabled(if: Program.isBuilt))
struct UsageTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var arguments: [String]
        var status: Int32
        var says: [String]

        var testDescription: String { arguments.joined(separator: " ") }
    }

    static let cases = [
        Case(arguments: ["review", "list", "--reason", "duplicat"], status: 64, says: ["is it", "duplicate"]),
        Case(
            arguments: ["review", "list", "--reason", "qqqq"], status: 64,
            says: ["it is one of", "sluice review list"]),
        Case(arguments: ["review", "decide", "nope", "post", "--to", "1"], status: 65, says: ["no exception nope"]),
        Case(arguments: ["review", "decide", "1-2-e1", "post"], status: 65, says: ["--to ACCOUNT"]),
        Case(arguments: ["payments", "--account", "123"], status: 64, says: ["no account 123", "sluice payments ["]),
        Case(arguments: ["payments", "--intake", "77"], status: 64, says: ["no intake 77"]),
        Case(
            arguments: ["payments", "--from", "2026-03-02", "--to", "2026-03-01"], status: 64, says: ["is after --to"]),
        Case(
            arguments: ["rules", "restore", "number-alon", "--note", "x"], status: 64,
            says: ["no rule or stop \"number-alon\"", "is it number-alone"]),
    ]

    @Test(arguments: cases) func `never leaves who asked wrongly without a hint`(item: Case) throws {
        let office = try Office.busy()
        let result = try Program.run(item.arguments + ["--home", office.home])
        #expect(result.status == item.status, "\(result.messages)")
        #expect(result.output.isEmpty)
        for words in item.says { #expect(result.messages.contains(words), "\(result.messages)") }
    }

    @Test func `never says that a rule posts where it only suggests`() throws {
        let office = try Office.busy()
        let shown = try office.run("rules", "show", "number-alone")
        #expect(shown.status == 0 && !shown.output.contains("only suggests since"))
        #expect(
            try object(try office.run("rules", "show", "number-and-amount", "--json").output)["demoted"] as? Bool
                == false)
    }

    @Test func `never imports rows badly in silence`() throws {
        let office = try Office()
        try office.write("f.csv", "account,flag\n4012345775,Bankrupt\n1,dispute\n")
        let result = try office.run("accounts", "import", "\(office.folder)/f.csv")
        #expect(result.status == 0)
        #expect(result.messages.contains("not loaded: f.csv:3"))
        #expect(result.messages.contains("does not name: bankrupt (1)"))
        #expect(
            result.messages.split(separator: "\n").last?.hasPrefix("NOT LOADED: 1 row,") == true, "\(result.messages)")
        let data = try object(try office.run("accounts", "import", "\(office.folder)/f.csv", "--json").output)
        #expect((data["unnamed_flags"] as? [[String: Any]])?.first?["flag"] as? String == "bankrupt")
        #expect(data["bad_row_count"] as? Int == 1)
        try office.write("extract.csv", "as_of\nyesterday\n")
        let refused = try office.run("accounts", "import", "\(office.folder)/extract.csv")
        #expect(refused.status == 65)
        #expect(refused.messages.contains("extract.csv:2: field as_of holds \"yesterday\", expected a date"))
    }
}
