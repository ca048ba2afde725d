import Matching
import Model
import Testing

/// What a reviewer sees first, and what never stands before it.
struct RankingTests {
    private static func first(_ verdict: Verdict) -> String? { verdict.candidates.first?.account }

    @Test("An amount that one account owes brings it up, whoever pays it; a name alone does not stand before it")
    func amountAlone() throws {
        let verdict = try Office.decide(8_123) { $0.payer = "SOMEBODY ELSE" }
        #expect(verdict.reason != nil && Self.first(verdict) == Office.home)
        let named = try Office.decide(8_123) { $0.payer = "BOB TWIN" }
        #expect(named.candidates.prefix(2).map(\.account) == [Office.home, Office.twinned])
    }

    @Test("A payer who paid for it before stands before an amount that somebody else owes")
    func knownPayer() throws {
        let book = Office.book()
        book.teach(payer: 5, account: Office.second)
        let verdict = try Office.decide(8_123, payer: 5, in: book) { $0.payer = "Luis Vargas" }
        #expect(verdict.reason != nil && [Office.second, Office.third].contains(Self.first(verdict)))
    }

    @Test(
        "Who paid for many accounts of one customer brings him up and proves nothing; who paid for many others does not"
    )
    func landlord() throws {
        let numbers = (0..<9).map { Office.number(String(810_000_000 + $0 * 1_234_567)) }
        let book = MemoryBook(numbers.map { AccountFacts(number: $0, customer: "C1", name: "Hill Realty LLC") })
        for number in numbers { book.teach(payer: 5, account: number) }
        let known = try Office.decide(99_999, payer: 5, in: book) { $0.payer = "" }
        #expect(known.reason != nil && known.candidates.map(\.account) == numbers.sorted())
        book.insert(AccountFacts(number: "1111111117", customer: "C2", name: "Ann Twin"))
        for _ in 0..<3 { book.teach(payer: 5, account: "1111111117") }
        let service = try Office.decide(99_999, payer: 5, in: book) { $0.payer = "" }
        #expect(service.reason != nil && service.candidates.isEmpty)
    }

    @Test("Two unreadable digits post nothing, and bring up what could be read")
    func twoUnread() throws {
        let read = Office.jane.prefix(3) + "??" + Office.jane.dropFirst(5)
        let verdict = try Office.decide(4_000) { $0.account = String(read) }
        #expect(verdict.reason != nil && Self.first(verdict) == Office.jane)
    }

    @Test("What is held for another reason has candidates, too")
    func held() throws {
        var item = Item()
        (item.amount, item.account) = (Cents(7_311), Office.jane)
        let query = MatchQuery(item: item, payer: nil, day: CivilDate(year: 2026, month: 3, day: 2)!)
        let candidates = try Matcher(policy: MatchPolicy()).candidates(query, in: Office.book())
        #expect(candidates.first?.account == Office.jane)
    }
}

/// Who paid before, and for how long that says anything.
struct PayerMemoryTests {
    private static let day = CivilDate(year: 2026, month: 3, day: 2)!

    @Test(
        "A payer not seen for long proves nothing",
        arguments: [(0, true), (550, true), (551, false), (4_000, false)])
    func fades(days: Int, isKey: Bool) throws {
        let book = Office.book()
        book.teach(payer: 5, account: Office.jane, on: Self.day.advanced(by: -days))
        let verdict = try Office.decide(6_000, payer: 5, in: book) { $0.payer = "Jane Doe" }
        #expect((verdict.short == "payer-and-name/2 P1") == isKey, "\(verdict.short)")
        #expect(verdict.reason == nil || verdict.candidates.first?.account == Office.jane)
    }

    @Test("A bank account that paid for unrelated customers is no key beside a damaged number")
    func unrelated() throws {
        let book = Office.book()
        let read = "9" + Office.jane.dropFirst()
        book.teach(payer: 5, account: Office.jane)
        #expect(try Office.decide(6_000, payer: 5, in: book) { $0.account = String(read) }.reason == nil)
        book.teach(payer: 5, account: Office.second)
        let verdict = try Office.decide(6_000, payer: 5, in: book) { $0.account = String(read) }
        #expect(verdict.reason == .repairUnproven)
    }

    @Test("A set of accounts that an unrelated amount may hit by accident proves nothing")
    func splits() throws {
        // Twenty accounts of nearly the same amount: thousands of sets lie near half of all they owe.
        let numbers = (0..<20).map { Office.number(String(810_000_000 + $0 * 1_234_567)) }
        let accounts = numbers.enumerated().map { place, number in
            let owed = Cents(9_000 + Int64(place * place) * 7 + Int64(place))
            let bill = OpenBill(number: "B\(place)", amount: owed, open: owed)
            return AccountFacts(number: number, customer: "C1", name: "Hill Realty LLC", bills: [bill])
        }
        let book = MemoryBook(accounts)
        let total = accounts.map(\.due).sum
        func decide(_ cents: Cents) throws -> Verdict {
            try Office.decide(cents.rawValue, in: book) { $0.memo = "ACCT \(numbers[0])" }
        }
        #expect(try decide(total).shares.count == 20)
        #expect(try decide(total - accounts[7].due).shares.count == 19)
        let half = accounts.enumerated().filter { $0.offset % 2 == 0 }.map(\.element.due).sum
        #expect(try decide(half).reason != nil)
    }
}
