import ArgumentParser
import Files
import Foundation
import Ledger
import Matching
import Model
import Pipeline
import Review

struct ReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review", abstract: "The queue of exceptions: look, decide.",
        subcommands: [
            ReviewListCommand.self, ReviewShowCommand.self, ReviewClaimCommand.self, ReviewReleaseCommand.self,
            ReviewDecideCommand.self, ReviewUndoCommand.self, ReviewApproveCommand.self, ReviewDeclineCommand.self,
            ReviewApplyCommand.self, ReviewWorkCommand.self,
        ])
}

struct ReviewShowCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one exception with its candidates and what each would post.")

    @Argument(help: "The exception, such as 3-17-e1.")
    var exception: String
    @Flag(help: "Print exception.json.")
    var json = false
    @OptionGroup var options: HomeOptions

    func execute() throws {
        let home = try options.open()
        try home.ledger.read { transaction in
            guard let view = try transaction.exception(exception) else {
                Terminal.say("there is no exception \(exception)")
                throw ExitCode(64)
            }
            if json { return Terminal.print(view.json.line) }
            let policy = home.configuration.allocation
            let agreements = try view.candidates.map { candidate in
                try transaction.agreement(with: candidate, of: view, policy: policy)
            }
            Self.show(try view.byLocalTime(home.configuration.calendar, transaction), agreements)
            let alike = view.twin == nil ? 0 : try transaction.duplicatesSuspected(alongside: view.id).count
            for line in ReviewHint(view: view, agreements: agreements, alike: alike).lines { Terminal.say(line) }
        }
    }

    /// Prints an exception with its record, its twin, its candidates and what was decided.
    static func show(_ view: ExceptionView, _ agreements: [Agreement?]) {
        Terminal.print(Terminal.bold("\(view.id)  \(view.reason)  \(view.amount?.description ?? "")"))
        Terminal.print(Terminal.safe(view.what))
        let about = view.item?.books == .posted && view.decisions.isEmpty ? "Why it is told" : "Why not posted"
        Terminal.print("\(about): \(Terminal.safe(view.whyNotPosted))")
        if let at = view.turnOffAt, let amount = view.turnOffAmount {
            Terminal.print("Turn-off: the water of a candidate is turned off on \(at); \(amount) stops it")
        }
        if let file = view.file { Terminal.print("File: \(Terminal.safe(file)), received \(view.openedAt)") }
        if let item = view.item { show(item, view) }
        for document in view.documents {
            Terminal.print("Image: \(document.type) \(document.id) \(document.path ?? document.status)")
        }
        if let twin = view.twin { show(twin, view) }
        for (index, candidate) in view.candidates.enumerated() {
            // What is decided blind has no scores.
            let score = view.reason == Reason.sampledForReview.rawValue ? "" : "  score \(candidate.score)"
            Terminal.print("\(index + 1). \(candidate.account)  \(Terminal.safe(candidate.name))\(score)")
            for evidence in candidate.sentences { Terminal.print("     \(Terminal.safe(evidence))") }
            // What it would do matters only while it can be done.
            if let agreement = agreements[index], view.actions.contains(.post) { show(agreement, view) }
        }
        for decision in view.decisions {
            let kind = decision.kind.map { " \($0)" } ?? ""
            let note = decision.note.map { ": \(Terminal.safe($0))" } ?? ""
            Terminal.print(
                "\(decision.action)\(kind) by \(decision.by) at \(decision.at)\(note)"
                    + (decision.undoneBy == nil ? "" : ", and undone"))
        }
        if view.actions.isEmpty { return }
        Terminal.print("Actions: \(view.actions.map(\.rawValue).joined(separator: ", "))")
    }

    private static func show(_ agreement: Agreement, _ view: ExceptionView) {
        for part in agreement.parts { Terminal.print("     would post \(Terminal.safe(part.inWords))") }
        if let left = view.amount.map({ $0 - agreement.sum }), left > .zero {
            Terminal.print("     and leaves \(left) that it gives to nobody")
        }
        guard agreement.isProposal else { return }
        for change in agreement.changes { Terminal.print("     ATTENTION: \(Terminal.safe(change))") }
    }

    private static func show(_ item: ItemView, _ view: ExceptionView) {
        let facts = [
            ("batch", item.batch), ("envelope", item.transaction ?? ""), ("item", item.number),
            ("line", String(item.line)), ("tender", item.tender),
            ("check", item.checkNumber), ("payer", item.payer), ("bank account", item.bankAccount),
            ("account read", item.account), ("scan line", item.scanline), ("memo", item.memo),
            ("end-to-end id", item.endToEnd), ("deposited", item.depositOn.description),
        ]
        for (name, value) in facts where !value.isEmpty { Terminal.print("  \(name): \(Terminal.safe(value))") }
        for line in view.lines {
            Terminal.print("  pays: \(line.bill) \(line.account) \(line.amount?.description ?? "")")
        }
    }

    /// The records of both side by side; what differs is marked.
    private static func show(_ twin: TwinView, _ view: ExceptionView) {
        Terminal.table(
            ["", "this one, \(view.payment?.description ?? "")", "its twin, \(twin.payment)", ""],
            view.twinFields.map { pair in
                let name = pair.name.replacing("_", with: " ")
                return [name, Terminal.safe(pair.mine), Terminal.safe(pair.theirs), pair.differs ? "differs" : ""]
            })
        guard let likely = view.likelyDuplicate else { return }
        Terminal.print("Likely \(likely.kind.rawValue): \(likely.why)")
    }
}

struct ReviewDecideCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide", abstract: "Decide one exception.",
        discussion: """
            Each action, and what it does to the books, stands in docs/review.md. The money moves at once; what needs \
            a second person waits until another approves it. --dry-run shows the entry that would be made.
              sluice review decide 3-17-e1 post --to 4815162342
              sluice review decide 3-18-e1 split --to 4815162342=60.00 --to 2342481516:B000000017=27.27
              sluice review decide 3-19-e1 duplicate --kind told-twice
              sluice review decide 3-22-e1 refund --to 4815162342
              sluice review decide 3-23-e1 ask-bank --case 2026-118 --until 2026-03-12
              sluice review decide 3-24-e1 pay-over --payee "Town of Millrace" --case 77 --until 2026-03-31
            A list that a line keeps from adding up, as its first candidate would post it, and a deposit told twice:
              sluice review decide 3-20-e1 split --candidate 1
              sluice review decide 3-21-e1 duplicate --kind told-twice --deposit
            """)

    @Argument(help: "The exception, such as 3-17-e1.")
    var exception: String
    @Argument(help: "What to do.", completion: .list(Action.allCases.map(\.rawValue)))
    var action: String
    @Option(
        help:
            "Who gets it: ACCOUNT[:BILL][=AMOUNT]; no amount means all. To assign: a person; to protect: an account."
    )
    var to: [String] = []
    @Option(help: "Who is paid, where that is not the account's holder or the sender that the bank tells.")
    var payee: String?
    @Option(name: .customLong("case"), help: "The number under which the bank or another agency works at it.")
    var caseNumber: String?
    @Option(help: "The day it comes back, is due, or on which a hold ends, such as 2026-03-31.")
    var until: String?
    @Option(help: "Who gets it as this candidate would post it, 1 for the first.")
    var candidate: Int?
    @Flag(help: "Decide alike what is most likely of this kind in its deposit, its twin in one deposit with its twin.")
    var deposit = false
    @Option(
        help: "What a duplicate is: told-twice, paid-twice or presented-twice.",
        completion: .list(["told-twice", "paid-twice", "presented-twice"]))
    var kind: String?
    @Option(help: "A note for those who come after.")
    var note: String?
    @Flag(help: "Check only; change nothing.")
    var dryRun = false
    @OptionGroup var options: HomeOptions

    func execute() throws {
        let (home, lock) = try options.openToWrite()
        defer { withExtendedLifetime(lock) {} }
        guard try home.ledger.read({ try $0.exception(exception) }) != nil else {
            Terminal.say("refused: there is no exception \(Terminal.safe(exception))")
            throw Exit.refused
        }
        let allocations: JSON
        do {
            allocations = try home.ledger.read { try self.allocations($0, policy: home.configuration.allocation) }
        } catch let refused as DecisionRefused {
            Terminal.say("refused: \(refused)")
            throw Exit.refused
        }
        let views = deposit ? try home.ledger.read(alike) : []
        if deposit { list(views) }
        let exceptions = deposit ? views.map(\.id) : [exception]
        let lines = exceptions.enumerated().map { place, exception in
            let decision: JSON = [
                "exception": .string(exception), "action": .string(action), "allocations": allocations,
                "kind": JSON(kind), "until": JSON(until), "to": JSON(payee ?? person), "case": JSON(caseNumber),
                "note": JSON(note),
            ]
            return (line: place + 1, json: Array(decision.line.utf8))
        }
        let outcomes = try Reviewing(home: home, now: try options.moment(), by: try options.reviewer(of: home))
            .apply(lines, dryRun: dryRun)
        for outcome in outcomes {
            if let refusal = outcome.refusal {
                Terminal.say("\(deposit ? "\(outcome.exception): " : "")refused: \(refusal)")
            } else {
                outcome.effect.show(of: outcome.exception, action, isDryRun: dryRun)
            }
        }
        if outcomes.contains(where: { $0.refusal != nil }) { throw Exit.refused }
    }

    func validate() throws {
        guard deposit, action != Action.duplicate.rawValue || kind == nil || !to.isEmpty || candidate != nil else {
            return
        }
        throw ValidationError("--deposit goes with duplicate and --kind, and without --to")
    }

    /// The suspected duplicates that lie in one deposit with the exception's, and their twins in one with its twin, and
    /// that are most likely of the kind that was said of it.
    private func alike(_ transaction: Transaction) throws -> [ExceptionView] {
        let own = try transaction.exception(exception)
        let others = try transaction.duplicatesSuspected(alongside: exception).filter { $0 != exception }
            .compactMap(transaction.exception).filter { $0.likelyDuplicate?.kind.rawValue == kind }
        return (own.map { [$0] } ?? []) + others
    }

    /// Says what is decided at once, before it is.
    private func list(_ views: [ExceptionView]) {
        guard let twin = views.first?.twin else { return }
        Terminal.print(
            "\(Terminal.count(views.count, "suspected duplicate")) over \(views.compactMap(\.amount).sum), told by "
                + "\(Terminal.safe(twin.file)), intake \(twin.payment.intake), too:")
        Terminal.table(
            ["exception", "amount", "twin", "its amount", "payer"],
            views.map { view in
                let twin = view.twin
                return [
                    view.id, view.amount?.description ?? "", twin?.payment.description ?? "",
                    twin?.item.amount.description ?? "", Terminal.safe(view.item?.payer ?? ""),
                ]
            }, right: [1, 3])
    }

    /// `--to` names a person or an account for actions that give no money to accounts.
    private var person: String? { namesPerson ? to.first : nil }

    private var namesPerson: Bool { Action(rawValue: action)?.namesSomebody == true || action == Action.wait.rawValue }

    private func allocations(_ transaction: Transaction, policy: AllocationPolicy) throws -> JSON {
        let view = try transaction.exception(exception)
        guard !namesPerson else { return .array([]) }
        guard let candidate else { return .array(try to.map { try allocation($0, all: view?.amount) }) }
        guard to.isEmpty else { throw ValidationError("give --to or --candidate, not both") }
        guard let view, view.candidates.indices.contains(candidate - 1) else {
            throw ValidationError("exception \(exception) has no candidate \(candidate)")
        }
        let chosen = view.candidates[candidate - 1]
        guard let agreement = try transaction.agreement(with: chosen, of: view, policy: policy), agreement.isProposal
        else {
            throw DecisionRefused(
                "candidate \(candidate) proposes nothing but all of it for account \(chosen.account): say so with "
                    + "post --to \(chosen.account), or who gets how much with split --to")
        }
        guard agreement.changes.isEmpty else {
            let changes = agreement.changes.joined(separator: "; ")
            throw DecisionRefused(
                "what candidate \(candidate) proposed no longer fits the book: \(changes). Say who gets how much with "
                    + "split --to ACCOUNT[:BILL]=AMOUNT")
        }
        return chosen.allocations
    }

    private func allocation(_ text: String, all: Cents?) throws -> JSON {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        let target = parts[0].split(separator: ":", maxSplits: 1).map(String.init)
        let amount = parts.count > 1 ? parts[1] : to.count == 1 ? all?.description : nil
        guard let amount else { throw ValidationError("\(text): say how much each gets, as ACCOUNT=AMOUNT") }
        return [
            "account": .string(target[0]), "bill": JSON(target.count > 1 ? target[1] : nil), "amount": .string(amount),
        ]
    }
}

struct ReviewApplyCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Decide many exceptions from a JSON Lines file.",
        discussion: """
            One decision a line: {"exception": …, "action": …, "allocations": [{"account": …, "amount": …}]}.
            Wrong or stale lines are refused one by one with their line; the rest apply. Exit status 65 if any was.
            """)

    @Argument(help: "The file of decisions.", completion: .file(extensions: ["jsonl"]))
    var file: String
    @Flag(help: "Show the effect; change nothing.")
    var dryRun = false
    @Flag(help: "Print JSON Lines, one for each decision.")
    var json = false
    @OptionGroup var options: HomeOptions

    func execute() throws {
        let (home, lock) = try options.openToWrite()
        defer { withExtendedLifetime(lock) {} }
        let bytes = try FileBytes.read(file, limit: 1 << 30)
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
            .filter { _, line in !line.allSatisfy { $0 == 32 || $0 == 13 } }
            .map { (line: $0.offset + 1, json: Array($0.element)) }
        let outcomes = try Reviewing(home: home, now: try options.moment(), by: try options.reviewer(of: home))
            .apply(lines, dryRun: dryRun)
        for outcome in outcomes { tell(outcome) }
        let refused = outcomes.count { $0.refusal != nil }
        if !json {
            if dryRun { Deciding.Effect.show(outcomes.filter { $0.refusal == nil }) }
            Terminal.print(
                "\(Terminal.count(outcomes.count - refused, "decision")) "
                    + "\(dryRun ? "would apply" : "applied"), \(refused) refused"
            )
        }
        if refused > 0 { throw Exit.refused }
    }

    private func tell(_ outcome: Reviewing.Outcome) {
        if json {
            let object: JSON = [
                "line": JSON(outcome.line), "exception": JSON(nonEmpty: outcome.exception),
                "action": JSON(nonEmpty: outcome.action), "applied": .bool(outcome.refusal == nil && !dryRun),
                "refusal": JSON(outcome.refusal), "amount": JSON(outcome.amount),
                "effect": outcome.refusal == nil ? outcome.effect.json : .null,
            ]
            Terminal.print(object.line)
        } else if let refusal = outcome.refusal {
            Terminal.say("\(file):\(outcome.line): refused: \(Terminal.safe(refusal))")
        }
    }
}
