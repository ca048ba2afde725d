internal import Matching
internal import Model

// Items that came in one envelope are decided together: each sees what the others name and bring.
extension Posting {
    /// No person pays with so many papers; a bank that numbers all of a batch alike means no envelope by it.
    static let papersMax = 99

    /// Takes an item that names an envelope, or that ends one.
    mutating func gather(_ item: Item) throws {
        if let first = waiting.first, first.transaction != item.transaction { try openEnvelope() }
        if item.transaction.isEmpty { return try post(item) }
        if isOverfull {
            if item.transaction == envelope?.number { return try post(item) }
            isOverfull = false
        }
        waiting.append(item)
        guard waiting.count > Self.papersMax else { return }
        isOverfull = true
        let items = waiting
        waiting.removeAll()
        for item in items { try post(item) }
    }

    /// Posts what waits of one envelope.
    mutating func openEnvelope() throws {
        guard !waiting.isEmpty else { return }
        let items = waiting
        waiting.removeAll(keepingCapacity: true)
        let papers = classifying.matcher.envelope(of: items)
        for (place, item) in items.enumerated() {
            opened = papers?.seen(from: place)
            try post(item)
        }
        opened = nil
    }
}
