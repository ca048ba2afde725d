import Ledger
import Model
import Testing

/// The fast path beside the plain one.
struct BulkPostingTests {
    @Test(arguments: [UInt64(1), 2, UInt64.random(in: 3...UInt64.max)])
    func `never posts a chunk to other rows than item by item`(seed: UInt64) throws {
        print("bulk posting: seed \(seed)")
        let items = Self.items(137, seed: seed)
        let whole = try Books()
        try whole.post(items)
        let single = try Books()
        try single.post(items, chunk: 1)
        let odd = try Books()
        try odd.post(items, chunk: 41)
        let rows = try whole.rows
        #expect(rows.count > 400)
        #expect(try single.rows == rows)
        #expect(try odd.rows == rows)
        #expect(try whole.breaches == [])
    }

    @Test func `never posts any item of a chunk that breaks a rule`() throws {
        let books = try Books()
        var items = Self.items(100, seed: 4)
        items[99].payment = items[0].payment
        #expect(throws: LedgerFault.self) { try books.post(items) }
        #expect(try books.texts("SELECT count(*) FROM items") == ["0"])
        #expect(try books.texts("SELECT count(*) FROM journal_lines") == ["0"])
        #expect(try books.texts("SELECT sum(open_cents) FROM bills") == ["40000"])
    }

    @Test func `never pays a bill that is not there`() throws {
        let books = try Books()
        let part = Part(account: Books.accounts[0], bill: "B9", kind: .bill, cents: Cents(5))
        #expect(throws: LedgerFault.self) { try books.post([Books.item(1, 5, books: .posted, parts: [part])]) }
        #expect(try books.texts("SELECT count(*) FROM items") == ["0"])
    }

    @Test func `never keeps a bank account in clear`() throws {
        let books = try Books()
        var item = Books.item(1, 500)
        item.item.bankAccount = "7994543709"
        try books.post([item])
        #expect(try books.texts("SELECT bank_account FROM items") == ["****3709"])
    }

    /// Items in every place of the books, with papers, twins and payers.
    private static func items(_ count: Int, seed: UInt64) -> [PostedItem] {
        var random = SeededRandom(seed)
        return (1...Int64(count)).map { place in
            let places: [Model.Books] = [.posted, .posted, .suspense, .onHold, .unresolved, .dueToOthers, .none]
            let standing = places[random.below(places.count)]
            let account = random.below(4) + 1
            let cents = Int64(random.below(50) + 2)
            let parts = standing == .posted ? Books.parts(account, bill: cents - cents / 2, credit: cents / 2) : []
            var posted = Books.item(place, cents, books: standing, parts: parts)
            posted.item.payer = ["", "Ann", "B \"q\" , é"][random.below(3)]
            posted.item.memo = random.below(2) == 0 ? "" : "memo \(place)"
            posted.payerKey = random.below(3) == 0 ? nil : Int64(random.below(5))
            posted.reason = standing == .posted ? nil : .noReference
            for line in 0..<random.below(3) {
                posted.item.lines.append(RemittanceLine(account: "\(line)", bill: "B\(line)", amount: nil))
            }
            for rank in 0..<random.below(12) {
                posted.candidates.append(
                    CandidateRow(account: "\(rank)", name: "n", score: 100 - rank, evidence: "[]", posting: "[]"))
            }
            return posted
        }
    }
}

/// Numbers that a seed gives again (xorshift64*).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed == 0 ? 0x9E37_79B9_7F4A_7C15 : seed }

    mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 0x2545_F491_4F6C_DD1D
    }

    mutating func below(_ limit: Int) -> Int { Int(next() >> 33) % limit }
}
