import Model

/// A reading of an amount that bills alone do not explain: what was agreed about the account, or is expected on it.
struct Arrangement: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// The next instalment of a plan, or so many of them.
        case instalments(Int)
        /// The next instalment of a plan, and all bills that the plan does not collect.
        case instalmentAndBills
        /// All that is left of a plan.
        case restOfPlan
        /// What the customer was given an extension for.
        case extended
        /// What the agency that pays has pledged.
        case pledged
        /// All that is due but for what an agency has pledged.
        case withoutPledge
        /// All that is due less the credit that the billing system holds.
        case withoutCredit
        /// All that is due as it was billed, without the penalty that was added since.
        case withoutPenalty
        /// Exactly what was past due.
        case pastDue
        /// The customer deposit that the account is asked for.
        case deposit
        /// All that is due, and the customer deposit.
        case depositAndDue
    }

    var kind: Kind
    /// Whether it is a key of its own: an amount that nobody would choose, or that only the one who pays has promised.
    var isKey: Bool

    /// What a clerk reads.
    var sentence: String {
        switch kind {
        case .instalments(1): "the amount is exactly an instalment of its plan"
        case .instalments(let count): "the amount is exactly \(count) instalments of its plan"
        case .instalmentAndBills: "the amount is exactly an instalment of its plan and its other bills"
        case .restOfPlan: "the amount is exactly the rest of its plan"
        case .extended: "the amount is exactly what its extension asks for"
        case .pledged: "the amount is exactly what the paying agency has pledged"
        case .withoutPledge: "the amount is exactly the total due without what an agency has pledged"
        case .withoutCredit: "the amount is exactly the total due less the account's credit"
        case .withoutPenalty: "the amount is exactly what was billed, without the penalty added since"
        case .pastDue: "the amount is exactly what is past due"
        case .deposit: "the amount is exactly the customer deposit it is asked for"
        case .depositAndDue: "the amount is exactly the total due and the customer deposit"
        }
    }
}

extension Inquiry {
    /// The first reading that holds; nil where the amount is none of them.
    func arrangement(for account: AccountFacts) -> Arrangement? {
        if let terms = account.terms {
            if pledge(in: terms) != nil { return Arrangement(kind: .pledged, isKey: true) }
            if let kind = reading(of: terms, account) { return Arrangement(kind: kind, isKey: !isChosen) }
        }
        guard account.bills.count > 0 else { return nil }
        if account.bills.contains(where: { $0.open > $0.amount }), amount == account.billed {
            return Arrangement(kind: .withoutPenalty, isKey: !isChosen)
        }
        if account.depositAlone(amount) != nil { return Arrangement(kind: .deposit, isKey: !isChosen) }
        if account.depositBesideDebts(amount) != nil { return Arrangement(kind: .depositAndDue, isKey: !isChosen) }
        return amount == account.pastDue(on: query.day) ? Arrangement(kind: .pastDue, isKey: !isChosen) : nil
    }

    /// Whether only a round pledge explains the amount: agencies pledge the same for many.
    func isRoundPledge(for account: AccountFacts) -> Bool {
        guard isChosen, case .arranged(let arrangement) = fit(account) else { return false }
        return arrangement.kind == .pledged
    }

    /// Whether the amount is a round one, which people choose whatever they owe.
    private var isChosen: Bool { amount.rawValue % 500 == 0 }

    private func reading(of terms: AccountTerms, _ account: AccountFacts) -> Arrangement.Kind? {
        for plan in terms.plans {
            let left = plan.instalmentLeft
            if amount == plan.instalment || amount == left { return .instalments(1) }
            if amount == plan.remaining { return .restOfPlan }
            if left > .zero, amount == account.owed(besides: plan) + left { return .instalmentAndBills }
            if let count = plan.instalments(in: amount) { return .instalments(count) }
        }
        let owed = account.owed
        if terms.extensions.contains(where: { $0.amount == amount }) { return .extended }
        let pledged = terms.pledges.reduce(Cents.zero) { $0 + $1.amount }
        if pledged > .zero, amount == owed - pledged { return .withoutPledge }
        if terms.credit > .zero, amount == owed - terms.credit { return .withoutCredit }
        return nil
    }

    /// The pledge that the item is, where its payer is the agency that made it.
    private func pledge(in terms: AccountTerms) -> Pledge? {
        let pledges = terms.pledges.filter { $0.amount == amount }
        guard !pledges.isEmpty else { return nil }
        return pledges.first { isAgency(query.item.payer, $0.agency) }
    }

    /// Accounts for which the agency that pays has pledged exactly this; none where it may be too many.
    mutating func pledgedExactly() throws -> [AccountFacts] {
        guard !item.payer.isEmpty else { return [] }
        return try book.accounts(pledged: amount, limit: pledgesMax).filter { account in
            account.terms.flatMap(pledge) != nil
        }
    }

    /// What a person should know of an account's terms before deciding.
    func termsSentences(of account: AccountFacts) -> [String] {
        guard let terms = account.terms else { return [] }
        return terms.plans.map { "it has a plan (\($0.kind.rawValue)) with instalments of \($0.instalment)" }
            + terms.extensions.map { "it has an extension until \($0.until)" }
            + terms.pledges.map { "\($0.agency) has pledged \($0.amount) for it" }
            + terms.turnOffs.prefix(1).map {
                $0.amountToStop == .zero
                    ? "its turn-off of \($0.visitOn) is stopped by what was posted since"
                    : "its water is to be turned off on \($0.visitOn); \($0.amountToStop) stops it"
            }
    }
}

extension PaymentPlan {
    /// How many instalments an amount is, two at least; nil where it is no whole number of them, or too many.
    fileprivate func instalments(in amount: Cents) -> Int? {
        guard amount.rawValue % instalment.rawValue == 0, remaining.map({ amount < $0 }) ?? true else { return nil }
        let count = Int(amount.rawValue / instalment.rawValue)
        return (2...instalmentsMax).contains(count) ? count : nil
    }
}

/// People pay a few instalments at once; more of them make any round amount fit.
private let instalmentsMax = 3

/// More pledges of one amount than this tell nobody for whom it is.
private let pledgesMax = 256

/// Whether a payer's name is an agency's: all words of the shorter name stand in the longer one in the same order, each
/// with at most one typing error, and they are two at least or all there are. Nothing is read as in a person's name:
/// Paul Vincent is not the society of St Vincent de Paul.
func isAgency(_ payer: String, _ agency: String) -> Bool {
    let (mine, theirs) = (agencyWords(payer), agencyWords(agency))
    let (short, long) = mine.count <= theirs.count ? (mine, theirs) : (theirs, mine)
    guard !short.isEmpty, short.count > 1 || long.count == 1 else { return false }
    var rest = long[...]
    return short.allSatisfy { word in
        guard let place = rest.firstIndex(where: { isNear(word, $0) }) else { return false }
        rest = rest[(place + 1)...]
        return true
    }
}

/// The words of an agency's name as it writes them: a comma turns nothing round, and small words say nothing.
private func agencyWords(_ name: String) -> [[UInt8]] {
    PersonName(name.replacing(",", with: " ")).words.filter { !smallWords.contains($0) }
}

private let smallWords = Set(["THE", "OF", "AND", "FOR", "DE", "A"].map { Array($0.utf8) })

extension AccountFacts {
    /// What is due as it was billed: what was added to a bill since it was issued is left out.
    fileprivate var billed: Cents {
        bills.reduce(.zero) { $0 + ($1.isDeposit ? .zero : min($1.open, $1.amount)) }
    }

    /// What is open on the bills that a plan does not collect; nothing where the plan names none, for its arrears are
    /// then not told from the rest.
    fileprivate func owed(besides plan: PaymentPlan) -> Cents {
        guard !plan.bills.isEmpty else { return .zero }
        return bills.reduce(.zero) { $0 + ($1.isDeposit || plan.bills.contains($1.number) ? .zero : $1.open) }
    }
}
