#if PAGE
    import ArgumentParser
    import Foundation
    import Model
    import Pipeline
    import ReviewPage
    import Synchronization

    struct ServeCommand: SluiceCommand {
        static let configuration = CommandConfiguration(
            commandName: "serve", abstract: "Serve the review page to browsers.",
            discussion: """
                On this machine alone, unless --address says otherwise. A browser may ask for it by the names of this
                machine and by each --host; any other is refused. Ends with Ctrl-C; nothing is lost whenever it ends.
                """)

        @Option(help: "The port; 0 for any free one.")
        var port = 8480
        @Option(help: "The address it listens on.")
        var address = "127.0.0.1"
        @Option(help: ArgumentHelp("A name by which browsers ask for it; once for each.", valueName: "name"))
        var host: [String] = []
        @Option(
            help: "Serve over TLS with this certificate chain (PEM).", completion: .file(extensions: ["pem", "crt"]))
        var certificate: String?
        @Option(help: "The certificate's key (PEM).", completion: .file(extensions: ["pem", "key"]))
        var key: String?
        @OptionGroup var options: HomeOptions

        func validate() throws {
            guard (certificate == nil) == (key == nil) else {
                throw ValidationError("--certificate and --key go together")
            }
            guard (0...65535).contains(port) else { throw ValidationError("a port lies between 0 and 65535") }
        }

        func execute() throws {
            var options = ReviewPage.Options(
                home: try self.options.open().path, program: "/proc/self/exe", clock: try self.options.clock())
            (options.address, options.port, options.hosts) = (address, port, host)
            if let certificate, let key { options.tls = (certificate, key) }
            let (address, scheme) = (address, certificate == nil ? "http" : "https")
            let asked = options
            do {
                try waitingFor {
                    let page = try await ReviewPage(asked)
                    if try await page.hasNoUsers() { Terminal.say(Self.firstUser) }
                    try await page.serve { port in
                        Terminal.say("the review page is at \(scheme)://\(address):\(port)/")
                    }
                }
            } catch let fault as PageFault {
                Terminal.say("sluice: \(fault)")
                throw Exit.usage
            }
        }

        private static let firstUser =
            "nobody can sign in yet; next: sluice users add NAME --right administer --right decide, then "
            + "sluice users passwd NAME"
    }

    /// Runs work that suspends, and waits for its end: the command's own thread has nothing else to do.
    private func waitingFor(_ work: @escaping @Sendable () async throws -> Void) throws {
        let done = DispatchSemaphore(value: 0)
        let result = Mutex<(any Error)?>(nil)
        Task.detached {
            do { try await work() } catch { result.withLock { $0 = error } }
            done.signal()
        }
        done.wait()
        if let error = result.withLock({ $0 }) { throw error }
    }
#endif
