package import Model

/// An advice that waits for its payment.
package struct WaitingAdvice: Sendable {
    package var advice: PaymentID
    package var amount: Cents
    package var toldOn: CivilDate
    package var payerKey: Int64?
    package var payer: String
    package var tender: Tender
    package var checkNumber: String
    package var numbers: Set<String>
    package var lines: [RemittanceLine]

    /// Whether its lines all have amounts, and these make up the payment's.
    package var directsAll: Bool { lines.madeUp == amount }
}

/// A payment on the books that an advice may be about.
package struct AdvisedPayment: Sendable {
    package var payment: PaymentID
    package var item: Item
    package var amount: Cents
    package var valueOn: CivilDate
    package var books: Books
    package var payerKey: Int64?
    /// Whether it told itself what it pays.
    package var hasLines: Bool
    /// Whether an advice was joined to it before.
    package var isAdvised: Bool
    package var numbers: Set<String> { JoiningNumbers.borne(by: item, payer: payerKey) }
}

/// Advices that were told apart from their payment: those that wait, and what those that were joined belong to.
extension Transaction {
    /// Keeps an advice that waits; its item is in the ledger.
    package func addAdvice(
        _ advice: PaymentID, amount: Cents, toldOn: CivilDate, numbers: Set<String>
    ) throws {
        try run(
            "INSERT INTO advices (advice, amount_cents, told_on) VALUES (?, ?, ?)", .int(advice.key), Value(amount),
            Value(toldOn))
        for number in numbers.sorted() {
            try run("INSERT INTO advice_numbers VALUES (?, ?)", .text(number), .int(advice.key))
        }
    }

    /// Whether any advice waits for its payment.
    package func hasWaitingAdvices() throws -> Bool {
        try number("SELECT EXISTS (SELECT 1 FROM advices WHERE payment IS NULL)") == 1
    }

    /// The waiting advices over an amount that state one of these numbers.
    package func waitingAdvices(stating numbers: Set<String>, amount: Cents) throws -> [WaitingAdvice] {
        var keys: Set<Int64> = []
        for number in numbers {
            try query(
                """
                SELECT a.advice FROM advice_numbers n JOIN advices a USING (advice)
                WHERE n.number = ? AND a.payment IS NULL AND a.amount_cents = ?
                """, .text(number), Value(amount)
            ) { keys.insert($0.int(0)) }
        }
        return try keys.sorted().compactMap { try waitingAdvices("a.advice = ?", .int($0)).first }
    }

    /// The advices that wait and were told on or after a day, or came with an intake or a later one.
    package func waitingAdvices(toldSince day: CivilDate, orCameWith intake: IntakeID) throws -> [WaitingAdvice] {
        try waitingAdvices(
            "(a.told_on >= ? OR a.advice >= ?)", Value(day), .int(PaymentID(intake: intake, place: 0).key))
    }

    private func waitingAdvices(_ condition: String, _ values: Value...) throws -> [WaitingAdvice] {
        var found: [WaitingAdvice] = []
        try query(
            """
            SELECT a.advice, a.amount_cents, a.told_on, i.payer_key, i.payer, i.tender,
                i.check_number FROM advices a
            JOIN items i ON i.payment = a.advice
            WHERE a.payment IS NULL AND \(condition) ORDER BY a.advice
            """, with: values
        ) {
            found.append(
                WaitingAdvice(
                    advice: PaymentID(key: $0.int(0)), amount: $0.cents(1), toldOn: $0.date(2),
                    payerKey: $0.intOrNil(3), payer: $0.text(4), tender: Tender(rawValue: $0.text(5))!,
                    checkNumber: $0.text(6), numbers: [], lines: []))
        }
        for index in found.indices {
            let key = Value.int(found[index].advice.key)
            found[index].numbers = Set(
                try all("SELECT number FROM advice_numbers WHERE advice = ?", key) { $0.text(0) })
            found[index].lines = try lines(of: found[index].advice)
        }
        return found
    }

    /// What a payment or an advice says it pays, in its order.
    package func lines(of payment: PaymentID) throws -> [RemittanceLine] {
        try all(
            "SELECT account, bill, amount_cents FROM remittance_lines WHERE payment = ? ORDER BY place",
            .int(payment.key)
        ) { RemittanceLine(account: $0.text(0), bill: $0.text(1), amount: $0.centsOrNil(2)) }
    }

    /// The first intake that was received on a day or later; the next one where none was.
    package func firstIntake(receivedSince day: CivilDate) throws -> IntakeID {
        try first("SELECT min(intake) FROM intakes WHERE received_at >= ?", .text(day.description)) { $0.intOrNil(0) }
            .flatMap { $0 } ?? nextIntake()
    }

    /// The credits on the books, of an intake or a later one, that are as large as an advice that waits.
    ///
    /// It walks through these intakes: an index of all amounts would cost every posting more than this costs a run.
    package func paymentsAsLargeAsAdvices(since intake: IntakeID) throws -> [AdvisedPayment] {
        try all(
            """
            SELECT payment, amount_cents, value_on, books, payer_key, tender, check_number, end_to_end, trace,
                reference, account_read, scanline, memo, payer,
                EXISTS (SELECT 1 FROM remittance_lines l WHERE l.payment = i.payment),
                EXISTS (SELECT 1 FROM advices a WHERE a.payment = i.payment)
            FROM items i WHERE payment >= ? AND amount_cents IN (SELECT amount_cents FROM advices WHERE payment IS NULL)
            AND direction = 'credit' AND books <> 'none' AND kind = 'payment'
            AND ifnull(reason, '') <> 'collection-returned' ORDER BY payment
            """, .int(PaymentID(intake: intake, place: 0).key), map: Self.advised)
    }

    private static func advised(_ row: Row) -> AdvisedPayment {
        var item = Item()
        item.amount = row.cents(1)
        item.tender = Tender(rawValue: row.text(5))!
        item.checkNumber = row.text(6)
        item.endToEnd = row.text(7)
        item.trace = row.text(8)
        item.reference = row.text(9)
        item.account = row.text(10)
        item.scanline = row.text(11)
        item.memo = row.text(12)
        item.payer = row.text(13)
        return AdvisedPayment(
            payment: PaymentID(key: row.int(0)), item: item, amount: row.cents(1), valueOn: row.date(2),
            books: Books(rawValue: row.text(3))!, payerKey: row.intOrNil(4), hasLines: row.flag(14),
            isAdvised: row.flag(15))
    }

    /// Joins an advice to its payment, for good. `directing` says that its lines say what the payment is for.
    package func join(_ advice: PaymentID, to payment: PaymentID, directing: Bool) throws {
        try run(
            "UPDATE advices SET payment = ?, outcome = ? WHERE advice = ? AND payment IS NULL", .int(payment.key),
            .text(directing ? "directed" : "told"), .int(advice.key))
    }

    /// Gives a payment that told no lines itself those of its advice.
    package func take(_ lines: [RemittanceLine], for payment: PaymentID) throws {
        for (index, line) in lines.enumerated() {
            try run(
                "INSERT INTO remittance_lines VALUES (?, ?, ?, ?, ?)", .int(payment.key), .int(Int64(index) + 1),
                .text(line.account), .text(line.bill), Value(line.amount))
        }
    }

    /// Says by which rule and proof a payment was posted after all.
    package func setRule(of payment: PaymentID, _ rule: String, proof: String) throws {
        try run("UPDATE items SET rule = ?, proof = ? WHERE payment = ?", .text(rule), .text(proof), .int(payment.key))
    }

    /// The advices of a payment, and whether each said what it is for.
    package func advices(of payment: PaymentID) throws -> [(advice: PaymentID, file: String, isDirecting: Bool)] {
        try all(
            """
            SELECT a.advice, n.name, a.outcome FROM advices a JOIN intakes n ON n.intake = a.advice / 1000000000
            WHERE a.payment = ? ORDER BY a.advice
            """, .int(payment.key)
        ) { (PaymentID(key: $0.int(0)), $0.text(1), $0.text(2) == "directed") }
    }

    /// Where an advice stands: the payment it was joined to, nil within where it waits; nil where it is no advice.
    package func advice(_ advice: PaymentID) throws -> PaymentID?? {
        try first("SELECT payment FROM advices WHERE advice = ?", .int(advice.key)) {
            $0.intOrNil(0).map(PaymentID.init(key:))
        }
    }

    /// How many advices wait, over how much, and the day the oldest was told.
    package func adviceSum() throws -> (count: Int64, cents: Cents, oldest: CivilDate?) {
        try first("SELECT count(*), ifnull(sum(amount_cents), 0), min(told_on) FROM advices WHERE payment IS NULL") {
            ($0.int(0), $0.cents(1), $0.dateOrNil(2))
        } ?? (0, .zero, nil)
    }

    /// The intakes before one with advices that were told before a day, still wait, and nobody was told of: how many
    /// of each, and their sum.
    package func overdueAdvices(
        toldBefore day: CivilDate, cameBefore intake: IntakeID
    ) throws -> [(intake: IntakeID, file: String, count: Int64, cents: Cents)] {
        try all(
            """
            SELECT n.intake, n.name, count(*), sum(a.amount_cents) FROM advices a
            JOIN intakes n ON n.intake = a.advice / 1000000000
            WHERE \(Self.isOverdue) GROUP BY n.intake ORDER BY n.intake
            """, Value(day), .int(PaymentID(intake: intake, place: 0).key)
        ) { ($0.int(0), $0.text(1), $0.int(2), $0.cents(3)) }
    }

    /// Notes that somebody was told of these advices: none is told of twice.
    package func markOverdue(toldBefore day: CivilDate, cameBefore intake: IntakeID, at: String) throws {
        try run(
            "UPDATE advices AS a SET overdue_at = ? WHERE \(Self.isOverdue)", .text(at), Value(day),
            .int(PaymentID(intake: intake, place: 0).key))
    }

    private static let isOverdue =
        "a.payment IS NULL AND a.overdue_at IS NULL AND a.told_on < ? AND a.advice < ?"
}
