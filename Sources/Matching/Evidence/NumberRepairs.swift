import Model

/// The numbers that one reading or typing error may have turned into what was read: one wrong digit, two
/// neighbours swapped, one digit dropped or one too many. Only well-formed ones, in any order.
func oneErrorRepairs(of read: String, policy: MatchPolicy) -> [String] {
    var bytes = Array(read.utf8)
    guard bytes.allSatisfy({ $0 &- 48 < 10 }) else { return [] }
    var found: [String] = []
    func consider(_ candidate: [UInt8]) {
        if isWellFormed(candidate, policy: policy) { found.append(String(decoding: candidate, as: UTF8.self)) }
    }
    let lengths = policy.accountDigits
    if lengths.contains(bytes.count) {
        let sum = policy.checkDigit.map { DigitSum($0, of: bytes) }
        eachSubstitution(of: &bytes, at: bytes.indices, where: { sum?.mayBeRight($0, at: $1) ?? true }, consider)
        eachSwap(of: &bytes, consider)
    }
    if lengths.contains(bytes.count + 1) { eachInsertion(to: bytes, consider) }
    if lengths.contains(bytes.count - 1) { eachRemoval(from: bytes, consider) }
    return found
}

/// The well-formed numbers that a number with unreadable places may be: at most ten for one place.
func solutions(of read: String, policy: MatchPolicy) -> [String] {
    var bytes = Array(read.utf8)
    var found: [String] = []
    eachSolution(of: &bytes, policy: policy) { found.append(String(decoding: $0, as: UTF8.self)) }
    return found
}

/// The well-formed numbers that a number with two unreadable places may be: some ten of a hundred. For candidates only.
func solutionsOfTwo(of read: String, policy: MatchPolicy) -> [String] {
    var bytes = Array(read.utf8)
    let places = bytes.indices.filter { bytes[$0] == unread }
    guard places.count == 2 else { return [] }
    var found: [String] = []
    eachSubstitution(of: &bytes, at: [places[0]]) { half in
        var half = half
        eachSolution(of: &half, policy: policy) { found.append(String(decoding: $0, as: UTF8.self)) }
    }
    return found
}

/// What a number with one unreadable place may be when one further digit is wrong or swapped too.
func solutionsOneErrorFurther(of read: String, policy: MatchPolicy) -> [String] {
    var bytes = Array(read.utf8)
    let readable = bytes.indices.filter { bytes[$0] != unread }
    var found: Set<String> = []
    func solve(_ further: [UInt8]) {
        var further = further
        eachSolution(of: &further, policy: policy) { found.insert(String(decoding: $0, as: UTF8.self)) }
    }
    eachSubstitution(of: &bytes, at: readable, solve)
    eachSwap(of: &bytes, solve)
    return found.subtracting(solutions(of: read, policy: policy)).sorted()
}

/// The neighbours that the check digit cannot tell from a number: swaps that leave it right.
func twins(of number: String, policy: MatchPolicy) -> [String] {
    var bytes = Array(number.utf8)
    var found: [String] = []
    eachSwap(of: &bytes) { swapped in
        if isWellFormed(swapped, policy: policy) { found.append(String(decoding: swapped, as: UTF8.self)) }
    }
    return found
}

// Errors are made in place and mended again: a damaged number has some two hundred, and only the few with the right
// check digit become texts.

private func eachSolution(of bytes: inout [UInt8], policy: MatchPolicy, _ body: ([UInt8]) -> Void) {
    guard policy.accountDigits.contains(bytes.count), let place = bytes.firstIndex(of: unread),
        !bytes[(place + 1)...].contains(unread)
    else { return }
    eachSubstitution(of: &bytes, at: [place]) { solved in
        if isWellFormed(solved, policy: policy) { body(solved) }
    }
}

private func eachSubstitution(
    of bytes: inout [UInt8], at places: some Sequence<Int>,
    where counts: (_ digit: UInt8, _ place: Int) -> Bool = {
        _, _ in true
    }, _ body: ([UInt8]) -> Void
) {
    for place in places {
        let read = bytes[place]
        for digit in UInt8(ascii: "0")...UInt8(ascii: "9") where digit != read && counts(digit, place) {
            bytes[place] = digit
            body(bytes)
        }
        bytes[place] = read
    }
}

private func eachSwap(of bytes: inout [UInt8], _ body: ([UInt8]) -> Void) {
    for place in bytes.indices.dropLast() where bytes[place] != bytes[place + 1] {
        bytes.swapAt(place, place + 1)
        body(bytes)
        bytes.swapAt(place, place + 1)
    }
}

private func eachInsertion(to bytes: [UInt8], _ body: ([UInt8]) -> Void) {
    var longer = [0] + bytes
    for place in longer.indices {
        for digit in UInt8(ascii: "0")...UInt8(ascii: "9") {
            longer[place] = digit
            body(longer)
        }
        if place < bytes.count { longer[place] = bytes[place] }
    }
}

private func eachRemoval(from bytes: [UInt8], _ body: ([UInt8]) -> Void) {
    var shorter = Array(bytes.dropFirst())
    for place in bytes.indices {
        body(shorter)
        if place < shorter.count { shorter[place] = bytes[place] }
    }
}

/// What the digits of a number add by its check digit's scheme: it tells nine of ten wrong digits without trying them.
private struct DigitSum {
    private let scheme: CheckDigit
    /// What all digits but the one at each place add.
    private let others: [Int]

    init(_ scheme: CheckDigit, of digits: [UInt8]) {
        self.scheme = scheme
        let shares = digits.indices.map { scheme.share(of: Int(digits[$0] &- 48), at: $0, in: digits.count) }
        let sum = shares.reduce(0, +)
        others = shares.map { sum - $0 }
    }

    /// Whether the number may be right with another digit at a place.
    func mayBeRight(_ digit: UInt8, at place: Int) -> Bool {
        (others[place] + scheme.share(of: Int(digit &- 48), at: place, in: others.count)) % scheme.modulus == 0
    }
}
