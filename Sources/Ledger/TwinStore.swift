package import Model

/// Look-ups by the numbers that no two payments share; each is answered by its unique index.
extension Transaction {
    /// The payment of a payer's check of this number and amount.
    package func payment(payer: Int64, check: String, amount: Cents) throws -> PaymentID? {
        try first(
            """
            SELECT payment FROM items WHERE payer_key = ? AND check_number = ? AND amount_cents = ?
            AND check_number <> '' AND payer_key IS NOT NULL AND twin_of IS NULL
            AND (status <> 'rejected' OR books <> 'none')
            """, .int(payer), .text(check), Value(amount)
        ) { PaymentID(key: $0.int(0)) }
            ?? first(
                """
                SELECT payment FROM items WHERE payer_key = ? AND check_number = ? AND amount_cents = ?
                AND twin_of IS NOT NULL
                """, .int(payer), .text(check), Value(amount)
            ) { PaymentID(key: $0.int(0)) }
    }

    /// Whether another payment was taken off the books because this one stands.
    package func isCounted(_ payment: PaymentID) throws -> Bool {
        try number(
            "SELECT EXISTS (SELECT 1 FROM items WHERE twin_of = ? AND status = 'duplicate' AND books = 'none')",
            .int(payment.key)) == 1
    }

    /// The payment with an end-to-end id (ISO 20022 EndToEndId).
    package func payment(endToEnd: String) throws -> PaymentID? {
        try first(
            """
            SELECT payment FROM items WHERE end_to_end = ? AND end_to_end <> '' AND twin_of IS NULL
            AND (status <> 'rejected' OR books <> 'none')
            """, .text(endToEnd)
        ) { PaymentID(key: $0.int(0)) }
            ?? first(
                "SELECT payment FROM items WHERE end_to_end = ? AND twin_of IS NOT NULL", .text(endToEnd)
            ) { PaymentID(key: $0.int(0)) }
    }

    /// The payment with a trace id of the bank.
    package func payment(trace: String) throws -> PaymentID? {
        try first(
            """
            SELECT payment FROM items WHERE trace = ? AND trace <> '' AND twin_of IS NULL
            AND (status <> 'rejected' OR books <> 'none')
            """,
            .text(trace)
        ) { PaymentID(key: $0.int(0)) }
            ?? first("SELECT payment FROM items WHERE trace = ? AND twin_of IS NOT NULL", .text(trace)) {
                PaymentID(key: $0.int(0))
            }
    }
}
