internal import Hummingbird
internal import Ledger
internal import Model
internal import Pipeline
internal import Review

/// A day at a glance: what came, what posted, what waits, by source.
struct DayPage: Sendable {
    let office: Office
    let pages: Pages

    func show(_ query: Query, _ person: Person) async throws -> Response {
        let day = query["day"].flatMap { CivilDate(iso: $0) } ?? office.today
        let calendar = office.configuration.calendar
        let from = calendar.moment(on: day, minutes: 0).description
        let to = calendar.moment(on: day.advanced(by: 1), minutes: 0).description
        let snapshot = try await office.snapshot()
        let (sources, days, decisions) = try await office.reading.read { transaction in
            (
                try transaction.sources(on: day), try transaction.lastDays(until: day, limit: 14),
                try transaction.decisions(from: from, to: to)
            )
        }
        let now = office.clock()
        let (items, posted, straight) = (
            sources.map(\.items).reduce(0, +), sources.map(\.posted).reduce(0, +), sources.map(\.straight).reduce(0, +)
        )
        let open = snapshot.reasons.values
        let oldest = open.map(\.oldest).min()
        return pages.page(
            "day",
            [
                "day": day.description, "isToday": day == office.today,
                "previous": day.advanced(by: -1).description, "next": day.advanced(by: 1).description,
                "received": items, "receivedSum": money(sources.map(\.cents).sum),
                "files": counted(Int(sources.map(\.files).reduce(0, +)), "file"),
                "posted": posted, "postedSum": money(sources.map(\.postedCents).sum),
                "review": open.map(\.count).reduce(0, +), "reviewSum": money(open.map(\.cents).sum),
                "oldest": oldest.map { age(since: $0, at: now) } ?? "",
                "straight": percent(straight, of: items), "straightCount": straight,
                "chart": Charts.days(days), "hasDays": !days.isEmpty,
                "firstDay": days.first?.day.description ?? "", "lastDay": days.last?.day.description ?? "",
                "sources": sources.map(fieldsOf), "hasSources": !sources.isEmpty,
                "people": decisions.map { ["user": $0.user, "count": $0.count] as Fields },
                "hasPeople": !decisions.isEmpty,
                "reasons": snapshot.reasons.sorted { ($0.value.cents, $1.key) > ($1.value.cents, $0.key) }.prefix(8).map
                {
                    reason, sum in
                    [
                        "reason": reason, "sentence": Reason(rawValue: reason)?.sentence ?? "", "count": sum.count,
                        "sum": money(sum.cents), "age": age(since: sum.oldest, at: now),
                        "path": "/queue?reason=\(encoded(reason))",
                    ] as Fields
                },
            ], for: person)
    }

    private func fieldsOf(_ source: SourceDay) -> Fields {
        let byPeople = source.posted - source.straight
        let rest = source.items - source.posted
        return [
            "source": source.source.isEmpty ? "inbox" : source.source, "files": source.files, "items": source.items,
            "sum": money(source.cents), "posted": source.posted, "rest": rest,
            "percent": percent(source.straight, of: source.items),
            "share": Charts.share(
                [source.straight, byPeople, rest],
                label: "\(source.straight) posted by themselves, \(byPeople) by people, \(rest) elsewhere"),
        ]
    }

    private func percent(_ part: Int64, of all: Int64) -> String {
        guard all > 0 else { return "–" }
        let tenths = (part * 1000 + all / 2) / all
        return "\(tenths / 10).\(tenths % 10) %"
    }
}
