internal import Ledger
internal import Matching
internal import Model
internal import Review

/// More accounts of one payer than any office asks for (`payer_accounts_max` is at most 100).
private let payerAccountsMost = 128

/// The billing book while a file is posted: the ledger's, with what this file has posted and not yet written there.
///
/// Holds the accounts of the current chunk and what waits to be written, so memory does not grow with the file.
final class WorkingBook: Book {
    private let transaction: Transaction
    private let holds: (String) -> Bool
    private let hasFlags: Bool
    /// The day of the item at hand: flags are those in force on it.
    var day: CivilDate
    private var known: [String: AccountFacts] = [:]
    /// What was allocated and is not in the ledger yet, by account.
    private var unwritten: [String: [Part]] = [:]
    /// Whom payers paid for, and the ledger does not know yet.
    private var lessons: [Int64: [String: PayerFacts]] = [:]

    /// A book for items of a day (flags in force are those of that day).
    init(_ transaction: Transaction, day: CivilDate, holds: @escaping (String) -> Bool) throws {
        self.transaction = transaction
        self.holds = holds
        self.day = day
        hasFlags = try transaction.hasFlags()
    }

    func prepare(for queries: [MatchQuery]) throws {}

    func account(_ number: String) throws -> AccountFacts? {
        if let facts = known[number] { return try flagged(facts) }
        guard let stated = try transaction.account(number) else { return nil }
        let facts = paid(stated)
        known[number] = facts
        return try flagged(facts)
    }

    /// An account as the ledger has it, less what waits to be written.
    private func paid(_ stated: AccountFacts) -> AccountFacts {
        guard let parts = unwritten[stated.number] else { return stated }
        var facts = stated
        facts.pay(parts)
        return facts
    }

    private func flagged(_ facts: AccountFacts) throws -> AccountFacts {
        guard hasFlags else { return facts }
        var facts = facts
        facts.holdingFlags = try transaction.flags(of: facts.number, on: day).filter(holds)
        return facts
    }

    func accounts(ofCustomer customer: String) throws -> [AccountFacts] {
        try transaction.accountNumbers(ofCustomer: customer).compactMap { try account($0) }
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
            guard let new = facts[old.account] else {
                facts[old.account] = old
                continue
            }
            let day = [old.lastOn, new.lastOn].compactMap { $0 }.max()
            facts[old.account] = PayerFacts(account: old.account, times: old.times + new.times, lastOn: day)
        }
        let ordered = facts.values.sorted { $0.times == $1.times ? $0.account < $1.account : $0.times > $1.times }
        return Array(ordered.prefix(limit))
    }

    func count(lastName: String, limit: Int) throws -> Int {
        try transaction.accountCount(lastName: lastName, limit: limit)
    }

    func accounts(lastName: String, limit: Int) throws -> [AccountFacts] {
        // Not kept: most are looked at once.
        try transaction.accounts(lastName: lastName, limit: limit).map { try flagged(paid($0)) }
    }

    func count(owing total: Cents, limit: Int) throws -> Int {
        try transaction.billCount(over: total, limit: limit)
    }

    func accounts(owing total: Cents, limit: Int) throws -> [AccountFacts] {
        try transaction.accounts(billedFor: total, limit: limit).map { paid($0) }.filter {
            $0.due == total && $0.bills.map(\.amount) == [total]
        }.map { try flagged($0) }
    }

    /// Notes what was just posted, so that the next item sees it.
    func pay(_ parts: [Part]) {
        for part in parts {
            known[part.account]?.pay([part])
            if part.bill != nil { unwritten[part.account, default: []].append(part) }
        }
    }

    /// Notes whom a posted item's payer paid for.
    func learn(from posted: PostedItem) {
        for lesson in posted.lessons {
            // Who pays for so many proves nothing any more, and would be counted for each of its items.
            let known = lessons[lesson.payer] ?? [:]
            guard known.count < payerAccountsMost || known[lesson.account] != nil else { continue }
            var facts = known[lesson.account] ?? PayerFacts(account: lesson.account, times: 0)
            facts.times += 1
            facts.lastOn = max(facts.lastOn ?? lesson.on, lesson.on)
            lessons[lesson.payer, default: [:]][lesson.account] = facts
        }
    }

    /// Forgets the accounts of a chunk.
    func flushed() { known.removeAll(keepingCapacity: true) }

    /// Forgets what waited: the ledger has it now.
    func written() {
        known.removeAll(keepingCapacity: true)
        unwritten.removeAll(keepingCapacity: true)
        lessons.removeAll(keepingCapacity: true)
    }
}
