internal import Model
internal import Review

/// Which list of the queue somebody works on: what they chose, and what comes along from page to page.
struct ListChoice: Sendable, Hashable {
    enum State: String, Sendable, CaseIterable {
        /// What can be decided now.
        case open
        /// What was given to me.
        case mine
        /// What comes back on a day.
        case waiting
        /// What a second person must approve.
        case approval

        var title: String {
            switch self {
            case .open: "To decide"
            case .mine: "Mine"
            case .waiting: "Waiting"
            case .approval: "Second person"
            }
        }

        /// The list that a line stands on for everybody.
        init(of line: QueueLine, on day: CivilDate) {
            self = line.isPending ? .approval : line.isWaiting(on: day) ? .waiting : .open
        }
    }

    var state = State.open
    var reason: String?
    var source: String?
    var search: String?

    init(_ query: Query) {
        state = query["state"].flatMap(State.init) ?? .open
        reason = query["reason"]
        source = query["source"]
        search = query["q"].map { String($0.prefix(80)) }
    }

    /// The choice as it stands in an address.
    var query: String {
        let parts = [
            ("state", state == .open ? nil : state.rawValue), ("reason", reason), ("source", source), ("q", search),
        ]
        return parts.compactMap { name, value in value.map { "\(name)=\(encoded($0))" } }.joined(separator: "&")
    }

    /// Where the list is.
    var path: String { query.isEmpty ? "/queue" : "/queue?\(query)" }

    func with(state: State) -> ListChoice { var choice = self; choice.state = state; return choice }
    func with(reason: String?) -> ListChoice { var choice = self; choice.reason = reason; return choice }
    func with(source: String?) -> ListChoice { var choice = self; choice.source = source; return choice }
}

extension QueueLine {
    /// Whether it comes back on a later day.
    func isWaiting(on day: CivilDate) -> Bool { backOn.map { $0 > day } ?? false }
}
