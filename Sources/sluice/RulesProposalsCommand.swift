import ArgumentParser
import Files
import Ledger
import Model
import Pipeline
import Review

struct RulesProposalsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "proposals", abstract: "What people's decisions have in common: words that mean an account.",
        discussion: """
            Where payments of several files with the same text, sender or reference were posted to one account, and no
            payment contradicts, that is proposed. Accepted words are one key among others; they never post alone.
            """,
        subcommands: [
            ProposalsListCommand.self, ProposalsAcceptCommand.self, ProposalsDismissCommand.self,
        ], defaultSubcommand: ProposalsListCommand.self)
}

struct ProposalsListCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List what is proposed, most lessons first.")

    @Flag(help: "List what was accepted or dismissed too.")
    var all = false
    @Flag(help: "Print JSON Lines.")
    var json = false
    @OptionGroup var options: HomeOptions

    func execute() throws {
        let home = try options.open()
        let proposals = try Proposing(home: home, now: try options.moment(), user: Folder.processUser())
            .list(all: all) { Terminal.progress("\($0) payments looked through") }
        Terminal.progress("")
        if json {
            for proposal in proposals { Terminal.print(proposal.json.line) }
            return
        }
        guard !proposals.isEmpty else { return Terminal.print("nothing is proposed") }
        let heading = ["proposal", "lessons", "stands", "what it says"] + (all ? ["by", "on", "note"] : [])
        Terminal.table(
            heading,
            proposals.map { proposal in
                let said = [proposal.decidedBy, proposal.decidedAt.map { String($0.prefix(10)) }, proposal.note]
                return [proposal.id, String(proposal.lessons), proposal.state.rawValue, proposal.sentence]
                    + (all ? said.map { $0 ?? "" } : [])
            }, right: [1])
        Terminal.say("next: sluice rules proposals accept ID, or dismiss ID")
    }
}

struct ProposalsAcceptCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept", abstract: "Let the words be a key to the account, beside a second one.")

    @OptionGroup var answer: ProposalAnswer

    func execute() throws { try answer.give(.accepted) }
}

struct ProposalsDismissCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "dismiss", abstract: "The words mean nothing: propose them no more, and take them for no key.")

    @OptionGroup var answer: ProposalAnswer

    func execute() throws { try answer.give(.dismissed) }
}

struct ProposalAnswer: ParsableArguments {
    @Argument(help: "The proposal's id, as rules proposals lists it.")
    var id: String
    @Option(help: "Why, in a few words.")
    var note: String?
    @OptionGroup var options: HomeOptions

    func give(_ state: Proposal.State) throws {
        let (home, lock) = try options.openToWrite()
        defer { withExtendedLifetime(lock) {} }
        do {
            let proposal = try Proposing(
                home: home, now: try options.moment(), user: try options.actor(.configure, of: home)
            )
            .answer(id, state, note: note)
            Terminal.print("\(state.rawValue): \(Terminal.safe(proposal.sentence))")
        } catch let refused as Proposing.Refused {
            Terminal.say("sluice: \(refused)")
            throw Exit.refused
        }
    }
}

extension Proposal {
    fileprivate var json: JSON {
        [
            "proposal": .string(id), "kind": .string(kind.rawValue), "words": .string(words),
            "account": .string(account), "lessons": .int(lessons), "state": .string(state.rawValue),
            "by": JSON(decidedBy), "at": JSON(decidedAt), "note": JSON(note),
        ]
    }
}
