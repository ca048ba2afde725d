internal import Hummingbird
internal import Ledger
internal import Model
internal import Pipeline
internal import Review

/// Many decisions at once: first a dry run that shows count, total and effect, then the same once more for good. Each
/// member stands for itself: what has changed since is refused, the rest applies.
struct BulkPage: Sendable {
    let office: Office
    let pages: Pages

    /// What makes sense for many: no accounts are named but those of each one's first candidate.
    static let actions = Action.allCases.filter {
        ["suspense", "not-ours", "duplicate", "wait", "assign", "note"].contains($0.rawValue)
    }
    /// As many as one form holds.
    private static let limit = 2000

    func preview(_ form: Form, _ person: Person) async throws -> Response {
        let choice = ListChoice(Query(form["list"] ?? ""))
        let ids = try await members(form, choice, person)
        guard !ids.isEmpty else {
            return pages.message("Nothing chosen", "Choose rows, or all of the list, then an action.", for: person)
        }
        let decisions = try await decisions(form, ids)
        let outcomes = try await office.deciding(person) { try $0.apply(Self.lines(decisions), dryRun: true) }
        return try await show(form, choice, decisions, outcomes, person, isApplied: false)
    }

    func apply(_ form: Form, _ person: Person) async throws -> Response {
        let choice = ListChoice(Query(form["list"] ?? ""))
        let decisions = form.all("decision")
        guard decisions.count <= Self.limit else { throw HTTPError(.contentTooLarge) }
        let asked = try decisions.map { text -> Asked in
            let parts = text.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 3, isExceptionID(parts[0]) else { throw HTTPError(.badRequest) }
            return Asked(id: parts[0], candidate: parts[1], shown: parts[2], form: form)
        }
        let outcomes = try await office.deciding(person) { try $0.apply(Self.lines(asked), dryRun: false) }
        return try await show(form, choice, asked, outcomes, person, isApplied: true)
    }

    /// The rows that were chosen, or all of the list.
    private func members(_ form: Form, _ choice: ListChoice, _ person: Person) async throws -> [String] {
        guard form["all"] == "yes" else { return Array(form.all("id").filter(isExceptionID).prefix(Self.limit)) }
        let list = try await office.list(choice, person)
        return list.lines(from: 0, count: Self.limit).map(\.id)
    }

    /// One member: what is decided about it, and what was shown of it when that was asked.
    private struct Asked: Sendable {
        let id: String
        /// The account of its first candidate where that gets it.
        let candidate: String
        let shown: String
        let json: [UInt8]

        init(id: String, candidate: String, shown: String, form: Form) {
            (self.id, self.candidate, self.shown) = (id, candidate, shown)
            var members: [JSON.Member] = [
                JSON.Member("exception", .string(id)), JSON.Member("action", .string(form["action"] ?? "")),
                JSON.Member("shown", .string(shown)),
            ]
            for name in ["kind", "until", "to", "note"] {
                if let value = form[name] { members.append(JSON.Member(name, .string(value))) }
            }
            json = Array(JSON.object(members).line.utf8)
        }
    }

    private func decisions(_ form: Form, _ ids: [String]) async throws -> [Asked] {
        let policy = office.configuration.allocation
        return try await office.reading.read { transaction in
            try ids.compactMap { id in
                guard let view = try transaction.exception(id) else { return nil }
                let shown = try transaction.shown(of: view, policy: policy)
                return Asked(id: id, candidate: "", shown: shown, form: form)
            }
        }
    }

    private static func lines(_ decisions: [Asked]) -> [(line: Int, json: [UInt8])] {
        decisions.enumerated().map { (line: $0 + 1, json: $1.json) }
    }

    private func show(
        _ form: Form, _ choice: ListChoice, _ decisions: [Asked], _ outcomes: [Reviewing.Outcome], _ person: Person,
        isApplied: Bool
    ) async throws -> Response {
        let amounts = try await office.reading.read { transaction in
            try decisions.map { try transaction.exception($0.id).flatMap(\.amount) ?? .zero }
        }
        let good = zip(outcomes, amounts).filter { $0.0.refusal == nil }
        let waiting = good.count { $0.0.effect.needs != nil }
        let fields: Fields = [
            "action": form["action"] ?? "", "kind": form["kind"] ?? "", "until": form["until"] ?? "",
            "to": form["to"] ?? "", "note": form["note"] ?? "", "list": choice.query, "listPath": choice.path,
            "isApplied": isApplied, "count": good.count, "total": money(good.map(\.1).sum),
            "refusedCount": outcomes.count - good.count, "waiting": waiting, "hasWaiting": waiting > 0,
            "canApply": !isApplied && !good.isEmpty,
            "decisions": zip(decisions, outcomes).filter { $0.1.refusal == nil }.map { asked, _ in
                "\(asked.id)|\(asked.candidate)|\(asked.shown)"
            },
            "effects": Self.effects(good.map(\.0.effect)),
            "rows": zip(zip(decisions, outcomes), amounts).map { pair, amount in
                [
                    "id": pair.0.id, "amount": money(amount), "refusal": pair.1.refusal ?? "",
                    "isRefused": pair.1.refusal != nil, "waits": pair.1.effect.needs != nil,
                ] as Fields
            },
        ]
        return pages.page("bulk", fields, for: person)
    }

    /// What all of it does to the books: each ledger account with what it gets or gives.
    private static func effects(_ effects: [Deciding.Effect]) -> [Fields] {
        var sums: [LedgerAccount: Cents] = [:]
        for line in effects.flatMap(\.lines) { sums[line.ledgerAccount, default: .zero] += line.cents }
        return LedgerAccount.allCases.compactMap { account in
            guard let cents = sums[account], cents != .zero else { return nil }
            return [
                "account": account.rawValue, "side": cents > .zero ? "debit" : "credit",
                "amount": money(cents.magnitude),
            ]
        }
    }
}
