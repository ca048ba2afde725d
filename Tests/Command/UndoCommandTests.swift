import Foundation
import Testing

/// Undo and its preview at the command line, and a program that is killed inside.
@Suite(.enabled(if: Program.isBuilt))
struct UndoCommandTests {
    private static func office() throws -> Office {
        let office = try Office()
        try office.drop("a.csv", Office.lockbox())
        try office.run("run", "--settled")
        return office
    }

    @Test func `what has left is never told after it is called back`() throws {
        let office = try Self.office()
        #expect(try office.run("review", "decide", "1-2-e1", "refund", "--payee", "Jo Doe").status == 0)
        try office.run("run", "--settled")
        let undone = try office.run("review", "undo", "1-2-e1", "--note", "wrong")
        #expect(
            undone.lines == [
                "  already out: Posting batch 2 told it to the billing system and the general ledger.",
                "  already out: Refund order 1 has left: 60.00 back to Jo Doe.", "1-2-e1: undo carried out",
                "  refund order 2: cancels order 1: 60.00 back to Jo Doe",
            ])
        #expect(try office.run("review", "undo", "1-2-e1").status == 65)
        #expect(try office.run("verify").status == 0)
    }

    @Test func `a dry run never changes anything, and says count, total and effect`() throws {
        let office = try Self.office()
        try office.write("d.jsonl", #"{"exception": "1-2-e1", "action": "not-ours"}"# + "\n{}\n")
        let before = try office.run("export", "ledger", "--digest").output
        let shown = try office.run("review", "apply", "\(office.folder)/d.jsonl", "--dry-run")
        #expect(shown.output.contains("not-ours          1   60.00"))
        #expect(shown.output.contains("due-to-others   -60.00"))
        let json = try office.run("review", "apply", "\(office.folder)/d.jsonl", "--dry-run", "--json").lines
        let effect = try #require(try object(json[0])["effect"] as? [String: Any])
        #expect(
            (effect["journal"] as? [[String: Any]])?.map { $0["ledger_account"] as? String } == [
                "suspense", "due-to-others",
            ])
        #expect((effect["after"] as? [String: Any])?["books"] as? String == "due-to-others")
        let decided = try office.run("review", "decide", "1-2-e1", "return-to-sender", "--dry-run")
        #expect(decided.output.contains("refunds-payable") && decided.output.contains("back to its sender Pat Payer"))
        #expect(try office.run("export", "ledger", "--digest").output == before)
        #expect(try office.run("verify").status == 0)
    }

    @Test func `status never forgets a visit that is held`() throws {
        let office = try Self.office()
        try office.write(
            "turnoffs.csv", "account,order,visit_on,window,amount_to_stop\n4012345775,T-1,2026-03-06,,51.37\n")
        #expect(try office.run("accounts", "import", "\(office.folder)/turnoffs.csv").status == 0)
        #expect(try office.run("review", "decide", "1-2-e1", "protect", "--to", "4012345775").status == 0)
        let status = try object(try office.run("status", "--json").lines[0])
        let holds = try #require(status["holds"] as? [[String: Any]])
        #expect(holds.map { $0["account"] as? String } == ["4012345775"])
        #expect(try office.run("status").output.contains("nobody turns account 4012345775 off by order T-1 until"))
    }

    /// 700 decisions and as many undos in one file, killed at some moments: all of a group of 500 stands, or nothing.
    @Test func `never shows that a bulk of decisions and undos was killed`() throws {
        let checks = (1...700).map { "P,7001,2026-03-02,1,\($0),1.00,\($0),,,Pat Payer,,,,," }
        let file =
            ([
                "record,lockbox,deposit_date,batch,item,amount,check_number,routing,bank_account,remitter,account,bill,"
                    + "line_amount,scanline,memo"
            ] + checks + ["B,7001,2026-03-02,1,700,700.00,,,,,,,,,", "T,,,1,700,700.00,,,,,,,,,"])
            .joined(separator: "\n") + "\n"
        let office = try Office()
        try office.drop("a.csv", file)
        try office.run("run", "--settled")
        let lines = (1...700).map { n in
            #"{"exception": "1-\#(n)-e1", "action": "\#(n % 2 == 0 ? "return-to-sender" : "not-ours")"}"# + "\n"
                + #"{"exception": "1-\#(n)-e1", "action": "undo"}"# + "\n"
        }
        try office.write("d.jsonl", lines.joined())
        for moment in [40, 120, 300, 600, 1_000, 2_000] {
            try Self.kill(after: moment, ["review", "apply", "\(office.folder)/d.jsonl"], office)
            try office.run("run", "--settled")
            let verified = try office.run("verify")
            #expect(verified.status == 0, "killed after \(moment) ms: \(verified.output.prefix(500))")
        }
    }

    private static func kill(after milliseconds: Int, _ arguments: [String], _ office: Office) throws {
        let process = Process()
        process.executableURL = URL(filePath: try #require(Program.path))
        process.arguments = arguments + ["--home", office.home, "--now", Office.now]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        usleep(UInt32(milliseconds) * 1_000)
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
