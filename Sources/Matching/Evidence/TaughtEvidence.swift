package import Model

/// The words of a payment that people may teach a meaning: each without numbers, so that none is a number in disguise.
package struct TaughtWords: Hashable, Sendable {
    /// The memo's words in capitals.
    package let text: String
    /// The words of the payer's name in capitals.
    package let sender: String
    /// The reference that the sender gives, as it stands.
    package let reference: String

    package init(memo: String, payer: String, reference: String) {
        text = telling(memo)
        sender = telling(payer)
        self.reference = reference.utf8.count < lettersMin ? "" : reference
    }

    package init(_ item: Item) { self.init(memo: item.memo, payer: item.payer, reference: item.reference) }

    /// Whether there is nothing in it that could be taught.
    package var isEmpty: Bool { text.isEmpty && sender.isEmpty && reference.isEmpty }
}

/// Fewer letters say too little to mean anything.
private let lettersMin = 6

/// The words of a text in capitals, cut at everything that is no letter; empty where they say too little.
///
/// A word with a digit in it is left out whole: it counts months, checks or bills.
private func telling(_ text: String) -> String {
    var (words, start, hasDigit, letters): ([UInt8], Int, Bool, Int) = ([], 0, false, 0)
    func end() {
        let count = words.count - start
        if !hasDigit, count > 1 {
            letters += count
            words.append(UInt8(ascii: " "))
        } else {
            words.removeSubrange(start...)
        }
        (start, hasDigit) = (words.count, false)
    }
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): words.append(byte - 32)
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...: words.append(byte)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): hasDigit = true
        case UInt8(ascii: "'"): break
        default: end()
        }
    }
    end()
    return letters < lettersMin ? "" : String(decoding: words.dropLast(), as: UTF8.self)
}

/// An account that people accepted some words to mean.
package struct TaughtFacts: Hashable, Sendable {
    package enum Kind: String, Sendable {
        case text
        case sender
        case reference
    }

    package var account: String
    package var kind: Kind
    /// How many payments with these words people posted to it.
    package var lessons: Int

    package init(account: String, kind: Kind, lessons: Int) {
        self.account = account
        self.kind = kind
        self.lessons = lessons
    }

    /// What a clerk reads.
    var sentence: String {
        switch kind {
        case .text: "people posted \(lessons) payments with this text to it"
        case .sender: "people posted \(lessons) payments of this sender to it"
        case .reference: "people posted \(lessons) payments with this reference to it"
        }
    }
}

/// An account that the item's words mean, as it stands.
struct TaughtAccount {
    let account: AccountFacts
    let facts: TaughtFacts
}

extension Inquiry {
    /// A key besides the words that speaks for an account, in a clerk's words. The name is none where the words are
    /// the sender's name themselves.
    mutating func keyBesides(_ taught: TaughtAccount) throws -> String? {
        let account = taught.account
        let fit = fit(account)
        if fit.isExact { return fit.sentence }
        if try payer().knows(account) { return "this payer paid for the account before" }
        if taught.facts.kind != .sender, name(of: account) == .agrees { return NameFit.agrees.sentence }
        return nil
    }
}
