/// The bill numbers that one reading or typing error may have turned into what was read: a wrong character, two
/// neighbours swapped, one dropped or one too many, a letter for a digit that looks like it. In ascending order.
///
/// Bill numbers have no check digit: whatever comes out proves nothing by itself.
func billRepairs(of read: String) -> [String] {
    let bytes = Array(read.utf8)
    guard (4...20).contains(bytes.count), bytes.contains(where: isDigit) else { return [] }
    var found: Set<[UInt8]> = []
    for place in bytes.indices {
        for other in mistaken(for: bytes[place]) {
            var changed = bytes
            changed[place] = other
            found.insert(changed)
        }
        var shorter = bytes
        shorter.remove(at: place)
        found.insert(shorter)
        if place + 1 < bytes.count {
            var swapped = bytes
            swapped.swapAt(place, place + 1)
            found.insert(swapped)
        }
    }
    for place in 0...bytes.count {
        for digit in UInt8(ascii: "0")...UInt8(ascii: "9") {
            var longer = bytes
            longer.insert(digit, at: place)
            found.insert(longer)
        }
    }
    found.remove(bytes)
    return found.map { String(decoding: $0, as: UTF8.self) }.sorted()
}

/// What a character may have been: of a digit any other and the letters like it, of a letter the digits like it.
private func mistaken(for byte: UInt8) -> [UInt8] {
    let like = lookalikes.filter { $0.letter == byte || $0.digit == byte }
        .map { $0.letter == byte ? $0.digit : $0.letter }
    guard isDigit(byte) else { return like }
    return (UInt8(ascii: "0")...UInt8(ascii: "9")).filter { $0 != byte } + like
}

private let lookalikes: [(letter: UInt8, digit: UInt8)] = [("O", "0"), ("I", "1"), ("S", "5"), ("B", "8"), ("Z", "2")]
    .map { (letter: UInt8(ascii: $0), digit: UInt8(ascii: $1)) }

private func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }
