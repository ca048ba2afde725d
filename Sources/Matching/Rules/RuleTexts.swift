package import Model

/// What is to be known of a rule or stop, for people: the command shows it, and `docs/matching.md`.
package struct RuleEntry: Hashable, Sendable {
    package enum Kind: String, Sendable { case rule, stop }

    package var kind: Kind
    /// Its place among the rules, or among the stops, from 1.
    package var order: Int
    package var name: String
    package var version: Int
    /// The reason that a stop gives; nil for a rule.
    package var reason: Reason?
    package var text: RuleText

    /// Its name and version, as every verdict shows it.
    package var id: String { "\(name)/\(version)" }
    /// The world in `Tests/Fixtures/rules` that shows it at work.
    package var exampleID: String { "\(name)/\(text.proofs.isEmpty ? "holds" : "solves")" }
    /// That world and the counter-world, with what Sluice says of them; nil before `make docs` has written them.
    package var example: RuleExample? { RuleBook.examples[name] }
}

/// What is said of a rule or stop: two sentences and a proof.
package struct RuleText: Hashable, Sendable {
    /// What it needs to speak.
    package var needs: String
    /// The proof that it can give, strongest first; none where it only holds.
    package var proofs: [Proof]
    /// When it stays silent, or lets a person decide.
    package var silent: String

    init(_ proofs: Proof..., needs: String, silent: String) {
        self.needs = needs
        self.proofs = proofs
        self.silent = silent
    }
}

/// A rule at work and a rule that is silent, as two worlds show it.
package struct RuleExample: Hashable, Sendable {
    /// What the world shows, in a sentence.
    package var title: String
    /// The book, the item and what Sluice does, as `Tests/Fixtures/rules` writes it.
    package var world: String
    /// What Sluice says of it.
    package var why: String
    package var silentTitle: String
    /// The counter-world: `-` for the one fact that keeps the rule silent, `+` for what would make it speak.
    package var silentWorld: String
    package var silentWhy: String
}

extension Proof {
    /// What it means.
    package var sentence: String {
        switch self {
        case .twoKeys: "two independent keys agree"
        case .oneKey: "one strong key, and nothing contradicts it"
        case .weak: "weak, ambiguous or contradicted: a person decides"
        }
    }
}

extension RuleBook {
    /// All rules in the order they are tried, then all stops in theirs.
    package static var entries: [RuleEntry] {
        rules.enumerated().map { place, rule in
            RuleEntry(
                kind: .rule, order: place + 1, name: rule.name, version: rule.version, text: RuleTexts.all[rule.name]!)
        }
            + stops.enumerated().map { place, stop in
                RuleEntry(
                    kind: .stop, order: place + 1, name: stop.name, version: stop.version, reason: stop.reason,
                    text: RuleTexts.all[stop.name]!)
            }
    }

    /// The names of all rules and stops, in the same order.
    package static var names: [String] { rules.map(\.name) + stops.map(\.name) }
}

/// The wording of the rule book. A test holds that every rule and stop has its texts, and no other.
package enum RuleTexts {
    package static let all: [String: RuleText] = [
        "bill-lines": RuleText(
            .twoKeys, .oneKey,
            needs: "Remittance lines that each name a bill or account of the book, and make up the item to the cent.",
            silent: "The item has no lines; a line names nothing in the book, or they do not add up: a person decides."
        ),
        "envelope-total": RuleText(
            .twoKeys,
            needs: "Checks and coupons of one envelope, the checks together exactly what is owed on all that the "
                + "coupons name.",
            silent: "The sums differ, a coupon cannot be read, each check names an account of its own, or one of the "
                + "checks is held. Where the payer's own account owes exactly the check, a person decides."
        ),
        "envelope-coupons": RuleText(
            .twoKeys,
            needs: "A check beside coupons by themselves in its envelope, and an amount that only one set of their "
                + "accounts owes together.",
            silent: "No coupon lies by itself, no set fits or several do, or the check is exactly what its own account "
                + "owes. Where the payer's own account owes exactly this, a person decides."
        ),
        "number-conflict": RuleText(
            .twoKeys,
            needs: "Numbers of several accounts, and an amount that is exactly what all of them owe together.",
            silent: "One account is named. Where several are and the amount is not their total, a person decides."
        ),
        "moved-account": RuleText(
            .twoKeys, .oneKey,
            needs: "The clean number of a closed account whose customer has one open account, or one that owes exactly "
                + "this.",
            silent: "The account is open or written off, or none of its customer's is open. Where several may be "
                + "meant, a person decides."
        ),
        "number-and-amount": RuleText(
            .twoKeys,
            needs: "A clean account number, and an amount that is its total due, one open bill or its oldest bills.",
            silent: "The amount is anything else."
        ),
        "number-and-arrangement": RuleText(
            .twoKeys,
            needs: "A clean account number, and an amount that a plan, an extension, a pledge, a deposit, credit or a "
                + "penalty explains to the cent.",
            silent: "Nothing of the kind is in force, or the amount is a round one, which people choose."
        ),
        "number-and-split": RuleText(
            .twoKeys,
            needs: "A clean account number, and an amount that only one set of its customer's accounts owes together.",
            silent: "No set fits or several do, the account is not in it, or the amount can be meant for it alone."
        ),
        "number-and-name": RuleText(
            .twoKeys,
            needs: "A clean account number, and its holder's name on the payment.",
            silent: "The name is another's, or only the last name agrees."
        ),
        "number-and-payer": RuleText(
            .twoKeys,
            needs: "A clean account number, and a payer's bank account that paid for it before.",
            silent: "The payer is new, did not pay for it for long, or pays for customers of other names too."
        ),
        "number-and-earlier-payer": RuleText(
            .twoKeys,
            needs: "A clean account number, and the name of somebody who paid for the account before.",
            silent: "Nobody of this name did, or the payer's bank account is not told or is a bill-pay service's."
        ),
        "number-alone": RuleText(
            .oneKey,
            needs: "A clean account number that no live number resembles by a swap its check digit cannot see.",
            silent: "Such a twin is live: a person decides."
        ),
        "number-unread": RuleText(
            .twoKeys, .oneKey,
            needs: "A number with one unreadable digit that check digit and book complete in one way only.",
            silent: "A live number lies one further error away and no second key speaks: name, payer, amount or coupon."
        ),
        "number-repaired": RuleText(
            .twoKeys,
            needs: "A damaged number that only one live number can have been by one error, and a second key.",
            silent: "Several can have been, or no second key speaks; a round pledge is none. Two errors are never "
                + "repaired."
        ),
        "envelope-coupon": RuleText(
            .twoKeys,
            needs: "A check that names nothing, the one coupon of its envelope that it can be for, and a second key: "
                + "amount, name or payer.",
            silent: "The check names something itself, several coupons may be meant, or no second key speaks. Where "
                + "the payer's own account owes exactly this, a person decides."
        ),
        "bill-in-text": RuleText(
            .twoKeys, .oneKey,
            needs: "One bill number as a whole word of the text: with an amount exactly owed, or alone where it has "
                + "letters.",
            silent: "An account is named, bills of several are, or a number of digits only stands without its amount."
        ),
        "address-and-name": RuleText(
            .twoKeys,
            needs: "A service address in the text, whole, and on the payment its holder's last name or the name of "
                + "somebody who paid for it before.",
            silent: "A part of the address is missing or too much, or an account or bill is named."
        ),
        "address-and-amount": RuleText(
            .twoKeys,
            needs: "A service address in the text, whole, and an amount that is exactly owed for it.",
            silent: "Two accounts there owe the same, or an account or bill is named."
        ),
        "address-and-payer": RuleText(
            .twoKeys,
            needs: "A service address in the text, whole, and a payer's bank account that paid for it before.",
            silent: "The payer never paid for it, or pays for customers of other names too."
        ),
        "pledge-of-agency": RuleText(
            .twoKeys,
            needs: "An agency as payer, and exactly what it pledged for one account of the whole book, or for the one "
                + "whose address the text names.",
            silent: "No agency pays what it pledged. Where it pledged that for several, or a round amount, or where "
                + "the payer's own account owes exactly this, a person decides."
        ),
        "payer-name-and-amount": RuleText(
            .twoKeys,
            needs: "A payer who paid for the customer before, the holder's last name or that of an earlier payer, and "
                + "an amount that one account of the customer's exactly owes.",
            silent: "One of the three is missing, another account of the payer's fits as well, or an account is named."
        ),
        "name-and-amount": RuleText(
            .twoKeys,
            needs: "The holder's name and an amount to the cent, together only once in the whole book.",
            silent: "Another account or a set of the customer's fits too, the name is too common, the amount is round, "
                + "or the payer always paid for others."
        ),
        "customer-total": RuleText(
            .twoKeys,
            needs: "A customer known by payer or name, and exactly what all of the customer's accounts owe together; "
                + "where both say who it is, what only one set of them owes.",
            silent: "Something is named, one account alone owes exactly this, or payer or name lead to two customers."
        ),
        "payer-and-name": RuleText(
            .twoKeys,
            needs: "A payer known for one account only, in its holder's name, whose customer has no other.",
            silent: "The customer has another open account, or the amount is far more than is owed."
        ),
        "taught-words": RuleText(
            .twoKeys,
            needs: "Words that a person accepted to mean one account, and beside them the exact amount, the payer or "
                + "the name.",
            silent: "Nothing stands beside the words, they mean several accounts, or an account or bill is named."
        ),
        "envelope-unproven": RuleText(
            needs: "A check that names nothing, in an envelope whose coupons do. It never posts.",
            silent: "Nothing in its envelope names an account."
        ),
        "unproven": RuleText(
            needs: "Nothing: it comes last and says why nothing is proven. It never posts.",
            silent: "Any other rule has spoken."
        ),
        "stop-duplicate-suspected": RuleText(
            needs: "A check of the same number, amount and payer's name came for the same account some days before, "
                + "with another bank account.",
            silent: "The number differs, it is long ago, or the amount is exactly owed: what the first one paid is "
                + "owed no more."
        ),
        "stop-account-closed": RuleText(
            needs: "The account is closed and owes nothing.",
            silent: "It is still served, or still owes: a final bill is paid like any other."
        ),
        "stop-cash-only": RuleText(
            needs: "The account is cash-only, and the tender can be returned.",
            silent: "The tender cannot come back: cash, card, money order, cashier's check, credit, bill-pay."
        ),
        "stop-account-flagged": RuleText(
            needs: "A flag is in force on the item's day that the office's policy lets hold payments.",
            silent: "The flag is over, or the policy lets it post."
        ),
        "stop-evidence-conflict": RuleText(
            needs: "Coupons of other accounts lie by themselves in the envelope, and the amount is not exactly owed by "
                + "the account named.",
            silent: "The amount is exactly owed, or no coupon lies by itself."
        ),
        "stop-account-ambiguous": RuleText(
            needs: "The payer's own account, known and in the payer's name, owes exactly this, and the account named "
                + "does not.",
            silent: "The amount is exactly owed by the account named, or the payer's name is not that of the other."
        ),
        "stop-amount-unusual": RuleText(
            needs: "The amount is out of all proportion to what is owed, and is no key itself.",
            silent: "The amount is exactly owed or agreed, or below the floor that the policy sets."
        ),
        "stop-other-accounts-open": RuleText(
            needs: "The amount cannot be meant for the one account named, and its customer has others.",
            silent: "It is the total due or a part of it, or a payer who paid for the account before pays it ahead: "
                + "not much more than before, and nothing else that the customer owes explains it."
        ),
    ]
}
