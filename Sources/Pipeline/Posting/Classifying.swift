internal import Ledger
internal import Matching
internal import Model
internal import Review

/// Decides what becomes of one item, in order of precedence: what the bank says of it, the hold of its unit,
/// its own arithmetic, its twin, and last whose money it is.
struct Classifying {
    let matcher: Matcher
    let currency: String
    let allocation: AllocationPolicy
    /// Whether a person is told of debits: a bank statement by layout has no codes that tell a return from a bill that
    /// we paid.
    var tellsDebits = false
    /// Whether the file tells what the bank credited: a sum in it is money.
    var tellsCredits = false
    /// Whether the file is a processor's: what it keeps or takes back never reaches the bank.
    var isProcessor = false
    /// Which payments a person decides although a rule would post them.
    var sampling: Sampling?

    /// For the items of files of a format.
    init(_ home: Home, format: String, _ transaction: Transaction, sampling: Sampling?) throws {
        matcher = try home.matcher(transaction)
        currency = home.configuration.currency
        allocation = home.configuration.allocation
        tellsDebits = format == "bank-csv" || format == "processor-csv"
        tellsCredits = Sums.tellers.contains(format)
        isProcessor = format == "processor-csv"
        self.sampling = sampling
    }

    /// What keeps an item out of the books or in a hold before anybody asks whose it is; nil where nothing does.
    func obstacle(_ posted: PostedItem, in unit: UnitState) -> Obstacle? {
        let item = posted.item
        if unit.isCopy { return Obstacle(.copyNotPosted, .rejected, .none, opensException: false) }
        switch item.booking {
        case .pending: return Obstacle(.notBooked, .rejected, .none, opensException: false)
        case .unstated: return Obstacle(.bookingUnstated, .rejected, .none)
        case .booked: break
        }
        if item.kind == .fee, isProcessor { return processorFee(posted, in: unit) }
        // A fee that comes back, or a payment in the words of one, is money that the bank credited.
        let isMoney = item.direction == .credit && (item.kind == .fee || item.kind == .sum && tellsCredits)
        if !isMoney, let obstacle = noPayment(item) ?? debit(item) { return obstacle }
        if let hold = unit.hold {
            // An item without a readable amount brings nothing to the books; its unit's declared total does.
            let isNothing = posted.amount == .zero
            guard unit.isReceipt else { return Obstacle(hold, .held, .none, opensException: !isNothing) }
            return Obstacle(hold, .held, isNothing ? .none : .unresolved, opensException: false)
        }
        if item.fractionOfCent { return Obstacle(.fractionOfCent, .held, .none) }
        if !item.currency.isEmpty, item.currency != currency { return Obstacle(.currencyOther, .held, .none) }
        if posted.amount == .zero { return Obstacle(.amountZero, .rejected, .none) }
        switch item.kind {
        case .sum: return Obstacle(.sumUntold, .held, .unresolved)
        case .fee: return Obstacle(.feeNotPosted, .suspense, .suspense)
        // A processor pays nobody back by paying us: which way the money went is not sure.
        case .returned where isProcessor: return Obstacle(.returnUnmatched, .held, .none)
        case .returned: return Obstacle(.returnUnmatched, .suspense, .suspense)
        default: break
        }
        if item.kind == .correction { return Obstacle(.depositCorrected, .suspense, .suspense) }
        if linesDiffer(item) { return Obstacle(.itemOutOfBalance, .held, .unresolved) }
        return nil
    }

    /// A fee that a processor kept or gave back. It stands off the books of payments, and is journalled as a fee.
    private func processorFee(_ posted: PostedItem, in unit: UnitState) -> Obstacle {
        let item = posted.item
        if item.fractionOfCent { return Obstacle(.fractionOfCent, .rejected, .none) }
        if !item.currency.isEmpty, item.currency != currency { return Obstacle(.currencyOther, .rejected, .none) }
        let reason = unit.hold ?? (posted.amount == .zero ? .amountZero : .feeKept)
        return Obstacle(reason, .rejected, .none, opensException: false)
    }

    /// What is told for another reason than to bring money: it stands off the books whatever unit it is in.
    private func noPayment(_ item: Item) -> Obstacle? {
        switch item.kind {
        case .payment, .returned, .correction: nil
        // What the bank took as a sum is a debit like any other.
        case .sum where tellsCredits && item.direction == .debit: nil
        case .sum: Obstacle(.toldElsewhere, .rejected, .none, opensException: false)
        case .fee: Obstacle(.feeNotPosted, .rejected, .none, opensException: false)
        case .expected: Obstacle(.paymentExpected, .rejected, .none, opensException: false)
        // What a bank tells beside its sum is a part of that, and no advice that waits for a payment.
        case .advice: Obstacle(tellsCredits ? .toldElsewhere : .adviceOnly, .rejected, .none, opensException: false)
        case .notice: Obstacle(.accountNotice, .rejected, .none)
        case .answer:
            Obstacle(.collectionAnswered, .rejected, .none, opensException: !Self.agrees(item.original?.code ?? ""))
        }
    }

    /// Whether an answer says that all is well so far (ISO 20022 external code set PaymentTransactionStatus).
    private static func agrees(_ code: String) -> Bool {
        ["ACCC", "ACCP", "ACSC", "ACSP", "ACTC", "ACWC", "PDNG", "RCVD"].contains(code)
    }

    private func debit(_ item: Item) -> Obstacle? {
        guard item.direction == .debit else { return nil }
        switch item.kind {
        case .returned: return Obstacle(.returnUnmatched, .rejected, .none)
        case .correction: return Obstacle(.depositCorrected, .rejected, .none)
        default: return Obstacle(.debitNotPosted, .rejected, .none, opensException: tellsDebits)
        }
    }

    /// Whether the remittance lines all name amounts and these do not sum to the item's.
    private func linesDiffer(_ item: Item) -> Bool {
        guard !item.lines.isEmpty, item.lines.allSatisfy({ $0.amount != nil }) else { return false }
        let sum = item.lines.reduce(Optional(Cents.zero)) { sum, line in sum.flatMap { $0.adding(line.amount!) } }
        return sum != item.amount
    }

    /// Asks the matcher, and turns its verdict into where the money stands; with the accounts that it pays and whose
    /// debt was given up, or given to others to collect. The verdict of a payment that is drawn for the blind sample
    /// goes into `samples` instead.
    func match(
        _ posted: inout PostedItem, in book: WorkingBook, envelope: Envelope?, samples: inout [Sample]
    ) throws -> (verdict: Verdict, recovered: [AccountFacts]) {
        let query = MatchQuery(
            item: posted.item, payer: posted.payerKey, day: posted.dates.value, envelope: envelope)
        book.day = query.day
        var verdict = try matcher.decide(query, in: book)
        if let sampling, verdict.reason == nil, sampling.draws(posted.payment) {
            samples.append(Sample(posted.payment, verdict))
            verdict = Sampling.blind(try matcher.examine(query, in: book, isBlind: true))
        }
        posted.rule = verdict.rule
        posted.proof = verdict.proof.rawValue
        posted.reason = verdict.reason
        var recovered: [AccountFacts] = []
        if verdict.reason == nil {
            for share in verdict.shares {
                let facts = try account(share.account, in: book)
                if facts.isRecovery, !recovered.contains(where: { $0.number == facts.number }) {
                    recovered.append(facts)
                }
                posted.parts += give(share, to: facts, in: book, on: query.day)
            }
            precondition(posted.parts.map(\.cents).sum == posted.amount, "the shares of an item sum to it")
            posted.status = .posted
            posted.books = .posted
        } else {
            (posted.status, posted.books) = Self.standing(verdict.reason)
            posted.twin = verdict.twin ?? posted.twin
            posted.candidates = try verdict.candidates.map { try row(of: $0, for: posted, in: book) }
        }
        return (verdict, recovered)
    }

    /// Where the money of an item stands that the matcher does not post.
    private static func standing(_ reason: Reason?) -> (PaymentStatus, Books) {
        switch reason {
        case .accountFlagged: (.held, .onHold)
        case .duplicateSuspected: (.duplicate, .onHold)
        default: (.suspense, .suspense)
        }
    }

    /// Asks the matcher for the accounts that an item which is held for another reason may belong to.
    func rank(_ posted: inout PostedItem, in book: WorkingBook) throws {
        let query = MatchQuery(item: posted.item, payer: posted.payerKey, day: posted.dates.value)
        book.day = query.day
        posted.candidates = try matcher.candidates(query, in: book).map { try row(of: $0, for: posted, in: book) }
    }

    /// Looks for the line that keeps a list from adding up, for the person who decides. The item stays where it is.
    func examine(_ posted: inout PostedItem, in book: WorkingBook) throws -> String {
        book.day = posted.dates.value
        let query = MatchQuery(item: posted.item, payer: posted.payerKey, day: posted.dates.value)
        let verdict = try matcher.examineList(query, in: book)
        posted.rule = verdict.rule
        posted.candidates = try verdict.candidates.map { try row(of: $0, for: posted, in: book) }
        return verdict.why
    }

    private func account(_ number: String, in book: WorkingBook) throws -> AccountFacts {
        guard let facts = try book.account(number) else {
            preconditionFailure("the matcher posts to accounts of the book only")
        }
        return facts
    }

    /// Splits a share over its account's bills; what is given is noted in the book at once.
    private func give(_ share: Share, to facts: AccountFacts, in book: WorkingBook, on day: CivilDate) -> [Part] {
        let split = Part.parts(of: share.cents, bill: share.bill, to: facts, policy: allocation, on: day)
        book.pay(split)
        return split
    }

    /// What would be posted if a person agrees with a candidate: all of it to its account, or as is proposed.
    private func proposedParts(
        of candidate: Candidate, for posted: PostedItem, in book: WorkingBook
    ) throws -> [Part] {
        let whole = [Share(account: candidate.account, cents: posted.amount)]
        var accounts: [String: AccountFacts] = [:]
        var parts: [Part] = []
        for share in candidate.proposal.isEmpty ? whole : candidate.proposal {
            var facts = try accounts[share.account] ?? account(share.account, in: book)
            let split = Part.parts(
                of: share.cents, bill: share.bill, to: facts, policy: allocation, on: posted.dates.value)
            facts.pay(split)
            accounts[share.account] = facts
            parts += split
        }
        return parts
    }

    private func row(of candidate: Candidate, for posted: PostedItem, in book: WorkingBook) throws -> CandidateRow {
        let posting = try proposedParts(of: candidate, for: posted, in: book)
        return CandidateRow(
            account: candidate.account, name: candidate.name, score: min(100, max(0, candidate.score)),
            evidence: JSON.array(candidate.evidence.map(JSON.string)).line,
            posting: JSON.array(
                posting.map {
                    [
                        "ledger_account": .string($0.kind.ledgerAccount.rawValue), "account": .string($0.account),
                        "bill": JSON($0.bill), "amount": JSON($0.cents),
                    ]
                }
            ).line)
    }
}

/// What is known of the unit an item stands in.
struct UnitState {
    var isCopy = false
    /// Why the unit is held whole; nil where it balances.
    var hold: Reason?
    /// Whether the unit brings money to the books at all.
    var isReceipt = true
}

/// Why an item is not matched, and where it stands then.
struct Obstacle {
    let reason: Reason
    let status: PaymentStatus
    let books: Books
    /// Whether a person must look at it; a held unit has its own exception.
    let opensException: Bool

    init(_ reason: Reason, _ status: PaymentStatus, _ books: Books, opensException: Bool = true) {
        self.reason = reason
        self.status = status
        self.books = books
        self.opensException = opensException
    }
}
