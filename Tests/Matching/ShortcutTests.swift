import MatchingWorkload
import Model
import Testing

@testable import Matching

/// What is told without looking at all of it: a short way must never say other than the long one.
struct ShortcutTests {
    private static let names = [
        "Zoe Alder", "ALDER, ZOE JR", "Z. Adler", "Alder", "Alderson Zoe", "O'Neil LLC", "Oneil & Sons Co", "Li",
        "L Li",
        "Ann Lee", "Ana Le", "Lea Ann", "Jörg Müller", "Jorg Muller", "MR II", "", "Zoee Aldr", "Alder Z",
        "Moss 12 Inc", "Alder Zymund", "Z Alder",
    ]

    @Test func `a name that can fit is never told apart by letters`() {
        for payer in Self.names.map(PersonName.init) where !payer.isEmpty {
            let letters = NameLetters(payer)
            for holder in Self.names {
                let fit = nameFit(payer, PersonName(holder))
                if fit != .differs { #expect(letters.mayFit(Letters(in: holder)), "\(payer.last) and \(holder)") }
                if fit == .agrees { #expect(letters.mayAgree(Letters(in: holder)), "\(payer.last) and \(holder)") }
            }
        }
        let zoe = NameLetters(PersonName("Zoe Alder"))
        #expect(!zoe.mayFit(Letters(in: "Jim Bruck")))
        #expect(zoe.mayFit(Letters(in: "Jim Alder")) && !zoe.mayAgree(Letters(in: "Jim Alder")))
    }

    @Test func `an account that an amount says anything of is never passed over at a glance`() {
        let printed: [Cents?] = [nil, Cents(5_000)]
        for account in Self.accounts {
            for amount in (1...12_000).map({ Cents(Int64($0)) }) {
                for printed in printed where amountFit(amount, printed: printed, to: account).isTelling {
                    #expect(AccountGlance(account).mayTell(amount, printed: printed), "\(amount) \(account.bills)")
                }
            }
        }
        #expect(!AccountGlance(Self.accounts[1]).mayTell(Cents(3_333), printed: nil))
    }

    /// Accounts with bills of every kind, the first with none.
    private static let accounts: [AccountFacts] = {
        let sets: [[(String, Int64)]] = [
            [], [("bill", 5_000)], [("bill", 1_234), ("bill", 5_000)], [("customer-deposit", 5_000)],
            [("bill", 5_000), ("customer-deposit", 1_000)], [("bill", 1_000), ("bill", 2_000), ("bill", 3_000)],
        ]
        return sets.map { bills in
            AccountFacts(
                number: "1",
                bills: bills.map { OpenBill(number: "B", kind: $0.0, amount: Cents($0.1), open: Cents($0.1)) })
        }
    }()

    @Test func `every repair that a number allows is found, and no other`() {
        let eleven = CheckDigit(weights: [2, 7, 3], modulus: 11)
        let left = CheckDigit(weights: [1, 3], modulus: 10, fromRight: false)
        for scheme in [CheckDigit.luhn, eleven, left, nil] {
            let policy = MatchPolicy(checkDigit: scheme, accountDigits: 5...6)
            for read in ["12345", "000000", "98765", "505050", "1234", "7654321"] {
                let found = Set(oneErrorRepairs(of: read, policy: policy))
                #expect(found == Self.repairs(of: Array(read.utf8), policy), "\(read)")
            }
        }
    }

    /// All numbers that are one digit more, less or other, or two neighbours swapped.
    private static func repairs(of read: [UInt8], _ policy: MatchPolicy) -> Set<String> {
        let digits = Array("0123456789".utf8)
        var found: [[UInt8]] = []
        for place in read.indices {
            found += digits.map { digit in read[..<place] + [digit] + read[(place + 1)...] }
            found.append(Array(read[..<place] + read[(place + 1)...]))
            if place > 0 { found.append(read[..<(place - 1)] + [read[place], read[place - 1]] + read[(place + 1)...]) }
        }
        for place in 0...read.count { found += digits.map { read[..<place] + [$0] + read[place...] } }
        return Set(
            found.filter { $0 != read && isWellFormed($0, policy: policy) }.map { String(decoding: $0, as: UTF8.self) })
    }

    /// Many who owe the same, and some of them with one name: all are looked at here, few of them by the matcher.
    @Test func `a reading of the amount is never missed because so many owe it`() throws {
        var random = SplitMix(seed: 4)
        for round in 0..<60 {
            let book = MemoryBook((0..<(round * 2 + 1)).map { Self.account($0, &random) })
            for amount in [Int64(4_000), 8_000, 2_000, 4_321, 3_421] {
                var item = Item()
                (item.amount, item.payer) = (Cents(amount), round % 4 == 0 ? "" : "Zoe Alder")
                let query = MatchQuery(item: item, payer: nil, day: CivilDate(year: 2026, month: 3, day: 2)!)
                var inquiry = Inquiry(query: query, amount: Cents(amount), policy: MatchPolicy(), book: book)
                let all = try Self.readings(inquiry, book)
                let named = all.filter { inquiry.name(of: $0) == .agrees }
                let (found, areAll) = try inquiry.amountReadings(few: 8)
                #expect(areAll == (all.count <= 8), "\(round) \(amount)")
                #expect(found == (areAll ? all : named), "\(round) \(amount)")
                #expect(try inquiry.namedAmountReadings() == named, "\(round) \(amount)")
            }
        }
    }

    private static func account(_ place: Int, _ random: inout SplitMix) -> AccountFacts {
        let owed = [Int64(4_000), 4_000, 4_000, 8_000, 4_321, 3_421].randomElement(using: &random)!
        let open = Bool.random(using: &random) ? owed : owed - 1
        let kind = place % 3 == 0 ? "customer-deposit" : "bill"
        let other = Int64.random(in: 0..<4, using: &random) * 1_000
        let bills =
            [OpenBill(number: "A\(place)", kind: kind, amount: Cents(owed), open: Cents(open))]
            + (other > 1_000 ? [OpenBill(number: "B\(place)", amount: Cents(other), open: Cents(other))] : [])
        return AccountFacts(
            number: String(1_000 + place), name: ["Zoe Alder", "Jim Bruck"].randomElement(using: &random)!, bills: bills
        )
    }

    /// What `amountReadings` says of itself, looked for one after the other.
    private static func readings(_ inquiry: Inquiry, _ book: MemoryBook) throws -> [AccountFacts] {
        let amount = inquiry.amount
        func owing(_ total: Cents) -> [AccountFacts] {
            book.count(owing: total, limit: owingMax) < owingMax ? book.accounts(owing: total, limit: owingMax) : []
        }
        var found = owing(amount) + book.accounts(billed: amount, limit: owingMax)
        found += book.accounts(owingOverBills: amount, limit: owingMax)
        if Set(found.map(\.number)).count < 6 {
            if amount.rawValue % 2 == 0 { found += owing(Cents(amount.rawValue / 2)) }
            let digits = Array(String(amount.rawValue))
            for place in digits.indices.dropLast() where digits[place] != digits[place + 1] {
                var swapped = digits
                swapped.swapAt(place, place + 1)
                if swapped[0] != "0" { found += owing(Cents(Int64(String(swapped))!)) }
            }
        }
        let numbers = Set(found.map(\.number)).sorted()
        return numbers.map { book.account($0)! }.filter { inquiry.isTelling($0) }
    }

    @Test func `an amount is swapped exactly where two neighbouring digits of its text are`() {
        for left in Int64(1)..<1_300 {
            for right in [left + 9, left + 90, left - 9, left * 10, left / 10, 1_324, 21, 12, 10, 1] where right > 0 {
                #expect(isSwapped(Cents(left), Cents(right)) == Self.isSwappedText(left, right), "\(left) \(right)")
            }
        }
    }

    private static func isSwappedText(_ left: Int64, _ right: Int64) -> Bool {
        let (digits, wanted) = (Array(String(left)), Array(String(right)))
        return digits.indices.dropLast().contains { place in
            var swapped = digits
            swapped.swapAt(place, place + 1)
            return swapped != digits && swapped == wanted
        }
    }

    @Test func `an address that a text names is never told apart by its house number`() {
        let addresses = [
            "12 Oak St", "12b Oak Street", "#12 Oak", "Oak 12", "1234567 Oak", "12", "  7 Elm Ave Apt 3", "",
        ]
        for text in addresses + ["for 12 OAK st, and 7 Elm Avenue Apt 3", "12B oak ST"] {
            let memo = StreetAddress(text)
            for address in addresses where memo.names(StreetAddress(address)) {
                let number = StreetAddress.houseNumber(address)
                #expect(number.map(memo.houseNumbers.contains) == true, "\(text) and \(address)")
            }
        }
    }
}
