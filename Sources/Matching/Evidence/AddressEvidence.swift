/// Words of a text in capitals: letters and digits, everything else parts them.
func addressWords(_ text: String) -> [[UInt8]] {
    var (found, word): ([[UInt8]], [UInt8]) = ([], [])
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): word.append(byte - 32)
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...: word.append(byte)
        default:
            if !word.isEmpty { found.append(word) }
            word = []
        }
    }
    if !word.isEmpty { found.append(word) }
    return found
}

/// Whether a text names a service address whole: house number, street and, where it has one, the unit.
///
/// A part of an address (the house number alone, the street without its unit) says nothing.
func names(_ text: [[UInt8]], address: String) -> Bool {
    let wanted = addressWords(address)
    guard wanted.count >= 2, text.count >= wanted.count, let first = wanted[0].first, first &- 48 < 10 else {
        return false
    }
    guard let start = text.firstIndex(of: wanted[0]), start + wanted.count <= text.count else { return false }
    guard text[start..<(start + wanted.count)] == wanted[...] else { return false }
    // `12 OAK ST APT 3` is not `12 Oak St`.
    let next = start + wanted.count
    return next == text.count || !unitWords.contains(text[next])
}

private let unitWords: Set<[UInt8]> = Set(["APT", "UNIT", "STE", "SUITE", "NO", "FL"].map { Array($0.utf8) })
