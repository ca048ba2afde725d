import Model
import Testing

@testable import Matching

/// Lists that do not add up: the doctor names the line, and never a line that nothing speaks against.
struct ListDoctorTests {
    /// A line of 45.60, 10.00 and so on; what is owed on it is what it says, unless told.
    private static func line(_ name: String, _ read: Int64?, owed: Int64? = nil) -> ListLine {
        let account = AccountFacts(number: name, customer: "C")
        let due = owed ?? read ?? 0
        return ListLine(
            name: "account \(name)", reference: name, amount: read.map { Cents($0) }, account: account,
            owed: [Cents(due)])
    }

    private static func says(_ lines: [ListLine], _ total: Int64, unlisted: [UnlistedDebt] = []) -> [String] {
        let doctor = ListDoctor(lines: lines, total: Cents(total), unlisted: unlisted)
        return doctor.findings().map(doctor.sentence)
    }

    @Test(
        "One wrong line is named, and what it should be",
        arguments: [
            (
                [line("A", 4_560, owed: 5_460), line("B", 1_000)], 6_460,
                ["line 1, account A: 45.60 read, 54.60 is owed: two digits swapped"]
            ),
            (
                [line("A", 4_560, owed: 7_777), line("B", 1_000)], 8_777,
                ["line 1, account A: 45.60 read, 77.77 is owed"]
            ),
            (
                [line("A", 4_560), line("B", 1_000), line("A", 4_560)], 5_560,
                ["line 3, account A: its 45.60 stands in line 1 too"]
            ),
            (
                [line("A", 4_560), line("B", 1_000, owed: 900)], 4_560,
                ["line 2, account B: without its 10.00 the list adds up"]
            ),
            (
                [line("A", 4_560), line("B", -1_000, owed: 1_000)], 5_560,
                ["line 2, account B: -10.00 read, 10.00 is owed: the sign is wrong"]
            ),
            (
                [line("A", 4_560), line("B", 1_000, owed: 500)], 3_560,
                ["line 2, account B: 10.00 read, -10.00 would make the sum: the sign is wrong"]
            ),
            (
                [line("A", 4_560), line("B", 1_000, owed: 500)], 6_560,
                ["line 2, account B: the amount counts its 10.00 twice"]
            ),
            (
                [line("A", 4_560), line("B", nil, owed: 1_000)], 5_560,
                ["line 2, account B: no amount read, 10.00 is left for it and is owed"]
            ),
            ([line("A", 4_560), line("B", nil), line("C", nil)], 5_560, []),
            (
                [line("A", 4_560), line("B", 1_000)], 5_650,
                ["the amount of the item has two digits swapped, or the list was written for another"]
            ),
            ([line("A", 4_560), line("B", 1_000)], 5_999, []),
        ] as [([ListLine], Int64, [String])])
    func wrongLine(lines: [ListLine], total: Int64, expected: [String]) {
        #expect(Self.says(lines, total) == expected)
    }

    @Test func `a missing line is named by what its customer owes besides`() {
        let account = AccountFacts(number: "D", customer: "C")
        let debts = [
            UnlistedDebt(name: "bill B7 of account D", account: account, bill: "B7", cents: Cents(2_300)),
            UnlistedDebt(name: "bill B8 of account D", account: account, bill: "B8", cents: Cents(2_400)),
        ]
        let lines = [Self.line("A", 4_560), Self.line("B", 1_000)]
        #expect(Self.says(lines, 7_860, unlisted: debts) == ["a line is missing: bill B7 of account D owes 23.00"])
        let doctor = ListDoctor(lines: lines, total: Cents(7_860), unlisted: debts)
        #expect(
            doctor.proposal(doctor.findings()[0]) == [
                Share(account: "A", cents: Cents(4_560)), Share(account: "B", cents: Cents(1_000)),
                Share(account: "D", bill: "B7", cents: Cents(2_300)),
            ])
    }

    @Test func `what the book agrees with hides what is merely possible`() {
        // Line 1 swapped or line 2 swapped make the sum; only line 2 owes what it would be then.
        let lines = [Self.line("A", 4_560), Self.line("B", 4_560, owed: 5_460)]
        #expect(Self.says(lines, 10_020) == ["line 2, account B: 45.60 read, 54.60 is owed: two digits swapped"])
        let blind = [Self.line("A", 4_560, owed: 1), Self.line("B", 4_560, owed: 2)]
        #expect(Self.says(blind, 10_020).count == 2)
        let doctor = ListDoctor(lines: blind, total: Cents(10_020), unlisted: [])
        #expect(doctor.why(doctor.findings()).contains("2 readings would mend it"))
    }

    @Test func `nothing is proposed that does not sum to the item, or pays what is not in the book`() {
        for seed in UInt64(1)...2_000 {
            var random = SeededNumbers(seed: seed)
            let lines = (0..<Int.random(in: 1...6, using: &random)).map { place in
                var line = Self.line(
                    "\(place % 4)", Int64.random(in: -50...900, using: &random) * 10,
                    owed: Int64.random(in: 1...900, using: &random) * 10)
                if Int.random(in: 0..<9, using: &random) == 0 { line.account = nil }
                if Int.random(in: 0..<9, using: &random) == 0 { line.amount = nil }
                return line
            }
            let sum = lines.compactMap(\.amount).sum
            let off = [lines[0].amount, .zero, Cents(90), lines[0].owed[0]].randomElement(using: &random)!
            let doctor = ListDoctor(lines: lines, total: sum + (off ?? Cents(10)), unlisted: [])
            for finding in doctor.findings() {
                #expect(!doctor.sentence(finding).isEmpty)
                guard let shares = doctor.proposal(finding) else { continue }
                #expect(shares.map(\.cents).sum == doctor.total, "seed \(seed)")
                #expect(shares.allSatisfy { $0.cents > .zero }, "seed \(seed)")
            }
        }
    }

    @Test func `amounts that fit no sum are no programmer's error`() {
        let lines = [Self.line("A", .max), Self.line("B", .max), Self.line("C", .min + 1)]
        for total in [Int64.max, 1, 4_560] { #expect(Self.says(lines, total).count <= 4) }
    }

    @Test func `a list that does not add up never posts, and its proposal stands on the first candidate`() throws {
        let verdict = try Office.decide(4_047 + 6_219) { item in
            item.lines = [
                RemittanceLine(account: Office.second, amount: Cents(4_047)),
                RemittanceLine(account: Office.third, amount: Cents(6_129)),
            ]
        }
        #expect(verdict.short == "item-out-of-balance")
        #expect(verdict.why.contains("61.29 read, 62.19 is owed: two digits swapped"))
        let first = try #require(verdict.candidates.first)
        #expect(first.proposal.map(\.cents) == [Cents(4_047), Cents(6_219)])
        #expect(first.proposal.map(\.account) == [Office.second, Office.third])
    }

    @Test func `of a list partly known the rest is never given to anybody`() throws {
        let bill = Office.bill(Office.second)
        let wrong = String(bill.dropLast(2)) + "X" + bill.suffix(1)
        let verdict = try Office.decide(5_000 + 4_047 + 1) { item in
            item.lines = [
                RemittanceLine(bill: Office.bill(Office.jane), amount: Cents(5_000)),
                RemittanceLine(bill: "NOTHING", amount: Cents(4_048)),
            ]
        }
        #expect(verdict.short == "lines-partly-known")
        #expect(verdict.candidates.first?.proposal.map(\.cents) == [Cents(5_000)])
        #expect(verdict.candidates.first?.evidence.contains { $0.contains("the lines known take 50.00") } == true)
        // A bill one error away stands in for what was read only where it owes exactly this.
        let repaired = try Office.decide(5_000 + 4_047) { item in
            item.lines = [
                RemittanceLine(bill: Office.bill(Office.jane), amount: Cents(5_000)),
                RemittanceLine(bill: bill + "9", amount: Cents(4_047)),
            ]
        }
        #expect(repaired.short == "lines-partly-known")
        #expect(repaired.candidates.first?.proposal.map(\.bill) == [Office.bill(Office.jane), bill])
        let unowed = try Office.decide(5_000 + 4_046) { item in
            item.lines = [
                RemittanceLine(bill: Office.bill(Office.jane), amount: Cents(5_000)),
                RemittanceLine(bill: wrong, amount: Cents(4_046)),
            ]
        }
        #expect(unowed.candidates.first?.proposal.count == 1)
    }

    @Test func `a bill number is repaired by one error only`() {
        let near = billRepairs(of: "W20012")
        #expect(near == near.sorted() && Set(near).count == near.count)
        for other in ["W20013", "W2012", "W200122", "W20021", "W2O012"] { #expect(near.contains(other), "\(other)") }
        for other in ["W20012", "W20123", "X20012", "W20031"] { #expect(!near.contains(other), "\(other)") }
        #expect(billRepairs(of: "ABCDEF") == [] && billRepairs(of: "W1") == [])
    }
}
