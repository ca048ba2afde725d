import Foundation
import Model
import Testing

@testable import Formats

/// Which files the NACHA reader claims.
struct NACHARecogniseTests {
    private func isClaimed(_ text: String) -> Bool { nacha.recognise(Array(text.utf8)) != nil }

    @Test func `claims no lockbox and no text`() {
        for text in [
            "100HARBORWATER2603020930", "101", "101 076401251 0764012510807291511A", "5 apples", "1", "9", "\n\n",
            "5220",
            "2201234567890123456700000000000000000000", "6220000000000000000000000000000000000000000000000000000000",
        ] { #expect(!isClaimed(text), "\(text)") }
    }

    @Test func `claims no fixture of another format`() throws {
        for folder in ["lockbox-bai", "lockbox-csv", "iso20022"] {
            for url in try LayoutTesting.files(below: folder) {
                let head = Array(try LayoutTesting.bytes(url).prefix(Format.headSize))
                #expect(nacha.recognise(head) == nil, "\(url.lastPathComponent)")
            }
        }
    }

    @Test func `claims a header that was trimmed or stands behind blank lines`() throws {
        let header = try NACHATesting.lines("lines-lf.ach")[0]
        #expect(isClaimed(header))
        #expect(isClaimed(String(header.prefix(40))))
        #expect(isClaimed("\r\n\n" + header))
        #expect(try isClaimed(NACHATesting.lines("batch-alone.ach")[0]))
    }
}

extension LayoutTesting {
    /// Every file of a folder of fixtures but the twins.
    static func files(below folder: String) throws -> [URL] {
        let url = fixtures.appending(path: folder)
        return try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
            .filter { !$0.hasSuffix(".events.txt") }.map { url.appending(path: $0) }.filter { !$0.hasDirectoryPath }
    }
}
