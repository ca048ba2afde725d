package import Model

/// Flags, plans, extensions, pledges, turn-offs and credit of accounts, as they stand on a day.
extension Transaction {
    /// Whether any account has anything besides bills: spares a look-up for each item of an office without.
    package func hasTerms() throws -> Bool {
        try number(
            """
            SELECT EXISTS (SELECT 1 FROM flags) OR EXISTS (SELECT 1 FROM plans) OR EXISTS (SELECT 1 FROM extensions)
                OR EXISTS (SELECT 1 FROM pledges) OR EXISTS (SELECT 1 FROM turnoffs)
                OR EXISTS (SELECT 1 FROM bills WHERE open_cents < 0)
            """) == 1
    }

    /// The accounts that have flags or terms at all, whatever the day.
    package func accountsWithTerms() throws -> Set<String> {
        Set(
            try all(
                """
                SELECT account FROM flags UNION SELECT account FROM plans UNION SELECT account FROM extensions
                UNION SELECT account FROM pledges UNION SELECT account FROM turnoffs
                UNION SELECT account FROM bills WHERE open_cents < 0
                """
            ) { $0.text(0) })
    }

    /// What is agreed about an account and in force on a day; nil where nothing is.
    ///
    /// `waiting` are the parts that payments give to the account and the ledger does not have yet, one array a payment.
    /// `past` leaves out what was posted since.
    package func terms(
        of account: String, on day: CivilDate, waiting: [[Part]] = [], before past: PastPoint? = nil
    ) throws -> AccountTerms? {
        var stated: [StatedTerm] = []
        // One statement: the dearest thing about a look-up is beginning it.
        try query(
            """
            SELECT 1, plan, kind, instalment_cents, remaining_cents, next_due_on, bills, stated_after FROM plans
                WHERE account = ?1 AND status = 'active' AND ended_by IS NULL
                AND ifnull(from_on, 0) <= ?2 AND ifnull(until_on, 99991231) >= ?2
            UNION ALL SELECT 2, extension, '', amount_cents, NULL, until_on, '', NULL FROM extensions
                WHERE account = ?1 AND status = 'active' AND ended_by IS NULL
                AND ifnull(from_on, 0) <= ?2 AND until_on >= ?2
            UNION ALL SELECT 3, pledge, agency, amount_cents, NULL, NULL, '', stated_after FROM pledges
                WHERE account = ?1 AND status = 'open' AND ended_by IS NULL
                AND ifnull(from_on, 0) <= ?2 AND ifnull(until_on, 99991231) >= ?2
            UNION ALL SELECT 4, order_number, visit_window, stop_cents, NULL, visit_on, '', stated_after FROM turnoffs
                WHERE account = ?1 AND status = 'open' AND ended_by IS NULL AND visit_on >= ?2
            UNION ALL SELECT 5, '', '', -below, NULL, NULL, '', NULL
                FROM (SELECT sum(open_cents) AS below FROM bills WHERE account = ?1 AND open_cents < 0) WHERE below < 0
            """, .text(account), Value(day)
        ) { stated.append(StatedTerm($0)) }
        guard !stated.isEmpty else { return nil }
        let since = stated.compactMap(\.statedAfter).min()
        let posted = try since.map { try self.posted(to: account, after: $0, before: past) } ?? []
        let terms = AccountTerms(stated, since: posted + waiting.map(PostedSince.init))
        return terms.isEmpty ? nil : terms
    }

    /// What payments gave an account, those that posting batches up to `batch` told the billing system left out.
    private func posted(to account: String, after batch: Int64, before past: PastPoint?) throws -> [PostedSince] {
        var payments: [Int64: PostedSince] = [:]
        try query(
            """
            SELECT payment, ifnull(posting_batch, \(Int64.max)), bill, amount_cents FROM allocations
            WHERE account = ?1 AND (posting_batch IS NULL OR posting_batch > ?2)
            AND (?3 IS NULL OR posting_batch < ?3 OR posting_batch = ?3 AND payment < ?4)
            """, .text(account), .int(batch), Value(past?.postingBatch), Value(past?.payment.key)
        ) { row in
            payments[row.int(0), default: PostedSince()].parts
                .append((batch: row.int(1), bill: row.textOrNil(2), cents: row.cents(3)))
        }
        return Array(payments.values)
    }

    /// The numbers of accounts for which an agency may have pledged exactly so much, in order, at most `limit`.
    package func accountNumbers(pledged amount: Cents, limit: Int) throws -> [String] {
        try all(
            """
            SELECT DISTINCT account FROM pledges WHERE amount_cents = ? AND status = 'open' AND ended_by IS NULL
            ORDER BY account LIMIT ?
            """, Value(amount), .int(Int64(limit))
        ) { $0.text(0) }
    }
}

/// One row of the statement above: a plan, an extension, a pledge, a turn-off or credit.
private struct StatedTerm {
    enum Kind: Int64 {
        case plan = 1
        case `extension`
        case pledge
        case turnOff
        case credit
    }

    let kind: Kind
    let number: String
    /// A plan's kind, a pledge's agency, the window of a visit.
    let word: String
    let cents: Cents?
    let remaining: Cents?
    let day: CivilDate?
    let bills: String
    let statedAfter: Int64?

    init(_ row: Row) {
        kind = Kind(rawValue: row.int(0))!
        number = row.text(1)
        word = row.text(2)
        cents = row.centsOrNil(3)
        remaining = row.centsOrNil(4)
        day = row.dateOrNil(5)
        bills = row.text(6)
        statedAfter = row.intOrNil(7)
    }
}

/// What one payment gave an account that the billing system may not know of.
private struct PostedSince {
    var parts: [(batch: Int64, bill: String?, cents: Cents)] = []

    init() {}
    init(waiting: [Part]) { parts = waiting.map { (Int64.max, $0.bill, $0.cents) } }

    /// What of it went to these bills, or to the account at all, after a posting batch.
    func cents(to bills: [String] = [], after batch: Int64) -> Cents {
        parts.reduce(.zero) { sum, part in
            let counts = part.batch > batch && (bills.isEmpty || part.bill.map(bills.contains) ?? false)
            return counts ? sum + part.cents : sum
        }
    }
}

extension AccountTerms {
    fileprivate init(_ stated: [StatedTerm], since: [PostedSince]) {
        self.init()
        for term in stated { add(term, since) }
        let order = PaymentPlan.Kind.allCases
        plans.sort {
            let (mine, theirs) = (order.firstIndex(of: $0.kind)!, order.firstIndex(of: $1.kind)!)
            return mine == theirs ? $0.number < $1.number : mine < theirs
        }
        extensions.sort { $0.number < $1.number }
        pledges.sort { $0.number < $1.number }
        turnOffs.sort { $0.visitOn == $1.visitOn ? $0.order < $1.order : $0.visitOn < $1.visitOn }
    }

    private mutating func add(_ term: StatedTerm, _ since: [PostedSince]) {
        let (cents, after) = (term.cents ?? .zero, term.statedAfter ?? 0)
        func paid(_ bills: [String] = []) -> Cents {
            max(.zero, since.reduce(.zero) { $0 + $1.cents(to: bills, after: after) })
        }
        switch term.kind {
        case .plan:
            let bills = term.bills.split(separator: " ").map(String.init)
            let plan = PaymentPlan(
                number: term.number, kind: PaymentPlan.Kind(rawValue: term.word)!, instalment: cents,
                nextDueOn: term.day, stated: term.remaining, bills: bills, paid: paid(bills))
            if plan.remaining != .zero { plans.append(plan) }
        case .extension:
            extensions.append(DueExtension(number: term.number, until: term.day!, amount: term.cents))
        case .pledge:
            // A payment of exactly so much was the agency's, or as good: it is not expected once more.
            let isMet = since.contains { $0.cents(after: after) == cents }
            if !isMet { pledges.append(Pledge(number: term.number, agency: term.word, amount: cents)) }
        case .turnOff:
            let left = max(.zero, cents - paid())
            turnOffs.append(
                TurnOff(order: term.number, visitOn: term.day!, window: term.word, amountToStop: left))
        case .credit: credit = cents
        }
    }
}
