import Foundation
import Model
import Testing

@testable import Ledger

/// The book in memory against the one in the ledger.
struct AccountTableTests {
    private static let bare = "5000000001"

    /// Adds an account without a bill before, between and behind the others, and second bills in every order of dates.
    private static func fill(_ transaction: Transaction) throws {
        let long = String(repeating: "Überlänge ", count: 40)
        for account in ["1000000001", "4000000002x", bare] {
            try transaction.run(
                """
                INSERT INTO accounts VALUES (?, '', ?, 'X', '', '', '', 'final', NULL, NULL, 1, '{}', 1)
                """, .text(account), .text(account == bare ? long : ""))
        }
        for (bill, account, kind, due, open) in [
            ("A2", Books.accounts[0], "customer-deposit", Optional<Int64>.none, Int64(1)),
            ("A3", Books.accounts[0], "water", 20_260_101, 70), ("A4", Books.accounts[0], "water", 20_260_101, 7),
            ("A5", Books.accounts[3], "sewer", 20_260_101, 0), ("A6", Books.accounts[3], "sewer", 20_270_101, 9),
        ] {
            try transaction.run(
                "INSERT INTO bills VALUES (?, ?, ?, NULL, ?, 100, 100, 0, ?, 1)", .text(account), .text(bill),
                .text(kind), Value(due), .int(open))
        }
    }

    @Test func `never says of an account what the ledger does not say`() throws {
        let books = try Books()
        try books.ledger.write { transaction in
            try Self.fill(transaction)
            let table = try AccountTable(transaction)
            let numbers = try transaction.all("SELECT account FROM accounts") { $0.text(0) }
            #expect(numbers.count == 7)
            for number in numbers { #expect(table.account(number) == (try transaction.account(number)), "\(number)") }
            for number in ["", "4", "400000000", "40000000011", "9999999999"] {
                #expect(table.account(number) == nil, "\(number)")
            }
        }
    }

    @Test func `never writes to a bill what was not paid on it`() throws {
        let books = try Books()
        try books.ledger.write { transaction in
            try Self.fill(transaction)
            var table = try AccountTable(transaction)
            let parts = [
                Part(account: Books.accounts[3], bill: "A6", kind: .bill, cents: Cents(4)),
                Part(account: Books.accounts[0], bill: "A3", kind: .bill, cents: Cents(60)),
                Part(account: Books.accounts[0], bill: "A3", kind: .bill, cents: Cents(10)),
                Part(account: Books.accounts[0], bill: nil, kind: .credit, cents: Cents(5)),
            ]
            for part in parts { table.pay(part) }
            let before = try transaction.account(Books.accounts[0])
            #expect(before?.bills.map(\.number) == ["A2", "A3", "A4", "B1"])
            let paid = table.account(Books.accounts[0])
            #expect(paid?.bills.map(\.number) == ["A2", "A4", "B1"])
            try table.write(to: transaction)
            for account in Books.accounts { #expect(try transaction.account(account) == table.account(account)) }
            table.pay(Part(account: Books.accounts[3], bill: "A6", kind: .bill, cents: Cents(5)))
            try table.write(to: transaction)
            #expect(try transaction.number("SELECT sum(open_cents) FROM bills") == 40_000 + 1 + 7)
        }
    }

    @Test func `never pays more on a bill than is open there`() throws {
        let books = try Books()
        #expect(throws: LedgerFault.self) {
            try books.ledger.write { transaction in
                var table = try AccountTable(transaction)
                table.pay(Part(account: Books.accounts[0], bill: "B1", kind: .bill, cents: Cents(10_001)))
                try table.write(to: transaction)
            }
        }
        #expect(try books.texts("SELECT sum(open_cents) FROM bills") == ["40000"])
    }

    @Test func `never misses an account that owes exactly so much, nor names another`() throws {
        let books = try Books()
        try books.ledger.write { transaction in
            try Self.fill(transaction)
            var table = try AccountTable(transaction)
            #expect(table.accounts(owing: Cents(10_000), limit: 9).map(\.number) == Array(Books.accounts[1...2]))
            #expect(table.accounts(owing: Cents(10_000), limit: 1).map(\.number) == [Books.accounts[1]])
            for amount in [0, 1, 100, 9_999, 10_001] {
                #expect(table.accounts(owing: Cents(Int64(amount)), limit: 9) == [])
            }
            table.pay(Part(account: Books.accounts[1], bill: "B2", kind: .bill, cents: Cents(1)))
            table.pay(Part(account: Books.accounts[3], bill: "A6", kind: .bill, cents: Cents(9)))
            #expect(
                table.accounts(owing: Cents(10_000), limit: 9).map(\.number) == [Books.accounts[2], Books.accounts[3]])
        }
    }

    @Test func `never finds by customer or last name other accounts than the ledger finds`() throws {
        let books = try Books()
        try books.ledger.write { transaction in
            try Self.fill(transaction)
            try transaction.run("UPDATE accounts SET customer = 'C1', last_name = 'MOSS'")
            try transaction.run("UPDATE accounts SET customer = 'C2', last_name = 'MOSSE' WHERE account > '4000000001'")
            var table = try AccountTable(transaction)
            for customer in ["C1", "C2", "C", "", "MOSS"] {
                let numbers = try transaction.accountNumbers(ofCustomer: customer)
                #expect(table.accounts(ofCustomer: customer).map(\.number) == numbers, "\(customer)")
            }
            for name in ["MOSS", "MOSSE", "MOS", "", "C1"] {
                for limit in [1, 2, 9] {
                    let numbers = try transaction.accountNumbers(lastName: name, limit: limit)
                    #expect(table.accounts(lastName: name, limit: limit).map(\.number) == numbers, "\(name)")
                    #expect(table.count(lastName: name, limit: limit) == numbers.count, "\(name)")
                }
            }
            #expect(table.accounts(ofCustomer: "C1").count > 1)
            #expect(table.count(lastName: "MOSSE", limit: 9) > 1)
        }
    }

    @Test func `never says of a holder what the account does not say`() throws {
        let books = try Books()
        try books.ledger.write { transaction in
            try Self.fill(transaction)
            try transaction.run("UPDATE accounts SET last_name = 'MOSS'")
            var table = try AccountTable(transaction)
            let amount = Cents(10_000)
            let passes: [(AccountGlance) -> Bool] = [
                { _ in true }, { $0.owed == nil }, { $0.owed != nil }, { _ in false },
            ]
            for passes in passes {
                func holders(_ accounts: [AccountFacts]) -> [Holder] {
                    accounts.map(Holder.init).filter { passes($0.glance) }
                }
                let owing = table.holders(owing: amount, limit: 9, where: passes)
                #expect(owing == holders(table.accounts(owing: amount, limit: 9)))
                let billed = table.holders(billed: amount, limit: 9, where: passes)
                #expect(billed == holders(table.accounts(billed: amount, limit: 9)))
                for limit in [1, 9] {
                    let named = table.holders(lastName: "MOSS", limit: limit, where: passes)
                    #expect(named == holders(table.accounts(lastName: "MOSS", limit: limit)))
                }
            }
            #expect(table.holders(billed: amount, limit: 9) { _ in true }.count > 2)
            #expect(table.holders(lastName: "MOSS", limit: 9) { $0.owed == nil }.count > 0)
            table.pay(Part(account: Books.accounts[1], bill: "B2", kind: .bill, cents: Cents(1)))
            let left = table.holders(lastName: "MOSS", limit: 9) { $0.owed == Cents(9_999) }
            #expect(left.map(\.number) == [Books.accounts[1]])
        }
    }

    @Test func `never takes one of many numbers for another, nor leaves one out`() throws {
        let books = try Books()
        try books.ledger.write { transaction in
            try Self.fill(transaction)
            let table = try AccountTable(transaction)
            let asked = [Self.bare, "4", Books.accounts[0], "", Self.bare, "9999999999", "4000000002x"]
            let found = table.accounts(asked)
            #expect(found.map(\.number) == [Self.bare, Books.accounts[0], Self.bare, "4000000002x"])
            for account in found { #expect(try transaction.account(account.number) == account) }
        }
    }

    /// 3,000 texts of up to 3 KB go over page borders and past lengths of one and two bytes.
    @Test func `never mixes up packed texts`() throws {
        let books = try Books()
        try books.ledger.write { transaction in
            var texts = PackedTexts()
            var places: [PackedTexts.Place] = []
            let words = (0..<3000).map { String(repeating: "\($0 % 10)", count: $0) }
            for (index, word) in words.enumerated() {
                try transaction.query("SELECT ?, ?", .text(word), .text("second \(index)")) {
                    places.append(texts.append($0, columns: 0..<2))
                }
            }
            for (index, place) in places.enumerated() {
                var reader = texts.reader(at: place)
                #expect(reader.next() == words[index])
                #expect(reader.next() == "second \(index)")
                #expect(texts.begins(place, with: words[index]))
                #expect(!texts.begins(place, with: words[index] + "x"))
            }
        }
    }
}
