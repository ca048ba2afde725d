/// The words of an address, or of a text that may name one: letters and digits in capitals, everything else parts them,
/// and the usual long forms are written short (`Street` is `ST`).
package struct StreetAddress: Hashable, Sendable {
    package let words: [[UInt8]]

    package init(_ text: String) {
        var (found, word): ([[UInt8]], [UInt8]) = ([], [])
        func end() {
            // What is short or a number has no short form: a text may be full of them.
            if !word.isEmpty { found.append(word.count < 4 || word[0] &- 48 < 10 ? word : Self.short[word] ?? word) }
            word = []
        }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): word.append(byte - 32)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
                word.append(byte)
            default: end()
            }
        }
        end()
        words = found
    }

    /// A service address by its house number and the word behind it (`12 OAK`), which is how the book finds it: what
    /// stands behind them is written in many ways. Nil where it has no house number.
    package var street: String? { words.count > 1 && Self.isNumber(words[0]) ? Self.key(words[0], words[1]) : nil }

    /// Whatever in a text may be the house number and the street of an address, at most eight of them.
    package var streets: [String] {
        var found: [String] = []
        for place in words.indices.dropLast() where Self.isNumber(words[place]) && found.count < 8 {
            guard !Self.isNumber(words[place + 1]) else { continue }
            found.append(Self.key(words[place], words[place + 1]))
        }
        return found
    }

    /// Whether this text names an address whole: house number, street and, where it has one, the unit.
    ///
    /// A part of an address (the house number alone, the street without its unit) says nothing.
    package func names(_ address: StreetAddress) -> Bool {
        let wanted = address.words
        guard address.street != nil, words.count >= wanted.count else { return false }
        for start in 0...(words.count - wanted.count) where words[start] == wanted[0] {
            let end = start + wanted.count
            // `12 OAK ST APT 3` is not `12 Oak St`.
            if words[start..<end] == wanted[...], end == words.count || !Self.units.contains(words[end]) { return true }
        }
        return false
    }

    /// The house numbers that stand anywhere in a text, each as one integer.
    package var houseNumbers: Set<UInt64> { Set(words.lazy.filter(Self.isNumber).map(Self.packed)) }

    /// The house number that an address begins with, as one integer; nil where it begins with none. An address whose
    /// house number a text does not hold is not named by it: that is told without reading its other words.
    package static func houseNumber(_ address: String) -> UInt64? {
        var (word, count, isNumber): (UInt64, Int, Bool) = (0, 0, false)
        for byte in address.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
                if count == 0 { isNumber = byte &- 48 < 10 }
                // A letter in capitals.
                word = word << 8 | UInt64(byte &- 97 < 26 ? byte - 32 : byte)
                count += 1
            default:
                if count > 0 { return isNumber ? word : nil }
            }
            if count > 6 { return nil }
        }
        return count > 0 && isNumber ? word : nil
    }

    private static func packed(_ word: [UInt8]) -> UInt64 { word.reduce(0) { $0 << 8 | UInt64($1) } }

    /// A house number begins with a digit (`12`, `12B`), and is no number of an account or a telephone.
    private static func isNumber(_ word: [UInt8]) -> Bool { word[0] &- 48 < 10 && word.count <= 6 }

    private static func key(_ number: [UInt8], _ street: [UInt8]) -> String {
        String(decoding: number + [UInt8(ascii: " ")] + street, as: UTF8.self)
    }

    private static let units: Set<[UInt8]> = Set(
        ["APT", "UNIT", "STE", "NO", "FL"].map { Array($0.utf8) })

    /// Long forms and the short ones that stand for them.
    private static let short: [[UInt8]: [UInt8]] = Dictionary(
        uniqueKeysWithValues: [
            ("STREET", "ST"), ("AVENUE", "AVE"), ("DRIVE", "DR"), ("LANE", "LN"), ("COURT", "CT"), ("ROAD", "RD"),
            ("BOULEVARD", "BLVD"), ("PLACE", "PL"), ("CIRCLE", "CIR"), ("TERRACE", "TER"), ("HIGHWAY", "HWY"),
            ("PARKWAY", "PKWY"), ("NORTH", "N"), ("SOUTH", "S"), ("EAST", "E"), ("WEST", "W"), ("APARTMENT", "APT"),
            ("SUITE", "STE"), ("FLOOR", "FL"),
        ].map { (Array($0.0.utf8), Array($0.1.utf8)) })
}
