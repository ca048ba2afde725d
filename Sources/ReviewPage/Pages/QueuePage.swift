internal import Hummingbird
internal import Ledger
internal import Model
internal import Pipeline
internal import Review

/// The list of what waits: filters with their counts on the left, rows on the right.
struct QueuePage: Sendable {
    let office: Office
    let pages: Pages

    static let perPage = 50

    func show(_ choice: ListChoice, _ query: Query, _ person: Person) async throws -> Response {
        let snapshot = try await office.snapshot()
        let found = try await office.found(choice)
        let list = snapshot.list(choice, user: person.reviewer.name, found: found)
        let last = max(1, (list.count + Self.perPage - 1) / Self.perPage)
        let page = min(max(1, query["page"].flatMap { Int($0) } ?? 1), last)
        let shown = list.lines(from: (page - 1) * Self.perPage, count: Self.perPage)
        let now = office.clock()
        let calendar = office.configuration.calendar
        let rows = try await office.reading.read { transaction in
            let words = TurnOffWords(calendar: calendar, transaction: transaction)
            return try shown.compactMap { line -> Row? in
                guard let row = try transaction.queueRow(line.id, at: now.description), row.isOpen else { return nil }
                return Row(line: line, row: row, visit: try line.turnOffAt.map { try words.visit($0, of: line.id) })
            }
        }
        var fields = filters(snapshot, choice, person, now)
        fields["rows"] = rows.map { fieldsOf($0, choice, person, now) }
        fields["isEmpty"] = rows.isEmpty
        fields["empty"] = emptyWords(snapshot, choice)
        fields["total"] = counted(list.count, "exception")
        fields["sum"] = money(list.cents)
        fields["pageNumber"] = "\(page) of \(last)"
        fields["previous"] = page > 1 ? pagePath(choice, page - 1) : nil
        fields["next"] = page < last ? pagePath(choice, page + 1) : nil
        fields["isPaged"] = last > 1
        fields["list"] = choice.query
        fields["canBulk"] = choice.state == .open && !rows.isEmpty && person.has(.decide)
        fields["actions"] = BulkPage.actions.map(\.rawValue)
        if let done = query["done"], isExceptionID(done) { fields["toast"] = try await office.toast(done, person) }
        return pages.page("queue", fields, for: person)
    }

    private struct Row: Sendable {
        let line: QueueLine
        let row: QueueRow
        let visit: String?
    }

    private func pagePath(_ choice: ListChoice, _ page: Int) -> String {
        choice.path + (choice.query.isEmpty ? "?" : "&") + "page=\(page)"
    }

    private func filters(_ snapshot: QueueSnapshot, _ choice: ListChoice, _ person: Person, _ now: Moment) -> Fields {
        func count(_ state: ListChoice.State) -> Int {
            (state == .mine ? snapshot.owners[person.reviewer.name] : snapshot.states[state])?.count ?? 0
        }
        return [
            "states": ListChoice.State.allCases.map { state in
                [
                    "title": state.title, "count": count(state), "isChosen": state == choice.state,
                    "path": choice.with(state: state).path,
                ] as Fields
            },
            "reasons": snapshot.reasons.sorted { ($0.value.count, $1.key) > ($1.value.count, $0.key) }.map {
                reason, sum in
                [
                    "reason": reason, "sentence": Reason(rawValue: reason)?.sentence ?? "", "count": sum.count,
                    "sum": money(sum.cents), "age": age(since: sum.oldest, at: now),
                    "isChosen": choice.reason == reason,
                    "path": choice.with(reason: choice.reason == reason ? nil : reason).path,
                ] as Fields
            },
            "sources": snapshot.sources.sorted { $0.key < $1.key }.map { source, sum in
                [
                    "source": source.isEmpty ? "inbox" : source, "count": sum.count, "sum": money(sum.cents),
                    "isChosen": choice.source == source,
                    "path": choice.with(source: choice.source == source ? nil : source).path,
                ] as Fields
            },
            "search": choice.search ?? "", "state": choice.state.rawValue, "reason": choice.reason ?? "",
            "source": choice.source ?? "",
            "isFiltered": choice.reason != nil || choice.source != nil || choice.search != nil,
            "unfiltered": choice.with(reason: nil).with(source: nil).with(search: nil).path,
            "stateTitle": choice.state.title,
        ]
    }

    private func fieldsOf(_ row: Row, _ choice: ListChoice, _ person: Person, _ now: Moment) -> Fields {
        let (line, row, visit) = (row.line, row.row, row.visit)
        var fields: Fields = [
            "id": line.id, "reason": line.reason, "amount": line.amount.map(money) ?? "", "what": line.what,
            "payer": line.payer ?? "", "age": age(since: line.openedAt, at: now), "path": itemPath(line.id, choice),
        ]
        if let candidate = line.candidate {
            fields["candidate"] =
                ["account": candidate, "name": line.candidateName ?? "", "score": line.score ?? 0] as Fields
        }
        if let visit { fields["visit"] = ["at": visit, "amount": line.turnOffAmount.map(money) ?? ""] as Fields }
        if let by = row.claimedBy, let until = row.claimExpiresAt {
            let who = by == person.reviewer.name ? "you" : by
            fields["held"] = "\(who) until \(office.local(until))"
            fields["isHeldByOther"] = by != person.reviewer.name
        }
        if let by = row.decidedBy { fields["pending"] = by }
        if let due = line.dueAt { fields["due"] = String(due.prefix(10)) }
        if let waiting = line.waitingFor { fields["waitingFor"] = waiting }
        return fields
    }

    /// An empty list says why: nothing to decide is not the same as nothing left.
    private func emptyWords(_ snapshot: QueueSnapshot, _ choice: ListChoice) -> String {
        if choice.reason != nil || choice.source != nil || choice.search != nil {
            return "Nothing in this list. Take the filter away to see the rest."
        }
        let waiting = snapshot.states[.waiting]?.count ?? 0
        let approval = snapshot.states[.approval]?.count ?? 0
        switch choice.state {
        case .open where waiting + approval > 0:
            return "Nothing to decide now. \(waiting) wait for a day, \(approval) for a second person."
        case .open: return "Nothing to decide. Every payment stands somewhere."
        case .mine: return "Nothing was given to you."
        case .waiting: return "Nothing waits for a day."
        case .approval: return "Nothing waits for a second person."
        }
    }
}

extension ListChoice {
    func with(search: String?) -> ListChoice { var choice = self; choice.search = search; return choice }
}

extension Office {
    /// What a search finds; nil where nobody searches.
    func found(_ choice: ListChoice) async throws -> Set<String>? {
        guard let search = choice.search else { return nil }
        var filter = QueueFilter()
        // An amount is written with commas by people, and without by the ledger.
        let plain = search.replacing(",", with: "")
        filter.text = (try? Cents(plain)) == nil ? search : plain
        return try await reading.read { [filter] in Set(try $0.openExceptions(filter)) }
    }

    /// The next exception of a list behind one that is being decided, and that is free; the first where none is behind.
    func next(after id: String, in choice: ListChoice, for person: Person) async throws -> String? {
        let list = try await list(choice, person)
        let place = list.index(of: id)
        let order = Array(((place ?? -1) + 1)..<list.count) + Array(0..<(place ?? 0))
        let now = clock().description
        let user = person.reviewer.name
        return try await reading.read { transaction in
            try order.first { try transaction.isFree(list[$0].id, for: user, at: now) }.map { list[$0].id }
        }
    }

    /// What stands on a list that somebody chose.
    func list(_ choice: ListChoice, _ person: Person) async throws -> QueueList {
        try await snapshot().list(choice, user: person.reviewer.name, found: try await found(choice))
    }
}
