internal import Ledger
internal import Matching
internal import Model

/// The billing book as it stood just before a payment was decided: what the billing system had stated by then, less
/// what was allocated until then, and the payments of each payer that stood.
///
/// Names, addresses, customers, flags, plans and pledges are those of today: the ledger keeps no earlier ones.
final class PastBook: Book {
    private let transaction: Transaction
    private let past: PastPoint
    private let day: CivilDate
    private let holds: (String) -> Bool
    private let taught: TaughtMeanings
    private var known: [String: AccountFacts] = [:]

    /// The book before a payment of some day (its flags are those in force on it).
    init(_ transaction: Transaction, at past: PastPoint, day: CivilDate, holds: @escaping (String) -> Bool) throws {
        self.transaction = transaction
        self.past = past
        self.day = day
        self.holds = holds
        taught = TaughtMeanings(try transaction.answeredProposals())
    }

    func account(_ number: String) throws -> AccountFacts? {
        if let facts = known[number] { return facts }
        guard var facts = try transaction.account(number) else { return nil }
        facts.bills = try transaction.bills(of: number, at: past)
        facts.holdingFlags = try transaction.flags(of: number, on: day).filter(holds)
        facts.terms = try transaction.terms(of: number, on: day, before: past)
        known[number] = facts
        return facts
    }

    func accounts(ofCustomer customer: String) throws -> [AccountFacts] {
        try transaction.accountNumbers(ofCustomer: customer).compactMap { try account($0) }
    }

    func account(ofBill bill: String) throws -> AccountFacts? {
        try transaction.accountNumber(ofBill: bill).flatMap { try account($0) }
    }

    func accounts(ofPayer payer: Int64, limit: Int) throws -> [PayerFacts] {
        try transaction.accounts(ofPayer: payer, at: past, limit: limit)
    }

    func count(lastName: String, limit: Int) throws -> Int {
        try transaction.accountCount(lastName: lastName, limit: limit)
    }

    func accounts(lastName: String, limit: Int) throws -> [AccountFacts] {
        try transaction.accountNumbers(lastName: lastName, limit: limit).compactMap { try account($0) }
    }

    func count(owing total: Cents, limit: Int) throws -> Int {
        try transaction.accountNumbers(billedFor: total, at: past, limit: limit).count
    }

    func accounts(owing total: Cents, limit: Int) throws -> [AccountFacts] {
        var found: [AccountFacts] = []
        var last = ""
        for number in try transaction.accountNumbers(billedFor: total, at: past, limit: Int.max) where number != last {
            last = number
            guard found.count < limit, let facts = try account(number) else { continue }
            if facts.due == total, facts.bills.map(\.amount) == [total] { found.append(facts) }
        }
        return found
    }

    func accounts(pledged amount: Cents, limit: Int) throws -> [AccountFacts] {
        let numbers = try transaction.accountNumbers(pledged: amount, limit: limit + 1)
        guard numbers.count <= limit else { return [] }
        return try numbers.compactMap { try account($0) }.filter { facts in
            facts.terms?.pledges.contains { $0.amount == amount } ?? false
        }
    }

    func accounts(billed amount: Cents, limit: Int) throws -> [AccountFacts] {
        var found: [AccountFacts] = []
        for number in Set(try transaction.accountNumbers(billedFor: amount, at: past, limit: Int.max)).sorted() {
            guard found.count < limit, let facts = try account(number) else { continue }
            if facts.bills.contains(where: { $0.amount == amount && $0.open == amount }) { found.append(facts) }
        }
        return found
    }

    func accounts(owingOverBills total: Cents, limit: Int) throws -> [AccountFacts] {
        guard try transaction.accountCount() <= amountBookMax else { return [] }
        var numbers: [String] = []
        try transaction.accountsOwingOverBills(at: past) { if $1 == total { numbers.append($0) } }
        return Array(try numbers.sorted().compactMap { try account($0) }.prefix(limit))
    }

    func accounts(atStreet street: String, limit: Int) throws -> [AccountFacts] {
        try transaction.accountNumbers(atStreet: street, limit: limit).compactMap { try account($0) }
    }

    func earlierPayments(of account: String, limit: Int) throws -> [EarlierPayment] {
        try transaction.earlierPayments(of: account, at: past, limit: limit)
    }

    func accounts(taughtBy words: TaughtWords) throws -> [TaughtFacts] { taught.accounts(words) }
}
