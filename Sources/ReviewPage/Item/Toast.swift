internal import Ledger
internal import Model
internal import Review

extension Office {
    /// What was just done, for who goes on: the last decision of an exception, with a way back.
    func toast(_ id: String, _ person: Person) async throws -> Fields? {
        let view = try await reading.read { try $0.exception(id) }
        guard let view, let last = view.decisions.last, last.by == person.reviewer.name || last.verdict != nil else {
            return nil
        }
        let shares = Allocations(json: last.allocations).all.map { share in
            "\(money(share.amount)) to account \(share.account)" + (share.bill.map { ", bill \($0)" } ?? "")
        }
        let waits = view.pendingDecision == last.number
        var words = last.action + (last.kind.map { " (\($0))" } ?? "")
        if let verdict = last.verdict { words += verdict.isApproved ? ", approved" : ", declined" }
        if waits { words += last.needs == .acceptance ? ", waits for a lead" : ", waits for a second person" }
        var fields: Fields = ["id": id, "words": words, "details": shares.prefix(3).joined(separator: "; ")]
        if view.actions.map(\.rawValue).contains("undo") { fields["canUndo"] = true }
        if waits { fields["canTakeBack"] = true }
        return fields
    }
}
