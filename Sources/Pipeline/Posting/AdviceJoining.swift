internal import Ledger
internal import Matching
internal import Model
internal import Review

/// Joins advices that wait to payments that came before them, in one transaction for all of a run.
///
/// First by a number that both state, with the amount; then by amount, day and payer, where exactly one payment and
/// exactly one advice can be meant, the payment names nothing itself, and the lines pay exactly what is owed. A payment
/// in suspense is decided anew with the lines of its advice, and posts only where the matcher's rules prove it. What is
/// posted already stays as it is.
struct AdviceJoining {
    /// An advice is looked for among payments so many days before it, and for so long after it came.
    private static let days = 10
    /// By amount alone, payment and advice are at most so many business days apart.
    private static let businessDays = 3
    /// Of more payments or advices of one amount than so many, the amount says nothing.
    private static let crowdMax = 50

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
        var payments = AdvisedPayments(try transaction.paymentsAsLargeAsAdvices(since: first))
        let all = waiting.count
        for isByNumber in [true, false] {
            let rest = isByNumber ? [:] : Dictionary(grouping: waiting, by: \.amount)
            var left: [WaitingAdvice] = []
            for advice in waiting {
                let found = isByNumber ? payments.named(by: advice) : near(advice, payments, rest)
                guard let found, try join(advice, to: payments[found], isByNumber, transaction) else {
                    left.append(advice)
                    continue
                }
                payments.mark(found)
            }
            waiting = left
        }
        return all - waiting.count
    }

    /// The one payment in suspense of the same amount, about the same day and of the same payer, where no other payment
    /// and no other advice may be meant.
    private func near(
        _ advice: WaitingAdvice, _ payments: AdvisedPayments, _ waiting: [Cents: [WaitingAdvice]]
    ) -> Int? {
        let (crowd, rivals) = (payments.of(advice.amount), waiting[advice.amount] ?? [])
        guard crowd.count <= Self.crowdMax, rivals.count <= Self.crowdMax else { return nil }
        let found = crowd.filter { index in
            let payment = payments[index]
            // Two different numbers are two payments.
            return (advice.numbers.isEmpty || !JoiningNumbers.statesOne(payment.item)) && !payment.isAdvised
                && advice.tender.kin.contains(payment.item.tender) && isNear(payment.valueOn, advice.toldOn)
                && isOfPayer(advice.payerKey, payment.payerKey)
                && JoiningNumbers.mayBeOne(advice.payer, payment.item.payer)
        }
        guard found.count == 1, isSurely(advice, of: payments[found[0]]) else { return nil }
        let day = payments[found[0]].valueOn
        return rivals.count { isNear($0.toldOn, day) } == 1 ? found[0] : nil
    }

    /// Whether more than amount and day says that an advice is about a payment, and the payment says nothing else.
    private func isSurely(_ advice: WaitingAdvice, of payment: AdvisedPayment) -> Bool {
        let isOfPayer =
            advice.payerKey != nil && advice.payerKey == payment.payerKey
            || JoiningNumbers.isOne(advice.payer, payment.item.payer)
        // What is posted needs no advice, which would be used up for another's.
        return payment.books == .suspense && isOfPayer && !JoiningNumbers.namesAnything(payment.item)
            && (advice.checkNumber.isEmpty || advice.checkNumber == payment.item.checkNumber)
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
        return try home.matcher(transaction).decide(query, in: book)
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
        try home.deciding(transaction, by: Reviewer(unrestricted: "sluice"), route: .program, at: now).apply(decision)
        try transaction.setRule(of: payment.payment, verdict.rule, proof: verdict.proof.rawValue)
        try transaction.addPostings([verdict.rule: 1], of: payment.payment.intake)
        let accounts = try Set(verdict.shares.map(\.account)).sorted().compactMap { try transaction.account($0) }
        guard let why = accounts.recoveryWords else { return }
        let number = try transaction.exceptionCount(ofPayment: payment.payment) + 1
        let reason = Reason.recoveryPosted
        try transaction.open(
            ReviewException(
                id: ExceptionID(payment: payment.payment, number: number), intake: payment.payment.intake,
                payment: payment.payment, reason: reason, severity: .note, amount: payment.amount,
                what: "A payment over \(payment.amount): \(reason.sentence)", whyNotPosted: why),
            at: now.description)
    }

    /// One exception for each intake whose advices have waited too long.
    private func tellOverdue(_ transaction: Transaction, _ today: CivilDate) throws {
        let day = today.advanced(by: -home.configuration.adviceGraceDays)
        let intake = try transaction.firstIntake(receivedSince: day)
        let overdue = try transaction.overdueAdvices(toldBefore: day, cameBefore: intake)
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
        try transaction.markOverdue(toldBefore: day, cameBefore: intake, at: now.description)
    }
}

/// The payments that advices may be about, found by what an advice states.
private struct AdvisedPayments {
    private struct Key: Hashable {
        let number: String
        let amount: Cents
    }

    private var all: [AdvisedPayment]
    private var byAmount: [Cents: [Int]] = [:]
    private var byNumber: [Key: [Int]] = [:]

    init(_ payments: [AdvisedPayment]) {
        all = payments
        for (index, payment) in payments.enumerated() {
            byAmount[payment.amount, default: []].append(index)
            for number in payment.numbers {
                byNumber[Key(number: number, amount: payment.amount), default: []].append(index)
            }
        }
    }

    subscript(index: Int) -> AdvisedPayment { all[index] }

    func of(_ amount: Cents) -> [Int] { byAmount[amount] ?? [] }

    mutating func mark(_ index: Int) { all[index].isAdvised = true }

    /// The one payment of the same amount that bears a number of the advice.
    func named(by advice: WaitingAdvice) -> Int? {
        var found: Int?
        for number in advice.numbers {
            for index in byNumber[Key(number: number, amount: advice.amount)] ?? [] where index != found {
                guard isOfPayer(advice.payerKey, all[index].payerKey) else { continue }
                if found != nil { return nil }
                found = index
            }
        }
        return found
    }
}
