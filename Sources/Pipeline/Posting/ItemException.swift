internal import Ledger
internal import Model
internal import Review

extension ReviewException {
    /// What a person is told of an item that is not posted, or of one that is and is worth telling.
    init(of posted: PostedItem, _ reason: Reason, why: String, currency own: String, number: Int = 1) {
        let item = posted.item
        let who = item.payer.isEmpty ? "" : " from \(item.payer)"
        let check = item.checkNumber.isEmpty ? "A check" : "Check \(item.checkNumber)"
        let credit = item.tender == .check ? check : "Credit"
        let payment = item.direction == .debit ? "Debit" : credit
        let kind = item.kind.word.map { "\($0)\(item.original?.summary ?? "")" } ?? payment
        // A clerk takes an amount without a word for one of the office's own.
        let isOwn = item.currency.isEmpty || item.currency == own
        let currency = isOwn ? "" : " \(item.currency)"
        self.init(
            id: ExceptionID(payment: posted.payment, number: number), intake: posted.payment.intake,
            payment: posted.payment,
            reason: reason, severity: reason.isForKnowing(posted.books) ? .note : .fault,
            amount: posted.amount,
            what: "\(kind)\(who) over \(posted.amount)\(currency): \(reason.sentence)", whyNotPosted: why)
        if reason == .sumUntold { waitingFor = "the file that tells its payments" }
    }
}

extension Reason {
    /// Whether nothing is left to decide about its money, so that a note closes it.
    func isForKnowing(_ books: Books) -> Bool {
        switch self {
        case .amountZero, .bookingUnstated, .recoveryPosted: true
        case .collectionAnswered, .accountNotice, .noticeUnmatched: books == .none
        default: false
        }
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
