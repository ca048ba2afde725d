import Matching
import MatchingWorkload
import Model

/// A kind of item whose deciding is measured.
struct ItemKind: Sendable {
    var name: String
    /// Microseconds of CPU that one may cost.
    var goal: Double
    var count: Int
    var make: @Sendable (Office, inout SplitMix) -> Item

    static let all = [
        ItemKind(name: "clean coupon, the amount it prints", goal: 5, count: 200_000) { office, random in
            let place = Int.random(in: Self.houses(office), using: &random)
            var item = item(office.owed(place))
            (item.account, item.scanlineAccount) = (office.number(place), office.number(place))
            (item.scanlineDue, item.payer) = (office.owed(place), office.name(place))
            return item
        },
        ItemKind(name: "clean number alone, a part of the amount", goal: 200, count: 50_000) { office, random in
            var item = item(Cents(1_234))
            item.account = office.number(Int.random(in: Self.houses(office), using: &random))
            return item
        },
        ItemKind(name: "one digit wrong among numbers in sequence", goal: 200, count: 4_000) { office, random in
            var item = item(Cents(1_234))
            item.account = damaged(office.number(Int.random(in: Self.houses(office), using: &random)), &random)
            return item
        },
        ItemKind(name: "a name of 110 holders, an amount of 55", goal: 200, count: 4_000) { office, random in
            let place = Int.random(in: Self.houses(office), using: &random)
            var item = item(office.owed((place + 77) % office.accounts))
            item.payer = "Zoe " + office.name(place).split(separator: " ")[1]
            return item
        },
        ItemKind(name: "one of a landlord's 12 accounts, no set of them fits", goal: 200, count: 4_000) {
            office, random in
            let place = Int.random(in: 0..<Office.landlords, using: &random) * Office.houses
            let all = (0..<Office.houses).reduce(Cents.zero) { $0 + office.owed(place + $1) }
            var item = item(Cents(all.rawValue / 2 + 1))
            item.account = office.number(place)
            return item
        },
        ItemKind(name: "one of a landlord's 240 accounts", goal: 200, count: 400) { office, random in
            let place = Office.landlords * Office.houses + Int.random(in: 0..<Office.estate, using: &random)
            var item = item(Cents(999_999))
            item.account = office.number(place)
            return item
        },
        ItemKind(name: "a text of 1,024 characters full of numbers", goal: 200, count: 2_000) { office, random in
            var item = item(Cents(1_234))
            item.memo = text(office, &random)
            return item
        },
        ItemKind(name: "all of it: wrong digit, common name, full text", goal: 200, count: 1_000) { office, random in
            let place = Int.random(in: Self.houses(office), using: &random)
            var item = item(office.owed((place + 77) % office.accounts))
            item.account = damaged(office.number(place), &random)
            item.payer = "Zoe " + office.name(place).split(separator: " ")[1]
            item.memo = text(office, &random)
            return item
        },
    ]

    private static func houses(_ office: Office) -> Range<Int> {
        (Office.landlords * Office.houses + Office.estate)..<office.accounts
    }

    private static func item(_ amount: Cents) -> Item {
        var item = Item()
        item.amount = amount
        item.tender = .achCredit
        return item
    }

    private static func damaged(_ number: String, _ random: inout SplitMix) -> String {
        variants(of: number).filter { $0.kind == .substitution }.randomElement(using: &random)!.read
    }

    /// Damaged numbers, dates and telephone numbers, one after the other.
    private static func text(_ office: Office, _ random: inout SplitMix) -> String {
        var text = ""
        while text.utf8.count < 1_024 {
            text += damaged(office.number(Int.random(in: Self.houses(office), using: &random)), &random)
            text += " inv 2026-03-02, tel 415 555 0\(Int.random(in: 100...999, using: &random)); "
        }
        return text
    }
}
