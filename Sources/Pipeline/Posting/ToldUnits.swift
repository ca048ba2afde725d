internal import Ledger
internal import Model

/// Adds up what the deposits and batches of a file tell, as the bank credits it.
struct ToldUnits {
    /// Which units of a file's a sum of the bank's may stand for.
    private enum Level {
        /// Deposits, and their batches where there are several.
        case depositsAndBatches
        /// Deposits, which the bank credits less fees and what was taken back.
        case netDeposits
        /// Entries of several payments.
        case entries
    }

    private struct Sum {
        var key: Int64
        var items = 0
        /// How many of them are money received that nobody suspects to be told twice.
        var fresh = 0
        var cents = Cents.zero
        /// Whether all that counts in it stands on the books, or was taken off them where it is a debit.
        var isWhole = true

        mutating func add(_ posted: PostedItem, _ cents: Cents) {
            items += 1
            if !posted.standsOnBooks { isWhole = false }
            if posted.status != .duplicate, posted.item.direction == .credit, posted.item.kind != .fee { fresh += 1 }
            self.cents += cents
        }
    }

    private let level: Level?
    private let intake: IntakeID
    private let currency: String
    private var open: (deposit: Deposit, bankKey: Int64?, date: CivilDate, sum: Sum)?
    private var batches: [Sum] = []
    private(set) var units: [ToldUnit] = []

    /// For a file of a format (as the contract names it), counting money of one currency.
    init(format: String, intake: IntakeID, currency: String) {
        switch format {
        case "lockbox-csv", "lockbox-bai", "x12-823", "nacha": level = .depositsAndBatches
        case "processor-csv": level = .netDeposits
        case "camt.052", "camt.053", "camt.054": level = .entries
        default: level = nil
        }
        self.intake = intake
        self.currency = currency
    }

    mutating func begin(_ deposit: Deposit, key: Int64, bankKey: Int64?, date: CivilDate, difference: Cents) {
        endDeposit()
        open = (deposit, bankKey, date, Sum(key: key, cents: difference))
    }

    /// Begins a batch. What it declares beyond its items is credited too: it stands in unresolved.
    mutating func beginBatch(key: Int64, difference: Cents) {
        guard level != nil else { return }
        endBatch()
        batches.append(Sum(key: key, cents: difference))
        open?.sum.cents += difference
    }

    /// Takes an item that is decided.
    mutating func add(_ posted: PostedItem) {
        guard level != nil, let cents = credited(posted), !batches.isEmpty else { return }
        batches[batches.count - 1].add(posted, cents)
        open?.sum.add(posted, cents)
    }

    /// Ends the file.
    mutating func finish() { endDeposit() }

    /// What the bank credits for an item; nil where that is nothing, or where it told it before.
    private func credited(_ posted: PostedItem) -> Cents? {
        switch posted.reason {
        case .toldTwice, .copyNotPosted, .notBooked, .bookingUnstated: return nil
        default: break
        }
        let isCredit = posted.item.direction == .credit
        // In a held unit whatever its kind and currency: the declared total stands there whole.
        if isCredit, posted.books != .none { return posted.amount }
        guard posted.amount > .zero || posted.item.fractionOfCent, posted.item.currency == currency else { return nil }
        switch posted.item.kind {
        case .payment, .returned, .correction:
            if isCredit { return posted.amount }
            return level == .netDeposits ? -posted.amount : nil
        case .fee: return isCredit ? posted.amount : level == .netDeposits ? -posted.amount : nil
        // In a file of payments it is the payout of a processor's.
        case .sum: return level != .netDeposits && isCredit ? posted.amount : nil
        case .expected, .advice, .notice, .answer: return nil
        }
    }

    private mutating func endBatch() {
        // An entry tells one payment by itself, and a million of them are no sums.
        guard let last = batches.last, level == .entries else { return }
        batches.removeLast()
        if last.items > 1 { add(last) }
    }

    private mutating func endDeposit() {
        endBatch()
        guard let sum = open?.sum else { return }
        if level == .depositsAndBatches || level == .netDeposits { add(sum) }
        let counted = batches.filter { $0.items > 0 }
        if level == .depositsAndBatches, counted.count > 1 { for batch in counted { add(batch) } }
        batches.removeAll(keepingCapacity: true)
        open = nil
    }

    private mutating func add(_ sum: Sum) {
        // A file that was sent again in other bytes is no second deposit.
        // Nor is one told that counts money which stands in no book: the bank's sum is that money until then.
        guard let open, sum.fresh > 0, sum.isWhole, sum.cents > .zero else { return }
        units.append(
            ToldUnit(
                key: sum.key, deposit: open.sum.key, intake: intake, bankKey: open.bankKey,
                lockbox: open.deposit.lockbox, date: open.date, items: sum.items, total: sum.cents))
    }
}

extension PostedItem {
    /// Whether the journal has what the bank credited for it, or took back.
    fileprivate var standsOnBooks: Bool {
        if books != .none || reason == .feeKept { return true }
        return item.direction == .debit && status == .returned && reason == nil
    }
}
