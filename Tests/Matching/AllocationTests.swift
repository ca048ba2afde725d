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
            (0, nil, .oldestDueFirst, ""),
        ] as [(Int64, String?, AllocationOrder, String)])
    func table(cents: Int64, bill: String?, order: AllocationOrder, expected: String) {
        let parts = allocate(Cents(cents), to: bill, of: Self.account, policy: order)
        #expect(parts.map { "\($0.bill ?? $0.kind)=\($0.cents.rawValue)" }.joined(separator: " ") == expected)
    }

    @Test("A deposit is never called a bill")
    func kinds() {
        let parts = allocate(Cents(900), to: "deposit", of: Self.account)
        #expect(parts.map(\.kind) == ["customer-deposit", "bill", "bill", "credit"])
    }

    @Test("No cent is lost or made, and no bill takes more than is open", arguments: [UInt64(1), 2, 3])
    func sums(seed: UInt64) {
        var random = SeededNumbers(seed: seed)
        for round in 0..<1_000 {
            let bills = (0..<Int.random(in: 0...6, using: &random)).map { place in
                let open = Cents(.random(in: 1...50_000, using: &random))
                return OpenBill(
                    number: "B\(place)", kind: Bool.random(using: &random) ? "bill" : "customer-deposit",
                    dueOn: Bool.random(using: &random) ? Self.day(.random(in: 1...28, using: &random)) : nil,
                    amount: open, open: open)
            }
            let cents = Cents(.random(in: 0...200_000, using: &random))
            let named = Bool.random(using: &random) ? "B0" : nil
            let order = AllocationOrder.allCases.randomElement(using: &random)!
            let parts = allocate(cents, to: named, of: AccountFacts(number: "A", bills: bills), policy: order)
            #expect(parts.map(\.cents).sum == cents, "seed \(seed), round \(round)")
            for part in parts where part.bill != nil {
                let bill = bills.first { $0.number == part.bill }!
                #expect(part.cents > .zero && part.cents <= bill.open, "seed \(seed), round \(round)")
            }
            #expect(Set(parts.map(\.bill)).count == parts.count, "seed \(seed), round \(round)")
        }
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
