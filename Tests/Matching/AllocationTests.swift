import Matching
import Model
import Testing

struct AllocationTests {
    static let account = AccountFacts(
        number: "A",
        bills: [
            OpenBill(
                number: "deposit", kind: "customer-deposit", issuedOn: day(1), dueOn: day(1), amount: Cents(500),
                open: Cents(500)),
            OpenBill(number: "early", issuedOn: day(5), dueOn: day(10), amount: Cents(100), open: Cents(100)),
            OpenBill(number: "late", issuedOn: day(4), dueOn: day(20), amount: Cents(200), open: Cents(200)),
        ])

    static func day(_ day: Int) -> CivilDate { CivilDate(year: 2026, month: 3, day: day)! }

    @Test(
        "Money goes nowhere but to the bill named, the oldest, and credit",
        arguments: [
            // cents, bill named, order, parts
            (100, nil, AllocationOrder.oldestDueFirst, "early=100"),
            (150, nil, .oldestDueFirst, "early=100 late=50"),
            (150, nil, .oldestIssuedFirst, "late=150"),
            (350, nil, .oldestDueFirst, "early=100 late=200 credit=50"),
            (50, "late", .oldestDueFirst, "late=50"),
            (250, "late", .oldestDueFirst, "late=200 early=50"),
            (600, "deposit", .oldestDueFirst, "deposit=500 early=100"),
            (50, "unknown", .oldestDueFirst, "early=50"),
            // Exactly the deposit; exactly the deposit and all debts; neither.
            (500, nil, .oldestDueFirst, "deposit=500"),
            (800, nil, .oldestDueFirst, "early=100 late=200 deposit=500"),
            (799, nil, .oldestDueFirst, "early=100 late=200 credit=499"),
            (501, nil, .oldestDueFirst, "early=100 late=200 credit=201"),
            (0, nil, .oldestDueFirst, ""),
        ] as [(Int64, String?, AllocationOrder, String)])
    func table(cents: Int64, bill: String?, order: AllocationOrder, expected: String) {
        let parts = allocate(Cents(cents), to: bill, of: Self.account, policy: AllocationPolicy(order))
        #expect(parts.map { "\($0.bill ?? $0.kind)=\($0.cents.rawValue)" }.joined(separator: " ") == expected)
    }

    @Test("A deposit that is no more than the debts never takes their money")
    func depositBelowDebts() {
        var account = Self.account
        account.bills[0].open = Cents(300)
        #expect(Self.words(allocate(Cents(300), to: nil, of: account)) == "early=100 late=200")
    }

    @Test("A deposit is never called a bill")
    func kinds() {
        let parts = allocate(Cents(900), to: "deposit", of: Self.account)
        #expect(parts.map(\.kind) == ["customer-deposit", "bill", "bill", "credit"])
    }

    // MARK: Priority

    private static let kinds = AccountFacts(
        number: "A",
        bills: [
            bill("water2", "water", issued: 2, due: 12, 90), bill("fee", "fee", issued: 1, due: 2, 30),
            bill("water1", "water", issued: 3, due: 9, 70), bill("court", "court", issued: 8, due: 28, 50),
            bill("odd", "odd", issued: 1, due: 1, 10),
        ])

    private static func bill(_ number: String, _ kind: String, issued: Int, due: Int, _ cents: Int64) -> OpenBill {
        OpenBill(
            number: number, kind: kind, issuedOn: day(issued), dueOn: day(due), amount: Cents(cents),
            open: Cents(cents))
    }

    @Test(
        "A kind of lower priority never takes money before one of higher priority is paid",
        arguments: [
            (120, AllocationPolicy(kinds: ["court", "water"]), "court=50 water1=70"),
            (120, AllocationPolicy(.oldestIssuedFirst, kinds: ["court", "water"]), "court=50 water2=70"),
            (225, AllocationPolicy(kinds: ["court", "water"]), "court=50 water1=70 water2=90 odd=10 fee=5"),
            (45, AllocationPolicy(kinds: ["fee", "odd", "nothing"]), "fee=30 odd=10 water1=5"),
            (300, AllocationPolicy(kinds: ["fee"]), "fee=30 odd=10 water1=70 water2=90 court=50 credit=50"),
        ] as [(Int64, AllocationPolicy, String)])
    func priority(cents: Int64, policy: AllocationPolicy, expected: String) {
        #expect(Self.words(allocate(Cents(cents), to: nil, of: Self.kinds, policy: policy)) == expected)
    }

    private static func words(_ parts: [AllocatedPart]) -> String {
        parts.map { "\($0.bill ?? $0.kind)=\($0.cents.rawValue)" }.joined(separator: " ")
    }

    // MARK: Plans

    /// Arrears of 600 on two bills under a plan with instalments of 50, and a current bill of 80.
    private static func planned(
        _ kind: PaymentPlan.Kind = .arrears, due: Int = 5, paid: Int64 = 0, bills: [String] = ["old1", "old2"]
    ) -> AccountFacts {
        var terms = AccountTerms()
        terms.plans = [
            PaymentPlan(
                number: "P", kind: kind, instalment: Cents(50), nextDueOn: day(due), stated: Cents(600), bills: bills,
                paid: Cents(paid))
        ]
        return AccountFacts(
            number: "A",
            bills: [
                OpenBill(number: "old1", dueOn: day(1), amount: Cents(200), open: Cents(200)),
                OpenBill(number: "old2", dueOn: day(2), amount: Cents(400), open: Cents(400)),
                OpenBill(number: "new", dueOn: day(20), amount: Cents(80), open: Cents(80)),
            ], terms: terms)
    }

    @Test(
        "Arrears under a plan never take the money for the current bill, nor more than the plan orders",
        arguments: [
            (130, planned(), "old1=50 new=80"), (40, planned(), "old1=40"), (100, planned(), "old1=50 new=50"),
            (130, planned(paid: 30), "old1=50 new=80"), (90, planned(paid: 30), "old1=20 new=70"),
            (130, planned(.court), "old1=50 new=80"), (180, planned(), "old1=100 new=80"),
            (700, planned(), "old1=200 new=80 old2=400 credit=20"),
            // Exactly the bill beside it is meant for that; a court's order comes first all the same.
            (80, planned(), "new=80"), (80, planned(.court), "old1=50 new=30"), (79, planned(), "old1=50 new=29"),
            // The instalment is not due yet.
            (80, planned(due: 15), "new=80"), (130, planned(due: 15), "new=80 old1=50"),
            (50, planned(due: 15), "old1=50"), (600, planned(due: 15), "old1=200 old2=400"),
            // Without bills, or for level payments, the order is by age alone.
            (130, planned(bills: []), "old1=130"), (130, planned(.budget), "old1=130"),
        ] as [(Int64, AccountFacts, String)])
    func plans(cents: Int64, account: AccountFacts, expected: String) {
        #expect(Self.words(allocate(Cents(cents), to: nil, of: account, on: Self.day(10))) == expected)
    }

    @Test("What the payer directs never waits for a plan")
    func directed() {
        let parts = allocate(Cents(60), to: "new", of: Self.planned(.court), on: Self.day(10))
        #expect(Self.words(parts) == "new=60")
    }

    @Test("A plan for a customer deposit never pays it as a bill")
    func depositInInstalments() {
        var account = Self.planned(bills: ["old1"])
        account.bills[0].kind = OpenBill.depositKind
        let parts = allocate(Cents(70), to: nil, of: account, on: Self.day(10))
        #expect(parts.map(\.kind) == ["customer-deposit", "bill"])
        #expect(Self.words(parts) == "old1=50 old2=20")
    }

    @Test("No cent is lost or made, and no bill takes more than is open", arguments: [UInt64(1), 2, 3])
    func sums(seed: UInt64) {
        var random = SeededNumbers(seed: seed)
        for round in 0..<1_000 {
            let bills = (0..<Int.random(in: 0...6, using: &random)).map { place in
                let open = Cents(.random(in: 1...50_000, using: &random))
                return OpenBill(
                    number: "B\(place)", kind: ["bill", "fee", "customer-deposit"].randomElement(using: &random)!,
                    dueOn: Bool.random(using: &random) ? Self.day(.random(in: 1...28, using: &random)) : nil,
                    amount: open, open: open)
            }
            let cents = Cents(.random(in: 0...200_000, using: &random))
            let named = Bool.random(using: &random) ? "B0" : nil
            let kinds = [[], ["bill"], ["fee", "bill"], ["nothing"]].randomElement(using: &random)!
            let policy = AllocationPolicy(AllocationOrder.allCases.randomElement(using: &random)!, kinds: kinds)
            var account = AccountFacts(number: "A", bills: bills)
            if Bool.random(using: &random) { account.terms = Self.terms(over: bills, using: &random) }
            let day = Bool.random(using: &random) ? Self.day(.random(in: 1...28, using: &random)) : nil
            let parts = allocate(cents, to: named, of: account, policy: policy, on: day)
            #expect(parts.map(\.cents).sum == cents, "seed \(seed), round \(round)")
            for part in parts where part.bill != nil {
                let bill = bills.first { $0.number == part.bill }!
                #expect(part.cents > .zero && part.cents <= bill.open, "seed \(seed), round \(round)")
            }
            #expect(Set(parts.map(\.bill)).count == parts.count, "seed \(seed), round \(round)")
        }
    }

    private static func terms(over bills: [OpenBill], using random: inout SeededNumbers) -> AccountTerms {
        var terms = AccountTerms()
        for place in 0..<Int.random(in: 0...2, using: &random) {
            terms.plans.append(
                PaymentPlan(
                    number: "P\(place)", kind: PaymentPlan.Kind.allCases.randomElement(using: &random)!,
                    instalment: Cents(.random(in: 1...30_000, using: &random)),
                    nextDueOn: Bool.random(using: &random) ? day(.random(in: 1...28, using: &random)) : nil,
                    stated: Bool.random(using: &random) ? Cents(.random(in: 1...60_000, using: &random)) : nil,
                    bills: bills.map(\.number).filter { _ in Bool.random(using: &random) } + ["gone"],
                    paid: Cents(.random(in: 0...40_000, using: &random))))
        }
        return terms
    }
}

/// Random numbers that a seed repeats (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
