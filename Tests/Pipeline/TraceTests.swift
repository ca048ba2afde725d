import Ledger
import Model
import Pipeline
import Testing

/// A trace number that an originator begins anew does not hold other payments; one that could be the same payment does.
struct TraceTests {
    private let trace = "071000500000001"

    /// A company's credit to account n.
    private func file(
        _ n: Int, date: String = "260302", batch: Int = 1, name: String = "MILL CREEK FOODS", amount: Cents? = nil,
        modifier: String = "A"
    ) -> ACHFile {
        var file = ACHFile(
            .init(paying: amount ?? AccountBook.amount(n), trace: trace, id: AccountBook.account(n)))
        (file.date, file.batch, file.companyName, file.modifier) = (date, batch, name, modifier)
        (file.company, file.entryClass) = ("1555666777", "CCD")
        return file
    }

    private func standing(of second: ACHFile) throws -> String {
        let office = try TemporaryHome()
        try office.drop("a.ach", file(1).text)
        try office.drop("b.ach", second.text)
        try office.run()
        #expect(try office.breaches == [])
        return try office.standings[1]
    }

    @Test func `never holds another payment for a trace that began anew`() throws {
        #expect(try standing(of: file(2, date: "260303")) == "2-1 \(AccountBook.amount(2)) posted posted")
        #expect(try standing(of: file(2, batch: 2)) == "2-1 \(AccountBook.amount(2)) posted posted")
        let same = AccountBook.amount(1)
        #expect(try standing(of: file(2, date: "260303", name: "TARN BAKERY", amount: same)).hasSuffix("posted posted"))
    }

    @Test func `never posts what could be the same payment`() throws {
        let held = "duplicate on-hold duplicate-suspected"
        // The same day and batch: told again with another amount or name.
        #expect(try standing(of: file(2, modifier: "B")).hasSuffix(held))
        #expect(try standing(of: file(1, name: "TARN BAKERY", modifier: "B")).hasSuffix(held))
        // Another day or batch, and nothing else tells them apart.
        #expect(try standing(of: file(1, date: "260303")).hasSuffix(held))
        #expect(try standing(of: file(1, batch: 2)).hasSuffix(held))
    }

    @Test func `never overlooks a repeated telling among many of one trace`() throws {
        let office = try TemporaryHome()
        for n in 1...5 { try office.drop("\(n).ach", file(n, date: "26030\(n)").text) }
        try office.drop("6.ach", file(3, date: "260306").text)
        try office.run()
        #expect(try office.standings.filter { $0.hasSuffix("posted posted") }.count == 5)
        #expect(try office.texts("SELECT twin_of FROM items WHERE payment > 6000000000") == ["3000000001"])
        #expect(try office.breaches == [])
    }

    @Test func `never guesses which payment of one trace a return takes back`() throws {
        let office = try TemporaryHome()
        let amount = AccountBook.amount(1)
        try office.drop("1.ach", file(1).text)
        try office.drop("2.ach", file(2, date: "260303", name: "TARN BAKERY", amount: amount).text)
        try office.drop(
            "3.ach", ACHFile(.init(returning: amount, trace: "071000500000009", of: trace)).text)
        try office.run()
        #expect(try office.queue.contains("3-1-e1 return-unmatched"))
        #expect(try office.breaches == [])
    }

    @Test func `never loses a set of a file of several, and holds only the one that is out of balance`() throws {
        let first = file(1)
        var second = file(2, modifier: "B")
        second.entries[0].trace = "071000500000002"
        let office = try TemporaryHome()
        try office.drop("a.ach", first.text + second.text)
        try office.run()
        #expect(try office.places == ["posted posted"])
        #expect(try office.payments.map(\.amount) == [AccountBook.amount(1), AccountBook.amount(2)])
        let wrong = second.text.split(separator: "\n").map { line in
            line.hasPrefix("9000001") ? line.prefix(43) + "000000000100" + line.suffix(39) : line
        }
        let other = try TemporaryHome()
        try other.drop("a.ach", first.text + wrong.joined(separator: "\n") + "\n")
        try other.run()
        #expect(try other.standings[0].hasSuffix("posted posted"))
        #expect(try other.standings[1].hasSuffix("held unresolved deposit-out-of-balance"))
        #expect(try other.breaches == [])
    }

    @Test func `never reads a set that is cut short`() throws {
        let office = try TemporaryHome()
        let lines = file(2, modifier: "B").text.split(separator: "\n").prefix(4).joined(separator: "\n")
        try office.drop("a.ach", file(1).text + lines + "\n")
        let report = try office.run()
        #expect(report.intakes[0].intake.state == .refused)
        #expect(try office.ledger == [])
    }
}
