/// What sentences of a candidate's evidence are worth to those who read them.
package enum EvidenceWords {
    static let closed = "it is closed and owes nothing"
    static let othersOnly = "this payer paid for others only"
    static let cashOnly = "it is cash-only"
    static func flag(_ flag: String) -> String { flagged + flag }

    private static let flagged = "it has the flag "
    private static let against = Set([
        closed, othersOnly, cashOnly, AmountFit.nothingOwed.sentence, AmountFit.over.sentence,
    ])

    /// Whether a sentence speaks for the account, and neither against it nor against posting to it.
    static func speaksFor(_ sentence: String) -> Bool {
        !against.contains(sentence) && !sentence.hasPrefix(flagged)
    }

    /// Whether something besides the amount speaks for an account: an amount alone proves no owner, and many owe it.
    package static func isMoreThanAmount(_ evidence: [String]) -> Bool {
        evidence.contains { speaksFor($0) && !$0.hasPrefix("the amount is ") }
    }
}
