internal import Files
internal import Ledger
internal import Model
internal import Review

// Deposits, batches and the file: what they declare, which of them are held, and what a person is told of them.
extension Posting {
    mutating func begin(_ deposit: Deposit) throws {
        depositIndex += 1
        let sum = tally.deposits[depositIndex]
        let difference = isReceipt(sum) ? tally.difference(ofDeposit: depositIndex) : .zero
        let (bankKey, date) = (bankKey(deposit), deposit.date ?? dating.today)
        try transaction.insert(
            DepositRow(
                key: depositKey, intake: intake.id, deposit: deposit, bankKey: bankKey, date: date,
                declared: sum.declared.net, held: sum.hold != nil, difference: difference,
                report: retelling.report(deposit)))
        let parts = sum.batches.map { isReceipt(tally.batches[$0]) ? tally.difference(ofBatch: $0) : .zero }
        try overlaps.begin(
            deposit, key: depositKey, first: nextPayment, items: tally.batches[sum.batches].map(\.items).reduce(0, +),
            total: sum.counted + difference + parts.sum, on: date, isReport: retelling.report(deposit) != nil)
        told.begin(deposit, key: depositKey, bankKey: bankKey, date: date, difference: difference)
        try retelling.begin(deposit, bankKey: bankKey, date: date)
    }

    /// Some formats fill our account's number up with zeros.
    func bankKey(_ deposit: Deposit) -> Int64? {
        deposit.bankAccount.isEmpty ? nil : payerKeys(String(deposit.bankAccount.drop { $0 == "0" }))
    }

    /// Units have places above those of items, so that their entries' keys are their own.
    func unitKey(_ place: Int64) -> Int64 {
        PaymentID(intake: intake.id, place: PaymentID.placesMax + place).key
    }

    /// The payment of the item that comes next.
    private var nextPayment: PaymentID { PaymentID(intake: intake.id, place: place + 1) }
    var depositKey: Int64 { unitKey(Int64(depositIndex) + 50_000_001) }
    var batchKey: Int64 { unitKey(Int64(batchIndex) + 1) }

    mutating func begin(_ batch: Batch) throws {
        batchIndex += 1
        envelope = nil
        isOverfull = false
        let sum = tally.batches[batchIndex]
        let isHeld = tally.hold(ofBatch: batchIndex) != nil
        let isReceipt = isReceipt(sum)
        let difference = isReceipt ? tally.difference(ofBatch: batchIndex) : .zero
        try transaction.insert(
            BatchRow(
                key: batchKey, deposit: depositKey, number: sum.number, declaredItems: sum.declared.items,
                declared: sum.declared.net, items: sum.items, counted: sum.net, held: isHeld, difference: difference,
                reference: batch.reference))
        retelling.beginEntry(batch.reference, items: sum.items)
        whole = nil
        if isReceipt, let found = try retelling.whole(sum.net + difference, on: batch.date ?? dating.today) {
            // What waits as a whole is a sum, which the batch settles; what stands on the books is a twin of its items.
            if try !transaction.markSum(found) { whole = found }
        }
        try overlaps.beginBatch(
            key: batchKey, number: sum.number, first: nextPayment, items: sum.items, total: sum.net + difference)
        told.beginBatch(key: batchKey, difference: difference)
        if isReceipt, let own = sum.hold, tally.hold(ofBatch: batchIndex) == own {
            try hold(batch: sum, own, difference)
        }
    }

    /// Whether a batch brings money to the books: booked, told for the first time, in the office's currency, and a
    /// credit by what the bank declares of it or by what its items give.
    func isReceipt(_ batch: Tally.BatchSum) -> Bool {
        let deposit = tally.deposits[batch.deposit].deposit
        let stated = [batch.declared.currency, batch.currency, deposit.currency].first { !$0.isEmpty }
        let isOurs = stated.map { $0 == home.configuration.currency } ?? true
        // An entry that is a debit as a whole brings nothing, whatever its details say.
        let isDebit = batch.declared.debits != nil && batch.declared.credits == nil
        let isCredit = !isDebit && (batch.declared.credits ?? batch.credits) + batch.credits > .zero
        return batch.booking == .booked && isCredit && !deposit.isCopy && isOurs
    }

    /// Whether any batch of a deposit brings money to the books.
    func isReceipt(_ deposit: Tally.DepositSum) -> Bool {
        tally.batches[deposit.batches].contains(where: isReceipt)
    }

    mutating func hold(batch: Tally.BatchSum, _ reason: Reason, _ difference: Cents) throws {
        let deposit = tally.deposits[batch.deposit].deposit
        try transaction.addDifference(
            key: batchKey, intake: intake.id, bankKey: bankKey(deposit), on: deposit.date ?? dating.today,
            postedOn: dating.postingDay, postingBatch: postingBatch, difference)
        try openUnitException(
            reason, batch: batchKey, amount: batch.stated,
            what: "Batch \(batch.number) of \(intake.name) \(batch.problem ?? "does not balance").")
    }

    mutating func openUnitException(
        _ reason: Reason, deposit: Int64? = nil, batch: Int64? = nil, severity: Severity = .fault, amount: Cents,
        what: String, why: String? = nil
    ) throws {
        unitExceptions += 1
        try transaction.open(
            ReviewException(
                id: ExceptionID(intake: intake.id, number: unitExceptions), intake: intake.id, deposit: deposit,
                batch: batch,
                reason: reason, severity: severity, amount: amount, what: what,
                whyNotPosted: why ?? "\(reason.sentence) All of it stands in unresolved."), at: now.description)
    }

    /// Notes a debit of a NACHA company that nobody has named as ours: a collection would pass without a word.
    mutating func noteStranger(_ posted: PostedItem, _ batch: Tally.BatchSum) {
        guard intake.format == "nacha", posted.reason == .debitNotPosted else { return }
        let index = strangers.firstIndex { $0.company == batch.company } ?? strangers.endIndex
        if index == strangers.endIndex {
            // More companies than any office has in one file need no exception each.
            guard strangers.count < 100 else { return }
            strangers.append(StrangeDebits(company: batch.company, batch: batchKey))
        }
        strangers[index].items += 1
        strangers[index].amount += posted.amount
    }

    mutating func tellStrangers() throws {
        for debits in strangers {
            let reason = Reason.collectionNotConfigured
            try openUnitException(
                reason, batch: debits.batch, severity: .note, amount: debits.amount,
                what: "\(intake.name) has \(debits.items) debits over \(debits.amount) of company "
                    + "\(debits.company), which is not among collections: companies.",
                why: "\(reason.sentence) \(reason.remedy)")
        }
    }

    mutating func holdDeposits() throws {
        for (index, sum) in tally.deposits.enumerated() {
            guard let reason = sum.hold, tally.fileHold == nil, isReceipt(sum) else { continue }
            let key = unitKey(Int64(index) + 50_000_001)
            try transaction.addDifference(
                key: key, intake: intake.id, bankKey: bankKey(sum.deposit), on: sum.deposit.date ?? dating.today,
                postedOn: dating.postingDay, postingBatch: postingBatch, tally.difference(ofDeposit: index))
            let declared = sum.declared.net ?? sum.declared.turnover ?? .zero
            let counted = tally.batches[sum.batches].map(\.net).sum
            try openUnitException(
                reason, deposit: key, amount: declared,
                what: "A deposit of \(intake.name) declares \(declared), its batches sum to \(counted).")
        }
    }

    mutating func holdFile() throws {
        guard let reason = tally.fileHold else { return }
        let declared = tally.file.net ?? .zero
        try transaction.addDifference(
            key: unitKey(99_999_999), intake: intake.id, bankKey: nil, on: dating.today, postedOn: dating.postingDay,
            postingBatch: postingBatch, tally.differenceOfFile)
        try transaction.setFileDifference(tally.differenceOfFile, of: intake.id)
        try openUnitException(
            reason, amount: declared,
            what: "\(intake.name) declares \(declared) as a whole, its deposits sum to "
                + "\(tally.batches.map(\.net).sum).")
    }
}

/// Debits of one company in a NACHA file that are not named as our own collection.
struct StrangeDebits {
    let company: String
    /// The first batch of it.
    let batch: Int64
    var items = 0
    var amount = Cents.zero
}
