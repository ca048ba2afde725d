package import Model

/// What a return says of the payment it takes back.
package struct ReturnSearch: Sendable {
    package var amount: Cents
    /// Trace number and end-to-end ids that the earlier payment may bear; empty ones find nothing.
    package var trace = ""
    package var endToEnds: [String] = []
    /// The bank account that was to pay, where it is told.
    package var payerKey: Int64?
    package var checkNumber = ""
    /// The first digits of the routing number of the payer's bank; empty where they are not told.
    package var routing = ""
    /// How the earlier payment may have come.
    package var tenders: Set<Tender> = []

    package init(amount: Cents) { self.amount = amount }
}

/// The payments that a return may speak of.
package struct ReturnFinding: Sendable {
    /// Those on the books. One is proof, several are none.
    package var standing: [PaymentID] = []
    /// Those that were taken back before: the return may be that of one of these, told again.
    package var gone: [PaymentID] = []
}

/// Payments that the bank takes back.
extension Transaction {
    /// The payments that a return may speak of: they share its amount and a number that no two payments share, and no
    /// bank, payer or tender contradicts.
    package func payments(takenBackBy search: ReturnSearch) throws -> ReturnFinding {
        var found: [Int64: Bool] = [:]
        func look(_ condition: String, _ values: [Value]) throws {
            // In the words of the two partial indexes that answer it: of first payments, and of their twins.
            for index in ["twin_of IS NULL AND (status <> 'rejected' OR books <> 'none')", "twin_of IS NOT NULL"] {
                try query(
                    """
                    SELECT payment, books <> 'none', routing, payer_key, tender FROM items
                    WHERE \(condition) AND \(index) AND amount_cents = ? AND direction = 'credit'
                    AND (books <> 'none' OR status = 'returned' AND kind IN ('payment', 'sum', 'correction'))
                    """, with: values + [Value(search.amount)]
                ) { row in
                    let (routing, payer) = (row.text(2), row.intOrNil(3))
                    // A return names eight digits of the bank, the payment all nine.
                    let isOfBank = search.routing.isEmpty || routing.isEmpty || routing.hasPrefix(search.routing)
                    let isOfPayer = payer == nil || search.payerKey == nil || payer == search.payerKey
                    guard isOfBank, isOfPayer, search.tenders.contains(Tender(rawValue: row.text(4))!) else { return }
                    found[row.int(0)] = row.flag(1)
                }
            }
        }
        for endToEnd in Set(search.endToEnds).sorted() where !endToEnd.isEmpty {
            try look("end_to_end = ? AND end_to_end <> ''", [.text(endToEnd)])
        }
        if !search.trace.isEmpty { try look("trace = ? AND trace <> ''", [.text(search.trace)]) }
        if let payer = search.payerKey, !search.checkNumber.isEmpty {
            try look(
                "payer_key = ? AND check_number = ? AND payer_key IS NOT NULL AND check_number <> ''",
                [.int(payer), .text(search.checkNumber)])
        }
        var finding = ReturnFinding()
        for (payment, isStanding) in found.sorted(by: { $0.key < $1.key }) {
            if isStanding {
                finding.standing.append(PaymentID(key: payment))
            } else {
                finding.gone.append(PaymentID(key: payment))
            }
        }
        return finding
    }

    /// The return that took a payment back; nil where another item ended it.
    package func `return`(of payment: PaymentID) throws -> PaymentID? {
        try first(
            "SELECT payment FROM items WHERE twin_of = ? AND kind = 'returned' AND status = 'returned' LIMIT 1",
            .int(payment.key)
        ) { PaymentID(key: $0.int(0)) }
    }

    /// Takes a payment off the books again, on the day the bank took it back: each part comes off its account and
    /// stands open on its bill, cash clearing is credited, its payer is known for these accounts a time less, and what
    /// was ordered to be paid out of it is cancelled.
    package func takeBack(
        _ payment: PaymentID, on day: CivilDate, postedOn: CivilDate, postingBatch: Int64, at: String
    ) throws {
        guard var state = try state(of: payment), state.books != .none else {
            throw LedgerFault("payment \(payment) is not on the books")
        }
        (state.value, state.effective) = (day, day)
        let taught = try state.payerKey == nil ? [] : accountsTaught(by: payment)
        let entry = try addEntry(
            of: state, kind: "reversal", decision: nil, postedOn: postedOn, reverses: payment.key * 100,
            lines: takingOff(state))
        try reverse(standingParts(of: payment), of: payment, entry: entry, postingBatch: postingBatch)
        try run("UPDATE journal_entries SET posting_batch = ? WHERE entry = ?", .int(postingBatch), .int(entry))
        if let payer = state.payerKey { try unteach(payer, taught) }
        for order in try standingOrders(of: payment) {
            try cancel(order, decision: nil, reason: "The bank took payment \(payment) back.", at: at)
        }
        try set(payment, status: .returned, books: .none)
    }

    /// Takes back whatever a payment gave to accounts, by an entry; told with the next posting batch.
    package func takeBackAllocations(of payment: PaymentID, entry: Int64) throws {
        try reverse(standingParts(of: payment), of: payment, entry: entry, postingBatch: nil)
    }

    /// The lines that take a payment off the books, wherever it stands.
    func takingOff(_ state: PaymentState) throws -> [JournalLine] {
        var lines = try standingLines(of: state.payment).map { line in
            var line = line
            line.cents = -line.cents
            return line
        }
        lines.append(JournalLine(.cashClearing, -state.amount))
        return lines
    }

    /// The allocations of a payment as they stand, less what was taken back of each.
    func standingParts(of payment: PaymentID) throws -> [(place: Int64, part: Part)] {
        try all(
            """
            SELECT a.place, a.account, a.bill, a.kind, a.amount_cents + (SELECT ifnull(sum(r.amount_cents), 0)
                FROM allocations r WHERE r.payment = a.payment AND r.reverses = a.place)
            FROM allocations a WHERE a.payment = ? AND a.reverses IS NULL ORDER BY a.place
            """, .int(payment.key)
        ) {
            (
                $0.int(0),
                Part(
                    account: $0.text(1), bill: $0.textOrNil(2), kind: Part.Kind(rawValue: $0.text(3))!,
                    cents: $0.cents(4))
            )
        }.filter { $0.part.cents > .zero }
    }

    func reverse(
        _ parts: [(place: Int64, part: Part)], of payment: PaymentID, entry: Int64, postingBatch: Int64?
    ) throws {
        var next = try number("SELECT max(place) FROM allocations WHERE payment = ?", .int(payment.key))
        for (place, part) in parts {
            next += 1
            var back = part
            back.cents = -part.cents
            try run(
                "INSERT INTO allocations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                .int(payment.key), .int(next), .text(part.account), Value(part.bill), .text(part.kind.rawValue),
                Value(back.cents), .int(place), .int(entry), Value(postingBatch))
            try pay(back)
        }
    }

    /// Forgets that a payment taught its payer for some accounts. What it gave them was taken back before: the day on
    /// which they were last paid for follows from what stands.
    package func unteach(_ payer: Int64, _ accounts: [String]) throws {
        for account in accounts {
            try unlearn(payer: payer, account: account)
            try run(
                """
                UPDATE payer_memory SET last_on = ifnull((SELECT max(value_on) FROM (
                    SELECT i.value_on FROM allocations a JOIN items i ON i.payment = a.payment
                    WHERE a.account = ?2 AND i.payer_key = ?1 AND \(Self.teaches)
                    GROUP BY a.payment HAVING sum(a.amount_cents) > 0)), last_on)
                WHERE payer_key = ?1 AND account = ?2
                """, .int(payer), .text(account))
        }
    }

    /// Counts one lesson less.
    func unlearn(payer: Int64, account: String) throws {
        try run(
            "UPDATE payer_memory SET times = times - 1 WHERE payer_key = ? AND account = ? AND times > 0",
            .int(payer), .text(account))
    }
}
