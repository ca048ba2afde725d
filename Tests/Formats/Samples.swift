import Foundation
import Testing

@testable import Formats

/// Files of other people's making, which are not part of the repository; tests of them are skipped where they are not.
enum Samples {
    /// Counts what a file says, without any reader of ours.
    private static let script = LayoutTesting.shared.appending(path: "bench/expected.py")

    static let canCount = FileManager.default.fileExists(atPath: script.path)

    /// The samples of some folders, by name within each; none where they are not here.
    static func files(_ folders: String..., ending: String = "") -> [URL] {
        folders.flatMap { folder in
            let url = LayoutTesting.shared.appending(path: "samples/" + folder)
            let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
            return names.filter { $0.hasSuffix(ending) }.sorted().map { url.appending(path: $0) }
        }
    }

    /// What the script says of each file, a line of JSON each.
    static func counted<Expected: Decodable>(_ files: [URL]) throws -> [Expected] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", script.path] + files.map(\.path)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return try String(decoding: data, as: UTF8.self).split(separator: "\n").map {
            try JSONDecoder().decode(Expected.self, from: Data($0.utf8))
        }
    }

    /// However a file is cut, its events are those of the whole.
    static func expectAlike(
        _ files: [URL], cutEvery sizes: [Int], _ read: (_ bytes: [UInt8], _ cuts: [Int]) -> LayoutReading
    ) throws {
        for url in files {
            let bytes = try LayoutTesting.bytes(url)
            let whole = read(bytes, [])
            for size in sizes {
                let cuts = Array(stride(from: size, to: bytes.count, by: size))
                #expect(read(bytes, cuts) == whole, "\(url.lastPathComponent) in \(size)")
            }
        }
    }
}
