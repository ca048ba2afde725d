internal import Hummingbird
internal import Ledger
internal import Model
internal import Review

/// What waits for a second person.
struct ApprovalsPage: Sendable {
    let office: Office
    let pages: Pages

    func show(_ person: Person, done: String? = nil) async throws -> Response {
        var filter = QueueFilter()
        filter.isPending = true
        let views = try await office.reading.read { [filter] transaction in
            try transaction.openExceptions(filter).compactMap(transaction.exception)
        }
        let now = office.clock()
        var fields: Fields = [
            "rows": views.map { row($0, person, now) }, "isEmpty": views.isEmpty,
            "total": counted(views.count, "decision"), "sum": money(views.compactMap(\.amount).sum),
        ]
        if let done { fields["toast"] = try await office.toast(done, person) }
        return pages.page("approvals", fields, for: person)
    }

    private func row(_ view: ExceptionView, _ person: Person, _ now: Moment) -> Fields {
        let pending = view.decisions.first { $0.number == view.pendingDecision }
        let by = pending?.by ?? ""
        return [
            "id": view.id, "path": "/exception/\(view.id)?state=approval", "amount": view.amount.map(money) ?? "",
            "reason": view.reason, "what": view.what, "action": pending?.action ?? "", "by": by,
            "age": age(since: pending?.at ?? view.openedAt, at: now), "isOwn": by == person.reviewer.name,
            "needs": pending?.needs == .acceptance ? "a lead's word on a trainee" : "a second person",
        ]
    }
}
