/// A set of Latin letters, whatever their case.
package struct Letters: Hashable, Sendable {
    /// Each letter is a bit.
    private let bits: UInt32

    /// The letters that stand in a text.
    package init(in text: some Sequence<UInt8>) {
        bits = text.reduce(0) { bits, byte in
            let place = (byte | 0x20) &- UInt8(ascii: "a")
            return place < 26 ? bits | 1 &<< UInt32(place) : bits
        }
    }

    /// The same of a text, whose bytes are read where they lie.
    package init(in text: String) {
        self = text.utf8.withContiguousStorageIfAvailable { Letters(in: $0) } ?? Letters(in: text.utf8)
    }

    /// How many of them are not among others.
    package func countMissing(in others: Letters) -> Int { (bits & ~others.bits).nonzeroBitCount }
}

/// What is told of an account without reading its texts: enough to pass over most of those that share a name or an
/// amount.
package struct AccountGlance: Hashable, Sendable {
    /// The letters of its holder's name.
    package var letters: Letters
    /// What is open on its only bill, nothing where no bill is open; nil where that takes a closer look: it has several
    /// bills, or one that asks for security.
    package var owed: Cents?

    package init(letters: Letters, owed: Cents?) {
        self.letters = letters
        self.owed = owed
    }

    package init(_ account: AccountFacts) {
        let isPlain = account.bills.allSatisfy { $0.kind != OpenBill.depositKind } && account.bills.count < 2
        self.init(letters: Letters(in: account.name), owed: isPlain ? account.due : nil)
    }
}

/// Who holds an account: what is asked of those of many that a glance does not pass over.
package struct Holder: Hashable, Sendable {
    /// The account's number.
    package var number: String
    package var name: String
    package var glance: AccountGlance

    package init(number: String, name: String, glance: AccountGlance) {
        self.number = number
        self.name = name
        self.glance = glance
    }

    package init(_ account: AccountFacts) {
        self.init(number: account.number, name: account.name, glance: AccountGlance(account))
    }
}
