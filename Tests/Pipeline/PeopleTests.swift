import Foundation
import Ledger
import Matching
import Model
import Review
import Testing

@testable import Pipeline

/// Who may decide what, and who must look twice.
struct PeopleTests {
    /// An office with a payment over 20,000.00 that waits as `1-1-e1` and one over 60.00 as `1-2-e1`.
    private let office: TemporaryHome

    init() throws {
        office = try TemporaryHome()
        try office.take("a.csv", Lockbox([Check(Cents(2_000_000)), Check(Cents(6_000))]))
        try add("ada", [.administer, .approve, .decide, .refund, .writeOff])
        try add("ben", [.decide])
        try add("cyd", [.decide, .approve])
        try add("tom", [.decide], isTrainee: true)
    }

    private func add(_ name: String, _ rights: Set<Right>, isTrainee: Bool = false, accounts: Set<String> = []) throws {
        var user = User(name: name)
        (user.rights, user.isTrainee, user.accounts) = (rights, isTrainee, accounts)
        let by = try office.home.ledger.read {
            try $0.hasUsers() ? $0.reviewer(named: "ada") : $0.reviewer(systemUser: "root")
        }
        try Administering(home: office.home, now: office.now, by: by).add(user)
    }

    private func reviewing(_ name: String) throws -> Reviewing {
        let reviewer = try office.home.ledger.read { try $0.reviewer(named: name) }
        return Reviewing(home: office.home, now: office.now, by: reviewer)
    }

    private func claims(_ name: String, now: String? = nil) throws -> QueueClaims {
        let reviewer = try office.home.ledger.read { try $0.reviewer(named: name) }
        return QueueClaims(home: office.home, now: now.flatMap(Moment.init(iso:)) ?? office.now, by: reviewer)
    }

    private func post(_ exception: String, by name: String, claim: Int64? = nil, shown: String? = nil) throws
        -> Reviewing.Outcome
    {
        let amount = try #require(try office.exception(exception).amount)
        var decision = Decision(
            exception: exception, action: .post,
            allocations: [Decision.Allocation(account: AccountBook.account(1), amount: amount)])
        (decision.claim, decision.shown) = (claim, shown)
        return try reviewing(name).apply(decision)
    }

    private func books(_ payment: String) throws -> String { try office.payment(payment).books }

    // MARK: A second person

    @Test func `never moves a large amount before a second person said yes`() throws {
        let outcome = try post("1-1-e1", by: "ben")
        #expect(outcome.refusal == nil && outcome.effect.needs == .approval)
        #expect(try books("1-1") == "suspense")
        #expect(try post("1-1-e1", by: "cyd").refusal?.contains("waits for a second person") == true)
        _ = try reviewing("cyd").approve("1-1-e1", note: nil)
        #expect(try books("1-1") == "posted")
        #expect(try Verifying(home: office.home).breaches().isEmpty)
    }

    @Test func `never lets anybody approve a decision of their own`() throws {
        _ = try post("1-1-e1", by: "cyd")
        #expect(throws: DecisionRefused.self) { try reviewing("cyd").approve("1-1-e1", note: nil) }
        // Not past the program either: the ledger itself refuses.
        #expect(throws: LedgerFault.self) {
            try office.sql("INSERT INTO verdicts VALUES (1, 1, 'approved', 'cyd', 'now', NULL)")
        }
        #expect(throws: LedgerFault.self) {
            try office.sql(
                """
                INSERT INTO journal_entries (entry, kind, payment, decision, bank_on, effective_on, posted_on)
                SELECT entry + 1, 'decision', payment, 1, bank_on, effective_on, posted_on FROM journal_entries
                WHERE payment IS NOT NULL LIMIT 1
                """)
        }
        #expect(try books("1-1") == "suspense")
    }

    @Test func `never approves without the right, nor what was declined`() throws {
        _ = try post("1-1-e1", by: "cyd")
        #expect(throws: DecisionRefused.self) { try reviewing("ben").approve("1-1-e1", note: nil) }
        #expect(throws: DecisionRefused.self) { try reviewing("ben").decline("1-1-e1", note: nil) }
        try reviewing("ada").decline("1-1-e1", note: "whose is it?")
        #expect(throws: DecisionRefused.self) { try reviewing("ada").approve("1-1-e1", note: nil) }
        #expect(try office.exception("1-1-e1").decisions.first?.verdict?.isApproved == false)
        #expect(try post("1-1-e1", by: "ben").effect.needs == .approval, "it waits for a decision as before")
    }

    @Test func `never carries a trainee's decision out before another accepts it`() throws {
        #expect(try post("1-2-e1", by: "tom").effect.needs == .acceptance)
        #expect(try books("1-2") == "suspense")
        _ = try reviewing("cyd").approve("1-2-e1", note: nil)
        #expect(try books("1-2") == "posted")
    }

    // MARK: Rights

    @Test func `never lets a person without the right decide, by any way`() throws {
        try add("eve", [.readOnly])
        #expect(try post("1-2-e1", by: "eve").refusal?.contains("no right") == true)
        #expect(throws: NotAllowed.self) { try claims("eve").claim("1-2-e1") }
        let folder = "\(office.path)/review/open/1-2-e1"
        try Data(#"{"action": "not-ours", "by": "ada"}"#.utf8).write(to: URL(filePath: "\(folder)/decision.json"))
        #expect(try office.run().refusedDecisions.count == 1, "a field `by` is no field")
        try Data(#"{"action": "not-ours"}"#.utf8).write(to: URL(filePath: "\(folder)/decision.json"))
        let refused = try office.run().refusedDecisions
        #expect(refused.count == 1 && refused[0].contains("is no user of this home"))
        #expect(try books("1-2") == "suspense")
    }

    @Test func `never lets anybody decide about an account of their own`() throws {
        try add("kin", [.decide], accounts: [AccountBook.account(1)])
        #expect(try post("1-2-e1", by: "kin").refusal?.contains("is linked to kin") == true)
        #expect(try books("1-2") == "suspense")
    }

    @Test func `never leaves a home without one who may administer`() throws {
        let ada = try office.home.ledger.read { try $0.reviewer(named: "ada") }
        let administering = Administering(home: office.home, now: office.now, by: ada)
        #expect(throws: UserRefused.self) { try administering.change("ada") { $0.isDisabled = true } }
        #expect(throws: UserRefused.self) { try administering.change("ada") { $0.rights = [.decide] } }
        #expect(throws: NotAllowed.self) {
            let ben = try office.home.ledger.read { try $0.reviewer(named: "ben") }
            try Administering(home: office.home, now: office.now, by: ben).change("ben") { $0.rights.insert(.approve) }
        }
        try administering.change("ben") { $0.isDisabled = true }
        #expect(throws: NotAllowed.self) { try office.home.ledger.read { try $0.reviewer(named: "ben") } }
    }

    // MARK: Claims

    @Test func `never gives one exception to two people`() throws {
        let held = try claims("ben").claim("1-2-e1")
        #expect(throws: DecisionRefused.self) { try claims("cyd").claim("1-2-e1") }
        #expect(try post("1-2-e1", by: "cyd").refusal?.contains("claimed by ben") == true)
        // It ends by itself; who had it can decide no more once another has it.
        _ = try claims("cyd", now: "2026-03-02T20:11:00Z").claim("1-2-e1")
        office.now = Moment(iso: "2026-03-02T20:11:30Z")!
        #expect(try post("1-2-e1", by: "ben", claim: held.token).refusal?.contains("claimed by cyd") == true)
        office.now = Moment(iso: "2026-03-02T20:30:00Z")!
        #expect(try post("1-2-e1", by: "ben", claim: held.token).refusal?.contains("claimed again since") == true)
        #expect(try books("1-2") == "suspense")
    }

    @Test func `never lets an older window of one person decide`() throws {
        let first = try claims("ben").claim("1-2-e1")
        let second = try claims("ben").claim("1-2-e1")
        #expect(try post("1-2-e1", by: "ben", claim: first.token).refusal != nil)
        #expect(try post("1-2-e1", by: "ben", claim: second.token).refusal == nil)
    }

    @Test func `never decides by what was shown before it changed`() throws {
        let shown = try office.home.ledger.read { transaction in
            try transaction.shown(
                of: try #require(try transaction.exception("1-2-e1")), policy: AllocationPolicy(.oldestDueFirst))
        }
        let other = String(repeating: "0", count: 64)
        #expect(try post("1-2-e1", by: "ben", shown: other).refusal?.contains("has changed since it was shown") == true)
        #expect(try post("1-2-e1", by: "ben", shown: shown).refusal == nil)
    }

    // MARK: Pairs of duties

    @Test(arguments: [false, true])
    func `never lets one person do both of a pair, or else reports it`(reports: Bool) throws {
        let policy = ReviewPolicy(
            allocation: AllocationPolicy(.oldestDueFirst), secondPersonOver: Cents(1_000_000),
            duties: [DutyPair(.importAccounts, .decide, on: .day)], reportsDuties: reports)
        let ben = try office.home.ledger.read { try $0.reviewer(named: "ben") }
        let day = CivilDate(iso: "2026-03-02")!
        func act(_ right: Right) throws {
            try office.home.ledger.write {
                try $0.doDuty(right, by: ben, on: nil, day: day, at: "2026-03-02T20:00:00Z", policy: policy)
            }
        }
        try act(.decide)
        if reports {
            try act(.importAccounts)
        } else {
            #expect(throws: DecisionRefused.self) { try act(.importAccounts) }
        }
        let breaches = try office.home.ledger.read { try $0.dutyBreaches(from: day, to: day) }
        #expect(breaches.map(\.right) == (reports ? ["import-accounts"] : []))
        try office.run()
        let report = "\(office.path)/outbox/reports/duties-2026-03-02.csv"
        #expect(FileManager.default.fileExists(atPath: report) == reports)
    }

    // MARK: Waiting

    @Test func `never forgets what waits, nor lists it before its day`() throws {
        var decision = Decision(
            exception: "1-2-e1", action: .wait, until: CivilDate(iso: "2026-03-10"), to: "the tenant")
        #expect(try reviewing("ben").apply(decision).refusal == nil)
        func listed(_ day: String) throws -> [String] {
            var filter = QueueFilter()
            (filter.waiting, filter.today) = (.hidden, CivilDate(iso: day))
            return try office.home.ledger.read { try $0.openExceptions(filter) }
        }
        #expect(try listed("2026-03-09") == ["1-1-e1"])
        #expect(try listed("2026-03-10") == ["1-2-e1", "1-1-e1"], "what is due comes first")
        decision.until = CivilDate(iso: "2026-03-01")
        #expect(try reviewing("ben").apply(decision).refusal?.contains("not after today") == true)
    }
}
