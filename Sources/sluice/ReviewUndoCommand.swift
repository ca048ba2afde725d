import ArgumentParser
import Model
import Pipeline
import Review

struct ReviewUndoCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: "Take the last decision about an exception back.",
        discussion: """
            What has left already is said first: counter-documents are written, but nobody outside forgets. The money
            goes back in the same business day before it closes, else in the open one; the exception waits again. Of an
            open exception, the last assign, wait, ask-bank or protect is taken back. docs/review.md tells what cannot
            be undone.
            """)

    @Argument(help: "The exception, such as 3-17-e1.")
    var exception: String
    @Option(help: "A note for those who come after.")
    var note: String?
    @Flag(help: "Check only; change nothing.")
    var dryRun = false
    @OptionGroup var options: HomeOptions

    func execute() throws {
        let (home, lock) = try options.openToWrite()
        defer { withExtendedLifetime(lock) {} }
        let decision: JSON = [
            "exception": .string(exception), "action": .string(Action.undo.rawValue), "note": JSON(note),
        ]
        let outcome = try Reviewing(home: home, now: try options.moment(), by: try options.reviewer(of: home))
            .apply([(1, Array(decision.line.utf8))], dryRun: dryRun)[0]
        if let refusal = outcome.refusal {
            Terminal.say("refused: \(Terminal.safe(refusal))")
            throw Exit.refused
        }
        outcome.effect.show(of: exception, outcome.action, isDryRun: dryRun)
    }
}
