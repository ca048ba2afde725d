import Files
import Foundation
import Glibc
import Ledger
import Model
import Pipeline
import Review
import Testing

/// What is taken from the inbox, and when.
struct IntakeTests {
    private let file = Lockbox([.coupon(1)])

    @Test(arguments: [
        "a.csv.tmp", "a.csv.part", "a.csv.filepart", ".a.csv", "lockbox/.hidden/a.csv", "a.csv.done", "a.csv.sha256",
    ])
    func `never takes what a sender has not finished`(name: String) throws {
        let office = try TemporaryHome()
        try office.take(name, file)
        #expect(try office.number("SELECT count(*) FROM intakes") == 0)
        #expect(office.exists("inbox/\(name)"))
        #expect(try office.breaches == [])
    }

    @Test func `never leaves a marker behind the file it names`() throws {
        let office = try TemporaryHome()
        try office.drop("a.csv.done", "")
        try office.take("a.csv", file)
        #expect(try office.standings == ["1-1 51.37 posted posted"])
        #expect(try Folder.names("\(office.path)/inbox") == [])
    }

    @Test func `never waits for a file that is named done`() throws {
        let office = try TemporaryHome(configure: {
            try TemporaryHome.rewrite("config/sluice.yaml", in: $0, "quiet_seconds: 5", with: "quiet_seconds: 3600")
        })
        try office.drop("a.csv", file)
        try office.drop("a.csv.done", "")
        _ = try Run(home: office.home, now: office.now, user: "tester")(settled: false)
        #expect(try office.standings == ["1-1 51.37 posted posted"])
    }

    @Test func `never takes a file whose bytes are not those its companion promises`() throws {
        let office = try TemporaryHome()
        let digest = SHA256Digest.of(Array(file.text.utf8))
        try office.drop("a.csv.sha256", String(repeating: "0", count: 64) + "  a.csv\n")
        try office.drop("b.csv", Lockbox([.coupon(2)]))
        try office.take("a.csv", file)
        #expect(try office.standings == ["1-1 52.74 posted posted"], "the other file goes on")
        #expect(office.exists("inbox/a.csv"))
        try office.drop("a.csv.sha256", digest + "  a.csv\n")
        try office.run()
        #expect(try office.standings == ["1-1 52.74 posted posted", "2-1 51.37 posted posted"])
        #expect(try Folder.names("\(office.path)/inbox") == [])
    }

    @Test func `never refuses a promise in capitals`() throws {
        let office = try TemporaryHome()
        try office.drop("a.csv.sha256", SHA256Digest.of(Array(file.text.utf8)).uppercased() + "\n")
        try office.take("a.csv", file)
        let standings = try office.standings
        #expect(standings == ["1-1 51.37 posted posted"])
    }

    @Test func `never lets a companion that is a link stop the other files`() throws {
        let office = try TemporaryHome()
        try office.drop("a.csv", file)
        try FileManager.default.createSymbolicLink(
            atPath: "\(office.path)/inbox/a.csv.sha256", withDestinationPath: "/etc/hostname")
        try office.drop("b.csv", Lockbox([.coupon(2)]))
        try office.run()
        #expect(try office.payments.map(\.file) == ["b.csv"])
    }

    @Test func `never takes a file that somebody writes`() throws {
        let office = try TemporaryHome()
        try office.drop("a.csv", file)
        let writer = try #require(FileHandle(forWritingAtPath: "\(office.path)/inbox/a.csv"))
        try office.run()
        #expect(try office.number("SELECT count(*) FROM intakes") == 0)
        try writer.close()
        try office.run()
        #expect(try office.standings == ["1-1 51.37 posted posted"])
    }

    @Test func `never follows a link nor waits for a pipe`() throws {
        let office = try TemporaryHome()
        let outside = "\(office.path)/work/outside.csv"
        try Data(file.text.utf8).write(to: URL(filePath: outside))
        try FileManager.default.createSymbolicLink(
            atPath: "\(office.path)/inbox/link.csv", withDestinationPath: outside)
        #expect(mkfifo("\(office.path)/inbox/pipe.csv", 0o600) == 0)
        try office.take("b.csv", Lockbox([.coupon(2)]))
        #expect(try office.standings == ["1-1 52.74 posted posted"])
        #expect(office.exists("inbox/link.csv") && office.exists("inbox/pipe.csv"))
        #expect(try office.breaches == [])
    }

    @Test func `never takes files in any order but that of their paths' bytes`() throws {
        let office = try TemporaryHome()
        let names = ["b.csv", "B.csv", "a/z.csv", "é.csv", "a.csv", "10.csv", "9.csv"]
        for (n, name) in names.enumerated() { try office.drop(name, Lockbox([.coupon(n + 1)])) }
        try office.run()
        let taken = try office.texts("SELECT name FROM intakes ORDER BY intake")
        #expect(taken == ["10.csv", "9.csv", "B.csv", "a.csv", "a/z.csv", "b.csv", "é.csv"])
        #expect(try office.number("SELECT max(intake) FROM intakes") == 7)
    }

    @Test(arguments: [
        "..csv", "-rf.csv", "a b'c\"d.csv", "\u{1B}[2J.csv", "\u{202E}vsc.csv", String(repeating: "x", count: 240),
    ])
    func `never lets a name out of its folder`(name: String) throws {
        let office = try TemporaryHome()
        try office.take("lockbox/\(name)", file)
        if name.hasPrefix(".") {
            #expect(try office.number("SELECT count(*) FROM intakes") == 0)
        } else {
            #expect(try office.standings == ["1-1 51.37 posted posted"])
            let archived = try #require(try office.texts("SELECT archive_path FROM intakes").first)
            #expect(archived.hasPrefix("archive/2026/03/02/1-"))
            #expect(archived.utf8.allSatisfy { $0 > 32 && $0 < 127 })
        }
        #expect(try office.breaches == [])
    }

    @Test func `never passes over a file in silence whose name is no UTF-8`() throws {
        let office = try TemporaryHome()
        try office.drop("a.csv", file)
        let name = Array("\(office.path)/inbox/a".utf8CString.dropLast()) + [CChar(bitPattern: 0xFF), 0]
        #expect(rename("\(office.path)/inbox/a.csv", name) == 0)
        let report = try office.run()
        #expect(report.unusableNames == 1)
    }

    @Test func `never lets a file that stops the program block the others`() throws {
        let office = try TemporaryHome()
        try claim("poison.csv", Lockbox([.coupon(1)]), at: office)
        try office.sql("UPDATE intakes SET attempts = 2 WHERE intake = 1")
        let report = try office.take("b.csv", Lockbox([.coupon(2)]))
        #expect(report.hasRefusals)
        #expect(try office.texts("SELECT state FROM intakes") == ["set-aside", "applied"])
        #expect(try office.queue == ["1-e1 file-stopped-program"])
        #expect(try office.standings == ["2-1 52.74 posted posted"])
        let archived = try office.files("archive").keys
        #expect(archived.contains { $0.hasSuffix("poison.csv") })
        #expect(try office.breaches == [])
    }

    @Test(arguments: [0, 1]) func `never sets a file aside before its second failure`(attempts: Int) throws {
        let office = try TemporaryHome()
        try claim("a.csv", file, at: office)
        try office.sql("UPDATE intakes SET attempts = \(attempts) WHERE intake = 1")
        try office.run()
        #expect(try office.standings == ["1-1 51.37 posted posted"])
        #expect(try office.breaches == [])
    }

    @Test func `never takes the file of a claim cut off for a second delivery`() throws {
        let office = try TemporaryHome()
        try claim("a.csv", file, at: office, leavesFile: true)
        #expect(office.exists("inbox/a.csv"))
        try office.run()
        #expect(try office.texts("SELECT state FROM intakes") == ["applied"])
        #expect(try office.queue == [])
        #expect(!office.exists("inbox/a.csv"))
        #expect(try office.breaches == [])
    }

    @Test func `never clears from the inbox what came after a claim that was cut off`() throws {
        let office = try TemporaryHome()
        try claim("a.csv", file, at: office)
        try office.drop("a.csv", Lockbox([.coupon(2)]))
        try office.run()
        #expect(try office.standings == ["1-1 51.37 posted posted", "2-1 52.74 posted posted"])
        #expect(try office.breaches == [])
    }

    /// Leaves what a run leaves that is stopped between the claim and the removal from the inbox, or just after it.
    private func claim(_ name: String, _ file: Lockbox, at office: TemporaryHome, leavesFile: Bool = false) throws {
        try office.drop(name, file)
        let inbox = "\(office.path)/inbox/\(name)"
        let copy = "\(office.path)/work/1/\(name)"
        try FileManager.default.createDirectory(atPath: "\(office.path)/work/1", withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: inbox, toPath: copy)
        let digest = try FileBytes.digest(copy)
        let identity = try #require(Folder.identity(inbox))
        try office.home.ledger.write {
            try $0.insert(
                Intake(
                    id: 1, name: name, source: "", sha256: digest.sha256, bytes: digest.bytes,
                    inboxIdentity: identity.description, receivedAt: office.now.description))
        }
        if !leavesFile { try Folder.removeFile(inbox) }
    }
}
