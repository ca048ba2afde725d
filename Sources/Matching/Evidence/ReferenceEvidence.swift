/// How references are written in which banks and services send our account numbers: `WA-{account}`, `7001{account}`. A
/// text that holds one names the account as a field of its own would.
package struct ReferenceFormat: Hashable, Sendable {
    /// What stands before the number and behind it, in capitals.
    private let before: [UInt8]
    private let after: [UInt8]

    /// Reads a pattern with `{account}` in it once, and two letters or digits beside it at least: a number alone is no
    /// format. Nil for any other.
    package init?(_ pattern: String) {
        let parts = pattern.uppercased().split(separator: "{ACCOUNT}", omittingEmptySubsequences: false)
        guard parts.count == 2, !pattern.utf8.contains(unread) else { return nil }
        (before, after) = (Array(parts[0].utf8), Array(parts[1].utf8))
        guard (before + after).count(where: isWordByte) > 1 else { return nil }
    }

    /// The account numbers of such references in a text, as they were read; those that stand within a longer word or
    /// number are none.
    func accounts(in text: String, lengths: ClosedRange<Int>) -> [String] {
        let bytes = text.utf8.prefix(textLimit).map { $0 &- 97 < 26 ? $0 - 32 : $0 }
        var found: [String] = []
        for start in bytes.indices where holds(bytes, before, at: start) && !isWithinWord(bytes, endingAt: start) {
            guard found.count < claimsMax else { break }
            let place = start + before.count
            guard let end = end(of: bytes, from: place, lengths: lengths) else { continue }
            found.append(String(decoding: bytes[place..<end], as: UTF8.self))
        }
        return found
    }

    /// Where the number ends that begins at a place: of a length in use, else one digit off.
    private func end(of bytes: [UInt8], from place: Int, lengths: ClosedRange<Int>) -> Int? {
        for count in Array(lengths) + [lengths.lowerBound - 1, lengths.upperBound + 1] where count > 0 {
            let end = place + count
            guard end <= bytes.count, bytes[place..<end].allSatisfy({ $0 &- 48 < 10 || $0 == unread }) else { continue }
            guard holds(bytes, after, at: end) else { continue }
            let behind = end + after.count
            if behind == bytes.count || !isWordByte(bytes[behind]) && bytes[behind] != unread { return end }
        }
        return nil
    }

    private func holds(_ bytes: [UInt8], _ part: [UInt8], at place: Int) -> Bool {
        place + part.count <= bytes.count && bytes[place..<(place + part.count)] == part[...]
    }

    private func isWithinWord(_ bytes: [UInt8], endingAt place: Int) -> Bool {
        place > 0 && isWordByte(bytes[place - 1])
    }
}

/// A letter in capitals, a digit, or a part of a letter that is none of the Latin ones.
private func isWordByte(_ byte: UInt8) -> Bool { byte &- 48 < 10 || byte &- 65 < 26 || byte >= 0x80 }
