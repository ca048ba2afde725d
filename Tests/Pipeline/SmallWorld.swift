import Model

/// A made-up office whose truth is known: 200 accounts, three days, one lockbox file a day, new bills on the third.
struct SmallWorld {
    enum Truth: Equatable {
        /// Whose money it is: cents by account.
        case accounts([String: Cents])
        /// Another agency's money.
        case others
        /// The same check told again by another day's file.
        case toldTwice
    }

    struct Fact {
        var check: Check
        var truth: Truth
        var kind: String
    }

    struct Day {
        var book: AccountBook
        var facts: [Fact]

        /// The day's file, in batches of thirty.
        func file(on date: String) -> Lockbox {
            let batches = stride(from: 0, to: facts.count, by: 30).map { start in
                facts[start..<min(start + 30, facts.count)].map(\.check)
            }
            var file = Lockbox(batches: batches)
            file.date = date
            return file
        }
    }

    static let size = 200
    private(set) var days: [Day] = []
    private var random: SeededRandom
    private var checkNumber = 5000

    init(seed: UInt64) {
        random = SeededRandom(seed)
        var first = AccountBook(accounts: Self.size)
        // Twenty customers have two accounts; ten accounts are of landlords.
        for n in stride(from: 2, through: 40, by: 2) { first.changeAccount(n) { $0.customer = "C\(1000 + n - 1)" } }
        for n in 191...200 { first.changeAccount(n) { ($0.customer, $0.name) = ("C9000", "Rent Holdings") } }
        days.append(Day(book: first, facts: facts(of: Array(1...75), day: 1)))
        days.append(Day(book: first, facts: facts(of: Array(76...160), day: 2)))
        var third = first
        third.bills = (1...Self.size).map { n in
            AccountBook.Bill(
                number: Self.newBill(n), account: AccountBook.account(n), amount: Self.newAmount(n),
                balance: Self.newAmount(n), due: "2026-04-10")
        }
        days.append(Day(book: third, facts: facts(of: Array(1...75), day: 3)))
    }

    /// Adds plans, pledges, flags and debts given up to the books, about what the office pays for itself: so much that
    /// many payments meet some.
    mutating func agree(seed: UInt64) {
        var random = SeededRandom(seed &+ 99)
        for day in days.indices {
            for n in 1...Self.size {
                let account = AccountBook.account(n)
                let bill = days[day].book.bills[n - 1]
                if random.chance(20) {
                    let instalment = Cents(bill.amount.rawValue / Int64(random.below(3) + 1))
                    let bills = random.chance(50) ? bill.number : ""
                    days[day].book.plans.append("\(account),P\(n),,\(instalment),2026-03-03,\(bill.amount),\(bills)")
                }
                if random.chance(20) {
                    let agency = random.chance(50) ? days[day].book.accounts[n - 1].name : "Hill County"
                    days[day].book.pledges.append("\(account),L\(n),\(agency),\(bill.amount)")
                }
                if random.chance(5) { days[day].book.flags.append("\(account),dispute,,,D-\(n),") }
                if random.chance(5) { days[day].book.changeAccount(n) { $0.status = "written-off" } }
            }
        }
    }

    private static func newBill(_ n: Int) -> String { "X\(30_000 + n)" }
    private static func newAmount(_ n: Int) -> Cents { Cents(Int64(6_011 + n * 149)) }

    /// What an account that pays on this day owes, and on which bill.
    private func owed(_ n: Int, _ day: Int) -> (bill: String, amount: Cents) {
        day == 3 ? (Self.newBill(n), Self.newAmount(n)) : (AccountBook.bill(n), AccountBook.amount(n))
    }

    private mutating func facts(of accounts: [Int], day: Int) -> [Fact] {
        var facts = accounts.map { fact(of: $0, day) }
        facts.append(landlord(day))
        for _ in 0..<2 { facts.append(stranger()) }
        if day > 1 {
            for _ in 0..<2 {
                let again = random.pick(days[day - 2].facts.filter { $0.truth != .toldTwice && $0.kind == "coupon" })
                facts.append(Fact(check: again.check, truth: .toldTwice, kind: "told twice"))
            }
        }
        facts.shuffle(using: &random)
        return facts
    }

    private mutating func check(_ amount: Cents, of n: Int) -> Check {
        checkNumber += 1
        return Check(amount, number: String(checkNumber), bankAccount: String(88_000_000 + n))
    }

    private mutating func fact(of n: Int, _ day: Int) -> Fact {
        let owed = owed(n, day)
        let number = AccountBook.account(n)
        var check = check(owed.amount, of: n)
        check.account = number
        var kind = "coupon"
        switch random.below(100) {
        case 0..<66: check.scanline = number + Self.nineDigits(owed.amount)
        case 66..<76:
            kind = "memo"
            (check.account, check.memo) = ("", "water acct \(number) thank you")
        case 76..<82:
            kind = "unread digit"
            check.account = Self.replace(random.below(9), of: number, by: "?")
        case 82..<87:
            kind = "wrong digit"
            let place = random.below(9)
            let digit = Int(String(Array(number)[place]))!
            check.account = Self.replace(place, of: number, by: Character(String((digit + 1 + random.below(9)) % 10)))
        case 87..<93:
            kind = "partial"
            check.amount = Cents(owed.amount.rawValue / 2 / 100 * 100)
        case 93..<97:
            kind = "over"
            check.amount = Cents((owed.amount.rawValue / 1_000 + 1) * 1_000)
        default:
            kind = "nothing but a name"
            (check.account, check.payer) = ("", "Pat Nobody")
        }
        return Fact(check: check, truth: .accounts([number: check.amount]), kind: kind)
    }

    private mutating func landlord(_ day: Int) -> Fact {
        let mine = day == 1 ? 191...195 : day == 2 ? 196...200 : 191...200
        let lines = mine.map { owed($0, day) }
        var check = check(lines.map(\.amount).sum, of: 191)
        check.lines = lines
        let shares = mine.map { (AccountBook.account($0), owed($0, day).amount) }
        return Fact(check: check, truth: .accounts(Dictionary(uniqueKeysWithValues: shares)), kind: "landlord")
    }

    private mutating func stranger() -> Fact {
        var check = check(Cents(Int64(2_003 + random.below(9_000))), of: 900 + random.below(90))
        check.account = AccountBook.account(300 + random.below(100))
        check.memo = "electric"
        return Fact(check: check, truth: .others, kind: "not ours")
    }

    private static func nineDigits(_ cents: Cents) -> String {
        let digits = String(cents.rawValue)
        return String(repeating: "0", count: 9 - digits.count) + digits
    }

    private static func replace(_ place: Int, of number: String, by character: Character) -> String {
        var characters = Array(number)
        characters[place] = character
        return String(characters)
    }
}
