package import Model

/// More of a payment taken off the books as told twice, by one telling of it, than the payment is: other payments are
/// among what was taken off.
package struct Overtold: Hashable, Sendable {
    /// The last that one telling took off.
    package var payment: PaymentID
    /// The first that it took off.
    package var first: PaymentID
    package var twin: PaymentID
    package var cents: Cents
    /// What the twin stands for: its amount, or all of the unit that is held with it.
    package var limit: Cents
}

/// One telling of a payment is the twin of one item only; many files may each tell it once.
extension Transaction {
    /// Credits that were taken off the books, of which one telling tells more than their twin is.
    package func overtold() throws -> [Overtold] {
        try overtold("i.twin_of IS NOT NULL AND \(Self.isTakenOff)", [])
    }

    /// What would be told too often if a payment, too, were taken off the books for its twin.
    package func overtold(taking payment: PaymentID, for twin: PaymentID) throws -> Overtold? {
        try overtold(
            "i.twin_of = ? AND (i.payment = ? OR \(Self.isTakenOff))", [.int(twin.key), .int(payment.key)]
        ).first { [$0.payment, $0.first].contains { $0.intake == payment.intake } }
    }

    /// An item that says what a processor kept is told again under the number of its payment.
    private static let isTakenOff = """
        i.status = 'duplicate' AND i.books = 'none' AND i.direction = 'credit' AND i.kind IN ('payment', 'sum')
        """

    /// A telling is a file, or one report of a bank's in it. What stands in a held unit is told by what the unit was
    /// credited, and one credit is told by all of a batch.
    private func overtold(_ condition: String, _ values: [Value]) throws -> [Overtold] {
        var found: [Overtold] = []
        try query(
            """
            SELECT max(i.payment), min(i.payment), i.twin_of, sum(i.amount_cents) AS told, max(t.amount_cents,
                CASE WHEN u.held THEN u.items_cents + u.difference_cents
                    + e.difference_cents + n.difference_cents ELSE 0 END) AS most
            FROM items i JOIN batches b ON b.batch = i.batch JOIN deposits d ON d.deposit = b.deposit
            JOIN items t ON t.payment = i.twin_of JOIN batches u ON u.batch = t.batch
            JOIN deposits e ON e.deposit = u.deposit JOIN intakes n ON n.intake = e.intake
            WHERE \(condition)
            GROUP BY i.twin_of, CASE WHEN d.report IS NULL THEN d.intake ELSE d.deposit END
            HAVING told > most AND NOT (min(i.batch) = max(i.batch) AND b.items_cents + b.difference_cents = most)
            LIMIT 200
            """, with: values
        ) {
            found.append(
                Overtold(
                    payment: PaymentID(key: $0.int(0)), first: PaymentID(key: $0.int(1)),
                    twin: PaymentID(key: $0.int(2)), cents: $0.cents(3), limit: $0.cents(4)))
        }
        return found
    }
}
