internal import Ledger
internal import Model

/// Money that is no customer's: `not-ours`, `refund`, `return-to-sender`, `pay-over`, `write-off`.
///
/// It stands as due to others whichever account of the ledger has it; what leaves the office leaves by an order.
extension Deciding {
    func leaving(_ state: PaymentState, _ out: JournalLine, to account: LedgerAccount, by order: Order? = nil) -> Plan {
        Plan(
            state: state, lines: [out, JournalLine(account, -state.amount)], status: .rejected, books: .dueToOthers,
            order: order)
    }

    /// A refund goes to the holder of the account that is named, or to whom the person says; money of an unknown owner
    /// to whom the person says, or to the payer that the bank tells.
    func payingBack(_ decision: Decision, _ view: ExceptionView, _ state: PaymentState, _ out: JournalLine) throws
        -> Plan
    {
        let kind: Order.Kind = decision.action == .refund ? .refund : .returnToSender
        var order = order(kind, decision, view, state)
        if kind == .refund, !decision.allocations.isEmpty {
            let shares = try total(decision, state)
            guard shares.count == 1, shares[0].bill == nil else {
                throw DecisionRefused("a refund goes to the holder of one account, and to no bill")
            }
            let account = try known(shares[0].account)
            order.account = account
            if let holder = try transaction.addressee(of: account) {
                (order.payee, order.address) = (holder.name, holder.address)
            }
        }
        if kind == .returnToSender { order.payee = view.item?.payer ?? "" }
        if let to = decision.to, !to.isEmpty {
            // The address is that of who holds the account: another payee has another.
            if to != order.payee { order.address = "" }
            order.payee = to
        }
        guard !order.payee.isEmpty else {
            throw DecisionRefused(
                "\(decision.action.rawValue) needs to: who gets the money"
                    + (kind == .refund ? ", or the account whose holder gets it, in allocations" : ""))
        }
        return leaving(state, out, to: .refundsPayable, by: order)
    }

    func payingOver(_ decision: Decision, _ view: ExceptionView, _ state: PaymentState, _ out: JournalLine) throws
        -> Plan
    {
        var order = order(.payOver, decision, view, state)
        guard let to = decision.to, !to.isEmpty else {
            throw DecisionRefused("pay-over needs to: the agency that gets the money")
        }
        order.payee = to
        order.caseNumber = try caseNumber(decision)
        guard let until = decision.until else {
            throw DecisionRefused("pay-over needs until: the day on which it is due, such as 2026-03-31")
        }
        guard until >= day else { throw DecisionRefused("until \(until) is before today, \(day)") }
        order.until = until
        return leaving(state, out, to: .dueToOthers, by: order)
    }

    func writingOff(_ state: PaymentState, _ out: JournalLine) throws -> Plan {
        guard state.amount <= policy.writeOffUpTo else {
            throw DecisionRefused(
                "only differences up to \(policy.writeOffUpTo) are written off (review.write_off_up_to); this is "
                    + "\(state.amount)")
        }
        return leaving(state, out, to: .overShort)
    }

    private func order(_ kind: Order.Kind, _ decision: Decision, _ view: ExceptionView, _ state: PaymentState) -> Order
    {
        var order = Order(kind, exception: view.id, reason: decision.reason ?? view.reason)
        order.payment = state.payment
        order.amount = state.amount
        return order
    }

    /// The number under which somebody outside works at it.
    func caseNumber(_ decision: Decision) throws -> String {
        guard let number = decision.caseNumber, number.contains(where: { !$0.isWhitespace }) else {
            throw DecisionRefused("\(decision.action.rawValue) needs case: the number under which it is worked at")
        }
        return number
    }
}
