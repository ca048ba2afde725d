internal import Formats
internal import Ledger
internal import Matching
internal import Model

extension Home {
    /// What the matcher was asked when it decided a payment: its item as the ledger keeps it, the scan line cut as the
    /// layout of its file says, and what lay in one envelope with it.
    func query(_ decided: DecidedItem, layout: String?, _ transaction: Transaction) throws -> MatchQuery {
        var query = MatchQuery(
            item: item(of: decided, layout: layout), payer: decided.payerKey, day: decided.valueOn)
        guard let key = decided.envelope else { return query }
        let items = try transaction.items(ofEnvelope: key, limit: Posting.papersMax + 1)
        guard items.count <= Posting.papersMax, let place = items.firstIndex(where: { $0.payment == decided.payment })
        else { return query }
        let matcher = Matcher(policy: configuration.matching)
        var envelope = matcher.envelope(of: items.map { (item(of: $0, layout: layout), $0.payerKey) })?
            .seen(from: place)
        for (other, item) in items.enumerated() where other != place {
            if !item.wasMatched || other < place && item.reason != nil {
                envelope?.keepOut(other)
            } else if other < place {
                let parts = try transaction.partsOnReceipt(of: item.payment)
                envelope?.post(other, to: parts.map { Share(account: $0.account, bill: $0.bill, cents: $0.cents) })
            }
        }
        query.envelope = envelope
        return query
    }

    /// The item as it was asked about: its scan line cut by the layout of its file.
    func item(of decided: DecidedItem, layout: String?) -> Item {
        var item = decided.item
        if !item.scanline.isEmpty, let layout = layouts.first(where: { $0.name == layout }),
            let cut = layout.cut(scanline: item.scanline)
        {
            (item.scanlineAccount, item.scanlineDue) = (cut.account, cut.due)
        }
        return item
    }
}

extension DecidedItem {
    /// Whether the matcher was asked about it: nothing kept it out before.
    fileprivate var wasMatched: Bool {
        let name = rule.prefix { $0 != "/" }
        return name == "sampled" || RuleBook.names.contains { $0 == name }
    }
}

/// What each account gets of a payment.
typealias Shares = [String: Cents]

extension Verdict {
    /// What each account would get; empty where a person is asked.
    var sharesByAccount: Shares { shares.reduce(into: [:]) { $0[$1.account, default: .zero] += $1.cents } }
}

extension Dictionary where Key == String, Value == Cents {
    init(_ shares: [(account: String, cents: Cents)]) {
        self.init(uniqueKeysWithValues: shares.map { ($0.account, $0.cents) })
    }

    /// `account 4012345775` or `account 4012345775 (30.00) and account 4024691547 (21.37)`.
    var inWords: String {
        if count == 1, let only = keys.first { return "account \(only)" }
        return sorted { $0.key < $1.key }.map { "account \($0.key) (\($0.value))" }.joined(separator: " and ")
    }
}
