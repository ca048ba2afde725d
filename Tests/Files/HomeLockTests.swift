import Files
import Foundation
import Testing

/// One process holds a home; a dead one holds nothing.
struct HomeLockTests {
    @Test func `never lets two hold one home`() throws {
        let folder = try TemporaryFolder()
        var first = try HomeLock(folder / "lock")
        #expect(first != nil)
        #expect(try HomeLock(folder / "lock") == nil)
        first = nil
        #expect(try HomeLock(folder / "lock") != nil)
        #expect(try folder.names == ["lock"], "the lock's file is never deleted")
    }

    @Test func `never waits for the dead`() throws {
        let folder = try TemporaryFolder()
        let holder = Process()
        let output = Pipe()
        let input = Pipe()
        holder.executableURL = URL(filePath: "/bin/sh")
        holder.arguments = ["-c", "exec 9>\"$0\"; flock -n 9 && echo held; read forever", folder / "lock"]
        holder.standardOutput = output
        holder.standardInput = input
        try holder.run()
        let said = output.fileHandleForReading.availableData
        try #require(String(decoding: said, as: UTF8.self) == "held\n", "this test needs flock(1)")
        #expect(try HomeLock(folder / "lock") == nil)
        kill(holder.processIdentifier, SIGKILL)
        holder.waitUntilExit()
        #expect(holder.terminationReason == .uncaughtSignal)
        #expect(try HomeLock(folder / "lock") != nil)
    }

    @Test func `never follows a link to its lock`() throws {
        let folder = try TemporaryFolder()
        try folder.write("precious", "kept")
        try FileManager.default.createSymbolicLink(
            atPath: folder / "lock", withDestinationPath: folder / "precious")
        #expect(throws: FileFault.self) { try HomeLock(folder / "lock") }
        #expect(try folder.read("precious") == "kept")
    }
}
