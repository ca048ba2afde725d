import Files
import Foundation
import Testing

/// A file exists whole under its name or not at all.
struct AtomicFilesTests {
    @Test func `never shows a file under its name before the commit`() throws {
        let folder = try TemporaryFolder()
        var files = AtomicFiles(mark: "test")
        let staged = try files.stage(folder / "deep/er/a.txt", bytes: Array("abc".utf8))
        #expect(staged.bytes == 3)
        #expect(staged.sha256 == SHA256Digest.of(Array("abc".utf8)))
        #expect(try Folder.names(folder / "deep/er") == [".tmp-test-a.txt"])
        try files.commit()
        #expect(try Folder.names(folder / "deep/er") == ["a.txt"])
        #expect(try folder.read("deep/er/a.txt") == "abc")
        #expect(files.count == 0)
    }

    @Test func `never touches the file that is there before the commit`() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.txt", "old")
        do {
            var files = AtomicFiles(mark: "test")
            _ = try files.stage(folder / "a.txt", bytes: Array("new".utf8))
        }
        #expect(try folder.read("a.txt") == "old")
        var files = AtomicFiles(mark: "test")
        _ = try files.stage(folder / "a.txt", bytes: Array("newer".utf8))
        try files.commit()
        #expect(try folder.read("a.txt") == "newer")
        #expect(try folder.names == ["a.txt"], "what a stopped writer left is replaced")
    }

    @Test func `never gives a name to a file whose writer failed`() throws {
        struct Failed: Error {}
        let folder = try TemporaryFolder()
        var files = AtomicFiles(mark: "test")
        #expect(throws: Failed.self) {
            _ = try files.stage(folder / "a.txt") { put in
                try Array("half".utf8).withUnsafeBytes { try put($0) }
                throw Failed()
            }
        }
        #expect(Folder.identity(folder / "a.txt") == nil)
    }

    @Test func `never writes many files but whole`() throws {
        let folder = try TemporaryFolder()
        var files = AtomicFiles(mark: "test")
        for n in 0..<40 {
            _ = try files.stage(folder / "\(n % 4)/\(n).bin") { put in
                for _ in 0..<n { try [UInt8](repeating: UInt8(n), count: 1000).withUnsafeBytes { try put($0) } }
            }
        }
        try files.commit()
        for n in 0..<40 {
            let bytes = try FileBytes.read(folder / "\(n % 4)/\(n).bin")
            #expect(bytes == [UInt8](repeating: UInt8(n), count: n * 1000))
        }
    }

    @Test func `never writes a file that others can read`() throws {
        let folder = try TemporaryFolder()
        try FileBytes.write([1, 2, 3], to: folder / "made/secret", mark: "test")
        for name in ["made", "made/secret"] {
            let mode = try #require(
                try FileManager.default.attributesOfItem(atPath: folder / name)[.posixPermissions] as? Int)
            #expect(mode & 0o077 == 0, "\(name) has mode \(String(mode, radix: 8))")
        }
    }

    @Test func `never reads more than the limit`() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.txt", "12345")
        #expect(try FileBytes.read(folder / "a.txt", limit: 5).count == 5)
        #expect(throws: FileFault.self) { try FileBytes.read(folder / "a.txt", limit: 4) }
    }
}
