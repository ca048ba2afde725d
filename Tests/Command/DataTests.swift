import Foundation
import Testing

/// What `--json` prints: the contract's fields in their order, and nothing else.
@Suite(.enabled(if: Program.isBuilt))
struct DataTests {
    static let exceptionFields = [
        "id", "reason", "severity", "opened_at", "intake", "file", "batch", "transaction", "item", "payment", "amount",
        "what", "why_not_posted", "record", "candidates", "documents", "twin", "owner", "claimed_by",
        "claim_expires_at", "due_at", "waiting_for", "turn_off_at", "actions",
    ]
    static let paymentFields = [
        "payment", "intake", "file", "batch", "transaction", "item", "amount", "tender", "status", "books",
        "allocations", "rule", "proof", "candidates", "exception", "received_on", "effective_on", "posted_on",
    ]
    static let inspectFields = [
        "format", "version", "layout", "items", "totals", "balanced", "batches", "faults", "refused",
    ]

    @Test func `never names a field of inspect otherwise than the contract`() throws {
        let office = try Office()
        for (text, status) in [(Office.lockbox(), Int32(0)), (Office.refused, 65), ("what?\n", 65)] {
            try office.write("file", text)
            let result = try office.run("inspect", "\(office.folder)/file", "--json")
            #expect(result.status == status)
            #expect(result.lines.count == 1)
            #expect(try memberNames(result.output) == Self.inspectFields)
            let members = try object(result.output)
            #expect(members["refused"] as? Bool == (status != 0))
            let names: [String: [String]] = [
                "totals": ["currency", "items", "credits", "debits", "pending"],
                "batches": ["batch", "items", "amount", "declared_items", "declared_amount"],
                "faults": ["code", "severity", "line", "record", "field", "message"],
            ]
            for (list, expected) in names {
                for element in try #require(members[list] as? [[String: Any]]) {
                    #expect(Set(element.keys) == Set(expected), "\(list)")
                }
            }
        }
        let input = try office.run("inspect", "-", "--json", "--items", input: Office.lockbox())
        #expect(input.lines.count == 3)
        #expect(try input.lines.dropFirst().map { try object($0)["amount"] as? String } == ["51.37", "60.00"])
    }

    @Test func `never names a field of a payment otherwise than the contract`() throws {
        let office = try Office.busy()
        let result = try office.run("payments", "--json")
        #expect(result.lines.count == 2)
        for line in result.lines { #expect(try memberNames(line) == Self.paymentFields) }
        let first = try object(result.lines[0])
        #expect(first["payment"] as? String == "1-1")
        #expect(first["amount"] as? String == "51.37")
        #expect(first["received_on"] as? String == "2026-03-02")
        let allocations = try #require(first["allocations"] as? [[String: Any]])
        #expect(allocations.map { Set($0.keys) } == [["account", "bill", "amount"]])
        #expect(try object(result.lines[1])["exception"] as? String == "1-2-e1")
    }

    @Test func `never leaves out what is agreed about an account`() throws {
        let office = try Office()
        let files = [
            "plans.csv": "account,plan,instalment\n4012345775,P-1,25.00\n",
            "pledges.csv": "account,pledge,agency,amount\n4012345775,L-1,Hill County,60.00\n",
            "extensions.csv": "account,extension,until\n4012345775,E-1,2026-03-20\n",
            "turnoffs.csv": "account,order,visit_on,window,amount_to_stop\n4012345775,O-1,2026-03-05,,51.37\n",
            "flags.csv": "account,flag,case\n4012345775,protected,M-1\n",
        ]
        for (name, text) in files {
            try office.write(name, text)
            let result = try office.run("accounts", "import", "\(office.folder)/\(name)", "--json")
            let counts = try object(result.output)
            let kinds = ["plans", "pledges", "extensions", "turnoffs", "flags"]
            #expect(kinds.filter { counts[$0] as? Int == 1 } == [String(name.dropLast(4))], "\(result.output)")
        }
        let shown = try object(try office.run("accounts", "show", "4012345775", "--json").output)
        for list in ["plans", "pledges", "extensions", "turn_offs", "flags", "flag_details"] {
            #expect((shown[list] as? [Any])?.count == 1, "\(list)")
        }
        #expect(shown["past_due"] as? String == "0.00")
        let text = try office.run("accounts", "show", "4012345775").output
        for words in [
            "plan P-1 (payment-plan): instalments of 25.00", "pledge L-1: Hill County pays 60.00",
            "extension E-1: all that is due until 2026-03-20", "forbidden by flag protected",
            "flag protected (case M-1): payments post, no turn-off",
        ] { #expect(text.contains(words), "\(text)") }
    }

    @Test func `never names a field of an exception otherwise than the contract`() throws {
        let office = try Office.busy()
        let result = try office.run("review", "list", "--json")
        #expect(result.lines.count == 3)
        for line in result.lines {
            let names = try memberNames(line)
            #expect(Array(names.prefix(Self.exceptionFields.count)) == Self.exceptionFields)
            let more = [
                "turn_off_amount", "closed_at", "decisions", "back_on", "case", "waits_for_second_person", "proposals",
            ]
            #expect(Array(names.dropFirst(Self.exceptionFields.count)) == more)
        }
        let file = try String(contentsOfFile: "\(office.home)/review/open/1-2-e1/exception.json", encoding: .utf8)
        let shown = try office.run("review", "show", "1-2-e1", "--json").output
        #expect(NSDictionary(dictionary: try object(file)) == NSDictionary(dictionary: try object(shown)))
        #expect(result.lines.contains { $0 + "\n" == shown })
    }

    @Test func `never prints anything but data on standard output`() throws {
        let office = try Office.busy()
        try office.drop("c.csv", Office.lockbox(payer: "Someone Else"))
        try office.write("d.jsonl", #"{"exception": "1-2-e1", "action": "note", "note": "x"}"# + "\n\nnot json\n")
        let one = [
            ["run", "--settled", "--json"], ["status", "--json"], ["verify", "--json"], ["explain", "1-1", "--json"],
            ["accounts", "show", "4012345775", "--json"], ["review", "show", "1-2-e1", "--json"],
            ["accounts", "import", "\(office.folder)/bills.csv", "--json"],
        ]
        let lists = [
            ["payments", "--json"], ["review", "list", "--json"], ["accounts", "list", "--json"],
            ["formats", "--json"],
            ["export", "ledger", "--json"], ["review", "apply", "\(office.folder)/d.jsonl", "--json"],
            ["documents", "list", "--json"],
        ]
        for arguments in one + lists {
            let result = try Program.run(arguments + ["--home", office.home, "--now", Office.now])
            for line in result.lines { #expect(throws: Never.self) { try object(line) } }
            if one.contains(arguments) { #expect(result.lines.count == 1, "\(arguments)") }
        }
    }

    @Test func `never writes help that nobody read`() throws {
        let commands = [
            [], ["init"], ["accounts"], ["accounts", "import"], ["accounts", "show"], ["accounts", "list"], ["run"],
            ["inspect"], ["formats"], ["status"], ["payments"], ["explain"], ["export", "ledger"], ["review"],
            ["review", "list"], ["review", "show"], ["review", "decide"], ["review", "undo"], ["review", "apply"],
            ["verify"],
        ]
        var text = ""
        for command in commands {
            let result = try Program.run(command + ["--help"])
            #expect(result.status == 0)
            text += "$ sluice \((command + ["--help"]).joined(separator: " "))\n\(result.output)\n"
        }
        let golden = Program.root.appending(path: "Tests/Fixtures/pipeline/help.txt")
        if ProcessInfo.processInfo.environment["SLUICE_UPDATE_GOLDEN"] != nil { try Data(text.utf8).write(to: golden) }
        let expected = try? String(contentsOf: golden, encoding: .utf8)
        #expect(text == expected, "if this is right, write it with SLUICE_UPDATE_GOLDEN=1 and read the difference")
    }

    @Test(arguments: ["bash", "zsh", "fish"]) func `never leaves a shell without completions`(shell: String) throws {
        let result = try Program.run(["--generate-completion-script", shell])
        #expect(result.status == 0)
        for word in ["sluice", "review", "decide", "not-ours", "settled"] { #expect(result.output.contains(word)) }
    }
}
