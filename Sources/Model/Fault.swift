/// A place in a file, as a person finds it. Zero means not known.
package struct Position: Hashable, Sendable {
    /// The line, from 1.
    package var line: Int
    /// The record or row, from 1.
    package var record: Int
    /// The byte from the start of the file, from 0.
    package var byte: Int

    package init(line: Int = 0, record: Int = 0, byte: Int = 0) {
        self.line = line
        self.record = record
        self.byte = byte
    }
}

/// How grave a fault is.
package enum Severity: String, Sendable {
    /// Worth knowing; changes nothing.
    case note
    /// Wrong in the file; the money can still be told.
    case fault
    /// The file cannot be relied on: nothing of it posts.
    case refusal
}

/// Something wrong in a file: where, what was found, what was expected.
package struct Fault: Hashable, Sendable {
    package var reason: Reason
    package var severity: Severity
    package var position: Position
    /// The field's or element's name in its standard, or empty.
    package var field: String
    /// One sentence: what was found, what was expected. Bank account numbers are masked in it.
    package var message: String

    package init(
        _ reason: Reason, _ severity: Severity, at position: Position = Position(), field: String = "",
        _ message: String
    ) {
        self.reason = reason
        self.severity = severity
        self.position = position
        self.field = field
        self.message = message
    }
}

/// A file that is refused whole: nothing of it posts, the bytes are kept, an exception names the fault.
package struct FileRefused: Error, Hashable, Sendable {
    package let fault: Fault

    package init(_ fault: Fault) { self.fault = fault }

    package init(
        _ reason: Reason, at position: Position = Position(), field: String = "", _ message: String
    ) {
        fault = Fault(reason, .refusal, at: position, field: field, message)
    }
}
