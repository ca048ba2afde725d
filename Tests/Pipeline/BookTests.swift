import Matching
import Model
import Pipeline
import Testing

/// What matching asks of the billing book, answered from memory and from the ledger.
struct BookTests {
    private static let day = CivilDate(year: 2026, month: 3, day: 4)!

    @Test(arguments: [UInt64(5)])
    func `never answers in memory what the ledger would not answer`(seed: UInt64) throws {
        print("books in memory and in the ledger: seed \(seed)")
        let world = SmallWorld(seed: seed)
        let office = try TemporaryHome(nil)
        try office.import(world.days[0].book)
        try office.take("day-1.csv", world.days[0].file(on: "2026-03-02"))
        try office.import(world.days[2].book)
        let book = world.days[2].book
        let answers = try [true, false].map { inMemory in
            try office.home.withBook(of: Self.day, inMemory: inMemory) { try Self.answers(of: $0, about: book) }
        }
        #expect(answers[0] == answers[1])
        for question in ["street", "earlier", "billed", "over bills"] {
            #expect(answers[0].contains { $0.hasPrefix(question) && !$0.hasSuffix("[]") }, "\(question) found nothing")
        }
    }

    private static func answers(of book: any Book, about extract: AccountBook) throws -> [String] {
        var found: [String] = []
        for account in extract.accounts {
            let street = try #require(StreetAddress(account.address).street)
            let there = try book.accounts(atStreet: street, limit: 9)
            #expect(there.contains { $0.number == account.number })
            found.append("street \(street) \(there.map(\.number))")
            let earlier = try book.earlierPayments(of: account.number, limit: 3)
            found.append("earlier \(account.number) \(earlier.map { "\($0.payment) \($0.payer) \($0.cents)" })")
            let owed = try #require(try book.account(account.number)).due
            found.append("over bills \(owed) \(try book.accounts(owingOverBills: owed, limit: 9).map(\.number))")
        }
        for bill in extract.bills {
            found.append("billed \(bill.amount) \(try book.accounts(billed: bill.amount, limit: 9).map(\.number))")
        }
        return found
    }

    @Test func `an account that moves is not found where it was`() throws {
        var book = AccountBook()
        let office = try TemporaryHome(book)
        book.changeAccount(1) { $0.address = "77 New Ave" }
        try office.import(book)
        try office.home.withBook(of: Self.day, inMemory: false) { asked in
            #expect(try asked.accounts(atStreet: "77 NEW", limit: 9).map(\.number) == [AccountBook.account(1)])
            let former = try #require(StreetAddress(AccountBook().accounts[0].address).street)
            #expect(try asked.accounts(atStreet: former, limit: 9).isEmpty)
        }
    }
}
