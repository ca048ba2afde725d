import Model

/// A check as a lockbox file tells it.
struct Check {
    var amount: Cents
    var number = ""
    var payer = ""
    var bankAccount = ""
    var account = ""
    var scanline = ""
    var memo = ""
    /// Remittance lines `(bill, amount)`; none for a coupon.
    var lines: [(bill: String, amount: Cents)] = []
    var tender = "check"
    /// The envelope it came in.
    var transaction = ""
    /// The amount as the file writes it, where that is not the amount.
    var amountText: String?

    init(_ amount: Cents, account: String = "", number: String = "", bankAccount: String = "", payer: String = "") {
        self.amount = amount
        self.account = account
        self.number = number
        self.bankAccount = bankAccount
        self.payer = payer
    }

    /// A coupon of account n of the book, paid in full by a check of its own.
    static func coupon(_ n: Int, check: Int = 0) -> Check {
        Check(
            AccountBook.amount(n), account: AccountBook.account(n), number: String(3000 + n + check),
            bankAccount: String(88_000_000 + n))
    }
}

/// A file in the default lockbox CSV, its totals right unless they are told otherwise.
struct Lockbox {
    var date = "2026-03-02"
    var batches: [[Check]]
    /// Totals by batch number (from 1) that replace the right ones.
    var batchTotals: [Int: Cents] = [:]
    var batchCounts: [Int: Int] = [:]
    var fileTotal: Cents?
    var fileCount: Int?
    var hasTrailer = true

    /// Files without envelopes have no column for them.
    private var hasEnvelopes: Bool { batches.joined().contains { !$0.transaction.isEmpty } }
    private var blanks: String { String(repeating: ",", count: hasEnvelopes ? 11 : 10) }

    init(_ batches: [Check]...) { self.batches = batches }
    init(batches: [[Check]]) { self.batches = batches }

    static let header =
        "record,lockbox,deposit_date,batch,item,amount,check_number,routing,bank_account,remitter,account,bill,"
        + "line_amount,scanline,memo,tender"

    var text: String {
        var rows = [Self.header + (hasEnvelopes ? ",transaction" : "")]
        for (index, batch) in batches.enumerated() {
            let number = index + 1
            for (place, check) in batch.enumerated() { rows += self.rows(of: check, batch: number, item: place + 1) }
            let count = batchCounts[number] ?? batch.count
            let total = batchTotals[number] ?? batch.map(\.amount).sum
            rows.append("B,7001,\(date),\(number),\(count),\(total)" + blanks)
        }
        let checks = batches.joined()
        let total = fileTotal ?? checks.map(\.amount).sum
        if hasTrailer {
            rows.append("T,,,\(batches.count),\(fileCount ?? checks.count),\(total)" + blanks)
        }
        return rows.map { $0 + "\n" }.joined()
    }

    private func rows(of check: Check, batch: Int, item: Int) -> [String] {
        let routing = check.bankAccount.isEmpty ? "" : "121042882"
        let lines = check.lines.isEmpty ? [("", "")] : check.lines.map { ($0.bill, $0.amount.description) }
        return lines.map { bill, amount in
            ([
                "P", "7001", date, String(batch), String(item), check.amountText ?? check.amount.description,
                check.number, routing, check.bankAccount, quoted(check.payer), check.account, bill, amount,
                check.scanline, quoted(check.memo), check.tender,
            ] + (hasEnvelopes ? [check.transaction] : [])).joined(separator: ",")
        }
    }

    private func quoted(_ text: String) -> String {
        text.contains(",") || text.contains("\"") ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
    }
}
