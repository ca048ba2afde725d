import ArgumentParser
import Matching
import Model

struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "The rules by which payments are matched: show them, try them out, teach them.",
        discussion: """
            docs/matching.md explains the rules to an auditor, docs/learning.md how they are tried out and measured.
            What decided one payment: sluice explain PAYMENT. How well rules post: sluice status.
            """,
        subcommands: [
            RulesListCommand.self, RulesShowCommand.self, RulesBacktestCommand.self, RulesProposalsCommand.self,
            RulesRestoreCommand.self,
        ])
}

struct RulesListCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List all rules and stops in the order in which they are asked.",
        discussion: """
            The first rule that has something to say decides. Whatever it would post must then pass every stop.
            Proof: P1 two independent keys agree, P2 one strong key and nothing contradicts it; both post.
            Needs no home.
            """)

    @Flag(help: "Print JSON Lines.")
    var json = false
    @OptionGroup var options: HomeOptions

    func execute() throws {
        if json {
            for entry in RuleBook.entries { Terminal.print(JSON.object(entry.members).line) }
            return
        }
        for kind in [RuleEntry.Kind.rule, .stop] {
            let entries = RuleBook.entries.filter { $0.kind == kind }
            Terminal.table(
                ["", kind.rawValue, "proof", "needs"],
                entries.map { ["\($0.order)", $0.id, $0.proofs, $0.text.needs] }, right: [0])
            if kind == .rule { Terminal.print("") }
        }
    }
}

struct RulesShowCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show all of one rule or stop, with a worked example.",
        discussion:
            "Its name is as sluice rules list and sluice explain print it, with or without its version. Needs no home.")

    @Argument(
        help: "The rule or stop, such as number-alone.",
        completion: .list(RuleBook.names + RuleBook.outside.map(\.name)))
    var name: String
    @Flag(help: "Print one JSON object.")
    var json = false
    @OptionGroup var options: HomeOptions

    func execute() throws {
        if let outside = RuleBook.outside.first(where: { $0.name == name || $0.id == name }) { return show(outside) }
        let entry = try entry()
        if json { return Terminal.print(JSON.object(entry.members + [entry.exampleMember]).line) }
        let what = entry.kind == .rule ? "Rule" : "Stop"
        let last = RuleBook.entries.count { $0.kind == entry.kind }
        Terminal.print(Terminal.bold("\(what) \(entry.id)") + ", asked as number \(entry.order) of \(last)")
        Terminal.print("    needs   \(entry.text.needs)")
        let proofs = entry.text.proofs.map { "\($0.rawValue) (\($0.sentence))" }
        Terminal.print("    proof   \(proofs.isEmpty ? "none: it only holds" : proofs.joined(separator: ", or "))")
        if let reason = entry.reason { Terminal.print("    reason  \(reason.rawValue): \(reason.remedy)") }
        Terminal.print("    silent  \(entry.text.silent)")
        guard let example = entry.example else { return }
        Terminal.print("\n\(Terminal.bold("At work.")) \(example.title)\n")
        show(example.world, example.why)
        Terminal.print("\n\(Terminal.bold("Silent.")) \(example.silentTitle)")
        Terminal.print("With what stands behind - it is silent; with what stands behind + instead, it would speak.\n")
        show(example.silentWorld, example.silentWhy)
    }

    private func show(_ outside: RuleOutside) {
        guard !json else {
            let members: JSON = [
                "kind": "outside", "rule": .string(outside.name), "version": .int(Int64(outside.version)),
                "needs": .string(outside.needs), "does": .string(outside.does),
            ]
            return Terminal.print(members.line)
        }
        Terminal.print(Terminal.bold(outside.id) + ", decides outside the rules")
        Terminal.print("    when    \(outside.needs)")
        Terminal.print("    does    \(outside.does)")
    }

    private func show(_ world: String, _ why: String) {
        for line in world.split(separator: "\n") { Terminal.print("    \(line)") }
        Terminal.print("  Sluice: \(why)")
    }

    /// The entry of that name; an unknown name ends the command and names those like it.
    private func entry() throws -> RuleEntry {
        if let found = RuleBook.entries.first(where: { $0.name == name || $0.id == name }) { return found }
        let names = RuleBook.names + RuleBook.outside.map(\.name)
        let near = nearNames(to: String(name.prefix { $0 != "/" }), among: names)
        let hint = near.isEmpty ? "sluice rules list names them all" : "is it \(near.joined(separator: ", "))?"
        throw ValidationError("there is no rule or stop \"\(Terminal.safe(name))\"; \(hint)")
    }
}

extension RuleEntry {
    fileprivate var proofs: String {
        text.proofs.isEmpty ? "holds" : text.proofs.map(\.rawValue).joined(separator: " ")
    }

    fileprivate var members: [JSON.Member] {
        [
            JSON.Member("kind", .string(kind.rawValue)), JSON.Member("order", .int(Int64(order))),
            JSON.Member("rule", .string(name)), JSON.Member("version", .int(Int64(version))),
            JSON.Member("proofs", .array(text.proofs.map { .string($0.rawValue) })),
            JSON.Member("reason", JSON(reason?.rawValue)), JSON.Member("needs", .string(text.needs)),
            JSON.Member("silent", .string(text.silent)), JSON.Member("example", .string(exampleID)),
        ]
    }

    fileprivate var exampleMember: JSON.Member {
        guard let example else { return JSON.Member("worlds", .null) }
        return JSON.Member(
            "worlds",
            [
                "at_work": [
                    "title": .string(example.title), "world": .string(example.world), "why": .string(example.why),
                ],
                "silent": [
                    "title": .string(example.silentTitle), "world": .string(example.silentWorld),
                    "why": .string(example.silentWhy),
                ],
            ])
    }
}
