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
        guard tender != .check, let start = memo.firstRange(of: "TRN"), let separator = memo[start.upperBound...].first,
            !separator.isLetter, !separator.isNumber, separator != " "
        else { return memo }
        let end = memo[start.upperBound...].firstIndex { "~\\'".contains($0) } ?? memo.endIndex
        return String(memo[..<start.lowerBound] + memo[end...])
    }
}
