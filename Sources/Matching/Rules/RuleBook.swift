import Model

/// One way to decide an item. Rules are added, and versions raised, never rewritten in silence: a posting
/// names the rule that made it for as long as the books are kept.
struct Rule: Sendable {
    let name: String
    let version: Int
    /// Its name and version, as every verdict shows it.
    let id: String
    /// What it says of an item; nil where it has nothing to say.
    let decide: @Sendable (inout Inquiry) throws -> Ruling?

    init(_ name: String, version: Int, decide: @escaping @Sendable (inout Inquiry) throws -> Ruling?) {
        (self.name, self.version) = (name, version)
        id = "\(name)/\(version)"
        self.decide = decide
    }
}

/// Something that speaks against a posting whatever the proof. The first that applies stops it.
struct Stop: Sendable {
    let name: String
    let version: Int
    /// Its name and version, as every verdict shows it.
    let id: String
    let reason: Reason
    /// What speaks against it, as a sentence; nil where nothing does.
    let finds: @Sendable (Ruling, inout Inquiry) throws -> String?

    init(
        _ reason: Reason, version: Int, finds: @escaping @Sendable (Ruling, inout Inquiry) throws -> String?
    ) {
        (name, self.version) = ("stop-\(reason.rawValue)", version)
        id = "\(name)/\(version)"
        self.reason = reason
        self.finds = finds
    }
}

/// All rules in the order they are tried: strongest key first. What is to be said of each stands in `RuleTexts`.
package enum RuleBook {
    static let rules: [Rule] = [
        .billLines,
        .envelopeTotal,
        .envelopeCoupons,
        .numberConflict,
        .movedAccount,
        .numberAndAmount,
        .numberAndArrangement,
        .numberAndSplit,
        .numberAndName,
        .numberAndPayer,
        .numberAndEarlierPayer,
        .numberAlone,
        .numberUnread,
        .numberRepaired,
        .envelopeCoupon,
        .billInText,
        .addressAndAmount,
        .addressAndName,
        .addressAndPayer,
        .pledgeOfAgency,
        .payerNameAndAmount,
        .nameAndAmount,
        .customerTotal,
        .payerAndName,
        .taughtWords,
        .envelopeUnproven,
        .unproven,
    ]

    /// All stops, in the order of precedence of their reasons.
    static let stops: [Stop] = [
        .toldAgain, .closed, .cashOnly, .flagged, .envelope, .rival, .unusual, .otherAccounts,
    ]
}

/// What a rule says of an item: who gets how much, or why a person must decide.
struct Ruling {
    /// Empty where a person must decide.
    var shares: [Share] = []
    /// The accounts of the shares, in their order.
    var accounts: [AccountFacts] = []
    /// Nil where it posts.
    var reason: Reason?
    var why: String
    var proof: Proof
    /// What a person could post at a stroke, where the rule holds the item but can say it.
    var proposal: Proposal?

    /// All of the item to one account.
    static func post(_ inquiry: Inquiry, to account: AccountFacts, proof: Proof, why: String) -> Ruling {
        let share = Share(account: account.number, cents: inquiry.amount)
        return Ruling(shares: [share], accounts: [account], why: why, proof: proof)
    }

    /// All of the item to one account that keys besides the amount prove; to it and others of its customer
    /// where only their total fits.
    static func post(
        toAccountOrSplit account: AccountFacts, _ inquiry: inout Inquiry, proof: Proof, why: String
    ) throws -> Ruling {
        guard let split = try inquiry.split(including: account) else {
            return .post(inquiry, to: account, proof: proof, why: why)
        }
        return .split(over: split, why: "\(why); only one set of the customer's accounts owes exactly this")
    }

    /// To each account what it owes.
    static func split(over accounts: [AccountFacts], why: String) -> Ruling {
        let shares = accounts.map { Share(account: $0.number, cents: $0.owed) }
        return Ruling(shares: shares, accounts: accounts, why: why, proof: .twoKeys)
    }

    /// A person must decide.
    static func hold(_ reason: Reason, _ why: String) -> Ruling { Ruling(reason: reason, why: why, proof: .weak) }

    /// The account, where it is only one.
    var only: AccountFacts? { accounts.count == 1 ? accounts[0] : nil }
}
