import ArgumentParser
import Files
import Formats
import Model
import Pipeline

struct LayoutCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "layout", abstract: "Try a layout on a file, or draft one from it.",
        subcommands: [LayoutTryCommand.self, LayoutGuessCommand.self])
}

struct LayoutTryCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "try", abstract: "Show a file's rows as a layout reads them; post nothing.",
        discussion: "Needs no home; in one, its layouts are used. Exit status 65 where the file is refused.")

    @Argument(help: "A bank file, or - for standard input.", completion: .file())
    var file: String
    @Argument(help: "The layout: a name, or a YAML file.", completion: .file(extensions: ["yaml"]))
    var layout: String
    @Flag(help: "Print the items as JSON Lines.")
    var json = false
    @Option(help: "Show no more rows than so many.")
    var rows = 1000
    @OptionGroup var options: HomeOptions

    func execute() throws {
        let reading = try Reading(layout: layout, options)
        let input = file == "-" ? OpenFile.standardInput() : try OpenFile(reading: file)
        var batch = ""
        var number = 0
        var cells: [[String]] = []
        func take(_ event: ReadEvent) {
            if case .batchBegins(let begun) = event { batch = begun.number }
            guard case .item(let item) = event else { return }
            number += 1
            if json {
                Terminal.print(item.json(batch: batch, place: number).line)
            } else if cells.count < rows {
                cells.append(item.cells(batch: batch))
            }
        }
        let survey = try Survey(input, by: reading, each: take)
        if !json { show(cells, of: number) }
        for fault in survey.tally.faults {
            let place = fault.position.line > 0 ? "line \(fault.position.line): " : ""
            let line = "\(fault.severity.rawValue): \(place)\(fault.reason.rawValue): \(Terminal.safe(fault.message))"
            if json { Terminal.say(line) } else { Terminal.print(line) }
        }
        if survey.tally.refusal != nil { throw Exit.refused }
    }

    private func show(_ cells: [[String]], of number: Int) {
        Terminal.table(
            ["line", "batch", "item", "amount", "date", "account", "payer", "what"], cells, right: [0, 3])
        if number > cells.count { Terminal.print("and \(number - cells.count) more") }
        Terminal.print(Terminal.count(number, "item"))
    }
}

struct LayoutGuessCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "guess", abstract: "Draft a layout from the head of a file.",
        discussion: """
            Prints YAML with `check this` where it was guessed, and on standard error what the file does not tell.
            Nothing reads files by a draft until a person has put it into a home's config/layouts.
            Exit status 65 where no layout can be drafted.
            """)

    @Argument(help: "A bank file with separators.", completion: .file())
    var file: String
    @Option(help: "The layout's name.")
    var name = "my-bank"
    @OptionGroup var options: HomeOptions

    /// Thrown to stop the reading of a file whose head is there.
    private struct Enough: Error {}

    private static func head(of file: String) throws -> [UInt8] {
        let input = file == "-" ? OpenFile.standardInput() : try OpenFile(reading: file)
        var head: [UInt8] = []
        do {
            try input.pieces(of: Format.headSize) { piece in
                head += piece
                if head.count >= Format.headSize { throw Enough() }
            }
        } catch is Enough {}
        return head
    }

    func execute() throws {
        let head = try Self.head(of: file)
        do throws(FileRefused) {
            let guess = try LayoutGuess(of: head, name: name)
            _ = try Layout(yaml: guess.yaml, file: "the draft")
            for doubt in guess.doubts { Terminal.say("check: \(Terminal.safe(doubt))") }
            for line in guess.yaml.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
                Terminal.print(String(line))
            }
        } catch {
            Terminal.say("sluice: \(error.fault.reason.rawValue): \(Terminal.safe(error.fault.message))")
            throw Exit.refused
        }
    }
}

extension Item {
    /// A row of `layout try`; what it is stands last where it is no payment to us.
    fileprivate func cells(batch: String) -> [String] {
        let sign = direction == .debit ? "-" : ""
        return [
            "\(position.line)", batch, number, amount.map { sign + $0.description } ?? "?",
            depositDate?.description ?? "",
            account, payer, kind == .payment && direction == .credit ? "" : kind.rawValue,
        ]
    }
}
