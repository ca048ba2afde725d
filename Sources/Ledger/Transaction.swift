package import Model

internal import GRDB
internal import GRDBSQLite

/// The only handle that can touch the ledger; it lives inside `Ledger.read` and `Ledger.write`.
///
/// Statements are plain SQL with positional arguments. GRDB prepares and keeps them; arguments and columns
/// go straight through SQLite's C interface, which halves the cost of a row.
package struct Transaction {
    let database: Database

    init(_ database: Database) { self.database = database }

    /// Runs one statement that gives no rows. Returns how many rows it changed.
    @discardableResult
    package func run(_ sql: String, _ arguments: Value...) throws -> Int {
        try run(sql, with: arguments)
    }

    /// As `run(_:_:)`, with the arguments as an array.
    @discardableResult
    package func run(_ sql: String, with arguments: [Value]) throws -> Int {
        let statement = try prepare(sql, arguments)
        while try step(statement, sql) {}
        sqlite3_reset(statement)
        return Int(sqlite3_changes(database.sqliteConnection))
    }

    /// Runs one query and hands over its rows in order.
    package func query(_ sql: String, _ arguments: Value..., each: (Row) throws -> Void) throws {
        try query(sql, with: arguments, each: each)
    }

    /// As `query(_:_:each:)`, with the arguments as an array.
    package func query(_ sql: String, with arguments: [Value], each: (Row) throws -> Void) throws {
        let statement = try prepare(sql, arguments)
        defer { sqlite3_reset(statement) }
        while try step(statement, sql) { try each(Row(statement)) }
    }

    /// The first row of a query, made into a value; nil where there is none.
    package func first<Result>(_ sql: String, _ arguments: Value..., map: (Row) throws -> Result) throws -> Result? {
        let statement = try prepare(sql, arguments)
        defer { sqlite3_reset(statement) }
        return try step(statement, sql) ? try map(Row(statement)) : nil
    }

    /// All rows of a query, made into values.
    package func all<Result>(_ sql: String, _ arguments: Value..., map: (Row) throws -> Result) throws -> [Result] {
        var results: [Result] = []
        try query(sql, with: arguments) { results.append(try map($0)) }
        return results
    }

    /// As `all(_:_:map:)`, with the arguments as an array.
    package func all<Result>(_ sql: String, with arguments: [Value], map: (Row) throws -> Result) throws -> [Result] {
        var results: [Result] = []
        try query(sql, with: arguments) { results.append(try map($0)) }
        return results
    }

    /// The single number of a query such as a count or a sum; 0 where it gives null or no row.
    package func number(_ sql: String, _ arguments: Value...) throws -> Int64 {
        let statement = try prepare(sql, arguments)
        defer { sqlite3_reset(statement) }
        return try step(statement, sql) ? sqlite3_column_int64(statement, 0) : 0
    }

    /// Runs a part of the transaction that is undone by itself where it throws. SAVEPOINT
    package func attempt(_ body: () throws -> Void) throws {
        try run("SAVEPOINT attempt")
        do {
            try body()
        } catch {
            try run("ROLLBACK TO attempt")
            try run("RELEASE attempt")
            throw error
        }
        try run("RELEASE attempt")
    }

    /// Runs a part of the transaction and undoes it whatever it did: what would be can be read inside.
    package func rehearse(_ body: () throws -> Void) throws {
        struct Rehearsed: Error {}
        do {
            try attempt {
                try body()
                throw Rehearsed()
            }
        } catch is Rehearsed {}
    }

    private func prepare(_ sql: String, _ arguments: [Value]) throws -> OpaquePointer {
        let statement = try database.cachedStatement(sql: sql).sqliteStatement
        precondition(
            sqlite3_bind_parameter_count(statement) == arguments.count, "arguments do not fit the statement: \(sql)")
        sqlite3_reset(statement)
        for (index, value) in arguments.enumerated() { value.bind(to: statement, at: CInt(index + 1)) }
        return statement
    }

    private func step(_ statement: OpaquePointer, _ sql: String) throws -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default:
            let message = String(cString: sqlite3_errmsg(database.sqliteConnection))
            sqlite3_reset(statement)
            let code = sqlite3_errcode(database.sqliteConnection)
            throw LedgerFault("ledger: \(message) (in: \(sql.prefix(160)))", code: code)
        }
    }
}

/// A value bound to a statement.
package enum Value: Sendable {
    case null
    case int(Int64)
    case text(String)

    package init(_ number: Int64?) { self = number.map(Value.int) ?? .null }
    package init(_ number: Int?) { self = number.map { .int(Int64($0)) } ?? .null }
    package init(_ text: String?) { self = text.map(Value.text) ?? .null }
    package init(_ cents: Cents?) { self = cents.map { .int($0.rawValue) } ?? .null }
    package init(_ date: CivilDate?) { self = date.map { .int(Int64($0.packed)) } ?? .null }
    package init(_ flag: Bool) { self = .int(flag ? 1 : 0) }

    func bind(to statement: OpaquePointer, at index: CInt) {
        switch self {
        case .null: sqlite3_bind_null(statement, index)
        case .int(let number): sqlite3_bind_int64(statement, index, number)
        case .text(let text): Value.bind(text, to: statement, at: index)
        }
    }

    static func bind(_ text: String, to statement: OpaquePointer, at index: CInt) {
        // SQLite takes a null pointer for NULL; an empty text needs a pointer to somewhere.
        guard !text.isEmpty else {
            sqlite3_bind_text(statement, index, StaticString("").pointer, 0, nil)
            return
        }
        var text = text
        text.withUTF8 { bytes in
            // SQLITE_TRANSIENT: SQLite copies the bytes before this closure ends.
            let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
            bytes.withMemoryRebound(to: CChar.self) {
                _ = sqlite3_bind_text(statement, index, $0.baseAddress, CInt(bytes.count), transient)
            }
        }
    }
}

extension StaticString {
    /// The text as SQLite wants it; it lives as long as the program.
    fileprivate var pointer: UnsafePointer<CChar> { UnsafeRawPointer(utf8Start).assumingMemoryBound(to: CChar.self) }
}

extension Value: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
    package init(integerLiteral value: Int64) { self = .int(value) }
    package init(stringLiteral value: String) { self = .text(value) }
}

/// One row of a query, alive only until the next. Columns count from 0.
package struct Row {
    private let statement: OpaquePointer

    init(_ statement: OpaquePointer) { self.statement = statement }

    package func int(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }
    package func cents(_ column: Int32) -> Cents { Cents(int(column)) }
    package func flag(_ column: Int32) -> Bool { int(column) != 0 }
    package func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }
    package func intOrNil(_ column: Int32) -> Int64? { isNull(column) ? nil : int(column) }
    package func centsOrNil(_ column: Int32) -> Cents? { isNull(column) ? nil : cents(column) }
    package func textOrNil(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }
    /// The column as text, whatever its type.
    package func anyText(_ column: Int32) -> String { text(column) }

    package func text(_ column: Int32) -> String { withBytes(column) { String(decoding: $0, as: UTF8.self) } }

    /// Whether the column holds exactly this text; makes no string of it.
    package func holds(_ text: String, at column: Int32) -> Bool {
        !isNull(column) && withBytes(column) { text.utf8.elementsEqual($0) }
    }

    /// The bytes of a text column, alive only inside; none where it is null.
    func withBytes<Result>(_ column: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let bytes = sqlite3_column_text(statement, column)
        return body(UnsafeBufferPointer(start: bytes, count: bytes == nil ? 0 : byteCount(column)))
    }

    /// How many bytes a text column has.
    func byteCount(_ column: Int32) -> Int { Int(sqlite3_column_bytes(statement, column)) }

    /// A date that the schema holds as `yyyymmdd`; nil where it is null.
    package func dateOrNil(_ column: Int32) -> CivilDate? { CivilDate(packed: Int32(truncatingIfNeeded: int(column))) }

    /// A date of a column that is never null.
    package func date(_ column: Int32) -> CivilDate {
        guard let date = dateOrNil(column) else { preconditionFailure("a date column holds no date") }
        return date
    }
}
