internal import Ledger
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
        guard let first = classifying.matcher.envelope(of: items.map { ($0, nil) }) else {
            for item in items { try post(item) }
            return
        }
        // Only a check that is free to post counts: what keeps one out is known before any is matched.
        var laid: [(posted: PostedItem, settled: Settled?)] = []
        for (place, item) in items.enumerated() {
            opened = first.seen(from: place)
            var posted = try self.place(item)
            let settled = try settleUnmatched(&posted)
            laid.append((posted, settled))
        }
        // Some may be no payments by now, but parts of a sum.
        var envelope = classifying.matcher.envelope(of: laid.map { ($0.posted.item, $0.posted.payerKey) })
        for place in laid.indices where laid[place].settled != nil { envelope?.keepOut(place) }
        for place in laid.indices {
            opened = envelope?.seen(from: place)
            var posted = laid[place].posted
            let exception = if let settled = laid[place].settled { settled.exception } else { try match(&posted) }
            envelope?.note(place, posted)
            try take(posted, exception)
        }
        opened = nil
        try flushIfFull()
    }
}

extension Envelope {
    /// Notes what became of the item at a place.
    fileprivate mutating func note(_ place: Int, _ posted: PostedItem) {
        guard posted.status == .posted else { return keepOut(place) }
        post(place, to: posted.parts.map { Share(account: $0.account, bill: $0.bill, cents: $0.cents) })
    }
}
