internal import Hummingbird
internal import Ledger
internal import Logging
package import Model
internal import Review

/// The review page: the queue, its items and the day, for people with a browser. It does what the engine of `Review`
/// does for the command, and nothing beside it.
package struct ReviewPage: Sendable {
    /// How a page is served.
    package struct Options: Sendable {
        /// The home's folder.
        package var home: String
        /// Where it listens: this machine alone, unless the office says otherwise.
        package var address = "127.0.0.1"
        /// 0 for any free one.
        package var port = 8480
        /// Names by which browsers may ask for it, beside those of the machine itself: `pay.example.org`.
        package var hosts: [String] = []
        /// Certificate and key, in PEM; nil without TLS.
        package var tls: (certificate: String, key: String)?
        /// The program that makes a PNG of a TIFF: Sluice itself.
        package var program: String
        package var clock: @Sendable () -> Moment

        package init(home: String, program: String, clock: @escaping @Sendable () -> Moment) {
            self.home = home
            self.program = program
            self.clock = clock
        }
    }

    private let options: Options
    private let office: Office

    /// Opens the home.
    ///
    /// - Throws: as `Home(opening:)`.
    package init(_ options: Options) async throws {
        self.options = options
        office = try await Office(options)
    }

    /// Whether nobody can sign in yet.
    package func hasNoUsers() async throws -> Bool { try await office.reading.read { try !$0.hasUsers() } }

    /// Serves until the process is asked to end (SIGTERM, SIGINT). `ready` is told the port once it listens.
    package func serve(ready: @escaping @Sendable (Int) -> Void) async throws {
        var logger = Logger(label: "sluice")
        logger.logLevel = .critical
        let office = office
        let application = Application(
            router: site(of: office), server: try serverBuilder(options),
            configuration: ApplicationConfiguration(
                address: .hostname(options.address, port: options.port), serverName: nil),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? 0
                office.hosts.listen(on: port)
                ready(port)
            }, logger: logger)
        try await application.runService()
    }
}
