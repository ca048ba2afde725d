package import Model

/// What a rule would have done with a payment that a person decides blind.
package struct Sample: Sendable {
    package var payment: PaymentID
    package var rule: String
    package var proof: String
    package var why: String
    /// What each account would have got, by account.
    package var shares: [(account: String, cents: Cents)]

    package init(payment: PaymentID, rule: String, proof: String, why: String, shares: [String: Cents]) {
        self.payment = payment
        self.rule = rule
        self.proof = proof
        self.why = why
        self.shares = shares.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}

/// Blind samples of what rules would post.
extension Transaction {
    /// Keeps what a rule would have done. Its payment stands in the ledger already.
    package func insert(_ sample: Sample) throws {
        try run(
            "INSERT INTO samples VALUES (?, ?, ?, ?)", .int(sample.payment.key), .text(sample.rule),
            .text(sample.proof), .text(sample.why))
        for share in sample.shares {
            try run(
                "INSERT INTO sample_shares VALUES (?, ?, ?)", .int(sample.payment.key), .text(share.account),
                Value(share.cents))
        }
    }

    /// What a rule would have done with a payment; nil where it was no sample.
    package func sample(_ payment: PaymentID) throws -> Sample? {
        let shares = try all(
            "SELECT account, amount_cents FROM sample_shares WHERE payment = ?", .int(payment.key)
        ) { ($0.text(0), $0.cents(1)) }
        return try first("SELECT rule, proof, why FROM samples WHERE payment = ?", .int(payment.key)) {
            Sample(
                payment: payment, rule: $0.text(0), proof: $0.text(1), why: $0.text(2),
                shares: Dictionary(uniqueKeysWithValues: shares))
        }
    }

    /// How many payments wait for a blind decision, and how many were decided.
    package func sampleSums() throws -> (waiting: Int64, decided: Int64) {
        try first(
            """
            SELECT ifnull(sum(i.books IN ('suspense', 'on-hold')), 0),
                ifnull(sum(i.books NOT IN ('suspense', 'on-hold')), 0)
            FROM samples s JOIN items i ON i.payment = s.payment
            """
        ) { ($0.int(0), $0.int(1)) } ?? (0, 0)
    }
}
