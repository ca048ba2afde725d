internal import Ledger
internal import Matching
internal import Model
internal import Review

/// More accounts of one payer than any office asks for (`payer_accounts_max` is at most 100).
private let payerAccountsMost = 128

/// The billing book while a file is posted: the ledger's, with what this file has posted and not yet written there.
///
/// A file that names a good part of all accounts gets them all in memory (`AccountTable`); any other asks the ledger,
/// and keeps the accounts of the current chunk. Both answer alike, and neither grows with the file.
final class WorkingBook: Book {
    private let transaction: Transaction
    private let holds: (String) -> Bool
    private let hasTerms: Bool
    /// The accounts that have flags or terms, where all accounts are in memory: the others cost no look-up.
    private var withTerms: Set<String>?
    private let taught: TaughtMeanings
    /// Where the books stood, of which it is asked; nil for now. Its transaction answers for bills and payers then.
    var past: PastPoint?
    /// The day of the item at hand: flags and terms are those in force on it.
    var day: CivilDate
    private var table: AccountTable?
    private var known: [String: AccountFacts] = [:]
    /// Whom payers paid for, and the ledger does not know yet.
    private var lessons: [Int64: [PayerFacts]] = [:]
    /// What payments gave accounts with terms, and the ledger does not know yet.
    private var waiting: [String: [[Part]]] = [:]
    /// Where the file at hand begins: earlier payments are those before it.
    private let firstPayment: Int64
    private var totals: BillTotals?
    /// The amount that the ledger was asked for last, and the accounts with a bill over it.
    private var billedAnswer: (amount: Cents, accounts: [AccountFacts])?

    /// A book for items of a day (flags and terms are those of that day), all of it in memory or not.
    init(
        _ transaction: Transaction, day: CivilDate, before firstPayment: Int64 = .max, inMemory: Bool = false,
        holds: @escaping (String) -> Bool
    ) throws {
        self.transaction = transaction
        self.firstPayment = firstPayment
        self.holds = holds
        self.day = day
        hasTerms = try transaction.hasTerms()
        taught = TaughtMeanings(try transaction.answeredProposals())
        guard inMemory else { return }
        table = try AccountTable(transaction)
        withTerms = hasTerms ? try transaction.accountsWithTerms() : []
    }

    /// How many parts of payments may wait to be written: with the accounts in memory so many that most share a page
    /// with others; else none beyond a chunk, since the ledger must answer.
    var waitingMax: Int { paysBills ? 131_072 : 0 }

    func account(_ number: String) throws -> AccountFacts? {
        if paysBills { return try table?.account(number).map(whole) }
        if let facts = known[number] { return try whole(facts) }
        guard let facts = try transaction.account(number) else { return nil }
        known[number] = facts
        return try whole(facts)
    }

    func accounts(_ numbers: [String]) throws -> [AccountFacts] {
        if let accounts = table?.accounts(numbers) { return try accounts.map(whole) }
        return try numbers.compactMap { try account($0) }
    }

    private func whole(_ facts: AccountFacts) throws -> AccountFacts {
        guard mayHaveTerms(facts.number) else { return facts }
        var facts = facts
        facts.holdingFlags = try transaction.flags(of: facts.number, on: day).filter(holds)
        facts.terms = try transaction.terms(
            of: facts.number, on: day, waiting: waiting[facts.number] ?? [], before: past)
        return facts
    }

    private func mayHaveTerms(_ account: String) -> Bool { hasTerms && withTerms?.contains(account) ?? true }

    func accounts(ofCustomer customer: String) throws -> [AccountFacts] {
        if let accounts = table?.accounts(ofCustomer: customer) { return try accounts.map(whole) }
        return try transaction.accountNumbers(ofCustomer: customer).compactMap { try account($0) }
    }

    func account(ofBill bill: String) throws -> AccountFacts? {
        try transaction.accountNumber(ofBill: bill).flatMap { try account($0) }
    }

    func accounts(ofPayer payer: Int64, limit: Int) throws -> [PayerFacts] {
        let known = try transaction.accounts(ofPayer: payer, limit: limit)
        guard var facts = lessons[payer] else { return known }
        // A payer of more accounts than anybody asks for proves nothing, whichever of them are told.
        if known.count >= limit { return known }
        for old in known {
            guard let index = facts.firstIndex(where: { $0.account == old.account }) else {
                facts.append(old)
                continue
            }
            facts[index].times += old.times
            facts[index].lastOn = [old.lastOn, facts[index].lastOn].compactMap { $0 }.max()
        }
        facts.sort { $0.times == $1.times ? $0.account < $1.account : $0.times > $1.times }
        return Array(facts.prefix(limit))
    }

    func accounts(taughtBy words: TaughtWords) throws -> [TaughtFacts] { taught.accounts(words) }

    func count(lastName: String, limit: Int) throws -> Int {
        try table?.count(lastName: lastName, limit: limit)
            ?? transaction.accountCount(lastName: lastName, limit: limit)
    }

    func accounts(lastName: String, limit: Int) throws -> [AccountFacts] {
        if let accounts = table?.accounts(lastName: lastName, limit: limit) { return try accounts.map(whole) }
        // Not kept: most are looked at once.
        return try transaction.accounts(lastName: lastName, limit: limit).map { try whole(known[$0.number] ?? $0) }
    }

    func count(owing total: Cents, limit: Int) throws -> Int {
        try transaction.billCount(over: total, limit: limit)
    }

    func accounts(owing total: Cents, limit: Int) throws -> [AccountFacts] {
        if let owing = table?.accounts(owing: total, limit: limit) { return try owing.map(whole) }
        let billed = try accounts(billedFor: total).map { known[$0.number] ?? $0 }
        let owing = billed.filter { $0.due == total && $0.bills.map(\.amount) == [total] }
        return try owing.prefix(limit).map(whole)
    }

    func holders(lastName: String, limit: Int, where passes: (AccountGlance) -> Bool) throws -> [Holder] {
        if let holders = table?.holders(lastName: lastName, limit: limit, where: passes) { return holders }
        return try accounts(lastName: lastName, limit: limit).map(Holder.init).filter { passes($0.glance) }
    }

    func holders(owing total: Cents, limit: Int, where passes: (AccountGlance) -> Bool) throws -> [Holder] {
        if let holders = table?.holders(owing: total, limit: limit, where: passes) { return holders }
        return try accounts(owing: total, limit: limit).map(Holder.init).filter { passes($0.glance) }
    }

    func holders(billed amount: Cents, limit: Int, where passes: (AccountGlance) -> Bool) throws -> [Holder] {
        if let holders = table?.holders(billed: amount, limit: limit, where: passes) { return holders }
        return try accounts(billed: amount, limit: limit).map(Holder.init).filter { passes($0.glance) }
    }

    func accounts(pledged amount: Cents, limit: Int) throws -> [AccountFacts] {
        guard hasTerms else { return [] }
        let numbers = try transaction.accountNumbers(pledged: amount, limit: limit + 1)
        guard numbers.count <= limit else { return [] }
        return try numbers.compactMap { try account($0) }.filter { facts in
            facts.terms?.pledges.contains { $0.amount == amount } ?? false
        }
    }

    func accounts(billed amount: Cents, limit: Int) throws -> [AccountFacts] {
        if let billed = table?.accounts(billed: amount, limit: limit) { return try billed.map(whole) }
        let billed = try accounts(billedFor: amount).map { known[$0.number] ?? $0 }
        let unpaid = billed.filter { $0.bills.contains { $0.amount == amount && $0.open == amount } }
        return try unpaid.prefix(limit).map(whole)
    }

    /// Accounts with a bill over exactly this amount, as the ledger has them. One item asks for them several times.
    private func accounts(billedFor amount: Cents) throws -> [AccountFacts] {
        if let billedAnswer, billedAnswer.amount == amount { return billedAnswer.accounts }
        let accounts = try transaction.accounts(billedFor: amount, limit: .max)
        billedAnswer = (amount, accounts)
        return accounts
    }

    func accounts(owingOverBills total: Cents, limit: Int) throws -> [AccountFacts] {
        if totals == nil { totals = try loadTotals() }
        let numbers = totals?.accounts(owing: total) ?? []
        let owing = try numbers.compactMap { try account($0) }.filter { $0.owedOverBills == total }
        return Array(owing.prefix(limit))
    }

    private func loadTotals() throws -> BillTotals {
        var totals = BillTotals()
        guard try transaction.accountCount() <= amountBookMax else { return totals }
        totals.isKept = true
        if paysBills {
            table?.accountsOwingOverBills { totals.add($0, $1) }
        } else {
            try transaction.accountsOwingOverBills { totals.add($0, $1) }
            for facts in known.values { if let total = facts.owedOverBills { totals.add(facts.number, total) } }
        }
        return totals
    }

    func accounts(atStreet street: String, limit: Int) throws -> [AccountFacts] {
        try transaction.accountNumbers(atStreet: street, limit: limit).compactMap { try account($0) }
    }

    func earlierPayments(of account: String, limit: Int) throws -> [EarlierPayment] {
        if let past { return try transaction.earlierPayments(of: account, at: past, limit: limit) }
        return try transaction.earlierPayments(of: account, before: firstPayment, limit: limit)
    }

    /// Notes what was just posted, so that the next item sees it.
    func pay(_ parts: [Part]) {
        for part in parts {
            if paysBills { table?.pay(part) } else { known[part.account]?.pay([part]) }
        }
        guard totals?.isKept == true else { return }
        for account in Set(parts.map(\.account)) {
            let facts = paysBills ? table?.account(account) : known[account]
            if let total = facts?.owedOverBills { totals?.add(account, total) }
        }
    }

    /// Notes whom a posted item's payer paid for, and what it gave accounts with terms.
    func learn(from posted: PostedItem) {
        if hasTerms, posted.parts.contains(where: { mayHaveTerms($0.account) }) {
            for (account, parts) in Dictionary(grouping: posted.parts, by: \.account) where mayHaveTerms(account) {
                waiting[account, default: []].append(parts)
            }
        }
        for lesson in posted.lessons { lessons[lesson.payer, default: []].note(lesson) }
    }

    /// Forgets the accounts of a chunk, and what payers were noted for: the ledger has all of it now.
    func written() {
        known.removeAll(keepingCapacity: true)
        lessons.removeAll(keepingCapacity: true)
        waiting.removeAll(keepingCapacity: true)
        billedAnswer = nil
    }

    /// Writes to the ledger what was taken off bills in memory.
    func writeBills() throws { try table?.write(to: transaction) }

    /// Whether bills are paid in memory, and written by `writeBills`.
    var paysBills: Bool { table != nil }
}

extension [PayerFacts] {
    fileprivate mutating func note(_ lesson: Lesson) {
        if let index = firstIndex(where: { $0.account == lesson.account }) {
            self[index].times += 1
            self[index].lastOn = Swift.max(self[index].lastOn ?? lesson.on, lesson.on)
        } else if count < payerAccountsMost {
            // Who pays for more proves nothing any more, and would be counted for each of its items.
            append(PayerFacts(account: lesson.account, times: 1, lastOn: lesson.on))
        }
    }
}
