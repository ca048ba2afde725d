import ArgumentParser
import Ledger
import Model
import Pipeline
import Review

struct ReviewListCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List open exceptions: those that may stop a turn-off, then what is late, then most money.",
        discussion: """
            What somebody let wait until a day is not listed before it; --waiting lists it. What another holds is listed
            with who and until when, so that an empty list means that nothing is left to do.
            """)

    @Option(help: "Only of this reason.", completion: .list(Reason.allCases.map(\.rawValue)))
    var reason: String?
    @Option(help: "Only what is given to this person.")
    var owner: String?
    @Option(help: "Only what came by this folder of the inbox.")
    var source: String?
    @Option(help: "Only what holds this number, name or text.")
    var text: String?
    @Flag(help: "List what waits until a later day instead.")
    var waiting = false
    @Flag(help: "Only what waits for a second person.")
    var pending = false
    @Flag(help: "Print JSON Lines, each as in exception.json.")
    var json = false
    @OptionGroup var options: HomeOptions

    func execute() throws {
        if let reason, Reason(rawValue: reason) == nil {
            throw ValidationError("\"\(Terminal.safe(reason))\" is no reason; \(hint(reason))")
        }
        let home = try options.open()
        let now = try options.moment()
        let filter = filter(now, home.configuration.calendar)
        try home.ledger.read { transaction in
            if json {
                for id in try transaction.openExceptions(filter) {
                    if let view = try transaction.exception(id) { Terminal.print(view.json.line) }
                }
                return
            }
            var lines: [QueueLine] = []
            try transaction.queueLines(filter) { lines.append($0) }
            if lines.isEmpty { return Terminal.print(try emptyWords(filter, transaction)) }
            let words = TurnOffWords(calendar: home.configuration.calendar, transaction: transaction)
            Terminal.table(
                ["exception", "reason", "amount", "best candidate", "what"],
                try lines.map { line in
                    let best = line.candidate.map { "\($0) (\(line.score ?? 0))" } ?? ""
                    let urgent = try line.turnOffAt.map { "Turn-off \(try words.visit($0, of: line.id)). " } ?? ""
                    let state = line.state(at: now, home.configuration.calendar)
                    return [line.id, line.reason, line.amount?.description ?? "", best, state + urgent + line.what]
                }, right: [2])
            Terminal.say("next: sluice review show EXCEPTION, then sluice review decide EXCEPTION ACTION …")
        }
    }

    private func filter(_ now: Moment, _ calendar: BusinessCalendar) -> QueueFilter {
        var filter = QueueFilter.workable(at: now, calendar)
        (filter.reason, filter.owner, filter.source, filter.text) = (reason, owner, source, text)
        filter.isPending = pending
        if waiting { filter.waiting = .only }
        return filter
    }

    /// Nothing listed is not always nothing left.
    private func emptyWords(_ filter: QueueFilter, _ transaction: Transaction) throws -> String {
        var all = QueueFilter()
        all.today = filter.today
        let open = try transaction.queueSum(all).count
        if open == 0 { return "nothing waits for review" }
        return "nothing of this kind waits for review; \(Terminal.count(open, "exception")) in all"
    }

    /// Reasons like the one that was typed, or all of them.
    private func hint(_ typed: String) -> String {
        let names = Reason.allCases.map(\.rawValue)
        let near = nearNames(to: typed, among: names)
        return near.isEmpty ? "it is one of \(names.joined(separator: ", "))" : "is it \(near.joined(separator: ", "))?"
    }
}

extension QueueFilter {
    /// What can be worked at now: without what waits until a later day.
    static func workable(at now: Moment, _ calendar: BusinessCalendar) -> QueueFilter {
        var filter = QueueFilter()
        filter.waiting = .hidden
        filter.today = calendar.localDate(now)
        filter.visitsFrom = TurnOffWords.visitsFrom(now, calendar)
        return filter
    }
}

extension QueueLine {
    /// Who has it or what it waits for, in front of what it is; empty where it is free.
    func state(at now: Moment, _ calendar: BusinessCalendar) -> String {
        var words: [String] = []
        if isPending { words.append("Waits for a second person.") }
        if isHeld(at: now.description), let claimedBy, let until = claimExpiresAt.flatMap(Moment.init(iso:)) {
            words.append("Claimed by \(claimedBy) until \(calendar.localTime(until).time).")
        }
        if let backOn, backOn > calendar.localDate(now) {
            words.append("Waits until \(backOn)\(waitingFor.map { " for \($0)" } ?? "").")
        }
        if let owner { words.append("Given to \(owner).") }
        return words.isEmpty ? "" : words.joined(separator: " ") + " "
    }
}
