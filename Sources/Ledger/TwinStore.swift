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

    /// The day on which a payment was deposited; nil where it is not in the ledger yet.
    package func depositDay(of payment: PaymentID) throws -> CivilDate? {
        try first("SELECT deposit_on FROM items WHERE payment = ?", .int(payment.key)) { $0.date(0) }
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

    /// The earliest payment with a trace id of the bank that could be the same as another one. There is one with an id,
    /// unless an originator begins its numbers anew; no more rows are read than it takes.
    package func payment(trace: String, likeOf bearer: TraceBearer, orTwin: Bool) throws -> PaymentID? {
        func look(_ condition: String) throws -> PaymentID? {
            // What `TraceBearer.isAnother` says, in SQL.
            try first(
                """
                SELECT i.payment FROM items i
                JOIN batches b USING (batch) JOIN intakes n ON n.intake = i.payment / 1000000000
                WHERE i.trace = ?1 AND \(condition)
                AND NOT (?2 AND ifnull(n.format, '') = 'nacha' AND (i.deposit_on <> ?3 OR b.number <> ?4)
                    AND (i.amount_cents <> ?5 OR i.payer <> ?6))
                ORDER BY i.payment LIMIT 1
                """, .text(trace), Value(bearer.isACH), Value(bearer.depositOn), .text(bearer.batch),
                Value(bearer.amount), .text(bearer.payer)
            ) { PaymentID(key: $0.int(0)) }
        }
        // In the words of the two partial indexes that answer it.
        let own = try look("i.trace <> '' AND i.twin_of IS NULL AND (i.status <> 'rejected' OR i.books <> 'none')")
        return try own ?? (orTwin ? look("i.twin_of IS NOT NULL AND \(Self.isPayment)") : nil)
    }

    /// Whether any sum of the bank's was ever taken off the books for what another file tells.
    package func hasToldSums() throws -> Bool {
        try number("SELECT EXISTS (SELECT 1 FROM items WHERE \(Self.isToldSum))") == 1
    }

    /// The sum that stands for another file's payments and that the bank tells once more: of this amount and about this
    /// day, with the same number; or in the same words of the same account and day, in another file.
    ///
    /// `text` is memo, reference and payer as they are kept, parted by U+0001.
    package func toldSum(_ posted: PostedItem, text: String) throws -> PaymentID? {
        let day = posted.dates.received
        return try first(
            """
            SELECT i.payment FROM items i JOIN batches b USING (batch) JOIN deposits d USING (deposit)
            WHERE i.amount_cents = ?1 AND \(Self.isToldSum) AND i.rule IN (?2, ?3) AND i.received_on BETWEEN ?4 AND ?5
            AND (i.trace = ?6 AND ?6 <> '' OR i.end_to_end = ?7 AND ?7 <> ''
                OR i.trace = '' AND i.end_to_end = '' AND i.received_on = ?8 AND d.bank_key IS ?9 AND d.intake <> ?10
                AND i.memo || char(1) || i.reference || char(1) || i.payer = ?11)
            ORDER BY i.payment LIMIT 1
            """, Value(posted.amount), .text(Self.sumRule), .text(Self.sumByPersonRule),
            Value(day.advanced(by: -Self.daysOfRetelling)), Value(day.advanced(by: Self.daysOfRetelling)),
            .text(posted.item.trace), .text(posted.item.endToEnd), Value(day), Value(posted.bankKey),
            .int(posted.payment.intake), .text(text)
        ) { PaymentID(key: $0.int(0)) }
    }

    /// In the words of the partial index that answers it.
    private static let isToldSum = "kind = 'sum' AND reason = 'told-elsewhere'"
    /// The bank's number for a sum may come again after so many days for another one.
    private static let daysOfRetelling = 5

    /// What is about another item shares its number and is no payment.
    private static let isPayment = "direction = 'credit' AND kind NOT IN ('expected', 'advice', 'notice', 'answer')"

    private func twin(_ isAsked: Bool, _ condition: String, _ arguments: [Value]) throws -> PaymentID? {
        guard isAsked else { return nil }
        var found: PaymentID?
        let sql = "SELECT payment FROM items WHERE \(condition) AND twin_of IS NOT NULL AND \(Self.isPayment) LIMIT 1"
        try query(sql, with: arguments) {
            found = PaymentID(key: $0.int(0))
        }
        return found
    }
}

/// A payment that bears a trace number, with what tells it from another one that bears the same.
package struct TraceBearer: Hashable, Sendable {
    package var payment: PaymentID
    package var amount: Cents
    /// As it is kept, bank account numbers masked.
    package var payer: String
    /// NACHA: the day its file was made.
    package var depositOn: CivilDate
    /// The bank's number of its batch.
    package var batch: String
    /// Whether it came in a NACHA file.
    package var isACH: Bool

    package init(
        payment: PaymentID, amount: Cents, payer: String, depositOn: CivilDate, batch: String, isACH: Bool
    ) {
        self.payment = payment
        self.amount = amount
        self.payer = payer
        self.depositOn = depositOn
        self.batch = batch
        self.isACH = isACH
    }

    /// Whether two payments with one trace number are two for certain. Some NACHA originators begin their numbers anew
    /// each day or batch: these are two where day or batch differ *and* amount or payer do. Whatever could be the same
    /// payment told again is suspected.
    package func isAnother(than other: TraceBearer) -> Bool {
        guard isACH, other.isACH else { return false }
        return (depositOn != other.depositOn || batch != other.batch)
            && (amount != other.amount || payer != other.payer)
    }
}
