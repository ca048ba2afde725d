import Model

/// One item under decision: what it names, and what the book was asked about it so far.
///
/// Every question to the book goes through here and is asked once. Nothing is asked before a rule needs it:
/// an item with a clean number and the exact amount costs one look-up.
struct Inquiry {
    let query: MatchQuery
    let amount: Cents
    let policy: MatchPolicy
    let book: any Book
    let claims: NumberClaims

    /// The earlier payment that it seems to be told again from, once a stop has found one.
    var twin: PaymentID?
    private var namedAnswer: NamedNumbers?
    var payerAnswer: PayerMemory?
    var payerAccountsAnswer: [AccountFacts]?
    var addressedAnswer: [AccountFacts]?
    var historyAnswers: [(account: String, payments: [EarlierPayment])] = []
    private var repairAnswer: [AccountFacts]?
    private var owingAnswers: [(total: Cents, holders: [Holder]?)] = []
    private var amountAnswer: [Holder]?
    private var heldAnswers: [String: AccountFacts] = [:]
    private var namesakeAnswer: [AccountFacts]?
    private var taughtAnswer: [TaughtAccount]?
    /// Whether the payer's last name is so common that it brings up no account.
    private(set) var hasTooManyNamesakes = false
    private var nameAnswer: PersonName?
    private var lettersAnswer: NameLetters?
    private var nameFits: [String: NameFit] = [:]
    private var memoAnswer: StreetAddress?
    private var memoNumbersAnswer: Set<UInt64>?
    var envelopeAnswer: EnvelopeReading?
    private var customerAnswers: [(customer: String, accounts: [AccountFacts])] = []

    init(query: MatchQuery, amount: Cents, policy: MatchPolicy, book: any Book) {
        self.query = query
        self.amount = amount
        self.policy = policy
        self.book = book
        claims = NumberClaims(query.item, policy: policy)
    }

    /// Read in place: an item is some twenty strings, and a copy of it costs as much as the decision.
    var item: Item { _read { yield query.item } }

    /// What the book knows of the clean numbers that the item names.
    mutating func named() throws -> NamedNumbers {
        if let namedAnswer { return namedAnswer }
        var answer = NamedNumbers()
        for claim in claims.clean {
            if let facts = try book.account(claim.digits) {
                answer.found.append(NamedAccount(claim: claim, facts: facts, target: try target(of: facts)))
            } else {
                answer.missing.append(claim)
            }
        }
        namedAnswer = answer
        return answer
    }

    /// Where money for an account belongs: the account itself while it is open, else the one open account
    /// of a customer who moved.
    mutating func target(of facts: AccountFacts) throws -> Target {
        if facts.isOpen { return .open(facts) }
        // Money for a debt that was given up is a recovery, and no payment of what its customer owes elsewhere.
        if facts.isRecovery { return .closed(facts) }
        let others = try accounts(ofCustomerOf: facts).filter { $0.isOpen && $0.number != facts.number }
        if others.count == 1 { return .moved(from: facts, to: others[0]) }
        return others.isEmpty ? .closed(facts) : .several(from: facts, to: others)
    }

    /// All accounts of an account's customer, itself included.
    mutating func accounts(ofCustomerOf facts: AccountFacts) throws -> [AccountFacts] {
        guard !facts.customer.isEmpty else { return [facts] }
        if let known = customerAnswers.first(where: { $0.customer == facts.customer }) { return known.accounts }
        let accounts = try book.accounts(ofCustomer: facts.customer)
        customerAnswers.append((facts.customer, accounts))
        return accounts
    }

    /// Live accounts that one error may have turned into a number that was read; by number.
    mutating func liveRepairs() throws -> [AccountFacts] {
        if let repairAnswer { return repairAnswer }
        let read = claims.damaged.map(\.digits) + (try named().missing.map(\.digits))
        var numbers: [String] = []
        for digits in read {
            numbers += oneErrorRepairs(of: digits, policy: policy)
            numbers += solutions(of: digits, policy: policy)
        }
        let live = try sortedOnce(numbers).compactMap { try book.account($0) }
        repairAnswer = live
        return live
    }

    /// Who holds the accounts that owe exactly so much, all of them; nil where there are too many to tell them apart.
    mutating func holders(owing total: Cents) throws -> [Holder]? {
        if let known = owingAnswers.first(where: { $0.total == total }) { return known.holders }
        let isTelling = try book.count(owing: total, limit: owingMax) < owingMax
        let answer = isTelling ? try book.holders(owing: total, limit: owingMax) : nil
        owingAnswers.append((total, answer))
        return answer
    }

    /// Accounts of the whole book that owe or are billed something like the amount, by number: see `amountReadings`.
    mutating func holdersByAmount() throws -> [Holder] {
        if let amountAnswer { return amountAnswer }
        let answer = try likeAmounts()
        amountAnswer = answer
        return answer
    }

    /// An account that a holder was told of, as it stands.
    mutating func account(of holder: Holder) throws -> AccountFacts? {
        if let known = heldAnswers[holder.number] { return known }
        let answer = try book.account(holder.number)
        heldAnswers[holder.number] = answer
        return answer
    }

    /// Accounts whose holder has the payer's last name, or none where there are too many to tell them apart.
    mutating func namesakes() throws -> [AccountFacts] {
        if let namesakeAnswer { return namesakeAnswer }
        let last = payerName().last
        let isTelling = try last.utf8.count > 1 && book.count(lastName: last, limit: namesakesMax) < namesakesMax
        let answer = isTelling ? try book.accounts(lastName: last, limit: namesakesMax) : []
        hasTooManyNamesakes = last.utf8.count > 1 && !isTelling
        namesakeAnswer = answer
        return answer
    }

    /// The accounts that people accepted the item's words to mean, as they stand now.
    mutating func taughtAccounts() throws -> [TaughtAccount] {
        if let taughtAnswer { return taughtAnswer }
        let answer = try book.accounts(taughtBy: TaughtWords(item)).compactMap { facts in
            try book.account(facts.account).map { TaughtAccount(account: $0, facts: facts) }
        }
        taughtAnswer = answer
        return answer
    }

    /// The payer's name, read once.
    mutating func payerName() -> PersonName {
        if let nameAnswer { return nameAnswer }
        let name = PersonName(query.item.payer)
        nameAnswer = name
        return name
    }

    private mutating func payerLetters() -> NameLetters {
        if let lettersAnswer { return lettersAnswer }
        let letters = NameLetters(payerName())
        lettersAnswer = letters
        return letters
    }

    /// The memo's words, read once.
    mutating func memo() -> StreetAddress {
        if let memoAnswer { return memoAnswer }
        let words = StreetAddress(query.item.memo)
        memoAnswer = words
        return words
    }

    /// What may be a house number in the memo.
    mutating func memoNumbers() -> Set<UInt64> {
        if let memoNumbersAnswer { return memoNumbersAnswer }
        let numbers = memo().houseNumbers
        memoNumbersAnswer = numbers
        return numbers
    }

    /// How the payer's name stands to an account's holder.
    mutating func name(of account: AccountFacts) -> NameFit { name(account.number, account.name) }

    /// The same of somebody of whom no more is known.
    mutating func name(of holder: Holder) -> NameFit { name(holder.number, holder.name) }

    private mutating func name(_ number: String, _ holder: String) -> NameFit {
        let letters = payerLetters()
        guard !query.item.payer.isEmpty, letters.mayFit(holder) else { return .differs }
        if let known = nameFits[number] { return known }
        let payer = payerName()
        let fit = payer.isEmpty ? .differs : nameFit(payer, PersonName(holder))
        nameFits[number] = fit
        return fit
    }

    /// Whether the amount is, to the cent, something that an account was asked for.
    func isExact(_ account: AccountFacts) -> Bool {
        amountFit(amount, printed: query.item.scanlineDue, to: account).isExact
    }

    /// Whether the amount says anything of an account among others: to the cent, or wrong in a way that people are.
    func isTelling(_ account: AccountFacts) -> Bool {
        let fit = amountFit(amount, printed: query.item.scanlineDue, to: account)
        return fit.isExact || fit.isTelling && arrangement(for: account) == nil
    }

    /// How the amount stands to what an account owes.
    func fit(_ account: AccountFacts) -> AmountFit {
        let fit = amountFit(amount, printed: query.item.scanlineDue, to: account)
        return fit.isExact ? fit : arrangement(for: account).map(AmountFit.arranged) ?? fit
    }
}

/// More accounts than this with the same amount due prove nothing about one of them.
let owingMax = 64

/// A last name with as many accounts as this brings up none of them.
let namesakesMax = 120

/// What the book says of the clean numbers of an item.
struct NamedNumbers {
    var found: [NamedAccount] = []
    /// Right check digit, but not in the book.
    var missing: [NumberClaim] = []

    /// The one account that all found numbers lead to; nil where they lead to none or to several.
    var only: NamedAccount? {
        if found.count == 1 { return found[0] }
        guard let first = found.first, found.allSatisfy({ $0.target == first.target || $0.leads(to: first) }) else {
            return nil
        }
        // The number of the open account itself says more than that of an old one.
        return found.first { !$0.isMoved } ?? first
    }
}

/// An account whose number stands in the item.
struct NamedAccount {
    var claim: NumberClaim
    var facts: AccountFacts
    var target: Target

    var isMoved: Bool { target.account?.number != facts.number }

    fileprivate func leads(to other: NamedAccount) -> Bool {
        guard let mine = target.account, let theirs = other.target.account else { return false }
        return mine.number == theirs.number
    }
}

/// Where money for a named account belongs.
enum Target: Hashable {
    case open(AccountFacts)
    /// The customer moved and has this one open account.
    case moved(from: AccountFacts, to: AccountFacts)
    /// The customer moved and has several.
    case several(from: AccountFacts, to: [AccountFacts])
    /// Closed, owes nothing, and its customer has no open account.
    case closed(AccountFacts)

    /// The one account that it leads to.
    var account: AccountFacts? {
        switch self {
        case .open(let account), .moved(_, let account), .closed(let account): account
        case .several: nil
        }
    }
}
