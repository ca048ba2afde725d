import Model

/// What decides about payments outside the matcher, and stands on them as a rule does: whoever reads such a name can
/// look it up.
package struct RuleOutside: Hashable, Sendable {
    package let name: String
    package let version: Int
    /// When it decides, in a sentence.
    package let needs: String
    /// What it does then.
    package let does: String

    /// Its name and version, as payments show it.
    package var id: String { "\(name)/\(version)" }
}

extension RuleBook {
    /// All names that a payment may bear besides those of the rules and stops.
    package static let outside: [RuleOutside] = [
        RuleOutside(
            name: "not-matched", version: 1,
            needs: "What the bank, the file or another payment says of the item keeps it from being matched: its "
                + "reason says what.",
            does: "No account is looked for to post it. Where a person decides, candidates are shown."),
        RuleOutside(
            name: "amount", version: 1, needs: "The item has no amount that could be posted.",
            does: "A person looks at it."),
        RuleOutside(
            name: "list-doctor", version: 1, needs: "The lines of a list do not add up to the item's amount.",
            does: "It says which line may be wrong, and what would be posted then. It never posts; where several "
                + "readings would mend the list it proposes none."),
        RuleOutside(
            name: "sampled", version: 1,
            needs: "A payment that a rule would have posted was drawn for the sample by which the rules are measured.",
            does: "A person decides it without knowing what the rule chose."),
        RuleOutside(
            name: "told-by-report", version: 1,
            needs: "Another report of the same bank account told the item before, or a file was sent again.",
            does: "It stands on the books once: this telling moves no money."),
        RuleOutside(
            name: "return-by-number", version: 1,
            needs: "The bank took an item back, and its numbers lead to one payment that stands.",
            does: "That payment is reversed."),
        RuleOutside(
            name: "sum-told", version: 1, needs: "The payments of a sum that the bank credited are told by a file.",
            does: "The sum comes off the books: its payments stand there."),
        RuleOutside(
            name: "sum-told-by-person", version: 1,
            needs: "A person decided that other files tell the payments of a sum.",
            does: "The sum comes off the books by that word alone."),
    ]
}
