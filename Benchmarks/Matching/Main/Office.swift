import Foundation
import Model

/// A made-up office of a million accounts, each worked out from its place: numbers in sequence, names and amounts that
/// many share, landlords.
struct Office {
    /// Landlords stand first: each has so many accounts.
    static let landlords = 1_000
    static let houses = 12
    /// And one who has so many.
    static let estate = 240
    /// Holders of one last name: as many as a name may have that still brings up accounts.
    static let namesakes = 110

    let accounts: Int

    func number(_ place: Int) -> String {
        let body = String(310_000_000 + place)
        return body + String(decoding: [CheckDigit.luhn.digit(for: Array(body.utf8))!], as: UTF8.self)
    }

    func customer(_ place: Int) -> Int {
        let estate = Office.landlords * Office.houses
        if place < estate { return place / Office.houses }
        return place < estate + Office.estate ? estate : place
    }

    /// The same for all accounts of a customer.
    func name(_ place: Int) -> String {
        let mixed = Int((UInt64(customer(place)) &* 0x9e37_79b9_7f4a_7c15) >> 20)
        let last = mixed % max(1, accounts / Office.namesakes)
        return "\(Office.given[mixed / 7 % Office.given.count]) \(letters(last))son"
    }

    /// What it owes: some 55 of a million accounts owe the same.
    func owed(_ place: Int) -> Cents {
        Cents(2_000 + Int64((UInt64(place + 1) &* 0xbf58_476d_1ce4_e5b9) >> 24) % 18_000)
    }

    /// Writes the billing extract.
    func write(to folder: String) throws {
        var text = "account,customer,name,service_address,city,zip,status,opened_on,closed_on,cash_only\n"
        for place in 0..<accounts {
            text += "\(number(place)),C\(customer(place)),\(name(place)),\(place % 3_000) Alder St,Harborside,90000,"
            text += "active,2001-05-01,,no\n"
        }
        try Data(text.utf8).write(to: URL(filePath: "\(folder)/accounts.csv"))
        text = "bill,account,issued_on,due_on,amount,balance\n"
        for place in 0..<accounts {
            text += "B\(place),\(number(place)),2026-02-14,2026-03-07,\(owed(place)),\(owed(place))\n"
        }
        try Data(text.utf8).write(to: URL(filePath: "\(folder)/bills.csv"))
    }

    /// A number in letters: no two numbers of one length sound alike.
    private func letters(_ number: Int) -> String {
        var (text, left) = ("", number + 26 * 26 * 26)
        while left > 0 {
            text.append(Character(UnicodeScalar(UInt8(97 + left % 26))))
            left /= 26
        }
        return text
    }

    private static let given = [
        "Ada", "Ben", "Cora", "Dan", "Edith", "Felix", "Gwen", "Hugo", "Iris", "Jonas", "Kay", "Leo", "Mona", "Ned",
    ]
}
