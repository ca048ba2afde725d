package import Ledger

/// Who is signed in to the page.
package struct Session: Sendable {
    package let user: String
    /// What every form must send back.
    package let formToken: String
    package let signedInAt: String
    package let seenAt: String
}

extension Transaction {
    /// Keeps a session by the SHA-256 of its token.
    package func addSession(_ tokenHash: String, user: String, formToken: String, at: String) throws {
        try run(
            "INSERT INTO sessions VALUES (?, ?, ?, ?, ?)", .text(tokenHash), .text(user), .text(formToken), .text(at),
            .text(at))
    }

    /// The session of a token's hash; nil where there is none.
    package func session(_ tokenHash: String) throws -> Session? {
        try first(
            "SELECT user, form_token, signed_in_at, seen_at FROM sessions WHERE token_sha256 = ?", .text(tokenHash)
        ) { Session(user: $0.text(0), formToken: $0.text(1), signedInAt: $0.text(2), seenAt: $0.text(3)) }
    }

    /// Keeps that a session was used.
    package func touchSession(_ tokenHash: String, at: String) throws {
        try run("UPDATE sessions SET seen_at = ? WHERE token_sha256 = ?", .text(at), .text(tokenHash))
    }

    /// Ends one session.
    package func endSession(_ tokenHash: String) throws {
        try run("DELETE FROM sessions WHERE token_sha256 = ?", .text(tokenHash))
    }

    /// Ends all sessions of a user.
    package func endSessions(of user: String) throws { try run("DELETE FROM sessions WHERE user = ?", .text(user)) }

    /// Ends sessions last used before one moment, or begun before another (ISO 8601 UTC).
    package func endSessions(seenBefore idle: String, begunBefore old: String) throws {
        try run("DELETE FROM sessions WHERE seen_at < ? OR signed_in_at < ?", .text(idle), .text(old))
    }
}
