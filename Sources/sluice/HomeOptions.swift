import ArgumentParser
import Files
import Foundation
import Ledger
import Model
import Pipeline
import Records
import Review

/// Which home, and what time it is: the only place that reads the environment and the clock.
struct HomeOptions: ParsableArguments {
    @Option(help: "The office's directory.", completion: .directory)
    var home: String?

    @Option(help: ArgumentHelp("The time to work at, ISO 8601 in UTC.", valueName: "time"))
    var now: String?

    /// The home that was named, by the option or the environment; nil where neither does.
    var named: String? { home ?? Self.environment("SLUICE_HOME") }

    /// A variable of the environment; an empty one is as if unset.
    private static func environment(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Opens the home; `changes` to keys of its policy's `matching` are tried out.
    func open(changes: [String: String] = [:]) throws -> Home {
        try Home(opening: named ?? ".", changes: changes)
    }

    /// Opens the home for a command that writes; waits a little where a run holds it.
    func openToWrite() throws -> (home: Home, lock: HomeLock) {
        let home = try open()
        guard let lock = try home.claim(waiting: 10) else {
            Terminal.say("sluice: another run holds \(home.path); nothing was done")
            throw Exit.held
        }
        return (home, lock)
    }

    /// Who acts: the operating system's user of this process, as the home knows them.
    func reviewer(of home: Home) throws -> Reviewer {
        try home.ledger.read { try $0.reviewer(systemUser: Folder.processUser()) }
    }

    /// The name under which somebody acts who needs a right for it.
    ///
    /// - Throws: `NotAllowed` where users are set up and they have not got it.
    func actor(_ right: Right, of home: Home) throws -> String {
        let reviewer = try reviewer(of: home)
        try reviewer.requires(right)
        return reviewer.name
    }

    /// The time given, or the clock's.
    func moment() throws -> Moment { try clock()() }

    /// The clock: it stands at the time given, where one is.
    func clock() throws -> @Sendable () -> Moment {
        guard let text = now ?? Self.environment("SLUICE_NOW") else {
            return { Moment(seconds: Int64(Date().timeIntervalSince1970)) }
        }
        guard let moment = Moment(iso: text) else {
            throw ValidationError("the time \"\(text)\" is not like 2026-03-02T20:00:00Z")
        }
        return { moment }
    }
}

/// How a command ends, in the codes of sysexits.h.
enum Exit {
    static let breach = ExitCode(1)
    static let usage = ExitCode(64)
    static let refused = ExitCode(65)
    static let noLedger = ExitCode(69)
    static let inputOutput = ExitCode(74)
    static let held = ExitCode(75)
    static let interrupted = ExitCode(130)
    static let notAllowed = ExitCode(77)
    static let badConfiguration = ExitCode(78)
}

/// A subcommand whose faults become one clear line and an exit status.
protocol SluiceCommand: ParsableCommand {
    func execute() throws
}

extension SluiceCommand {
    func run() throws {
        // What Sluice writes is for its owner only, the ledger's own files too.
        umask(0o077)
        do {
            try execute()
            guard Terminal.isWritten() else { try end("the output could not be written whole", Exit.inputOutput) }
        } catch let wrong as ValidationError {
            // Thrown from here the library would print the usage of the whole command.
            Terminal.say("Error: \(wrong.message)\nUsage: \(Sluice.usageString(for: Self.self))")
            throw Exit.usage
        } catch is Run.Stopped {
            try end("stopped; the file at hand is as before, the next run takes it up", Exit.interrupted)
        } catch let refused as NotAllowed {
            try end(refused.description, Exit.notAllowed)
        } catch let fault as ConfigFault {
            try end(fault.description, Exit.badConfiguration)
        } catch let fault as HomeFault {
            try end(fault.description, Exit.noLedger)
        } catch let fault as LedgerFault {
            try end(fault.description, Exit.noLedger)
        } catch let fault as RecordsFault {
            try end(fault.description, Exit.inputOutput)
        } catch let fault as FileFault {
            try end(fault.description, Exit.inputOutput)
        } catch let refused as FileRefused {
            let fault = refused.fault
            try end("\(fault.reason.rawValue): \(fault.message)", Exit.badConfiguration)
        } catch let refused as UserRefused {
            try end(refused.description, Exit.refused)
        } catch let refused as AccountsImport.Refused {
            try end(refused.description, Exit.refused)
        }
    }

    private func end(_ message: String, _ code: ExitCode) throws -> Never {
        Terminal.say("sluice: \(message)")
        throw code
    }
}
