/// The numbers by which a payment and an advice that was told apart from it know each other (X12 TRN02, EFT trace
/// number, ISO 20022 end-to-end id), as they are compared: capital letters and digits, without leading zeros.
package enum JoiningNumbers {
    /// A shorter number may be anybody's.
    private static let lengthMin = 5
    /// More words of a text than this are none that name a payment.
    private static let wordsMax = 100

    /// Those that an advice states. The number of a check counts only with the payer's bank account.
    package static func stated(by advice: Item, payer: Int64?) -> Set<String> {
        if advice.tender == .check { return check(advice.checkNumber, payer) }
        return numbers([advice.endToEnd, advice.trace])
    }

    /// Those that a payment bears, in its fields and as words of its text (`TRN*1*123456789*…`).
    package static func borne(by payment: Item, payer: Int64?) -> Set<String> {
        if payment.tender == .check { return check(payment.checkNumber, payer) }
        let words = payment.memo.split { !$0.isLetter && !$0.isNumber }.prefix(wordsMax).map(String.init)
        return numbers([payment.endToEnd, payment.trace, payment.reference] + words)
    }

    /// Whether a payment states a number of its own, so that an advice with another one is not about it.
    package static func statesOne(_ payment: Item) -> Bool {
        !payment.endToEnd.isEmpty || payment.memoWithoutTrace != payment.memo
    }

    /// Whether two names may be of one payer: one of them is not told, or they share (the beginning of) a word. Names
    /// are cut short on their way: `RIDGELINE PROP` is the Ridgeline Property Company.
    package static func mayBeOne(_ name: String, _ other: String) -> Bool {
        let (words, others) = (words(of: name), words(of: other))
        guard !words.isEmpty, !others.isEmpty else { return true }
        return words.contains { word in others.contains { $0.hasPrefix(word) || word.hasPrefix($0) } }
    }

    /// Whether two names are surely of one payer: every word of the one that has fewer is a word of the other, or they
    /// share a beginning of four letters; and one word at least has four letters.
    package static func isOne(_ name: String, _ other: String) -> Bool {
        func all(_ name: String) -> [String] {
            name.uppercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        }
        var (few, many) = (all(name), all(other))
        if few.count > many.count { swap(&few, &many) }
        guard few.contains(where: { $0.count >= 4 }) else { return false }
        return few.allSatisfy { word in
            many.contains { other in
                word == other || min(word.count, other.count) >= 4 && (word.hasPrefix(other) || other.hasPrefix(word))
            }
        }
    }

    /// Whether a payment names anything itself: an account, a bill, or a number by which an advice could know it.
    package static func namesAnything(_ payment: Item) -> Bool {
        if !payment.account.isEmpty || !payment.reference.isEmpty || !payment.scanline.isEmpty { return true }
        // The bank's own number of a credit is none of the payer's.
        var own = payment
        own.trace = ""
        own.tender = .achCredit
        return statesOne(payment) || !borne(by: own, payer: nil).isEmpty
    }

    /// Words that tell payers apart: of four letters or more.
    private static func words(of name: String) -> [String] {
        name.uppercased().split { !$0.isLetter && !$0.isNumber }.map(String.init).filter { $0.count >= 4 }
    }

    private static func check(_ number: String, _ payer: Int64?) -> Set<String> {
        guard let payer, !number.isEmpty else { return [] }
        return ["CHECK \(number) OF \(payer)"]
    }

    private static func numbers(_ texts: [String]) -> Set<String> {
        Set(
            texts.compactMap { text in
                let letters = text.uppercased().filter { $0.isLetter || $0.isNumber }
                let number = String(letters.drop { $0 == "0" })
                return number.count >= lengthMin && number.contains(where: \.isNumber) ? number : nil
            })
    }
}

extension Item {
    /// Its text as far as it may name accounts and bills. An X12 trace segment in it (`TRN*1*number*company~`), as it
    /// stands in the addenda of a CCD entry, names the payment and its company: digits that belong to no account.
    package var memoWithoutTrace: String {
        guard tender != .check, memo.holdsTrace, let start = memo.firstRange(of: "TRN"),
            let separator = memo[start.upperBound...].first,
            !separator.isLetter, !separator.isNumber, separator != " "
        else { return memo }
        let end = memo[start.upperBound...].firstIndex { "~\\'".contains($0) } ?? memo.endIndex
        return String(memo[..<start.lowerBound] + memo[end...])
    }
}

extension String {
    /// Whether the three bytes of `TRN` stand in it: where they do not, a long text is not read by its characters.
    fileprivate var holdsTrace: Bool {
        var read: UInt32 = 0
        for byte in utf8 {
            read = read << 8 & 0xff_ffff | UInt32(byte)
            if read == 0x54_524e { return true }
        }
        return false
    }
}
