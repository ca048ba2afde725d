import Files
import Foundation
import Glibc
import Testing

/// Names change without a file ever being lost or overwritten.
struct MoveTests {
    @Test func `never moves over another file`() throws {
        let folder = try TemporaryFolder()
        try folder.write("a", "a's")
        try folder.write("b", "b's")
        #expect(throws: FileFault.self) { try Folder.move(folder / "a", to: folder / "b") }
        #expect(try folder.read("a") == "a's")
        #expect(try folder.read("b") == "b's")
    }

    @Test func `never moves over a file with the same bytes`() throws {
        let folder = try TemporaryFolder()
        try folder.write("a", "same")
        try folder.write("b", "same")
        #expect(throws: FileFault.self) { try Folder.move(folder / "a", to: folder / "b") }
        #expect(try folder.names == ["a", "b"])
    }

    @Test func `never stumbles over its own move cut off in the middle`() throws {
        let folder = try TemporaryFolder()
        try folder.write("a", "a's")
        #expect(link(folder / "a", folder / "b") == 0)
        try Folder.move(folder / "a", to: folder / "b")
        #expect(try folder.names == ["b"])
        #expect(try folder.read("b") == "a's")
    }

    @Test func `never moves what is not there`() throws {
        let folder = try TemporaryFolder()
        #expect(throws: FileFault.self) { try Folder.move(folder / "a", to: folder / "b") }
        #expect(try folder.names == [])
    }

    @Test func `never archives half a folder for good`() throws {
        let folder = try TemporaryFolder()
        try Folder.make(folder / "from")
        try Folder.make(folder / "to")
        for name in ["1.tif", "2.tif", "3.tif"] { try folder.write("from/\(name)", name) }
        try Folder.move(folder / "from/1.tif", to: folder / "to/1.tif")
        #expect(link(folder / "from/2.tif", folder / "to/2.tif") == 0)
        try Folder.archive(folder / "from", to: folder / "to")
        #expect(try folder.names == ["to"])
        #expect(try Folder.names(folder / "to") == ["1.tif", "2.tif", "3.tif"])
        #expect(try folder.read("to/2.tif") == "2.tif")
    }

    @Test func `never removes what a link points to`() throws {
        let folder = try TemporaryFolder()
        try Folder.make(folder / "kept")
        try folder.write("kept/a", "a's")
        try Folder.make(folder / "doomed")
        try FileManager.default.createSymbolicLink(
            atPath: folder / "doomed/link", withDestinationPath: folder / "kept")
        try Folder.removeTree(folder / "doomed")
        #expect(try folder.names == ["kept"])
        #expect(try folder.read("kept/a") == "a's")
        try Folder.removeTree(folder / "doomed")
    }

    @Test func `never opens a link, nor waits for a pipe`() throws {
        let folder = try TemporaryFolder()
        try folder.write("a", "a's")
        try FileManager.default.createSymbolicLink(atPath: folder / "link", withDestinationPath: folder / "a")
        #expect(throws: FileFault.self) { try FileBytes.read(folder / "link") }
        #expect(mkfifo(folder / "pipe", 0o600) == 0)
        #expect(try FileBytes.read(folder / "pipe") == [], "nobody writes to it")
        #expect(Folder.identity(folder / "pipe")?.isRegular == false)
        #expect(Folder.identity(folder / "link")?.isRegular == false)
        #expect(throws: FileFault.self) { _ = try OpenFile(creating: folder / "link") }
        #expect(throws: FileFault.self) { _ = try OpenFile(creating: folder / "a") }
        #expect(try folder.read("a") == "a's")
    }

    @Test func `never misses that a file is being written`() throws {
        let folder = try TemporaryFolder()
        try folder.write("a", "a's")
        #expect(try isWritten(folder / "a") == false)
        let writer = try #require(FileHandle(forWritingAtPath: folder / "a"))
        #expect(try isWritten(folder / "a"))
        try writer.close()
        #expect(try isWritten(folder / "a") == false)
    }

    private func isWritten(_ path: String) throws -> Bool { try OpenFile(reading: path).isBeingWritten() }

    @Test(arguments: [("a/b/c", "a/b", "c"), ("/a", "/", "a"), ("a", ".", "a"), ("/", "/", ""), ("a//b", "a/", "b")])
    func `never cuts a path but at its last slash`(path: String, parent: String, name: String) {
        #expect(Folder.parent(of: path) == parent)
        #expect(Folder.lastName(of: path) == name)
    }

    @Test func `never lists names in any order but that of their bytes`() throws {
        let folder = try TemporaryFolder()
        for name in ["b", "B", "é", "10", "9", ".dot"] { try folder.write(name, "") }
        #expect(try folder.names == [".dot", "10", "9", "B", "b", "é"])
    }
}
