package import Model

/// An entry of our own collection file: a payment to come, until the bank credits it or says that it will not come.
package struct CollectionEntry: Hashable, Sendable {
    package var payment: PaymentID
    package var amount: Cents
    package var currency: String
    package var payer: String
    /// Routing number of the payer's bank.
    package var routing: String
    package var reference: String
    /// Whether the bank returned or rejected it: it will not come any more.
    package var isEnded: Bool
    /// The day on which the bank took its money back, where it did so before the credit came.
    package var takenBackOn: CivilDate?
}

/// What an entry of our own was to pay.
package struct CollectionTarget: Hashable, Sendable {
    package var account: String
    package var bill: String?
}

/// A collection file of ours or a batch of it (pain.008 `PmtInf`), as far as its entries are open.
package struct CollectionUnit: Sendable {
    package var intake: IntakeID
    package var batches: [Int64]
    package var entries: Int64
    package var cents: Cents
}

/// What a batch of our own collection file amounts to: the bank may credit it as one sum.
package struct CollectionTotal: Sendable {
    /// Name and intake.
    package var file: String
    package var day: CivilDate
    package var total: Cents
}

/// Entries of our own collection files.
extension Transaction {
    /// Whether there is any: most offices have none, and need not look.
    package func hasCollections() throws -> Bool {
        // Each is in one of the two partial indexes.
        try number("SELECT EXISTS (SELECT 1 FROM items WHERE kind = 'expected' AND trace <> '')") == 1
            || number("SELECT EXISTS (SELECT 1 FROM items WHERE kind = 'expected' AND end_to_end <> '')") == 1
    }

    /// The entries that bear one of these numbers, in the order they were taken in; empty numbers find nothing.
    package func collectionEntries(trace: String, endToEnds: Set<String>) throws -> [CollectionEntry] {
        var found: [Int64: CollectionEntry] = [:]
        func look(_ column: String, _ number: String) throws {
            guard !number.isEmpty else { return }
            try query(
                """
                SELECT e.payment, e.amount_cents, e.payer, e.routing, e.reference, e.status, r.value_on,
                    e.currency FROM items e
                LEFT JOIN items r ON r.payment = e.twin_of AND r.kind = 'returned' AND r.twin_of = e.payment
                WHERE e.\(column) = ? AND e.\(column) <> '' AND e.kind = 'expected'
                """, .text(number)
            ) {
                found[$0.int(0)] = CollectionEntry(
                    payment: PaymentID(key: $0.int(0)), amount: $0.cents(1), currency: $0.text(7), payer: $0.text(2),
                    routing: $0.text(3),
                    reference: $0.text(4), isEnded: $0.text(5) == "returned", takenBackOn: $0.dateOrNil(6))
            }
        }
        try look("trace", trace)
        for number in endToEnds { try look("end_to_end", number) }
        return found.values.sorted { $0.payment.key < $1.payment.key }
    }

    /// The accounts and bills of the book that an entry names: by its lines, else by a number that stands alone in its
    /// reference or text.
    package func targets(of entry: PaymentID) throws -> [CollectionTarget] {
        let lines = try all(
            """
            SELECT DISTINCT a.account, b.bill FROM remittance_lines l LEFT JOIN bills b ON b.bill = l.bill
            JOIN accounts a ON a.account = ifnull(b.account, l.account) WHERE l.payment = ? ORDER BY l.place
            """, .int(entry.key)
        ) { CollectionTarget(account: $0.text(0), bill: $0.textOrNil(1)) }
        if !lines.isEmpty { return lines }
        let text = try first("SELECT account_read, reference, memo FROM items WHERE payment = ?", .int(entry.key)) {
            "\($0.text(0)) \($0.text(1)) \($0.text(2))"
        }
        let words = Set((text ?? "").split { !$0.isLetter && !$0.isNumber }.prefix(100).map(String.init))
        return try words.sorted().filter(hasAccount).map { CollectionTarget(account: $0, bill: nil) }
    }

    /// The batches of our own collection files since a day, each with its total.
    package func collections(since day: CivilDate) throws -> [CollectionTotal] {
        try all(
            """
            SELECT DISTINCT n.intake, n.name, d.deposit_on, abs(b.items_cents) FROM deposits d
            JOIN intakes n USING (intake)
            JOIN batches b ON b.batch BETWEEN n.intake * 1000000000 AND n.intake * 1000000000 + 999999999
                AND b.deposit = d.deposit
            WHERE d.deposit_on >= ? AND n.format IN ('nacha', 'pain.008')
            AND EXISTS (SELECT 1 FROM items i WHERE i.payment BETWEEN n.intake * 1000000000
                AND n.intake * 1000000000 + 999999999 AND i.batch = b.batch AND i.kind = 'expected')
            ORDER BY n.intake
            """, Value(day)
        ) { CollectionTotal(file: "\($0.text(1)), intake \($0.int(0))", day: $0.date(2), total: $0.cents(3)) }
    }

    /// Sums of the bank's of which a person posted so much to an account, the latest first.
    package func sums(of amount: Cents, postedTo account: String) throws -> [PaymentID] {
        try all(
            """
            SELECT a.payment FROM allocations a JOIN items i USING (payment)
            WHERE a.account = ? AND i.kind = 'sum' AND i.books = 'posted'
            GROUP BY a.payment HAVING sum(a.amount_cents) = ? ORDER BY 1 DESC LIMIT 3
            """, .text(account), Value(amount)
        ) { PaymentID(key: $0.int(0)) }
    }

    /// The one collection, or batch of one, that bears a number of ours; nil where none does, or several do.
    package func collectionUnit(named number: String) throws -> CollectionUnit? {
        let found = try all(
            """
            SELECT n.intake, b.batch FROM batches b JOIN deposits d USING (deposit) JOIN intakes n USING (intake)
            WHERE n.format = 'pain.008' AND (b.number = ?1 OR d.number = ?1) ORDER BY b.batch
            """, .text(number)
        ) { (intake: $0.int(0), batch: $0.int(1)) }
        guard !number.isEmpty, let intake = found.first?.intake, found.allSatisfy({ $0.intake == intake }) else {
            return nil
        }
        var unit = CollectionUnit(intake: intake, batches: found.map(\.batch), entries: 0, cents: .zero)
        for batch in unit.batches {
            try query(
                "SELECT count(*), ifnull(sum(amount_cents), 0) FROM items WHERE \(Self.openEntries)",
                with: Self.range(of: batch)
            ) {
                unit.entries += $0.int(0)
                unit.cents += $0.cents(1)
            }
        }
        return unit
    }

    private static let ended = "status = 'returned', reason = 'collection-returned', twin_of = ?"
    private static let openEntries =
        "payment BETWEEN ? AND ? AND batch = ? AND kind = 'expected' AND status = 'rejected'"

    /// The keys of its intake's items, and the batch's own.
    private static func range(of batch: Int64) -> [Value] {
        let first = PaymentID(intake: PaymentID(key: batch).intake, place: 0).key
        return [.int(first), .int(first + 999_999_999), .int(batch)]
    }

    /// Notes that none of a unit's open entries will come: the item that says so is in the ledger.
    package func end(_ unit: CollectionUnit, by item: PaymentID) throws {
        for batch in unit.batches {
            try run(
                "UPDATE items SET \(Self.ended) WHERE \(Self.openEntries)",
                with: [.int(item.key)] + Self.range(of: batch))
        }
    }

    /// Notes that an entry will not come: the item that says so is in the ledger.
    package func end(_ entry: PaymentID, by item: PaymentID) throws {
        try run(
            "UPDATE items SET \(Self.ended) WHERE payment = ? AND kind = 'expected'",
            .int(item.key), .int(entry.key))
    }
}
