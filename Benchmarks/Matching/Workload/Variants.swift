/// One reading or typing error in an account number.
package enum VariantKind: String, CaseIterable, Sendable {
    case substitution = "one digit wrong"
    case transposition = "two neighbours swapped"
    case dropped = "one digit dropped"
    case doubled = "one digit doubled"
    case unread = "one digit unread"
}

/// All that one error can make of a number, each once, the number itself left out.
package func variants(of number: String) -> [(kind: VariantKind, read: String)] {
    let digits = Array(number.utf8)
    return VariantKind.allCases.flatMap { kind in
        let found = digits.indices.flatMap { damaged(digits, at: $0, by: kind) }
        return Set(found).subtracting([digits]).map { String(decoding: $0, as: UTF8.self) }.sorted()
            .map { (kind, $0) }
    }
}

private func damaged(_ digits: [UInt8], at place: Int, by kind: VariantKind) -> [[UInt8]] {
    var changed = digits
    switch kind {
    case .substitution:
        return (UInt8(ascii: "0")...UInt8(ascii: "9")).map { digit in
            changed[place] = digit
            return changed
        }
    case .transposition:
        guard place + 1 < digits.count else { return [] }
        changed.swapAt(place, place + 1)
    case .dropped: changed.remove(at: place)
    case .doubled: changed.insert(digits[place], at: place)
    case .unread: changed[place] = UInt8(ascii: "?")
    }
    return [changed]
}
