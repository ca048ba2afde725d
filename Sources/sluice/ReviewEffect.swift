import Ledger
import Model
import Pipeline
import Review

extension Deciding.Effect {
    /// Prints what a decision did, or would do.
    func show(of exception: String, _ action: String, isDryRun: Bool) {
        for sentence in left { Terminal.print("  already out: \(Terminal.safe(sentence))") }
        let done =
            if isDryRun {
                "would be carried out" + (needs == nil ? "" : ", once another person approves it")
            } else {
                needs == nil ? "carried out" : "waits: another person must approve it"
            }
        let what = kind.map { " as \($0.rawValue): \($0.sentence)" } ?? ""
        Terminal.print("\(exception): \(action) \(done)\(what)")
        let isDone = !isDryRun && needs == nil
        showParts(isDone: isDone)
        if !isDone { showEntry() }
    }

    /// Prints what accounts got and what left, or would.
    func showParts(isDone: Bool) {
        for part in parts { Terminal.print("  \(isDone ? "posted" : "would post") \(Terminal.safe(part.inWords))") }
        for order in orders {
            let cancels = order.cancels.map { "cancels order \($0): " } ?? ""
            Terminal.print("  \(order.name): \(cancels)\(Terminal.safe(order.inWords))")
        }
    }

    /// The entry that would be made, a line each.
    private func showEntry() {
        guard !lines.isEmpty else { return }
        Terminal.table(
            ["ledger account", "account", "bill", "debit", "credit"],
            lines.map { line in
                [
                    line.ledgerAccount.rawValue, line.account ?? "", line.bill ?? "",
                    line.cents > .zero ? "\(line.cents)" : "", line.cents < .zero ? "\(-line.cents)" : "",
                ]
            }, right: [3, 4])
    }

    /// Prints what many decisions would do together: how many of each action, over how much, and what each of the books
    /// would get.
    static func show(_ outcomes: [Reviewing.Outcome]) {
        let actions = Dictionary(grouping: outcomes, by: \.action).sorted { $0.key < $1.key }
        Terminal.table(
            ["action", "decisions", "amount", "orders", "wait for another"],
            actions.map { action, outcomes in
                [
                    action, "\(outcomes.count)", "\(outcomes.compactMap(\.amount).sum)",
                    "\(outcomes.map(\.effect.orders.count).reduce(0, +))",
                    "\(outcomes.count { $0.effect.needs != nil })",
                ]
            }, right: [1, 2, 3, 4])
        let lines = Dictionary(grouping: outcomes.flatMap(\.effect.lines), by: \.ledgerAccount)
        Terminal.table(
            ["ledger account", "change"],
            lines.map { ($0.key.rawValue, $0.value.map(\.cents).sum) }.sorted { $0.0 < $1.0 }
                .map { [$0.0, "\($0.1)"] }, right: [1])
    }
}

extension Action {
    /// Whether it may name a person, a payee or an account instead of shares.
    var namesSomebody: Bool { [.assign, .askBank, .protect, .payOver, .returnToSender].contains(self) }
}
