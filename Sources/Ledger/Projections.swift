/// A file that Sluice writes from the ledger: what it is, what it is about, and where it stands.
///
/// Rows are written in the transaction that makes a file due; the file itself after the commit.
package struct Projection: Hashable, Sendable {
    /// The path under the home.
    package var path: String
    /// Which renderer writes it: `exception`, `index-csv`, `page`, …
    package var kind: String
    /// What it is about, as its renderer understands it: an exception's id, a posting batch's number, …
    package var subject: String

    package init(path: String, kind: String, subject: String) {
        self.path = path
        self.kind = kind
        self.subject = subject
    }
}

extension Transaction {
    /// Says that a file must be written (again) after the commit.
    package func makeDue(_ projection: Projection) throws {
        try run(
            """
            INSERT INTO projections (path, kind, subject, state) VALUES (?, ?, ?, 'due')
            ON CONFLICT (path) DO UPDATE SET kind = excluded.kind, subject = excluded.subject, state = 'due'
            """,
            .text(projection.path), .text(projection.kind), .text(projection.subject))
    }

    /// Says that a file must go after the commit.
    package func makeRemovalDue(_ path: String) throws {
        try run("UPDATE projections SET state = 'removal-due' WHERE path = ?", .text(path))
    }
}
