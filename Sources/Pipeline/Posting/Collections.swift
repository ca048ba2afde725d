internal import Ledger
internal import Model

/// Our own collection files: entries that are to come, and what returns, answers and notices say of them.
///
/// An entry never posts: only what the bank credits does. So what ends an entry moves no money of its own either.
struct Collections {
    /// Which entry an item speaks of.
    enum Finding {
        case none
        case one(CollectionEntry)
        /// It was returned or rejected before.
        case ended(CollectionEntry)
        /// More than one may be meant: that proves none.
        case several
    }

    private let transaction: Transaction
    private var isEmpty: Bool
    /// What the chunk at hand ends, and by which item; the ledger learns it once that item is in it.
    private var ends: [PaymentID: PaymentID] = [:]
    private var endedUnits: [(unit: CollectionUnit, item: PaymentID)] = []
    private var changes: [AccountChangeRow] = []
    private var hasChanges = false

    init(_ transaction: Transaction) throws {
        self.transaction = transaction
        isEmpty = try !transaction.hasCollections()
    }

    /// Notes that this very file has entries.
    mutating func came() { isEmpty = false }

    /// The entry that an item speaks of: by a number of the earlier item, its bank and amount, where these are told.
    func finding(of item: Item, amount: Cents?) throws -> Finding {
        guard !isEmpty, let original = item.original else { return .none }
        let entries = try entries(
            trace: original.trace, endToEnds: [original.endToEnd, item.endToEnd], routing: original.routing,
            amount: amount, item.currency)
        let open = entries.filter { !$0.isEnded }
        if open.count == 1 { return .one(open[0]) }
        if open.count > 1 { return .several }
        return entries.last.map(Finding.ended) ?? .none
    }

    /// The entry, returned or rejected before, that a credit brings after all; nil where it brings none.
    func ended(by credit: Item, amount: Cents) throws -> CollectionEntry? {
        guard !isEmpty, !credit.endToEnd.isEmpty else { return nil }
        let entries = try entries(trace: "", endToEnds: [credit.endToEnd], routing: "", amount: amount, credit.currency)
        return entries.contains { !$0.isEnded } ? nil : entries.last
    }

    private func entries(
        trace: String, endToEnds: Set<String>, routing: String, amount: Cents?, _ currency: String
    ) throws -> [CollectionEntry] {
        try transaction.collectionEntries(trace: trace, endToEnds: endToEnds).filter { entry in
            // A return names eight digits of the bank, the entry all nine.
            let isOfBank = routing.isEmpty || entry.routing.isEmpty || entry.routing.hasPrefix(routing)
            guard let amount else { return isOfBank }
            return isOfBank && entry.amount == amount && entry.currency == currency
        }.map { entry in
            var entry = entry
            if ends[entry.payment] != nil { entry.isEnded = true }
            return entry
        }
    }

    /// Gives a credit that names nothing itself the lines of the one open entry with its end-to-end id and amount: our
    /// own file says what it pays. Of an entry without lines it is the one account that it names.
    func direct(_ credit: inout Item, amount: Cents) throws {
        guard !isEmpty, !credit.endToEnd.isEmpty, credit.kind == .payment, credit.lines.isEmpty else { return }
        let entries = try entries(trace: "", endToEnds: [credit.endToEnd], routing: "", amount: amount, credit.currency)
        guard entries.count == 1, !entries[0].isEnded else { return }
        var lines = try transaction.lines(of: entries[0].payment)
        if lines.isEmpty {
            let targets = try transaction.targets(of: entries[0].payment)
            if targets.count == 1 { lines = [RemittanceLine(account: targets[0].account, amount: amount)] }
        } else if lines.count == 1, lines[0].amount == nil {
            lines[0].amount = amount
        }
        if lines.madeUp == amount { credit.lines = lines }
    }

    /// The entries of a whole collection, or of a batch of one, that an answer rejects at once; nil where its number
    /// names none, or several.
    func unit(rejectedBy answer: Item) throws -> CollectionUnit? {
        guard !isEmpty, let original = answer.original, original.isRejected, answer.number == "0" else { return nil }
        return try transaction.collectionUnit(named: original.trace)
    }

    /// Notes that none of a unit's entries will come.
    mutating func end(_ unit: CollectionUnit, by item: PaymentID) { endedUnits.append((unit, item)) }

    /// Notes that an entry will not come.
    mutating func end(_ entry: CollectionEntry, by item: PaymentID) { ends[entry.payment] = item }

    /// The chunk is in the ledger.
    mutating func flushed() throws {
        for (entry, item) in ends.sorted(by: { $0.key.key < $1.key.key }) { try transaction.end(entry, by: item) }
        ends.removeAll(keepingCapacity: true)
        for (unit, item) in endedUnits { try transaction.end(unit, by: item) }
        endedUnits.removeAll(keepingCapacity: true)
        for change in changes { try transaction.insert(change) }
        changes.removeAll(keepingCapacity: true)
    }

    /// All of the file is in the ledger: its changes of accounts become one file for the billing system.
    func finish(_ intake: IntakeID, at: String) throws {
        if hasChanges { try transaction.openAccountUpdate(of: intake, at: at) }
    }

    /// The entry that a notice of change speaks of. One that was returned has an account all the same; entries that
    /// repeat the same payer and reference are one account.
    func subject(of notice: Item) throws -> Finding {
        guard !isEmpty, let original = notice.original else { return .none }
        let entries = try entries(
            trace: original.trace, endToEnds: [original.endToEnd], routing: original.routing, amount: nil,
            notice.currency)
        guard let last = entries.last else { return .none }
        let isOne = entries.allSatisfy { $0.payer == last.payer && $0.reference == last.reference }
        return isOne ? .one(last) : .several
    }

    /// Notes what has changed of the account that an entry went to.
    mutating func tell(_ change: AccountChange, code: String, of entry: CollectionEntry, by item: PaymentID) throws {
        let accounts = Set(try transaction.targets(of: entry.payment).map(\.account))
        hasChanges = true
        changes.append(
            AccountChangeRow(
                payment: item, account: accounts.count == 1 ? accounts.first! : "", code: code, change: change,
                entry: entry.payment))
    }

    /// Where the money of an entry that the bank took back may stand still: a person posted the sum that held it.
    func standing(of entry: CollectionEntry) throws -> String {
        let places = try Set(transaction.targets(of: entry.payment).map(\.account)).sorted().flatMap { account in
            try transaction.sums(of: entry.amount, postedTo: account).map { "account \(account) by the sum \($0)" }
        }
        let taken = "The bank took \(entry.amount) back, and no account gave it: "
        guard !places.isEmpty else {
            return taken + "where the credit of the collection was posted, take it off that account."
        }
        return taken + "it stands on \(places.joined(separator: "; ")). Take it off there."
    }

    /// An entry in words: whose it is, and which accounts and bills of ours it was to pay.
    func words(of entry: CollectionEntry) throws -> String {
        let who = entry.payer.isEmpty ? "" : " from \(entry.payer)"
        let reference = entry.reference.isEmpty ? "" : ", reference \(entry.reference)"
        let targets = try transaction.targets(of: entry.payment).map { target in
            "account \(target.account)" + (target.bill.map { ", bill \($0)" } ?? "")
        }
        let what = targets.isEmpty ? "it names no account of ours" : "for " + targets.joined(separator: "; ")
        return
            "It speaks of \(entry.payment), a payment to come\(who)\(reference), of our own collection file; \(what)."
    }
}
