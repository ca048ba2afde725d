internal import Files
internal import Formats
internal import Ledger
internal import Matching
internal import Model
internal import Records
internal import Review

/// Posts one surveyed file: the second look at its bytes, one ledger transaction with everything that belongs to it.
struct Posting {
    /// Items posted at once: the more, the more of them share a page of an index; these need some 30 MB.
    private static let chunkSize = 16_384
    /// A chunk of long texts is posted sooner.
    private static let chunkBytesMax = 8 << 20

    private let home: Home
    private let now: Moment
    private let transaction: Transaction
    private let intake: Intake
    private let tally: Tally
    private let payerKeys: KeyedHash
    private let classifying: Classifying
    private let dating: Dating
    private let book: WorkingBook
    private var bulk: BulkPosting
    private var twins: Twins
    private let postingBatch: Int64
    private var chunk: [PostedItem] = []
    private var exceptions: [ReviewException] = []
    private var depositIndex = -1
    private var batchIndex = -1
    private var place: Int64 = 0
    private var unitExceptions = 0
    private var chunkBytes = 0
    private var documentPlace: Int64 = 0
    private var envelope: (number: String, key: Int64)?

    init(
        home: Home, now: Moment, transaction: Transaction, intake: Intake, tally: Tally, postingBatch: Int64
    ) throws {
        self.home = home
        self.now = now
        self.transaction = transaction
        self.intake = intake
        self.tally = tally
        self.postingBatch = postingBatch
        let configuration = home.configuration
        dating = Dating(calendar: configuration.calendar, now: now)
        payerKeys = KeyedHash(key: home.secret)
        classifying = Classifying(
            matcher: Matcher(policy: configuration.matching), currency: configuration.currency,
            tellsDebits: intake.format == "bank-csv")
        book = try WorkingBook(
            transaction, day: dating.today, holds: { configuration.holds($0) })
        bulk = try BulkPosting(transaction, intake: intake.id, postingBatch: postingBatch)
        twins = try Twins(transaction)
    }
}

extension Posting {
    /// How many items were taken so far.
    var items: Int64 { place }

    /// Takes the next event of the file.
    mutating func take(_ event: ReadEvent) throws {
        switch event {
        case .depositBegins(let deposit): try begin(deposit)
        case .batchBegins: try beginBatch()
        case .item(let item): try post(item)
        case .batchEnds, .depositEnds, .fileEnds, .fault, .figures: break
        }
    }

    /// Posts what is left and the differences of held units, and opens their exceptions.
    mutating func finish() throws {
        try flush()
        try writeWaiting()
        try holdDeposits()
        try holdFile()
        guard documentPlace > 0 else { return }
        let report = try transaction.claimLooseImages(for: intake.id)
        try ImageExceptions(transaction, at: now).tell(report.unreadable, of: intake)
        try makeIndexDue(transaction)
    }

    private mutating func begin(_ deposit: Deposit) throws {
        depositIndex += 1
        let sum = tally.deposits[depositIndex]
        let difference = isReceipt(sum) ? tally.difference(ofDeposit: depositIndex) : .zero
        try transaction.insert(
            DepositRow(
                key: depositKey, intake: intake.id, deposit: deposit, bankKey: bankKey(deposit),
                date: deposit.date ?? dating.today, declared: sum.declared.net, held: sum.hold != nil,
                difference: difference))
    }

    private func bankKey(_ deposit: Deposit) -> Int64? {
        deposit.bankAccount.isEmpty ? nil : payerKeys(deposit.bankAccount)
    }

    /// Units have places above those of items, so that their entries' keys are their own.
    private func unitKey(_ place: Int64) -> Int64 {
        PaymentID(intake: intake.id, place: PaymentID.placesMax + place).key
    }

    private var depositKey: Int64 { unitKey(Int64(depositIndex) + 50_000_001) }
    private var batchKey: Int64 { unitKey(Int64(batchIndex) + 1) }

    private mutating func beginBatch() throws {
        batchIndex += 1
        envelope = nil
        let sum = tally.batches[batchIndex]
        let isHeld = tally.hold(ofBatch: batchIndex) != nil
        let isReceipt = isReceipt(sum)
        let difference = isReceipt ? tally.difference(ofBatch: batchIndex) : .zero
        try transaction.insert(
            BatchRow(
                key: batchKey, deposit: depositKey, number: sum.number, declaredItems: sum.declared.items,
                declared: sum.declared.net, items: sum.items, counted: sum.net, held: isHeld, difference: difference))
        if isReceipt, let own = sum.hold, tally.hold(ofBatch: batchIndex) == own {
            try hold(batch: sum, own, difference)
        }
    }

    /// Whether a batch brings money to the books: booked, told for the first time, in the office's currency, and a
    /// credit by what the bank declares of it or by what its items give.
    private func isReceipt(_ batch: Tally.BatchSum) -> Bool {
        let deposit = tally.deposits[batch.deposit].deposit
        let stated = [batch.declared.currency, batch.currency, deposit.currency].first { !$0.isEmpty }
        let isOurs = stated.map { $0 == home.configuration.currency } ?? true
        // An entry that is a debit as a whole brings nothing, whatever its details say.
        let isDebit = batch.declared.debits != nil && batch.declared.credits == nil
        let isCredit = !isDebit && (batch.declared.credits ?? batch.credits) + batch.credits > .zero
        return batch.booking == .booked && isCredit && !deposit.isCopy && isOurs
    }

    /// Whether any batch of a deposit brings money to the books.
    private func isReceipt(_ deposit: Tally.DepositSum) -> Bool {
        tally.batches[deposit.batches].contains(where: isReceipt)
    }

    private mutating func hold(batch: Tally.BatchSum, _ reason: Reason, _ difference: Cents) throws {
        let deposit = tally.deposits[batch.deposit].deposit
        try transaction.addDifference(
            key: batchKey, intake: intake.id, bankKey: bankKey(deposit), on: deposit.date ?? dating.today,
            postedOn: dating.postingDay, postingBatch: postingBatch, difference)
        try openUnitException(
            reason, batch: batchKey, amount: batch.stated,
            what: "Batch \(batch.number) of \(intake.name) \(batch.problem ?? "does not balance").")
    }

    private mutating func openUnitException(
        _ reason: Reason, deposit: Int64? = nil, batch: Int64? = nil, amount: Cents, what: String
    ) throws {
        unitExceptions += 1
        try transaction.open(
            ReviewException(
                id: ExceptionID(intake: intake.id, number: unitExceptions), intake: intake.id, deposit: deposit,
                batch: batch,
                reason: reason, severity: .fault, amount: amount, what: what,
                whyNotPosted: "\(reason.sentence) All of it stands in unresolved."), at: now.description)
    }

    private mutating func holdDeposits() throws {
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

    private mutating func holdFile() throws {
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

extension Posting {
    private mutating func post(_ item: Item) throws {
        place += 1
        guard place < PaymentID.placesMax else {
            throw FileRefused(.recordMalformed, at: item.position, "a file holds at most 900,000,000 items")
        }
        var item = item
        let sum = tally.batches[batchIndex]
        let deposit = tally.deposits[sum.deposit].deposit
        if item.currency.isEmpty { item.currency = deposit.currency }
        if item.currency.isEmpty { item.currency = home.configuration.currency }
        if item.number.isEmpty { item.number = "1" }
        // All of it: the credit that offsets our own debits is money to come, too.
        if item.kind == .payment, home.configuration.collectionCompanies.contains(sum.company) {
            item.kind = .expected
        }
        // Zeros before a check number are filling; a number of zeros is none.
        item.checkNumber = String(item.checkNumber.drop { $0 == "0" })
        let dates = dating.dates(of: item, in: deposit)
        var posted = PostedItem(
            payment: PaymentID(intake: intake.id, place: place), batch: batchKey, item: item,
            amount: item.amount ?? .zero, dates: dates)
        posted.bankKey = bankKey(deposit)
        posted.payerKey = item.bankAccount.isEmpty ? nil : payerKeys("\(item.routing) \(item.bankAccount)")
        posted.transaction = try envelopeKey(item.transaction)
        let unit = UnitState(
            isCopy: deposit.isCopy, hold: tally.hold(ofBatch: batchIndex), isReceipt: isReceipt(sum))
        if let exception = try decide(&posted, in: unit) { exceptions.append(exception) }
        book.learn(from: posted)
        chunk.append(posted)
        chunkBytes += posted.item.memo.utf8.count + posted.item.scanline.utf8.count + posted.item.payer.utf8.count
        if chunk.count >= Self.chunkSize || chunkBytes > Self.chunkBytesMax { try flush() }
    }

    private mutating func envelopeKey(_ number: String) throws -> Int64? {
        guard !number.isEmpty else { return nil }
        if let envelope, envelope.number == number { return envelope.key }
        let key = PaymentID(intake: intake.id, place: place).key
        try transaction.insertTransaction(key: key, batch: batchKey, number: number)
        envelope = (number, key)
        return key
    }

    /// Says where an item stands. Returns the exception it opens, where a person must look at it.
    private mutating func decide(_ posted: inout PostedItem, in unit: UnitState) throws -> ReviewException? {
        if posted.item.isReturn, try takeBack(&posted, in: unit) { return nil }
        let obstacle = classifying.obstacle(posted, in: unit)
        if obstacle?.status != .rejected, posted.item.direction == .credit {
            posted.twin = try twins.twin(of: posted)
        }
        if let obstacle, posted.twin == nil || obstacle.books == .unresolved || obstacle.books == .none {
            return settle(&posted, obstacle, why: try collected(posted.item))
        }
        if let twin = posted.twin {
            return settle(
                &posted, Obstacle(.duplicateSuspected, .duplicate, .onHold),
                why: "It shares a number with payment \(twin), which no two payments share.")
        }
        let verdict = try classifying.match(&posted, in: book)
        return verdict.reason.map { exception(posted, $0, why: verdict.why) }
    }

    /// Takes the one payment back that a booked return speaks of. Where none or several may be meant, a person decides.
    private mutating func takeBack(_ posted: inout PostedItem, in unit: UnitState) throws -> Bool {
        let item = posted.item
        guard item.direction == .debit, item.booking == .booked, !unit.isCopy, unit.hold == nil,
            item.original?.isDisputed != true, item.currency == home.configuration.currency, !item.fractionOfCent,
            posted.amount > .zero
        else { return false }
        // The payment may stand in this very file: what waits is written first.
        try flush()
        try writeWaiting()
        let search = ReturnSearch(
            amount: posted.amount, trace: item.original?.trace ?? "",
            endToEnds: [item.original?.endToEnd ?? "", item.endToEnd], payerKey: posted.payerKey,
            checkNumber: item.checkNumber)
        let found = try transaction.payments(takenBackBy: search)
        guard found.count == 1 else { return false }
        try transaction.takeBack(
            found[0], on: posted.dates.value, postedOn: dating.postingDay, postingBatch: postingBatch)
        try transaction.closeExceptions(of: found[0], at: now.description, on: dating.today)
        posted.twin = found[0]
        (posted.status, posted.books, posted.rule, posted.proof) = (.returned, .none, "return-by-number/1", "P2")
        return true
    }

    /// Which entry of our own collection file an item speaks of, in words; nil where it speaks of none.
    private func collected(_ item: Item) throws -> String? {
        guard item.kind == .returned || item.kind == .answer || item.kind == .notice, let original = item.original,
            let found = try transaction.expectedPayment(
                trace: original.trace, endToEnds: [original.endToEnd, item.endToEnd])
        else { return nil }
        let who = found.payer.isEmpty ? "" : " from \(found.payer)"
        let reference = found.reference.isEmpty ? "" : ", reference \(found.reference)"
        return "It speaks of \(found.payment), a payment to come\(who)\(reference), of our own collection file."
    }

    private func settle(_ posted: inout PostedItem, _ obstacle: Obstacle, why: String? = nil) -> ReviewException? {
        posted.status = obstacle.status
        posted.books = obstacle.books
        posted.reason = obstacle.reason
        posted.rule = "not-matched/1"
        guard obstacle.opensException else { return nil }
        return exception(posted, obstacle.reason, why: why ?? obstacle.reason.sentence)
    }

    private func exception(_ posted: PostedItem, _ reason: Reason, why: String) -> ReviewException {
        let item = posted.item
        let who = item.payer.isEmpty ? "" : " from \(item.payer)"
        let check = item.checkNumber.isEmpty ? "A check" : "Check \(item.checkNumber)"
        let credit = item.tender == .check ? check : "Credit"
        let payment = item.direction == .debit ? "Debit" : credit
        let kind = item.kind.word.map { "\($0)\(item.original?.summary ?? "")" } ?? payment
        return ReviewException(
            id: ExceptionID(payment: posted.payment, number: 1), intake: intake.id, payment: posted.payment,
            reason: reason, severity: reason == .amountZero || reason == .bookingUnstated ? .note : .fault,
            amount: posted.amount,
            what: "\(kind)\(who) over \(posted.amount): \(reason.sentence)", whyNotPosted: why)
    }

    private mutating func flush() throws {
        try bulk.post(chunk)
        for index in chunk.indices where !chunk[index].item.images.isEmpty { try nameDocuments(chunk[index]) }
        for exception in exceptions { try transaction.open(exception, at: now.description) }
        chunk.removeAll(keepingCapacity: true)
        chunkBytes = 0
        exceptions.removeAll(keepingCapacity: true)
        book.flushed()
        twins.flushed()
        if bulk.isWritingDue { try writeWaiting() }
    }

    private mutating func writeWaiting() throws {
        try bulk.writeWaiting()
        book.written()
    }

    private mutating func nameDocuments(_ posted: PostedItem) throws {
        try transaction.nameDocuments(
            for: posted.payment, item: posted.item, deposit: depositKey, businessDate: posted.dates.deposit,
            site: home.configuration.site, at: now.description, place: &documentPlace)
    }
}

extension ItemKind {
    /// What a clerk calls it; nil for a payment, which has names of its own.
    fileprivate var word: String? {
        switch self {
        case .payment: nil
        case .returned: "Return"
        case .correction: "Correction"
        case .sum: "Sum"
        case .fee: "Fee"
        case .expected: "Payment to come"
        case .advice: "Advice"
        case .notice: "Notice"
        case .answer: "Answer"
        }
    }
}

extension Original {
    /// Its code and the number of the earlier item, to stand behind the word for the item.
    fileprivate var summary: String {
        let number = trace.isEmpty ? endToEnd : trace
        return (code.isEmpty ? "" : " \(code)") + (number.isEmpty ? "" : " of \(number)")
    }
}
