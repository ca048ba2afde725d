import ArgumentParser
import Files
import Ledger
import Model
import Pipeline

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the books out in full.", subcommands: [ExportLedgerCommand.self])
}

struct ExportLedgerCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "Every journal entry in a fixed order, as CSV or JSON Lines.",
        discussion: "The same inputs in the same order give the same bytes. --digest prints their SHA-256 only.")

    @Flag(help: "Print JSON Lines instead of CSV.")
    var json = false
    @Flag(help: "Print the SHA-256 of the export instead of the export.")
    var digest = false
    @OptionGroup var options: HomeOptions

    func execute() throws {
        let home = try options.open()
        var hash = SHA256Digest()
        func put(_ line: String) {
            if digest { hash.update(line + "\n") } else { Terminal.print(line) }
        }
        if !json {
            put(
                "entry,line,kind,payment,bank_on,effective_on,posted_on,posting_batch,"
                    + "ledger_account,account,bill,amount"
            )
        }
        try home.ledger.read { transaction in
            try transaction.journal { put(json ? asJSON($0).line : csv($0)) }
        }
        if digest { Terminal.print(hash.finish()) }
    }

    private func csv(_ row: JournalRow) -> String {
        [
            row.name, String(row.place), row.kind, row.payment?.description ?? "", row.bankOn.description,
            row.effectiveOn.description, row.postedOn.description, row.postingBatch.map { String($0) } ?? "",
            row.ledgerAccount, csvField(row.account ?? ""), csvField(row.bill ?? ""), row.cents.description,
        ].joined(separator: ",")
    }

    private func asJSON(_ row: JournalRow) -> JSON {
        [
            "entry": .string(row.name), "line": .int(row.place), "kind": .string(row.kind),
            "payment": JSON(row.payment?.description), "bank_on": JSON(row.bankOn),
            "effective_on": JSON(row.effectiveOn), "posted_on": JSON(row.postedOn),
            "posting_batch": JSON(row.postingBatch), "ledger_account": .string(row.ledgerAccount),
            "account": JSON(row.account), "bill": JSON(row.bill), "amount": JSON(row.cents),
        ]
    }
}
