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
    private var collections: Collections
    private var advices: Advices
    private var strangers: [StrangeDebits] = []
    /// Payments of the chunk that the bank had taken back before they came, and when.
    private var takenBack: [(payment: PaymentID, on: CivilDate)] = []
    /// Credits of the file that bring no money: advices and payments to come.
    private(set) var announced = Cents.zero
    private var sums: Sums
    private var told: ToldUnits
    private var retelling: Retelling
    private let postingBatch: Int64
    private var chunk: [PostedItem] = []
    private var exceptions: [ReviewException] = []
    private var depositIndex = -1
    private var batchIndex = -1
    /// Batches looked at before posting.
    private var lookedAt = 0
    /// The credit by which another report told all of the batch at hand.
    private var whole: PaymentID?
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
        let format = intake.format ?? ""
        dating = Dating(calendar: configuration.calendar, now: now)
        payerKeys = KeyedHash(key: home.secret)
        classifying = Classifying(
            matcher: Matcher(policy: configuration.matching), currency: configuration.currency,
            tellsDebits: format == "bank-csv" || format == "processor-csv",
            tellsCredits: Sums.tellers.contains(format), isProcessor: format == "processor-csv")
        book = try WorkingBook(
            transaction, day: dating.today,
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
        case .batchBegins(let batch): try begin(batch)
        case .item(let item): try post(item)
        case .batchEnds, .depositEnds, .fileEnds, .fault: break
        case .figures: preconditionFailure("items are read to be posted")
        }
    }

    /// Posts what is left and the differences of held units, and opens their exceptions.
    mutating func finish() throws {
        try flush()
        try writeWaiting()
        try book.writeBills()
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

    private mutating func begin(_ deposit: Deposit) throws {
        depositIndex += 1
        let sum = tally.deposits[depositIndex]
        let difference = isReceipt(sum) ? tally.difference(ofDeposit: depositIndex) : .zero
        let (bankKey, date) = (bankKey(deposit), deposit.date ?? dating.today)
        try transaction.insert(
            DepositRow(
                key: depositKey, intake: intake.id, deposit: deposit, bankKey: bankKey, date: date,
                declared: sum.declared.net, held: sum.hold != nil, difference: difference,
                report: retelling.report(deposit)))
        told.begin(deposit, key: depositKey, bankKey: bankKey, date: date, difference: difference)
        try retelling.begin(deposit, bankKey: bankKey, date: date)
    }

    /// Some formats fill our account's number up with zeros.
    private func bankKey(_ deposit: Deposit) -> Int64? {
        deposit.bankAccount.isEmpty ? nil : payerKeys(String(deposit.bankAccount.drop { $0 == "0" }))
    }

    /// Units have places above those of items, so that their entries' keys are their own.
    private func unitKey(_ place: Int64) -> Int64 {
        PaymentID(intake: intake.id, place: PaymentID.placesMax + place).key
    }

    private var depositKey: Int64 { unitKey(Int64(depositIndex) + 50_000_001) }
    private var batchKey: Int64 { unitKey(Int64(batchIndex) + 1) }

    private mutating func begin(_ batch: Batch) throws {
        batchIndex += 1
        envelope = nil
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
        told.beginBatch(key: batchKey, difference: difference)
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
    private mutating func noteStranger(_ posted: PostedItem, _ batch: Tally.BatchSum) {
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

    private mutating func tellStrangers() throws {
        for debits in strangers {
            let reason = Reason.collectionNotConfigured
            try openUnitException(
                reason, batch: debits.batch, severity: .note, amount: debits.amount,
                what: "\(intake.name) has \(debits.items) debits over \(debits.amount) of company "
                    + "\(debits.company), which is not among collections: companies.",
                why: "\(reason.sentence) \(reason.remedy)")
        }
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
        posted.payerKey = item.bankAccount.isEmpty ? nil : payerKeys("\(item.routing) \(item.bankAccount)")
        posted.transaction = try envelopeKey(item.transaction)
        let unit = UnitState(
            isCopy: deposit.isCopy, hold: tally.hold(ofBatch: batchIndex), isReceipt: isReceipt(sum))
        if try retelling.isToldByParts(posted) { posted.item.kind = .sum }
        let exception = try decide(&posted, in: unit)
        advices.note(posted)
        noteStranger(posted, sum)
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

    /// Says where an item stands. Returns the exception it opens, where a person must look at it.
    private mutating func decide(_ posted: inout PostedItem, in unit: UnitState) throws -> ReviewException? {
        if isOurs(posted), !unit.isCopy, let first = try retelling.first(of: posted) ?? wholeOf(posted) {
            if first.isSure { return tellTwice(&posted, first.payment) }
            // A held unit is held whole, whatever is suspected of its items.
            if unit.hold == nil, posted.item.direction == .credit { return suspect(&posted, first.payment) }
        }
        if isSoundReturn(posted, in: unit) {
            let found = try taken(by: posted)
            if let gone = found.gone.last { return try suspectReturn(&posted, of: gone) }
            if found.standing.count == 1 {
                try takeBack(found.standing[0], by: &posted)
                return nil
            }
        }
        let obstacle = classifying.obstacle(posted, in: unit)
        if let obstacle, obstacle.books == .none, let answer = try collected(&posted, obstacle, in: unit) {
            return settle(&posted, answer.obstacle, why: answer.why)
        }
        if obstacle?.status != .rejected, posted.item.direction == .credit {
            posted.twin = try twins.twin(
                of: posted, batch: tally.batches[batchIndex].number, isACH: intake.format == "nacha")
        }
        if obstacle?.reason == .feeKept, let first = try sentBefore(posted) { return tellTwice(&posted, first) }
        let isSuspect = posted.twin != nil && (obstacle?.reason == .sumUntold || obstacle?.books == .suspense)
        if let obstacle, !isSuspect {
            return settle(&posted, obstacle, why: try sums.why(posted, obstacle))
        }
        if let twin = posted.twin {
            return settle(
                &posted, Obstacle(.duplicateSuspected, .duplicate, .onHold),
                why: "It shares a number with payment \(twin), which no two payments share.")
        }
        if let entry = try collections.ended(by: posted.item, amount: posted.amount) {
            if let day = entry.takenBackOn {
                // Its return came first: it goes through the books and out again, as in the order of the bank.
                takenBack.append((posted.payment, day))
                return settle(&posted, Obstacle(.collectionReturned, .suspense, .suspense, opensException: false))
            }
            return settle(
                &posted, Obstacle(.collectionReturned, .suspense, .suspense),
                why: "\(try collections.words(of: entry)) The bank had returned or rejected it before.")
        }
        try collections.direct(&posted.item, amount: posted.amount)
        try advices.direct(&posted)
        let verdict = try classifying.match(&posted, in: book)
        return verdict.reason.map { exception(posted, $0, why: verdict.why) }
    }

    /// Whether an item is money of the office's currency.
    private func isOurs(_ posted: PostedItem) -> Bool {
        posted.amount > .zero && posted.item.currency == home.configuration.currency
    }

    /// The same fee of a file that came before: a processor's file was sent again in other bytes.
    private func sentBefore(_ posted: PostedItem) throws -> PaymentID? {
        let item = posted.item
        guard !item.trace.isEmpty else { return nil }
        return try transaction.fee(
            trace: item.trace, amount: posted.amount, direction: item.direction, before: intake.id)
    }

    /// The credit by which another report told all of the batch at hand, and which stands on a customer's account.
    private func wholeOf(_ posted: PostedItem) -> Retold? {
        let item = posted.item
        guard let whole, item.direction == .credit, item.booking == .booked, !item.fractionOfCent else { return nil }
        return Retold(payment: whole, isSure: false)
    }

    /// Another report told it: it stands once.
    private func tellTwice(_ posted: inout PostedItem, _ first: PaymentID) -> ReviewException? {
        posted.twin = first
        (posted.status, posted.books, posted.reason) = (.duplicate, .none, .toldTwice)
        (posted.rule, posted.proof) = ("told-by-report/1", "P2")
        return nil
    }

    /// Another report may have told it: a person compares the two.
    private func suspect(_ posted: inout PostedItem, _ first: PaymentID) -> ReviewException? {
        posted.twin = first
        return settle(
            &posted, Obstacle(.duplicateSuspected, .duplicate, .onHold),
            why: "Another report of this bank account and day tells payment \(first), alone or with others in one sum, "
                + "and no number tells the two apart.")
    }

    /// The payments that a booked return may take back.
    private mutating func taken(by posted: PostedItem) throws -> ReturnFinding {
        // The payment may stand in this very file: what waits is written first.
        precondition(!book.paysBills, "a file that takes payments back is matched in the ledger")
        try flush()
        try writeWaiting()
        let item = posted.item
        var search = ReturnSearch(amount: posted.amount)
        search.trace = item.original?.trace ?? ""
        search.endToEnds = [item.original?.endToEnd ?? "", item.endToEnd]
        (search.payerKey, search.checkNumber) = (posted.payerKey, item.checkNumber)
        search.routing = item.original?.routing ?? ""
        // A NACHA return that takes money from us is of a debit of our own: never of a credit that another sent us,
        // however alike the numbers are.
        let isOfOwnDebit = intake.format == "nacha" && item.original?.code != Original.reversal
        search.tenders = isOfOwnDebit ? [item.tender] : item.tender.kin
        return try transaction.payments(takenBackBy: search)
    }

    /// A return with the numbers of one that was carried out: told again or another one, a person says which.
    private func suspectReturn(_ posted: inout PostedItem, of gone: PaymentID) throws -> ReviewException? {
        let earlier = try transaction.return(of: gone) ?? gone
        posted.twin = earlier
        return settle(
            &posted, Obstacle(.duplicateSuspected, .duplicate, .none),
            why: "The bank took payment \(gone) back before (\(earlier)), and no number tells this return from that "
                + "one. Nothing was taken back for it.")
    }

    /// Takes the one payment back that a booked return speaks of.
    private mutating func takeBack(_ payment: PaymentID, by posted: inout PostedItem) throws {
        let item = posted.item
        try transaction.takeBack(
            payment, on: posted.dates.value, postedOn: dating.postingDay, postingBatch: postingBatch)
        try transaction.closeExceptions(of: payment, at: now.description, on: dating.today)
        posted.twin = payment
        (posted.status, posted.books, posted.rule, posted.proof) = (.returned, .none, "return-by-number/1", "P2")
        // The same numbers cannot end the entry of our own once more.
        if case .one(let entry) = try collections.finding(of: item, amount: posted.amount) {
            collections.end(entry, by: posted.payment)
        }
    }

    /// Whether a return says for certain that the bank took so much of our money back.
    private func isSoundReturn(_ posted: PostedItem, in unit: UnitState) -> Bool {
        let item = posted.item
        return item.isReturn && item.direction == .debit && item.booking == .booked && !unit.isCopy && unit.hold == nil
            && item.original?.isDisputed != true && item.currency == home.configuration.currency
            && !item.fractionOfCent && posted.amount > .zero
    }

    /// What a return, an answer or a notice does to the entry of our own collection file that it speaks of: a return
    /// and a rejection end it. No money moves, for an entry brings none. Nil where the item is none of these.
    private mutating func collected(
        _ posted: inout PostedItem, _ obstacle: Obstacle, in unit: UnitState
    ) throws -> (obstacle: Obstacle, why: String?)? {
        let item = posted.item
        switch obstacle.reason {
        case .returnUnmatched:
            let finding = try collections.finding(of: item, amount: posted.amount)
            guard case .one(let entry) = finding, isSoundReturn(posted, in: unit) else {
                return (obstacle, try words(of: finding))
            }
            let why = try collections.words(of: entry) + " " + collections.standing(of: entry)
            collections.end(entry, by: posted.payment)
            posted.twin = entry.payment
            return (Obstacle(.collectionReturned, .returned, .none), why)
        case .collectionAnswered:
            if let unit = try collections.unit(rejectedBy: item) {
                collections.end(unit, by: posted.payment)
                return (
                    obstacle,
                    "It rejects all open entries of our own collection file, intake \(unit.intake), at once: "
                        + "\(unit.entries) over \(unit.cents)."
                )
            }
            // An answer need not tell the amount.
            let finding = try collections.finding(of: item, amount: posted.amount == .zero ? nil : posted.amount)
            let why = try words(of: finding)
            if case .one(let entry) = finding, item.original?.isRejected == true {
                collections.end(entry, by: posted.payment)
                posted.twin = entry.payment
            }
            return (obstacle, why)
        case .accountNotice:
            guard let change = item.original?.change else { return nil }
            guard case .one(let entry) = try collections.subject(of: item) else {
                return (Obstacle(.noticeUnmatched, .rejected, .none), try words(of: collections.subject(of: item)))
            }
            try collections.tell(change, code: item.original?.code ?? "", of: entry, by: posted.payment)
            posted.twin = entry.payment
            return (Obstacle(.accountNotice, .rejected, .none, opensException: false), nil)
        default: return nil
        }
    }

    private func words(of finding: Collections.Finding) throws -> String? {
        switch finding {
        case .none: nil
        case .one(let entry): try collections.words(of: entry)
        case .ended(let entry): "\(try collections.words(of: entry)) The bank had returned or rejected it before."
        case .several: "It may speak of more than one payment to come of our own collection files."
        }
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
        var exception = ReviewException(
            id: ExceptionID(payment: posted.payment, number: 1), intake: intake.id, payment: posted.payment,
            reason: reason, severity: isForKnowing(reason, posted.books) ? .note : .fault,
            amount: posted.amount,
            what: "\(kind)\(who) over \(posted.amount): \(reason.sentence)", whyNotPosted: why)
        if reason == .sumUntold { exception.waitingFor = "the file that tells its payments" }
        return exception
    }

    /// Whether nothing is left to decide about its money, so that a note closes it.
    private func isForKnowing(_ reason: Reason, _ books: Books) -> Bool {
        switch reason {
        case .amountZero, .bookingUnstated: true
        case .collectionAnswered, .accountNotice, .noticeUnmatched: books == .none
        default: false
        }
    }

    private mutating func flush() throws {
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
        chunk.removeAll(keepingCapacity: true)
        chunkBytes = 0
        exceptions.removeAll(keepingCapacity: true)
        try twins.flushed()
        for (payment, day) in takenBack {
            try transaction.takeBack(payment, on: day, postedOn: dating.postingDay, postingBatch: postingBatch)
        }
        takenBack.removeAll(keepingCapacity: true)
        try collections.flushed()
        try advices.flushed()
        if bulk.waitingCount >= book.waitingMax { try writeWaiting() }
    }

    private mutating func writeWaiting() throws {
        try bulk.writeWaiting(payingBills: !book.paysBills)
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

/// Debits of one company in a NACHA file that are not named as our own collection.
private struct StrangeDebits {
    let company: String
    /// The first batch of it.
    let batch: Int64
    var items = 0
    var amount = Cents.zero
}
