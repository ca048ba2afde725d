package import Ledger
internal import Model

/// Who works at an exception, until when, and the number that fences off whoever held it before.
package struct Claim: Hashable, Sendable {
    package let by: String
    package let token: Int64
    /// ISO 8601 UTC.
    package let expiresAt: String
}

/// All SQL of claims. A claim is one conditional update whose rows are counted: two people cannot both get it.
extension Transaction {
    /// Claims an open exception for somebody until a moment; nil where another holds it.
    ///
    /// Who holds it already gets a new token: of two windows of one person the later one counts. `renewing` keeps the
    /// token that it names, where it still counts.
    package func claim(_ id: String, by user: String, now: String, until: String, renewing token: Int64? = nil) throws
        -> Claim?
    {
        let changed: Int
        if let token {
            changed = try run(
                """
                UPDATE exceptions SET claim_expires_at = ?4
                WHERE exception = ?1 AND closed_at IS NULL AND claimed_by = ?2 AND claim_token = ?3
                """, .text(id), .text(user), .int(token), .text(until))
        } else {
            changed = try run(
                """
                UPDATE exceptions SET claimed_by = ?2, claim_token = claim_token + 1, claim_expires_at = ?4
                WHERE exception = ?1 AND closed_at IS NULL
                    AND (claimed_by IS NULL OR claimed_by = ?2 OR claim_expires_at <= ?3)
                """, .text(id), .text(user), .text(now), .text(until))
        }
        guard changed == 1 else { return nil }
        try refresh(id)
        return try first("SELECT claim_token FROM exceptions WHERE exception = ?", .text(id)) {
            Claim(by: user, token: $0.int(0), expiresAt: until)
        }
    }

    /// Gives a claim back; false where somebody else holds it, or nobody.
    package func release(_ id: String, by user: String) throws -> Bool {
        let changed = try run(
            """
            UPDATE exceptions SET claimed_by = NULL, claim_expires_at = NULL
            WHERE exception = ? AND claimed_by = ? AND closed_at IS NULL
            """, .text(id), .text(user))
        guard changed == 1 else { return false }
        try refresh(id)
        return true
    }

    /// Takes a claim away from whoever holds it: a lead's word.
    package func unlock(_ id: String) throws {
        try run(
            """
            UPDATE exceptions SET claimed_by = NULL, claim_expires_at = NULL, claim_token = claim_token + 1
            WHERE exception = ? AND closed_at IS NULL
            """, .text(id))
        try refresh(id)
    }

    /// The claim that counts at a moment; nil where nobody holds it.
    package func claim(of id: String, at now: String) throws -> Claim? {
        try first(
            """
            SELECT claimed_by, claim_token, claim_expires_at FROM exceptions
            WHERE exception = ? AND claimed_by IS NOT NULL AND claim_expires_at > ?
            """, .text(id), .text(now)
        ) { Claim(by: $0.text(0), token: $0.int(1), expiresAt: $0.text(2)) }
    }

    /// Refuses to decide what another holds, or by a token that counts no more.
    ///
    /// An expired claim that nobody has taken since still decides: its token is the last.
    ///
    /// - Throws: `DecisionRefused`.
    func checkClaim(_ id: String, by user: String, token: Int64?, at now: String) throws {
        if let claim = try claim(of: id, at: now), claim.by != user {
            throw DecisionRefused("exception \(id) is claimed by \(claim.by) until \(claim.expiresAt)")
        }
        guard let token else { return }
        let last = try number("SELECT claim_token FROM exceptions WHERE exception = ?", .text(id))
        guard token == last else {
            throw DecisionRefused("the claim of exception \(id) has ended: it was claimed again since")
        }
    }

    /// A number that rises with every change of the queue.
    package func queueVersion() throws -> Int64 { try number("SELECT version FROM queue") }
}
