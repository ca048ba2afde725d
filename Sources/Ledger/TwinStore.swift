package import Model

/// Look-ups by the numbers that no two payments share; each is answered by its unique index.
///
/// A payment that is itself a twin stands in another index. `orTwin` false spares that look-up where there is none.
extension Transaction {
    /// Whether any payment was ever suspected to be another's twin.
    package func hasTwins() throws -> Bool {
        try number("SELECT EXISTS (SELECT 1 FROM items WHERE twin_of IS NOT NULL)") == 1
    }

    /// The payment of a payer's check of this number and amount.
    package func payment(payer: Int64, check: String, amount: Cents, orTwin: Bool) throws -> PaymentID? {
        try first(
            """
            SELECT payment FROM items WHERE payer_key = ? AND check_number = ? AND amount_cents = ?
            AND check_number <> '' AND payer_key IS NOT NULL AND twin_of IS NULL
            AND (status <> 'rejected' OR books <> 'none')
            """, .int(payer), .text(check), Value(amount)
        ) { PaymentID(key: $0.int(0)) }
            ?? twin(
                orTwin, "payer_key = ? AND check_number = ? AND amount_cents = ?",
                [.int(payer), .text(check), Value(amount)])
    }

    /// The fee of an earlier file that was journalled for the same transaction, amount and direction.
    package func fee(
        trace: String, amount: Cents, direction: Direction, before intake: IntakeID
    ) throws -> PaymentID? {
        try first(
            """
            SELECT payment FROM items WHERE trace = ? AND kind = 'fee' AND trace <> '' AND amount_cents = ?
            AND direction = ? AND reason = 'fee-kept' AND payment < ? ORDER BY payment LIMIT 1
            """, .text(trace), Value(amount), .text(direction.rawValue),
            .int(PaymentID(intake: intake, place: 0).key)
        ) { PaymentID(key: $0.int(0)) }
    }

    /// Whether another payment was taken off the books because this one stands.
    package func isCounted(_ payment: PaymentID) throws -> Bool {
        try number(
            "SELECT EXISTS (SELECT 1 FROM items WHERE twin_of = ? AND status = 'duplicate' AND books = 'none')",
            .int(payment.key)) == 1
    }

    /// The payment with an end-to-end id (ISO 20022 EndToEndId).
    package func payment(endToEnd: String, orTwin: Bool) throws -> PaymentID? {
        try first(
            """
            SELECT payment FROM items WHERE end_to_end = ? AND end_to_end <> '' AND twin_of IS NULL
            AND (status <> 'rejected' OR books <> 'none')
            """, .text(endToEnd)
        ) { PaymentID(key: $0.int(0)) }
            ?? twin(orTwin, "end_to_end = ?", [.text(endToEnd)])
    }

    /// The payment with a trace id of the bank.
    package func payment(trace: String, orTwin: Bool) throws -> PaymentID? {
        try first(
            """
            SELECT payment FROM items WHERE trace = ? AND trace <> '' AND twin_of IS NULL
            AND (status <> 'rejected' OR books <> 'none')
            """,
            .text(trace)
        ) { PaymentID(key: $0.int(0)) }
            ?? twin(orTwin, "trace = ?", [.text(trace)])
    }

    private func twin(_ isAsked: Bool, _ condition: String, _ arguments: [Value]) throws -> PaymentID? {
        guard isAsked else { return nil }
        var found: PaymentID?
        try query("SELECT payment FROM items WHERE \(condition) AND twin_of IS NOT NULL LIMIT 1", with: arguments) {
            found = PaymentID(key: $0.int(0))
        }
        return found
    }
}
