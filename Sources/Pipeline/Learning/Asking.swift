internal import Formats
internal import Ledger
internal import Matching
internal import Model

extension Home {
    /// What the matcher was asked when it decided a payment: its item as the ledger keeps it, the scan line cut as the
    /// layout of its file says.
    func query(_ decided: DecidedItem, layout: String?) -> MatchQuery {
        var item = decided.item
        if !item.scanline.isEmpty, let layout = layouts.first(where: { $0.name == layout }),
            let cut = layout.cut(scanline: item.scanline)
        {
            (item.scanlineAccount, item.scanlineDue) = (cut.account, cut.due)
        }
        return MatchQuery(item: item, payer: decided.payerKey, day: decided.valueOn)
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
