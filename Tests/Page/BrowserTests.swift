import Foundation
import Testing

struct BrowserTests {
    /// `Tests/Browser/review.py`: a real browser clears the queue by keyboard, meets a claim and a second person.
    @Test func `leaves nothing to the mouse, and nothing astray`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let sluice = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "sluice").path
        guard FileManager.default.isExecutableFile(atPath: sluice) else {
            print("SKIPPED: sluice is not built beside the tests; the page was not tried in a browser")
            return
        }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            ProcessInfo.processInfo.environment["SLUICE_PYTHON"] ?? "python3",
            root.appending(path: "Tests/Browser/review.py").path, "--sluice", sluice,
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        if [77, 127].contains(process.terminationStatus) {
            print("SKIPPED: the page was not tried in a browser: \(said)")
            return
        }
        #expect(process.terminationStatus == 0, "\(said.suffix(3000))")
        #expect(said.contains("verify holds"))
    }
}
