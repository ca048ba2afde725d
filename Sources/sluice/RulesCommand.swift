import ArgumentParser

struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "The rules that match payments: how they fare, and what people teach.",
        subcommands: [RulesBacktestCommand.self, RulesProposalsCommand.self, RulesRestoreCommand.self])
}
