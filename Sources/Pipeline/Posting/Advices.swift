internal import Ledger
internal import Model

/// Remittance told apart from its payment, while a file is posted: advices that come wait, and a payment that names one
/// takes its lines.
struct Advices {
    private let transaction: Transaction
    private let currency: String
    private let hasWaiting: Bool
    private var came: [(advice: PaymentID, amount: Cents, toldOn: CivilDate, numbers: Set<String>)] = []
    private var joined: [PaymentID: (payment: PaymentID, isDirecting: Bool)] = [:]

    /// Advices over money of the office's currency can be joined.
    init(_ transaction: Transaction, currency: String) throws {
        self.transaction = transaction
        self.currency = currency
        hasWaiting = try transaction.hasWaitingAdvices()
    }

    /// Notes an advice; one of no money, or of money that we pay, waits for nothing.
    mutating func note(_ posted: PostedItem) {
        guard posted.item.kind == .advice, posted.reason == .adviceOnly, posted.item.direction == .credit,
            posted.amount > .zero, posted.item.currency == currency
        else { return }
        let numbers = JoiningNumbers.stated(by: posted.item, payer: posted.payerKey)
        came.append((posted.payment, posted.amount, posted.dates.value, numbers))
    }

    /// Gives a payment the lines of the one waiting advice that states its number and its amount. Lines that do not
    /// make up the payment say nothing of it.
    mutating func direct(_ posted: inout PostedItem) throws {
        let item = posted.item
        guard hasWaiting, item.kind == .payment, item.lines.isEmpty, item.scanline.isEmpty else { return }
        let numbers = JoiningNumbers.borne(by: item, payer: posted.payerKey)
        let (amount, payer) = (posted.amount, posted.payerKey)
        let found = try transaction.waitingAdvices(stating: numbers, amount: amount).filter {
            joined[$0.advice] == nil && isOfPayer($0.payerKey, payer)
        }
        guard found.count == 1 else { return }
        if found[0].directsAll { posted.item.lines = found[0].lines }
        joined[found[0].advice] = (posted.payment, found[0].directsAll)
    }

    /// The chunk is in the ledger.
    mutating func flushed() throws {
        for advice in came {
            try transaction.addAdvice(
                advice.advice, amount: advice.amount, toldOn: advice.toldOn, numbers: advice.numbers)
        }
        for (advice, join) in joined.sorted(by: { $0.key < $1.key }) {
            try transaction.join(advice, to: join.payment, directing: join.isDirecting)
        }
        came.removeAll(keepingCapacity: true)
        joined.removeAll(keepingCapacity: true)
    }
}

/// Whether two payers may be one: they are known by one bank account, or one of them is not known by any.
func isOfPayer(_ one: Int64?, _ other: Int64?) -> Bool { one == nil || other == nil || one == other }
