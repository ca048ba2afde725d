package import Model

/// Files that Sluice writes from the ledger, and where each stands.
extension Transaction {
    /// Files to write, by path, at most `limit`.
    package func dueProjections(limit: Int) throws -> [Projection] {
        try all(
            """
            SELECT path, kind, subject FROM projections WHERE state = 'due' AND state <> 'written'
            ORDER BY path LIMIT ?
            """, .int(Int64(limit))
        ) { Projection(path: $0.text(0), kind: $0.text(1), subject: $0.text(2)) }
    }

    /// Files to remove, by path.
    package func removableProjections() throws -> [String] {
        try all("SELECT path FROM projections WHERE state = 'removal-due' AND state <> 'written' ORDER BY path") {
            $0.text(0)
        }
    }

    /// Notes that a file was written with these bytes.
    package func written(_ path: String, sha256: String, bytes: Int64) throws {
        try run(
            "UPDATE projections SET state = 'written', sha256 = ?, bytes = ? WHERE path = ?",
            .text(sha256), .int(bytes), .text(path))
    }

    /// Notes that a file is gone.
    package func removed(_ path: String) throws { try run("DELETE FROM projections WHERE path = ?", .text(path)) }

    /// All files that should stand, with digest and size.
    package func writtenProjections(each: (_ path: String, _ sha256: String, _ bytes: Int64) throws -> Void) throws {
        try query("SELECT path, sha256, bytes FROM projections WHERE state = 'written' ORDER BY path") {
            try each($0.text(0), $0.text(1), $0.int(2))
        }
    }

    /// Has a written file written again.
    package func makeDueAgain(_ path: String) throws {
        try run("UPDATE projections SET state = 'due' WHERE path = ?", .text(path))
    }

    /// How many files wait to be written or removed.
    package func waitingProjections() throws -> Int64 {
        try number("SELECT count(*) FROM projections WHERE state <> 'written'")
    }

    /// Notes what a held file declared beyond its items.
    package func setFileDifference(_ cents: Cents, of intake: IntakeID) throws {
        try run("UPDATE intakes SET difference_cents = ? WHERE intake = ?", Value(cents), .int(intake))
    }
}
