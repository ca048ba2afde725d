import Foundation
import Testing

struct KillTests {
    /// `scripts/kill-test.py` at a small size; a person runs it at 50 moments of 30,000 items.
    @Test func `never shows that it was killed`() throws {
        guard let sluice = Program.path else { return }
        let script = Program.root.appending(path: "scripts/kill-test.py").path
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", script, "--sluice", sluice, "--items", "900", "--moments", "6"]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        if process.terminationStatus == 127 {
            print("SKIPPED: the kill test needs python3")
            return
        }
        #expect(process.terminationStatus == 0, "\(said.suffix(2000))")
        #expect(said.contains("6 passed, 0 failed"))
    }
}
