import Model

/// Where an item names an account.
enum NumberPlace: Hashable, Sendable {
    /// The coupon's scan line, or the lockbox's account column read from it.
    case coupon
    /// A remittance line.
    case line
    /// A reference in a format of the office's (`ReferenceFormat`): as strong as a field of its own.
    case reference
    /// A memo, a remittance text or a reference.
    case text
}

/// An account number as it stands in an item.
struct NumberClaim: Hashable, Sendable {
    var digits: String
    var place: NumberPlace
}

/// All account numbers that an item names, before the book is asked.
struct NumberClaims: Sendable {
    /// The right length and the right check digit.
    var clean: [NumberClaim] = []
    /// Something unreadable, a digit too many or too few, or the wrong check digit.
    var damaged: [NumberClaim] = []
    /// Scan line and account column say different numbers.
    var couponDisagrees = false

    init(_ item: Item, policy: MatchPolicy) {
        readCoupon(item, policy: policy)
        for line in item.lines where !line.account.isEmpty && line.bill.isEmpty {
            add(NumberClaim(digits: line.account, place: .line), policy: policy)
        }
        readReferences(item, policy: policy)
        readText(item.memoWithoutTrace, policy: policy)
        readText(item.reference, policy: policy)
    }

    /// Whether there is nothing to go by.
    var isEmpty: Bool { clean.isEmpty && damaged.isEmpty }

    private mutating func readCoupon(_ item: Item, policy: MatchPolicy) {
        if item.account == item.scanlineAccount || item.account.isEmpty || item.scanlineAccount.isEmpty {
            let read = item.account.isEmpty ? item.scanlineAccount : item.account
            if !read.isEmpty { add(NumberClaim(digits: read, place: .coupon), policy: policy) }
            return
        }
        add(NumberClaim(digits: item.scanlineAccount, place: .coupon), policy: policy)
        add(NumberClaim(digits: item.account, place: .coupon), policy: policy)
        couponDisagrees = !agreeWhereReadable(item.account, item.scanlineAccount)
    }

    private mutating func readReferences(_ item: Item, policy: MatchPolicy) {
        for format in policy.references {
            for text in [item.memoWithoutTrace, item.reference] {
                for digits in format.accounts(in: text, lengths: policy.accountDigits) {
                    add(NumberClaim(digits: digits, place: .reference), policy: policy)
                }
            }
        }
    }

    private mutating func readText(_ text: String, policy: MatchPolicy) {
        guard text.utf8.count >= policy.accountDigits.lowerBound - 1 else { return }
        for digits in numbersInText(text, policy: policy) {
            add(NumberClaim(digits: digits, place: .text), policy: policy)
        }
    }

    private mutating func add(_ claim: NumberClaim, policy: MatchPolicy) {
        // N/A and the like are no numbers.
        guard claim.digits.utf8.contains(where: { $0 &- 48 < 10 || $0 == unread }) else { return }
        if isWellFormed(claim.digits, policy: policy) {
            if !clean.contains(where: { $0.digits == claim.digits }) { clean.append(claim) }
        } else if !damaged.contains(where: { $0.digits == claim.digits }), damaged.count < 8 {
            damaged.append(claim)
        }
    }
}

/// Whether a number has a length in use, digits only, and the right check digit where the office has one.
func isWellFormed(_ number: String, policy: MatchPolicy) -> Bool {
    guard policy.accountDigits.contains(number.utf8.count) else { return false }
    if let scheme = policy.checkDigit { return scheme.accepts(number) }
    return number.utf8.allSatisfy { $0 &- 48 < 10 }
}

/// The same of a number's bytes.
func isWellFormed(_ bytes: [UInt8], policy: MatchPolicy) -> Bool {
    guard policy.accountDigits.contains(bytes.count) else { return false }
    if let scheme = policy.checkDigit { return scheme.accepts(bytes) }
    return bytes.allSatisfy { $0 &- 48 < 10 }
}

/// Whether two readings of one number say the same at every place that both could read.
private func agreeWhereReadable(_ left: String, _ right: String) -> Bool {
    guard left.utf8.count == right.utf8.count else { return false }
    return zip(left.utf8, right.utf8).allSatisfy { $0 == $1 || $0 == unread || $1 == unread }
}

/// The mark of a character that the reader could not read.
let unread = UInt8(ascii: "?")
