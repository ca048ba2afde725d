import Foundation

/// What `Benchmarks/matching.sh` runs.
@main
enum MatchingBench {
    private static let usage = """
        usage: matching-bench office FOLDER ACCOUNTS    write a billing extract
               matching-bench cost HOME ACCOUNTS        measure matching in a home that holds it
               matching-bench variants COUNT            try damaged account numbers

        """

    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard let number = arguments.last.flatMap({ Int($0) }) else { return stop() }
        switch (arguments.first, arguments.count) {
        case ("office", 3): try Office(accounts: number).write(to: arguments[1])
        case ("cost", 3): try printCosts(arguments[1], accounts: number)
        case ("variants", 2): try printVariants(number)
        default: stop()
        }
    }

    private static func stop() {
        FileHandle.standardError.write(Data(usage.utf8))
        exit(64)
    }
}
