internal import FoundationEssentials
internal import Ledger
internal import Model

/// Who may decide, what a second person is needed for, and what they say.
extension Deciding {
    /// Refuses who has no right to it, whom a pair of duties keeps from it, and who is linked to one of its accounts.
    func checkPerson(_ decision: Decision, _ view: ExceptionView) throws {
        do {
            try reviewer.requires(right(for: decision, view))
        } catch let refused as NotAllowed {
            throw DecisionRefused(refused.description)
        }
        try checkLinks(decision, view)
        try transaction.doDuty(
            right(for: decision, view), by: reviewer, on: view.subjectOfDuty, day: day, at: at, policy: policy)
    }

    /// To undo takes the right for what is undone.
    private func right(for decision: Decision, _ view: ExceptionView) -> Right {
        let undone = view.decisions.first { $0.number == decision.undoes }
        return (undone.flatMap { Action(rawValue: $0.action) } ?? decision.action).right
    }

    /// Nobody decides about money that may be for an account of their own.
    private func checkLinks(_ decision: Decision, _ view: ExceptionView) throws {
        guard !reviewer.accounts.isEmpty else { return }
        var accounts = decision.allocations.map(\.account) + view.candidates.map(\.account)
        accounts += [view.account, view.item?.account, decision.to].compactMap { $0 } + view.lines.map(\.account)
        if let linked = accounts.first(where: reviewer.accounts.contains) {
            throw DecisionRefused(
                "account \(linked) is linked to \(reviewer.name), who decides nothing that may be about it")
        }
    }

    /// Refuses to decide about what has changed since it was shown.
    func checkShown(_ decision: Decision, _ view: ExceptionView) throws {
        guard let shown = decision.shown else { return }
        guard try shown == transaction.shown(of: view, policy: policy.allocation) else {
            throw DecisionRefused(
                "exception \(view.id) has changed since it was shown; look at it again, then decide")
        }
    }

    /// What a decision needs before it is carried out; nil where nothing.
    func need(of decision: Decision, _ view: ExceptionView) -> Need? {
        guard reviewer.isUser, !decision.action.leavesOpen else { return nil }
        let undone = view.decisions.first { $0.number == decision.undoes }
        if undone.map({ Action(rawValue: $0.action)?.leavesOpen == true }) ?? false { return nil }
        let amount = view.amount ?? .zero
        if decision.action.needsSecondPerson || amount > policy.secondPersonOver || undone?.needs == .approval {
            return .approval
        }
        return reviewer.isTrainee ? .acceptance : nil
    }

    /// A second person says yes to what waits: it is carried out in the name of who decided it.
    ///
    /// - Parameter keyed: What they keyed without seeing it, where amounts were changed.
    /// - Throws: `DecisionRefused`; nothing has changed then.
    @discardableResult
    package func approve(_ exception: String, note: String?, keyed: [Decision.Allocation]? = nil) throws -> Effect {
        let (view, pending, number) = try waiting(exception)
        guard pending.by != reviewer.name else {
            throw DecisionRefused("\(reviewer.name) decided it; another person must approve it")
        }
        guard reviewer.isUser, !reviewer.isTrainee else {
            throw DecisionRefused("\(reviewer.name) cannot approve: a trainee's own decisions need another person")
        }
        do {
            try reviewer.requires(.approve)
        } catch let refused as NotAllowed {
            throw DecisionRefused(refused.description)
        }
        try checkLinks(pending.decision, view)
        try transaction.doDuty(.approve, by: reviewer, on: view.subjectOfDuty, day: day, at: at, policy: policy)
        try transaction.insertVerdict("approved", on: number, by: reviewer.name, at: at, note: note)
        try transaction.setPending(nil, of: exception)
        try transaction.audit(
            at: at, who: reviewer.name, event: "approved", subject: exception, detail: pending.decision.action.rawValue)
        guard view.actions.contains(pending.decision.action) else {
            throw DecisionRefused("\(pending.decision.action.rawValue) does not fit exception \(exception) any more")
        }
        return try carryOut(pending.decision, view, number: number)
    }

    /// A second person says no, or who decided takes it back: the exception is as before, both stay on record.
    package func decline(_ exception: String, note: String?) throws {
        let (_, pending, number) = try waiting(exception)
        if pending.by != reviewer.name {
            do {
                try reviewer.requires(.approve)
            } catch let refused as NotAllowed {
                throw DecisionRefused(refused.description)
            }
        }
        try transaction.insertVerdict("declined", on: number, by: reviewer.name, at: at, note: note)
        try transaction.setPending(nil, of: exception)
        try transaction.audit(
            at: at, who: reviewer.name, event: "declined", subject: exception, detail: pending.decision.action.rawValue)
    }

    private func waiting(_ exception: String) throws
        -> (view: ExceptionView, pending: (decision: Decision, by: String, needs: Need?), number: Int64)
    {
        guard let view = try transaction.exception(exception) else {
            throw DecisionRefused("there is no exception \(exception)")
        }
        guard let number = view.pendingDecision, let pending = try transaction.decision(number),
            view.closedAt == nil || pending.decision.action == .undo
        else { throw DecisionRefused("exception \(exception) does not wait for a second person") }
        return (view, pending, number)
    }
}

extension ExceptionView {
    /// What a duty is done to: the payment where there is one, else the exception.
    var subjectOfDuty: String { payment?.description ?? id }
}
