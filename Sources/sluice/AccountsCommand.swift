import ArgumentParser
import Files
import Ledger
import Model
import Pipeline
import Review

struct AccountsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accounts", abstract: "The billing book: import extracts, show accounts.",
        subcommands: [AccountsImportCommand.self, AccountsShowCommand.self, AccountsListCommand.self])
}

struct AccountsImportCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Load or update the billing extract from CSV files.",
        discussion: """
            Files are known by their header, not their name. Columns in brackets may be absent.
              accounts.csv    account,customer,name[,service_address,city,zip,
                              status,opened_on,closed_on,cash_only]
              bills.csv       bill,account,amount,balance[,issued_on,due_on,kind]
              flags.csv       account,flag[,from,until,case,note]
              plans.csv       account,plan,instalment[,kind,next_due_on,from,
                              until,remaining,bills,status]
              extensions.csv  account,extension,until[,from,amount,status]
              pledges.csv     account,pledge,agency,amount[,from,until,status]
              turnoffs.csv    account,visit_on,amount_to_stop[,order,window,
                              status]
              extract.csv     as_of[,last_posting_batch,accounts,bills,total]
            What a file does not list stays as it is; a bad row is told and the good ones load.
            docs/extract.md says what each column does.
            """)

    @Argument(help: "CSV files of the billing extract.", completion: .file(extensions: ["csv"]))
    var files: [String]
    @Flag(help: "The files state every account; what they do not list has vanished.")
    var full = false
    @Flag(help: "Accept that more than a fifth of the accounts vanish.")
    var confirm = false
    @Flag(help: "Print one JSON object.")
    var json = false
    @OptionGroup var options: HomeOptions

    func execute() throws {
        let (home, lock) = try options.openToWrite()
        defer { withExtendedLifetime(lock) {} }
        let report = try AccountsImport(
            home: home, now: try options.moment(), user: try options.actor(.importAccounts, of: home)
        )
        .load(files, full: full, confirm: confirm)
        for row in report.badRows { Terminal.say("not loaded: \(Terminal.safe(row))") }
        for difference in report.differences { Terminal.say("differs: \(Terminal.safe(difference))") }
        for warning in warnings(report) { Terminal.say("note: \(Terminal.safe(warning))") }
        if json { Terminal.print(asJSON(report).line) } else { show(report) }
        if report.badRowCount > 0 {
            Terminal.say(
                "NOT LOADED: \(Terminal.count(report.badRowCount, "row")), told above with line and reason; "
                    + "the others are loaded")
        }
    }

    /// What loaded and should all the same be looked at.
    private func warnings(_ report: AccountsImport.Report) -> [String] {
        var warnings = report.notUTF8
        if report.unmatchable.count > 0 {
            warnings.append(
                "\(Terminal.count(report.unmatchable.count, "account")) loaded with a number that is not as "
                    + "config/policy.yaml says (accounts: digits, check_digit); no payment is matched by such a number:"
            )
            warnings += report.unmatchable.rows.map { "  \($0)" }
        }
        if !report.unnamedFlags.isEmpty {
            let flags = report.unnamedFlags.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value))" }
            warnings.append(
                "flags that config/policy.yaml does not name: \(flags.joined(separator: ", ")); "
                    + "its other_flags says what they do")
        }
        if !report.kindsWithoutBill.isEmpty {
            warnings.append(
                "config/policy.yaml, allocation: no bill of the book is of the kind "
                    + report.kindsWithoutBill.joined(separator: ", "))
        }
        return warnings
    }

    private func show(_ report: AccountsImport.Report) {
        Terminal.print(
            "accounts: \(report.accounts.new) new, \(report.accounts.changed) changed, "
                + "\(report.accounts.same) as before")
        Terminal.print(
            "bills: \(report.bills.new) new, \(report.bills.changed) changed, \(report.bills.same) as before; "
                + "balances \(report.balance)")
        let terms = [
            ("flags", report.flags), ("plans", report.plans), ("extensions", report.extensions),
            ("pledges", report.pledges), ("turn-off orders", report.turnoffs), ("ended", report.ended),
        ]
        let told = terms.filter { $0.1 > 0 }.map { "\($0.0): \($0.1)" }
        if !told.isEmpty { Terminal.print(told.joined(separator: "; ")) }
        if full { Terminal.print("vanished: \(Terminal.count(report.vanished, "account"))") }
        if report.conflicts > 0 {
            Terminal.print(
                "\(Terminal.count(report.conflicts, "bill")) now below what was paid: see sluice review list")
        }
    }

    private func asJSON(_ report: AccountsImport.Report) -> JSON {
        [
            "accounts_new": JSON(report.accounts.new), "accounts_changed": JSON(report.accounts.changed),
            "accounts_same": JSON(report.accounts.same),
            "bills_new": JSON(report.bills.new), "bills_changed": JSON(report.bills.changed),
            "bills_same": JSON(report.bills.same), "balance": JSON(report.balance), "flags": JSON(report.flags),
            "turnoffs": JSON(report.turnoffs), "plans": JSON(report.plans), "extensions": JSON(report.extensions),
            "pledges": JSON(report.pledges), "ended": JSON(report.ended), "vanished": JSON(report.vanished),
            "conflicts": JSON(report.conflicts), "bad_rows": .array(report.badRows.map(JSON.string)),
            "bad_row_count": JSON(report.badRowCount),
            "unnamed_flags": .array(
                report.unnamedFlags.sorted { $0.key < $1.key }.map {
                    ["flag": .string($0.key), "rows": JSON($0.value)]
                }),
            "unmatchable_accounts": [
                "count": JSON(report.unmatchable.count), "rows": .array(report.unmatchable.rows.map(JSON.string)),
            ],
            "not_utf8": .array(report.notUTF8.map(JSON.string)),
            "kinds_without_bill": .array(report.kindsWithoutBill.map(JSON.string)),
            "differences": .array(report.differences.map(JSON.string)),
        ]
    }
}

struct AccountsListCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List all accounts with what is open on them.")

    @Flag(help: "Print JSON Lines.")
    var json = false
    @OptionGroup var options: HomeOptions

    func execute() throws {
        let home = try options.open()
        var rows: [[String]] = []
        try home.ledger.read { transaction in
            try transaction.accountLines { line in
                if json {
                    let object: JSON = [
                        "account": .string(line.account), "customer": .string(line.customer),
                        "name": .string(line.name), "status": .string(line.status), "open_bills": JSON(line.bills),
                        "open": JSON(line.open),
                    ]
                    Terminal.print(object.line)
                } else {
                    rows.append([line.account, line.name, line.status, String(line.bills), line.open.description])
                }
            }
        }
        if !json { Terminal.table(["account", "name", "status", "bills", "open"], rows, right: [3, 4]) }
    }
}
