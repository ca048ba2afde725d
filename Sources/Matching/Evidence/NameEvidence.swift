import Model

/// A name in capitals and letters, cut into words, without titles and suffixes.
package struct PersonName: Hashable, Sendable {
    /// The words as the name writes them, first name first.
    let words: [[UInt8]]
    /// Whether it has a legal form (`LLC`): then the first word names it, and not the last.
    let isCompany: Bool

    package init(_ text: String) {
        var (found, word, comma): ([[UInt8]], [UInt8], Int?) = ([], [], nil)
        var (hasForm, hasTitle) = (false, false)
        found.reserveCapacity(4)
        func end() {
            guard !word.isEmpty else { return }
            hasForm = hasForm || isOne(word, of: legalForms)
            hasTitle = hasTitle || isOne(word, of: titles)
            found.append(word)
            word = []
        }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): word.append(byte - 32)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...: word.append(byte)
            case UInt8(ascii: "'"): break
            case UInt8(ascii: ","):
                end()
                if comma == nil { comma = found.count }
            default: end()
            }
        }
        end()
        words = comma != nil || hasForm || hasTitle ? PersonName.inOrder(found, comma: comma) : found
        isCompany = hasForm
    }

    /// Whether there is no name at all.
    var isEmpty: Bool { words.isEmpty }

    /// The last name: what `Book.accounts(lastName:limit:)` is asked for. Empty where there is none.
    package var last: String { String(decoding: words.last ?? [], as: UTF8.self) }

    /// `SMITH, JOHN JR` is John Smith.
    private static func inOrder(_ found: [[UInt8]], comma: Int?) -> [[UInt8]] {
        let isSurnameFirst = comma.map { $0 > 0 && $0 < found.count && !isDropped(found[$0]) } ?? false
        let turned = isSurnameFirst ? Array(found[comma!...] + found[..<comma!]) : found
        guard turned.contains(where: isDropped) else { return turned }
        let kept = turned.filter { !isDropped($0) }
        return kept.isEmpty ? turned : kept
    }

    private static func isDropped(_ word: [UInt8]) -> Bool { isOne(word, of: titles) || isOne(word, of: legalForms) }
}

// Titles, suffixes and legal forms say nothing of who it is. They are short, and each name of a book may be held
// against them: so each is one integer.

private let titles = ["MR", "MRS", "MS", "DR", "JR", "SR", "II", "III", "IV"].map { packed($0.utf8) }

/// What companies have behind their names.
private let legalForms = ["LLC", "INC", "LP", "LLP", "CO", "CORP", "LTD", "PLC", "GMBH"].map { packed($0.utf8) }

private func isOne(_ word: [UInt8], of words: [UInt32]) -> Bool { word.count <= 4 && words.contains(packed(word)) }

private func packed(_ word: some Sequence<UInt8>) -> UInt32 { word.reduce(0) { $0 << 8 | UInt32($1) } }

/// The letters of a payer's first and last name. They alone tell most names of a book from it: one typing error takes
/// one letter from a word at most.
struct NameLetters {
    private let first: WordLetters
    private let last: WordLetters

    init(_ name: PersonName) {
        first = WordLetters(name.words.first ?? [])
        last = WordLetters(name.words.last ?? [])
    }

    /// Whether the name of a holder with these letters may fit in any way: one of the two words stands in it.
    func mayFit(_ holder: Letters) -> Bool { last.mayStand(in: holder) || first.mayStand(in: holder) }

    /// Whether it may agree: one of the two words stands in it, and the other does or its initial.
    func mayAgree(_ holder: Letters) -> Bool {
        last.mayStand(in: holder) && first.mayStandShort(in: holder)
            || first.mayStand(in: holder) && last.mayStandShort(in: holder)
    }
}

private struct WordLetters {
    let all: Letters
    let initial: Letters

    init(_ word: [UInt8]) {
        all = Letters(in: word)
        initial = Letters(in: word.prefix(1))
    }

    func mayStand(in holder: Letters) -> Bool { all.countMissing(in: holder) < 2 }

    func mayStandShort(in holder: Letters) -> Bool {
        initial.countMissing(in: holder) == 0 || mayStand(in: holder)
    }
}

/// How two names stand to each other.
enum NameFit: Int, Comparable, Sendable {
    case differs
    /// The last name agrees, the rest does not; of a company the first word.
    case family
    /// First name or initial and last name agree, and nothing between them speaks against it.
    case agrees

    static func < (left: NameFit, right: NameFit) -> Bool { left.rawValue < right.rawValue }

    /// What a clerk reads; nil where the name says nothing.
    var sentence: String? {
        switch self {
        case .differs: nil
        case .family: "the last name is the holder's"
        case .agrees: "the name is the holder's"
        }
    }
}

/// Compares the payer's name with a holder's: initials for names, either order, one small typing error a word.
func nameFit(_ payer: PersonName, _ holder: PersonName) -> NameFit {
    let straight = orderedFit(payer.words, holder.words)
    if straight == .differs, payer.isCompany, holder.isCompany, payer.words.first == holder.words.first {
        return .family
    }
    guard straight != .agrees, payer.words.count == 2, let last = holder.words.last, isNear(payer.words[0], last)
    else { return straight }
    return max(straight, orderedFit(payer.words.reversed(), holder.words) == .agrees ? .agrees : .differs)
}

private func orderedFit(_ payer: [[UInt8]], _ holder: [[UInt8]]) -> NameFit {
    guard let mine = payer.last, let theirs = holder.last, isNear(mine, theirs) else { return .differs }
    guard payer.count > 1, holder.count > 1, isSameGiven(payer[0], holder[0]) else { return .family }
    // One typing error a name is forgiven, not one in each word.
    guard mine == theirs || payer[0] == holder[0] || payer[0].count == 1 else { return .family }
    guard mine.count > 1, theirs.count > 1 else { return .family }
    let (between, theirsBetween) = (payer[1..<(payer.count - 1)], holder[1..<(holder.count - 1)])
    for (left, right) in zip(between, theirsBetween) where !isSameGiven(left, right) { return .family }
    return .agrees
}

/// Equal, one an initial of the other, or one typing error apart.
private func isSameGiven(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    if left.count == 1 || right.count == 1 { return left[0] == right[0] }
    return isNear(left, right)
}

/// Equal, or one letter dropped, doubled, wrong or swapped in a word long enough for it.
func isNear(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard abs(left.count - right.count) <= 1 else { return false }
    if left == right { return true }
    let (short, long) = left.count <= right.count ? (left, right) : (right, left)
    guard long.count >= 4, short.count >= 3 else { return false }
    guard let place = short.indices.first(where: { short[$0] != long[$0] }) else { return true }
    if long.count > short.count { return short[place...] == long[(place + 1)...] }
    if short[(place + 1)...] == long[(place + 1)...] { return true }
    let next = place + 1
    guard next < short.count, short[place] == long[next], short[next] == long[place] else { return false }
    return short[(place + 2)...] == long[(place + 2)...]
}
