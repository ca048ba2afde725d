package import Ledger
package import Model

extension Deciding {
    /// What a decision does, or would do: to the books, and outside.
    package struct Effect: Sendable {
        /// What accounts and bills get.
        package var parts: [Part] = []
        /// What a duplicate is taken for, said or not.
        package var kind: Decision.Kind?
        /// The lines of the balanced entry that moves its money; empty where none moves.
        package var lines: [JournalLine] = []
        /// What leaves the office, or is called back by another order.
        package var orders: [Order] = []
        /// What has left already of what is undone, a sentence each, said before it is.
        package var left: [String] = []
        /// Where the money stood and stands: status, books, allocations. Null where it is about no money.
        package var before = JSON.null
        package var after = JSON.null
        /// What it waits for: nothing of all this has happened then.
        package var needs: Need?

        package init() {}
    }
}

extension Deciding.Effect {
    /// As `review apply --json` gives it.
    package var json: JSON {
        [
            "kind": JSON(kind?.rawValue), "needs": JSON(needs?.rawValue),
            "journal": .array(
                lines.map { line in
                    [
                        "ledger_account": .string(line.ledgerAccount.rawValue), "account": JSON(line.account),
                        "bill": JSON(line.bill), "debit": JSON(line.cents > .zero ? line.cents : nil),
                        "credit": JSON(line.cents < .zero ? -line.cents : nil),
                    ]
                }),
            "orders": .array(orders.map(\.json)), "left": .array(left.map(JSON.string)), "before": before,
            "after": after,
        ]
    }
}

extension Order {
    /// An order with its number and what it asks for; the number is 0 where it is not placed yet.
    package var json: JSON {
        [
            "book": .string(kind.book), "order": .int(number), "kind": .string(kind.rawValue),
            "exception": .string(exception), "payment": JSON(payment?.description), "account": JSON(account),
            "payee": JSON(nonEmpty: payee), "amount": JSON(amount), "case": JSON(caseNumber), "until": JSON(until),
            "turn_off": JSON(turnOff), "visit_on": JSON(visitOn), "cancels": JSON(cancels),
        ]
    }
}
