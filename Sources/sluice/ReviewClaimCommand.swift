import ArgumentParser
import Files
import Ledger
import Model
import Pipeline
import Review

struct ReviewClaimCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "claim", abstract: "Hold an exception for a while: nobody else decides it meanwhile.",
        discussion: """
            The claim ends by itself after `review: claim_minutes:` of config/sluice.yaml. Its number fences it off: a
            decision that names it (--claim) is refused once another has claimed the exception.
            """)

    @Argument(help: "The exception, such as 3-17-e1.")
    var exception: String
    @Option(help: "How many minutes, up to 480; else as configured.")
    var minutes: Int?
    @Flag(help: "Print one JSON object: exception, claim, by, expires_at.")
    var json = false
    @OptionGroup var options: HomeOptions

    func validate() throws {
        guard minutes.map((1...480).contains) ?? true else { throw ValidationError("--minutes is from 1 to 480") }
    }

    func execute() throws {
        let home = try options.open()
        let claims = QueueClaims(
            home: home, now: try options.moment(), by: try options.reviewer(of: home), minutes: minutes)
        do {
            let claim = try claims.claim(exception)
            try home.writeDueFilesIfFree()
            if json { return Terminal.print(claim.json(exception).line) }
            Terminal.print("\(exception): claimed by \(claim.by) until \(claim.expiresAt), claim \(claim.token)")
        } catch let refused as DecisionRefused {
            Terminal.say("refused: \(Terminal.safe(refused.description))")
            throw Exit.refused
        }
    }
}

struct ReviewReleaseCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Give a claimed exception back to the queue.")

    @Argument(help: "The exception, such as 3-17-e1.")
    var exception: String
    @Flag(help: "Also where another holds it; needs the right to administer.")
    var force = false
    @OptionGroup var options: HomeOptions

    func execute() throws {
        let home = try options.open()
        let claims = QueueClaims(home: home, now: try options.moment(), by: try options.reviewer(of: home))
        do {
            try claims.release(exception, force: force)
            try home.writeDueFilesIfFree()
            Terminal.print("\(exception): free")
        } catch let refused as DecisionRefused {
            Terminal.say("refused: \(Terminal.safe(refused.description))")
            throw Exit.refused
        }
    }
}

extension Claim {
    fileprivate func json(_ exception: String) -> JSON {
        [
            "exception": .string(exception), "claim": .int(token), "by": .string(by), "expires_at": .string(expiresAt),
        ]
    }
}
