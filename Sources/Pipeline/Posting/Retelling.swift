internal import Ledger
internal import Model

/// Finds what another report of the same bank account told before: a day is reported before it is closed and after, and
/// in more than one format.
struct Retelling {
    /// The days of two reports that tell one bank day may be so far apart.
    private static let daysMost = 5

    private let transaction: Transaction
    private let intake: IntakeID
    private let format: String
    private var known: Set<Int64> = []
    private var isBegun = false
    private var bankKey: Int64?
    private var deposit = Deposit()

    init(_ transaction: Transaction, intake: IntakeID, format: String) {
        self.transaction = transaction
        self.intake = intake
        self.format = format
    }

    /// What kind of report a deposit of this file is; nil where the file is none.
    func report(_ deposit: Deposit) -> Report? {
        switch format {
        case "camt.054": .notification
        case "camt.052": .preliminary
        case "camt.053", "bank-csv": .final
        case "bai2": deposit.isPreliminary ? .preliminary : .final
        default: nil
        }
    }

    /// Looks for other tellings of a deposit's account and day.
    mutating func begin(_ deposit: Deposit, bankKey: Int64?, date: CivilDate) throws {
        self.bankKey = nil
        self.deposit = deposit
        let others = try otherTellings(of: deposit, bankKey: bankKey, date: date)
        guard let report = report(deposit), !others.isEmpty else { return }
        self.bankKey = bankKey
        if !isBegun { try transaction.beginRetelling() }
        isBegun = true
        for other in others where known.insert(other).inserted {
            try transaction.addRetold(other, to: report, format: format)
        }
    }

    /// Whether another file told of a deposit's account and days nearby.
    func isTold(_ deposit: Deposit, bankKey: Int64?, date: CivilDate) throws -> Bool {
        try !otherTellings(of: deposit, bankKey: bankKey, date: date).isEmpty
    }

    private func otherTellings(of deposit: Deposit, bankKey: Int64?, date: CivilDate) throws -> [Int64] {
        guard let report = report(deposit), let bankKey, !deposit.isCopy else { return [] }
        let days = date.advanced(by: -Self.daysMost)...date.advanced(by: Self.daysMost)
        return try transaction.otherTellings(of: bankKey, in: days, report: report, format: format, than: intake)
    }

    /// Keeps what an item's number tells, before any item is compared by its texts.
    func lookAhead(_ item: Item, dating: Dating) throws {
        guard !item.trace.isEmpty || !item.endToEnd.isEmpty, let amount = item.amount,
            let search = search(item, amount, on: dating.dates(of: item, in: deposit).received)
        else { return }
        try transaction.reserveRetold(search)
    }

    /// The item that tells the same in another report; nil where none does.
    func first(of posted: PostedItem) throws -> Retold? {
        try search(posted.item, posted.amount, on: posted.dates.received).flatMap { try transaction.takeRetold($0) }
    }

    private func search(_ item: Item, _ amount: Cents, on day: CivilDate) -> RetoldSearch? {
        guard let bankKey, item.booking == .booked, !item.fractionOfCent else { return nil }
        switch item.kind {
        case .payment, .returned, .correction, .sum, .fee: break
        case .expected, .advice, .notice, .answer: return nil
        }
        let texts = [
            maskingBankNumbers(in: item.payer, own: item.bankAccount),
            maskingBankNumbers(in: item.memo, own: item.bankAccount), item.reference, item.checkNumber,
        ]
        return RetoldSearch(
            bankKey: bankKey, direction: item.direction, amount: amount, day: day, trace: item.trace,
            endToEnd: item.endToEnd, text: texts.joined(separator: "\u{1}"))
    }
}
