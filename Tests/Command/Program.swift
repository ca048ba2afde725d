import Foundation
import Testing

/// The built command beside the test bundle.
enum Program {
    struct Result {
        var status: Int32
        var output: String
        var messages: String

        var lines: [String] { output.split(separator: "\n").map(String.init) }
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Where it is; nil, and told loudly, where it was not built.
    static let path: String? = {
        let beside = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "sluice").path
        let found = [beside, root.appending(path: ".build/debug/sluice").path].first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
        if found == nil { print("SKIPPED: .build/debug/sluice is not built; the command was not tested") }
        return found
    }()

    static var isBuilt: Bool { path != nil }

    /// Runs it to its end.
    static func run(_ arguments: [String], in folder: String? = nil, input: String = "") throws -> Result {
        let files = NSTemporaryDirectory() + "sluice-command-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: files, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: files) }
        func handle(_ name: String, _ text: String = "") throws -> FileHandle {
            try Data(text.utf8).write(to: URL(filePath: "\(files)/\(name)"))
            return try #require(FileHandle(forUpdatingAtPath: "\(files)/\(name)"))
        }
        let process = Process()
        process.executableURL = URL(filePath: try #require(path))
        process.arguments = arguments
        process.environment = ["PATH": "/usr/bin:/bin", "COLUMNS": "80", "LC_ALL": "C.UTF-8"]
        if let folder { process.currentDirectoryURL = URL(filePath: folder) }
        process.standardInput = try handle("in", input)
        process.standardOutput = try handle("out")
        process.standardError = try handle("err")
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit, "it died")
        func text(_ name: String) throws -> String {
            String(decoding: try Data(contentsOf: URL(filePath: "\(files)/\(name)")), as: UTF8.self)
        }
        return Result(status: process.terminationStatus, output: try text("out"), messages: try text("err"))
    }
}
