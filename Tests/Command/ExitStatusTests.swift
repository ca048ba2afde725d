import Files
import Foundation
import Testing

/// How the command ends (sysexits.h).
@Suite(.enabled(if: Program.isBuilt))
struct ExitStatusTests {
    @Test func `never ends with another status than its outcome has`() throws {
        let office = try Office.busy()
        try office.write("good.csv", Office.lockbox())
        try office.write("cut.csv", Office.refused)
        try office.write("bad.jsonl", #"{"exception": "9-9-e9", "action": "note"}"# + "\n")
        let cases: [(arguments: [String], status: Int32)] = [
            (["run", "--settled"], 0), (["status"], 0), (["payments"], 0), (["verify"], 0), (["review", "list"], 0),
            (["inspect", "\(office.folder)/good.csv"], 0), (["inspect", "\(office.folder)/cut.csv"], 65),
            (["review", "apply", "\(office.folder)/bad.jsonl"], 65),
            (["review", "decide", "1-2-e1", "post", "--to", "4012345775=1.00"], 65),
            (["review", "decide", "1-2-e1", "post", "--to", "4012345775", "--dry-run"], 0),
            (["inspect", "\(office.folder)/nowhere.csv"], 74), (["review", "apply", "/nowhere.jsonl"], 74),
            (["frobnicate"], 64), (["run", "--frobnicate"], 64), (["payments", "--from", "yesterday"], 64),
            (["explain", "one"], 64), (["explain", "1-99"], 64), (["review", "show", "9-9-e9"], 64),
            (["accounts", "show", "1"], 64), (["explain", "1-1"], 0), (["export", "ledger", "--digest"], 0),
            (["accounts", "import", "\(office.folder)/good.csv"], 65),
            (["layout", "try", "\(office.folder)/good.csv", "default"], 0),
            (["layout", "try", "\(office.folder)/good.csv", "default", "--json"], 0),
            (["layout", "try", "\(office.folder)/cut.csv", "default"], 65),
            (["layout", "try", "\(office.folder)/good.csv", "riverbend"], 65),
            (["layout", "try", "\(office.folder)/good.csv", "\(office.folder)/bad.jsonl.yaml"], 74),
            (["layout", "try", "\(office.folder)/good.csv"], 64), (["layout", "guess", "/nowhere.csv"], 74),
            (["layout", "guess", "\(office.folder)/bad.jsonl"], 65),
        ]
        for (arguments, status) in cases {
            let result = try Program.run(arguments + ["--home", office.home, "--now", Office.now])
            #expect(result.status == status, "\(arguments.joined(separator: " ")): \(result.messages)")
            let said = result.messages + result.output
            #expect(said.count > 20 || status == 0, "\(arguments.joined(separator: " ")) says nothing")
        }
    }

    @Test func `never ends a run with 0 when a file was refused, nor with 65 for a repeat`() throws {
        let office = try Office()
        try office.drop("a.csv", Office.lockbox())
        #expect(try office.run("run", "--settled").status == 0)
        try office.drop("b.csv", Office.lockbox())
        #expect(try office.run("run", "--settled").status == 0)
        try office.drop("cut.csv", Office.refused)
        let result = try office.run("run", "--settled")
        #expect(result.status == 65)
        #expect(result.messages.contains("cut.csv") && result.messages.contains("file-truncated"))
    }

    @Test func `never works in a home that another run holds`() throws {
        let office = try Office()
        try office.drop("a.csv", Office.lockbox())
        let lock = try HomeLock("\(office.home)/work/.lock")
        #expect(lock != nil)
        #expect(try office.run("run", "--settled").status == 75)
        #expect(try office.run("payments").output.contains("51.37") == false)
        withExtendedLifetime(lock) {}
    }

    @Test func `never works without a home, a ledger or a right configuration`() throws {
        let office = try Office()
        #expect(try Program.run(["status", "--home", office.folder]).status == 69)
        #expect(try Program.run(["status"], in: office.folder).status == 69)
        #expect(try Program.run(["status"], in: office.home).status == 0)
        #expect(try Program.run(["init", office.home]).status != 0)
        #expect(try Program.run(["status", "--home", office.home, "--now", "noon"]).status == 64)
        let config = URL(filePath: "\(office.home)/config/sluice.yaml")
        let text = try Data(contentsOf: config)
        for (wrong, named) in [
            ("offic: X\n", "offic"), ("intake: {quiet_seconds: soon}\n", "quiet_seconds"), ("{", "sluice.yaml"),
            ("reconcile: {window_days: 99}\n", "window_days"), ("reconcile: {sums: [A B]}\n", "sums"),
        ] {
            try Data(wrong.utf8).write(to: config)
            let result = try office.run("run", "--settled")
            #expect(result.status == 78)
            #expect(result.messages.contains("config/sluice.yaml") && result.messages.contains(named))
        }
        try text.write(to: config)
        try FileManager.default.removeItem(atPath: "\(office.home)/sluice.sqlite")
        #expect(try office.run("status").status == 69)
        #expect(!FileManager.default.fileExists(atPath: "\(office.home)/sluice.sqlite"), "no empty ledger is made")
    }

    @Test func `never verifies what does not hold`() throws {
        let office = try Office.busy()
        #expect(try office.run("verify").status == 0)
        let file = "\(office.home)/review/open/1-2-e1/exception.json"
        try Data("{}".utf8).write(to: URL(filePath: file))
        let result = try office.run("verify")
        #expect(result.status == 1)
        #expect(result.lines.count == 1)
        #expect(result.output.hasPrefix("review/open/1-2-e1/exception.json was changed"))
    }
}
