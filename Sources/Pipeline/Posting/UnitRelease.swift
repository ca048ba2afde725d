internal import Files
internal import Ledger
internal import Matching
internal import Model
internal import Review

/// Decides the items of a held unit by the same rules as if it had balanced when it came.
struct UnitRelease: Releasing {
    let home: Home
    let now: Moment

    func release(
        _ items: [DecidedItem], directed: [PaymentID: [Decision.Allocation]], decision: Int64,
        _ transaction: Transaction
    ) throws {
        for intake in Set(items.map(\.payment.intake)).sorted() {
            let own = items.filter { $0.payment.intake == intake }
            var walk = try ReleaseWalk(home, now, transaction, intake: intake, directed: directed, decision: decision)
            var start = own.startIndex
            while start < own.endIndex {
                let key = own[start].envelope
                let end = own[start...].firstIndex {
                    key == nil ? $0.payment != own[start].payment : $0.envelope != key
                }
                let envelope = Array(own[start..<(end ?? own.endIndex)])
                try walk.take(envelope)
                start = end ?? own.endIndex
            }
            try walk.finish()
        }
    }
}

/// The released items of one file, one after another.
private struct ReleaseWalk {
    private let home: Home
    private let now: Moment
    private let transaction: Transaction
    private let intake: IntakeID
    private let directed: [PaymentID: [Decision.Allocation]]
    private let decision: Int64
    private let layout: String?
    private let classifying: Classifying
    private let book: WorkingBook
    private let collections: Collections
    private var advices: Advices
    private var postings: [String: Int64] = [:]
    private var samples: [Sample] = []

    init(
        _ home: Home, _ now: Moment, _ transaction: Transaction, intake id: IntakeID,
        directed: [PaymentID: [Decision.Allocation]], decision: Int64
    ) throws {
        self.home = home
        self.now = now
        self.transaction = transaction
        intake = id
        self.directed = directed
        self.decision = decision
        let file = try transaction.intake(id)
        layout = file?.layout
        // A person has looked at them: none is drawn for the blind sample.
        classifying = try Classifying(home, format: file?.format ?? "", transaction, sampling: nil)
        book = try WorkingBook(
            transaction, day: home.configuration.calendar.localDate(now), before: PaymentID(intake: id, place: 1).key,
            holds: { home.configuration.holds($0) })
        collections = try Collections(transaction)
        advices = try Advices(transaction, currency: home.configuration.currency)
    }

    mutating func finish() throws {
        try advices.flushed()
        try transaction.addPostings(postings, of: intake)
    }

    /// Decides the items of one envelope, or one that came alone.
    mutating func take(_ items: [DecidedItem]) throws {
        var laid: [(posted: PostedItem, from: PaymentState, exception: ReviewException?, isSettled: Bool)] = []
        let papers = items.map { (home.item(of: $0, layout: layout), $0.payerKey) }
        var envelope = items.count > Posting.papersMax ? nil : classifying.matcher.envelope(of: papers)
        for (place, item) in items.enumerated() {
            guard let state = try transaction.state(of: item.payment) else { continue }
            var posted = self.posted(item, state)
            let settled = try settle(&posted, in: envelope?.seen(from: place))
            laid.append((posted, state, settled?.exception, settled != nil))
        }
        for place in laid.indices where laid[place].isSettled { envelope?.keepOut(place) }
        for place in laid.indices {
            var (posted, from, exception, isSettled) = laid[place]
            if !isSettled { exception = try match(&posted, in: envelope?.seen(from: place)) }
            if posted.status == .posted {
                envelope?.post(
                    place, to: posted.parts.map { Share(account: $0.account, bill: $0.bill, cents: $0.cents) })
            } else {
                envelope?.keepOut(place)
            }
            try move(posted, from)
            if let exception { try transaction.open(exception, at: now.description) }
        }
    }

    private func posted(_ item: DecidedItem, _ state: PaymentState) -> PostedItem {
        let dates = PaymentDates(
            received: item.receivedOn, deposit: item.valueOn, value: item.valueOn, effective: state.effective,
            posted: home.configuration.calendar.postingDay(now))
        var posted = PostedItem(
            payment: item.payment, batch: 0, item: home.item(of: item, layout: layout), amount: item.amount,
            dates: dates)
        (posted.payerKey, posted.bankKey, posted.twin) = (item.payerKey, state.bankKey, state.twin)
        (posted.rule, posted.proof) = ("not-matched/1", "P3")
        return posted
    }

    /// What keeps an item out of matching; nil where it is free.
    private mutating func settle(_ posted: inout PostedItem, in envelope: Envelope?) throws -> Settled? {
        let isDirected = directed[posted.payment] != nil
        var obstacle = classifying.obstacle(posted, in: UnitState())
        if isDirected, posted.amount > .zero { obstacle = nil }
        if let twin = try transaction.standingTwin(of: posted.payment) { posted.twin = twin }
        let isSuspect = posted.twin != nil && (obstacle?.reason == .sumUntold || obstacle?.books == .suspense)
        if let obstacle, !isSuspect {
            if obstacle.reason == .amountZero, envelope?.isCouponOfChecks == true {
                return Settled(try hold(&posted, Obstacle(.couponEnclosed, .rejected, .none, opensException: false)))
            }
            if obstacle.reason == .itemOutOfBalance {
                return Settled(try hold(&posted, obstacle, why: try classifying.examine(&posted, in: book)))
            }
            // The bank has credited it: it stays where a person finds it.
            let isCredited = obstacle.books == .none && posted.amount > .zero
            return Settled(
                try hold(&posted, isCredited ? Obstacle(obstacle.reason, .held, .unresolved) : obstacle))
        }
        if let twin = posted.twin {
            return Settled(
                try hold(
                    &posted, Obstacle(.duplicateSuspected, .duplicate, .onHold),
                    why: "It shares a number with payment \(twin), which no two payments share."))
        }
        if isDirected { return Settled(try post(&posted)) }
        if let entry = try collections.ended(by: posted.item, amount: posted.amount) {
            return Settled(
                try hold(
                    &posted, Obstacle(.collectionReturned, .suspense, .suspense),
                    why: "\(try collections.words(of: entry)) The bank had returned or rejected it before."))
        }
        try collections.direct(&posted.item, amount: posted.amount)
        try advices.direct(&posted)
        return nil
    }

    private func hold(_ posted: inout PostedItem, _ obstacle: Obstacle, why: String? = nil) throws -> ReviewException? {
        (posted.status, posted.books, posted.reason) = (obstacle.status, obstacle.books, obstacle.reason)
        guard obstacle.opensException else { return nil }
        let isOurs = posted.item.currency == home.configuration.currency && posted.amount > .zero
        if posted.candidates.isEmpty, posted.item.kind == .payment, isOurs { try classifying.rank(&posted, in: book) }
        posted.rule = "not-matched/1"
        return try exception(posted, obstacle.reason, why: why ?? obstacle.reason.sentence)
    }

    /// Gives an item to whom a person said who keyed it.
    private func post(_ posted: inout PostedItem) throws -> ReviewException? {
        let shares = directed[posted.payment] ?? []
        let policy = home.configuration.review.allocation
        guard let parts = try transaction.spread(shares, policy: policy, on: posted.dates.value) else {
            throw DecisionRefused("an account of the allocations is not in the book")
        }
        posted.parts = parts
        book.pay(parts)
        (posted.status, posted.books, posted.reason) = (.posted, .posted, nil)
        let accounts = try Set(parts.map(\.account)).sorted().compactMap { try book.account($0) }
        return try accounts.filter(\.isRecovery).recoveryWords.map { try exception(posted, .recoveryPosted, why: $0) }
    }

    private mutating func match(_ posted: inout PostedItem, in envelope: Envelope?) throws -> ReviewException? {
        let (verdict, recovered) = try classifying.match(&posted, in: book, envelope: envelope, samples: &samples)
        if let reason = verdict.reason { return try exception(posted, reason, why: verdict.why) }
        postings[verdict.rule, default: 0] += 1
        return try recovered.recoveryWords.map { try exception(posted, .recoveryPosted, why: $0) }
    }

    private func exception(_ posted: PostedItem, _ reason: Reason, why: String) throws -> ReviewException {
        ReviewException(
            of: posted, reason, why: why, currency: home.configuration.currency,
            number: try transaction.exceptionCount(ofPayment: posted.payment) + 1)
    }

    /// Moves the money of an item to where it was decided to stand.
    private func move(_ posted: PostedItem, _ from: PaymentState) throws {
        let target = posted.books.ledgerAccount
        if let source = from.books.ledgerAccount, from.amount > .zero, target != source {
            guard posted.books != .none else {
                throw LedgerFault("payment \(posted.payment) was credited and would leave the books")
            }
            let lines = target.map { [JournalLine($0, -from.amount)] } ?? posted.parts.map(JournalLine.init(crediting:))
            let entry = try transaction.addEntry(
                of: from, kind: "decision", decision: decision, postedOn: posted.dates.posted,
                lines: [JournalLine(source, from.amount)] + lines)
            try transaction.allocate(posted.parts, of: posted.payment, entry: entry)
        }
        try transaction.release(posted)
        for lesson in posted.lessons {
            try transaction.learn(payer: lesson.payer, account: lesson.account, on: lesson.on)
        }
    }
}
