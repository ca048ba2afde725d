internal import Ledger
internal import Model
internal import Records
internal import Review

/// Renders each kind of file as a pure function of the ledger: the same rows give the same bytes.
struct Renderer {
    let home: Home
    let transaction: Transaction
    private let documents: DocumentRenderer

    init(home: Home, transaction: Transaction) {
        self.home = home
        self.transaction = transaction
        documents = DocumentRenderer(transaction, home: home.path)
    }

    func render(_ projection: Projection, into buffer: inout RenderBuffer) throws {
        switch projection.kind {
        case "exception":
            guard let view = try transaction.exception(projection.subject) else {
                throw LedgerFault("there is no exception \(projection.subject)")
            }
            try buffer.write(view.json.pretty)
        case "cis-postings": try cisPostings(Int64(projection.subject) ?? 0, into: &buffer)
        case "gl-journal": try journal(Int64(projection.subject) ?? 0, into: &buffer)
        case "duty-report": try dutyReport(projection.subject, into: &buffer)
        case "account-updates": try accountUpdates(Int64(projection.subject) ?? 0, into: &buffer)
        case "orders-of-month": try orders(ofMonth: projection.subject, into: &buffer)
        case "order": try order(projection.subject, into: &buffer)
        default:
            try documents.render(projection) { try buffer.write($0) }
        }
    }

    /// The CIS posting batch: a header with number, count and total, then one row an allocation.
    private func cisPostings(_ number: Int64, into buffer: inout RenderBuffer) throws {
        guard let batch = try transaction.postingBatch(number) else { throw LedgerFault("no posting batch \(number)") }
        let intake = batch.intake.map { String($0) } ?? ""
        let (count, total) = try transaction.cisSum(of: number)
        try buffer.write("record,batch,intake,created_at,posted_on,rows,total\r\n")
        try buffer.write(
            "H,\(number),\(intake),\(batch.createdAt),\(batch.postedOn),\(count),\(total)\r\n"
        )
        try buffer.write("record,row,payment,account,bill,kind,amount,effective_on,tender,reverses\r\n")
        try transaction.cisRows(of: number) { row in
            let reverses = row.reverses.map { "\(row.payment)-a\($0)" } ?? ""
            try buffer.write(
                "D,\(row.payment)-a\(row.place),\(row.payment),\(csvField(row.account)),"
                    + "\(csvField(row.bill ?? "")),\(row.kind),"
                    + "\(row.cents),\(row.effectiveOn),\(row.tender),\(reverses)\r\n")
        }
    }

    /// The general-ledger journal: a header, then one row for each account and bank day; debits equal credits.
    private func journal(_ number: Int64, into buffer: inout RenderBuffer) throws {
        guard let batch = try transaction.postingBatch(number) else { throw LedgerFault("no posting batch \(number)") }
        let intake = batch.intake.map { String($0) } ?? ""
        let sums = try transaction.journalSums(of: number)
        let total = sums.map(\.debit).sum
        try buffer.write("record,batch,intake,created_at,posted_on,rows,debits,credits\r\n")
        try buffer.write(
            "H,\(number),\(intake),\(batch.createdAt),\(batch.postedOn),\(sums.count),\(total),\(total)\r\n"
        )
        try buffer.write("record,gl_account,ledger_account,bank_on,posted_on,debit,credit,lines\r\n")
        for sum in sums {
            let glAccount = home.configuration.chart[sum.ledgerAccount] ?? ""
            try buffer.write(
                "D,\(csvField(glAccount)),\(sum.ledgerAccount.rawValue),\(sum.bankOn),\(sum.postedOn),\(sum.debit),"
                    + "\(sum.credit),\(sum.lines)\r\n")
        }
    }
}

/// A field of a machine-readable CSV file, quoted where RFC 4180 section 2 asks for it.
package func csvField(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 34 || $0 == 44 || $0 == 10 || $0 == 13 }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}
