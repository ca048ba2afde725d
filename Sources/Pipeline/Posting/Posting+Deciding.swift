internal import Ledger
internal import Matching
internal import Model
internal import Review

/// What is said of an item that is not matched: the exception it opens, where a person must look at it.
struct Settled {
    let exception: ReviewException?

    init(_ exception: ReviewException?) { self.exception = exception }
}

// One item: told before, a return, kept out, a twin, or whose money it is.
extension Posting {
    /// Says where an item stands that is kept out of matching: told before, a return, an obstacle, a twin. Nil where it
    /// is free to be matched.
    mutating func settleUnmatched(_ posted: inout PostedItem) throws -> Settled? {
        let sum = tally.batches[batchIndex]
        let unit = UnitState(
            isCopy: tally.deposits[sum.deposit].deposit.isCopy, hold: tally.hold(ofBatch: batchIndex),
            isReceipt: isReceipt(sum))
        if isOurs(posted), !unit.isCopy, let first = try retelling.first(of: posted) ?? wholeOf(posted) {
            if first.isSure { return Settled(tellTwice(&posted, first.payment)) }
            // A held unit is held whole, whatever is suspected of its items.
            if unit.hold == nil, posted.item.direction == .credit {
                return Settled(try suspect(&posted, first.payment))
            }
        }
        if isSoundReturn(posted, in: unit) {
            let found = try taken(by: posted)
            if let gone = found.gone.last { return Settled(try suspectReturn(&posted, of: gone)) }
            if found.standing.count == 1 {
                try takeBack(found.standing[0], by: &posted)
                return Settled(nil)
            }
        }
        let obstacle = classifying.obstacle(posted, in: unit)
        if let obstacle, obstacle.books == .none, let answer = try collected(&posted, obstacle, in: unit) {
            return Settled(try settle(&posted, answer.obstacle, why: answer.why))
        }
        if obstacle?.status != .rejected, posted.item.direction == .credit {
            posted.twin = try twins.twin(
                of: posted, batch: tally.batches[batchIndex].number, isACH: intake.format == "nacha")
        }
        if obstacle?.reason == .feeKept, let first = try sentBefore(posted) {
            return Settled(tellTwice(&posted, first))
        }
        let isSuspect = posted.twin != nil && (obstacle?.reason == .sumUntold || obstacle?.books == .suspense)
        if let obstacle, !isSuspect {
            if obstacle.reason == .amountZero, opened?.isCouponOfChecks == true {
                return Settled(
                    try settle(&posted, Obstacle(.couponEnclosed, .rejected, .none, opensException: false)))
            }
            if obstacle.reason == .itemOutOfBalance { return Settled(try examine(&posted, obstacle)) }
            return Settled(try settle(&posted, obstacle, why: try sums.why(posted, obstacle)))
        }
        let again = posted.item.direction == .credit ? try overlaps.take(posted, twin: posted.twin) : nil
        if let twin = posted.twin {
            return Settled(
                try settle(
                    &posted, Obstacle(.duplicateSuspected, .duplicate, .onHold),
                    why: try sharing(posted, with: twin)))
        }
        if let again {
            posted.twin = again.payment
            twins.suspected()
            return Settled(
                try settle(&posted, Obstacle(.duplicateSuspected, .duplicate, .onHold), why: again.why))
        }
        if let entry = try collections.ended(by: posted.item, amount: posted.amount) {
            if let day = entry.takenBackOn {
                // Its return came first: it goes through the books and out again, as in the order of the bank.
                takenBack.append((posted.payment, day))
                return Settled(
                    try settle(
                        &posted, Obstacle(.collectionReturned, .suspense, .suspense, opensException: false)))
            }
            return Settled(
                try settle(
                    &posted, Obstacle(.collectionReturned, .suspense, .suspense),
                    why: "\(try collections.words(of: entry)) The bank had returned or rejected it before."))
        }
        try collections.direct(&posted.item, amount: posted.amount)
        try advices.direct(&posted)
        return nil
    }

    /// Says whose the money of an item is. Returns the exception it opens, where a person must say.
    mutating func match(_ posted: inout PostedItem) throws -> ReviewException? {
        let (verdict, recovered) = try classifying.match(&posted, in: book, envelope: opened, samples: &samples)
        if verdict.reason == nil { postings[verdict.rule, default: 0] += 1 }
        if verdict.twin != nil { twins.suspected() }
        return verdict.reason.map { exception(posted, $0, why: verdict.why) } ?? recovery(posted, recovered)
    }

    /// Why an item is held that shares a number with another payment.
    private func sharing(_ posted: PostedItem, with twin: PaymentID) throws -> String {
        let why = "It shares a number with payment \(twin), which no two payments share."
        guard let day = try transaction.depositDay(of: twin) else { return why }
        let apart = abs(posted.dates.deposit.daysSinceEpoch - day.daysSinceEpoch)
        guard apart > home.configuration.duplicateDays else { return why }
        return why + " They are \(apart) days apart: the payer may have begun the numbers anew."
    }

    /// Whether an item is money of the office's currency.
    func isOurs(_ posted: PostedItem) -> Bool {
        posted.amount > .zero && posted.item.currency == home.configuration.currency
    }

    /// The same fee of a file that came before: a processor's file was sent again in other bytes.
    func sentBefore(_ posted: PostedItem) throws -> PaymentID? {
        let item = posted.item
        guard !item.trace.isEmpty else { return nil }
        return try transaction.fee(
            trace: item.trace, amount: posted.amount, direction: item.direction, before: intake.id)
    }

    /// The credit by which another report told all of the batch at hand, and which stands on a customer's account.
    func wholeOf(_ posted: PostedItem) -> Retold? {
        let item = posted.item
        guard let whole, item.direction == .credit, item.booking == .booked, !item.fractionOfCent else { return nil }
        return Retold(payment: whole, isSure: false)
    }

    /// Another report told it: it stands once.
    func tellTwice(_ posted: inout PostedItem, _ first: PaymentID) -> ReviewException? {
        posted.twin = first
        (posted.status, posted.books, posted.reason) = (.duplicate, .none, .toldTwice)
        (posted.rule, posted.proof) = ("told-by-report/1", "P2")
        return nil
    }

    /// Another report may have told it: a person compares the two.
    func suspect(_ posted: inout PostedItem, _ first: PaymentID) throws -> ReviewException? {
        posted.twin = first
        return try settle(
            &posted, Obstacle(.duplicateSuspected, .duplicate, .onHold),
            why: "Another report of this bank account and day tells payment \(first), alone or with others in one sum, "
                + "and no number on them shows whether they are the same money.")
    }

    /// The payments that a booked return may take back.
    mutating func taken(by posted: PostedItem) throws -> ReturnFinding {
        // The payment may stand in this very file: what waits is written first.
        precondition(!book.paysBills, "a file that takes payments back is matched in the ledger")
        try flush()
        try writeWaiting()
        let item = posted.item
        var search = ReturnSearch(amount: posted.amount)
        search.trace = item.original?.trace ?? ""
        search.endToEnds = [item.original?.endToEnd ?? "", item.endToEnd]
        (search.payerKey, search.checkNumber) = (posted.payerKey, item.checkNumber)
        search.routing = item.original?.routing ?? ""
        // A NACHA return that takes money from us is of a debit of our own: never of a credit that another sent us,
        // however alike the numbers are.
        let isOfOwnDebit = intake.format == "nacha" && item.original?.code != Original.reversal
        search.tenders = isOfOwnDebit ? [item.tender] : item.tender.kin
        return try transaction.payments(takenBackBy: search)
    }

    /// A return with the numbers of one that was carried out: told again or another one, a person says which.
    func suspectReturn(_ posted: inout PostedItem, of gone: PaymentID) throws -> ReviewException? {
        let earlier = try transaction.return(of: gone) ?? gone
        posted.twin = earlier
        return try settle(
            &posted, Obstacle(.duplicateSuspected, .duplicate, .none),
            why: "The bank took payment \(gone) back before (\(earlier)), and no number tells this return from that "
                + "one. Nothing was taken back for it.")
    }

    /// Takes the one payment back that a booked return speaks of.
    mutating func takeBack(_ payment: PaymentID, by posted: inout PostedItem) throws {
        let item = posted.item
        try transaction.takeBack(
            payment, on: posted.dates.value, postedOn: dating.postingDay, postingBatch: postingBatch,
            at: now.description)
        try transaction.closeExceptions(of: payment, at: now.description, on: dating.today)
        posted.twin = payment
        (posted.status, posted.books, posted.rule, posted.proof) = (.returned, .none, "return-by-number/1", "P2")
        // The same numbers cannot end the entry of our own once more.
        if case .one(let entry) = try collections.finding(of: item, amount: posted.amount) {
            collections.end(entry, by: posted.payment)
        }
    }

    /// Whether a return says for certain that the bank took so much of our money back.
    func isSoundReturn(_ posted: PostedItem, in unit: UnitState) -> Bool {
        let item = posted.item
        return item.isReturn && item.direction == .debit && item.booking == .booked && !unit.isCopy && unit.hold == nil
            && item.original?.isDisputed != true && item.currency == home.configuration.currency
            && !item.fractionOfCent && posted.amount > .zero
    }

    /// What a return, an answer or a notice does to the entry of our own collection file that it speaks of: a return
    /// and a rejection end it. No money moves, for an entry brings none. Nil where the item is none of these.
    mutating func collected(
        _ posted: inout PostedItem, _ obstacle: Obstacle, in unit: UnitState
    ) throws -> (obstacle: Obstacle, why: String?)? {
        let item = posted.item
        switch obstacle.reason {
        case .returnUnmatched:
            let finding = try collections.finding(of: item, amount: posted.amount)
            guard case .one(let entry) = finding, isSoundReturn(posted, in: unit) else {
                return (obstacle, try words(of: finding))
            }
            let why = try collections.words(of: entry) + " " + collections.standing(of: entry)
            collections.end(entry, by: posted.payment)
            posted.twin = entry.payment
            return (Obstacle(.collectionReturned, .returned, .none), why)
        case .collectionAnswered:
            if let unit = try collections.unit(rejectedBy: item) {
                collections.end(unit, by: posted.payment)
                return (
                    obstacle,
                    "It rejects all open entries of our own collection file, intake \(unit.intake), at once: "
                        + "\(unit.entries) over \(unit.cents)."
                )
            }
            // An answer need not tell the amount.
            let finding = try collections.finding(of: item, amount: posted.amount == .zero ? nil : posted.amount)
            let why = try words(of: finding)
            if case .one(let entry) = finding, item.original?.isRejected == true {
                collections.end(entry, by: posted.payment)
                posted.twin = entry.payment
            }
            return (obstacle, why)
        case .accountNotice:
            guard let change = item.original?.change else { return nil }
            guard case .one(let entry) = try collections.subject(of: item) else {
                return (Obstacle(.noticeUnmatched, .rejected, .none), try words(of: collections.subject(of: item)))
            }
            try collections.tell(change, code: item.original?.code ?? "", of: entry, by: posted.payment)
            posted.twin = entry.payment
            return (Obstacle(.accountNotice, .rejected, .none, opensException: false), nil)
        default: return nil
        }
    }

    func words(of finding: Collections.Finding) throws -> String? {
        switch finding {
        case .none: nil
        case .one(let entry): try collections.words(of: entry)
        case .ended(let entry): "\(try collections.words(of: entry)) The bank had returned or rejected it before."
        case .several: "It may speak of more than one payment to come of our own collection files."
        }
    }

    /// Holds an item whose lines do not add up, with what a person needs to mend it.
    func examine(_ posted: inout PostedItem, _ obstacle: Obstacle) throws -> ReviewException? {
        let why = try classifying.examine(&posted, in: book)
        let rule = posted.rule
        defer { posted.rule = rule }
        return try settle(&posted, obstacle, why: why)
    }

    func settle(_ posted: inout PostedItem, _ obstacle: Obstacle, why: String? = nil) throws -> ReviewException? {
        posted.status = obstacle.status
        posted.books = obstacle.books
        posted.reason = obstacle.reason
        posted.rule = "not-matched/1"
        guard obstacle.opensException else { return nil }
        // Who decides it needs to know whose it may be, as with an item that the matcher could not place.
        if posted.candidates.isEmpty, posted.item.kind == .payment, posted.item.direction == .credit, isOurs(posted) {
            try classifying.rank(&posted, in: book)
        }
        return exception(posted, obstacle.reason, why: why ?? obstacle.reason.sentence)
    }

    func exception(_ posted: PostedItem, _ reason: Reason, why: String) -> ReviewException {
        let item = posted.item
        let who = item.payer.isEmpty ? "" : " from \(item.payer)"
        let check = item.checkNumber.isEmpty ? "A check" : "Check \(item.checkNumber)"
        let credit = item.tender == .check ? check : "Credit"
        let payment = item.direction == .debit ? "Debit" : credit
        let kind = item.kind.word.map { "\($0)\(item.original?.summary ?? "")" } ?? payment
        // A clerk takes an amount without a word for one of the office's own.
        let isOwn = item.currency.isEmpty || item.currency == home.configuration.currency
        let currency = isOwn ? "" : " \(item.currency)"
        var exception = ReviewException(
            id: ExceptionID(payment: posted.payment, number: 1), intake: intake.id, payment: posted.payment,
            reason: reason, severity: isForKnowing(reason, posted.books) ? .note : .fault,
            amount: posted.amount,
            what: "\(kind)\(who) over \(posted.amount)\(currency): \(reason.sentence)", whyNotPosted: why)
        if reason == .sumUntold { exception.waitingFor = "the file that tells its payments" }
        return exception
    }

    /// Tells of money that was posted to accounts whose debt the office has given up, or given to others to collect:
    /// nobody may go on collecting it. Nil where none is such.
    private func recovery(_ posted: PostedItem, _ accounts: [AccountFacts]) -> ReviewException? {
        accounts.recoveryWords.map { exception(posted, .recoveryPosted, why: $0) }
    }

    /// Whether nothing is left to decide about its money, so that a note closes it.
    func isForKnowing(_ reason: Reason, _ books: Books) -> Bool {
        switch reason {
        case .amountZero, .bookingUnstated, .recoveryPosted: true
        case .collectionAnswered, .accountNotice, .noticeUnmatched: books == .none
        default: false
        }
    }
}

extension [AccountFacts] {
    /// Which of the accounts that were paid recover a debt, in words; nil where none does.
    var recoveryWords: String? {
        let recovered = filter(\.isRecovery).map { "account \($0.number) is \($0.status.words)" }
        guard !recovered.isEmpty else { return nil }
        return "Its account is proven, and \(recovered.joined(separator: ", "))."
    }
}

extension ItemKind {
    /// What a clerk calls it; nil for a payment, which has names of its own.
    fileprivate var word: String? {
        switch self {
        case .payment: nil
        case .returned: "Return"
        case .correction: "Correction"
        case .sum: "Sum"
        case .fee: "Fee"
        case .expected: "Payment to come"
        case .advice: "Advice"
        case .notice: "Notice"
        case .answer: "Answer"
        }
    }
}

extension Original {
    /// Its code and the number of the earlier item, to stand behind the word for the item.
    fileprivate var summary: String {
        let number = trace.isEmpty ? endToEnd : trace
        return (code.isEmpty ? "" : " \(code)") + (number.isEmpty ? "" : " of \(number)")
    }
}
