import ArgumentParser
import Files
import Ledger
import Matching
import Pipeline
import Review

struct RulesRestoreCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Let a rule post again that was demoted to suggestions.",
        discussion: "What it posted before is counted no more. Who restored it, and why, stands in the audit log.")

    @Argument(help: "The rule's name, with or without its version: number-alone/1.")
    var rule: String
    @Option(help: "Why it may post again.")
    var note: String
    @OptionGroup var options: HomeOptions

    func execute() throws {
        let (home, lock) = try options.openToWrite()
        let known = try home.ledger.read { try $0.ruleFigures() }.map(\.rule)
        if !known.contains(where: { $0 == rule || $0.hasPrefix(rule + "/") }) { _ = try RuleEntry.named(rule) }
        defer { withExtendedLifetime(lock) {} }
        do {
            let figures = try RuleRestoring(
                home: home, now: try options.moment(), user: try options.actor(.configure, of: home)
            )
            .restore(rule, note: note)
            Terminal.print("\(figures.rule) posts again; it is counted anew from the next file on")
        } catch let refused as RuleRestoring.Refused {
            Terminal.say("sluice: \(refused)")
            throw Exit.refused
        }
    }
}
