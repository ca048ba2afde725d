internal import Ledger
internal import Model

/// Money that is told, paid or presented twice: `duplicate`.
extension Deciding {
    /// A duplicate of which nobody says what it is was presented twice, and a sum without a twin told by other files.
    /// It is kept so: what was done must show later.
    func withKind(_ decision: Decision, _ view: ExceptionView) throws -> Decision {
        guard decision.action == .duplicate, decision.kind == nil, let payment = view.payment else { return decision }
        var decision = decision
        let isSumAlone = try view.item?.twin == nil && transaction.isSum(payment)
        decision.kind = isSumAlone ? .toldTwice : .presentedTwice
        return decision
    }

    func duplicate(_ decision: Decision, _ state: PaymentState, _ out: JournalLine) throws -> Plan? {
        switch decision.kind ?? .presentedTwice {
        case .toldTwice:
            try requireCounted(state)
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
    /// is none it may be several that make it up, or one that differs: the person's note says which. Nil for what is no
    /// sum, or has a twin.
    func toldElsewhere(_ decision: Decision, _ state: PaymentState) throws -> Plan? {
        guard state.twin == nil, decision.kind ?? .toldTwice == .toldTwice, try transaction.isSum(state.payment) else {
            return nil
        }
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
    private func requireCounted(_ state: PaymentState) throws {
        guard try !transaction.isCounted(state.payment) else {
            throw DecisionRefused(
                "another telling of payment \(state.payment) was taken off the books because this one stands")
        }
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

    private func accountOfTwin(_ state: PaymentState) throws -> String {
        let accounts = try state.twin.map { try transaction.accounts(paidBy: $0) } ?? []
        guard accounts.count == 1 else {
            throw DecisionRefused("paid-twice needs the account that gets the credit, in allocations")
        }
        return accounts[0]
    }

    func takeOff(_ sum: PaymentID, _ told: Plan.Told, decision: Int64) throws {
        var rule = Transaction.sumByPersonRule
        if case .unit(let unit) = told {
            rule = Transaction.sumRule
            try transaction.reconcile(sum, with: unit.key, by: unit.intake, at: at)
        }
        try transaction.takeOff(sum, decision: decision, postedOn: postedOn, postingBatch: nil, at: at, rule: rule)
    }
}
