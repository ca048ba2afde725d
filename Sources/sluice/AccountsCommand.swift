import ArgumentParser
import Files
import Ledger
import Model
import Pipeline

struct AccountsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accounts", abstract: "The billing book: import extracts, show accounts.",
        subcommands: [AccountsImportCommand.self, AccountsShowCommand.self, AccountsListCommand.self])
}

struct AccountsImportCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Load or update accounts, bills, flags and turn-offs from CSV files.",
        discussion: """
            Files are known by their header: accounts.csv, bills.csv, flags.csv, turnoffs.csv, extract.csv.
            What a file does not list stays as it is; a bad row is told and the good ones load.
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
        let report = try AccountsImport(home: home, now: try options.moment(), user: Folder.processUser())
            .load(files, full: full, confirm: confirm)
        for row in report.badRows { Terminal.say("not loaded: \(Terminal.safe(row))") }
        for difference in report.differences { Terminal.say("differs: \(difference)") }
        if json { return Terminal.print(asJSON(report).line) }
        Terminal.print("accounts: \(report.accounts.new) new, \(report.accounts.changed) updated")
        Terminal.print(
            "bills: \(report.bills.new) new, \(report.bills.changed) changed, \(report.bills.same) as before; "
                + "balances \(report.balance)")
        if report.flags + report.turnoffs > 0 {
            Terminal.print("flags: \(report.flags); turn-off orders: \(report.turnoffs)")
        }
        if full { Terminal.print("vanished: \(Terminal.count(report.vanished, "account"))") }
        if report.conflicts > 0 {
            Terminal.print(
                "\(Terminal.count(report.conflicts, "bill")) now below what was paid: see sluice review list")
        }
        if report.badRowCount > 0 { Terminal.print("not loaded: \(Terminal.count(report.badRowCount, "row"))") }
    }

    private func asJSON(_ report: AccountsImport.Report) -> JSON {
        [
            "accounts_new": JSON(report.accounts.new), "accounts_changed": JSON(report.accounts.changed),
            "bills_new": JSON(report.bills.new), "bills_changed": JSON(report.bills.changed),
            "bills_same": JSON(report.bills.same), "balance": JSON(report.balance), "flags": JSON(report.flags),
            "turnoffs": JSON(report.turnoffs), "vanished": JSON(report.vanished),
            "conflicts": JSON(report.conflicts), "bad_rows": .array(report.badRows.map(JSON.string)),
            "differences": .array(report.differences.map(JSON.string)),
        ]
    }
}

struct AccountsShowCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one account: balance, bills, payments, flags.")

    @Argument(help: "The account number.")
    var account: String
    @Flag(help: "Print one JSON object.")
    var json = false
    @OptionGroup var options: HomeOptions

    func execute() throws {
        let home = try options.open()
        let today = home.configuration.calendar.localDate(try options.moment())
        try home.ledger.read { transaction in
            guard let facts = try transaction.account(account) else {
                Terminal.say("there is no account \(account)")
                throw ExitCode(64)
            }
            let bills = try transaction.allBills(of: account)
            let payments = try transaction.payments(of: account)
            let flags = try transaction.flags(of: account, on: today)
            if json { return Terminal.print(asJSON(facts, bills, payments, flags).line) }
            Terminal.print("\(facts.number)  \(Terminal.safe(facts.name))  \(facts.status.rawValue)")
            Terminal.print(
                "\(Terminal.safe(facts.serviceAddress))  customer \(facts.customer)  due \(facts.due)"
                    + (facts.cashOnly ? "  cash only" : "")
                    + (flags.isEmpty ? "" : "  flags: \(flags.joined(separator: ", "))"))
            Terminal.table(
                ["bill", "kind", "due on", "amount", "open"],
                bills.map { [$0.number, $0.kind, $0.dueOn?.description ?? "", "\($0.amount)", "\($0.open)"] },
                right: [3, 4])
            if payments.isEmpty { return }
            Terminal.table(
                ["payment", "effective", "amount"],
                payments.map { [$0.payment.description, $0.on.description, $0.cents.description] }, right: [2])
        }
    }

    private func asJSON(
        _ facts: AccountFacts, _ bills: [OpenBill],
        _ payments: [(payment: PaymentID, on: CivilDate, cents: Cents)], _ flags: [String]
    ) -> JSON {
        [
            "account": .string(facts.number), "customer": .string(facts.customer), "name": .string(facts.name),
            "service_address": .string(facts.serviceAddress), "status": .string(facts.status.rawValue),
            "cash_only": .bool(facts.cashOnly), "due": JSON(facts.due), "flags": .array(flags.map(JSON.string)),
            "bills": .array(
                bills.map {
                    [
                        "bill": .string($0.number), "kind": .string($0.kind), "issued_on": JSON($0.issuedOn),
                        "due_on": JSON($0.dueOn), "amount": JSON($0.amount), "open": JSON($0.open),
                    ]
                }),
            "payments": .array(
                payments.map {
                    [
                        "payment": .string($0.payment.description), "effective_on": JSON($0.on),
                        "amount": JSON($0.cents),
                    ]
                }),
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
