import Formats
import Foundation
import Model
import Testing

struct RecogniseTests {
    @Test func `refuses an empty file`() {
        #expect(throws: FileRefused.self) { try recognise([], among: []) }
    }

    /// Every fixture that has a golden twin.
    static let files: [String] = {
        let names = FileManager.default.enumerator(atPath: LayoutTesting.fixtures.path)?.compactMap { $0 as? String }
        return (names ?? []).filter { $0.hasSuffix(".events.txt") }.map { String($0.dropLast(11)) }.sorted()
    }()

    @Test func `no fixture is claimed by two of all formats and layouts`() throws {
        let formats = builtInFormats + (try LayoutTesting.formats())
        #expect(Self.files.count > 10)
        for file in Self.files {
            let bytes = try LayoutTesting.bytes(LayoutTesting.fixtures.appending(path: file))
            let claims = formats.filter { $0.recognise(Array(bytes.prefix(Format.headSize))) != nil }.map(\.name)
            #expect(claims.count <= 1, "\(file): \(claims)")
        }
    }
}
