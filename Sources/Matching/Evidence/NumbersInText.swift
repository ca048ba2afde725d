import Model

/// Digit runs in free text that are as long as an account number, or one digit off, joined over the
/// single blanks, dashes, dots and slashes that people group digits with.
///
/// What stands before a number (ACCT, A/C, #, CUST REF) does not matter: a number in text counts only by
/// its check digit and by standing in the book, so a telephone number or a date costs one look-up at worst.
func numbersInText(_ text: String, policy: MatchPolicy) -> [String] {
    let bytes = Array(text.utf8.prefix(textLimit))
    var found: [String] = []
    for chain in digitChains(in: bytes) { addRuns(of: chain, in: bytes, to: &found, policy: policy) }
    return found
}

/// Longer texts are cut here: a remittance text has at most 4 times 140 characters in the formats read.
let textLimit = 1_024

/// Groups of digits that stand one separator apart from each other.
private func digitChains(in bytes: [UInt8]) -> [[Range<Int>]] {
    var (chains, chain): ([[Range<Int>]], [Range<Int>]) = ([], [])
    var place = 0
    while place < bytes.count {
        guard isDigit(bytes[place]) else {
            place += 1
            continue
        }
        let start = place
        while place < bytes.count, isDigit(bytes[place]) { place += 1 }
        if let previous = chain.last, !(start - previous.upperBound == 1 && isSeparator(bytes[previous.upperBound])) {
            chains.append(chain)
            chain = []
        }
        chain.append(start..<place)
    }
    return chain.isEmpty ? chains : chains + [chain]
}

/// The runs of neighbouring groups with the right number of digits. Runs one digit off count only where
/// they are a whole chain or one group: parts of chains would make numbers of anything.
private func addRuns(of chain: [Range<Int>], in bytes: [UInt8], to found: inout [String], policy: MatchPolicy) {
    let wanted = policy.accountDigits
    for first in chain.indices {
        var count = 0
        for last in first..<chain.count {
            count += chain[last].count
            if count > wanted.upperBound + 1 || found.count >= claimsMax { break }
            let isWhole = first == last || (first == 0 && last == chain.count - 1)
            let isNear = (wanted.lowerBound - 1...wanted.upperBound + 1).contains(count)
            guard wanted.contains(count) || (isWhole && isNear) else { continue }
            let digits = chain[first...last].flatMap { bytes[$0] }
            let read =
                wanted.contains(count) && wanted.contains(count + 1)
                ? withUnread(digits, from: chain[first].lowerBound, to: chain[last].upperBound, in: bytes) : digits
            found.append(String(decoding: read, as: UTF8.self))
        }
    }
}

/// Digits with the mark of an unread one beside them: where numbers have several lengths, what is left of a longer
/// number may be a shorter one, and another's.
private func withUnread(_ digits: [UInt8], from start: Int, to end: Int, in bytes: [UInt8]) -> [UInt8] {
    if start > 0, bytes[start - 1] == unread { return [unread] + digits }
    return end < bytes.count && bytes[end] == unread ? digits + [unread] : digits
}

/// A text that holds more numbers than this is a list and no reference.
let claimsMax = 12

private func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

private func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/")
}

/// Words of a text that may be a bill number: letters and digits, four digits at least, not as long as to
/// be an account number of digits only.
func billWords(_ text: String, policy: MatchPolicy) -> [String] {
    var (found, word): ([String], [UInt8]) = ([], [])
    func end() {
        let digits = word.count { isDigit($0) }
        let isAccount = digits == word.count && policy.accountDigits.contains(digits)
        if digits >= 4, word.count <= 35, !isAccount, found.count < 6 {
            found.append(String(decoding: word, as: UTF8.self))
        }
        word.removeAll(keepingCapacity: true)
    }
    for byte in text.utf8.prefix(textLimit) {
        let isLetter = byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
        if isDigit(byte) || isLetter { word.append(byte) } else { end() }
    }
    end()
    return found
}
