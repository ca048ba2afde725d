import Foundation
import Testing

/// `sluice review work`: the queue in a terminal, here by a pipe.
struct DeskTests {
    /// An office with a check over 60.00 as `1-1-e1` that names an account by a memo which it does not fit, and one
    /// whose payer nobody knows as `1-2-e1`.
    private func office() throws -> Office {
        let office = try Office()
        let lines = [
            "record,lockbox,deposit_date,batch,item,amount,check_number,routing,bank_account,remitter,account,memo",
            "P,7001,2026-03-02,1,1,60.00,3001,121042882,\(Office.canary),Pat Brandt,,for the water",
            "P,7001,2026-03-02,1,2,51.37,3002,121042882,8899776655,Nobody Known,,",
            "B,7001,2026-03-02,1,2,111.37,,,,,,", "T,,,1,2,111.37,,,,,,", "",
        ]
        try office.drop("a.csv", lines.joined(separator: "\n"))
        try office.run("run", "--settled")
        return office
    }

    private func books(_ office: Office) throws -> [String] {
        try office.run("payments", "--json").lines.map { line in
            try #require(try object(line)["books"] as? String)
        }
    }

    @Test func `never posts by one key what must be looked at first`() throws {
        let office = try office()
        let said = try office.run("review", "work", input: "aq")
        #expect(said.status == 0)
        #expect(said.messages.contains("Look first: 8.63 of it would be credit"), "\(said.messages)")
        #expect(try books(office) == ["suspense", "suspense"])
        _ = try office.run("review", "work", input: "ayq")
        #expect(try books(office) == ["posted", "suspense"])
    }

    @Test func `never takes the end of a line in a pipe for a key`() throws {
        let office = try office()
        let said = try office.run("review", "work", input: "\n\nq\n")
        #expect(!said.messages.contains("Look first") && said.output.contains("0 decisions made"), "\(said)")
        #expect(try books(office) == ["suspense", "suspense"])
    }

    @Test func `never keeps what it leaves`() throws {
        let office = try office()
        _ = try office.run("review", "work", input: "nq")
        for line in try office.run("review", "list", "--json").lines {
            #expect(try object(line)["claimed_by"] is NSNull)
        }
    }

    @Test func `never leaves a decision of a sitting that cannot be called back`() throws {
        let office = try office()
        _ = try office.run("review", "work", input: "ayuq")
        #expect(try books(office) == ["suspense", "suspense"])
        #expect(try office.run("verify").status == 0)
    }

    @Test func `never falls over a queue without work`() throws {
        let empty = try Office()
        #expect(try empty.run("review", "list").output == "nothing waits for review\n")
        #expect(try empty.run("review", "work", input: "q").output.contains("nothing is left to decide here"))
        let other = try office().run("review", "list", "--reason", "cash-only").output
        #expect(other == "nothing of this kind waits for review; 2 exceptions in all\n")
    }

    @Test func `never posts to what a search did not list`() throws {
        let office = try office()
        let said = try office.run("review", "work", input: "n/Corliss\n2q")
        #expect(said.output.contains("4024691547"), "\(said)")
        #expect(try books(office) == ["suspense", "suspense"])
        _ = try office.run("review", "work", input: "n/Corliss\n1q")
        #expect(try books(office) == ["suspense", "posted"])
    }
}
