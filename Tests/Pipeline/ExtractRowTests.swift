import Ledger
import Model
import Pipeline
import Testing

/// Rows of the billing extract that are not as their header says.
struct ExtractRowTests {
    private static let header = "bill,account,issued_on,due_on,amount,balance,kind\n"
    private static let account = AccountBook.account(1)

    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var rows: String
        /// Bills that load, with what is open on them.
        var loads: [String] = []
        var bad = 1

        var testDescription: String { name }
    }

    static let cases = [
        Case(
            name: "a mark before the header and lines that end in CRLF",
            rows: "Z1,\(account),2026-02-01,2026-03-01,5.00,5.00,water\r\n", loads: ["Z1 500"], bad: 0),
        Case(name: "no line end at the end", rows: "Z1,\(account),,,5.00,5.00,", loads: ["Z1 500"], bad: 0),
        Case(name: "a field too few", rows: "Z1,\(account),2026-02-01,2026-03-01,5.00\n"),
        Case(name: "an amount with a sign of money", rows: "Z1,\(account),,,$5.00,5.00,\n"),
        Case(name: "an amount in words", rows: "Z1,\(account),,,five,5.00,\n"),
        Case(name: "a fraction of a cent", rows: "Z1,\(account),,,5.00,4.999,\n"),
        Case(name: "no bill", rows: ",\(account),,,5.00,5.00,\n"),
        Case(name: "a credit", rows: "Z1,\(account),,,5.00,-2.00,\n", loads: ["Z1 -200"], bad: 0),
        Case(
            name: "thousands with a comma and no quotes",
            rows: "Z1,\(account),2026-02-01,2026-03-01,1,000.00,1,000.00\n"),
        Case(
            name: "a quote that is never closed",
            rows: "\"Z1,\(account),,,5.00,5.00,\nZ2,\(account),,,6.00,6.00,\nZ3,\(account),,,7.00,7.00,\n"),
        Case(
            name: "a quote in the last column that is never closed",
            rows: "Z1,\(account),,,5.00,5.00,\"water\nZ2,\(account),,,6.00,6.00,\nZ3,\(account),,,7.00,7.00,\n"),
    ]

    @Test(arguments: cases) func `never loads a row otherwise than it stands`(_ item: Case) throws {
        let office = try TemporaryHome()
        let mark = item.name.hasPrefix("a mark") ? "\u{FEFF}" : ""
        let report = try office.import(["bills.csv": mark + Self.header + item.rows])
        let loaded = try office.texts("SELECT bill || ' ' || open_cents FROM bills WHERE bill LIKE 'Z%' ORDER BY bill")
        func check() {
            #expect(loaded == item.loads)
            #expect(report.badRows.count == item.bad, "\(report.badRows)")
        }
        check()
        #expect(try office.breaches == [])
    }
}
