internal import Ledger
internal import Model

/// Finds what another report of the same bank account told before: a day is reported before it is closed and after, and
/// in more than one format.
struct Retelling {
    /// Bank days of one item may be so far apart in two reports, and so may the days of the reports.
    private static let daysMost = 5

    private let transaction: Transaction
    private let intake: IntakeID
    private let format: String
    private var known: Set<Int64> = []
    private var isBegun = false
    private var report: Report?
    private var bankKey: Int64?

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
        report = report(deposit)
        guard let report, let key = bankKey, !deposit.isCopy else { return }
        let days = date.advanced(by: -Self.daysMost)...date.advanced(by: Self.daysMost)
        let others = try transaction.otherTellings(of: key, in: days, report: report, format: format, than: intake)
        guard !others.isEmpty else { return }
        self.bankKey = key
        if !isBegun { try transaction.beginRetelling() }
        isBegun = true
        for other in others where known.insert(other).inserted {
            try transaction.addRetold(other, to: report, format: format)
        }
    }

    /// The item that tells the same in another report; nil where none does.
    func first(of posted: PostedItem) throws -> Retold? {
        guard let bankKey, posted.item.booking == .booked, !posted.item.fractionOfCent,
            [.payment, .returned, .correction, .sum, .fee].contains(posted.item.kind)
        else { return nil }
        let item = posted.item
        let texts = [
            maskingBankNumbers(in: item.payer, own: item.bankAccount),
            maskingBankNumbers(in: item.memo, own: item.bankAccount), item.reference, item.checkNumber,
        ]
        return try transaction.takeRetold(
            RetoldSearch(
                bankKey: bankKey, direction: item.direction, amount: posted.amount, day: posted.dates.received,
                trace: item.trace, endToEnd: item.endToEnd, text: texts.joined(separator: "\u{1}")))
    }
}
