import Matching
import Model

/// A billing book in memory, for tests: plain dictionaries, and a count of what it was asked.
final class MemoryBook: Book {
    private(set) var accounts: [String: AccountFacts] = [:]
    private var customers: [String: [String]] = [:]
    private var lastNames: [String: [String]] = [:]
    private var billOwners: [String: String] = [:]
    private var owing: [Cents: Set<String>] = [:]
    private var taught: [String: [TaughtFacts]] = [:]
    private var payers: [Int64: [String: Int]] = [:]
    /// When an account was last taught with a day.
    private var lastDays: [String: CivilDate] = [:]
    private var streets: [String: [String]] = [:]
    private var billed: [Cents: Set<String>] = [:]
    private var history: [String: [EarlierPayment]] = [:]
    /// What came in the file at hand: history once it is closed.
    private var arrived: [(account: String, payment: EarlierPayment)] = []
    /// How often it was asked anything.
    private(set) var questions = 0

    init(_ accounts: [AccountFacts] = []) {
        for account in accounts { insert(account) }
    }

    func insert(_ account: AccountFacts) {
        accounts[account.number] = account
        customers[account.customer, default: []].append(account.number)
        lastNames[PersonName(account.name).last, default: []].append(account.number)
        for bill in account.bills {
            billOwners[bill.number] = account.number
            billed[bill.amount, default: []].insert(account.number)
        }
        if let street = StreetAddress(account.serviceAddress).street {
            streets[street, default: []].append(account.number)
        }
        owing[account.due, default: []].insert(account.number)
    }

    func add(_ bill: OpenBill, to account: String) {
        change(account) { $0.bills.append(bill) }
        billOwners[bill.number] = account
        billed[bill.amount, default: []].insert(account)
    }

    /// Puts a flag on an account that holds its payments.
    func flag(_ account: String, _ flag: String) { change(account) { $0.holdingFlags.append(flag) } }

    /// Takes money as the ledger would.
    func apply(_ cents: Cents, bill: String? = nil, to account: String) {
        guard let facts = accounts[account] else { return }
        let parts = allocate(cents, to: bill, of: facts)
        change(account) { facts in
            for part in parts {
                guard let place = facts.bills.firstIndex(where: { $0.number == part.bill }) else { continue }
                facts.bills[place].open -= part.cents
            }
            facts.bills.removeAll { $0.open == .zero }
        }
    }

    func teach(payer: Int64?, account: String, on day: CivilDate? = nil) {
        guard let payer else { return }
        payers[payer, default: [:]][account, default: 0] += 1
        if let day { lastDays[account] = day }
    }

    /// What people accepted words of a kind to mean.
    func teach(_ words: String, of kind: TaughtFacts.Kind, mean account: String) {
        taught[words, default: []].append(TaughtFacts(account: account, kind: kind, lessons: 2))
    }

    func accounts(taughtBy words: TaughtWords) -> [TaughtFacts] {
        let kinds: [(TaughtFacts.Kind, String)] = [
            (.text, words.text), (.sender, words.sender), (.reference, words.reference),
        ]
        return kinds.flatMap { kind, words in (taught[words] ?? []).filter { $0.kind == kind } }
    }

    /// Notes what an account was paid in the file at hand.
    func note(_ item: Item, _ cents: Cents, for account: String) {
        let earlier = EarlierPayment(
            payment: PaymentID(intake: 1, place: Int64(arrived.count + 1)), payer: item.payer,
            checkNumber: item.checkNumber, on: item.depositDate ?? CivilDate(daysSinceEpoch: 0),
            total: item.amount ?? .zero, cents: cents)
        arrived.append((account, earlier))
    }

    /// Notes what an account was paid before.
    func remember(_ payment: EarlierPayment, for account: String) {
        history[account, default: []].insert(payment, at: 0)
    }

    /// Ends a file: what came in it is history for the next.
    func closeFile() {
        for (account, payment) in arrived { history[account, default: []].insert(payment, at: 0) }
        arrived = []
    }

    private func change(_ account: String, _ change: (inout AccountFacts) -> Void) {
        guard var facts = accounts[account] else { return }
        owing[facts.due]?.remove(account)
        change(&facts)
        accounts[account] = facts
        owing[facts.due, default: []].insert(account)
    }

    private func facts(_ numbers: some Sequence<String>, limit: Int = .max) -> [AccountFacts] {
        questions += 1
        return numbers.sorted().prefix(limit).compactMap { accounts[$0] }
    }

    func account(_ number: String) -> AccountFacts? {
        questions += 1
        return accounts[number]
    }
    func accounts(ofCustomer customer: String) -> [AccountFacts] { facts(customers[customer] ?? []) }
    func account(ofBill bill: String) -> AccountFacts? { billOwners[bill].flatMap { account($0) } }
    func accounts(ofPayer payer: Int64, limit: Int) -> [PayerFacts] {
        questions += 1
        let known = (payers[payer] ?? [:]).map {
            PayerFacts(account: $0.key, times: $0.value, lastOn: lastDays[$0.key])
        }
        let ordered = known.sorted { ($1.times, $0.account) < ($0.times, $1.account) }
        return Array(ordered.prefix(limit))
    }
    func count(lastName: String, limit: Int) -> Int { accounts(lastName: lastName, limit: limit).count }

    func accounts(lastName: String, limit: Int) -> [AccountFacts] { facts(lastNames[lastName] ?? [], limit: limit) }
    func count(owing total: Cents, limit: Int) -> Int { accounts(owing: total, limit: limit).count }

    func accounts(owing total: Cents, limit: Int) -> [AccountFacts] {
        Array(facts(owing[total] ?? []).filter { $0.bills.map(\.amount) == [total] }.prefix(limit))
    }

    func accounts(billed amount: Cents, limit: Int) -> [AccountFacts] {
        let owing = (billed[amount] ?? []).filter { number in
            accounts[number]!.bills.contains { $0.amount == amount && $0.open == amount }
        }
        return facts(owing, limit: limit)
    }

    func accounts(owingOverBills total: Cents, limit: Int) -> [AccountFacts] {
        facts((owing[total] ?? []).filter { accounts[$0]!.bills.count > 1 }, limit: limit)
    }

    func accounts(atStreet street: String, limit: Int) -> [AccountFacts] { facts(streets[street] ?? [], limit: limit) }

    func earlierPayments(of account: String, limit: Int) -> [EarlierPayment] {
        questions += 1
        return Array((history[account] ?? []).prefix(limit))
    }

    func accounts(pledged amount: Cents, limit: Int) -> [AccountFacts] {
        questions += 1
        let found = accounts.values.filter { $0.terms?.pledges.contains { $0.amount == amount } ?? false }
        return found.count > limit ? [] : found.sorted { $0.number < $1.number }
    }
}
