import Model

/// The numbers that one reading or typing error may have turned into what was read: one wrong digit, two
/// neighbours swapped, one digit dropped or one too many. Only well-formed ones, in ascending order.
func oneErrorRepairs(of read: String, policy: MatchPolicy) -> [String] {
    let bytes = Array(read.utf8)
    guard bytes.allSatisfy({ $0 &- 48 < 10 }) else { return [] }
    var found: Set<String> = []
    func consider(_ candidate: [UInt8]) {
        let number = String(decoding: candidate, as: UTF8.self)
        if number != read, isWellFormed(number, policy: policy) { found.insert(number) }
    }
    if policy.accountDigits.contains(bytes.count) {
        substitutions(of: bytes, at: Array(bytes.indices)).forEach(consider)
        swaps(of: bytes).forEach(consider)
    }
    if policy.accountDigits.contains(bytes.count + 1) { insertions(to: bytes).forEach(consider) }
    if policy.accountDigits.contains(bytes.count - 1) { removals(from: bytes).forEach(consider) }
    return found.sorted()
}

/// The well-formed numbers that a number with unreadable places may be: at most ten for one place.
func solutions(of read: String, policy: MatchPolicy) -> [String] {
    let bytes = Array(read.utf8)
    guard policy.accountDigits.contains(bytes.count) else { return [] }
    let places = bytes.indices.filter { bytes[$0] == unread }
    guard places.count == 1 else { return [] }
    return substitutions(of: bytes, at: places).map { String(decoding: $0, as: UTF8.self) }
        .filter { isWellFormed($0, policy: policy) }
}

/// The well-formed numbers that a number with two unreadable places may be: some ten of a hundred. For candidates only.
func solutionsOfTwo(of read: String, policy: MatchPolicy) -> [String] {
    let bytes = Array(read.utf8)
    let places = bytes.indices.filter { bytes[$0] == unread }
    guard places.count == 2, policy.accountDigits.contains(bytes.count) else { return [] }
    let halves = substitutions(of: bytes, at: [places[0]])
    return halves.flatMap { solutions(of: String(decoding: $0, as: UTF8.self), policy: policy) }
}

/// What a number with one unreadable place may be when one further digit is wrong or swapped too.
func solutionsOneErrorFurther(of read: String, policy: MatchPolicy) -> [String] {
    let bytes = Array(read.utf8)
    let readable = bytes.indices.filter { bytes[$0] != unread }
    let further = substitutions(of: bytes, at: readable) + swaps(of: bytes)
    let found = further.flatMap { solutions(of: String(decoding: $0, as: UTF8.self), policy: policy) }
    return Set(found).subtracting(solutions(of: read, policy: policy)).sorted()
}

/// The neighbours that the check digit cannot tell from a number: swaps that leave it right.
func twins(of number: String, policy: MatchPolicy) -> [String] {
    swaps(of: Array(number.utf8)).map { String(decoding: $0, as: UTF8.self) }
        .filter { isWellFormed($0, policy: policy) }
}

private func substitutions(of bytes: [UInt8], at places: [Int]) -> [[UInt8]] {
    places.flatMap { place in
        (UInt8(ascii: "0")...UInt8(ascii: "9")).lazy.filter { $0 != bytes[place] }.map { digit in
            var changed = bytes
            changed[place] = digit
            return changed
        }
    }
}

private func swaps(of bytes: [UInt8]) -> [[UInt8]] {
    bytes.indices.dropLast().filter { bytes[$0] != bytes[$0 + 1] }.map { place in
        var changed = bytes
        changed.swapAt(place, place + 1)
        return changed
    }
}

private func insertions(to bytes: [UInt8]) -> [[UInt8]] {
    (0...bytes.count).flatMap { place in
        (UInt8(ascii: "0")...UInt8(ascii: "9")).map { digit in
            var changed = bytes
            changed.insert(digit, at: place)
            return changed
        }
    }
}

private func removals(from bytes: [UInt8]) -> [[UInt8]] {
    bytes.indices.map { place in
        var changed = bytes
        changed.remove(at: place)
        return changed
    }
}
