internal import Model

/// Proofs of what the bank owes us, or we owe it: differences of held units.
extension Proofs {
    /// A difference that stands in unresolved has an open exception: the unit's own, or claims over all of it.
    mutating func claimsAreTold() throws {
        let found = try transaction.all(
            """
            WITH units (key, cents) AS (\(Transaction.standingDifferences)),
            told (key, cents, is_unit) AS (
                SELECT coalesce(batch, deposit, intake * 1000000000 + 999999999),
                    sum(iif(reason = '\(Reason.differenceClaimed.rawValue)', amount_cents, 0)),
                    max(reason IN (\(Transaction.holdsOfUnits)))
                FROM exceptions WHERE closed_at IS NULL AND payment IS NULL AND intake IS NOT NULL GROUP BY 1)
            SELECT u.key, u.cents, ifnull(t.cents, 0) FROM units u LEFT JOIN told t USING (key)
            WHERE ifnull(t.is_unit, 0) = 0 AND ifnull(t.cents, 0) <> u.cents LIMIT 200
            """
        ) { ($0.int(0), $0.cents(1), $0.cents(2)) }
        for (key, standing, told) in found {
            tell(
                "intake \(PaymentID(key: key).intake): \(standing) of a unit stand in unresolved, exceptions claim "
                    + "\(told)")
        }
    }
}
