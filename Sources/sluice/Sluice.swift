import ArgumentParser

/// The one command. Each subcommand is a file of its own: options and a few lines.
@main
struct Sluice: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sluice",
        abstract:
            "Takes in a bank's payment files and leaves every cent on an account, in suspense, or before a reviewer.",
        discussion: """
            A day's work:
              sluice init office                     make a home
              sluice accounts import *.csv           load the billing extract
              cp lockbox.csv office/inbox/           the bank's files
              sluice run                             take in, match, post, file
              sluice status                          what happened, what waits
              sluice review list                     what a person must decide
              sluice verify                          prove that every cent stands somewhere

            Every command takes --home DIR (else $SLUICE_HOME, else the current directory if it is a home).
            Exit status: 0 done, 64 usage, 65 a file or decision was refused, 69 no ledger, 74 input or output failed,
            75 another run holds the home, 77 not allowed, 78 wrong configuration; verify: 1 where one does not hold.
            """,
        version: "0.1.0",
        subcommands: [
            InitCommand.self, AccountsCommand.self, RunCommand.self, InspectCommand.self, LayoutCommand.self,
            FormatsCommand.self, StatusCommand.self, PaymentsCommand.self, ExplainCommand.self, ExportCommand.self,
            RulesCommand.self, ReviewCommand.self, UsersCommand.self, DocumentsCommand.self,
            VerifyCommand.self,
        ] + pageCommands)

    /// What is built with the review page only (`Package.swift`).
    private static var pageCommands: [any ParsableCommand.Type] {
        #if PAGE
            [ServeCommand.self, TIFFToPNGCommand.self]
        #else
            []
        #endif
    }
}
