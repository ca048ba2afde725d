import Ledger
import Model
import Review
import Testing

@testable import Pipeline

extension TemporaryHome {
    /// Takes a file in whose first batch declares so much more than its checks bring; the file's total agrees with it.
    func takeApart(_ name: String, _ checks: [Check], by cents: Int64, count: Int? = nil) throws {
        var file = Lockbox(checks)
        file.batchTotals[1] = checks.map(\.amount).sum + Cents(cents)
        file.fileTotal = file.batchTotals[1]
        if let count { (file.batchCounts[1], file.fileCount) = (count, count) }
        try take(name, file)
    }

    /// Accepts a held unit with what is named of its difference.
    func accept(
        _ exception: String, _ differences: [(kind: String, amount: String, more: JSON)] = [], note: String? = nil
    ) throws -> String? {
        let json: JSON = [
            "exception": .string(exception), "action": "accept-batch", "note": JSON(note),
            "differences": .array(
                differences.map { difference in
                    let named: JSON = ["kind": .string(difference.kind), "amount": .string(difference.amount)]
                    guard case .object(let members) = difference.more else { return named }
                    return named.adding(members)
                }),
        ]
        return try decide(json.line)
    }

    /// Says what an item of a held unit truly is.
    func correct(_ exception: String, _ payment: String, _ amount: String? = nil, to: String? = nil) throws -> String? {
        let shares: [JSON] = to.map { [["account": .string($0), "amount": JSON(amount)]] } ?? []
        let json: JSON = [
            "exception": .string(exception), "action": "correct", "payment": .string(payment), "amount": JSON(amount),
            "allocations": .array(shares),
        ]
        return try decide(json.line)
    }

    /// What stands in one of the books, as a credit.
    func standing(in account: String) throws -> Cents {
        -Cents(try number("SELECT sum(amount_cents) FROM journal_lines WHERE ledger_account = '\(account)'"))
    }

    /// What cash clearing was debited for each bank account and day: what the bank credited.
    var credited: [String] {
        get throws {
            try texts(
                """
                SELECT ifnull(e.bank_key, '') || ' ' || e.bank_on || ' ' || sum(l.amount_cents) FROM journal_entries e
                JOIN journal_lines l USING (entry) WHERE l.ledger_account = 'cash-clearing'
                GROUP BY e.bank_key, e.bank_on HAVING sum(l.amount_cents) <> 0 ORDER BY 1
                """)
        }
    }
}
