package import Model

/// One item with what the matcher may know of its payer and its day.
package struct MatchQuery: Hashable, Sendable {
    package var item: Item
    /// The keyed hash of the payer's routing and account number; nil where the item names none.
    package var payer: Int64?
    /// The item's own day: dues and memory age count from it, never from the clock.
    package var day: CivilDate
    /// What lay in one envelope with it; nil where it came alone.
    package var envelope: Envelope?

    package init(item: Item, payer: Int64?, day: CivilDate, envelope: Envelope? = nil) {
        self.item = item
        self.payer = payer
        self.day = day
        self.envelope = envelope
    }
}

/// How well an item's owner is proven (P1, P2, P3).
package enum Proof: String, Sendable, Comparable {
    /// Two independent keys agree.
    case twoKeys = "P1"
    /// One strong key, and nothing contradicts it.
    case oneKey = "P2"
    /// Weak, ambiguous or contradicted: a person decides.
    case weak = "P3"

    /// Stronger proof first.
    package static func < (left: Proof, right: Proof) -> Bool { left.rawValue < right.rawValue }
}

/// What the matcher says of one item: where its money belongs and why, or why a person must say.
package struct Verdict: Hashable, Sendable {
    /// Who gets how much; sums to the item's amount. Empty where a person must decide.
    package var shares: [Share]
    /// Why it is not posted; nil where it is.
    package var reason: Reason?
    /// One sentence for the clerk: what was found and what speaks against posting it.
    package var why: String
    /// The rule that decided and its version: `number-and-amount/1`.
    package var rule: String
    package var proof: Proof
    /// Accounts it may belong to, best first, at most nine.
    package var candidates: [Candidate]
    /// The earlier payment that it seems to be told again from; nil where it seems to be none.
    package var twin: PaymentID?

    package init(
        shares: [Share] = [], reason: Reason? = nil, why: String = "", rule: String, proof: Proof,
        candidates: [Candidate] = [], twin: PaymentID? = nil
    ) {
        self.shares = shares
        self.reason = reason
        self.why = why
        self.rule = rule
        self.proof = proof
        self.candidates = candidates
        self.twin = twin
    }
}

/// The part of an item that goes to one account, and to one bill where the payer says so.
package struct Share: Hashable, Sendable {
    package var account: String
    package var bill: String?
    package var cents: Cents

    package init(account: String, bill: String? = nil, cents: Cents) {
        self.account = account
        self.bill = bill
        self.cents = cents
    }
}

/// An account an item may belong to.
package struct Candidate: Hashable, Sendable {
    package var account: String
    package var name: String
    /// 0 to 100: an order for people, not a probability.
    package var score: Int
    /// What speaks for it and against it, each in a clerk's words: `account number read clean, check digit right`.
    package var evidence: [String]
    /// Who gets how much if a person agrees, where that is not all of the item to this account.
    package var proposal: [Share] = []

    package init(account: String, name: String, score: Int, evidence: [String]) {
        self.account = account
        self.name = name
        self.score = score
        self.evidence = evidence
    }
}

/// Decides about items. Pure: the same query and book give the same verdict.
package struct Matcher: Sendable {
    package var policy: MatchPolicy
    /// What it goes by, in the order of the rule book.
    let rules: [Rule]
    let stops: [Stop]

    /// Goes by the rule book, less the rules and stops that are left out by name: what each is worth shows without it.
    package init(policy: MatchPolicy, without left: Set<String> = []) {
        self.policy = policy
        rules = RuleBook.rules.filter { !left.contains($0.name) }
        stops = RuleBook.stops.filter { !left.contains($0.name) }
        precondition(rules.last?.name == RuleBook.rules.last?.name, "the last rule decides every item")
    }
}

/// What an office sets about matching (`config/policy.yaml`).
package struct MatchPolicy: Hashable, Sendable {
    /// The scheme of the last digit of account numbers; nil where numbers have none.
    package var checkDigit: CheckDigit?
    /// How many digits an account number has.
    package var accountDigits: ClosedRange<Int>
    /// How references are written that name an account as a field would.
    package var references: [ReferenceFormat] = []
    /// What nothing asks for does not post above this many times what is due (and above `unusualFloor`).
    package var unusualTimes: Int
    /// Amounts up to this are never unusual.
    package var unusualFloor: Cents
    /// A payer known for more accounts than this is taken for a service that pays for unrelated customers.
    package var payerAccountsMax: Int
    /// What a payer paid for longer ago than this, counted from the item's day, proves nothing.
    package var payerMemoryDays: Int
    /// Within so many days a check of the same number and amount for the same account may be told again.
    package var duplicateDays: Int
    /// Rules, by name and version, that were wrong too often: what they would post, they only suggest.
    package var demotedRules: Set<String> = []

    package init(
        checkDigit: CheckDigit? = .luhn, accountDigits: ClosedRange<Int> = 10...10, unusualTimes: Int = 4,
        unusualFloor: Cents = Cents(100_000), payerAccountsMax: Int = 6, payerMemoryDays: Int = 550,
        duplicateDays: Int = 14
    ) {
        self.checkDigit = checkDigit
        self.accountDigits = accountDigits
        self.unusualTimes = unusualTimes
        self.unusualFloor = unusualFloor
        self.payerAccountsMax = payerAccountsMax
        self.payerMemoryDays = payerMemoryDays
        self.duplicateDays = duplicateDays
    }
}
