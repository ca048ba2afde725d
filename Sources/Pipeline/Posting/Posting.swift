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

    let home: Home
    let now: Moment
    let transaction: Transaction
    let intake: Intake
    let tally: Tally
    let payerKeys: KeyedHash
    let classifying: Classifying
    let dating: Dating
    let book: WorkingBook
    var bulk: BulkPosting
    var twins: Twins
    var collections: Collections
    var advices: Advices
    var strangers: [StrangeDebits] = []
    /// Payments of the chunk that the bank had taken back before they came, and when.
    var takenBack: [(payment: PaymentID, on: CivilDate)] = []
    /// How many payments each rule has posted.
    var postings: [String: Int64] = [:]
    /// What rules would have done with payments of the chunk that people decide blind.
    var samples: [Sample] = []
    /// Credits of the file that bring no money: advices and payments to come.
    private(set) var announced = Cents.zero
    var sums: Sums
    var told: ToldUnits
    var retelling: Retelling
    var overlaps: Overlaps
    let postingBatch: Int64
    var chunk: [PostedItem] = []
    var exceptions: [ReviewException] = []
    var depositIndex = -1
    var batchIndex = -1
    /// Batches looked at before posting.
    var lookedAt = 0
    /// The credit by which another report told all of the batch at hand.
    var whole: PaymentID?
    var place: Int64 = 0
    var unitExceptions = 0
    var chunkBytes = 0
    var documentPlace: Int64 = 0
    var envelope: (number: String, key: Int64)?
    /// Items of one envelope that wait until all of it is there.
    var waiting: [Item] = []
    /// An envelope of more items than wait together is no envelope: they are taken one by one.
    var isOverfull = false
    /// What lay in one envelope with the item at hand.
    var opened: Envelope?

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
        let format = intake.format ?? ""
        dating = Dating(calendar: configuration.calendar, now: now)
        payerKeys = KeyedHash(key: home.secret)
        classifying = Classifying(
            matcher: try home.matcher(transaction), currency: configuration.currency,
            allocation: configuration.allocation,
            tellsDebits: format == "bank-csv" || format == "processor-csv",
            tellsCredits: Sums.tellers.contains(format), isProcessor: format == "processor-csv",
            sampling: Sampling(home))
        book = try WorkingBook(
            transaction, day: dating.today, before: PaymentID(intake: intake.id, place: 1).key,
            inMemory: try Self.isBookInMemory(tally, transaction, configuration.memoryAccounts),
            holds: { configuration.holds($0) })
        bulk = try BulkPosting(transaction, intake: intake.id, postingBatch: postingBatch)
        twins = try Twins(transaction)
        collections = try Collections(transaction)
        advices = try Advices(transaction, currency: configuration.currency)
        sums = try Sums(
            home: home, dating: dating, transaction: transaction, intake: intake, postingBatch: postingBatch)
        told = ToldUnits(format: format, intake: intake.id, currency: configuration.currency)
        retelling = Retelling(
            transaction, intake: intake.id, format: format, calendar: configuration.calendar)
        overlaps = Overlaps(transaction, intake: intake.id, layouts: home.layouts)
    }

    /// Whether so many items are to be matched that reading all accounts once costs less than looking each up; and
    /// nothing in the file changes bills otherwise than by payments.
    private static func isBookInMemory(_ tally: Tally, _ transaction: Transaction, _ most: Int) throws -> Bool {
        guard most > 0, tally.holdsOnlyPayments else { return false }
        let accounts = try transaction.accountCount()
        return accounts <= most && accounts / 10 <= tally.items
    }
}

extension Posting {
    /// How many items were taken so far.
    var items: Int64 { place }

    /// Whether another file told of an account and day of this one: its numbers are then looked at before its texts.
    mutating func isToldElsewhere() throws -> Bool {
        for sum in tally.deposits {
            let deposit = sum.deposit
            let date = deposit.date ?? dating.today
            if try retelling.isTold(deposit, bankKey: bankKey(deposit), date: date) { return true }
        }
        return false
    }

    /// Takes an event of the file before any is posted.
    mutating func lookAhead(_ event: ReadEvent, for look: Retelling.Look) throws {
        switch event {
        case .batchBegins(let batch):
            retelling.beginEntry(batch.reference, items: tally.batches[lookedAt].items)
            lookedAt += 1
        case .fileEnds: lookedAt = 0
        case .depositBegins(let deposit):
            try retelling.begin(deposit, bankKey: bankKey(deposit), date: deposit.date ?? dating.today)
        case .item(let item): try retelling.lookAhead(item, for: look, dating: dating)
        case .batchEnds, .depositEnds, .fault: break
        case .figures: preconditionFailure("items are read to be posted")
        }
    }

    /// Takes the next event of the file.
    mutating func take(_ event: ReadEvent) throws {
        switch event {
        case .depositBegins(let deposit): try begin(deposit)
        case .batchBegins(let batch):
            try openEnvelope()
            try begin(batch)
        case .item(let item) where item.transaction.isEmpty && waiting.isEmpty: try post(item)
        case .item(let item): try gather(item)
        case .batchEnds, .depositEnds, .fileEnds: try openEnvelope()
        case .fault: break
        case .figures: preconditionFailure("items are read to be posted")
        }
    }

    /// Posts what is left and the differences of held units, and opens their exceptions.
    mutating func finish() throws {
        try flush()
        try writeWaiting()
        try book.writeBills()
        try transaction.addPostings(postings, of: intake.id)
        try collections.finish(intake.id, at: now.description)
        try tellStrangers()
        told.finish()
        try sums.tell(told.units)
        try holdDeposits()
        try holdFile()
        guard documentPlace > 0 else { return }
        let report = try transaction.claimLooseImages(for: intake.id)
        try ImageExceptions(transaction, at: now).tell(report.unreadable, of: intake)
        try makeIndexDue(transaction)
    }
}

extension Posting {
    /// A payer is the same however a bank fills the account number up: one file has the zeros, another leaves them out.
    private func payerKey(_ item: Item) -> Int64? {
        let account = item.bankAccount.drop { $0 == "0" }
        return account.isEmpty ? nil : payerKeys("\(item.routing) \(account)")
    }

    /// Posts one item.
    mutating func post(_ item: Item) throws {
        var posted = try place(item)
        let exception =
            if let settled = try settleUnmatched(&posted) { settled.exception } else { try match(&posted) }
        try take(posted, exception)
        try flushIfFull()
    }

    /// Gives the next item its place in the file, its days and its keys.
    mutating func place(_ item: Item) throws -> PostedItem {
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
        // So is a reversal of ours, which has no word of the payer's bank.
        let isOwn = item.kind == .payment || item.kind == .returned && item.original?.code == Original.reversal
        if isOwn, home.configuration.collectionCompanies.contains(sum.company) { item.kind = .expected }
        if item.kind == .expected { collections.came() }
        if item.kind == .payment, item.direction == .credit, sums.isSum(item) { item.kind = .sum }
        // Zeros before a check number are filling; a number of zeros is none.
        item.checkNumber = String(item.checkNumber.drop { $0 == "0" })
        let dates = dating.dates(of: item, in: deposit)
        var posted = PostedItem(
            payment: PaymentID(intake: intake.id, place: place), batch: batchKey, item: item,
            amount: item.amount ?? .zero, dates: dates)
        posted.bankKey = bankKey(deposit)
        posted.payerKey = payerKey(item)
        posted.transaction = try envelopeKey(item.transaction)
        if try retelling.isToldByParts(posted) { posted.item.kind = .sum }
        return posted
    }

    /// Lays an item that is decided to the others of its chunk.
    mutating func take(_ posted: PostedItem, _ exception: ReviewException?) throws {
        advices.note(posted)
        noteStranger(posted, tally.batches[batchIndex])
        if posted.item.direction == .credit, posted.item.kind.isAnnouncement { announced += posted.amount }
        told.add(posted)
        if posted.item.kind == .sum, posted.books == .unresolved {
            sums.add(posted, exception)
        } else {
            if let exception { exceptions.append(exception) }
            book.learn(from: posted)
            chunk.append(posted)
        }
        chunkBytes += posted.item.memo.utf8.count + posted.item.scanline.utf8.count + posted.item.payer.utf8.count
    }

    mutating func flushIfFull() throws {
        if chunk.count + sums.count >= Self.chunkSize || chunkBytes > Self.chunkBytesMax { try flush() }
    }

    private mutating func envelopeKey(_ number: String) throws -> Int64? {
        guard !number.isEmpty else { return nil }
        if let envelope, envelope.number == number { return envelope.key }
        let key = PaymentID(intake: intake.id, place: place).key
        try transaction.insertTransaction(key: key, batch: batchKey, number: number)
        envelope = (number, key)
        return key
    }

    mutating func flush() throws {
        for (posted, exception) in try sums.settle() {
            chunk.append(posted)
            if let exception { exceptions.append(exception) }
        }
        try bulk.post(chunk)
        for index in chunk.indices where chunk[index].reason == .feeKept {
            try transaction.addFee(chunk[index], intake: intake.id, postingBatch: postingBatch)
        }
        for index in chunk.indices where !chunk[index].item.images.isEmpty { try nameDocuments(chunk[index]) }
        for exception in exceptions { try transaction.open(exception, at: now.description) }
        for sample in samples { try transaction.insert(sample) }
        samples.removeAll(keepingCapacity: true)
        chunk.removeAll(keepingCapacity: true)
        chunkBytes = 0
        exceptions.removeAll(keepingCapacity: true)
        try twins.flushed()
        for (payment, day) in takenBack {
            try transaction.takeBack(
                payment, on: day, postedOn: dating.postingDay, postingBatch: postingBatch, at: now.description)
        }
        takenBack.removeAll(keepingCapacity: true)
        try collections.flushed()
        try advices.flushed()
        if bulk.waitingCount >= book.waitingMax { try writeWaiting() }
    }

    mutating func writeWaiting() throws {
        try bulk.writeWaiting(payingBills: !book.paysBills)
        book.written()
    }

    private mutating func nameDocuments(_ posted: PostedItem) throws {
        try transaction.nameDocuments(
            for: posted.payment, item: posted.item, deposit: depositKey, businessDate: posted.dates.deposit,
            site: home.configuration.site, at: now.description, place: &documentPlace)
    }
}
