internal import Ledger
internal import Model

/// Finds the payment with which an item shares a number that no two payments share (promise 2):
/// payer's bank account, check number and amount; or the end-to-end id; or the trace id.
struct Twins {
    private struct CheckKey: Hashable {
        let payer: Int64
        let number: String
        let cents: Int64
    }

    private let transaction: Transaction
    private var checks: [CheckKey: PaymentID] = [:]
    private var endToEnds: [String: PaymentID] = [:]
    private var traces: [String: [TraceBearer]] = [:]
    /// Whether a payment that is itself a twin may share a number.
    private var hasTwins: Bool
    /// Whether a sum that stands on no book any more may share a number.
    private var hasToldSums: Bool

    init(_ transaction: Transaction) throws {
        self.transaction = transaction
        hasTwins = try transaction.hasTwins()
        hasToldSums = try transaction.hasToldSums()
    }

    /// The earlier payment with the same number, in the ledger or in the chunk at hand; else the item is noted.
    ///
    /// `batch` is the bank's number of its batch, `isACH` whether its file is a NACHA file.
    mutating func twin(of posted: PostedItem, batch: String, isACH: Bool) throws -> PaymentID? {
        let item = posted.item
        let check = posted.payerKey.flatMap { payer in
            item.checkNumber.isEmpty
                ? nil : CheckKey(payer: payer, number: item.checkNumber, cents: posted.amount.rawValue)
        }
        var twin = try check.flatMap { try checks[$0] ?? find($0) }
        if twin == nil, !item.endToEnd.isEmpty { twin = try endToEnds[item.endToEnd] ?? find(endToEnd: item.endToEnd) }
        // Only of ACH entries the payer is compared, as the ledger keeps it.
        let bearer = TraceBearer(
            payment: posted.payment, amount: posted.amount,
            payer: isACH ? maskingBankNumbers(in: item.payer, own: item.bankAccount) : "",
            depositOn: posted.dates.deposit, batch: batch, isACH: isACH)
        if twin == nil, !item.trace.isEmpty { twin = try find(bearer, trace: item.trace) }
        if twin == nil, hasToldSums { twin = try toldSum(posted) }
        if twin != nil { hasTwins = true }
        // A twin's other numbers count as well: a third payment may share one of them only.
        if let check, checks[check] == nil { checks[check] = posted.payment }
        if !item.endToEnd.isEmpty, endToEnds[item.endToEnd] == nil { endToEnds[item.endToEnd] = posted.payment }
        if !item.trace.isEmpty { traces[item.trace, default: []].append(bearer) }
        return twin
    }

    /// An item is suspected to be another payment for another cause: its numbers stand among those of twins.
    mutating func suspected() { hasTwins = true }

    /// Forgets the chunk; the ledger has it now.
    mutating func flushed() throws {
        if !hasToldSums { hasToldSums = try transaction.hasToldSums() }
        checks.removeAll(keepingCapacity: true)
        endToEnds.removeAll(keepingCapacity: true)
        traces.removeAll(keepingCapacity: true)
    }

    private func toldSum(_ posted: PostedItem) throws -> PaymentID? {
        let item = posted.item
        let (memo, payer) = (
            maskingBankNumbers(in: item.memo, own: item.bankAccount),
            maskingBankNumbers(in: item.payer, own: item.bankAccount)
        )
        return try transaction.toldSum(posted, text: "\(memo)\u{1}\(item.reference)\u{1}\(payer)")
    }

    private func find(_ key: CheckKey) throws -> PaymentID? {
        try transaction.payment(payer: key.payer, check: key.number, amount: Cents(key.cents), orTwin: hasTwins)
    }

    private func find(endToEnd: String) throws -> PaymentID? {
        try transaction.payment(endToEnd: endToEnd, orTwin: hasTwins)
    }

    /// The earliest payment with the trace that could be the same one.
    private func find(_ bearer: TraceBearer, trace: String) throws -> PaymentID? {
        try transaction.payment(trace: trace, likeOf: bearer, orTwin: hasTwins)
            ?? traces[trace]?.first { !bearer.isAnother(than: $0) }?.payment
    }
}
