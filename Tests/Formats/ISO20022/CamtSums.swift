import Model

/// The money of a message as the bank states it, per currency, and whether its control totals hold.
///
/// Written for the tests alone, so that no room's arithmetic is checked by itself: an entry (batch) declares the sum
/// of its details (items), a `TxsSummry` (deposit) the sums of its entries.
struct CamtSums: Equatable {
    struct Money: Equatable {
        var credits: Int64 = 0
        var debits: Int64 = 0
        var pending: Int64 = 0
    }

    var items = 0
    var money: [String: Money] = [:]
    var balances = true

    private var batch = Money()
    private var deposit = Money()

    init(_ events: [ReadEvent]) {
        for event in events {
            switch event {
            case .depositBegins: deposit = Money()
            case .batchBegins: batch = Money()
            case .item(let item): take(item)
            case .batchEnds(let declared): endBatch(declared)
            case .depositEnds(let declared): endDeposit(declared)
            case .fileEnds, .fault, .figures: break
            }
        }
    }

    private mutating func take(_ item: Item) {
        items += 1
        let cents = item.amount?.rawValue ?? 0
        if item.direction == .credit { batch.credits += cents } else { batch.debits += cents }
        if item.amount == nil { balances = false }
    }

    private mutating func endBatch(_ declared: Declared) {
        let credits = declared.credits?.rawValue ?? 0
        let debits = declared.debits?.rawValue ?? 0
        guard declared.credits != nil || declared.debits != nil else { return }
        if credits - debits != batch.credits - batch.debits { balances = false }
        deposit.credits += credits
        deposit.debits += debits
        if declared.booking == .pending {
            money[declared.currency, default: Money()].pending += credits + debits
        } else {
            money[declared.currency, default: Money()].credits += credits
            money[declared.currency, default: Money()].debits += debits
        }
    }

    private mutating func endDeposit(_ declared: Declared) {
        if let credits = declared.credits, credits.rawValue != deposit.credits { balances = false }
        if let debits = declared.debits, debits.rawValue != deposit.debits { balances = false }
        if let sum = declared.turnover, sum.rawValue != deposit.credits + deposit.debits { balances = false }
    }
}

extension LayoutReading {
    /// Whether a message is taken and all its totals hold.
    var isSound: Bool { refusal == nil && CamtSums(events).balances }

    /// What no change may alter unseen.
    var amounts: [String] {
        items.map { "\($0.amount?.rawValue ?? -1) \($0.direction.rawValue) \($0.fractionOfCent)" }
    }
}
