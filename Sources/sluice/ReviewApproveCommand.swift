import ArgumentParser
import Files
import Ledger
import Model
import Pipeline
import Review

struct ReviewApproveCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Say yes to what another person decided; it is carried out then.",
        discussion: """
            Large amounts, money that is given back and a trainee's decisions wait for a second person:
              sluice review list --pending
              sluice review show 3-17-e1
              sluice review approve 3-17-e1
            Nobody approves a decision of their own. Where amounts were changed, key what the document says:
              sluice review approve 3-18-e1 --keyed 4815162342=85.00
            """)

    @Argument(help: "The exception, such as 3-17-e1.")
    var exception: String
    @Option(help: "What you read yourself, ACCOUNT[:BILL]=AMOUNT, where amounts were changed.")
    var keyed: [String] = []
    @Option(help: "A note for those who come after.")
    var note: String?
    @OptionGroup var options: HomeOptions

    func execute() throws {
        let (home, lock) = try options.openToWrite()
        defer { withExtendedLifetime(lock) {} }
        let reviewing = Reviewing(home: home, now: try options.moment(), by: try options.reviewer(of: home))
        do {
            let allocations = try keyed.map(Decision.Allocation.init(option:))
            let effect = try reviewing.approve(
                exception, note: note, keyed: allocations.isEmpty ? nil : allocations)
            Terminal.print("\(exception): approved and carried out")
            effect.showParts(isDone: true)
        } catch let refused as DecisionRefused {
            Terminal.say("refused: \(Terminal.safe(refused.description))")
            throw Exit.refused
        }
    }
}

struct ReviewDeclineCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "decline", abstract: "Say no to what another person decided, or take your own back while it waits."
    )

    @Argument(help: "The exception, such as 3-17-e1.")
    var exception: String
    @Option(help: "Why, for who decided it.")
    var note: String?
    @OptionGroup var options: HomeOptions

    func execute() throws {
        let (home, lock) = try options.openToWrite()
        defer { withExtendedLifetime(lock) {} }
        do {
            try Reviewing(home: home, now: try options.moment(), by: try options.reviewer(of: home))
                .decline(exception, note: note)
            Terminal.print("\(exception): declined; it waits for review as before")
        } catch let refused as DecisionRefused {
            Terminal.say("refused: \(Terminal.safe(refused.description))")
            throw Exit.refused
        }
    }
}

extension Decision.Allocation {
    /// Reads `ACCOUNT[:BILL]=AMOUNT`.
    ///
    /// - Throws: `DecisionRefused`.
    init(option text: String) throws {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        let target = parts[0].split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2, let amount = try? Cents(parts[1]), amount > .zero, !target.isEmpty else {
            throw DecisionRefused("\"\(text)\" is not ACCOUNT=AMOUNT or ACCOUNT:BILL=AMOUNT")
        }
        self.init(account: target[0], bill: target.count > 1 ? target[1] : nil, amount: amount)
    }
}
