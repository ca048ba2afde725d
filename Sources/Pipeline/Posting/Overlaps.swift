internal import Ledger
internal import Model

/// Finds the payments of a lockbox deposit that another file told already: the same lockbox, day and total.
///
/// A bank sends a deposit again in other bytes, or in another format too. Many of its items bear no number that no two
/// payments share; that the deposit is the same tells them.
struct Overlaps {
    private let transaction: Transaction
    private let intake: IntakeID
    private var deposit = Deposit()
    private var date: CivilDate?
    /// The units of other files beside the deposit or batch at hand.
    private var units: [ToldUnit] = []
    private var isWhole = false

    init(_ transaction: Transaction, intake: IntakeID) {
        self.transaction = transaction
        self.intake = intake
    }

    /// Begins a deposit of so much. What a bank's report tells is compared otherwise (`Retelling`).
    mutating func begin(_ deposit: Deposit, total: Cents, on date: CivilDate, isReport: Bool) throws {
        self.deposit = deposit
        self.date = isReport ? nil : date
        units = try found(total)
        isWhole = !units.isEmpty
    }

    /// Begins a batch of so much. It is asked for by itself where its deposit is not told as a whole.
    mutating func beginBatch(total: Cents) throws { if !isWhole { units = try found(total) } }

    private func found(_ total: Cents) throws -> [ToldUnit] {
        guard let date, !deposit.isCopy, !deposit.lockbox.isEmpty, total > .zero else { return [] }
        let box = number(deposit.lockbox)
        let found = try transaction.lockboxUnits(of: total, on: date, than: intake).filter { number($0.lockbox) == box }
        guard !found.isEmpty else { return [] }
        try transaction.beginOverlap()
        for unit in found { try transaction.addOverlapped(unit) }
        return found
    }

    /// Some formats fill the number of a lockbox up with zeros.
    private func number(_ lockbox: String) -> Substring { lockbox.drop { $0 == "0" } }

    /// The payment that an item may tell again, and why; nil where there is none. `twin` is the one with which it
    /// shares a number: nobody else tells that one again.
    func take(_ posted: PostedItem, twin: PaymentID?) throws -> (payment: PaymentID, why: String)? {
        guard let unit = units.first else { return nil }
        if let twin {
            try transaction.forgetOverlapped(twin)
            return nil
        }
        guard let payment = try transaction.takeOverlapped(posted) else { return nil }
        let file = try transaction.intake(payment.intake)?.name ?? ""
        return (
            payment,
            "\(file), intake \(payment.intake), tells a \(unit.isDeposit ? "deposit" : "batch") of lockbox "
                + "\(deposit.lockbox) of \(unit.date) over \(unit.total) too, with payment \(payment) of this amount, "
                + "and no number tells the two apart."
        )
    }
}
