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
    var landlordAnswer: [AccountFacts]?
    var addressedAnswer: [AccountFacts]?
    var historyAnswers: [String: [EarlierPayment]] = [:]
    private var repairAnswer: [AccountFacts]?
    private var isTellingAnswers: [(total: Cents, isTelling: Bool)] = []
    private var owingAnswers: [(total: Cents, holders: [Holder])] = []
    var namedAmountAnswer: [AccountFacts]?
    private var heldAnswers: [String: AccountFacts] = [:]
    private var namesakeAnswer: [Namesake]?
    private var taughtAnswer: [TaughtAccount]?
    /// Whether the payer's last name is so common that it brings up no account.
    private(set) var hasTooManyNamesakes = false
    /// Whether so few accounts have a holder of the payer's last name that it is a hint by itself.
    private(set) var hasFewNamesakes = false
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
        let live = onceByNumber(try book.accounts(numbers), \.number)
        repairAnswer = live
        return live
    }

    /// Whether so few accounts owe exactly so much that they can be told apart.
    mutating func isTelling(owing total: Cents) throws -> Bool {
        if let known = isTellingAnswers.first(where: { $0.total == total }) { return known.isTelling }
        let answer = try book.count(owing: total, limit: owingMax) < owingMax
        isTellingAnswers.append((total, answer))
        return answer
    }

    /// Holders in the payer's name of accounts that owe exactly so much; nil where too many owe it to tell them apart.
    mutating func namedHolders(owing total: Cents) throws -> [Holder]? {
        guard try isTelling(owing: total) else { return nil }
        guard !item.payer.isEmpty else { return [] }
        if let known = owingAnswers.first(where: { $0.total == total }) { return known.holders }
        let answer = try named(book.holders(owing: total, limit: owingMax, where: mayBeNamed()))
        owingAnswers.append((total, answer))
        return answer
    }

    /// Those of some holders who have the payer's name.
    mutating func named(_ holders: [Holder]) -> [Holder] { holders.filter { fit(ofName: $0.name) == .agrees } }

    /// Whether a glance leaves it open that an account's holder has the payer's name.
    mutating func mayBeNamed() -> (AccountGlance) -> Bool {
        let letters = payerLetters()
        return { letters.mayAgree($0.letters) }
    }

    /// An account that a holder was told of, as it stands.
    mutating func account(of holder: Holder) throws -> AccountFacts? {
        if let known = heldAnswers[holder.number] { return known }
        let answer = try book.account(holder.number)
        heldAnswers[holder.number] = answer
        return answer
    }

    /// Accounts whose holder has the payer's last name, or none where there are too many to tell them apart. Where they
    /// are not few, those that neither the name nor the amount may speak for are left out.
    mutating func namesakes() throws -> [Namesake] {
        if let namesakeAnswer { return namesakeAnswer }
        let last = payerName().last
        let count = last.utf8.count > 1 ? try book.count(lastName: last, limit: namesakesMax) : 0
        hasTooManyNamesakes = count >= namesakesMax
        hasFewNamesakes = count <= fewNamesakes
        guard count > 0, !hasTooManyNamesakes else {
            namesakeAnswer = []
            return []
        }
        let (letters, isFew, amount, printed) = (payerLetters(), hasFewNamesakes, amount, item.scanlineDue)
        let holders = try book.holders(lastName: last, limit: namesakesMax) { glance in
            isFew || letters.mayAgree(glance.letters) || glance.mayTell(amount, printed: printed)
        }
        let answer = holders.map { Namesake(holder: $0, name: fit(ofName: $0.name)) }
        namesakeAnswer = answer
        return answer
    }

    /// The accounts of namesakes who have all of the payer's name.
    mutating func namedNamesakes() throws -> [AccountFacts] {
        try namesakes().filter { $0.name == .agrees }.compactMap { try account(of: $0.holder) }
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
    mutating func name(of account: AccountFacts) -> NameFit {
        guard !item.payer.isEmpty, payerLetters().mayFit(Letters(in: account.name)) else { return .differs }
        if let known = nameFits[account.number] { return known }
        let fit = fit(ofName: account.name)
        nameFits[account.number] = fit
        return fit
    }

    private mutating func fit(ofName holder: String) -> NameFit {
        let payer = payerName()
        return payer.isEmpty ? .differs : nameFit(payer, PersonName(holder))
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

/// Each of some values once, by the number of its account.
func onceByNumber<Value>(_ values: [Value], _ number: (Value) -> String) -> [Value] {
    let order = values.indices.sorted { number(values[$0]) < number(values[$1]) }
    return order.indices.filter { $0 == 0 || number(values[order[$0]]) != number(values[order[$0 - 1]]) }
        .map { values[order[$0]] }
}

/// An account whose holder has the payer's last name, and how the whole name stands to the payer's.
struct Namesake {
    let holder: Holder
    let name: NameFit
}

/// A last name of so few accounts is a hint by itself: families pay for each other.
private let fewNamesakes = 12

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
