internal import Model

/// Proofs of what left the office: money that is paid out, written off, or ordered to be.
extension Proofs {
    /// What is paid out of a payment is what orders that stand say.
    mutating func ordersMatchJournal() throws {
        let found = try transaction.all(
            """
            WITH ordered (payment, ledger_account, cents) AS (
                SELECT payment, CASE kind WHEN 'pay-over' THEN 'due-to-others' ELSE 'refunds-payable' END,
                    sum(iif(cancels IS NULL, amount_cents, -amount_cents))
                FROM orders WHERE kind <> 'hold-visit' GROUP BY 1, 2),
            payable (payment, ledger_account, cents) AS (
                SELECT entry / 100, ledger_account, -sum(amount_cents) FROM journal_lines
                WHERE ledger_account = 'refunds-payable' GROUP BY 1
                UNION ALL SELECT o.payment, o.ledger_account, (SELECT ifnull(-sum(l.amount_cents), 0)
                    FROM journal_lines l WHERE l.entry BETWEEN o.payment * 100 AND o.payment * 100 + 99
                    AND l.ledger_account = 'due-to-others')
                FROM ordered o WHERE o.ledger_account = 'due-to-others' AND o.cents <> 0)
            SELECT payment, ledger_account, sum(ordered), sum(cents) FROM (
                SELECT payment, ledger_account, cents AS ordered, 0 AS cents FROM ordered
                UNION ALL SELECT payment, ledger_account, 0, cents FROM payable)
            GROUP BY 1, 2 HAVING sum(ordered) <> sum(cents) LIMIT 200
            """
        ) { ($0.int(0), $0.text(1), $0.cents(2), $0.cents(3)) }
        for (payment, books, ordered, standing) in found {
            tell(
                "payment \(PaymentID(key: payment)): \(ordered) is ordered to be paid out, the journal has \(standing) "
                    + "in \(books)", payment: payment)
        }
    }

    /// Money leaves by a decision that says so, approved where it needed a second person.
    mutating func outgoingIsDecided() throws {
        let found = try transaction.all(
            """
            SELECT e.payment, l.ledger_account, l.amount_cents FROM journal_lines l
            JOIN journal_entries e USING (entry) LEFT JOIN decisions d USING (decision)
            WHERE l.ledger_account IN ('refunds-payable', 'over-short') AND l.amount_cents < 0
            AND e.payment IS NOT NULL
            AND (ifnull(d.action, '') NOT IN ('undo', 'accept-batch', 'correct',
                    iif(l.ledger_account = 'over-short', 'write-off', 'refund'),
                    iif(l.ledger_account = 'over-short', 'write-off', 'return-to-sender'))
                OR d.needs <> '' AND NOT EXISTS (SELECT 1 FROM verdicts v
                    WHERE v.decision = d.decision AND v.verdict = 'approved')) LIMIT 200
            """
        ) { ($0.int(0), $0.text(1), $0.cents(2)) }
        for (payment, books, cents) in found {
            tell(
                "payment \(PaymentID(key: payment)): \(-cents) went to \(books) and no decision that stands says so",
                payment: payment)
        }
    }

    /// Orders are numbered without gaps.
    mutating func ordersHaveNoGaps() throws {
        let found = try transaction.all(
            "SELECT book, count(*), max(number) FROM orders GROUP BY book HAVING count(*) <> max(number)"
        ) { ($0.text(0), $0.int(1), $0.int(2)) }
        for (book, count, last) in found { tell("outbox/\(book): \(count) orders are kept, the last is \(last)") }
    }

    /// What a decision moved is where it was before, once it is undone.
    mutating func undoneIsTakenBack() throws {
        let found = try transaction.all(
            """
            SELECT e.payment, u.decision, u.undoes FROM decisions u JOIN journal_entries e ON e.decision = u.undoes
            WHERE u.undoes IS NOT NULL
            AND (u.needs = '' OR EXISTS (SELECT 1 FROM verdicts v WHERE v.decision = u.decision
                AND v.verdict = 'approved'))
            AND NOT EXISTS (SELECT 1 FROM journal_entries b WHERE b.entry BETWEEN e.payment * 100
                AND e.payment * 100 + 99 AND b.decision = u.decision AND b.reverses = e.entry) LIMIT 200
            """
        ) { ($0.int(0), $0.int(1), $0.int(2)) }
        for (payment, undo, undone) in found {
            tell(
                "payment \(PaymentID(key: payment)): decision \(undo) undoes decision \(undone), and no entry takes "
                    + "its money back", payment: payment)
        }
    }
}
