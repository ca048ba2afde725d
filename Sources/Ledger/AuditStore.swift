internal import Files

/// The audit log: append-only, each row chained to the one before.
extension Transaction {
    /// Appends one event. `who` is a user or `sluice` for what the program does by itself.
    package func audit(at: String, who: String, event: String, subject: String, detail: String = "") throws {
        let last = try first("SELECT place, chain FROM audit ORDER BY place DESC LIMIT 1") { ($0.int(0), $0.text(1)) }
        let place = (last?.0 ?? 0) + 1
        let record = [at, who, event, subject, detail]
        let chain = AuditChain.link(place: place, after: last?.1 ?? AuditChain.genesis, record: record)
        try run(
            "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?)",
            .int(place), .text(at), .text(who), .text(event), .text(subject), .text(detail), .text(chain))
    }

    /// The place of the first audit row that does not follow from the one before; nil where all do.
    package func brokenAuditPlace() throws -> Int64? {
        var chain = AuditChain.genesis
        var expected: Int64 = 1
        var broken: Int64?
        try query("SELECT place, at, who, event, subject, detail, chain FROM audit ORDER BY place") { row in
            guard broken == nil else { return }
            let record = [row.text(1), row.text(2), row.text(3), row.text(4), row.text(5)]
            chain = AuditChain.link(place: row.int(0), after: chain, record: record)
            if row.int(0) != expected || row.text(6) != chain { broken = row.int(0) }
            expected += 1
        }
        return broken
    }
}

/// How one audit row follows from another: SHA-256 over length-prefixed fields, no re-serialisation.
enum AuditChain {
    static let genesis = String(repeating: "0", count: 64)

    static func link(place: Int64, after chain: String, record: [String]) -> String {
        var bytes: [UInt8] = [1]
        withUnsafeBytes(of: place.bigEndian) { bytes += $0 }
        bytes += chain.utf8
        for field in record {
            withUnsafeBytes(of: UInt32(field.utf8.count).bigEndian) { bytes += $0 }
            bytes += field.utf8
        }
        return SHA256Digest.of(bytes)
    }
}
