internal import Ledger
internal import Model

/// An account that a search found.
struct FoundAccount: Sendable {
    let account: String
    let name: String
    let address: String
    let status: String
    let due: Cents
    /// Why it was found: its number, the name, a bill.
    let by: String
}

/// All SQL of the search. Every way asks an index: a book of a million accounts answers at once.
extension Transaction {
    /// Accounts by number, name, address, bill or open amount, at most `limit`.
    func accounts(matching text: String, amount: Cents?, limit: Int) throws -> [FoundAccount] {
        var found: [FoundAccount] = []
        func add(_ numbers: [String], _ by: String) throws {
            for number in numbers where found.count < limit && !found.contains(where: { $0.account == number }) {
                if let facts = try account(number) {
                    found.append(
                        FoundAccount(
                            account: number, name: facts.name, address: facts.serviceAddress,
                            status: facts.status.rawValue, due: facts.due, by: by))
                }
            }
        }
        let top = Value.int(Int64(limit))
        let upper = text.uppercased()
        if let account = try accountNumber(ofBill: text) { try add([account], "bill \(text)") }
        try add(
            try all(
                "SELECT account FROM accounts WHERE account >= ?1 AND account < ?1 || '~' ORDER BY account LIMIT ?2",
                .text(text), top
            ) { $0.text(0) }, "number")
        if let amount {
            try add(
                try all(
                    """
                    SELECT DISTINCT account FROM bills WHERE amount_cents = ? AND open_cents > 0 ORDER BY account LIMIT ?
                    """, Value(amount), top
                ) { $0.text(0) }, "a bill over \(money(amount))")
        }
        for street in StreetAddress(text).streets {
            try add(try accountNumbers(atStreet: street, limit: limit), "address")
        }
        let words = upper.split { !$0.isLetter && $0 != "-" && $0 != "'" }.map(String.init)
        for word in words.reversed() where word.count > 1 {
            try add(
                try all(
                    """
                    SELECT account FROM accounts WHERE last_name >= ?1 AND last_name < ?1 || '~'
                    ORDER BY last_name, account LIMIT ?2
                    """, .text(word), top
                ) { $0.text(0) }, "name")
        }
        return found
    }

    /// Exceptions, open or decided, of a payment with this check number, payer or amount; at most `limit`.
    func exceptionsFound(_ text: String, amount: Cents?, limit: Int) throws -> [(id: String, what: String, isOpen: Bool)] {
        try exceptions(naming: text, amount: amount).sorted().prefix(limit).compactMap { id in
            try first("SELECT what FROM exceptions WHERE exception = ?", .text(id)) { (id, $0.text(0), true) }
        }
    }

    /// Documents by the beginning of their id, at most `limit`.
    func documentsFound(_ text: String, limit: Int) throws -> [(id: String, type: String)] {
        guard text.utf8.count >= 3 else { return [] }
        return try all(
            "SELECT doc_id, doc_type FROM documents WHERE doc_id >= ?1 AND doc_id < ?1 || '~' ORDER BY doc_id LIMIT ?2",
            .text(text.uppercased()), .int(Int64(limit))
        ) { ($0.text(0), $0.text(1)) }
    }
}
