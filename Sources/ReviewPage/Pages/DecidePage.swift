internal import Hummingbird
internal import Ledger
internal import Model
internal import Pipeline
internal import Review

/// What is done about an exception: decided, approved or declined.
struct DecidePage: Sendable {
    let office: Office
    let pages: Pages
    let item: ItemPage

    /// Carries a decision out and goes on to the next of the list.
    func decide(_ id: String, _ form: Form, _ person: Person) async throws -> Response {
        let choice = ListChoice(Query(form["list"] ?? ""))
        let (now, configuration) = (office.clock(), office.configuration)
        guard let shown = try await office.reading.read({ try ShownItem(id, $0, configuration, at: now) }) else {
            throw HTTPError(.notFound)
        }
        let asked: AskedDecision
        do {
            asked = try AskedDecision(form, of: shown)
        } catch let refused as DecisionRefused {
            return try await item.show(id, choice, person, refusal: refused.description, status: .unprocessableContent)
        }
        if !asked.looks.isEmpty {
            return try await item.show(
                id, choice, person, looks: asked.looks, candidate: asked.candidate, status: .conflict)
        }
        if asked.mustTellWhatLeft, let left = try await left(by: asked, person), !left.isEmpty {
            return try await item.show(id, choice, person, looks: left, action: "undo", status: .conflict)
        }
        let next = try await office.next(after: id, in: choice, for: person)
        let refusal = try await office.deciding(person) { try $0.apply([(line: 1, json: asked.json)], dryRun: false) }
            .first?.refusal
        if let refusal {
            return try await item.show(id, choice, person, refusal: refusal, status: .unprocessableContent)
        }
        return onward(from: id, to: asked.staysHere ? id : next, choice)
    }

    /// What has left the office already by the decision that would be taken back; nil where it cannot be.
    private func left(by asked: AskedDecision, _ person: Person) async throws -> [String]? {
        try await office.previewing(person) { reviewing in
            do {
                return try reviewing.preview(try Decision(json: asked.json)).left
            } catch is DecisionRefused {
                return nil
            }
        }
    }

    /// What a form would do, for the script of its page: `{"lines": […]}`, or `{"refusal": …}`.
    func preview(_ id: String, _ form: Form, _ person: Person) async throws -> Response {
        let (now, configuration) = (office.clock(), office.configuration)
        guard let shown = try await office.reading.read({ try ShownItem(id, $0, configuration, at: now) }) else {
            throw HTTPError(.notFound)
        }
        do {
            let asked = try AskedDecision(form, of: shown)
            let lines = try await office.previewing(person) { reviewing in
                EffectWords(try reviewing.preview(try Decision(json: asked.json))).lines
            }
            return .json(JSON.object([JSON.Member("lines", .array(lines.map(JSON.string)))]).line)
        } catch let refused as DecisionRefused {
            return .json(JSON.object([JSON.Member("refusal", .string(refused.description))]).line)
        }
    }

    private func onward(from id: String, to next: String?, _ choice: ListChoice) -> Response {
        if let next { return .redirect(itemPath(next, choice, done: id)) }
        return .redirect(choice.path + (choice.query.isEmpty ? "?" : "&") + "done=\(id)")
    }

    /// A second person says yes or no.
    func say(_ id: String, _ form: Form, _ person: Person) async throws -> Response {
        let (isYes, note) = (form["verdict"] == "approve", form["note"])
        do {
            let keyed = try AskedDecision.keyed(form)
            try await office.deciding(person) { reviewing in
                if isYes {
                    _ = try reviewing.approve(id, note: note, keyed: keyed.isEmpty ? nil : keyed)
                } else {
                    try reviewing.decline(id, note: note)
                }
            }
        } catch let refused as DecisionRefused {
            return try await item.show(
                id, ListChoice(Query("")), person, refusal: refused.description, status: .unprocessableContent)
        }
        return .redirect("/approvals?done=\(id)")
    }
}

extension Office {
    /// Works on the home with its lock; waits a little where a run holds it.
    ///
    /// - Throws: `HTTPError` 503 where it is held for longer.
    func withHome<Result: Sendable>(_ body: @Sendable (Home) throws -> Result) async throws -> Result {
        for second in 0..<10 {
            if second > 0 { try await Task.sleep(for: .seconds(1)) }
            if let result = try await writing.decide(body) { return result }
        }
        throw LedgerFault.held
    }

    /// Asks what somebody's decision would do; nothing is kept of it, so it needs no lock.
    func previewing<Result: Sendable>(
        _ person: Person, _ body: @Sendable (Reviewing) throws -> Result
    ) async throws -> Result {
        let now = clock()
        return try await writing.use { home in
            let reviewer = try home.ledger.read { try $0.reviewer(named: person.reviewer.name) }
            return try body(Reviewing(home: home, now: now, by: reviewer, route: .page))
        }
    }

    /// Has somebody decide, by the rights that they have at this moment.
    func deciding<Result: Sendable>(
        _ person: Person, _ body: @Sendable (Reviewing) throws -> Result
    ) async throws -> Result {
        let now = clock()
        return try await withHome { home in
            let reviewer = try home.ledger.read { try $0.reviewer(named: person.reviewer.name) }
            return try body(Reviewing(home: home, now: now, by: reviewer, route: .page))
        }
    }
}

extension LedgerFault {
    /// A run holds the home.
    fileprivate static let held = LedgerFault("a run holds the home", code: 5)
}
