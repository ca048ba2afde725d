package import Model

/// What somebody outside is to do: pay money out, or not visit an account. An order is never changed; another cancels
/// it.
package struct Order: Hashable, Sendable {
    package enum Kind: String, Sendable {
        /// A payment goes back to a customer.
        case refund
        /// Money of an unknown owner goes back to who sent it.
        case returnToSender = "return-to-sender"
        /// Another agency gets its money.
        case payOver = "pay-over"
        /// Nobody turns the water of an account off until the order has ended.
        case holdVisit = "hold-visit"

        /// The folder under `outbox/` in which it is numbered.
        package var book: String { self == .holdVisit ? "service-orders" : "refunds" }
    }

    package var kind: Kind
    /// Its place in its book; 0 before it is kept.
    package var number: Int64 = 0
    package var exception: String
    package var payment: PaymentID?
    package var account: String?
    package var payee = ""
    package var address = ""
    package var amount: Cents?
    package var caseNumber: String?
    /// When it is due; of a visit that is held: when the hold ends by itself.
    package var until: CivilDate?
    /// The billing system's order of the visit that is held, and its day.
    package var turnOff: String?
    package var visitOn: CivilDate?
    package var reason: String
    /// The number of the order of its book that it cancels.
    package var cancels: Int64?
    /// ISO 8601 UTC; empty before it is kept.
    package var createdAt = ""

    package init(_ kind: Kind, exception: String, reason: String) {
        self.kind = kind
        self.exception = exception
        self.reason = reason
    }

    /// `refund order 3`, as people speak of it.
    package var name: String {
        let book = kind == .holdVisit ? "service order" : "refund order"
        return number == 0 ? book : "\(book) \(number)"
    }

    /// What it asks for, in words.
    package var inWords: String {
        switch kind {
        case .refund: "\(amount ?? .zero) back to \(payee)"
        case .returnToSender: "\(amount ?? .zero) back to its sender \(payee)"
        case .payOver:
            "\(amount ?? .zero) over to \(payee), case \(caseNumber ?? ""), due \(until?.description ?? "")"
        case .holdVisit:
            "nobody turns account \(account ?? "") off by order \(turnOff ?? "") until "
                + (until?.description ?? "")
        }
    }
}

/// What of a payment an order tells beside its own fields: by this a bank or a sender knows it again.
package struct OrderedItem: Sendable {
    package var tender = ""
    package var currency = ""
    package var checkNumber = ""
    package var trace = ""
    package var payer = ""

    package init() {}
}

/// All SQL of orders.
extension Transaction {
    /// Keeps an order under the next number of its book and makes its file due; numbers have no gaps, for an order
    /// stands or falls with its transaction.
    @discardableResult
    package func place(_ order: Order, decision: Int64?, at: String) throws -> Order {
        let book = order.kind.book
        var order = order
        order.number = try number("SELECT max(number) FROM orders WHERE book = ?", .text(book)) + 1
        order.createdAt = at
        try run(
            """
            INSERT INTO orders (book, number, kind, decision, exception, payment, account, payee, address,
                amount_cents, case_number, until_on, turn_off, visit_on, reason, cancels, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .text(book), .int(order.number), .text(order.kind.rawValue), Value(decision), .text(order.exception),
            Value(order.payment?.key), Value(order.account), .text(order.payee), .text(order.address),
            Value(order.amount), Value(order.caseNumber), Value(order.until), Value(order.turnOff),
            Value(order.visitOn), .text(order.reason), Value(order.cancels), .text(at))
        let stem = order.kind == .holdVisit ? "service" : "refund"
        try makeDue(
            Projection(
                path: "outbox/\(book)/\(stem)-\(Self.padded(order.number)).csv", kind: "order",
                subject: "\(book) \(order.number)"))
        let month = String(at.prefix(7))
        try makeDue(Projection(path: Self.report(of: month), kind: "orders-of-month", subject: month))
        return order
    }

    /// Cancels an order that stands by another.
    @discardableResult
    package func cancel(_ order: Order, decision: Int64?, reason: String, at: String) throws -> Order {
        var cancelling = order
        cancelling.cancels = order.number
        cancelling.reason = reason
        let month = String(order.createdAt.prefix(7))
        try makeDue(Projection(path: Self.report(of: month), kind: "orders-of-month", subject: month))
        return try place(cancelling, decision: decision, at: at)
    }

    /// The orders that a decision placed, cancelling ones too.
    package func orders(of decision: Int64) throws -> [Order] {
        try orders("decision = ? ORDER BY book, number", .int(decision))
    }

    /// The orders of a payment's money that stand.
    package func standingOrders(of payment: PaymentID) throws -> [Order] {
        try orders("payment = ? AND \(Self.stands) ORDER BY book, number", .int(payment.key)).filter {
            $0.kind != .holdVisit
        }
    }

    /// Visits that are held on a day: neither cancelled nor ended, the next to end first.
    package func holds(on day: CivilDate, account: String? = nil) throws -> [Order] {
        try orders(
            """
            kind = 'hold-visit' AND until_on >= ? AND (?2 IS NULL OR account = ?2) AND \(Self.stands)
            ORDER BY until_on, number
            """, Value(day), Value(account))
    }

    /// The orders that were placed in a month (`2026-03`, UTC), in the order of their books.
    package func orders(ofMonth month: String) throws -> [Order] {
        try orders("created_at BETWEEN ?1 AND ?1 || '~' ORDER BY book, number", .text(month))
    }

    /// Who decided on an order and who approved it, and the order that cancels it.
    package func responsibility(of order: Order) throws -> (decidedBy: String?, approvedBy: String?, cancelled: Int64?)
    {
        try first(
            """
            SELECT d.decided_by, v.said_by, c.number FROM orders o LEFT JOIN decisions d ON d.decision = o.decision
            LEFT JOIN verdicts v ON v.decision = o.decision AND v.verdict = 'approved'
            LEFT JOIN orders c ON c.book = o.book AND c.cancels = o.number WHERE o.book = ? AND o.number = ?
            """, .text(order.kind.book), .int(order.number)
        ) { ($0.textOrNil(0), $0.textOrNil(1), $0.intOrNil(2)) } ?? (nil, nil, nil)
    }

    /// One order of a book.
    package func order(_ number: Int64, book: String) throws -> Order? {
        try orders("book = ? AND number = ?", .text(book), .int(number)).first
    }

    private static func report(of month: String) -> String { "outbox/reports/orders-\(month).csv" }

    private static let stands = """
        cancels IS NULL AND NOT EXISTS (SELECT 1 FROM orders c WHERE c.book = orders.book AND c.cancels = orders.number)
        """

    private func orders(_ condition: String, _ values: Value...) throws -> [Order] {
        var found: [Order] = []
        try query(
            """
            SELECT kind, number, exception, payment, account, payee, address, amount_cents, case_number, until_on,
                turn_off, visit_on, reason, cancels, created_at FROM orders WHERE \(condition)
            """, with: values
        ) { row in
            var order = Order(Order.Kind(rawValue: row.text(0))!, exception: row.text(2), reason: row.text(12))
            order.number = row.int(1)
            order.payment = row.intOrNil(3).map(PaymentID.init(key:))
            order.account = row.textOrNil(4)
            (order.payee, order.address) = (row.text(5), row.text(6))
            order.amount = row.centsOrNil(7)
            order.caseNumber = row.textOrNil(8)
            order.until = row.dateOrNil(9)
            order.turnOff = row.textOrNil(10)
            order.visitOn = row.dateOrNil(11)
            order.cancels = row.intOrNil(13)
            order.createdAt = row.text(14)
            found.append(order)
        }
        return found
    }

    /// What an order tells of its payment.
    package func orderedItem(_ payment: PaymentID) throws -> OrderedItem? {
        try first(
            "SELECT tender, currency, check_number, trace, payer FROM items WHERE payment = ?", .int(payment.key)
        ) { row in
            var item = OrderedItem()
            (item.tender, item.currency) = (row.text(0), row.text(1))
            (item.checkNumber, item.trace, item.payer) = (row.text(2), row.text(3), row.text(4))
            return item
        }
    }

    /// Who holds an account, and where letters reach them.
    package func addressee(of account: String) throws -> (name: String, address: String)? {
        try first("SELECT name, service_address, city, zip FROM accounts WHERE account = ?", .text(account)) { row in
            let place = [row.text(2), row.text(3)].filter { !$0.isEmpty }.joined(separator: " ")
            return (row.text(0), [row.text(1), place].filter { !$0.isEmpty }.joined(separator: ", "))
        }
    }
}
