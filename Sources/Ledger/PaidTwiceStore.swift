package import Model

/// Another payment that paid an account the same, where one of both became credit: perhaps one thing paid twice.
package struct PaidAlike: Hashable, Sendable {
    package let payment: PaymentID
    package let account: String
    package let on: CivilDate
    package let checkNumber: String
}

extension Transaction {
    /// Payments of the same amount to the same account, some days apart at most, where one of both became the
    /// customer's credit. They share no number: they are two payments, and both stand.
    package func paidAlike(_ payment: PaymentID, within days: Int) throws -> [PaidAlike] {
        let own = try first("SELECT value_on, amount_cents FROM items WHERE payment = ?", .int(payment.key)) {
            (day: $0.date(0), cents: $0.cents(1))
        }
        guard let own else { return [] }
        return try all(
            """
            SELECT i.payment, a.account, i.value_on, i.check_number
            FROM (SELECT DISTINCT account FROM allocations WHERE payment = ?1) mine
            JOIN allocations a ON a.account = mine.account JOIN items i ON i.payment = a.payment
            WHERE i.payment <> ?1 AND i.amount_cents = ?2 AND i.value_on BETWEEN ?3 AND ?4
            AND EXISTS (SELECT 1 FROM allocations c WHERE c.payment IN (?1, i.payment) AND c.account = a.account
                AND c.kind = 'credit')
            GROUP BY i.payment, a.account HAVING sum(a.amount_cents) > 0 ORDER BY i.payment, a.account LIMIT 9
            """, .int(payment.key), Value(own.cents), Value(own.day.advanced(by: -days)),
            Value(own.day.advanced(by: days))
        ) {
            PaidAlike(
                payment: PaymentID(key: $0.int(0)), account: $0.text(1), on: $0.date(2), checkNumber: $0.text(3))
        }
    }
}
