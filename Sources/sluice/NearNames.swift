/// Names that somebody may have meant: those that hold what was typed, then those that are, or have a word that is, a
/// few letters away; at most five.
func nearNames(to typed: String, among names: [String]) -> [String] {
    let typed = typed.lowercased()
    guard !typed.isEmpty else { return [] }
    let holding = names.filter { $0.contains(typed) || typed.contains($0) }
    let near: [(name: String, edits: Int)] = names.map { name in
        let words = [name] + name.split(separator: "-").map(String.init)
        return (name: name, edits: words.map { edits(Array(typed.utf8), Array($0.utf8)) }.min() ?? .max)
    }
    .filter { !holding.contains($0.name) && $0.edits <= typed.utf8.count / 3 }
    .sorted { ($0.edits, $0.name) < ($1.edits, $1.name) }
    return Array((holding + near.map(\.name)).prefix(5))
}

/// How many letters must be put in, taken out or changed to make one text of the other (Levenshtein).
private func edits(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (place, byte) in left.enumerated() {
        var diagonal = row[0]
        row[0] = place + 1
        for (column, other) in right.enumerated() {
            let changed = diagonal + (byte == other ? 0 : 1)
            diagonal = row[column + 1]
            row[column + 1] = min(changed, row[column] + 1, diagonal + 1)
        }
    }
    return row[right.count]
}
