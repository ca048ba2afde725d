import ArgumentParser
import Formats
import Model
import Pipeline

struct FormatsCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "formats", abstract: "List the formats and layouts that can be read.",
        discussion: "With a home, its layouts; without one, the layouts that every new home gets.")

    @Flag(help: "Print JSON Lines.")
    var json = false
    @OptionGroup var options: HomeOptions

    func execute() throws {
        let shipped = Set(try Home.defaultFormats().map(\.name))
        let formats = try (try? options.open())?.readableFormats ?? Home.defaultFormats()
        for format in formats {
            let page = shipped.contains(format.name) ? format.section : "docs/layouts.md"
            if json {
                let object: JSON = [
                    "name": .string(format.name), "summary": .string(format.summary),
                    "becomes": .array(format.becomes.map { .string($0.rawValue) }), "page": .string(page),
                ]
                Terminal.print(object.line)
            } else {
                Terminal.print(Terminal.bold(Terminal.safe(format.name)))
                Terminal.print("    reads    \(Terminal.safe(format.summary))")
                Terminal.print("    becomes  \(format.becomes.map(\.rawValue).joined(separator: ", "))")
                Terminal.print("    see      \(page)")
            }
        }
    }
}

extension Format {
    /// Its section of the page on formats.
    fileprivate var section: String {
        let words = name.lowercased().filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" }
        return "docs/formats.md#" + words.replacing(" ", with: "-")
    }
}
