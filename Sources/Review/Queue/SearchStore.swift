package import Ledger
package import Model

/// An account that a search found, and by what.
package struct AccountHit: Hashable, Sendable {
    package let account: String
    package let customer: String
    package let name: String
    package let address: String
    package let status: String
    /// What its bills are open for, together.
    package let due: Cents
    /// What of it is like what was typed, in a few words.
    package var found: String
}

extension Transaction {
    /// Accounts by whatever a reviewer types: a number of an account, a customer, a bill or a check, a name, an
    /// address, an amount that is owed. The nearest first, at most so many.
    package func searchAccounts(_ typed: String, limit: Int = 20) throws -> [AccountHit] {
        let words = typed.split(separator: " ").map(String.init)
        guard !words.isEmpty else { return [] }
        let text = words.joined(separator: " ")
        var hits: [AccountHit] = []
        func add(_ found: String, _ condition: String, _ arguments: Value...) throws {
            guard hits.count < limit else { return }
            let known = Set(hits.map(\.account))
            let sql = """
                SELECT a.account, a.customer, a.name, a.service_address || ', ' || a.city, a.status,
                    (SELECT ifnull(sum(open_cents), 0) FROM bills b WHERE b.account = a.account AND open_cents > 0)
                FROM accounts a WHERE \(condition) ORDER BY a.account LIMIT \(limit + known.count)
                """
            let more = try all(sql, with: arguments) { row in
                AccountHit(
                    account: row.text(0), customer: row.text(1), name: row.text(2), address: row.text(3),
                    status: row.text(4), due: row.cents(5), found: found)
            }
            hits += more.filter { !known.contains($0.account) }.prefix(limit - hits.count)
        }
        if words.count == 1 {
            try add("account number", "a.account = ?", .text(text))
            try add("customer number", "a.customer = ?", .text(text))
            try add("bill \(text)", "a.account IN (SELECT account FROM bills WHERE bill = ?)", .text(text))
            try add("account number", "a.account >= ?1 AND a.account < ?1 || '~'", .text(text))
            try add(
                "paid by check \(text)",
                """
                a.account IN (SELECT l.account FROM items i JOIN allocations l ON l.payment = i.payment
                    WHERE i.check_number = ?)
                """, .text(text))
        }
        if let amount = try? Cents(text.replacing(",", with: "")), amount > .zero {
            try add(
                "a bill of \(amount)", "a.account IN (SELECT account FROM bills WHERE amount_cents = ?)", Value(amount))
        }
        try add("name", "a.last_name IN (SELECT value FROM json_each(?))", .text(Self.lastNames(words)))
        try add("name or address", Self.containsEach, .text(words[0]), Value(words.dropFirst().first))
        return hits
    }

    /// The words as names are kept: in capitals.
    private static func lastNames(_ words: [String]) -> String {
        JSON.array(words.map { .string($0.uppercased()) }).line
    }

    /// The first two words in name, address or postcode, wherever they stand.
    private static var containsEach: String {
        let place = "lower(a.name || ' ' || a.service_address || ' ' || a.city || ' ' || a.zip)"
        return "instr(\(place), lower(?1)) > 0 AND (?2 IS NULL OR instr(\(place), lower(?2)) > 0)"
    }
}
