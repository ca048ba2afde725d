import Matching
import Model
import Testing

struct DecideTests {
    @Test(
        "A number posts only with its check digit, in the book, unstopped and uncontradicted",
        arguments: [
            // account column, scan line account, amount, payer's name, verdict
            (Office.jane, Office.jane, 7_311, "", "number-and-amount/1 P1"),
            (Office.jane, Office.jane, 5_000, "", "number-and-amount/1 P1"),
            (Office.jane, "", 6_000, "", "number-alone/1 P2"),
            (Office.jane, "", 6_000, "J DOE", "number-and-name/1 P1"),
            (Office.jane, "", 999_999, "", "amount-unusual"),
            (Office.jane, "", 99_999, "", "number-alone/1 P2"),
            (Office.jane, Office.second, 7_311, "", "evidence-conflict"),
            (Office.nobody, "", 7_311, "", "account-not-found"),
            (Office.twin, "", 3_333, "", "number-and-amount/1 P1"),
            (Office.twin, "", 3_000, "", "twin-number"),
            (Office.twin, "", 3_000, "Ann Twin", "number-and-name/1 P1"),
            (Office.closed, "", 3_000, "", "account-closed"),
            (Office.moved, "", 3_000, "", "moved-account/2 P2"),
            (Office.moved, "", 8_123, "", "moved-account/2 P1"),
            (Office.cashOnly, "", 2_001, "", "cash-only"),
            (Office.flagged, "", 2_002, "", "account-flagged"),
            (Office.second, "", 4_000, "", "number-alone/1 P2"),
            (Office.second, "", 6_219, "", "other-accounts-open"),
            (Office.second, "", 10_266, "", "number-and-split/2 P1"),
            (Office.second, "", 10_267, "", "other-accounts-open"),
            ("", "", 7_311, "", "no-reference"),
            ("1234567", "", 7_311, "", "check-digit-wrong"),
        ] as [(String, String, Int64, String, String)])
    func numbers(account: String, scanned: String, cents: Int64, payer: String, expected: String) throws {
        let verdict = try Office.decide(cents) { item in
            (item.account, item.scanlineAccount, item.payer) = (account, scanned, payer)
        }
        #expect(verdict.short == expected, "\(verdict.why)")
        #expect(verdict.reason != nil || verdict.shares.map(\.cents).sum == Cents(cents))
        #expect(!verdict.why.isEmpty && verdict.candidates.count <= 9)
    }

    @Test("What cannot be returned is not held by a cash-only account")
    func electronicCredit() throws {
        let verdict = try Office.decide(2_001) { ($0.account, $0.tender) = (Office.cashOnly, .achCredit) }
        #expect(verdict.short == "number-and-amount/1 P1")
    }

    @Test(
        "No repair posts without a second key, and none at two errors",
        arguments: [
            // what was read, amount, payer's name, payer, verdict
            (damaged(Office.jane, [3: "?"]), 6_000, "", nil, "number-unread/2 P2"),
            (damaged(Office.jane, [3: "?"]), 7_311, "", nil, "number-unread/2 P1"),
            (damaged(Office.jane, [3: "?", 5: "?"]), 6_000, "", nil, "account-unreadable"),
            (damaged(Office.twin, [3: "?"]), 3_000, "", nil, "repair-unproven"),
            (damaged(Office.jane, [3: "9"]), 6_000, "", nil, "repair-unproven"),
            (damaged(Office.jane, [3: "9"]), 7_311, "", nil, "number-repaired/3 P1"),
            (damaged(Office.jane, [3: "9"]), 6_000, "Jane Doe", nil, "number-repaired/3 P1"),
            (damaged(Office.jane, [3: "9"]), 6_000, "", Office.janesBank, "number-repaired/3 P1"),
            (damaged(Office.jane, [3: "9"]), 6_000, "", Office.service, "repair-unproven"),
            (damaged(Office.jane, [3: ""]), 7_311, "", nil, "number-repaired/3 P1"),
            (damaged(Office.jane, [3: "44"]), 7_311, "", nil, "number-repaired/3 P1"),
            (damaged(Office.jane, [3: "9", 6: "1"]), 7_311, "", nil, "check-digit-wrong"),
            (damaged(Office.jane, [3: "9", 6: "1"]), 7_311, "Jane Doe", nil, "check-digit-wrong"),
        ] as [(String, Int64, String, Int64?, String)])
    func repairs(read: String, cents: Int64, name: String, payer: Int64?, expected: String) throws {
        let verdict = try Office.decide(cents, payer: payer) { ($0.account, $0.payer) = (read, name) }
        #expect(verdict.short == expected, "\(read): \(verdict.why)")
    }

    private static func damaged(_ number: String, _ changes: [Int: String]) -> String {
        number.enumerated().map { changes[$0.offset] ?? String($0.element) }.joined()
    }

    @Test(
        "A number in a text is read however it is grouped, and nothing else is taken for one",
        arguments: [
            // memo, verdict
            ("ACCT \(Office.jane)", "number-and-amount/1 P1"),
            ("A/C \(grouped(Office.jane, " "))", "number-and-amount/1 P1"),
            ("CUST REF \(grouped(Office.jane, ".")).", "number-and-amount/1 P1"),
            ("#\(grouped(Office.jane, "-")) 03/02/2026", "number-and-amount/1 P1"),
            ("water \(grouped(Office.jane, "/")) thanks", "number-and-amount/1 P1"),
            ("call 415-555-0123 03/02/2026", "check-digit-wrong"),
            ("GAS ACCT \(Office.nobody)", "account-not-found"),
            ("\(Office.jane) \(Office.home)", "account-ambiguous"),
            ("bill \(Office.bill(Office.jane))", "bill-in-text/1 P1"),
            ("X\(Office.bill(Office.jane))", "no-reference"),
            ("12 OAK ST", "address-and-amount/2 P1"),
            ("OAK ST", "no-reference"),
            ("", "no-reference"),
        ])
    func texts(memo: String, expected: String) throws {
        let verdict = try Office.decide(7_311) { $0.memo = memo }
        #expect(verdict.short == expected, "\(memo): \(verdict.why)")
    }

    @Test("An address and the one bill that it was sent prove the account; the address of another flat does not")
    func addresses() throws {
        #expect(try Office.decide(6_219) { $0.memo = "9 ELM AVE" }.short == "address-and-amount/2 P1")
        #expect(try Office.decide(6_219) { $0.memo = "9 ELM AVE APT 4" }.short == "no-reference")
        #expect(try Office.decide(6_220) { $0.memo = "9 ELM AVE" }.short == "no-reference")
    }

    private static func grouped(_ number: String, _ separator: String) -> String {
        "\(number.prefix(3))\(separator)\(number.dropFirst(3).prefix(3))\(separator)\(number.dropFirst(6))"
    }

    @Test("Two accounts named in full are paid in full, and in no other way")
    func twoNamed() throws {
        let memo = "\(Office.jane) \(Office.home)"
        let both = try Office.decide(7_311 + 8_123) { $0.memo = memo }
        #expect(both.shares.map(\.cents) == [Cents(7_311), Cents(8_123)])
        #expect(try Office.decide(8_123) { $0.memo = memo }.short == "account-ambiguous")
    }

    @Test(
        "Payer, name and amount prove nothing alone",
        arguments: [
            // payer, name, amount, verdict
            (Office.janesBank, "Jane Doe", 7_311, "payer-name-and-amount/2 P1"),
            (Office.janesBank, "", 7_311, "payer-only"),
            (Office.janesBank, "Jane Doe", 6_000, "payer-and-name/2 P1"),
            (Office.janesBank, "John Doe", 6_000, "payer-only"),
            (Office.janesBank, "Luis Vargas", 4_047, "payer-only"),
            (Office.service, "", 7_311, "no-reference"),
            (nil, "Jane Doe", 7_311, "name-and-amount/2 P1"),
            (nil, "DOE, JANE", 7_311, "name-and-amount/2 P1"),
            (nil, "Jane B Doe", 7_311, "no-reference"),
            (nil, "Jane Doe", 5_000, "payer-only"),
            (nil, "Jane Doe", 6_001, "payer-only"),
            (nil, "", 7_311, "no-reference"),
            (nil, "Somebody Else", 7_311, "no-reference"),
        ] as [(Int64?, String, Int64, String)])
    func unnamed(payer: Int64?, name: String, cents: Int64, expected: String) throws {
        let verdict = try Office.decide(cents, payer: payer) { $0.payer = name }
        #expect(verdict.short == expected, "\(verdict.why)")
    }

    @Test("A payer of one of a customer's accounts proves none of them")
    func severalAccounts() throws {
        let book = Office.book()
        book.teach(payer: 5, account: Office.second)
        let verdict = try Office.decide(3_000, payer: 5, in: book) { $0.payer = "Luis Vargas" }
        #expect(verdict.reason == .payerOnly)
        #expect(verdict.candidates.first?.account == Office.second)
    }

    @Test("A landlord's total never lands on the first account named")
    func landlord() throws {
        let all = Int64(10_011 + 11_014 + 12_017)
        let total = try Office.decide(all) { $0.memo = "ACCT \(Office.landlord[0])" }
        #expect(total.shares.map(\.cents.rawValue) == [10_011, 11_014, 12_017])
        let part = try Office.decide(all - 11_014) { $0.memo = "ACCT \(Office.landlord[0])" }
        #expect(part.shares.map(\.account) == [Office.landlord[0], Office.landlord[2]])
        let odd = try Office.decide(all - 1) { $0.memo = "ACCT \(Office.landlord[0])" }
        #expect(odd.reason == .otherAccountsOpen)
    }

    @Test(
        "A list posts by line only when every line is known and all make up the item",
        arguments: [
            // bills and amounts, item's amount, verdict
            ([(Office.bill(Office.jane), 5_000), (Office.bill(Office.second), 4_047)], 9_047, "bill-lines/1 P1"),
            ([(Office.bill(Office.jane), 4_000), (Office.bill(Office.second), 4_047)], 8_047, "bill-lines/1 P2"),
            ([(Office.bill(Office.jane), 5_000), ("B404", 4_047)], 9_047, "lines-partly-known"),
            ([("B403", 5_000), ("B404", 4_047)], 9_047, "bill-not-found"),
            ([(Office.bill(Office.jane), 5_000)], 9_047, "item-out-of-balance"),
            ([(Office.bill(Office.cashOnly), 2_001)], 2_001, "cash-only"),
        ] as [([(String, Int64)], Int64, String)])
    func lists(lines: [(String, Int64)], cents: Int64, expected: String) throws {
        let verdict = try Office.decide(cents) { item in
            item.lines = lines.map { RemittanceLine(bill: $0.0, amount: Cents($0.1)) }
        }
        #expect(verdict.short == expected, "\(verdict.why)")
    }

    @Test("A clean number with the exact amount asks the book no more than once")
    func happyPath() throws {
        let book = Office.book()
        _ = try Office.decide(7_311, payer: Office.janesBank, in: book) { item in
            (item.account, item.scanlineAccount, item.payer) = (Office.jane, Office.jane, "Jane Doe")
        }
        #expect(book.questions == 1)
    }

    @Test("An item without an amount is not posted", arguments: [nil, Cents.zero])
    func noAmount(amount: Cents?) throws {
        let verdict = try Office.decide(1) { ($0.amount, $0.account) = (amount, Office.jane) }
        #expect(verdict.shares.isEmpty && verdict.reason != nil)
    }
}
