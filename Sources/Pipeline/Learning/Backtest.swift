internal import Ledger
internal import Matching
package import Model

/// What would post differently: payments of the past, asked once more under the rules and the policy of today.
///
/// Each is asked about the book as it stood then, which went on as it really did: what would have followed from one
/// answer changes no other. Nothing is written to the ledger.
package struct Backtest {
    /// How an answer differs from what was done.
    package enum Change: String, Sendable, CaseIterable {
        /// Would post, and did not.
        case new
        /// Posted, and would not.
        case lost
        /// Would post to other accounts.
        case changed
    }

    /// How an answer stands to what people decided in the end.
    package enum Judgement: String, Sendable {
        case right
        case wrong
        /// No person has decided about it.
        case undecided
    }

    /// One payment that would post differently.
    package struct Finding: Sendable {
        package var payment: PaymentID
        package var amount: Cents
        package var change: Change
        package var judgement: Judgement
        /// By which rule, and to whom or why not: then, and now.
        package var ruleThen: String
        package var ruleNow: String
        package var accountsThen: [String]
        package var accountsNow: [String]
        package var why: String
    }

    /// How many, and over how much.
    package struct Sum: Sendable {
        package var count = 0
        package var cents = Cents.zero

        mutating func add(_ amount: Cents) {
            count += 1
            cents += amount
        }
    }

    /// All that was found.
    package struct Report: Sendable {
        package var items = Sum()
        package var postedThen = Sum()
        package var postedNow = Sum()
        /// Payments that would post against what people decided in the end: the number that matters.
        package var wrongNow = Sum()
        /// Those that were posted then.
        package var wrongThen = Sum()
        /// Payments of the blind sample that no person has decided: they are not asked about, for an answer would tell
        /// the reviewer what the rule chose.
        package var samplesWaiting = Sum()
        /// Payments that were posted by rules which only suggest by now; they are asked about as if these still posted.
        package var demotedSince = Sum()
        package var changes: [Change: [Judgement: Sum]] = [:]

        /// All findings of a kind, however they were judged.
        package func sum(_ change: Change, _ judgement: Judgement? = nil) -> Sum {
            var sum = Sum()
            for (key, part) in changes[change] ?? [:] where judgement == nil || key == judgement {
                sum.count += part.count
                sum.cents += part.cents
            }
            return sum
        }
    }

    private let home: Home
    private let from: CivilDate
    private let to: CivilDate

    /// Of payments received from one day to another, both included. `home` is opened with the changes to try out.
    package init(home: Home, from: CivilDate, to: CivilDate) {
        self.home = home
        self.from = from
        self.to = to
    }

    /// Walks the history. `progress` is told how many items of how many are done.
    package func run(
        progress: (_ done: Int64, _ all: Int64) -> Void = { _, _ in }, each: (Finding) throws -> Void
    ) throws -> Report {
        try home.ledger.rehearse { transaction in
            let intakes = try transaction.walkedIntakes(from: from, to: to)
            var report = Report()
            guard let first = intakes.first else { return report }
            var rehearsal = try Rehearsal(transaction, before: first.past)
            let matcher = try home.matcher(transaction)
            let demoted = matcher.policy.demotedRules
            let all = intakes.reduce(Int64(0)) { $0 + $1.intake.items }
            var done: Int64 = 0
            for walked in intakes {
                try rehearsal.advance(to: walked.past)
                // A book for each file, as it was posted.
                let book = try WorkingBook(transaction, day: from, holds: { home.configuration.holds($0) })
                let first = PaymentID(intake: walked.intake.id, place: 0).key
                try transaction.decidedItems(first...first + PaymentID.placesMax) { decided in
                    let query = try home.query(decided, layout: walked.past.layout, transaction)
                    book.day = query.day
                    book.past = walked.past
                    book.past?.payment = decided.payment
                    let isReceived = (from...to).contains(decided.receivedOn)
                    let isWaiting = try decided.isUndecidedSample(transaction)
                    var verdict: Verdict?
                    if isReceived, isWaiting { report.samplesWaiting.add(decided.amount) }
                    if isReceived, !isWaiting {
                        let then = try decided.demotions(demoted, transaction)
                        if then.count < demoted.count { report.demotedSince.add(decided.amount) }
                        verdict = try matcher.demoting(then).decide(query, in: book)
                    }
                    for account in try rehearsal.accounts(of: decided.payment, in: walked.past.postingBatch) {
                        _ = try book.account(account)
                    }
                    let parts = try rehearsal.take(decided.payment, in: walked.past.postingBatch)
                    book.pay(parts)
                    done += 1
                    if done % 1000 == 0 { progress(done, all) }
                    // What was looked up is forgotten now and then, and where a part went back on a bill.
                    if done % 4096 == 0 || parts.contains(where: { $0.cents < .zero }) { book.written() }
                    guard let verdict else { return }
                    let judge = Judge(transaction, decided, verdict, parts)
                    if let finding = try judge.finding(&report) { try each(finding) }
                }
                try rehearsal.finish(walked.intake.id, in: walked.past.postingBatch)
            }
            return report
        }
    }
}

extension Matcher {
    fileprivate func demoting(_ rules: Set<String>) -> Matcher {
        var matcher = self
        matcher.policy.demotedRules = rules
        return matcher
    }
}

extension DecidedItem {
    /// Whether it was drawn for a blind decision that nobody has made yet.
    fileprivate func isUndecidedSample(_ transaction: Transaction) throws -> Bool {
        guard reason == .sampledForReview else { return false }
        return try !transaction.isDecidedByPerson(payment)
    }

    /// The rules that only suggest, as they stood for the rule that decided it then: what is compared is the rules and
    /// the policy, not what was learnt of a rule since.
    fileprivate func demotions(_ today: Set<String>, _ transaction: Transaction) throws -> Set<String> {
        switch reason {
        case .ruleDemoted: today.union([rule])
        case .sampledForReview: today.subtracting([try transaction.sample(payment)?.rule ?? ""])
        case nil: today.subtracting([rule])
        default: today
        }
    }
}

/// Holds one answer against what was done then and what people decided in the end.
private struct Judge {
    let transaction: Transaction
    let decided: DecidedItem
    let verdict: Verdict
    let parts: [Part]

    init(_ transaction: Transaction, _ decided: DecidedItem, _ verdict: Verdict, _ parts: [Part]) {
        self.transaction = transaction
        self.decided = decided
        self.verdict = verdict
        self.parts = parts
    }

    func finding(_ report: inout Backtest.Report) throws -> Backtest.Finding? {
        let (before, now) = (try sharesThen(), verdict.sharesByAccount)
        report.items.add(decided.amount)
        if !before.isEmpty { report.postedThen.add(decided.amount) }
        if !now.isEmpty { report.postedNow.add(decided.amount) }
        let people = try sharesByPeople(before)
        if let people, !before.isEmpty, before != people { report.wrongThen.add(decided.amount) }
        if let people, !now.isEmpty, now != people { report.wrongNow.add(decided.amount) }
        guard before != now else { return nil }
        let change: Backtest.Change = before.isEmpty ? .new : now.isEmpty ? .lost : .changed
        let judgement = judge(now, before, people)
        report.changes[change, default: [:]][judgement, default: Backtest.Sum()].add(decided.amount)
        return Backtest.Finding(
            payment: decided.payment, amount: decided.amount, change: change, judgement: judgement,
            ruleThen: decided.rule, ruleNow: verdict.rule, accountsThen: before.keys.sorted(),
            accountsNow: now.keys.sorted(), why: verdict.why)
    }

    /// What the rules gave to each account then; of a blind sample, what they would have given.
    private func sharesThen() throws -> Shares {
        if decided.reason == .sampledForReview {
            return Shares(try transaction.sample(decided.payment)?.shares ?? [])
        }
        // What was held may have been posted by the lines of an advice that came later.
        guard decided.reason == nil else { return Shares(try transaction.sharesByRule(of: decided.payment)) }
        return parts.reduce(into: [:]) { if $1.cents > .zero { $0[$1.account, default: .zero] += $1.cents } }
    }

    /// What each account has in the end by a person's word; nil where no person has said anything.
    private func sharesByPeople(_ before: Shares) throws -> Shares? {
        // A payment that stands as a rule posted it needs no second look.
        if !before.isEmpty, decided.reason != .sampledForReview, decided.books == .posted {
            let standing = Shares(try transaction.standingShares(of: decided.payment))
            if standing == before { return nil }
            return try transaction.isDecidedByPerson(decided.payment) ? standing : nil
        }
        guard try transaction.isDecidedByPerson(decided.payment) else { return nil }
        return Shares(try transaction.standingShares(of: decided.payment))
    }

    /// To post what people decided is right, and so is not to post what they did not let stand.
    private func judge(_ now: Shares, _ before: Shares, _ people: Shares?) -> Backtest.Judgement {
        guard let people else { return .undecided }
        if now.isEmpty { return before == people ? .wrong : .right }
        return now == people ? .right : .wrong
    }
}
