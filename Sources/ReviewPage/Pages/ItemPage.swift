internal import Hummingbird
internal import Ledger
internal import Model
internal import Pipeline
internal import Review

/// One exception: its papers, its data, its candidates and what may be done.
struct ItemPage: Sendable {
    let office: Office
    let pages: Pages

    func show(_ id: String, _ query: Query, _ person: Person) async throws -> Response {
        try await show(id, ListChoice(query), person, done: query["done"].flatMap { isExceptionID($0) ? $0 : nil })
    }

    /// The page, with what it has to say: what was refused, what must be looked at first.
    func show(
        _ id: String, _ choice: ListChoice, _ person: Person, done: String? = nil, refusal: String? = nil,
        looks: [String] = [], candidate: Int? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let (now, configuration) = (office.clock(), office.configuration)
        guard let item = try await office.reading.read({ try ShownItem(id, $0, configuration, at: now) }) else {
            throw HTTPError(.notFound)
        }
        var fields = ItemFields(item: item, office: office, person: person).all
        let list = try await office.list(choice, person)
        let place = list.index(of: id)
        fields["list"] = choice.query
        fields["listPath"] = choice.path
        fields["place"] = place.map { "\($0 + 1) of \(list.count)" } ?? "\(list.count) left"
        fields["previous"] = place.flatMap { $0 > 0 ? itemPath(list[$0 - 1].id, choice) : nil }
        fields["next"] = place.flatMap { $0 + 1 < list.count ? itemPath(list[$0 + 1].id, choice) : nil }
        fields["refusal"] = refusal
        fields["looks"] = looks
        fields["mustLook"] = !looks.isEmpty
        fields["lookCandidate"] = candidate
        fields["claimable"] = item.isOpen && item.pending == nil && person.has(.decide)
        if let done { fields["toast"] = try await office.toast(done, person) }
        return pages.page("item", fields, for: person, status: status)
    }

    /// Who holds it now, for a page that is open: `{"claimed_by": …, "until": …, "closed": …, "pending": …}`.
    func state(_ id: String, _ person: Person) async throws -> Response {
        let now = office.clock().description
        let found = try await office.reading.read { transaction in
            try transaction.exception(id).map { ($0, try transaction.claim(of: id, at: now)) }
        }
        guard let (view, claim) = found else { throw HTTPError(.notFound) }
        let last = view.decisions.last
        let json: JSON = [
            "claimed_by": JSON(claim?.by), "mine": .bool(claim?.by == person.reviewer.name),
            "until": JSON(claim.map { office.local($0.expiresAt) }), "token": JSON(claim?.token),
            "closed": .bool(view.closedAt != nil), "pending": .bool(view.pendingDecision != nil),
            "by": JSON(last?.by), "action": JSON(last?.action),
        ]
        return .json(json.line)
    }

    /// Takes or renews a claim. What a script asks is answered in JSON, 409 with who holds it.
    func claim(_ id: String, _ form: Form, _ person: Person) async throws -> Response {
        let (now, token) = (office.clock(), form["claim"].flatMap { Int64($0) })
        let isScript = form["script"] != nil
        do {
            let claim = try await office.writing.use { home in
                let reviewer = try home.ledger.read { try $0.reviewer(named: person.reviewer.name) }
                return try QueueClaims(home: home, now: now, by: reviewer).claim(id, renewing: token)
            }
            office.writeDueFiles()
            let json: JSON = ["token": .int(claim.token), "until": .string(office.local(claim.expiresAt))]
            return isScript ? .json(json.line) : .redirect("/exception/\(id)")
        } catch let refused as DecisionRefused {
            let json: JSON = ["refusal": .string(refused.description)]
            return isScript ? .json(json.line, status: .conflict) : .redirect("/exception/\(id)")
        }
    }

    /// Gives a claim back; one that ended already is no fault.
    func release(_ id: String, _ person: Person) async throws -> Response {
        let now = office.clock()
        try await office.writing.use { home in
            do {
                try QueueClaims(home: home, now: now, by: person.reviewer).release(id)
            } catch is DecisionRefused {}
        }
        office.writeDueFiles()
        return Response(status: .noContent)
    }
}

/// Where an exception is, of a list.
func itemPath(_ id: String, _ choice: ListChoice, done: String? = nil) -> String {
    let query = [choice.query, done.map { "done=\($0)" } ?? ""].filter { !$0.isEmpty }.joined(separator: "&")
    return "/exception/\(id)" + (query.isEmpty ? "" : "?\(query)")
}
