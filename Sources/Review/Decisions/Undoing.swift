internal import FoundationEssentials
internal import Ledger
internal import Model

/// The last decision of an exception, with what it takes to undo it.
struct Undoing {
    let decision: DecisionView
    let action: Action
    let payment: PaymentID?
    /// The entry that moved its money; nil where none did.
    let entry: DecidedEntry?
    /// What it ordered, and what it called back.
    let orders: [Order]
    /// Where the money stood and who looked after it before; nil where the decision changed neither.
    let before: Before?

    /// What has left already, a sentence each: the counter-documents are written, but nobody outside forgets.
    func left(_ transaction: Transaction) throws -> [String] {
        var left: [String] = []
        if let batch = entry?.postingBatch {
            left.append("Posting batch \(batch) told it to the billing system and the general ledger.")
        }
        for order in orders where order.cancels == nil {
            left.append("\(order.name.prefix(1).uppercased())\(order.name.dropFirst()) has left: \(order.inWords).")
        }
        return left
    }

    /// What the effects of a decision say of before.
    struct Before: Decodable {
        var status: String?
        var books: String?
        var reason: String?
        var rule: String?
        var owner: String?
        var backOn: String?
        var waitingFor: String?
        var dueAt: String?
        var `case`: String?

        init(json: String) throws {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            self = try decoder.decode(Self.self, from: Data(json.utf8))
        }
    }
}

/// A journal entry that a decision made.
struct DecidedEntry {
    let key: Int64
    let postedOn: CivilDate
    let postingBatch: Int64?
}

/// `undo`: the last decision that is not undone is taken back.
extension Deciding {
    /// The decision with the number of what it undoes: a person says only which exception.
    func withUndone(_ decision: Decision, _ view: ExceptionView) throws -> Decision {
        guard decision.action == .undo else { return decision }
        guard let last = view.undoable else {
            throw DecisionRefused(
                view.closedAt == nil
                    ? "exception \(view.id) is open, and no assign, wait, ask-bank or protect of it stands to be undone"
                    : "exception \(view.id) was closed by no decision that could be undone")
        }
        var decision = decision
        decision.undoes = last.number
        return decision
    }

    /// What an undo takes back, refused where later things rest on it; nil for any other decision.
    func undoing(_ decision: Decision, _ view: ExceptionView) throws -> Undoing? {
        guard decision.action == .undo else { return nil }
        guard let number = decision.undoes, let undone = view.undoable, undone.number == number,
            let action = Action(rawValue: undone.action)
        else { throw DecisionRefused("exception \(view.id) was decided again since: there is another to undo") }
        let movesMoney = !action.leavesOpen && (action != .rejectFile || view.heldUnit != nil)
        let entry = try view.payment.flatMap { try transaction.entry(of: $0, decision: number) }
        if let payment = view.payment, movesMoney { try checkNothingRests(on: payment, number, entry) }
        let before = try transaction.effectBefore(of: number).map(Undoing.Before.init(json:))
        guard !movesMoney || before != nil && view.payment != nil else {
            throw DecisionRefused("decision \(number) was about more than exception \(view.id): it is not undone here")
        }
        return Undoing(
            decision: undone, action: action, payment: view.payment, entry: entry,
            orders: try transaction.orders(of: number), before: before)
    }

    /// Money that moved again, was returned, or for which another telling was taken off the books stays.
    private func checkNothingRests(on payment: PaymentID, _ number: Int64, _ entry: DecidedEntry?) throws {
        if let later = try transaction.laterMove(of: payment, after: number, entry?.key) {
            throw DecisionRefused(
                later.decision == nil
                    ? "the bank took payment \(payment) back since: there is nothing to undo"
                    : "the money of payment \(payment) was moved again since, by the decision about exception "
                        + "\(later.exception ?? ""): undo that first")
        }
        if let twin = try transaction.toldTwice(of: payment, after: number) {
            throw DecisionRefused(
                "payment \(twin) was taken off the books since, because this one stands: undo that first")
        }
    }

    /// Takes the decision back: the money in the same business day before its close, else in the open one; what had
    /// left by another order; what it taught; and the exception waits again.
    func undo(_ undoing: Undoing, _ view: ExceptionView, decision: Int64) throws {
        let reason = "Decision \(undoing.decision.number) is undone."
        for var order in undoing.orders {
            if order.cancels == nil {
                try transaction.cancel(order, decision: decision, reason: reason, at: at)
            } else {
                // What it called back is ordered again.
                (order.cancels, order.reason) = (nil, reason)
                try transaction.place(order, decision: decision, at: at)
            }
        }
        if let payment = undoing.payment { try takeBack(payment, undoing, decision: decision) }
        if undoing.action.changesCourse, let before = undoing.before {
            try transaction.resetCourse(
                of: view.id, owner: before.owner, back: before.backOn.flatMap { CivilDate(iso: $0) },
                waitingFor: before.waitingFor, due: before.dueAt, caseNumber: before.case)
        }
        if view.closedAt != nil { try transaction.reopen(view.id) }
    }

    private func takeBack(_ payment: PaymentID, _ undoing: Undoing, decision: Int64) throws {
        guard !undoing.action.leavesOpen, undoing.action != .rejectFile, let before = undoing.before,
            let state = try transaction.state(of: payment),
            let status = before.status.flatMap(PaymentStatus.init), let books = before.books.flatMap(Books.init)
        else { return }
        // A sum that stood on accounts: its bills may be paid otherwise by now. It waits for a person instead.
        let stoodOnAccounts = books == .posted
        if let entry = undoing.entry {
            let lines =
                stoodOnAccounts
                ? [JournalLine(.cashClearing, state.amount), JournalLine(.suspense, -state.amount)]
                : try transaction.linesBack(of: payment, before: entry.key)
            let taught = try undoing.decision.isTeaching ? transaction.accounts(of: payment, given: entry.key) : []
            let back = try transaction.addEntry(
                of: state, kind: "reversal", decision: decision, postedOn: max(postedOn, entry.postedOn),
                reverses: entry.key, lines: lines)
            try transaction.takeBackAllocations(of: payment, entry: back)
            if let payer = state.payerKey { try transaction.unteach(payer, taught) }
        }
        try transaction.set(
            payment, status: stoodOnAccounts ? .suspense : status, books: stoodOnAccounts ? .suspense : books)
        // No other decision says by which rule a payment stands where it does.
        guard undoing.action == .duplicate else { return }
        try transaction.unreconcile(payment)
        try transaction.setRule(of: payment, before.rule, reason: before.reason)
    }
}

extension ExceptionView {
    /// The last decision that was carried out and is not undone. An open exception has only its course to undo: its
    /// money waits as it did. What was closed by something else than a decision has nothing.
    package var undoable: DecisionView? {
        let standing = decisions.filter { $0.isCarriedOut && $0.undoneBy == nil && $0.undoes == nil }
        guard closedAt != nil else {
            return standing.last { Action(rawValue: $0.action)?.changesCourse == true }
        }
        guard let last = standing.last, let action = Action(rawValue: last.action) else { return nil }
        return action.changesCourse ? nil : last
    }
}

extension DecisionView {
    /// Whether it was carried out: nobody had to approve it, or somebody did.
    package var isCarriedOut: Bool { needs == nil || verdict?.isApproved == true }

    /// Whether it says whose the money is, and stands.
    package var movesMoney: Bool {
        isCarriedOut && undoneBy == nil && undoes == nil && Action(rawValue: action)?.leavesOpen == false
    }

    /// Whether it taught the payer memory whom it is for.
    fileprivate var isTeaching: Bool { [Action.post, .split].map(\.rawValue).contains(action) }
}
