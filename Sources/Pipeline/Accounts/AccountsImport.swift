internal import Files
internal import Formats
internal import Ledger
package import Model
internal import Review

/// Loads the billing system's extract, its files known by their header: accounts, bills, and what is agreed about
/// accounts or expected on them (`docs/extract.md`).
///
/// A bad row is told with line and reason and the good ones load. Nothing is ever deleted, and what was
/// allocated before never changes: a bill now stated below it turns the rest to customer credit.
package struct AccountsImport {
    private let home: Home
    private let now: Moment
    private let user: String

    package init(home: Home, now: Moment, user: String) {
        self.home = home
        self.now = now
        self.user = user
    }

    /// What an import did.
    package struct Report: Sendable {
        package var accounts = (new: 0, changed: 0, same: 0)
        package var bills = (new: 0, changed: 0, same: 0)
        package var flags = 0
        /// Flags that `policy.yaml` does not name, and on how many rows: `other_flags` says what they do.
        package var unnamedFlags: [String: Int] = [:]
        package var plans = 0
        package var extensions = 0
        package var pledges = 0
        package var turnoffs = 0
        /// Flags, plans, extensions, pledges and turn-offs that a full extract no longer states.
        package var ended = 0
        package var balance = Cents.zero
        package var conflicts = 0
        /// Accounts of the book that a full extract did not state.
        package var vanished: Int64 = 0
        package var badRows: [String] = []
        package var badRowCount = 0
        /// Accounts whose number has not the length or the check digit that the policy says: they load, since the
        /// billing system is the truth, and no payment is ever matched by such a number.
        package var unmatchable = Told()
        /// Files with text that is not UTF-8, which was read as Latin-1.
        package var notUTF8: [String] = []
        /// Kinds of bills that the policy's order of allocation names and no bill of the book has.
        package var kindsWithoutBill: [String] = []
        /// What `extract.csv` declares and the files do not hold.
        package var differences: [String] = []
    }

    /// How many rows something is to be said of, and the first of them.
    package struct Told: Sendable {
        package private(set) var count = 0
        package private(set) var rows: [String] = []

        mutating func add(_ row: String) {
            count += 1
            if rows.count < 5 { rows.append(row) }
        }
    }

    /// A file of the extract that cannot be taken; nothing was loaded.
    package struct Refused: Error, CustomStringConvertible {
        package let description: String
    }

    /// Loads files in one transaction. `full` says that the extract states every account.
    package func load(_ files: [String], full: Bool, confirm: Bool) throws -> Report {
        var kinds: [(kind: ExtractKind, path: String)] = []
        for path in files { kinds.append((try ExtractKind(ofFile: path), path)) }
        kinds.sort { $0.kind.rawValue < $1.kind.rawValue }
        return try home.ledger.write { transaction in
            var load = ExtractLoad(transaction: transaction, home: home, now: now)
            if kinds.count(where: { $0.kind == .extract }) > 1 {
                throw Refused(description: "extract.csv is there twice; nothing was loaded")
            }
            try load.open(files: files.map(Folder.lastName), extract: kinds.first { $0.kind == .extract }?.path)
            for (kind, path) in kinds where kind != .extract { try read(path, kind, into: &load) }
            try load.close(full: full, confirm: confirm, stating: Set(kinds.compactMap(\.kind.terms)))
            try transaction.audit(
                at: now.description, who: user, event: "accounts import", subject: files.joined(separator: " "))
            return load.report
        }
    }

    private func read(_ path: String, _ kind: ExtractKind, into load: inout ExtractLoad) throws {
        let file = try OpenFile(reading: path)
        var table = CSVTable()
        let name = Folder.lastName(of: path)
        func row(_ line: Int, _ fields: [String]) throws {
            let row = ExtractRow(columns: table.columns, fields: fields, place: RowPlace(file: name, line: line))
            do {
                try row.fitsHeader()
                switch kind {
                case .accounts: try load.account(row)
                case .bills: try load.bill(row)
                case .flags: try load.flag(row)
                case .plans: try load.plan(row)
                case .extensions: try load.extension(row)
                case .pledges: try load.pledge(row)
                case .turnoffs: try load.turnoff(row)
                case .extract: break
                }
            } catch let bad as BadRow {
                load.tell(bad: "\(row.place): \(bad.description)")
            }
        }
        // The table hands rows to a closure that reads its header: a copy of the header keeps access exclusive.
        try file.pieces(of: 1 << 18) { piece in
            var rows: [(Int, [String])] = []
            try table.feed(piece) { rows.append(($0, $1)) }
            for (line, fields) in rows { try row(line, fields) }
        }
        if let line = table.lineOfOpenQuote {
            load.tell(bad: "\(name):\(line): a quote is opened and never closed; nothing from here on was loaded")
            return
        }
        var rest: [(Int, [String])] = []
        try table.finish { rest.append(($0, $1)) }
        for (line, fields) in rest { try row(line, fields) }
        if table.notUTF8.rows > 0 {
            load.report.notUTF8.append(
                "\(name): text that is not UTF-8 was read as Latin-1, in \(table.notUTF8.rows) rows, "
                    + "the first on line \(table.notUTF8.firstLine)")
        }
    }
}

/// Why one row of an extract is not loaded.
struct BadRow: Error {
    let description: String
}

/// Where a row stands: `bills.csv:12`.
struct RowPlace: CustomStringConvertible {
    var file = ""
    var line = 0

    var description: String { "\(file):\(line)" }
}

/// One row of an extract, its fields by column name.
struct ExtractRow {
    let columns: [String]
    let fields: [String]
    var place = RowPlace()

    /// The columns of some that its file does not have: they say nothing, where an empty field says that there is
    /// nothing.
    func absent(of some: [String]) -> Set<String> { Set(some).subtracting(columns) }

    func text(_ column: String) -> String {
        guard let index = columns.firstIndex(of: column), index < fields.count else { return "" }
        return fields[index]
    }

    /// Refuses a row of more or fewer fields than the header has: what stands where is then not known.
    func fitsHeader() throws {
        guard fields.count == columns.count else {
            throw BadRow(description: "has \(fields.count) fields, the header has \(columns.count)")
        }
    }

    func needed(_ column: String) throws -> String {
        let text = text(column)
        guard !text.isEmpty else { throw BadRow(description: "field \(column) is empty") }
        return text
    }

    func cents(_ column: String) throws -> Cents {
        let found = text(column)
        guard let cents = try? Cents(found, style: .signed), cents.magnitude < Cents(100_000_000_000_00) else {
            throw BadRow(description: "field \(column) holds \"\(found)\", expected an amount such as 87.27")
        }
        return cents
    }

    func date(_ column: String) throws -> CivilDate? {
        let found = text(column)
        guard !found.isEmpty else { return nil }
        guard let date = CivilDate(iso: found) else {
            throw BadRow(description: "field \(column) holds \"\(found)\", expected a date such as 2026-03-02")
        }
        return date
    }

    /// An amount above nothing.
    func positiveCents(_ column: String) throws -> Cents {
        let cents = try cents(column)
        guard cents > .zero else {
            throw BadRow(description: "field \(column) holds \"\(text(column))\", expected an amount above 0.00")
        }
        return cents
    }

    /// A date that cannot be left out.
    func neededDate(_ column: String) throws -> CivilDate {
        guard let date = try date(column) else { throw BadRow(description: "field \(column) is empty") }
        return date
    }

    /// One of an enumeration's words; `standard` where the column is empty or absent.
    func word<Word: RawRepresentable<String> & CaseIterable>(_ column: String, default standard: Word) throws -> Word {
        let found = text(column)
        if found.isEmpty { return standard }
        guard let word = Word(rawValue: found) else {
            let words = Word.allCases.map(\.rawValue)
            let expected = words.dropLast().joined(separator: ", ") + " or " + (words.last ?? "")
            throw BadRow(description: "field \(column) holds \"\(found)\", expected \(expected)")
        }
        return word
    }

    /// The days between which something is in force; it cannot end before it begins.
    func span(from: String = "from", until: String = "until") throws -> (from: CivilDate?, until: CivilDate?) {
        let span = (from: try date(from), until: try date(until))
        if let first = span.from, let last = span.until, last < first {
            throw BadRow(description: "field \(until) holds \"\(last)\", which is before \(from) (\(first))")
        }
        return span
    }

    /// The columns that Sluice does not know, kept as a JSON object.
    func others(than known: Set<String>) -> String {
        var members: [JSON.Member] = []
        for (column, field) in zip(columns, fields) where !known.contains(column) {
            members.append(JSON.Member(column, .string(field)))
        }
        return JSON.object(members).line
    }
}
