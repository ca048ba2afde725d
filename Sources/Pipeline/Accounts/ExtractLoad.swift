internal import Files
internal import Formats
internal import Ledger
internal import Matching
internal import Matching
internal import Model
internal import Review

/// One extract being loaded, with what it changed so far.
struct ExtractLoad {
    private static let badRowsShown = 100
    let transaction: Transaction
    let home: Home
    let now: Moment
    var report = AccountsImport.Report()
    private(set) var extract: Int64 = 0
    private(set) var lastPostingBatch: Int64?
    private var declared: ExtractRow?
    private var accounts = 0
    private var bills = 0
    /// Where each account and bill was stated: a second statement of one is told and not loaded.
    private var statedAccounts: [String: RowPlace] = [:]
    private var statedBills: [String: RowPlace] = [:]

    init(transaction: Transaction, home: Home, now: Moment) {
        self.transaction = transaction
        self.home = home
        self.now = now
    }

    mutating func tell(bad row: String) {
        report.badRowCount += 1
        if report.badRows.count < Self.badRowsShown { report.badRows.append(row) }
    }

    /// Opens the extract; `extract.csv`, where there is one, says as of when its balances are.
    mutating func open(files: [String], extract path: String?) throws {
        if let path { try readExtract(path) }
        extract = try transaction.openExtract(
            at: now.description, files: files.joined(separator: ", "), asOf: try declared?.date("as_of"),
            lastPostingBatch: lastPostingBatch)
    }

    private mutating func readExtract(_ path: String) throws {
        var table = CSVTable()
        let bytes = try FileBytes.read(path, limit: 1 << 20)
        var rows: [(line: Int, fields: [String])] = []
        try bytes.withUnsafeBytes { try table.feed($0) { rows.append(($0, $1)) } }
        try table.finish { rows.append(($0, $1)) }
        guard rows.count == 1, table.lineOfOpenQuote == nil else {
            throw AccountsImport.Refused(
                description: "\(path): has \(rows.count) rows, expected one; nothing was loaded")
        }
        let row = ExtractRow(
            columns: table.columns, fields: rows[0].fields, place: RowPlace(file: path, line: rows[0].line))
        do { try check(row) } catch let bad as BadRow {
            throw AccountsImport.Refused(description: "\(row.place): \(bad.description); nothing was loaded")
        }
        declared = row
    }

    /// Checks what `extract.csv` says, and takes the posting batch from it.
    private mutating func check(_ row: ExtractRow) throws {
        try row.fitsHeader()
        _ = try row.neededDate("as_of")
        let batch = row.text("last_posting_batch")
        guard batch.isEmpty || Int64(decimal: batch.utf8) != nil else {
            throw BadRow(description: "field last_posting_batch holds \"\(batch)\", expected a number")
        }
        lastPostingBatch = Int64(decimal: batch.utf8) ?? 0
        let last = try transaction.lastPostingBatch()
        guard lastPostingBatch! <= last else {
            throw BadRow(description: "field last_posting_batch holds \(batch), the last exported is \(last)")
        }
    }

    /// Refuses what this extract has stated before: of two balances of one bill nobody knows which is true.
    private func refuse(_ what: String, statedAt place: RowPlace?) throws {
        guard let place else { return }
        throw BadRow(description: "states \(what) again, which \(place) stated; what stood there was loaded")
    }

    private static let accountColumns: Set<String> = [
        "account", "customer", "name", "service_address", "city", "zip", "status", "opened_on", "closed_on",
        "cash_only",
    ]

    mutating func account(_ row: ExtractRow) throws {
        let name = row.text("name")
        let number = try row.needed("account")
        try refuse("account \(number)", statedAt: statedAccounts[number])
        let stated = StatedAccount(
            account: number, customer: row.text("customer"), name: name,
            lastName: PersonName(name).last, serviceAddress: row.text("service_address"), city: row.text("city"),
            zip: row.text("zip"),
            status: try row.word("status", default: AccountStatus.active), openedOn: try row.date("opened_on"),
            closedOn: try row.date("closed_on"), cashOnly: try cashOnly(row),
            more: row.others(than: Self.accountColumns))
        let change = try transaction.load(stated, leaving: row.absent(of: Self.optionalColumns), extract: extract)
        accounts += 1
        statedAccounts[number] = row.place
        switch change {
        case .new: report.accounts.new += 1
        case .changed: report.accounts.changed += 1
        case .same: report.accounts.same += 1
        }
        if let fault = numberFault(number) { report.unmatchable.add("\(row.place): account \(number) \(fault)") }
    }

    private static let optionalColumns = [
        "service_address", "city", "zip", "status", "opened_on", "closed_on", "cash_only",
    ]

    /// Why no payment can name an account by its number; nil where one can.
    private func numberFault(_ number: String) -> String? {
        let policy = home.configuration.matching
        guard policy.accountDigits.contains(number.utf8.count), Int64(decimal: number.utf8) != nil else {
            return "is no number of \(policy.accountDigits.lowerBound) digits"
        }
        guard let scheme = policy.checkDigit, !scheme.accepts(number) else { return nil }
        return "has a wrong check digit"
    }

    private func cashOnly(_ row: ExtractRow) throws -> Bool {
        switch row.text("cash_only") {
        case "yes", "true", "1", "y", "Y": true
        case "no", "false", "0", "n", "N", "": false
        case let other: throw BadRow(description: "field cash_only holds \"\(other)\", expected yes or no")
        }
    }

    mutating func bill(_ row: ExtractRow) throws {
        let account = try knownAccount(row)
        let kind = row.text("kind").isEmpty ? "bill" : row.text("kind")
        let number = try row.needed("bill")
        try refuse("bill \(number)", statedAt: statedBills[number])
        let bill = StatedBill(
            bill: number, account: account, kind: kind, issuedOn: try row.date("issued_on"),
            dueOn: try row.date("due_on"), amount: try row.cents("amount"), balance: try row.cents("balance"))
        let loaded: (change: RowChange, excess: Cents)
        do {
            loaded = try transaction.load(
                bill, leaving: row.absent(of: ["issued_on", "due_on", "kind"]), extract: extract,
                lastPostingBatch: lastPostingBatch)
        } catch let fault as LedgerFault where !fault.isOfTheMachine {
            throw BadRow(description: fault.description)
        }
        bills += 1
        statedBills[number] = row.place
        report.balance += bill.balance
        switch loaded.change {
        case .new: report.bills.new += 1
        case .changed: report.bills.changed += 1
        case .same: report.bills.same += 1
        }
        if loaded.excess > .zero { try turnToCredit(loaded.excess, bill) }
    }

    /// A bill is now stated below what was paid on it: the rest becomes customer credit, and a person is told.
    private mutating func turnToCredit(_ excess: Cents, _ bill: StatedBill) throws {
        report.conflicts += 1
        var left = excess
        let day = home.configuration.calendar.postingDay(now)
        let standing = try transaction.standing(on: bill.bill, of: bill.account)
        for allocation in standing where left > .zero {
            let part = min(left, allocation.cents)
            try transaction.turnToCredit(
                part, of: allocation, account: bill.account, bill: bill.bill, postedOn: day)
            left -= part
        }
        guard let payment = standing.first?.payment else { return }
        let number = try transaction.exceptionCount(ofPayment: payment) + 1
        try transaction.open(
            ReviewException(
                id: ExceptionID(payment: payment, number: number), intake: payment.intake, account: bill.account,
                reason: .balanceConflict, severity: .note, amount: excess,
                what: "Bill \(bill.bill) of account \(bill.account) is now stated at \(bill.balance), "
                    + "\(excess) less than was paid on it.",
                whyNotPosted: "\(excess) went to the account's credit."), at: now.description)
    }

    func knownAccount(_ row: ExtractRow) throws -> String {
        let account = try row.needed("account")
        guard try transaction.hasAccount(account) else {
            throw BadRow(description: "field account holds \"\(account)\", which no accounts file stated")
        }
        return account
    }

    /// Closes the extract: keeps its sums, compares them with what it declares, and looks for what vanished.
    /// A full one ends the terms of the kinds that it states and does not list.
    mutating func close(full: Bool, confirm: Bool, stating kinds: Set<Transaction.TermsKind>) throws {
        try transaction.closeExtract(extract, accounts: accounts, bills: bills, balance: report.balance)
        compare("accounts", accounts)
        compare("bills", bills)
        if let total = declared?.text("total"), !total.isEmpty, (try? Cents(total, style: .signed)) != report.balance {
            report.differences.append("extract.csv declares a total of \(total); the bills sum to \(report.balance)")
        }
        report.kindsWithoutBill = try home.configuration.allocation.kinds.filter {
            try !transaction.hasBill(ofKind: $0)
        }
        if full { for kind in kinds { report.ended += try transaction.end(kind, notIn: extract) } }
        try TurnOffs(transaction, home.configuration, today: home.configuration.calendar.localDate(now)).mark()
        guard full else { return }
        report.vanished = try transaction.accounts(notIn: extract)
        let known = try transaction.accountCount()
        guard confirm || report.vanished * 5 <= known else {
            throw AccountsImport.Refused(
                description:
                    "\(report.vanished) of \(known) accounts would vanish, more than a fifth; nothing was loaded. "
                    + "If that is right, import again with --confirm")
        }
    }

    private mutating func compare(_ column: String, _ found: Int) {
        guard let declared = declared?.text(column), !declared.isEmpty, declared != String(found) else { return }
        report.differences.append("extract.csv declares \(declared) \(column); the files hold \(found)")
    }
}
