import Files
import Foundation
import Ledger
import Model
import Review
import Testing

@testable import Pipeline

/// A home in a temporary folder, gone when the test is.
final class TemporaryHome {
    let path: String
    private(set) var home: Home
    var now = Moment(iso: "2026-03-02T20:00:00Z")!
    private var imports = 0

    /// Makes a home with a book; `configure` changes its files before it is opened.
    init(_ book: AccountBook? = AccountBook(), configure: (String) throws -> Void = { _ in }) throws {
        path = NSTemporaryDirectory() + "sluice-test-\(UUID().uuidString)"
        try Home.make(path)
        try configure(path)
        home = try Home(opening: path)
        if let book { try self.import(book) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Replaces a text in one of the home's files.
    static func rewrite(_ file: String, in home: String, _ old: String, with new: String) throws {
        let text = try String(contentsOfFile: "\(home)/\(file)", encoding: .utf8)
        try #require(text.contains(old), "\(file) does not say \(old)")
        try Data(text.replacing(old, with: new).utf8).write(to: URL(filePath: "\(home)/\(file)"))
    }

    // MARK: What happens in a day

    @discardableResult
    func `import`(_ book: AccountBook, full: Bool = false, confirm: Bool = false) throws -> AccountsImport.Report {
        try self.import(book.files, full: full, confirm: confirm)
    }

    /// Imports CSV texts by file name.
    @discardableResult
    func `import`(
        _ files: [String: String], full: Bool = false, confirm: Bool = false
    ) throws -> AccountsImport.Report {
        imports += 1
        let folder = "\(path)/work/import-\(imports)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for (name, text) in files { try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)")) }
        return try AccountsImport(home: home, now: now, user: "tester")
            .load(files.keys.sorted().map { "\(folder)/\($0)" }, full: full, confirm: confirm)
    }

    func drop(_ name: String, _ text: String) throws {
        let file = URL(filePath: "\(path)/inbox/\(name)")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    func drop(_ name: String, _ lockbox: Lockbox) throws { try drop(name, lockbox.text) }

    @discardableResult
    func run() throws -> RunReport { try Run(home: home, now: now, user: "tester")(settled: true) }

    /// Drops one file and runs.
    @discardableResult
    func take(_ name: String, _ lockbox: Lockbox) throws -> RunReport {
        try drop(name, lockbox)
        return try run()
    }

    /// Decides by a line of JSON; the refusal, or nil where it was carried out.
    @discardableResult
    func decide(_ json: String, user: String = "reviewer") throws -> String? {
        try Reviewing(home: home, now: now, by: Reviewer(unrestricted: user)).apply(
            [(1, Array(json.utf8))], dryRun: false)[0].refusal
    }

    /// Decides by action and allocations `ACCOUNT[:BILL]=AMOUNT`.
    @discardableResult
    func decide(_ exception: String, _ action: String, _ to: [String] = [], kind: String? = nil) throws -> String? {
        let allocations = to.map { text -> JSON in
            let parts = text.split(separator: "=").map(String.init)
            let target = parts[0].split(separator: ":").map(String.init)
            return [
                "account": .string(target[0]), "bill": JSON(target.count > 1 ? target[1] : nil),
                "amount": .string(parts[1]),
            ]
        }
        let json: JSON = [
            "exception": .string(exception), "action": .string(action), "allocations": .array(allocations),
            "kind": JSON(kind),
        ]
        return try decide(json.line)
    }

    func sql(_ text: String, _ arguments: Value...) throws {
        _ = try home.ledger.write { try $0.run(text, with: arguments) }
    }

    /// Opens the home anew, as the next process would.
    func reopen() throws { home = try Home(opening: path) }
}

// MARK: What stands there

extension TemporaryHome {
    var payments: [PaymentLine] {
        get throws {
            try home.ledger.read { transaction in
                var lines: [PaymentLine] = []
                try transaction.payments(PaymentFilter()) { lines.append($0) }
                return lines
            }
        }
    }

    func payment(_ id: String) throws -> PaymentLine { try #require(try payments.first { "\($0.payment)" == id }) }

    /// One line a payment: `1-1 87.27 posted posted`, with its reason where it has one.
    var standings: [String] {
        get throws {
            try payments.map { line in
                "\(line.payment) \(line.amount) \(line.status) \(line.books)" + (line.reason.map { " \($0)" } ?? "")
            }
        }
    }

    /// Where payments stand at all: `posted posted`.
    var places: Set<String> { get throws { Set(try payments.map { "\($0.status) \($0.books)" }) } }

    /// Open exceptions in the order of the queue.
    var exceptions: [ExceptionView] {
        get throws {
            try home.ledger.read { transaction in
                try transaction.openExceptions().compactMap { try transaction.exception($0) }
            }
        }
    }

    /// Open exceptions as `1-1-e1 no-reference`, by id.
    var queue: [String] { get throws { try exceptions.map { "\($0.id) \($0.reason)" }.sorted() } }

    func exception(_ id: String) throws -> ExceptionView {
        try #require(try home.ledger.read { try $0.exception(id) })
    }

    /// The journal of one payment, a line each: `j1 receipt cash-clearing 87.27`.
    func journal(_ payment: String) throws -> [String] {
        try home.ledger.read { transaction in
            try transaction.journal(of: try #require(PaymentID(payment))).map { entry in
                let name = entry.name.split(separator: "-").last ?? ""
                let to = [entry.line.account, entry.line.bill].compactMap { $0 }.map { " \($0)" }.joined()
                return "\(name) \(entry.kind) \(entry.line.ledgerAccount.rawValue)\(to) \(entry.line.cents)"
            }
        }
    }

    /// Every journal line, as `export ledger` gives them.
    var ledger: [String] {
        get throws {
            try home.ledger.read { transaction in
                var lines: [String] = []
                try transaction.journal { row in lines.append("\(row)") }
                return lines
            }
        }
    }

    func open(on bill: String) throws -> Cents {
        Cents(try number("SELECT open_cents FROM bills WHERE bill = '\(bill)'"))
    }

    func number(_ sql: String) throws -> Int64 { try home.ledger.read { try $0.number(sql) } }

    func texts(_ sql: String) throws -> [String] {
        try home.ledger.read { try $0.all(sql) { $0.anyText(0) } }
    }

    var breaches: [String] { get throws { try Verifying(home: home).breaches().map(\.line) } }

    /// All files under some folders of the home, with their bytes.
    func files(_ folders: String...) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for folder in folders {
            let found = FileManager.default.enumerator(atPath: "\(path)/\(folder)")
            while let name = found?.nextObject() as? String {
                let whole = "\(path)/\(folder)/\(name)"
                guard Folder.identity(whole)?.isRegular == true else { continue }
                files["\(folder)/\(name)"] = try FileBytes.read(whole)
            }
        }
        return files
    }

    func text(_ file: String) throws -> String { try String(contentsOfFile: "\(path)/\(file)", encoding: .utf8) }

    func exists(_ file: String) -> Bool { Folder.identity("\(path)/\(file)") != nil }

    /// A file of JSON, parsed.
    func object(_ file: String) throws -> [String: Any] {
        let data = try Data(contentsOf: URL(filePath: "\(path)/\(file)"))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }
}
