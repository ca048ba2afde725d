internal import Ledger
internal import Model

extension Renderer {
    /// Changes of payers' accounts for the billing system: a header, then one row a change.
    ///
    /// A new account number is masked, as everywhere outside the archive (promise 8): `file` and `record` say where it
    /// stands in clear.
    func accountUpdates(_ number: Int64, into buffer: inout RenderBuffer) throws {
        guard let update = try transaction.accountUpdate(number), let intake = try transaction.intake(update.intake)
        else { throw LedgerFault("no file of account changes \(number)") }
        let rows = try transaction.accountChanges(of: update.intake)
        try buffer.write("record,number,intake,created_at,rows\r\n")
        try buffer.write("H,\(number),\(update.intake),\(update.createdAt),\(rows.count)\r\n")
        try buffer.write(
            "record,payment,account,reference,payer,code,changed,routing,bank_account,transaction_code,name,"
                + "identification,entry,original_trace,file,file_record\r\n")
        let file = Claiming.archivePath(of: intake)
        for (row, reference, payer, trace) in rows {
            let change = row.change
            let fields = [
                "D", row.payment.description, row.account, reference, payer, row.code, change.what, change.routing,
                change.bankAccount, change.transactionCode, change.name, change.identification, row.entry.description,
                trace, file, String(change.record),
            ]
            try buffer.write(fields.map(csvField).joined(separator: ",") + "\r\n")
        }
    }
}
