internal import Ledger
internal import Matching
internal import Model
internal import Review

/// Joins advices that wait to payments that came before them, in one transaction for all of a run.
///
/// First by a number that both state, with the amount; then by amount and day alone, where exactly one payment and
/// exactly one advice can be meant, no number or name contradicts it, and the lines pay exactly what is owed. A payment
/// in suspense is decided anew with the lines of its advice, and posts only where the matcher's rules prove it. What is
/// posted already stays as it is.
struct AdviceJoining {
    /// An advice is looked for among payments so many days before it, and for so long after it came.
    private static let days = 10
    /// By amount alone, payment and advice are at most so many business days apart.
    private static let businessDays = 3

    let home: Home
    let now: Moment

    private var calendar: BusinessCalendar { home.configuration.calendar }

    /// Joins what can be joined, and tells of advices that have waited too long. Returns how many were joined.
    func run() throws -> Int {
        let today = calendar.localDate(now)
        return try home.ledger.write { transaction in
            let joined = try join(transaction, today)
            if joined > 0, try transaction.hasUnexportedEntries() {
                let batch = try transaction.openPostingBatch(
                    intake: nil, at: now.description, postedOn: calendar.postingDay(now))
                try transaction.export(in: batch)
            }
            try tellOverdue(transaction, today)
            return joined
        }
    }

    private func join(_ transaction: Transaction, _ today: CivilDate) throws -> Int {
        guard try transaction.hasWaitingAdvices() else { return 0 }
        let since = today.advanced(by: -Self.days)
        var waiting = try transaction.waitingAdvices(
            toldSince: since, orCameWith: transaction.firstIntake(receivedSince: since))
        guard let oldest = waiting.map(\.toldOn).min() else { return 0 }
        let first = try transaction.firstIntake(receivedSince: min(oldest, today).advanced(by: -Self.days))
        var payments = Dictionary(grouping: try transaction.paymentsAsLargeAsAdvices(since: first), by: \.amount)
        let all = waiting.count
        for isByNumber in [true, false] {
            let rest = waiting
            waiting.removeAll()
            for advice in rest {
                let found = isByNumber ? named(by: advice, payments) : near(advice, payments, rest)
                guard let found, try join(advice, to: found, isByNumber, transaction) else {
                    waiting.append(advice)
                    continue
                }
                mark(found, &payments)
            }
        }
        return all - waiting.count
    }

    private func mark(_ payment: AdvisedPayment, _ payments: inout [Cents: [AdvisedPayment]]) {
        guard let place = payments[payment.amount]?.firstIndex(where: { $0.payment == payment.payment }) else { return }
        payments[payment.amount]?[place].isAdvised = true
    }

    /// The one payment of the same amount that bears a number of the advice.
    private func named(by advice: WaitingAdvice, _ payments: [Cents: [AdvisedPayment]]) -> AdvisedPayment? {
        let found = (payments[advice.amount] ?? []).filter {
            !advice.numbers.isDisjoint(with: $0.numbers) && isOfPayer(advice.payerKey, $0.payerKey)
        }
        return found.count == 1 ? found[0] : nil
    }

    /// The one payment of the same amount and about the same day, where no other advice may mean it.
    private func near(
        _ advice: WaitingAdvice, _ payments: [Cents: [AdvisedPayment]], _ waiting: [WaitingAdvice]
    ) -> AdvisedPayment? {
        let found = (payments[advice.amount] ?? []).filter {
            // Two different numbers are two payments.
            (advice.numbers.isEmpty || !JoiningNumbers.statesOne($0.item)) && !$0.isAdvised
                && isNear($0.valueOn, advice.toldOn) && isOfPayer(advice.payerKey, $0.payerKey)
                && JoiningNumbers.mayBeOne(advice.payer, $0.item.payer)
        }
        guard found.count == 1 else { return nil }
        let rivals = waiting.filter { $0.amount == advice.amount && isNear($0.toldOn, found[0].valueOn) }
        return rivals.count == 1 ? found[0] : nil
    }

    private func isNear(_ one: CivilDate, _ other: CivilDate) -> Bool {
        var (day, open) = (min(one, other), 0)
        while day < max(one, other), open <= Self.businessDays {
            day = day.advanced(by: 1)
            if calendar.isOpen(day) { open += 1 }
        }
        return open <= Self.businessDays
    }

    /// Joins an advice to a payment; false where it must wait on.
    private func join(
        _ advice: WaitingAdvice, to payment: AdvisedPayment, _ isByNumber: Bool, _ transaction: Transaction
    ) throws -> Bool {
        switch payment.books {
        case .onHold, .unresolved, .none: return false
        case .posted, .dueToOthers:
            try transaction.join(advice.advice, to: payment.payment, directing: false)
            return true
        case .suspense: break
        }
        let takesLines = advice.directsAll && !payment.hasLines && !payment.isAdvised && payment.item.scanline.isEmpty
        let exception = takesLines ? try transaction.openException(of: payment.payment) : nil
        guard let exception else {
            // It says nothing that could prove the payment; only its number says that it belongs to it.
            if isByNumber { try transaction.join(advice.advice, to: payment.payment, directing: false) }
            return isByNumber
        }
        let verdict = try decide(payment, by: advice, transaction)
        // An amount alone proves little: then each line must pay exactly what its bill owes.
        let isProven = verdict.reason == nil && (isByNumber || verdict.proof == .twoKeys)
        guard isProven || isByNumber else { return false }
        if isProven {
            try post(payment, verdict, by: advice, exception, transaction)
        } else {
            try transaction.addWhy("Advice \(advice.advice) tells what it pays, but \(verdict.why).", to: exception)
        }
        try transaction.take(advice.lines, for: payment.payment)
        try transaction.join(advice.advice, to: payment.payment, directing: true)
        return true
    }

    /// Asks the matcher anew about a payment in suspense, with the lines of its advice.
    private func decide(
        _ payment: AdvisedPayment, by advice: WaitingAdvice, _ transaction: Transaction
    ) throws -> Verdict {
        var item = payment.item
        item.lines = advice.lines
        let book = try WorkingBook(transaction, day: payment.valueOn, holds: { home.configuration.holds($0) })
        let query = MatchQuery(item: item, payer: payment.payerKey, day: payment.valueOn)
        return try Matcher(policy: home.configuration.matching).decide(query, in: book)
    }

    /// Posts what an advice has proven; the exception's history says that the program did it.
    private func post(
        _ payment: AdvisedPayment, _ verdict: Verdict, by advice: WaitingAdvice, _ exception: String,
        _ transaction: Transaction
    ) throws {
        let allocations = verdict.shares.map {
            Decision.Allocation(account: $0.account, bill: $0.bill, amount: $0.cents)
        }
        let decision = Decision(
            exception: exception, action: .split, allocations: allocations, reason: "advice-joined",
            note: "Advice \(advice.advice) says what it pays: \(verdict.why).")
        try Deciding(
            transaction, user: "sluice", at: now.description, day: calendar.localDate(now),
            postedOn: calendar.postingDay(now)
        ).apply(decision)
        try transaction.setRule(of: payment.payment, verdict.rule, proof: verdict.proof.rawValue)
    }

    /// One exception for each intake whose advices have waited too long.
    private func tellOverdue(_ transaction: Transaction, _ today: CivilDate) throws {
        let day = today.advanced(by: -home.configuration.adviceGraceDays)
        let overdue = try transaction.overdueAdvices(
            toldBefore: day, cameBefore: transaction.firstIntake(receivedSince: day))
        for file in overdue {
            let number = try transaction.nextExceptionNumber(ofIntake: file.intake)
            try transaction.open(
                ReviewException(
                    id: ExceptionID(intake: file.intake, number: number), intake: file.intake,
                    reason: .adviceUnmatched, severity: .note, amount: file.cents,
                    what: (file.count == 1 ? "An advice" : "\(file.count) advices")
                        + " of \(file.file) over \(file.cents) found no payment in "
                        + "\(home.configuration.adviceGraceDays) days.",
                    whyNotPosted: "An advice brings no money. It still finds a payment that comes with its number."),
                at: now.description)
        }
    }
}
