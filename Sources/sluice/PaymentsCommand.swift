import ArgumentParser
import Ledger
import Model
import Pipeline
import Review

struct PaymentsCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "payments", abstract: "List payments and where each stands.",
        discussion: "Status: posted, partial, suspense, held, duplicate, rejected, returned.")

    @Option(help: "Only of this intake.")
    var intake: Int64?
    @Option(help: "Only of files with this name.")
    var file: String?
    @Option(help: "Only those that went to this account.")
    var account: String?
    @Option(help: "Only of this status.", completion: .list(PaymentStatus.allCases.map(\.rawValue)))
    var status: String?
    @Option(help: "Received on this day or later.")
    var from: String?
    @Option(help: "Received on this day or earlier.")
    var to: String?
    @Flag(help: "Print JSON Lines.")
    var json = false
    @OptionGroup var options: HomeOptions

    func execute() throws {
        if let status, PaymentStatus(rawValue: status) == nil {
            throw ValidationError(
                "\"\(status)\" is none of \(PaymentStatus.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let home = try options.open()
        var filter = PaymentFilter()
        filter.intake = intake
        filter.file = file
        filter.account = account
        filter.status = status
        filter.from = try date(from)
        filter.to = try date(to)
        if let first = filter.from, let last = filter.to, first > last {
            throw ValidationError("--from \(first) is after --to \(last)")
        }
        try home.ledger.read(requireKnown)
        var rows: [[String]] = []
        try home.ledger.read { transaction in
            try transaction.payments(filter) { line in
                if json {
                    let exception = try transaction.exceptionID(of: line.payment, batch: line.batchKey)
                    return Terminal.print(line.json(exception: exception).line)
                }
                rows.append(row(line))
            }
        }
        if json { return }
        Terminal.table(
            ["payment", "file", "batch", "item", "amount", "payer", "status", "where it went or why not"], rows,
            right: [4])
    }

    /// Says so where the intake or the account is none, rather than list nothing.
    private func requireKnown(_ transaction: Transaction) throws {
        if let intake, try transaction.intake(intake) == nil {
            throw ValidationError("there is no intake \(intake)")
        }
        if let account, try !transaction.hasAccount(account) {
            throw ValidationError("there is no account \(Terminal.safe(account))")
        }
    }

    private func date(_ text: String?) throws -> CivilDate? {
        guard let text else { return nil }
        guard let date = CivilDate(iso: text) else {
            throw ValidationError("\"\(text)\" is not a date like 2026-03-02")
        }
        return date
    }

    private func row(_ line: PaymentLine) -> [String] {
        let went = line.allocations.map { "\($0.account)\($0.bill.map { " \($0)" } ?? " credit") \($0.cents)" }
        return [
            line.payment.description, line.file, line.batch, line.item, line.amount.description, line.payer,
            line.status, went.isEmpty ? line.reason ?? line.books : went.joined(separator: ", "),
        ]
    }
}

extension PaymentLine {
    /// The contract's fields of one payment.
    func json(exception: String?) -> JSON {
        [
            "payment": .string(payment.description), "intake": .int(payment.intake), "file": .string(file),
            "batch": .string(batch), "transaction": JSON(transaction), "item": .string(item), "amount": JSON(amount),
            "tender": .string(tender), "status": .string(status), "books": .string(books),
            "allocations": .array(
                allocations.map {
                    ["account": .string($0.account), "bill": JSON($0.bill), "amount": JSON($0.cents)]
                }),
            "rule": .string(rule), "proof": .string(proof),
            "candidates": .array(
                candidates.map { ["account": .string($0.account), "score": .int(Int64($0.score))] }),
            "exception": JSON(exception), "received_on": JSON(receivedOn), "effective_on": JSON(effectiveOn),
            "posted_on": JSON(postedOn),
        ]
    }
}
