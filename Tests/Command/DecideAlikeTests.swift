import Foundation
import Testing

/// What spares a reviewer typing: twins side by side, a deposit decided at once, a candidate taken as it stands.
@Suite(.enabled(if: Program.isBuilt))
struct DecideAlikeTests {
    /// The deposit of `Office.lockbox`, sent again in other bytes; more may follow in another batch.
    private static let again = Office.lockbox().replacing("for the water", with: "for water, sent again,")
        .replacing("for water, sent again, Pat Payer", with: "\"for water, sent again\"")

    private static func office() throws -> Office {
        let office = try Office()
        try office.drop("a.csv", Office.lockbox())
        try office.run("run", "--settled")
        try office.drop("b.csv", again)
        try office.run("run", "--settled")
        return office
    }

    @Test func `twins are never shown without what differs, and never with a number in clear`() throws {
        let office = try Self.office()
        let shown = try office.run("review", "show", "2-2-e1").output
        #expect(shown.contains("this one, 2-2") && shown.contains("its twin, 1-2"))
        let marked = shown.split(separator: "\n").filter { $0.hasSuffix("differs") }
            .map { $0.split(separator: " ")[0] }
        #expect(marked == ["file", "status", "memo"])
        #expect(shown.contains("Likely told-twice: Both files tell the deposit of 2026-03-02"))
        #expect(!shown.contains(Office.canary))
    }

    @Test func `a deposit told twice is decided at once, and nothing else with it`() throws {
        let office = try Self.office()
        let first = try office.run("review", "decide", "2-1-e1", "duplicate", "--kind", "told-twice", "--deposit")
        #expect(first.status == 0 && first.output.contains("2-1-e1: duplicate carried out"))
        #expect(first.output.contains("2-2-e1: duplicate carried out"))
        let queue = try office.run("review", "list", "--json").lines
        #expect(try queue.map { try object($0)["id"] as? String } == ["1-2-e1"])
        #expect(try office.run("verify").status == 0)
    }

    @Test func `a deposit told twice never takes along what another deposit told`() throws {
        let office = try Office()
        func file(_ box: String, _ rows: [String]) -> String {
            let cents = rows.map { Int($0.split(separator: ",")[1].replacing(".", with: ""))! }.reduce(0, +)
            let total = "\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
            return "record,lockbox,deposit_date,batch,item,amount,check_number,routing,bank_account\n"
                + rows.map { "P,\(box),2026-03-02,1,\($0)\n" }.joined()
                + "B,\(box),2026-03-02,1,\(rows.count),\(total),,,\nT,,,1,\(rows.count),\(total),,,\n"
        }
        let (one, other) = ("50.11,901,021000021,111", "51.11,902,021000021,222")
        for (name, box, rows) in [
            ("a.csv", "7001", ["1,\(one)", "2,20.00,903,021000021,333"]), ("b.csv", "7002", ["1,\(other)"]),
            ("c.csv", "7001", ["1,\(one)", "2,\(other)"]),
        ] {
            try office.drop(name, file(box, rows))
            try office.run("run", "--settled")
        }
        let shown = try office.run("review", "show", "3-2-e1").output
        #expect(shown.split(separator: "\n").contains { $0.hasPrefix("lockbox ") && $0.hasSuffix("differs") })
        #expect(shown.contains("Likely presented-twice"))
        let arguments = ["review", "decide", "3-1-e1", "duplicate", "--kind", "told-twice", "--deposit"]
        for arguments in [arguments + ["--dry-run"], arguments] {
            let output = try Program.run(arguments + ["--home", office.home]).output
            #expect(output.contains("1 suspected duplicate over 50.11, told by a.csv, intake 1, too:"))
            #expect(!output.contains("3-2-e1"))
        }
        #expect(try office.run("verify").status == 0)
    }

    @Test(
        "The deposit is decided for duplicates of a kind only",
        arguments: [
            ["post", "--to", Office.accounts[0], "--deposit"], ["duplicate", "--deposit"],
            ["duplicate", "--kind", "told-twice", "--candidate", "1", "--deposit"],
        ])
    func refused(arguments: [String]) throws {
        let office = try Self.office()
        let result = try Program.run(["review", "decide", "2-1-e1"] + arguments + ["--home", office.home])
        #expect(result.status == 64)
    }

    @Test func `a candidate is never taken for another amount than it proposes`() throws {
        let office = try Office()
        try office.drop(
            "a.csv",
            """
            record,lockbox,deposit_date,batch,item,amount,check_number,routing,bank_account,\
            remitter,account,bill,line_amount
            P,7001,2026-03-02,1,1,104.11,,,,,,W1,51.73
            P,7001,2026-03-02,1,1,104.11,,,,,,W2,52.74
            B,7001,2026-03-02,1,1,104.11,,,,,,,
            T,,,1,1,104.11,,,,,,,

            """)
        try office.run("run", "--settled")
        #expect(try office.run("review", "show", "1-1-e1").messages.contains("1-1-e1 split --candidate 1"))
        #expect(try office.run("review", "decide", "1-1-e1", "split", "--candidate", "9").status == 64)
        #expect(try office.run("review", "decide", "1-1-e1", "split", "--candidate", "1").status == 0)
        let payment = try object(try office.run("payments", "--json").lines[0])
        let allocations = try #require(payment["allocations"] as? [[String: Any]])
        #expect(allocations.map { $0["bill"] as? String } == ["W1", "W2"])
        #expect(allocations.map { $0["amount"] as? String } == ["51.37", "52.74"])
        #expect(try office.run("verify").status == 0)
    }
}
