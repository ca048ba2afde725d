import Ledger
import Model
import Pipeline
import Testing

/// Whatever comes first, the books end the same: each cent that the bank credited stands on them once.
struct ArrivalTests {
    /// A day of an office in five files: a lockbox, a processor, the bank before and after it closed the day, and in
    /// another format.
    private struct Day {
        let files: [(name: String, text: String)]
        let credited: Cents

        init() {
            var cards = CardFile()
            cards.sale(3, "T-1", fee: Cents(100))
            cards.sale(4, "T-2", fee: Cents(130))
            cards.back("Chargeback", 4, of: "T-2", "T-3", fee: Cents(1500))
            let net = AccountBook.amount(3) - Cents(1730)
            let box = Lockbox([.coupon(1)], [.coupon(2)])
            let total = AccountBook.amount(1) + AccountBook.amount(2)
            let details: [BankReport.Detail] = [
                .init(115, total, reference: "L1", "LOCKBOX 7001"), .init(165, net, "MERCHANT BANKCARD DEP"),
                .credit(5, reference: "C5"), .credit(6),
            ]
            var early = BankReport(modifier: 4)
            early.details = details
            var late = BankReport(number: 2)
            late.details = details.reversed() + [.credit(6)]
            files = [
                ("box", box.text), ("cards", cards.text), ("early", early.text), ("late", late.text),
                ("camt", Self.statement),
            ]
            credited = total + net + AccountBook.amount(5) + AccountBook.amount(6) + AccountBook.amount(6)
        }

        /// The credit with a number, in another format.
        private static var statement: String {
            Notification(credits: [.init(5, endToEnd: "")]).text
                .replacing("<EndToEndId></EndToEndId>", with: "<TxId>C5</TxId>")
        }
    }

    private func end(of order: [Int], _ day: Day, oneRun: Bool) throws -> [String] {
        let office = try TemporaryHome(configure: {
            try TemporaryHome.rewrite(
                "config/sluice.yaml", in: $0, "  window_days: 3", with: "  sums: [bankcard]\n  window_days: 3")
        })
        for (place, index) in order.enumerated() {
            try office.drop("\(place)-\(day.files[index].name)", day.files[index].text)
            if oneRun { continue }
            try office.run()
            #expect(try office.breaches == [], "\(order)")
        }
        try office.run()
        #expect(try office.breaches == [], "\(order)")
        #expect(try office.queue == [], "\(order)")
        return try office.texts(
            """
            SELECT ledger_account || ' ' || ifnull(account, '') || ' ' || sum(amount_cents) FROM journal_lines
            GROUP BY ledger_account, account HAVING sum(amount_cents) <> 0 ORDER BY 1
            """)
    }

    @Test(arguments: [UInt64(3), UInt64.random(in: 4...UInt64.max)])
    func `never ends otherwise for the order of arrival`(seed: UInt64) throws {
        print("arrival: seed \(seed)")
        var random = SeededRandom(seed)
        let day = Day()
        let first = try end(of: [0, 1, 2, 3, 4], day, oneRun: false)
        #expect(first.contains("cash-clearing  \(day.credited.rawValue)"))
        for round in 0..<8 {
            let order = [0, 1, 2, 3, 4].shuffled(using: &random)
            let found = try end(of: order, day, oneRun: round % 4 == 0)
            #expect(found == first, "\(order)")
        }
    }
}
