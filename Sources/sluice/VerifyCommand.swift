import ArgumentParser
import Ledger
import Model
import Pipeline

struct VerifyCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Prove the promises from the raw rows and the folders.",
        discussion: "Exit status 0 only if all hold; 1 with one line for each that does not. Changes nothing.")

    @Flag(help: "Print one JSON object.")
    var json = false
    @OptionGroup var options: HomeOptions

    func execute() throws {
        let home = try options.open()
        let breaches = try Verifying(home: home).breaches()
        if json {
            let object: JSON = [
                "holds": .bool(breaches.isEmpty), "breaches": .array(breaches.map { .string($0.line) }),
            ]
            Terminal.print(object.line)
        } else if breaches.isEmpty {
            Terminal.print(
                "every promise holds: each cent stands somewhere, once; each file and original is as written")
        } else {
            for breach in breaches { Terminal.print(Terminal.safe(breach.line)) }
        }
        if !breaches.isEmpty { throw Exit.breach }
    }
}
