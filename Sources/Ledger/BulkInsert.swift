internal import GRDB
internal import GRDBSQLite

/// Writes many rows through the connection's C handle, several rows a statement.
///
/// Two things make it fast. Rows go in by statements of `rowsPerStatement` VALUES lists, which halves what a row
/// costs; and `OR ROLLBACK` spares the statement journal that SQLite keeps for a constrained multi-row INSERT,
/// right because an intake is one transaction that is all or nothing anyway. To change it, keep both, and
/// measure with `make bench`.
struct BulkInsert {
    private static let rowsPerStatement = 40
    private let transaction: Transaction
    private let columns: Int
    private let many: OpaquePointer
    private let one: OpaquePointer
    private var bound: [Value] = []
    /// How many rows were changed so far.
    private(set) var changes = 0

    /// Prepares for a table; `columns` are bound in the order given.
    init(_ transaction: Transaction, into table: String, _ columns: [String], onConflict: String = "") throws {
        let head = "INSERT \(onConflict.isEmpty ? "OR ROLLBACK " : "")INTO \(table)"
        try self.init(
            transaction, "\(head) (\(columns.joined(separator: ", "))) VALUES", columns: columns.count, onConflict)
    }

    /// Prepares a statement around a list of rows.
    init(_ transaction: Transaction, _ head: String, columns: Int, _ tail: String) throws {
        self.transaction = transaction
        self.columns = columns
        let row = "(" + repeatElement("?", count: columns).joined(separator: ", ") + ")"
        let rows = repeatElement(row, count: Self.rowsPerStatement).joined(separator: ", ")
        many = try transaction.database.cachedStatement(sql: "\(head) \(rows) \(tail)").sqliteStatement
        one = try transaction.database.cachedStatement(sql: "\(head) \(row) \(tail)").sqliteStatement
        bound.reserveCapacity(columns * Self.rowsPerStatement)
    }

    /// Adds one value of the current row.
    mutating func add(_ value: Value) { bound.append(value) }
    mutating func add(_ text: String) { bound.append(.text(text)) }
    mutating func add(_ number: Int64) { bound.append(.int(number)) }

    /// Ends the current row; runs the statement when it is full.
    mutating func endRow() throws {
        assert(bound.count % columns == 0, "a row has too few or too many values")
        if bound.count == columns * Self.rowsPerStatement {
            try execute(many, bound[...])
            bound.removeAll(keepingCapacity: true)
        }
    }

    /// Runs what is left.
    mutating func flush() throws {
        var rest = bound[...]
        while !rest.isEmpty {
            try execute(one, rest.prefix(columns))
            rest = rest.dropFirst(columns)
        }
        bound.removeAll(keepingCapacity: true)
    }

    private mutating func execute(_ statement: OpaquePointer, _ values: ArraySlice<Value>) throws {
        // All texts of a statement lie in one buffer that outlives it: SQLite needs no copy of its own.
        let size = values.reduce(1) { $0 + $1.textLength }
        try withUnsafeTemporaryAllocation(byteCount: size, alignment: 1) { buffer in
            var rest = buffer[...]
            var index: CInt = 1
            for value in values {
                value.bind(to: statement, at: index, in: &rest)
                index += 1
            }
            defer { sqlite3_reset(statement) }
            let connection = transaction.database.sqliteConnection
            guard sqlite3_step(statement) == SQLITE_DONE else {
                throw LedgerFault(
                    "ledger: \(String(cString: sqlite3_errmsg(connection)))", code: sqlite3_errcode(connection))
            }
            changes += Int(sqlite3_changes(connection))
        }
    }
}

extension Value {
    fileprivate var textLength: Int {
        if case .text(let text) = self { text.utf8.count } else { 0 }
    }

    /// Binds the value; a text is first put into the buffer, of which what is left is given back.
    fileprivate func bind(
        to statement: OpaquePointer, at index: CInt, in buffer: inout Slice<UnsafeMutableRawBufferPointer>
    ) {
        guard case .text(var text) = self else { return bind(to: statement, at: index) }
        let target = UnsafeMutableRawBufferPointer(rebasing: buffer)
        let count = text.withUTF8 { bytes in
            target.copyMemory(from: UnsafeRawBufferPointer(bytes))
            return bytes.count
        }
        sqlite3_bind_text(
            statement, index, target.baseAddress?.assumingMemoryBound(to: CChar.self), CInt(count), nil)
        buffer = buffer.dropFirst(count)
    }
}
