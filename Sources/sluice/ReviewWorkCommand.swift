import ArgumentParser
import Files
import Ledger
import Model
import Pipeline
import Review

struct ReviewWorkCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "work", abstract: "Go through the queue one exception after another, a key a decision.",
        discussion: """
            Each exception is claimed while it is shown, and given back when you leave it. One key accepts the first
            candidate and goes on; `?` lists the keys. Paths of images are printed to be opened beside it.
            From a pipe it reads the same keys, so that a terminal is not needed.
            """)

    @Option(help: "Only of this reason.", completion: .list(Reason.allCases.map(\.rawValue)))
    var reason: String?
    @Option(help: "Only what is given to this person.")
    var owner: String?
    @OptionGroup var options: HomeOptions

    func execute() throws {
        let home = try options.open()
        var filter = QueueFilter.workable(at: try options.moment(), home.configuration.calendar)
        (filter.reason, filter.owner) = (reason, owner)
        let desk = TerminalDesk(
            home: home, reviewer: try options.reviewer(of: home), moment: { try options.moment() }, filter: filter)
        let keyboard = Keyboard()
        defer { keyboard.close() }
        try desk.work(keyboard)
    }
}
