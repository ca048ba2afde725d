import Foundation
import Testing

/// What a reviewer reads: what each candidate would do to the book as it stands now, and no advice that loses money.
@Suite(.enabled(if: Program.isBuilt))
struct ReviewShowTests {
    private static let head = """
        record,lockbox,deposit_date,batch,item,amount,check_number,routing,bank_account,\
        remitter,account,bill,line_amount
        """

    /// A list over W1 and W2 whose first line is misread waits as `1-1-e1`.
    private static func list() throws -> Office {
        let office = try Office()
        try office.drop(
            "a.csv",
            """
            \(head)
            P,7001,2026-03-02,1,1,104.11,,,,,,W1,51.73
            P,7001,2026-03-02,1,1,104.11,,,,,,W2,52.74
            B,7001,2026-03-02,1,1,104.11,,,,,,,
            T,,,1,1,104.11,,,,,,,

            """)
        try office.run("run", "--settled")
        return office
    }

    @Test func `what a candidate would post is never left to guess`() throws {
        let office = try Self.list()
        let shown = try office.run("review", "show", "1-1-e1")
        for part in [
            "would post 51.37 to account \(Office.accounts[0]), bill W1",
            "would post 52.74 to account \(Office.accounts[1]), bill W2",
        ] { #expect(shown.output.contains(part)) }
        #expect(shown.messages.contains("split --candidate 1"))
        let dry = try office.run("review", "decide", "1-1-e1", "split", "--candidate", "1", "--dry-run").output
        #expect(dry.contains("would post 52.74 to account \(Office.accounts[1]), bill W2"))
        #expect(try office.run("review", "list", "--json").lines.count == 1)
    }

    @Test func `a proposal never posts to a bill that was paid since`() throws {
        let office = try Self.list()
        try office.drop(
            "b.csv",
            """
            \(Self.head)
            P,7002,2026-03-02,1,1,52.74,77,,,,\(Office.accounts[1]),,
            B,7002,2026-03-02,1,1,52.74,,,,,,,
            T,,,1,1,52.74,,,,,,,

            """)
        try office.run("run", "--settled")
        let shown = try office.run("review", "show", "1-1-e1")
        #expect(shown.output.contains("bill W2 of account \(Office.accounts[1]) is paid since"))
        #expect(shown.output.contains("would post 52.74 to account \(Office.accounts[1]), as credit"))
        #expect(!shown.messages.contains("--candidate 1"))
        let refused = try office.run("review", "decide", "1-1-e1", "split", "--candidate", "1")
        #expect(refused.status == 65 && refused.messages.contains("is paid since"))
        #expect(try office.run("review", "list", "--json").lines.count == 1)
    }

    @Test func `a candidate that proposes nothing is never split`() throws {
        let office = try Self.list()
        let refused = try office.run("review", "decide", "1-1-e1", "split", "--candidate", "2")
        #expect(refused.status == 65 && refused.messages.contains("proposes nothing"))
    }

    @Test func `an account that only the amount speaks for is never advised`() throws {
        let office = try Office()
        for (name, payer) in [("a.csv", "A Stranger"), ("b.csv", "P Corliss")] {
            try office.drop(
                name,
                """
                \(Self.head)
                P,7001,2026-03-02,1,1,\(name == "a.csv" ? "51.37" : "50.00"),,,,\(payer),,,
                B,7001,2026-03-02,1,1,\(name == "a.csv" ? "51.37" : "50.00"),,,,,,,
                T,,,1,1,\(name == "a.csv" ? "51.37" : "50.00"),,,,,,,

                """)
            try office.run("run", "--settled")
        }
        let alone = try office.run("review", "show", "1-1-e1")
        #expect(alone.output.contains(Office.accounts[0]) && alone.output.contains("exactly the total due"))
        #expect(!alone.messages.contains("first candidate") && alone.messages.contains("next:"))
        #expect(try office.run("review", "show", "2-1-e1").messages.contains("if it is for the first candidate"))
    }

    @Test func `a duplicate is never advised to be posted, and its kind is never left unsaid`() throws {
        let office = try Office()
        for name in ["a.csv", "b.csv"] {
            try office.drop(name, Office.lockbox().replacing("for the water", with: "for the water of \(name)"))
            try office.run("run", "--settled")
        }
        let hint = try office.run("review", "show", "2-2-e1").messages
        #expect(hint.contains("duplicate --kind told-twice") && hint.contains("--deposit"))
        #expect(!hint.contains("post --to"))
        let done = try office.run("review", "decide", "2-2-e1", "duplicate").output
        #expect(done.contains("as presented-twice: the money waits on hold"))
        let explained = try office.run("explain", "2-2").output
        #expect(explained.contains("was decided: duplicate (presented-twice)"))
        #expect(!explained.contains("Compare the twins"))
        let view = try object(try office.run("review", "show", "2-2-e1", "--json").output)
        #expect((view["decisions"] as? [[String: Any]])?.last?["kind"] as? String == "presented-twice")
    }
}
