import Ledger
import Model
import Review
import Testing

@testable import Pipeline

/// What people's decisions have in common is proposed; it posts nothing until it is accepted, and never alone.
struct ProposingTests {
    private static let owner = AccountBook.account(3)

    private func proposing(_ office: TemporaryHome) -> Proposing {
        Proposing(home: office.home, now: office.now, user: "chief")
    }

    private func proposed(_ office: TemporaryHome) throws -> [String] {
        try proposing(office).list().map { "\($0.kind.rawValue) \($0.words) \($0.account) \($0.lessons)" }.sorted()
    }

    private func check(_ number: Int, memo: String, cents: Int64 = 1_234) -> Check {
        var check = Check(Cents(cents), number: String(number))
        check.memo = memo
        return check
    }

    /// An office that was taught so often, in a file each, that garden club plots are paid for account 3.
    private func taught(_ times: Int) throws -> TemporaryHome {
        let office = try TemporaryHome()
        for time in 1...times {
            try office.take("t\(time).csv", Lockbox([check(700 + time, memo: "Garden club, plot \(time)")]))
            #expect(try office.decide("\(time)-1-e1", "post", ["\(Self.owner)=12.34"]) == nil)
        }
        return office
    }

    @Test func `never proposes what one lesson says, or two of one file`() throws {
        #expect(try proposed(try taught(1)) == [])
        let office = try TemporaryHome()
        try office.take("a.csv", Lockbox([check(1, memo: "garden club"), check(2, memo: "garden club")]))
        for n in 1...2 { #expect(try office.decide("1-\(n)-e1", "post", ["\(Self.owner)=12.34"]) == nil) }
        #expect(try proposed(office) == [])
    }

    @Test func `never misses what two files say`() throws {
        #expect(try proposed(try taught(2)) == ["text GARDEN CLUB PLOT \(Self.owner) 2"])
    }

    @Test func `never proposes what another payment contradicts`() throws {
        let office = try taught(2)
        try office.take("c.csv", Lockbox([check(9, memo: "garden club plot 7")]))
        #expect(try office.decide("3-1-e1", "post", ["\(AccountBook.account(4))=12.34"]) == nil)
        #expect(try proposed(office) == [])
        // So does a payment that no person has looked at.
        let other = try taught(2)
        var coupon = Check.coupon(4)
        coupon.memo = "garden club plot 7"
        try other.take("c.csv", Lockbox([coupon]))
        #expect(try other.payment("3-1").status == "posted")
        #expect(try proposed(other) == [])
    }

    @Test func `never lets accepted words post alone, nor leaves them unused beside a second key`() throws {
        let office = try taught(2)
        let id = try #require(try proposing(office).list().first).id
        try office.take("c.csv", Lockbox([check(20, memo: "garden club plot 9")]))
        #expect(try office.payment("3-1").status == "suspense")
        try proposing(office).answer(id, .accepted, note: "the club pays for its plots")
        #expect(try proposed(office) == [])
        let due = try office.open(on: AccountBook.bill(3))
        try office.take(
            "d.csv",
            Lockbox([
                check(21, memo: "garden club plot 9"), check(22, memo: "Garden Club plot 4", cents: due.rawValue),
            ]))
        #expect(try office.payment("4-1").status == "suspense")
        #expect(try office.payment("4-2").rule == "taught-words/1")
        #expect(try office.payment("4-2").allocations.map(\.account) == [Self.owner])
        // What is proposed once is a candidate where it does not post.
        #expect(try office.exception("4-1-e1").candidates.first?.account == Self.owner)
        let who = try office.texts("SELECT decided_by || ' ' || state FROM proposals")
        #expect(who == ["chief accepted"])
        #expect(try office.number("SELECT count(*) FROM audit WHERE event = 'proposal-accepted'") == 1)
        #expect(try office.breaches == [])
    }

    @Test func `never proposes again what was dismissed, nor posts by it`() throws {
        let office = try taught(2)
        let id = try #require(try proposing(office).list().first).id
        try proposing(office).answer(id, .accepted, note: nil)
        try proposing(office).answer(id, .dismissed, note: "the club has moved")
        #expect(try proposed(office) == [])
        #expect(try proposing(office).list(all: true).map(\.state) == [.dismissed])
        let due = try office.open(on: AccountBook.bill(3))
        try office.take("d.csv", Lockbox([check(22, memo: "garden club plot 4", cents: due.rawValue)]))
        #expect(try office.payment("3-1").status == "suspense")
        #expect(throws: Proposing.Refused.self) { try proposing(office).answer(id, .dismissed, note: nil) }
        #expect(throws: Proposing.Refused.self) { try proposing(office).answer("p0", .accepted, note: nil) }
    }
}
