internal import Ledger
internal import Model

/// The files that may tell the payments of a sum, by what the bank calls it: its type code (BAI2), else its words.
enum SumTellers: Hashable {
    case lockbox
    case processor
    case collection
    /// The office knows the sum by its words, and these do not say of which kind it is.
    case electronic
    case any

    /// - Parameters:
    ///   - namesBox: Whether its text names a lockbox.
    ///   - words: Words, in capitals, by which the office knows a sum.
    init(of sum: UntoldSum, namesBox: Bool, words: [String]) {
        let text = sum.text.uppercased()
        func says(_ words: String...) -> Bool { words.contains { text.contains($0) } }
        let isBAI2 = sum.format == "bai2"
        switch sum.tender {
        // 109 to 116 are lockbox deposits, 147 is a card deposit.
        case .check where isBAI2: self = .lockbox
        case .card where isBAI2: self = .processor
        case _ where namesBox || says("LOCKBOX", "LOCK BOX"): self = .lockbox
        case _ where says("BANKCARD", "MERCHANT", "CARD DEP", "CARD SETTLEMENT"): self = .processor
        case _ where words.contains { text.contains($0) }: self = .electronic
        // 166 is an ACH settlement.
        case _ where isBAI2 || says("ACH SETTLEMENT", "ACH BATCH"): self = .collection
        default: self = .any
        }
    }

    /// Whether files of a format (as the contract names it) are among them.
    func have(_ format: String) -> Bool {
        let isLockbox = ["lockbox-csv", "lockbox-bai", "x12-823"].contains(format)
        switch self {
        case .lockbox: return isLockbox
        case .processor: return format == "processor-csv"
        case .collection: return format == "nacha"
        case .electronic: return !isLockbox
        case .any: return true
        }
    }
}
