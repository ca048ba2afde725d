import Ledger
import Model
import Pipeline
import Review

/// The queue worked through in a terminal: one exception at a time, claimed while it is shown.
final class TerminalDesk {
    private let home: Home
    private let reviewer: Reviewer
    private let moment: () throws -> Moment
    private let filter: QueueFilter
    /// Exceptions that were passed over in this sitting.
    private var passed: Set<String> = []
    private var lastDecided: String?
    private var count = 0

    init(home: Home, reviewer: Reviewer, moment: @escaping () throws -> Moment, filter: QueueFilter) {
        (self.home, self.reviewer, self.moment, self.filter) = (home, reviewer, moment, filter)
    }

    /// What a key asks for.
    private enum Answer {
        case next
        case again
        case quit
    }

    /// Goes on until nothing is left or the person leaves.
    func work(_ keyboard: Keyboard) throws {
        while let (id, claim) = try takeNext() {
            let isGoingOn = try sit(at: id, claim, keyboard)
            if !isGoingOn { break }
        }
        try home.writeDueFilesIfFree()
        Terminal.print(
            "\(Terminal.count(count, "decision")) made\(passed.isEmpty ? "" : ", \(passed.count) passed over")")
    }

    /// Claims the first exception that is free; what another holds is left alone.
    private func takeNext() throws -> (String, Claim)? {
        let now = try moment()
        let ids = try home.ledger.read { transaction in
            var ids: [String] = []
            try transaction.queueLines(filter) { line in
                let isMine = line.claimedBy == reviewer.name || !line.isHeld(at: now.description)
                if isMine, !line.isPending, !passed.contains(line.id) { ids.append(line.id) }
            }
            return ids
        }
        for id in ids {
            if let claim = try? QueueClaims(home: home, now: now, by: reviewer).claim(id) { return (id, claim) }
        }
        let left = try home.ledger.read { try $0.queueSum(filter).count }
        let held = Int(left) - passed.count
        Terminal.print(
            held > 0
                ? "\(Terminal.count(held, "exception")) left, all held by others or waiting for a second person"
                : "nothing is left to decide here")
        return nil
    }

    /// Shows one exception until it is decided or left; false where the person leaves altogether.
    private func sit(at id: String, _ claim: Claim, _ keyboard: Keyboard) throws -> Bool {
        guard let item = try DeskItem(id, home: home) else { return true }
        item.show()
        while true {
            Terminal.ask("[Enter 1-9 / s d w x n u ? q] ")
            guard let key = keyboard.key() else {
                giveBack(id)
                return false
            }
            Terminal.say("")
            switch try answer(key, item, claim, keyboard) {
            case .next: return true
            case .again: continue
            case .quit:
                giveBack(id)
                return false
            }
        }
    }

    private func answer(_ key: Character, _ item: DeskItem, _ claim: Claim, _ keyboard: Keyboard) throws -> Answer {
        switch key {
        case "\n", "\r", "a": return try accept(0, item, claim, keyboard)
        case "1"..."9": return try accept(Int(String(key))! - 1, item, claim, keyboard)
        case "/": return try search(item, claim, keyboard)
        case "s": return try decide(item.decision(.suspense), claim)
        case "d": return try decide(item.duplicate, claim)
        case "w": return try wait(item, claim, keyboard)
        case "x": return try other(item, claim, keyboard)
        case "n":
            passed.insert(item.view.id)
            giveBack(item.view.id)
            return .next
        case "u": return try undo()
        case "?":
            help(item)
            return .again
        case "q": return .quit
        default:
            Terminal.say("no such key; ? lists them")
            return .again
        }
    }

    /// A candidate by one key, where nothing asks to look first.
    private func accept(_ place: Int, _ item: DeskItem, _ claim: Claim, _ keyboard: Keyboard) throws -> Answer {
        guard let decision = item.accepting(place) else {
            Terminal.say(item.view.candidates.isEmpty ? "there is no candidate" : "there is no such candidate")
            return .again
        }
        let looks = item.looks(at: place)
        if !looks.isEmpty {
            Terminal.ask("Look first: \(Terminal.safe(looks.joined(separator: "; "))). y posts it all the same: ")
            let key = keyboard.key()
            Terminal.say("")
            guard key == "y" else { return .again }
        }
        return try decide(decision, claim)
    }

    private func search(_ item: DeskItem, _ claim: Claim, _ keyboard: Keyboard) throws -> Answer {
        guard let typed = keyboard.line("search: "), !typed.isEmpty else { return .again }
        let hits = try home.ledger.read { try $0.searchAccounts(typed, limit: 9) }
        guard !hits.isEmpty else {
            Terminal.say("no account is like that")
            return .again
        }
        for (place, hit) in hits.enumerated() {
            Terminal.print(
                "\(place + 1). \(hit.account)  \(Terminal.safe("\(hit.name), \(hit.address)")), owes \(hit.due) "
                    + "(\(hit.status); by \(Terminal.safe(hit.found)))")
        }
        Terminal.ask("[1-\(hits.count) posts all of it, any other key goes back] ")
        guard let key = keyboard.key(), let digit = Int(String(key)), hits.indices.contains(digit - 1) else {
            Terminal.say("")
            return .again
        }
        Terminal.say("")
        return try decide(item.posting(to: hits[digit - 1].account), claim)
    }

    private func wait(_ item: DeskItem, _ claim: Claim, _ keyboard: Keyboard) throws -> Answer {
        guard let text = keyboard.line("until which day, and for what (2026-03-31 the tenant's call): ") else {
            return .again
        }
        let words = text.split(separator: " ", maxSplits: 1).map(String.init)
        guard let until = words.first.flatMap(CivilDate.init(iso:)) else {
            Terminal.say("that begins with no day like 2026-03-31")
            return .again
        }
        var decision = item.decision(.wait)
        (decision.until, decision.to) = (until, words.count > 1 ? words[1] : nil)
        return try decide(decision, claim)
    }

    /// Any action by its name: `not-ours`, `note the payer called`, `split 4815=60.00 2342:W1=27.27`.
    private func other(_ item: DeskItem, _ claim: Claim, _ keyboard: Keyboard) throws -> Answer {
        Terminal.say("actions: \(item.view.actions.map(\.rawValue).joined(separator: ", "))")
        guard let text = keyboard.line("action, then ACCOUNT[:BILL]=AMOUNT or a note: "), !text.isEmpty else {
            return .again
        }
        do {
            return try decide(try item.decision(typed: text), claim)
        } catch let refused as DecisionRefused {
            Terminal.say("refused: \(Terminal.safe(refused.description))")
            return .again
        }
    }

    private func undo() throws -> Answer {
        guard let lastDecided else {
            Terminal.say("nothing was decided in this sitting")
            return .again
        }
        let decision = Decision(exception: lastDecided, action: .undo)
        if try carryOut(decision) { passed.remove(lastDecided) }
        return .again
    }

    private func decide(_ decision: Decision, _ claim: Claim) throws -> Answer {
        var decision = decision
        decision.claim = claim.token
        guard try carryOut(decision) else { return .again }
        count += 1
        lastDecided = decision.exception
        if try home.ledger.read({ try $0.exception(decision.exception) })?.closedAt == nil {
            passed.insert(decision.exception)
            giveBack(decision.exception)
        }
        return .next
    }

    private func carryOut(_ decision: Decision) throws -> Bool {
        guard let lock = try home.claim(waiting: 10) else {
            Terminal.say("a run holds the home; try the key again in a moment")
            return false
        }
        defer { withExtendedLifetime(lock) {} }
        let outcome = try Reviewing(home: home, now: try moment(), by: reviewer, route: .terminal).apply(decision)
        if let refusal = outcome.refusal {
            Terminal.say("refused: \(Terminal.safe(refusal))")
            return false
        }
        let waits = outcome.effect.needs == nil ? "" : ", waits for a second person"
        Terminal.print("\(decision.exception): \(decision.action.rawValue)\(waits)")
        for sentence in outcome.effect.left { Terminal.print("  already out: \(Terminal.safe(sentence))") }
        outcome.effect.showParts(isDone: outcome.effect.needs == nil)
        return true
    }

    private func giveBack(_ id: String) {
        guard let now = try? moment() else { return }
        try? QueueClaims(home: home, now: now, by: reviewer).release(id)
    }

    private func help(_ item: DeskItem) {
        Terminal.say(
            """
            Enter or a   post to the first candidate, and go on
            1 to 9       post to that candidate
            /            search an account by number, name, address, bill, amount or check; a digit posts to it
            s d w        suspense, duplicate (as is most likely), wait until a day
            x            any other action: \(item.view.actions.map(\.rawValue).joined(separator: ", "))
            n            go on, nothing changed
            u            take the last decision of this sitting back
            q            leave; what is shown is given back
            """)
    }
}
