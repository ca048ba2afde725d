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
        let formats = try (try? options.open())?.readableFormats ?? Home.defaultFormats()
        if json {
            for format in formats {
                let object: JSON = ["name": .string(format.name), "summary": .string(format.summary)]
                Terminal.print(object.line)
            }
            return
        }
        Terminal.table(["name", "reads"], formats.map { [$0.name, $0.summary] })
    }
}
