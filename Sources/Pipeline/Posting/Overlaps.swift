internal import Formats
internal import Ledger
internal import Model

/// Finds the payments of a lockbox deposit that another file told already: the same lockbox, day and total, or the same
/// batch of that lockbox and day.
///
/// A bank sends a deposit again in other bytes, in another format, or with what was wrong put right. Many of its items
/// bear no number that no two payments share; that the deposit is the same tells them.
struct Overlaps {
    private let transaction: Transaction
    private let intake: IntakeID
    private let layouts: [Layout]
    private var deposit = Deposit()
    private var date: CivilDate?
    /// The lockbox without the zeros that some formats fill it up with; empty where nothing is compared.
    private var box = ""
    /// The deposit or batch at hand.
    private var unit: LockboxUnit?
    /// The units of other files beside it, those of the same total first.
    private var units: [LockboxUnit] = []
    private var batch = ""
    private var isWhole = false
    private var isBegun = false
    /// Whether payments lie beside a unit, of this one or one before.
    private var isLaid = false

    /// For the items of one file; `layouts` cut the scan lines of others.
    init(_ transaction: Transaction, intake: IntakeID, layouts: [Layout]) {
        self.transaction = transaction
        self.intake = intake
        self.layouts = layouts
    }

    /// Begins a deposit of so much. What a bank's report tells is compared otherwise (`Retelling`).
    mutating func begin(
        _ deposit: Deposit, key: Int64, first: PaymentID, items: Int, total: Cents, on date: CivilDate, isReport: Bool
    ) throws {
        self.deposit = deposit
        self.date = date
        box = isReport || deposit.isCopy ? "" : String(deposit.lockbox.drop { $0 == "0" })
        (units, isWhole, unit) = ([], false, nil)
        guard !box.isEmpty else { return }
        let own = LockboxUnit(
            key: key, deposit: key, intake: intake, box: box, date: date, number: "", first: first, items: items,
            total: total)
        try transaction.insert(own)
        unit = own
        try lay(beside: transaction.lockboxUnits(equalTo: own))
        isWhole = !units.isEmpty
    }

    /// Begins a batch of so much. It is asked for by itself where its deposit is not told as a whole.
    mutating func beginBatch(key: Int64, number: String, first: PaymentID, items: Int, total: Cents) throws {
        batch = number
        guard let deposit = unit?.deposit, let date else { return }
        let own = LockboxUnit(
            key: key, deposit: deposit, intake: intake, box: box, date: date, number: number, first: first,
            items: items, total: total)
        try transaction.insert(own)
        guard !isWhole else { return }
        try lay(beside: transaction.lockboxUnits(equalTo: own), and: transaction.lockboxBatches(numberedAs: own))
    }

    /// Puts the payments of other files' units beside the unit at hand: of those of the same total, then of batches
    /// that have nothing but its number.
    private mutating func lay(beside equal: [LockboxUnit], and numbered: [LockboxUnit] = []) throws {
        units = equal + numbered
        if isLaid { try transaction.clearOverlap() }
        isLaid = !units.isEmpty
        guard isLaid else { return }
        try beginOverlap()
        for unit in equal { try transaction.addOverlapped(unit, isEqual: true, scanned: cutter(unit.intake)) }
        for unit in numbered { try transaction.addOverlapped(unit, isEqual: false, scanned: cutter(unit.intake)) }
    }

    private mutating func beginOverlap() throws {
        if !isBegun { try transaction.beginOverlap() }
        isBegun = true
    }

    /// What cuts the account number out of a scan line of a file.
    private func cutter(_ intake: IntakeID) throws -> (String) -> String? {
        let name = try transaction.intake(intake)?.layout
        guard let layout = layouts.first(where: { $0.name == name }) else { return { _ in nil } }
        return { layout.cut(scanline: $0)?.account }
    }

    /// The payment that an item may tell again, and why; nil where there is none. `twin` is the one with which it
    /// shares a number: nobody else tells that one again.
    mutating func take(_ posted: PostedItem, twin: PaymentID?) throws -> (payment: PaymentID, why: String)? {
        guard !box.isEmpty else { return nil }
        if let twin {
            try beginOverlap()
            try transaction.markOverlapped(twin)
            return nil
        }
        guard !units.isEmpty, try transaction.mayOverlap(posted.amount) else { return nil }
        guard let found = try transaction.takeOverlapped(search(posted)) else { return nil }
        return (found.payment, try why(found))
    }

    private func search(_ posted: PostedItem) throws -> OverlapSearch {
        let item = posted.item
        let line = item.lines.count == 1 ? item.lines[0] : nil
        let payer = try line.flatMap { try transaction.accountNumber(ofBill: $0.bill) }
        let accounts = [item.account, item.scanlineAccount, payer ?? line?.account ?? ""]
        return OverlapSearch(
            posted, batch: batch,
            account: try accounts.first { try !$0.isEmpty && transaction.hasAccount($0) } ?? "",
            bill: payer == nil ? "" : line?.bill ?? "")
    }

    private func why(_ found: Overlapped) throws -> String {
        let payment = found.payment
        let told = units.first { $0.holds(payment) } ?? units[0]
        let file = try transaction.intake(payment.intake)?.name ?? ""
        let what = told.isDeposit ? "a deposit" : "batch \(told.number)"
        let telling = "\(file), intake \(payment.intake), tells \(what) of lockbox \(deposit.lockbox) of \(told.date) "
        guard !found.isCorrected else {
            return telling + "too, and its batch \(batch) does not balance: what the bank declared of it stands in "
                + "unresolved, payment \(payment) with it. This may be the same money, put right."
        }
        return telling + "over \(told.total) too, with payment \(payment) of this amount, and no number tells the two "
            + "apart."
    }
}
