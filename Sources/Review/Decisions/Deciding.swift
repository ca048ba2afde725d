package import Ledger
package import Matching
package import Model

/// Carries decisions out: each moves its money in balanced entries, teaches the payer memory, and closes its exception.
///
/// Whatever way a decision comes, it goes through here: who may make it, whose claim stands, what was shown, and
/// whether a second person must approve it are asked in one place.
package struct Deciding {
    let transaction: Transaction
    let reviewer: Reviewer
    let route: Route
    let at: String
    let day: CivilDate
    let postedOn: CivilDate
    let policy: ReviewPolicy
    /// Decisions made at once share a number.
    package var bulk: Int64?

    /// For decisions of one person at one moment (ISO 8601 UTC), journalled on an open business day; what they do not
    /// direct is spread by policy.
    package init(
        _ transaction: Transaction, by reviewer: Reviewer, route: Route, at: String, day: CivilDate,
        postedOn: CivilDate, policy: ReviewPolicy
    ) {
        self.transaction = transaction
        self.reviewer = reviewer
        self.route = route
        self.at = at
        self.day = day
        self.postedOn = postedOn
        self.policy = policy
    }

    /// What a decision did.
    package struct Effect: Sendable {
        /// What accounts and bills got.
        package var parts: [Part] = []
        /// What a duplicate was taken for, said or not.
        package var kind: Decision.Kind?
        /// The journal lines that moved its money; empty where none moved.
        package var lines: [JournalLine] = []
        /// What it waits for; nothing has moved then.
        package var needs: Need?

        package init() {}
    }

    /// Carries one decision out, or keeps it for a second person.
    ///
    /// - Throws: `DecisionRefused` with a sentence for the person; nothing has changed then.
    @discardableResult
    package func apply(_ decision: Decision) throws -> Effect {
        let view = try undecided(decision.exception)
        guard view.actions.contains(decision.action) else {
            let allowed = view.actions.map(\.rawValue).joined(separator: ", ")
            throw DecisionRefused(
                "\(decision.action.rawValue) does not fit exception \(decision.exception); it takes: \(allowed)")
        }
        try checkPerson(decision, view)
        if route != .program { try transaction.checkClaim(view.id, by: reviewer.name, token: decision.claim, at: at) }
        try checkShown(decision, view)
        let decision = try withKind(decision, view)
        let needs = need(of: decision, view)
        guard let needs else { return try carryOut(decision, view, number: nil) }
        // What could not be carried out is refused now, not when somebody approves it.
        var effect = Effect()
        effect.parts = try plan(decision, view)?.parts ?? []
        effect.needs = needs
        let number = try transaction.insert(decision, by: reviewer.name, route: route, at: at, needs: needs, bulk: bulk)
        try transaction.setPending(number, of: view.id)
        try audit(decision, "proposed")
        return effect
    }

    /// The exception, open and without a decision that waits for a second person.
    private func undecided(_ id: String) throws -> ExceptionView {
        guard let view = try transaction.exception(id) else { throw DecisionRefused("there is no exception \(id)") }
        if let closedAt = view.closedAt {
            let last = view.decisions.last.map { "\($0.action) by \($0.by)" } ?? "closed"
            throw DecisionRefused("exception \(id) was decided already (\(last), \(closedAt))")
        }
        if let pending = view.decisions.first(where: { $0.number == view.pendingDecision }) {
            throw DecisionRefused(
                "exception \(id) waits for a second person: \(pending.by) decided \(pending.action) at \(pending.at); "
                    + "it is approved or declined first")
        }
        return view
    }

    /// Carries a decision out that nobody has to approve any more. `number` is its own where it was kept before.
    func carryOut(_ decision: Decision, _ view: ExceptionView, number: Int64?) throws -> Effect {
        let plan = try plan(decision, view)
        let before = try view.payment.map(transaction.standing)
        let number = try number ?? transaction.insert(decision, by: reviewer.name, route: route, at: at, bulk: bulk)
        if let plan { try carryOut(plan, decision: number) }
        try setCourse(decision, view)
        if let payment = view.payment, let before, plan != nil {
            try transaction.keepEffect(of: number, before: before, after: try transaction.standing(of: payment))
        }
        try audit(decision, "decision")
        if try decision.action.leavesOpen && !(decision.action == .note && isClosedByNote(view)) {
            try transaction.refresh(decision.exception)
        } else {
            try transaction.close(decision.exception, at: at, on: day)
        }
        var effect = Effect()
        (effect.parts, effect.kind, effect.lines) = (plan?.parts ?? [], decision.kind, plan?.lines ?? [])
        return effect
    }

    func audit(_ decision: Decision, _ event: String) throws {
        try transaction.audit(
            at: at, who: reviewer.name, event: event, subject: decision.exception, detail: decision.action.rawValue)
    }

    /// Who looks after it, and when it comes back: `assign` names a person, `wait` a day and a thing.
    private func setCourse(_ decision: Decision, _ view: ExceptionView) throws {
        switch decision.action {
        case .assign:
            try transaction.setCourse(of: view.id, owner: try owner(decision), back: nil, waitingFor: nil)
        case .wait:
            try transaction.setCourse(
                of: view.id, owner: nil, back: try future(decision), waitingFor: decision.to ?? decision.note)
            _ = try transaction.release(view.id, by: reviewer.name)
        default: break
        }
    }

    private func owner(_ decision: Decision) throws -> String {
        guard let owner = decision.to, !owner.isEmpty else { throw DecisionRefused("assign needs to: who gets it") }
        if try transaction.hasUsers(), try transaction.user(owner).map(\.isDisabled) ?? true {
            throw DecisionRefused("there is no user \(owner) to give it to")
        }
        return owner
    }

    private func future(_ decision: Decision) throws -> CivilDate {
        guard let until = decision.until else {
            throw DecisionRefused("\(decision.action.rawValue) needs until: the day it comes back, such as 2026-03-31")
        }
        guard until > day else { throw DecisionRefused("until \(until) is not after today, \(day)") }
        return until
    }

    /// A duplicate of which nobody says what it is was presented twice, and a sum without a twin told by other files.
    /// It is kept so: what was done must show later.
    private func withKind(_ decision: Decision, _ view: ExceptionView) throws -> Decision {
        guard decision.action == .duplicate, decision.kind == nil, let payment = view.payment else { return decision }
        var decision = decision
        let isSumAlone = try view.item?.twin == nil && transaction.isSum(payment)
        decision.kind = isSumAlone ? .toldTwice : .presentedTwice
        return decision
    }

    /// A note closes what was only told for knowing, and a debit that no book holds: nothing was credited, so no money
    /// is left to decide about. Anything else it leaves open.
    private func isClosedByNote(_ view: ExceptionView) throws -> Bool {
        if view.severity == Severity.note.rawValue { return true }
        return try view.payment.map(transaction.isDebitOffBooks) ?? false
    }

    /// What a decision does to its payment.
    private struct Plan {
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
    }

    private enum Told {
        case unit(ToldUnit)
        case byPerson
    }

    private func plan(_ decision: Decision, _ view: ExceptionView) throws -> Plan? {
        guard !decision.action.leavesOpen, decision.action != .rejectFile else {
            if decision.action == .assign { _ = try owner(decision) }
            if decision.action == .wait { _ = try future(decision) }
            return nil
        }
        guard let payment = view.payment, let state = try transaction.state(of: payment), state.books != .none else {
            throw DecisionRefused("exception \(view.id) has no money to move")
        }
        if decision.action == .duplicate, state.twin == nil, decision.kind ?? .toldTwice == .toldTwice,
            try transaction.isSum(payment)
        {
            return try toldElsewhere(decision, state)
        }
        guard let from = state.books.ledgerAccount else {
            throw DecisionRefused("payment \(payment) is posted; only a sum that is told twice comes off again")
        }
        let out = JournalLine(from, state.amount)
        if decision.action == .duplicate, decision.kind == .toldTwice, try transaction.isCounted(state.payment) {
            throw DecisionRefused(
                "another telling of payment \(state.payment) was taken off the books because this one stands")
        }
        switch decision.action {
        case .post, .split:
            return posting(try parts(decision, state), state, out, teaches: true)
        case .credit:
            let credits = try total(decision, state).map { share in
                guard share.bill == nil else {
                    throw DecisionRefused("credit goes to an account and not to a bill; post pays a bill")
                }
                return Part(account: try known(share.account), bill: nil, kind: .credit, cents: share.amount)
            }
            return posting(credits, state, out, teaches: false)
        case .suspense:
            return Plan(
                state: state, lines: [out, JournalLine(.suspense, -state.amount)], status: .suspense, books: .suspense)
        case .notOurs:
            return Plan(
                state: state, lines: [out, JournalLine(.dueToOthers, -state.amount)], status: .rejected,
                books: .dueToOthers)
        case .duplicate:
            return try duplicate(decision, state, out)
        case .rejectFile, .assign, .wait, .note:
            return nil
        }
    }

    private func posting(_ parts: [Part], _ state: PaymentState, _ out: JournalLine, teaches: Bool) -> Plan {
        Plan(
            state: state, lines: [out] + parts.map(JournalLine.init(crediting:)), parts: parts, status: .posted,
            books: .posted, teaches: teaches)
    }

    private func duplicate(_ decision: Decision, _ state: PaymentState, _ out: JournalLine) throws -> Plan? {
        switch decision.kind ?? .presentedTwice {
        case .toldTwice:
            try requireStandingTwin(state)
            return Plan(
                state: state, lines: [out, JournalLine(.cashClearing, -state.amount)], status: .duplicate, books: .none,
                kind: "reversal", reverses: state.payment.key * 100)
        case .paidTwice:
            let named = decision.allocations.isEmpty ? nil : try total(decision, state)
            guard named?.count ?? 1 == 1 else { throw DecisionRefused("paid-twice credits one account, not several") }
            let account = try known(named?[0].account ?? accountOfTwin(state))
            let credit = Part(account: account, bill: nil, kind: .credit, cents: state.amount)
            return posting([credit], state, out, teaches: false)
        case .presentedTwice:
            if state.books == .onHold {
                return Plan(state: state, lines: [], status: .duplicate, books: .onHold)
            }
            return Plan(
                state: state, lines: [out, JournalLine(.onHold, -state.amount)], status: .duplicate, books: .onHold)
        }
    }

    /// A sum is told by the nearest unit of its amount: a person says so where more than one may be meant. Where there
    /// is none it may be several that make it up, or one that differs: the person's note says which.
    private func toldElsewhere(_ decision: Decision, _ state: PaymentState) throws -> Plan {
        let days = state.value.advanced(by: -Self.daysOfUnits)...state.value.advanced(by: Self.daysOfUnits)
        func apart(_ unit: ToldUnit) -> Int { abs(unit.date.daysSinceEpoch - state.value.daysSinceEpoch) }
        let units = try transaction.freeUnits(of: state.amount, in: days).filter {
            $0.intake != state.payment.intake && ($0.bankKey ?? state.bankKey) == (state.bankKey ?? $0.bankKey)
        }
        var plan = Plan(state: state, lines: [], status: .rejected, books: .none)
        if let unit = units.min(by: { apart($0) < apart($1) }) {
            plan.told = .unit(unit)
        } else if let note = decision.note, note.contains(where: { !$0.isWhitespace }) {
            plan.told = .byPerson
        } else {
            throw DecisionRefused(
                "no other file tells a deposit or batch over \(state.amount) that no sum stands for yet; a note must "
                    + "say which files tell its payments")
        }
        return plan
    }

    /// How far from its sum a unit may be that a person means.
    private static let daysOfUnits = 31

    /// Told twice means that the other telling stands: the same money must stay on the books once.
    private func requireStandingTwin(_ state: PaymentState) throws {
        guard let twin = try state.twin.flatMap({ try transaction.state(of: $0) }) else {
            throw DecisionRefused("payment \(state.payment) has no twin, so it was not told twice")
        }
        guard try twin.books != .none || transaction.isToldSum(twin.payment) else {
            throw DecisionRefused("its twin \(twin.payment) is not on the books; this one must stay there")
        }
        if let told = try transaction.overtold(taking: state.payment, for: twin.payment) {
            let other = told.first == state.payment ? told.payment : told.first
            throw DecisionRefused(
                "the same file told payment \(twin.payment) again already, with \(other): it is told twice by one of "
                    + "both only")
        }
    }

    private func known(_ account: String) throws -> String {
        guard try transaction.hasAccount(account) else { throw DecisionRefused("there is no account \(account)") }
        return account
    }

    private func accountOfTwin(_ state: PaymentState) throws -> String {
        let accounts = try state.twin.map { try transaction.accounts(paidBy: $0) } ?? []
        guard accounts.count == 1 else {
            throw DecisionRefused("paid-twice needs the account that gets the credit, in allocations")
        }
        return accounts[0]
    }

    private func total(_ decision: Decision, _ state: PaymentState) throws -> [Decision.Allocation] {
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

    /// Splits what each account gets over its bills: as the person directs, then by policy.
    private func parts(_ decision: Decision, _ state: PaymentState) throws -> [Part] {
        let shares = try total(decision, state)
        for share in shares {
            _ = try known(share.account)
            if let bill = share.bill, try transaction.accountNumber(ofBill: bill) != share.account {
                throw DecisionRefused("bill \(bill) is not a bill of account \(share.account)")
            }
        }
        guard let parts = try transaction.spread(shares, policy: policy.allocation, on: state.value) else {
            throw DecisionRefused("an account of the allocations is not in the book")
        }
        return parts
    }

    private func carryOut(_ plan: Plan, decision: Int64) throws {
        let payment = plan.state.payment
        if let told = plan.told { return try takeOff(payment, told, decision: decision) }
        if !plan.lines.isEmpty {
            let entry = try transaction.addEntry(
                of: plan.state, kind: plan.kind, decision: decision, postedOn: postedOn, reverses: plan.reverses,
                lines: plan.lines)
            try transaction.allocate(plan.parts, of: payment, entry: entry)
        }
        try transaction.set(payment, status: plan.status, books: plan.books)
        guard plan.teaches, let payer = plan.state.payerKey else { return }
        for account in Set(plan.parts.map(\.account)).sorted() {
            try transaction.learn(payer: payer, account: account, on: plan.state.value)
        }
    }

    private func takeOff(_ sum: PaymentID, _ told: Told, decision: Int64) throws {
        var rule = Transaction.sumByPersonRule
        if case .unit(let unit) = told {
            rule = Transaction.sumRule
            try transaction.reconcile(sum, with: unit.key, by: unit.intake, at: at)
        }
        try transaction.takeOff(sum, decision: decision, postedOn: postedOn, postingBatch: nil, rule: rule)
    }
}

extension Part {
    /// Splits money for one account over its bills by the office's policy, on the item's day; the parts sum to it.
    package static func parts(
        of cents: Cents, bill: String?, to account: AccountFacts, policy: AllocationPolicy, on day: CivilDate
    ) -> [Part] {
        allocate(cents, to: bill, of: account, policy: policy, on: day).map {
            Part(account: account.number, bill: $0.bill, kind: Part.Kind(rawValue: $0.kind)!, cents: $0.cents)
        }
    }
}

extension AccountFacts {
    /// Takes parts off the open bills, as the ledger will.
    package mutating func pay(_ parts: [Part]) {
        for part in parts where part.account == number && part.bill != nil {
            guard let index = bills.firstIndex(where: { $0.number == part.bill }) else { continue }
            bills[index].open -= part.cents
        }
        for index in terms?.plans.indices ?? 0..<0 {
            let towards = terms!.plans[index].bills
            for part in parts where part.account == number {
                let counts = towards.isEmpty || part.bill.map(towards.contains) ?? false
                if counts { terms!.plans[index].paid += part.cents }
            }
        }
        bills.removeAll { $0.open <= .zero }
    }
}
