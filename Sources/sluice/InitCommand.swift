import ArgumentParser
import Pipeline

struct InitCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a home with the default configuration.",
        discussion: "Next: look at config/sluice.yaml, policy.yaml and calendar.yaml in it, then import the accounts.")

    @Argument(help: "A new or empty directory.", completion: .directory)
    var home: String

    @Option(help: .hidden)
    var now: String?

    func execute() throws {
        try Home.make(home)
        Terminal.say("made a home in \(home); next: sluice accounts import FILE… --home \(home)")
    }
}
