internal import Ledger
internal import Model
internal import Pipeline
internal import Review

/// What a decision would do, a line each, for a person.
struct EffectWords {
    let lines: [String]

    init(_ effect: Preview) {
        lines =
            effect.left
            + effect.lines.map { line in
                let side = line.cents < .zero ? "credit" : "debit"
                let account = line.account.map { ", account \($0)" } ?? ""
                let bill = line.bill.map { ", bill \($0)" } ?? ""
                return "\(side) \(line.ledgerAccount.rawValue)\(account)\(bill): \(money(line.cents.magnitude))"
            }
            + effect.orders.map { "\($0.name) leaves: \($0.inWords)" }
            + (effect.needs.map { [$0 == .approval ? "a second person must approve it" : "a lead must accept it"] }
                ?? [])
    }
}
