internal import Ledger
internal import Model

/// Held units: `accept-batch`, `correct`, and `reject-file` or `duplicate` of what another file tells.
extension Deciding {
    /// Whether a decision moves the money of a held unit or of a claim about one.
    func decidesUnit(_ decision: Decision, _ view: ExceptionView) -> Bool {
        view.heldUnit != nil && [.acceptBatch, .correct, .rejectFile, .duplicate].contains(decision.action)
    }

    /// Carries a decision about a held unit out; nil where it is about none.
    func carryOutUnit(_ decision: Decision, _ view: ExceptionView, number: Int64) throws -> UnitOutcome? {
        guard decidesUnit(decision, view), let unit = view.heldUnit else { return nil }
        switch decision.action {
        case .acceptBatch: try accept(unit, decision, view, number: number)
        case .correct: return try correct(unit, decision, view, number: number)
        default: try reject(unit, decision, view, number: number)
        }
        return .settled
    }

    func release(_ items: [DecidedItem], _ directed: [PaymentID: [Decision.Allocation]], number: Int64) throws {
        guard let releasing else { throw LedgerFault("nobody is there who could decide the items of a held unit") }
        try releasing.release(items, directed: directed, decision: number, transaction)
    }

    /// What a unit was credited, in words, against what its items say.
    func apart(_ unit: HeldUnit) throws -> String {
        let items = try transaction.heldItems(of: unit).map(\.amount).sum
        return
            "\(unit.name) was credited \(items + unit.difference) and its items say \(items): \(unit.difference) apart"
    }
}

// MARK: accept-batch

extension Deciding {
    /// Releases a unit as its items say. Every cent of the difference is named: keyed, claimed, or given up.
    private func accept(_ unit: HeldUnit, _ decision: Decision, _ view: ExceptionView, number: Int64) throws {
        try checkDifferences(unit, decision, view)
        try checkRetelling(unit, decision)
        var directed = try directions(of: unit)
        for difference in decision.differences where difference.kind == .missingItem {
            let payment = try transaction.add(
                missing(difference), to: unit, decision: number, postedOn: postedOn, currency: currency)
            guard let account = difference.account else { continue }
            directed[payment] = [
                Decision.Allocation(account: account, bill: difference.bill, amount: difference.amount)
            ]
        }
        try settle(unit, decision, .missingItem, into: .cashClearing, number: number)
        try settle(unit, decision, .overShort, into: .overShort, number: number)
        try release(transaction.decidedItems(of: unit), directed, number: number)
        for difference in decision.differences where difference.kind == .bankError {
            try claim(difference, of: unit, view)
        }
    }

    private func settle(
        _ unit: HeldUnit, _ decision: Decision, _ kind: Difference.Kind, into account: LedgerAccount, number: Int64
    ) throws {
        let sum = decision.differences.filter { $0.kind == kind }.map(\.amount).sum
        try transaction.settle(
            sum, of: unit, into: account, bankKey: unit.bankKey, on: unit.bankOn, decision: number, postedOn: postedOn)
    }

    private func missing(_ difference: Difference) throws -> MissingItem {
        let share = try difference.account.map {
            Decision.Allocation(account: try known($0), bill: difference.bill, amount: difference.amount)
        }
        try share.map(checkBill)
        return MissingItem(
            amount: difference.amount, account: difference.account ?? "", bill: difference.bill ?? "",
            checkNumber: difference.checkNumber ?? "", payer: difference.payer ?? "")
    }

    /// Nothing is accepted with a cent unnamed.
    private func checkDifferences(_ unit: HeldUnit, _ decision: Decision, _ view: ExceptionView) throws {
        let isClaim = view.reason == Reason.differenceClaimed.rawValue
        let apart = isClaim ? view.amount ?? .zero : unit.difference
        let named = decision.differences.map(\.amount).reduce(Optional(Cents.zero)) { $0?.adding($1) }
        guard named == apart else {
            let what = isClaim ? "the claim is over \(apart)" : try self.apart(unit)
            throw DecisionRefused(
                "\(what); the differences named sum to \(named?.description ?? "too much"). Every cent is named, as "
                    + "missing-item, bank-error or over-short")
        }
        if isClaim, !decision.differences.contains(where: { $0.kind != .bankError }) {
            throw DecisionRefused("that is what is claimed already; name what it was, or let it wait for the bank")
        }
        if decision.differences.contains(where: { $0.kind == .missingItem }), try !transaction.hasBatch(unit) {
            throw DecisionRefused("\(unit.name) has no batch in which an item could be missing")
        }
    }

    /// What another file tells again is accepted only by a word why both stand.
    private func checkRetelling(_ unit: HeldUnit, _ decision: Decision) throws {
        guard !decision.hasNote, let again = try transaction.retellings(of: unit).first else { return }
        throw DecisionRefused(
            "\(again.file), intake \(again.payment.intake), tells items of it again, \(again.held.payment) as "
                + "\(again.payment): reject this one with reject-file, or say in a note why both stand")
    }

    /// What the bank erred about waits in unresolved, told by an exception of its own.
    private func claim(_ difference: Difference, of unit: HeldUnit, _ view: ExceptionView) throws {
        let number = try transaction.nextExceptionNumber(ofIntake: unit.intake)
        let side = difference.amount > .zero ? "more" : "less"
        let note = difference.note.map { ": \($0)" } ?? "."
        var exception = ReviewException(
            id: ExceptionID(intake: unit.intake, number: number), intake: unit.intake,
            deposit: unit.level == .deposit ? unit.key : nil, batch: unit.level == .batch ? unit.key : nil,
            reason: .differenceClaimed, severity: .fault, amount: difference.amount,
            what:
                "The bank credited \(difference.amount.magnitude) \(side) for \(unit.name) of \(view.file ?? "") than "
                + "its items say\(note)",
            whyNotPosted: "The items of \(view.id) were accepted; \(difference.amount) of its difference stand in "
                + "unresolved as a claim until the bank says what they are.")
        exception.waitingFor = "the bank"
        try transaction.open(exception, at: at)
    }
}

// MARK: correct

extension Deciding {
    /// A decision about a unit in its own words: told twice, it is rejected; an amount that the file says already is no
    /// other.
    func withAmount(_ decision: Decision, _ view: ExceptionView) throws -> Decision {
        guard decision.action == .correct else {
            guard decision.payment == nil, decision.amount == nil else {
                throw DecisionRefused("only correct says the payment and the amount of an item")
            }
            guard decision.differences.isEmpty || decision.action == .acceptBatch else {
                throw DecisionRefused("only accept-batch names differences")
            }
            guard decision.action == .duplicate, view.heldUnit != nil else { return decision }
            var decision = decision
            decision.action = .rejectFile
            return decision
        }
        guard decision.differences.isEmpty else { throw DecisionRefused("only accept-batch names differences") }
        guard let unit = view.heldUnit, let payment = decision.payment else {
            throw DecisionRefused("correct needs payment: which item of the unit it is about, such as \"3-17\"")
        }
        guard let item = try transaction.heldItems(of: unit, only: payment).first else {
            throw DecisionRefused("payment \(payment) is no item that waits with \(unit.name) of intake \(unit.intake)")
        }
        var decision = decision
        if decision.amount == nil, !decision.allocations.isEmpty { decision.amount = try sum(decision.allocations) }
        if decision.amount == item.amount { decision.amount = nil }
        guard decision.amount != nil || !decision.allocations.isEmpty else {
            throw DecisionRefused("correct needs what the item truly is: its amount, or allocations, or both")
        }
        try checkTrue(decision, decision.amount ?? item.amount)
        return decision
    }

    private func sum(_ allocations: [Decision.Allocation]) throws -> Cents {
        guard let sum = allocations.map(\.amount).reduce(Optional(Cents.zero), { $0?.adding($1) }) else {
            throw DecisionRefused("the allocations sum to too much")
        }
        return sum
    }

    private func checkTrue(_ decision: Decision, _ amount: Cents) throws {
        guard !decision.allocations.isEmpty else { return }
        let sum = try sum(decision.allocations)
        guard sum == amount else {
            throw DecisionRefused("the allocations sum to \(sum), the item is said to be over \(amount)")
        }
        for share in decision.allocations {
            _ = try known(share.account)
            try checkBill(share)
        }
    }

    /// Says what an item truly is. A unit that balances by it is released.
    private func correct(
        _ unit: HeldUnit, _ decision: Decision, _ view: ExceptionView, number: Int64
    ) throws -> UnitOutcome {
        guard let payment = decision.payment, let state = try transaction.state(of: payment),
            try transaction.isHeld(payment, in: unit)
        else { throw DecisionRefused("the item of this correction waits with its unit no more") }
        let amount = decision.amount ?? state.amount
        if state.twin == nil, let twin = try transaction.twin(of: payment, if: amount) {
            try transaction.setTwin(twin, of: payment)
        }
        try transaction.correct(payment, to: amount, in: unit, decision: number, postedOn: postedOn)
        guard let corrected = try transaction.exception(view.id)?.heldUnit else { return .held }
        guard corrected.difference == .zero else {
            try transaction.addWhy(
                "Payment \(payment) is corrected to \(amount); \(corrected.difference) are still apart.", to: view.id)
            return .held
        }
        try release(transaction.decidedItems(of: corrected), directions(of: corrected), number: number)
        return .settled
    }

    /// Who gets the items of a unit that were corrected, as far as those who did so said it.
    private func directions(of unit: HeldUnit) throws -> [PaymentID: [Decision.Allocation]] {
        var directed: [PaymentID: [Decision.Allocation]] = [:]
        for (payment, number) in try transaction.corrections(of: unit.intake) {
            let allocations = try transaction.decision(number)?.decision.allocations ?? []
            if !allocations.isEmpty { directed[payment] = allocations }
        }
        return directed
    }
}

// MARK: reject-file, duplicate

extension Deciding {
    /// Takes a unit that another file tells again off the books: the credit stands once. What was suspected to be
    /// told twice because of it is decided now.
    private func reject(_ unit: HeldUnit, _ decision: Decision, _ view: ExceptionView, number: Int64) throws {
        guard decision.kind ?? .toldTwice == .toldTwice else {
            throw DecisionRefused("a held unit is told twice or not at all; its items are paid or presented one by one")
        }
        let again = try transaction.retellings(of: unit)
        guard !again.isEmpty || decision.hasNote else {
            throw DecisionRefused(
                "no other file is known to tell \(unit.name) again; a note must say which does: what was credited for "
                    + "this one leaves the books")
        }
        let items = try transaction.heldItems(of: unit)
        for item in items where try transaction.isCounted(item.payment) {
            throw DecisionRefused(
                "another telling of payment \(item.payment) was taken off the books because this one stands")
        }
        for item in items { try transaction.reject(item.payment, decision: number, postedOn: postedOn) }
        try transaction.settle(
            unit.difference, of: unit, into: .cashClearing, bankKey: unit.bankKey, on: unit.bankOn, decision: number,
            postedOn: postedOn)
        try releaseRetold(again, number: number)
    }

    private func releaseRetold(_ again: [Transaction.Retelling], number: Int64) throws {
        var items: [DecidedItem] = []
        for retold in again where retold.books == .onHold {
            guard let exception = try transaction.openException(of: retold.payment),
                let item = try transaction.heldItem(retold.payment)
            else { continue }
            try transaction.setTwin(nil, of: retold.payment)
            try transaction.close(exception, at: at, on: day)
            items.append(item)
        }
        try release(items, [:], number: number)
    }
}

extension Decision {
    /// Whether a person said something in words.
    var hasNote: Bool { note?.contains { !$0.isWhitespace } ?? false }
}
