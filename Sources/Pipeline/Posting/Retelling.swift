internal import Ledger
internal import Model

/// Finds what another report of the same bank account told before: a day is reported before it is closed and after, and
/// in more than one format.
struct Retelling {
    /// The days of two reports that tell one bank day may be so far apart.
    private static let daysMost = 5

    /// For what the file is looked through before it is posted.
    enum Look: CaseIterable {
        case numbers, texts
    }

    /// An account and day that a deposit of the file is about.
    private struct Telling: Hashable {
        let bankKey: Int64
        let date: CivilDate
        let report: Report
    }

    private struct Source: Hashable {
        let intake: IntakeID
        let bankKey: Int64
        let report: Report
    }

    private let transaction: Transaction
    private let intake: IntakeID
    private let format: String
    private let calendar: BusinessCalendar
    /// Which other files tell an account and day. A file may have very many deposits of few of these.
    private var tellings: [Telling: [IntakeID]] = [:]
    private var known: Set<Source> = []
    private var isBegun = false
    private var bankKey: Int64?
    private var deposit = Deposit()
    /// The bank's reference of the entry at hand, and whether it is one item.
    private var entry = (reference: "", isSingle: false)

    init(_ transaction: Transaction, intake: IntakeID, format: String, calendar: BusinessCalendar) {
        self.transaction = transaction
        self.intake = intake
        self.format = format
        self.calendar = calendar
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
        guard let report = report(deposit), let bankKey, !others.isEmpty else { return }
        self.bankKey = bankKey
        if !isBegun { try transaction.beginRetelling() }
        isBegun = true
        for other in others where known.insert(Source(intake: other, bankKey: bankKey, report: report)).inserted {
            try transaction.addRetold(other, of: bankKey, to: report, format: format)
        }
    }

    /// Begins an entry of the bank's, or another batch, of so many items.
    mutating func beginEntry(_ reference: String, items: Int) { entry = (reference, items == 1) }

    /// Whether another file told of a deposit's account and days nearby.
    mutating func isTold(_ deposit: Deposit, bankKey: Int64?, date: CivilDate) throws -> Bool {
        try !otherTellings(of: deposit, bankKey: bankKey, date: date).isEmpty
    }

    private mutating func otherTellings(of deposit: Deposit, bankKey: Int64?, date: CivilDate) throws -> [IntakeID] {
        guard let report = report(deposit), let bankKey, !deposit.isCopy else { return [] }
        let telling = Telling(bankKey: bankKey, date: date, report: report)
        if let others = tellings[telling] { return others }
        let days = date.advanced(by: -Self.daysMost)...date.advanced(by: Self.daysMost)
        let others = try transaction.otherTellings(
            of: bankKey, in: days, report: report, format: format, than: intake)
        tellings[telling] = others
        return others
    }

    /// Keeps what an item tells by its number, then what another tells in the same words, before any is posted.
    func lookAhead(_ item: Item, for look: Look, dating: Dating) throws {
        guard let amount = item.amount,
            let search = search(item, amount, on: dating.dates(of: item, in: deposit).received)
        else { return }
        switch look {
        case .numbers: try transaction.keepNumbered(search)
        case .texts: try transaction.keepTexted(search)
        }
    }

    /// The item that tells the same in another report, or may; nil where none does.
    func first(of posted: PostedItem) throws -> Retold? {
        let day = posted.dates.received
        return try search(posted.item, posted.amount, on: day).flatMap {
            try transaction.takeRetold($0, near: near(day))
        }
    }

    /// Whether an item is an entry as a whole whose payments another report told.
    func isToldByParts(_ posted: PostedItem) throws -> Bool {
        let item = posted.item
        guard let bankKey, item.kind == .payment, item.direction == .credit, entry.isSingle else { return false }
        let reference = entry.reference.isEmpty ? item.trace : entry.reference
        let texts = [item.payer, item.endToEnd, item.reference, item.bankAccount]
        let isBare = format.hasPrefix("camt") && texts.allSatisfy(\.isEmpty) && item.lines.isEmpty
        guard isBare || !reference.isEmpty else { return false }
        let whole = RetoldEntry(
            bankKey: bankKey, reference: reference, amount: posted.amount, near: near(posted.dates.received))
        return try transaction.isToldByParts(whole, isBare: isBare, than: intake)
    }

    /// The credit by which another report told the payments of the entry at hand as a whole; nil where none did.
    func whole(_ amount: Cents, on day: CivilDate) throws -> PaymentID? {
        guard let bankKey, format.hasPrefix("camt"), !entry.isSingle else { return nil }
        return try transaction.takeWhole(
            of: RetoldEntry(bankKey: bankKey, reference: entry.reference, amount: amount, near: near(day)))
    }

    /// A bank may book a day apart in its reports.
    private func near(_ day: CivilDate) -> ClosedRange<CivilDate> {
        calendar.day(day, back: 1)...calendar.day(day, forward: 1)
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
        var search = RetoldSearch(bankKey: bankKey, direction: item.direction, amount: amount, day: day)
        search.trace = item.trace
        search.endToEnd = item.endToEnd
        search.entry = entry.isSingle ? entry.reference : ""
        search.customer = format == "bai2" ? item.reference : ""
        search.text = texts.joined(separator: "\u{1}")
        return search
    }
}
