internal import Foundation
internal import GRDB
internal import GRDBSQLite

/// The ledger database: the only truth there is about money. Files are projections of it.
///
/// A handle that can touch it exists only inside `read` and `write`; what `write` runs is one transaction,
/// committed to stable storage before `write` returns (WAL with `synchronous = FULL`).
package final class Ledger {
    private let queue: DatabaseQueue
    private let path: String

    /// Opens the ledger at a path and brings its schema up to date. `createsFile` false refuses a missing file.
    ///
    /// - Throws: `LedgerFault` where it cannot be opened, is damaged, or does not accept the settings it needs.
    package init(path: String, createsFile: Bool = true) throws {
        if !createsFile, !FileManager.default.fileExists(atPath: path) {
            throw LedgerFault("there is no ledger at \(path)")
        }
        self.path = path
        queue = try LedgerFault.wrapping { try DatabaseQueue(path: path, configuration: Ledger.configuration) }
        try migrate()
        try read { try $0.assertSettings() }
    }

    /// Reads in one consistent state.
    package func read<Result>(_ body: (Transaction) throws -> Result) throws -> Result {
        try LedgerFault.wrapping { try queue.read { try body(Transaction($0)) } }
    }

    /// Runs one transaction: all of it, or nothing where `body` throws.
    package func write<Result>(_ body: (Transaction) throws -> Result) throws -> Result {
        try LedgerFault.wrapping { try queue.write { try body(Transaction($0)) } }
    }

    /// Reads in one consistent state with temporary tables of its own beside the ledger's, gone when `body` ends.
    ///
    /// The connection is opened for reading only: whatever `body` does, nothing of it reaches the ledger.
    package func rehearse<Result>(_ body: (Transaction) throws -> Result) throws -> Result {
        try LedgerFault.wrapping {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(10)
            configuration.prepareDatabase { database in
                for schema in ["main", "temp"] {
                    try database.execute(sql: "PRAGMA \(schema).cache_size = -102400")
                }
            }
            let rehearsal = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? rehearsal.close() }
            return try rehearsal.inDatabase { database in
                try database.execute(sql: "BEGIN DEFERRED")
                defer { try? database.execute(sql: "ROLLBACK") }
                return try body(Transaction(database))
            }
        }
    }

    private func migrate() throws {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: the shape of the books", foreignKeyChecks: .immediate) { database in
            for part in Schema.versionOne { try database.execute(sql: part) }
        }
        migrator.registerMigration("2: what an item is") { database in
            for part in Schema.versionTwo { try database.execute(sql: part) }
        }
        migrator.registerMigration("3: what a sum stands for") { database in
            for part in Schema.versionThree { try database.execute(sql: part) }
        }
        migrator.registerMigration("4: items that are about other items") { database in
            for part in Schema.versionFour { try database.execute(sql: part) }
        }
        migrator.registerMigration("5: what is agreed about an account") { database in
            for part in Schema.versionFive { try database.execute(sql: part) }
        }
        migrator.registerMigration("streets: where accounts are served") { database in
            try database.execute(sql: Schema.streets)
            try Schema.fillStreets(database)
        }
        migrator.registerMigration("6: how well rules post, and what people teach") { database in
            for part in Schema.versionSix { try database.execute(sql: part) }
        }
        migrator.registerMigration("7: deposits that are sent again") { database in
            try database.execute(sql: Schema.lockboxUnits)
        }
        migrator.registerMigration("8: which postings an extract came after") { database in
            try database.execute(sql: Schema.extractOrder)
        }
        migrator.registerMigration("9: who decides, and what waits for a second person") { database in
            for part in Schema.people { try database.execute(sql: part) }
        }
        migrator.registerMigration("10: orders, and decisions that are undone") { database in
            for part in Schema.orders { try database.execute(sql: part) }
        }
        try LedgerFault.wrapping { try migrator.migrate(queue) }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(10)
        configuration.maximumReaderCount = 1
        configuration.prepareDatabase { database in
            // By hand: GRDB's own WAL mode lowers synchronous to NORMAL, which loses commits at a power cut.
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            for (name, value) in settings { try database.execute(sql: "PRAGMA \(name) = \(value)") }
            // Not read back: a budget, not a promise. What a million accounts need beyond it is not worth more memory.
            try database.execute(sql: "PRAGMA cache_size = -102400")
        }
        return configuration
    }

    /// What durability and integrity rest on; set on each connection and read back.
    fileprivate static let settings = [("synchronous", "2"), ("trusted_schema", "0"), ("cell_size_check", "1")]
}

extension Transaction {
    fileprivate func assertSettings() throws {
        let wanted = Ledger.settings + [("foreign_keys", "1"), ("journal_mode", "wal")]
        for (name, value) in wanted {
            let found = try first("PRAGMA \(name)") { $0.anyText(0) }
            guard found == value else {
                throw LedgerFault("the database does not keep PRAGMA \(name) = \(value); it says \(found ?? "nothing")")
            }
        }
    }
}

/// An operational fault of the ledger: disk, lock, damage, or a statement that broke a rule of the schema.
///
/// It carries the statement's SQL but never the values bound to it.
package struct LedgerFault: Error, CustomStringConvertible {
    package let description: String
    /// Whether the machine is the cause (disk full, locked, unreadable), so that the same work may pass later.
    package let isOfTheMachine: Bool

    package init(_ description: String, code: Int32 = 0) {
        self.description = description
        let machine = [
            SQLITE_FULL, SQLITE_IOERR, SQLITE_BUSY, SQLITE_LOCKED, SQLITE_READONLY, SQLITE_NOMEM, SQLITE_CANTOPEN,
        ]
        isOfTheMachine = machine.contains(code & 0xFF)
    }

    static func wrapping<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            let message = error.message ?? "error \(error.resultCode.rawValue)"
            throw LedgerFault("ledger: \(message)", code: error.resultCode.rawValue)
        }
    }
}
