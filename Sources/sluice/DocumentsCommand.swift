import ArgumentParser
import Ledger
import Model
import Pipeline
import Records

struct DocumentsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "documents", abstract: "Scanned mail: documents, their pages and where they are filed.",
        subcommands: [DocumentsListCommand.self])
}

struct DocumentsListCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List documents with their payments and first pages.",
        discussion: "Status: awaited (images have not come), indexed, review, held, redacted, destroyed.")

    @Option(help: "Only of this status.", completion: .list(DocumentStatus.allCases.map(\.rawValue)))
    var status: String?
    @Option(help: "Only of this payment.")
    var payment: String?
    @Option(help: "Only of payments that went to this account.")
    var account: String?
    @Option(help: "Only of this intake.")
    var intake: Int64?
    @Flag(help: "Print JSON Lines.")
    var json = false
    @OptionGroup var options: HomeOptions

    func execute() throws {
        let home = try options.open()
        var rows: [[String]] = []
        let filter = try filter()
        try home.ledger.read { transaction in
            try transaction.documents(filter) { document in
                if json { return Terminal.print(document.json.line) }
                rows.append([
                    document.document, document.type, document.status, document.payment?.description ?? "",
                    document.account ?? "", document.amount?.description ?? "",
                    "\(document.imagesPresent) of \(document.images)", document.path ?? "",
                ])
            }
        }
        if json { return }
        Terminal.table(
            ["document", "type", "status", "payment", "account", "amount", "images", "first page"], rows, right: [5])
    }

    private func filter() throws -> DocumentFilter {
        let status = try status.map { text in
            guard let status = DocumentStatus(rawValue: text) else {
                throw ValidationError(
                    "\"\(text)\" is none of \(DocumentStatus.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            return status
        }
        let payment = try payment.map { text in
            guard let payment = PaymentID(text) else { throw ValidationError("\"\(text)\" is not a payment like 3-17") }
            return payment
        }
        return DocumentFilter(status: status, payment: payment, account: account, intake: intake)
    }
}
