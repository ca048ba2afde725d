internal import Ledger
internal import Model

/// What a decision does to its payment.
struct Plan {
    var state: PaymentState
    var lines: [JournalLine]
    var parts: [Part] = []
    var status: PaymentStatus
    var books: Books
    var kind = "decision"
    var reverses: Int64?
    /// A sum whose payments files tell comes off the books: by one unit of its total, or by a person's word alone.
    var told: Told?
    /// Whether the payer is remembered to pay for these accounts.
    var teaches = false
    /// What leaves the office for it.
    var order: Order?

    enum Told {
        case unit(ToldUnit)
        case byPerson
    }
}

extension Deciding {
    /// What a decision does to the money of its exception; nil where it moves none.
    func plan(_ decision: Decision, _ view: ExceptionView) throws -> Plan? {
        guard !decision.action.leavesOpen, decision.action != .rejectFile, decision.action != .undo else { return nil }
        guard let payment = view.payment, let state = try transaction.state(of: payment), state.books != .none else {
            throw DecisionRefused("exception \(view.id) has no money to move")
        }
        if decision.action == .duplicate, let told = try toldElsewhere(decision, state) { return told }
        let standing = try transaction.standingLines(of: payment)
        guard state.books != .posted, standing.count == 1 else {
            throw DecisionRefused("payment \(payment) is posted; only a sum that is told twice comes off again")
        }
        let out = JournalLine(standing[0].ledgerAccount, state.amount)
        switch decision.action {
        case .post, .split: return posting(try parts(decision, state), state, out, teaches: true)
        case .credit: return posting(try credits(decision, state), state, out, teaches: false)
        case .customerDeposit: return posting(try deposits(decision, state), state, out, teaches: false)
        case .suspense:
            return Plan(
                state: state, lines: [out, JournalLine(.suspense, -state.amount)], status: .suspense, books: .suspense)
        case .duplicate: return try duplicate(decision, state, out)
        case .notOurs: return leaving(state, out, to: .dueToOthers)
        case .refund, .returnToSender: return try payingBack(decision, view, state, out)
        case .payOver: return try payingOver(decision, view, state, out)
        case .writeOff: return try writingOff(state, out)
        case .rejectFile, .assign, .wait, .askBank, .protect, .note, .undo: return nil
        }
    }

    /// Carries a plan out: its entry, its allocations, what leaves the office, what the payer memory learns.
    func carryOut(_ plan: Plan, decision: Int64) throws {
        let payment = plan.state.payment
        if let told = plan.told { return try takeOff(payment, told, decision: decision) }
        if !plan.lines.isEmpty {
            let entry = try transaction.addEntry(
                of: plan.state, kind: plan.kind, decision: decision, postedOn: postedOn, reverses: plan.reverses,
                lines: plan.lines)
            try transaction.allocate(plan.parts, of: payment, entry: entry)
        }
        for order in try transaction.standingOrders(of: payment) {
            try transaction.cancel(order, decision: decision, reason: "Its money was decided about again.", at: at)
        }
        if let order = plan.order { try transaction.place(order, decision: decision, at: at) }
        try transaction.set(payment, status: plan.status, books: plan.books)
        guard plan.teaches, let payer = plan.state.payerKey else { return }
        for account in Set(plan.parts.map(\.account)).sorted() {
            try transaction.learn(payer: payer, account: account, on: plan.state.value)
        }
    }

    /// The allocations of a decision, which sum to its payment.
    func total(_ decision: Decision, _ state: PaymentState) throws -> [Decision.Allocation] {
        guard !decision.allocations.isEmpty else {
            throw DecisionRefused(
                "\(decision.action.rawValue) needs allocations: who gets how much (--to ACCOUNT[:BILL]=AMOUNT)")
        }
        let sum = decision.allocations.map(\.amount).reduce(Optional(Cents.zero)) { $0?.adding($1) }
        guard sum == state.amount else {
            throw DecisionRefused(
                "the allocations sum to \(sum?.description ?? "too much"), the payment is \(state.amount)")
        }
        return decision.allocations
    }

    /// The number of an account that is in the book.
    func known(_ account: String) throws -> String {
        guard try transaction.hasAccount(account) else { throw DecisionRefused("there is no account \(account)") }
        return account
    }
}
