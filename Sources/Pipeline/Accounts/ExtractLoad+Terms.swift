internal import Ledger
internal import Model

// What an extract states of accounts besides their bills, row by row.
extension ExtractLoad {
    mutating func flag(_ row: ExtractRow) throws {
        let span = try row.span()
        let flag = FlagPolicies.code(try row.needed("flag"))
        guard !flag.isEmpty else { throw BadRow(description: "field flag is blank") }
        try transaction.load(
            StatedFlag(
                account: try knownAccount(row), flag: flag, from: span.from, until: span.until,
                caseNumber: row.text("case"), note: row.text("note"),
                more: row.others(than: ["account", "flag", "from", "until", "case", "note"])), extract: extract)
        report.flags += 1
        if !home.configuration.flags.isNamed(flag) { report.unnamedFlags[flag, default: 0] += 1 }
    }

    mutating func plan(_ row: ExtractRow) throws {
        let account = try knownAccount(row)
        let bills = row.text("bills").split { " ;|".contains($0) }.map(String.init)
        for bill in bills {
            guard let owner = try transaction.accountNumber(ofBill: bill) else {
                throw BadRow(description: "field bills holds \"\(bill)\", which no bills file stated")
            }
            guard owner == account else {
                throw BadRow(description: "field bills holds \"\(bill)\", a bill of account \(owner)")
            }
        }
        let remaining = row.text("remaining").isEmpty ? nil : try row.cents("remaining")
        guard remaining.map({ $0 >= .zero }) ?? true else {
            throw BadRow(description: "field remaining holds \"\(row.text("remaining"))\", expected 0.00 or more")
        }
        let plan = PaymentPlan(
            number: try row.needed("plan"), kind: try row.word("kind", default: .arrears),
            instalment: try row.positiveCents("instalment"), nextDueOn: try row.date("next_due_on"),
            stated: remaining, bills: bills)
        let span = try row.span()
        try transaction.load(
            StatedPlan(
                account: account, plan: plan, from: span.from, until: span.until,
                status: try row.word("status", default: .active), more: row.others(than: Self.planColumns)),
            extract: extract, lastPostingBatch: lastPostingBatch)
        report.plans += 1
    }

    private static let planColumns: Set<String> = [
        "account", "plan", "kind", "instalment", "next_due_on", "from", "until", "remaining", "bills", "status",
    ]

    mutating func `extension`(_ row: ExtractRow) throws {
        let amount = row.text("amount").isEmpty ? nil : try row.positiveCents("amount")
        let span = try row.span()
        let `extension` = DueExtension(
            number: try row.needed("extension"), until: try row.neededDate("until"), amount: amount)
        try transaction.load(
            StatedExtension(
                account: try knownAccount(row), extension: `extension`, from: span.from,
                status: try row.word("status", default: .active),
                more: row.others(than: ["account", "extension", "from", "until", "amount", "status"])),
            extract: extract)
        report.extensions += 1
    }

    mutating func pledge(_ row: ExtractRow) throws {
        let span = try row.span()
        let pledge = Pledge(
            number: try row.needed("pledge"), agency: try row.needed("agency"), amount: try row.positiveCents("amount"))
        try transaction.load(
            StatedPledge(
                account: try knownAccount(row), pledge: pledge, from: span.from, until: span.until,
                status: try row.word("status", default: .open),
                more: row.others(than: ["account", "pledge", "agency", "amount", "from", "until", "status"])),
            extract: extract, lastPostingBatch: lastPostingBatch)
        report.pledges += 1
    }

    mutating func turnoff(_ row: ExtractRow) throws {
        let amount = try row.cents("amount_to_stop")
        guard amount >= .zero else {
            throw BadRow(
                description: "field amount_to_stop holds \"\(row.text("amount_to_stop"))\", expected 0.00 or more")
        }
        let order = TurnOff(
            order: row.text("order"), visitOn: try row.neededDate("visit_on"), window: try window(row),
            amountToStop: amount)
        try transaction.load(
            StatedTurnOff(
                account: try knownAccount(row), turnOff: order, status: try row.word("status", default: .open),
                more: row.others(than: ["account", "order", "visit_on", "window", "amount_to_stop", "status"])),
            extract: extract, lastPostingBatch: lastPostingBatch)
        report.turnoffs += 1
    }

    private func window(_ row: ExtractRow) throws -> String {
        let window = row.text("window")
        guard window.isEmpty || VisitWindow(window) != nil else {
            throw BadRow(description: "field window holds \"\(window)\", expected two times of day such as 08:00-12:00")
        }
        return window
    }
}
