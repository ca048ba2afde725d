internal import Ledger
internal import Matching
internal import Model
internal import Review

/// The billing book while a file is posted: the ledger's, with what this file has posted already and not yet flushed.
///
/// Holds the accounts of the current chunk only, so memory does not grow with the file.
final class WorkingBook: Book {
    private let transaction: Transaction
    private let holds: (String) -> Bool
    private let hasFlags: Bool
    /// The day of the item at hand: flags are those in force on it.
    var day: CivilDate
    private var known: [String: AccountFacts] = [:]

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
        guard let facts = try transaction.account(number) else { return nil }
        known[number] = facts
        return try flagged(facts)
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
        try transaction.accounts(ofPayer: payer, limit: limit)
    }

    func count(lastName: String, limit: Int) throws -> Int {
        try transaction.accountCount(lastName: lastName, limit: limit)
    }

    func accounts(lastName: String, limit: Int) throws -> [AccountFacts] {
        // Not kept: most are looked at once. What this chunk has changed is known already.
        try transaction.accounts(lastName: lastName, limit: limit).map { try flagged(known[$0.number] ?? $0) }
    }

    func count(owing total: Cents, limit: Int) throws -> Int {
        try transaction.billCount(over: total, limit: limit)
    }

    func accounts(owing total: Cents, limit: Int) throws -> [AccountFacts] {
        try transaction.accountNumbers(billedFor: total, limit: limit).compactMap { try account($0) }.filter {
            $0.due == total
        }
    }

    /// Notes what was just posted, so that the next item sees it.
    func pay(_ parts: [Part]) {
        for part in parts { known[part.account]?.pay([part]) }
    }

    /// Forgets the chunk; the ledger has it now.
    func flushed() { known.removeAll(keepingCapacity: true) }
}
