package import Model

/// Payments of a deposit that an earlier file told, beside a deposit that may be the same.
///
/// They lie in a temporary table while one file is posted: a deposit may have very many.
extension Transaction {
    /// Deposits and batches of lockboxes that other files told over a total on a day, at most eight.
    package func lockboxUnits(of total: Cents, on day: CivilDate, than intake: IntakeID) throws -> [ToldUnit] {
        try all(
            """
            SELECT unit, deposit, intake, lockbox, items FROM told_units
            WHERE total_cents = ? AND credited_on = ? AND lockbox <> '' AND intake <> ? ORDER BY unit LIMIT 8
            """, Value(total), Value(day), .int(intake)
        ) {
            ToldUnit(
                key: $0.int(0), deposit: $0.int(1), intake: $0.int(2), bankKey: nil, lockbox: $0.text(3), date: day,
                items: Int($0.int(4)), total: total)
        }
    }

    /// Forgets what a deposit before was laid beside.
    package func beginOverlap() throws {
        try run(
            """
            CREATE TEMP TABLE IF NOT EXISTS overlapped (payment INTEGER PRIMARY KEY, amount_cents INTEGER,
                check_number TEXT, payer_key INTEGER, is_single INTEGER)
            """)
        try run("CREATE INDEX IF NOT EXISTS temp.overlapped_by_amount ON overlapped (amount_cents)")
        try run("DELETE FROM temp.overlapped")
    }

    /// Puts the payments of a unit there.
    package func addOverlapped(_ unit: ToldUnit) throws {
        let first = PaymentID(intake: unit.intake, place: 0).key
        try run(
            """
            INSERT OR IGNORE INTO temp.overlapped
            SELECT i.payment, i.amount_cents, i.check_number, i.payer_key, ?1 FROM items i JOIN batches b USING (batch)
            WHERE i.payment BETWEEN ?2 AND ?3 AND (b.deposit = ?4 OR b.batch = ?4)
            AND i.kind = 'payment' AND i.direction = 'credit' AND i.books <> 'none'
            """, Value(unit.items < 2), .int(first), .int(first + 999_999_999), .int(unit.key))
    }

    /// The payment there that an item may tell again: of its amount, and of no other check; it is taken away, for it
    /// is told by one only. That of the same check comes first, then that of the same payer, then the file's order.
    ///
    /// A deposit of one payment is like another by its total already: there the check must be the same.
    package func takeOverlapped(_ posted: PostedItem) throws -> PaymentID? {
        let found = try first(
            """
            SELECT payment FROM temp.overlapped
            WHERE amount_cents = ?1 AND (check_number = ?2 OR check_number = '' OR ?2 = '')
            AND (NOT is_single OR check_number = ?2 AND ?2 <> '')
            ORDER BY check_number = ?2 DESC, payer_key IS ?3 DESC, payment LIMIT 1
            """, Value(posted.amount), .text(posted.item.checkNumber), Value(posted.payerKey)
        ) { PaymentID(key: $0.int(0)) }
        if let found { try forgetOverlapped(found) }
        return found
    }

    /// Takes a payment away that an item tells again by its number.
    package func forgetOverlapped(_ payment: PaymentID) throws {
        try run("DELETE FROM temp.overlapped WHERE payment = ?", .int(payment.key))
    }
}
