import Matching
import Model

/// A small made-up office whose accounts each test one thing. Numbers are Luhn-right.
enum Office {
    /// The number with nine digits and its check digit.
    static func number(_ body: String) -> String {
        body + String(decoding: [CheckDigit.luhn.digit(for: Array(body.utf8))!], as: UTF8.self)
    }

    static let jane = number("123456787")
    static let second = number("234567894")
    static let third = number("234567123")
    static let twin = number("551093341")
    static let twinned = number("551903341")
    static let closed = number("345678901")
    static let moved = number("456789012")
    static let home = number("456789345")
    static let cashOnly = number("567890123")
    static let flagged = number("678901234")
    static let landlord = ["700000111", "711111222", "722222333"].map(number)
    static let nobody = number("999888777")

    /// The known payers, by what they are known for.
    static let janesBank: Int64 = 1
    static let service: Int64 = 2

    static func book() -> MemoryBook {
        let book = MemoryBook([
            account(jane, "C1", "Jane A Doe", [5_000, 2_311], address: "12 Oak St"),
            account(second, "C2", "Luis Vargas", [4_047], address: "7 Elm Ave Apt 2"),
            account(third, "C2", "Luis Vargas", [6_219], address: "9 Elm Ave"),
            account(twin, "C3", "Ann Twin", [3_333]), account(twinned, "C4", "Bob Twin", [4_444]),
            account(closed, "C5", "Old Owner", [], status: .closed),
            account(moved, "C6", "Mo Ver", [], status: .closed), account(home, "C6", "Mo Ver", [8_123]),
            account(cashOnly, "C7", "Cash Only", [2_001], isCashOnly: true),
            account(flagged, "C8", "Bank Rupt", [2_002], flags: ["bankruptcy"]),
        ])
        for (place, number) in landlord.enumerated() {
            book.insert(account(number, "C9", "Hill Realty LLC", [10_011 + Int64(place) * 1_003]))
        }
        book.teach(payer: janesBank, account: jane)
        for account in book.accounts.keys.sorted().prefix(8) { book.teach(payer: service, account: account) }
        return book
    }

    private static func account(
        _ number: String, _ customer: String, _ name: String, _ bills: [Int64], status: AccountStatus = .active,
        isCashOnly: Bool = false, flags: [String] = [], address: String = ""
    ) -> AccountFacts {
        let open = bills.enumerated().map { place, cents in
            OpenBill(
                number: "B\(number.suffix(5))\(place)", dueOn: CivilDate(year: 2026, month: place + 1, day: 1),
                amount: Cents(cents), open: Cents(cents))
        }
        return AccountFacts(
            number: number, customer: customer, name: name, serviceAddress: address, status: status,
            cashOnly: isCashOnly, holdingFlags: flags, bills: open)
    }

    /// The bill numbers of an account, oldest first.
    static func bill(_ account: String, _ place: Int = 0) -> String { "B\(account.suffix(5))\(place)" }

    static func decide(
        _ cents: Int64, payer: Int64? = nil, in book: MemoryBook = book(), _ change: (inout Item) -> Void = { _ in }
    ) throws -> Verdict {
        var item = Item()
        item.amount = Cents(cents)
        change(&item)
        let query = MatchQuery(item: item, payer: payer, day: CivilDate(year: 2026, month: 3, day: 2)!)
        return try Matcher(policy: MatchPolicy()).decide(query, in: book)
    }
}

extension Verdict {
    /// `number-alone/1 P2` where it posts, the reason where it does not: what tables compare.
    var short: String { reason?.rawValue ?? "\(rule) \(proof.rawValue)" }
}
