import Files
import Foundation
import Ledger
import Model
import Pipeline
import Review
import Testing

/// Each reason has a folder that provokes it: the smallest input, and what Sluice says of it.
///
/// A folder holds `inbox/…`; where it needs another book than the usual, `cis/`; what changes in the
/// configuration, `config/`; an extract that comes after the run, `cis-after/`. SLUICE_UPDATE_GOLDEN=1 writes
/// `expected.txt` anew.
struct ErrorFolderTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/errors").path
    static var folders: [String] { (try? Folder.names(root)) ?? [] }

    /// Reasons without a folder, and why.
    static let unprovoked: [Reason: String] = [
        .fileStoppedProgram: "no file is known that stops the program; the intake tests pretend one did",
        .fieldTooLong: "its smallest input has 64 KB; the layout tests make it",
        .transactionOutOfBalance: "no format read today declares the total of an envelope",
        .differenceClaimed: "it takes a decision about a held unit; the tests of held units make one",
        .sumToldLate: "it takes a decision between two files; the tests of sums make one",
        .ruleDemoted: "it takes people who contradict a rule; the tests of how rules stand do",
        .schemaInvalid: "only inspect checks by schemas, which are not ours to hold; the schema tests provoke it",
        .imageNotNamed: "nothing raises it yet: an image that no item names waits for its file",
        .imageUnreadable: "nothing raises it yet: a damaged image is a fault on its page",
    ]

    @Test func `never has a reason without a folder that provokes it`() {
        let missing = Set(Reason.allCases.map(\.rawValue)).subtracting(Self.folders)
        #expect(missing == Set(Self.unprovoked.keys.map(\.rawValue)))
        #expect(Set(Self.folders).subtracting(Reason.allCases.map(\.rawValue)) == [])
        #expect(Self.unprovoked.values.allSatisfy { $0.count > 20 })
    }

    @Test(arguments: folders) func `never says anything else of a folder's input`(folder: String) throws {
        let path = "\(Self.root)/\(folder)"
        let office = try TemporaryHome(nil, configure: { try Self.copy("\(path)/config", to: "\($0)/config") })
        if Folder.identity("\(path)/cis") != nil {
            try office.import(try Self.texts("\(path)/cis"))
        } else {
            try office.import(AccountBook())
        }
        try Self.copy("\(path)/inbox", to: "\(office.path)/inbox")
        try office.run()
        // Some reasons take time to appear.
        office.now = Moment(seconds: office.now.seconds + 4 * 86_400)
        try office.run()
        if Folder.identity("\(path)/cis-after") != nil { try office.import(try Self.texts("\(path)/cis-after")) }
        let said = try Self.summary(of: office)
        #expect(said.contains(" \(folder)"), "the folder does not provoke its reason")
        try Self.compare(said, with: "\(path)/expected.txt")
        try office.run()
        #expect(try office.breaches == [])
    }

    /// Intakes, faults (`code severity line field message`), items, exceptions: a line each.
    private static func summary(of office: TemporaryHome) throws -> String {
        let lines = try office.home.ledger.read { transaction in
            try transaction.intakes().flatMap { intake in
                try ["intake \(intake.name) \(intake.state.rawValue)"]
                    + transaction.all(
                        "SELECT reason, severity, line, iif(field = '', '-', field), message FROM faults"
                            + " WHERE intake = ? ORDER BY place", .int(intake.id)
                    ) { row in "  " + (0..<5).map { row.anyText($0) }.joined(separator: " ") }
            }
        }
        let items = try office.standings.map { "item \($0)" }
        let exceptions = try office.exceptions.sorted { $0.id < $1.id }.map {
            "exception \($0.id) \($0.reason)\n  \($0.what)\n  \($0.whyNotPosted)"
        }
        return (lines + items + exceptions).map { $0 + "\n" }.joined()
    }

    static func compare(_ text: String, with golden: String) throws {
        if ProcessInfo.processInfo.environment["SLUICE_UPDATE_GOLDEN"] != nil {
            try Data(text.utf8).write(to: URL(filePath: golden))
        }
        let expected = try? String(contentsOfFile: golden, encoding: .utf8)
        #expect(text == expected, "if this is right, write it with SLUICE_UPDATE_GOLDEN=1 and read the difference")
    }

    private static func texts(_ folder: String) throws -> [String: String] {
        try Dictionary(
            uniqueKeysWithValues: Folder.names(folder).map {
                ($0, try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8))
            })
    }

    /// Copies a folder's files over those of another, those in folders of it too.
    private static func copy(_ old: String, to new: String) throws {
        guard let names = FileManager.default.enumerator(atPath: old) else { return }
        while let name = names.nextObject() as? String {
            guard Folder.identity("\(old)/\(name)")?.isRegular == true else { continue }
            try Folder.make(Folder.parent(of: "\(new)/\(name)"))
            try Data(try FileBytes.read("\(old)/\(name)")).write(to: URL(filePath: "\(new)/\(name)"))
        }
    }
}
