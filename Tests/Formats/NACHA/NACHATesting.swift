import Foundation
import Model

@testable import Formats

/// Helpers of the NACHA tests, on top of those of the layouts.
enum NACHATesting {
    static let folder = LayoutTesting.fixtures.appending(path: "nacha")

    /// Every input among the fixtures, by name.
    static let files: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".ach") }.sorted()
    }()

    static func bytes(_ file: String) throws -> [UInt8] { try LayoutTesting.bytes(folder.appending(path: file)) }

    static func read(_ bytes: [UInt8], cuts: [Int] = []) -> LayoutReading {
        LayoutTesting.read(bytes, cuts: cuts) { NACHAReader() }
    }

    static func read(_ lines: [String]) -> LayoutReading { read(Array((lines.joined(separator: "\n") + "\n").utf8)) }

    static func read(fixture: String) throws -> LayoutReading { read(try bytes(fixture)) }

    /// The records of a fixture of ASCII lines, without filling.
    static func lines(_ file: String) throws -> [String] {
        String(decoding: try bytes(file), as: UTF8.self).split(whereSeparator: \.isNewline).map { String($0) }
            .filter { !$0.hasPrefix("99999") }
    }

    /// The line with other text from that column on.
    static func edit(_ line: String, _ column: Int, _ text: String) -> String {
        String(line.prefix(column - 1)) + text + String(line.dropFirst(column - 1 + text.count))
    }
}
