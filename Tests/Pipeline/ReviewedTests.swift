import Foundation
import Ledger
import Model
import Pipeline
import Review
import Testing

/// What a review of the whole found once, and must never be found again.
struct ReviewedTests {
    private func camt(_ entry: String, summary: String = "") -> String {
        """
        <Document><BkToCstmrDbtCdtNtfctn><Ntfctn><Id>1</Id><CreDtTm>2026-03-02T18:00:00</CreDtTm>\(summary)
        \(entry)</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>
        """
    }

    private func entry(_ amount: String, _ direction: String, _ details: String = "") -> String {
        """
        <Ntry><Amt Ccy="USD">\(amount)</Amt><CdtDbtInd>\(direction)</CdtDbtInd><Sts>BOOK</Sts>
        <BookgDt><Dt>2026-03-02</Dt></BookgDt><NtryDtls>\(details)</NtryDtls></Ntry>
        """
    }

    private func detail(_ amount: String, _ direction: String, _ id: String) -> String {
        """
        <TxDtls><Refs><EndToEndId>\(id)</EndToEndId></Refs><Amt Ccy="USD">\(amount)</Amt>
        <CdtDbtInd>\(direction)</CdtDbtInd></TxDtls>
        """
    }

    private func cash(_ office: TemporaryHome) throws -> Int64 {
        try office.number("SELECT sum(amount_cents) FROM journal_lines WHERE ledger_account = 'cash-clearing'")
    }

    @Test func `never holds a batch declared as nothing without telling`() throws {
        let office = try TemporaryHome()
        var file = Lockbox([Check(Cents(50_000))])
        file.batchTotals = [1: .zero]
        try office.take("a.csv", file)
        #expect(try office.exceptions.map(\.reason) == ["batch-out-of-balance"])
        #expect(try office.breaches == [])
    }

    @Test func `never debits cash with more than the bank credited where an entry mixes directions`() throws {
        let office = try TemporaryHome()
        let details = detail("120.00", "CRDT", "A") + detail("20.00", "DBIT", "B")
        try office.drop("a.xml", camt(entry("100.00", "CRDT", details)))
        try office.run()
        #expect(try cash(office) == 10_000)
        #expect(try office.exceptions.map(\.reason) == ["batch-out-of-balance"])
        #expect(try office.breaches == [])
    }

    @Test func `never books a difference where only the debits are declared wrong`() throws {
        let office = try TemporaryHome()
        let sums = """
            <TxsSummry><TtlCdtNtries><Sum>480.00</Sum></TtlCdtNtries>
            <TtlDbtNtries><Sum>80.00</Sum></TtlDbtNtries></TxsSummry>
            """
        let entries = entry("480.00", "CRDT", detail("480.00", "CRDT", "A")) + entry("100.00", "DBIT")
        try office.drop("a.xml", camt(entries, summary: sums))
        try office.run()
        #expect(try cash(office) == 48_000)
        #expect(try office.breaches == [])
    }

    @Test func `never takes money off the books as told twice unless its twin stands there`() throws {
        let office = try TemporaryHome()
        let check = Check(Cents(5_000), number: "41", bankAccount: "77000041")
        try office.take("a.csv", Lockbox([check]))
        #expect(try office.decide("1-1-e1", "duplicate", kind: "told-twice") != nil, "it has no twin")
        try office.take("b.csv", Lockbox([check, Check(Cents(600))]))
        #expect(try office.decide("2-1-e1", "duplicate", kind: "told-twice") == nil)
        #expect(try office.decide("1-1-e1", "duplicate", kind: "told-twice") != nil, "the other telling is gone")
        #expect(try office.breaches == [])
        try office.sql("UPDATE items SET books = 'none', status = 'duplicate' WHERE payment = 1000000001")
        #expect(try !office.breaches.isEmpty)
    }

    @Test func `never asks for the flags of another day than the item's`() throws {
        let office = try TemporaryHome()
        try office.import([
            "flags.csv":
                "account,flag,from,until,case,note\n\(AccountBook.account(1)),bankruptcy,2026-01-01,2026-03-10,X,\n"
        ])
        office.now = Moment(iso: "2026-03-20T20:00:00Z")!
        try office.take("a.csv", Lockbox([.coupon(1)]))
        #expect(try office.payments.map(\.reason) == ["account-flagged"])
    }

    @Test func `never believes a posting batch that was not exported`() throws {
        let office = try TemporaryHome()
        #expect(throws: AccountsImport.Refused.self) {
            try office.import(["extract.csv": "as_of,last_posting_batch,accounts,bills,total\n2026-03-02,999,,,\n"])
        }
    }

    @Test func `never misses a third telling that shares the second's other number`() throws {
        let office = try TemporaryHome()
        let first = detail("10.00", "CRDT", "E1")
        try office.drop("a.xml", camt(entry("20.00", "CRDT", first + detail("10.00", "CRDT", "E2"))))
        try office.drop("b.xml", camt(entry("10.00", "CRDT", detail("10.00", "CRDT", "E2"))) + " ")
        try office.run()
        try office.drop("c.xml", camt(entry("10.00", "CRDT", detail("10.00", "CRDT", "E2"))) + "  ")
        try office.run()
        #expect(try office.payments.map(\.status).filter { $0 == "duplicate" }.count == 2)
        #expect(try office.breaches == [])
    }

    @Test func `never traps on sums beyond all reason`() throws {
        let office = try TemporaryHome()
        let huge = Cents(99_999_999_999_999_900)
        var file = Lockbox(batches: (1...100).map { _ in [Check(huge)] })
        file.batchTotals = Dictionary(uniqueKeysWithValues: (1...100).map { ($0, Cents(100)) })
        file.fileTotal = Cents(10_000)
        let report = try office.take("a.csv", file)
        #expect(report.hasRefusals)
        #expect(try office.payments.isEmpty)
    }

    @Test func `never keeps a bank account number that stands in a memo`() throws {
        let office = try TemporaryHome()
        var check = Check(Cents(700), number: "5", bankAccount: "5550001234")
        check.memo = "IBAN DE89370400440532013000 from 5550001234"
        try office.take("a.csv", Lockbox([check]))
        #expect(try office.texts("SELECT memo FROM items") == ["IBAN ****3000 from ****1234"])
    }

    @Test func `never removes a file that came in place of the claimed one`() throws {
        let office = try TemporaryHome()
        try office.drop("a.csv", Lockbox([.coupon(1)]))
        try office.run()
        // A stopped run left the original aside, and it is another than was claimed.
        try office.sql("UPDATE intakes SET archive_path = NULL, inbox_identity = 'another' WHERE intake = 1")
        let aside = "\(office.path)/work/1/.original"
        try FileManager.default.createDirectory(atPath: "\(office.path)/work/1", withIntermediateDirectories: true)
        try Data(Lockbox([.coupon(2)]).text.utf8).write(to: URL(filePath: aside))
        try office.run()
        #expect(try office.payments.count == 2)
    }
}
