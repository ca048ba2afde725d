import Foundation
import Ledger
import Model

/// A ledger in a temporary folder with four accounts, one bill of 100.00 each, and one intake.
final class Books {
    static let day = CivilDate(year: 2026, month: 3, day: 2)!
    static let at = "2026-03-02T20:00:00Z"
    static let deposit = PaymentID(intake: 1, place: PaymentID.placesMax + 50_000_001).key
    static let batch = PaymentID(intake: 1, place: PaymentID.placesMax + 1).key
    static let accounts = ["4000000001", "4000000002", "4000000003", "4000000004"]

    let path = NSTemporaryDirectory() + "sluice-ledger-\(UUID().uuidString)"
    let ledger: Ledger

    init() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        ledger = try Ledger(path: path + "/sluice.sqlite")
        try ledger.write { transaction in
            try Self.load(transaction)
            try transaction.insert(
                Intake(
                    id: 1, name: "a.csv", source: "", sha256: String(repeating: "a", count: 64), bytes: 100,
                    inboxIdentity: "1:100:1", receivedAt: Self.at))
            _ = try transaction.openPostingBatch(intake: 1, at: Self.at, postedOn: Self.day)
            try transaction.insert(
                DepositRow(
                    key: Self.deposit, intake: 1, deposit: Deposit(), bankKey: nil, date: Self.day, declared: nil,
                    held: false, difference: .zero))
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    private static func load(_ transaction: Transaction) throws {
        let extract = try transaction.openExtract(at: at, files: "test", asOf: nil, lastPostingBatch: nil)
        for (index, account) in accounts.enumerated() {
            _ = try transaction.load(
                StatedAccount(
                    account: account, customer: "C\(index + 1)", name: "Pat Payer", lastName: "PAYER",
                    serviceAddress: "1 Way", city: "", zip: "", status: .active, openedOn: nil, closedOn: nil,
                    cashOnly: false, more: "{}"), leaving: [], extract: extract)
            _ = try transaction.load(
                StatedBill(
                    bill: "B\(index + 1)", account: account, kind: "water", issuedOn: nil, dueOn: day,
                    amount: Cents(10_000), balance: Cents(10_000)), leaving: [], extract: extract,
                lastPostingBatch: nil)
        }
        try transaction.closeExtract(extract, accounts: 4, bills: 4, balance: Cents(40_000))
    }

    /// Adds the batch that holds these items, and posts them.
    func post(_ items: [PostedItem], chunk: Int = 4096) throws {
        try ledger.write { transaction in
            let counted = items.map { $0.item.direction == .credit ? $0.amount : -$0.amount }.sum
            try transaction.insert(
                BatchRow(
                    key: Self.batch, deposit: Self.deposit, number: "1", declaredItems: nil, declared: nil,
                    items: items.count, counted: counted, held: false, difference: .zero))
            var posting = try BulkPosting(transaction, intake: 1, postingBatch: 1)
            for start in stride(from: 0, to: items.count, by: chunk) {
                try posting.post(Array(items[start..<min(start + chunk, items.count)]))
            }
            try posting.writeWaiting()
            for item in items where item.books.ledgerAccount != nil {
                try transaction.run(
                    """
                    INSERT INTO exceptions (exception, intake, payment, reason, severity, what, why_not_posted,
                        opened_at) VALUES (?, 1, ?, 'no-reference', 'fault', '', '', '')
                    """, .text("\(item.payment)-e9"), .int(item.payment.key))
            }
        }
    }

    static func item(_ place: Int64, _ cents: Int64, books: Books = .suspense, parts: [Part] = []) -> PostedItem {
        var item = Item()
        item.number = String(place)
        item.currency = "USD"
        item.amount = Cents(cents)
        var posted = PostedItem(
            payment: PaymentID(intake: 1, place: place), batch: batch, item: item, amount: Cents(cents),
            dates: PaymentDates(received: day, deposit: day, value: day, effective: day, posted: day))
        posted.books = books
        posted.parts = parts
        posted.status = books == .posted ? .posted : books == .suspense ? .suspense : .held
        return posted
    }

    typealias Books = Model.Books

    /// Money for bill n, the rest of it credit.
    static func parts(_ n: Int, bill: Int64, credit: Int64 = 0) -> [Part] {
        var parts = [Part(account: accounts[n - 1], bill: "B\(n)", kind: .bill, cents: Cents(bill))]
        if credit > 0 { parts.append(Part(account: accounts[n - 1], bill: nil, kind: .credit, cents: Cents(credit))) }
        return parts
    }

    @discardableResult
    func run(_ sql: String) throws -> Int { try ledger.write { try $0.run(sql) } }

    func texts(_ sql: String) throws -> [String] { try ledger.read { try $0.all(sql) { $0.anyText(0) } } }

    var breaches: [String] {
        get throws {
            try ledger.read { transaction in
                var proofs = Proofs(transaction)
                return try proofs.run().map(\.line)
            }
        }
    }

    /// Every row of every table about payments, as text.
    var rows: [String] {
        get throws {
            let tables = [
                "items", "journal_entries", "journal_lines", "allocations", "remittance_lines", "candidates", "bills",
                "payer_memory",
            ]
            return try ledger.read { transaction in
                try tables.flatMap { table in
                    let columns = try transaction.all("SELECT name FROM pragma_table_info('\(table)')") { $0.text(0) }
                    let all = columns.map { "ifnull(\"\($0)\", 'null')" }.joined(separator: " || '|' || ")
                    return try transaction.all("SELECT '\(table)|' || \(all) FROM \(table) ORDER BY 1") { $0.text(0) }
                }
            }
        }
    }
}
