internal import Ledger
internal import Model

/// Who looks at an exception and when: `assign`, `wait`, `ask-bank`, `protect`. The money stays where it is.
extension Deciding {
    func setCourse(_ decision: Decision, _ view: ExceptionView, number: Int64) throws {
        var course = Course()
        switch decision.action {
        case .assign: course.owner = try owner(decision)
        case .wait:
            course.back = try future(decision)
            course.waitingFor = decision.to ?? decision.note
        case .askBank:
            let caseNumber = try caseNumber(decision)
            course.back = try future(decision)
            course.caseNumber = caseNumber
            course.waitingFor = "\(decision.to ?? "the bank"), case \(caseNumber)"
        case .protect: return try protect(decision, view, number: number)
        default: return
        }
        try transaction.setCourse(of: view.id, course)
        if course.back != nil { _ = try transaction.release(view.id, by: reviewer.name) }
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

    /// Has nobody turn off the water of the account that is named, or of the one candidate that is to be: until the
    /// open day after the visit, unless the person says how long.
    private func protect(_ decision: Decision, _ view: ExceptionView, number: Int64) throws {
        let (account, turnOff) = try turnOff(decision, view)
        if let held = try transaction.holds(on: day, account: account).first(where: { $0.turnOff == turnOff.order }) {
            throw DecisionRefused(
                "the visit to account \(account) is held already, by service order \(held.number) until "
                    + "\(held.until?.description ?? "")")
        }
        var order = Order(.holdVisit, exception: view.id, reason: decision.reason ?? view.reason)
        order.payment = view.payment
        order.account = account
        order.turnOff = turnOff.order
        order.visitOn = turnOff.visitOn
        order.until = decision.until ?? openDayAfter(turnOff.visitOn)
        guard order.until! >= max(day, turnOff.visitOn) else {
            throw DecisionRefused(
                "until \(order.until!) is before the visit of \(turnOff.visitOn) or before today: it would hold nothing"
            )
        }
        try transaction.place(order, decision: number, at: at)
    }

    private func turnOff(_ decision: Decision, _ view: ExceptionView) throws -> (String, TurnOff) {
        var accounts = [view.account].compactMap { $0 } + view.candidates.map(\.account)
        if let to = decision.to { accounts = [try known(to)] }
        var found: [(String, TurnOff)] = []
        for account in accounts where !found.contains(where: { $0.0 == account }) {
            let open = try transaction.terms(of: account, on: day)?.turnOffs ?? []
            if let first = open.min(by: { $0.visitOn < $1.visitOn }) { found.append((account, first)) }
        }
        guard let first = found.first else {
            throw DecisionRefused(
                decision.to.map { "no visit to turn off account \($0) is to come" }
                    ?? "no visit to turn off one of its candidates is to come; to names another account")
        }
        guard found.count == 1 else {
            let names = found.map(\.0).joined(separator: ", ")
            throw DecisionRefused("visits to several of its candidates are to come (\(names)): say which with to")
        }
        return first
    }
}

/// Who looks after an exception, until when it waits and for what; nil leaves what is there.
struct Course {
    var owner: String?
    var back: CivilDate?
    var waitingFor: String?
    var caseNumber: String?
}
