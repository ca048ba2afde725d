import Matching
package import Model

/// A book in which nothing but numbers speaks: every account has its own customer, no name, no payer and one bill.
package final class NumberBook: Book {
    private let accounts: [String: AccountFacts]
    /// In the order they were issued.
    package let numbers: [String]

    package init(_ numbers: [String]) {
        self.numbers = numbers
        accounts = Dictionary(
            uniqueKeysWithValues: numbers.enumerated().map { place, number in
                let owed = Cents(10_000 + Int64(place % 9_000))
                let bill = OpenBill(number: "B\(place)", amount: owed, open: owed)
                return (number, AccountFacts(number: number, customer: "C\(place)", bills: [bill]))
            })
    }

    /// So many numbers of so many digits, the last their check digit: each the next, or any.
    package static func numbers(
        _ count: Int, digits: Int, isSequential: Bool, from random: inout some RandomNumberGenerator
    ) -> [String] {
        let (low, high) = (power(digits - 2), power(digits - 1) - 1)
        var bodies: Set<Int> = []
        let start = Int.random(in: low...(high - count), using: &random)
        while bodies.count < count {
            bodies.insert(isSequential ? start + bodies.count : Int.random(in: low...high, using: &random))
        }
        return bodies.sorted().map { body in
            let text = String(body)
            return text + String(decoding: [CheckDigit.luhn.digit(for: Array(text.utf8))!], as: UTF8.self)
        }
    }

    private static func power(_ exponent: Int) -> Int { (0..<exponent).reduce(1) { power, _ in power * 10 } }

    /// Whether a number stands in the book.
    package func has(_ number: String) -> Bool { accounts[number] != nil }

    package func account(_ number: String) -> AccountFacts? { accounts[number] }
    package func accounts(ofCustomer customer: String) -> [AccountFacts] {
        Int(customer.dropFirst()).map { [accounts[numbers[$0]]!] } ?? []
    }
    package func account(ofBill bill: String) -> AccountFacts? { nil }
    package func accounts(ofPayer payer: Int64, limit: Int) -> [PayerFacts] { [] }
    package func count(lastName: String, limit: Int) -> Int { 0 }
    package func accounts(lastName: String, limit: Int) -> [AccountFacts] { [] }
    package func count(owing total: Cents, limit: Int) -> Int { 0 }
    package func accounts(owing total: Cents, limit: Int) -> [AccountFacts] { [] }
    package func accounts(billed amount: Cents, limit: Int) -> [AccountFacts] { [] }
    package func accounts(owingOverBills total: Cents, limit: Int) -> [AccountFacts] { [] }
    package func accounts(atStreet street: String, limit: Int) -> [AccountFacts] { [] }
    package func earlierPayments(of account: String, limit: Int) -> [EarlierPayment] { [] }
}
