import Model
import Testing

@testable import Matching

/// Amounts that plans, extensions, pledges, credit and penalties explain: each with a world in which it posts, and one
/// in which it must not.
struct PlanTests {
    private static let account = Office.number("808080801")
    private static let other = Office.number("909090902")
    private static let twinned = Office.twinned

    /// An account that owes 40.17 on an old bill and 60.33 on a new one, with terms.
    private static func book(
        status: AccountStatus = .active, _ change: (inout AccountFacts) -> Void
    ) -> MemoryBook {
        let book = Office.book()
        var facts = AccountFacts(
            number: account, customer: "C50", name: "Rosa Hale", serviceAddress: "31 Quarry Rd", status: status,
            bills: [bill("H1", month: 1, 4_017), bill("H2", month: 4, 6_033)], terms: AccountTerms())
        change(&facts)
        book.insert(facts)
        return book
    }

    private static func bill(_ number: String, month: Int, _ cents: Int64, issued: Int64? = nil) -> OpenBill {
        OpenBill(
            number: number, dueOn: CivilDate(year: 2026, month: month, day: 1), amount: Cents(issued ?? cents),
            open: Cents(cents))
    }

    private static func plan(_ cents: Int64, remaining: Int64? = nil, bills: [String] = []) -> PaymentPlan {
        PaymentPlan(
            number: "P1", instalment: Cents(cents), stated: remaining.map { Cents($0) }, bills: bills)
    }

    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var cents: Int64
        /// `rule proof` where it posts, a reason where not.
        var expected: String
        var payer = ""
        var change: @Sendable (inout AccountFacts) -> Void

        init(
            _ name: String, _ cents: Int64, _ expected: String, payer: String = "",
            _ change: @escaping @Sendable (inout AccountFacts) -> Void
        ) {
            (testDescription, self.cents, self.expected, self.payer) = (name, cents, expected, payer)
            self.change = change
        }
    }

    static let arranged = "number-and-arrangement/1 P1"
    static let alone = "number-alone/1 P2"

    /// A clean number with each amount.
    static let cases = [
        Case("an instalment", 3_333, arranged) { $0.terms!.plans = [plan(3_333)] },
        Case("three instalments", 9_999, arranged) { $0.terms!.plans = [plan(3_333)] },
        Case("what is left of an instalment", 1_333, arranged) {
            $0.terms!.plans = [plan(3_333)]
            $0.terms!.plans[0].paid = Cents(2_000)
        },
        Case("four instalments are no reading", 4 * 1_111, alone) { $0.terms!.plans = [plan(1_111)] },
        Case("the rest of a plan", 7_777, arranged) { $0.terms!.plans = [plan(3_333, remaining: 7_777)] },
        Case("an instalment and the bill beside it", 7_144, arranged) {
            $0.terms!.plans = [plan(1_111, remaining: 4_017, bills: ["H1"])]
        },
        Case("an instalment that people choose is no key", 2_500, alone) { $0.terms!.plans = [plan(2_500)] },
        Case("no instalment", 3_334, alone) { $0.terms!.plans = [plan(3_333)] },
        Case("what an extension asks for", 3_111, arranged) {
            $0.terms!.extensions = [
                DueExtension(number: "E", until: CivilDate(year: 2026, month: 3, day: 9)!, amount: Cents(3_111))
            ]
        },
        Case("a pledge by its agency, though round", 5_000, arranged, payer: "HILL COUNTY COMMUNTY ACTION") {
            $0.terms!.pledges = [pledge(5_000)]
        },
        Case("a pledged amount by anybody", 5_000, alone, payer: "R Grant") { $0.terms!.pledges = [pledge(5_000)] },
        Case("all but what is pledged", 10_050 - 2_513, arranged) { $0.terms!.pledges = [pledge(2_513)] },
        Case("all less the credit", 10_050 - 712, arranged) { $0.terms!.credit = Cents(712) },
        Case("what was billed before the penalty", 10_050, arranged) {
            $0.bills[0].open += Cents(500)
        },
        Case("a customer deposit above all debts", 15_017, arranged) { $0.bills.append(deposit(15_017)) },
        Case("a customer deposit beside all debts", 10_050 + 7_513, arranged) { $0.bills.append(deposit(7_513)) },
        Case("a round customer deposit", 15_000, alone) { $0.bills.append(deposit(15_000)) },
        Case("nothing that the account was asked for", 4_321, alone) { $0.terms = nil },
    ]

    private static func deposit(_ cents: Int64) -> OpenBill {
        OpenBill(number: "HD", kind: OpenBill.depositKind, amount: Cents(cents), open: Cents(cents))
    }

    static func pledge(_ cents: Int64, agency: String = "Hill County Community Action Agency Inc") -> Pledge {
        Pledge(number: "L1", agency: agency, amount: Cents(cents))
    }

    @Test(arguments: cases) func `never takes an amount for what was not agreed`(item: Case) throws {
        let book = Self.book(item.change)
        let verdict = try Office.decide(item.cents, in: book) {
            $0.account = Self.account
            $0.payer = item.payer
        }
        #expect(verdict.short == item.expected, "\(verdict.why)")
    }

    /// A number that a swap may have made of another needs a second key: an instalment is one, a round one is none.
    @Test(arguments: [(Int64(3_333), arranged), (2_500, "twin-number")])
    func `never lets a round instalment carry a number that may be another's`(cents: Int64, expected: String) throws {
        let book = Office.book()
        book.insert(
            AccountFacts(
                number: Self.twinned, customer: "C4", name: "Bob Twin", bills: [Self.bill("T", month: 2, 44_444)],
                terms: {
                    var terms = AccountTerms()
                    terms.plans = [Self.plan(cents)]
                    return terms
                }()))
        let verdict = try Office.decide(cents, in: book) { $0.account = Self.twinned }
        #expect(verdict.short == expected)
    }

    // MARK: Agencies without a number

    private static func pledged(_ cents: Int64, alsoFor: Bool = false) -> MemoryBook {
        let book = book { $0.terms!.pledges = [pledge(cents)] }
        guard alsoFor else { return book }
        var terms = AccountTerms()
        terms.pledges = [pledge(cents)]
        book.insert(
            AccountFacts(
                number: other, customer: "C51", name: "Ivo Marsh", serviceAddress: "4 Dyke Ln",
                bills: [bill("M1", month: 3, 8_000)], terms: terms))
        return book
    }

    @Test(
        arguments: [
            // cents, pledged for another too, memo, expected
            (18_347, false, "", "pledge-of-agency/2 P1"), (18_347, true, "", "payer-only"),
            (25_000, false, "", "payer-only"), (25_000, true, "CLIENT AT 31 QUARRY RD", "pledge-of-agency/2 P1"),
            (25_000, true, "CLIENT AT 99 NOWHERE ST", "payer-only"),
        ] as [(Int64, Bool, String, String)])
    func `never gives a pledge to one of two, nor a round one without an address`(
        cents: Int64, alsoFor: Bool, memo: String, expected: String
    ) throws {
        let book = Self.pledged(cents, alsoFor: alsoFor)
        let verdict = try Office.decide(cents, in: book) {
            $0.payer = "Hill County Community Action"
            $0.memo = memo
        }
        #expect(verdict.short == expected, "\(verdict.why)")
        if verdict.reason == nil { #expect(verdict.shares.map(\.account) == [Self.account]) }
        let candidates = Set(verdict.candidates.map(\.account))
        if verdict.reason != nil { #expect(candidates.isSuperset(of: alsoFor ? [Self.account, Self.other] : [])) }
    }

    @Test func `never takes another payer for the agency`() throws {
        for payer in ["Hill", "Community", "Rosa County", "", "Hill Realty LLC"] {
            let verdict = try Office.decide(18_347, in: Self.pledged(18_347)) { $0.payer = payer }
            #expect(verdict.reason != nil, "\(payer): \(verdict.why)")
        }
    }

    @Test func `never reads an agency's name as a person's`() {
        let society = "St Vincent de Paul Society"
        for person in ["Paul Vincent", "V Paul", "Paul", "Vincent St", "P Society"] {
            #expect(!isAgency(person, society), "\(person)")
        }
        for agency in ["ST VINCENT DE PAUL", "ST. VINCENT PAUL SOCIETY", "The St Vincnt de Paul Society"] {
            #expect(isAgency(agency, society), "\(agency)")
        }
        #expect(isAgency("HILL COUNTY, DEPT OF AGING", "Hill County Dept. of Aging"))
    }

    // MARK: Past due, extensions

    @Test func `never calls past due what an extension waits for`() {
        let day = CivilDate(year: 2026, month: 3, day: 2)!
        let until = CivilDate(year: 2026, month: 3, day: 2)!
        func pastDue(_ extensions: [DueExtension]) -> Int64 {
            Self.book { $0.terms!.extensions = extensions }.accounts[Self.account]!.pastDue(on: day).rawValue
        }
        #expect(pastDue([]) == 4_017)
        #expect(pastDue([DueExtension(number: "E", until: until)]) == 0)
        #expect(pastDue([DueExtension(number: "E", until: until, amount: Cents(3_000))]) == 1_017)
        #expect(pastDue([DueExtension(number: "E", until: until, amount: Cents(9_000))]) == 0)
        #expect(pastDue([DueExtension(number: "E", until: until.advanced(by: -1))]) == 4_017)
    }

    // MARK: Final, written off, in collections

    @Test(
        arguments: [
            (AccountStatus.final, true, "number-and-amount/1 P1"), (.writtenOff, true, "number-and-amount/1 P1"),
            (.collections, true, "number-and-amount/1 P1"), (.writtenOff, false, "account-closed"),
            (.collections, false, "account-closed"),
        ])
    func `never gives money for a debt given up to another account of its customer`(
        status: AccountStatus, owes: Bool, expected: String
    ) throws {
        let book = Self.book(status: status) { if !owes { $0.bills = [] } }
        let open = [Self.bill("N", month: 4, 3_000)]
        book.insert(AccountFacts(number: Self.other, customer: "C50", name: "Rosa Hale", bills: open))
        let verdict = try Office.decide(10_050, in: book) {
            $0.account = Self.account
            $0.payer = "Rosa Hale"
        }
        #expect(verdict.short == expected, "\(verdict.why)")
        if verdict.reason == nil { #expect(verdict.shares.map(\.account) == [Self.account]) }
    }

    // MARK: What a reviewer sees

    @Test func `never leaves a turn-off out of what a reviewer sees`() throws {
        let book = Self.book {
            $0.holdingFlags = ["dispute"]
            $0.terms!.turnOffs = [
                TurnOff(
                    order: "O1", visitOn: CivilDate(year: 2026, month: 3, day: 5)!, amountToStop: Cents(4_017))
            ]
            $0.terms!.pledges = [Self.pledge(5_000)]
        }
        let verdict = try Office.decide(777, in: book) { $0.account = Self.account }
        let evidence = try #require(verdict.candidates.first).evidence
        #expect(evidence.contains("its water is to be turned off on 2026-03-05; 40.17 stops it"), "\(evidence)")
        #expect(evidence.contains("Hill County Community Action Agency Inc has pledged 50.00 for it"), "\(evidence)")
    }
}
