import Foundation
import Testing

/// Promise 8: bank account numbers are shown nowhere; and nothing from outside obeys on the terminal.
@Suite(.enabled(if: Program.isBuilt))
struct PrivacyTests {
    /// Every command that prints something of a payment.
    private func outputs(_ office: Office) throws -> [(command: String, text: String)] {
        let commands = [
            ["run", "--settled"], ["run", "--json", "--settled"], ["status"], ["payments"], ["payments", "--json"],
            ["explain", "1-1"], ["explain", "1-2"], ["explain", "1-2", "--json"], ["review", "list"],
            ["review", "list", "--json"], ["review", "show", "1-2-e1"], ["review", "show", "1-2-e1", "--json"],
            ["export", "ledger"], ["export", "ledger", "--json"], ["accounts", "list"],
            ["accounts", "show", "4012345775"], ["verify"], ["documents", "list"],
            ["inspect", "\(office.folder)/a.csv"], ["inspect", "\(office.folder)/a.csv", "--json", "--items"],
            ["inspect", "\(office.folder)/a.csv", "--explain", "--items"],
        ]
        return try commands.map { arguments in
            let result = try Program.run(arguments + ["--home", office.home, "--now", Office.now])
            return (arguments.joined(separator: " "), result.output + result.messages)
        }
    }

    /// Files of the home that hold a text, those aside where originals lie.
    private func files(of office: Office, holding text: String) throws -> [String] {
        let needle = Data(text.utf8)
        var found: [String] = []
        let names = FileManager.default.enumerator(atPath: office.home)
        while let name = names?.nextObject() as? String {
            if ["inbox/", "work/", "archive/"].contains(where: name.hasPrefix) { continue }
            guard let data = FileManager.default.contents(atPath: "\(office.home)/\(name)") else { continue }
            if data.range(of: needle) != nil { found.append(name) }
        }
        return found
    }

    @Test func `never shows or keeps a bank account number`() throws {
        let office = try Office.busy()
        try office.write("a.csv", Office.lockbox())
        try office.drop("eft.xml", Self.notification)
        try office.run("run", "--settled")
        try office.run("review", "decide", "1-2-e1", "post", "--to", "4024691547")
        for (command, text) in try outputs(office) { #expect(!text.contains(Office.canary), "\(command)") }
        #expect(try files(of: office, holding: Office.canary) == [])
        #expect(
            try files(of: office, holding: "4024691547").contains("sluice.sqlite"), "the search finds what is there")
        #expect(try office.run("payments").output.contains("eft.xml"))
    }

    @Test func `never shows or keeps a bank account number that stands in the wrong column`() throws {
        let office = try Office()
        let shifted = Office.lockbox().replacing("P,7001,2026-03-02,1,1,", with: "P,7001,\(Office.canary),1,1,")
        try office.drop("a.csv", shifted)
        try office.write("a.csv", shifted)
        try office.run("run", "--settled")
        let inspected = try office.run("inspect", "\(office.folder)/a.csv", "--json").output
        let kept = try files(of: office, holding: Office.canary)
        #expect(!inspected.contains(Office.canary))
        #expect(kept == [])
    }

    @Test func `never lets a payer's name obey on the terminal`() throws {
        let payer = "Eve\u{1B}[2J\u{1B}]0;x\u{7}\u{9B}31m\u{202E}\u{7F}"
        let office = try Office.busy(payer: payer)
        try office.write("a.csv", Office.lockbox(payer: payer))
        try office.drop("\u{1B}[2J\u{202E}name.csv", Office.refused + " ")
        let table = Set("\u{1B}\u{7}\u{9B}\u{202E}\u{7F}\r".unicodeScalars)
        let data = Set("\u{1B}\u{7}\u{7F}\r".unicodeScalars)
        for (command, text) in try outputs(office) {
            let forbidden = command.contains("--items") || command.contains("--json") ? data : table
            let raw = text.unicodeScalars.filter(forbidden.contains).map { String($0.value, radix: 16) }
            #expect(raw == [], "\(command)")
        }
        #expect(try office.run("payments").output.contains("Eve"), "the name itself is shown")
    }

    private static let notification = """
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn>
        <GrpHdr><MsgId>N-1</MsgId><CreDtTm>2026-03-02T18:05:00Z</CreDtTm></GrpHdr>
        <Ntfctn><Id>N-1</Id><CreDtTm>2026-03-02T18:05:00Z</CreDtTm>
        <Acct><Id><Othr><Id>\(Office.canary)</Id></Othr></Id><Ccy>USD</Ccy></Acct>
        <Ntry><NtryRef>1</NtryRef><Amt Ccy="USD">52.74</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
        <BookgDt><Dt>2026-03-02</Dt></BookgDt><ValDt><Dt>2026-03-02</Dt></ValDt><NtryDtls><TxDtls>
        <Refs><EndToEndId>E-1</EndToEndId></Refs><Amt Ccy="USD">52.74</Amt><CdtDbtInd>CRDT</CdtDbtInd>
        <RltdPties><Dbtr><Pty><Nm>Pat Corliss</Nm></Pty></Dbtr>
        <DbtrAcct><Id><Othr><Id>\(Office.canary)</Id></Othr></Id></DbtrAcct></RltdPties>
        <RmtInf><Ustrd>ACCT 4024691547</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry></Ntfctn>
        </BkToCstmrDbtCdtNtfctn></Document>

        """
}
