import Model
import Testing

@testable import Matching

/// References in the office's own formats name an account as a field does, and nothing that only looks like one.
struct ReferenceTests {
    private static func policy(_ patterns: String...) -> MatchPolicy {
        var policy = MatchPolicy()
        policy.references = patterns.map { ReferenceFormat($0)! }
        return policy
    }

    private func decide(_ cents: Int64, _ policy: MatchPolicy, _ change: (inout Item) -> Void) throws -> Verdict {
        var item = Item()
        (item.amount, item.tender) = (Cents(cents), .achCredit)
        change(&item)
        let query = MatchQuery(item: item, payer: nil, day: CivilDate(year: 2026, month: 3, day: 2)!)
        return try Matcher(policy: policy).decide(query, in: Office.book())
    }

    @Test(arguments: ["", "WA-", "{account}", "-{account}-", "7{account}", "WA{account}{account}", "WA?{account}"])
    func `never takes for a format what any number would be`(pattern: String) {
        #expect(ReferenceFormat(pattern) == nil)
    }

    @Test(arguments: [
        ("7001\(Office.jane)", true), ("pay 7001\(Office.jane), thanks", true), ("7002\(Office.jane)", false),
        ("17001\(Office.jane)", false), ("7001\(Office.jane)4", false), ("7001\(Office.jane)X", false),
        ("X7001\(Office.jane)", false), ("7001", false), ("", false),
    ])
    func `never finds a number within a longer one but where the format says so`(text: String, isNamed: Bool) throws {
        for place in [\Item.memo, \Item.reference] {
            let verdict = try decide(6_000, Self.policy("7001{account}")) { $0[keyPath: place] = text }
            #expect((verdict.shares.first?.account == Office.jane) == isNamed, "\(text): \(verdict.why)")
        }
    }

    @Test(arguments: [("wa{Account}/x9", "Wa\(Office.jane)/X9"), ("{account}-WA", "\(Office.jane)-wa")])
    func `capitals never matter, nor on which side the format stands`(pattern: String, text: String) throws {
        let claims = NumberClaims(Self.item(text), policy: Self.policy(pattern))
        #expect(claims.clean == [NumberClaim(digits: Office.jane, place: .reference)])
    }

    private static func item(_ memo: String) -> Item {
        var item = Item()
        item.memo = memo
        return item
    }

    @Test func `a number in a reference that is in no book is never passed over`() throws {
        let text = "WA-\(Office.nobody) for \(Office.jane)"
        #expect(try decide(6_000, MatchPolicy()) { $0.memo = text }.shares.first?.account == Office.jane)
        #expect(try decide(6_000, Self.policy("WA-{account}")) { $0.memo = text }.reason == .evidenceConflict)
    }

    @Test func `a damaged number in a reference never posts alone`() throws {
        let read = "9" + Office.jane.dropFirst()
        let verdict = try decide(6_000, Self.policy("7001{account}")) { $0.memo = "7001\(read)" }
        #expect(verdict.reason == .repairUnproven && verdict.candidates.first?.account == Office.jane)
        let named = try decide(6_000, Self.policy("7001{account}")) {
            ($0.memo, $0.payer) = ("7001\(read)", "Jane A Doe")
        }
        #expect(named.rule == "number-repaired/3")
    }
}
