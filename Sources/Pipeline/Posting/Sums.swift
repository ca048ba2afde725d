internal import Ledger
internal import Model
internal import Review

/// The sums that the bank credited, and the units that files tell, of one file and of those before it.
struct Sums {
    /// The formats in which the bank itself tells what it credited.
    static let tellers: Set<String> = ["bai2", "camt.052", "camt.053", "camt.054", "bank-csv", "nacha"]

    /// A collection is sent so many days, at most, before the bank credits it.
    private static let daysOfCollecting = 14

    private let dating: Dating
    private let transaction: Transaction
    private let intake: Intake
    private let postingBatch: Int64
    private let at: String
    private let reconciling: Reconciling
    /// Whether any collection of our own was told.
    private let hasCollections: Bool
    /// Batches of our own collections of late, once they are asked for.
    private var collections: [CollectionTotal]?
    /// Words, in capitals, by which the office knows a credit for a sum; none where the file tells no credits.
    private let words: [String]
    /// The sums of the chunk at hand, and what is opened of each where no file tells it.
    private var open: [(posted: PostedItem, exception: ReviewException?)] = []

    init(home: Home, dating: Dating, transaction: Transaction, intake: Intake, postingBatch: Int64) throws {
        self.dating = dating
        self.transaction = transaction
        self.intake = intake
        self.postingBatch = postingBatch
        at = dating.now.description
        hasCollections = try transaction.hasCollections()
        words = Self.tellers.contains(intake.format ?? "") ? home.configuration.sumWords : []
        reconciling = Reconciling(
            calendar: home.configuration.calendar, windowDays: home.configuration.reconcileDays,
            words: home.configuration.sumWords,
            isLockbox: { try transaction.isLockbox($0) })
    }

    var count: Int { open.count }

    /// Whether the office knows a credit by its text for a sum whose payments another file tells.
    func isSum(_ item: Item) -> Bool {
        guard !words.isEmpty else { return false }
        let text = "\(item.payer) \(item.memo)".uppercased()
        return words.contains { text.contains($0) }
    }

    /// Takes a sum of this file.
    mutating func add(_ posted: PostedItem, _ exception: ReviewException?) { open.append((posted, exception)) }

    /// Puts the sums at hand beside the units that other files told, and gives them as they stand then.
    mutating func settle() throws -> [(PostedItem, ReviewException?)] {
        guard !open.isEmpty else { return [] }
        let told = try reconcile(amounts: Set(open.map(\.posted.amount)).sorted())
        defer { open.removeAll(keepingCapacity: true) }
        return open.map { posted, exception in
            guard told.contains(posted.payment) else { return (posted, exception) }
            var posted = posted
            (posted.status, posted.books, posted.reason) = (.rejected, .none, .toldElsewhere)
            posted.rule = Transaction.sumRule
            return (posted, nil)
        }
    }

    /// Keeps the units of this file, all of whose items are in the ledger, and settles the sums that waited for them.
    mutating func tell(_ units: [ToldUnit]) throws {
        for unit in units { try transaction.insert(unit) }
        let amounts = try transaction.unitTotals(ofIntake: intake.id)
        _ = try reconcile(amounts: Set(amounts + transaction.dayTotals(ofIntake: intake.id)).sorted())
        for amount in amounts { try warn(of: amount) }
    }

    /// Tells of sums that a person gave to somebody before their payments came: the same money may stand there twice.
    private func warn(of amount: Cents) throws {
        for sum in try transaction.sumsGiven(of: amount) where try !transaction.isWarned(of: sum.payment) {
            let units = try transaction.freeUnits(of: amount, in: reconciling.days(around: sum.date))
            guard let unit = try units.first(where: { try $0.intake == intake.id && reconciling.mayBe($0, sum) }) else {
                continue
            }
            let number = try transaction.exceptionCount(ofPayment: sum.payment) + 1
            try transaction.open(
                ReviewException(
                    id: ExceptionID(payment: sum.payment, number: number), intake: sum.payment.intake,
                    payment: sum.payment, reason: .sumToldLate, severity: .fault, amount: amount,
                    what: "Sum over \(amount): \(Reason.sumToldLate.sentence)",
                    whyNotPosted: "\(intake.name), intake \(intake.id), tells \(unit.items) items of \(unit.date) over "
                        + "\(unit.total), and they stand on the books beside it."), at: at)
        }
    }

    /// Why a sum waits, in words; nil for anything else.
    mutating func why(_ posted: PostedItem, _ obstacle: Obstacle) throws -> String? {
        guard obstacle.reason == .sumUntold else { return nil }
        let day = posted.dates.received
        let days = reconciling.days(around: day)
        let why =
            "No file tells a deposit or batch over \(posted.amount) of \(days.lowerBound) to \(days.upperBound), or "
            + "several do and nothing tells them apart. It stands in unresolved until then."
        guard hasCollections else { return why }
        // Read once a file, from a day that is early enough for all of its sums.
        let own = try collections ?? transaction.collections(since: day.advanced(by: -3 * Self.daysOfCollecting))
        collections = own
        let first = day.advanced(by: -Self.daysOfCollecting)
        let fitting = own.filter { $0.total == posted.amount && $0.day >= first && $0.day <= days.upperBound }
        guard let last = fitting.last else { return why }
        return why + " It may be what was collected by our own file \(last.file): split it as that says, less what "
            + "was returned."
    }

    /// Reconciles the sums at hand and those that wait, amount by amount. Returns those at hand that stand for a unit.
    private func reconcile(amounts: [Cents]) throws -> Set<PaymentID> {
        let own = Dictionary(grouping: open.map(\.posted), by: \.amount)
        let atHand = Set(open.map(\.posted.payment))
        var told: Set<PaymentID> = []
        // Whole deposits first, of all amounts: a batch has the amount of another sum by chance sooner than they.
        let levels: [Level] = [.deposits, .batches, .days]
        for (level, amount) in levels.flatMap({ level in amounts.map { (level, $0) } }) {
            let open = (own[amount] ?? []).filter { !told.contains($0.payment) }
            let sums = try transaction.untoldSums(of: amount) + open.map { UntoldSum($0, format: intake.format ?? "") }
            let windows = sums.map { reconciling.days(around: $0.date) }
            guard let first = windows.map(\.lowerBound).min(), let last = windows.map(\.upperBound).max() else {
                continue
            }
            for pair in try pairs(sums, of: amount, in: first...last, level) {
                for unit in pair.units { try transaction.reconcile(pair.sum, with: unit.key, by: intake.id, at: at) }
                if atHand.contains(pair.sum) { told.insert(pair.sum) } else { try settle(pair) }
            }
        }
        return told
    }

    /// What sums are looked for among, in this order.
    private enum Level {
        case deposits
        case batches
        /// All deposits of one file and day, of all lockboxes, that the bank credits at once.
        case days
    }

    private func pairs(
        _ sums: [UntoldSum], of amount: Cents, in days: ClosedRange<CivilDate>, _ level: Level
    ) throws -> [Reconciling.Pair] {
        let units = try transaction.freeUnits(of: amount, in: days)
        guard level == .days else {
            return try reconciling.pairs(sums, units.filter { $0.isDeposit == (level == .deposits) })
        }
        // The only solution: no single unit may be meant.
        guard try !sums.contains(where: { sum in try units.contains { try reconciling.mayBe($0, sum) } }) else {
            return []
        }
        return try reconciling.pair(sums, withOneOf: transaction.freeDays(of: amount, in: days)).map { [$0] } ?? []
    }

    /// Takes a sum that waited off the books.
    private func settle(_ pair: Reconciling.Pair) throws {
        let unit = pair.units[0]
        let boxes = Set(pair.units.map(\.lockbox)).filter { !$0.isEmpty }.sorted().joined(separator: ", ")
        let box = boxes.isEmpty ? "" : " of \(boxes)"
        let (items, total) = (pair.units.map(\.items).reduce(0, +), pair.units.map(\.total).sum)
        let file = try transaction.intake(unit.intake)?.name ?? ""
        try transaction.settle(
            sum: pair.sum,
            note: "Its payments came in \(file), intake \(unit.intake): \(items) items\(box) of \(unit.date) over "
                + "\(total).",
            at: at, on: dating.today, postedOn: dating.postingDay, postingBatch: postingBatch)
    }
}

extension UntoldSum {
    fileprivate init(_ posted: PostedItem, format: String) {
        let item = posted.item
        self.init(
            payment: posted.payment, amount: posted.amount, bankKey: posted.bankKey, date: posted.dates.received,
            text: "\(item.memo) \(item.reference) \(item.payer)", format: format, tender: item.tender)
    }
}
