import Foundation
import Ledger
import Model
import Pipeline
import Review
import Testing

/// What a bank says has changed of an account goes to the billing system once, its number masked.
struct AccountChangeTests {
    private let trace = "121042880000001"
    private static let file = "outbox/account-updates/changes-000001.csv"

    private func collecting() throws -> TemporaryHome {
        let office = try TemporaryHome(configure: {
            try TemporaryHome.rewrite(
                "config/sluice.yaml", in: $0, "collections: {}", with: "collections:\n  companies: [\"1234567890\"]")
        })
        let entry = ACHFile.Entry(collecting: AccountBook.amount(1), trace: trace, id: AccountBook.account(1))
        try office.drop("own.ach", ACHFile(entry).text)
        try office.run()
        return office
    }

    private func change(_ code: String, _ data: String, of trace: String? = nil) -> String {
        var file = ACHFile(
            .init(changing: trace ?? self.trace, code: code, to: data, trace: "071000500000007"))
        file.entryClass = "COR"
        return file.text
    }

    @Test func `never asks a person about a change of a known entry, and never shows its number`() throws {
        let office = try collecting()
        try office.drop("noc.ach", change("C03", "071000505   5512345"))
        try office.run()
        #expect(try office.queue == [])
        #expect(try office.standings.last == "2-1 0.00 rejected none account-notice")
        let text = try office.text(Self.file)
        let rows = text.split(separator: "\r\n").map(String.init)
        #expect(rows[1] == "H,1,2,2026-03-02T20:00:00Z,1")
        #expect(
            rows[3].hasPrefix(
                "D,2-1,\(AccountBook.account(1)),\(AccountBook.account(1)),PAT PAYER,C03,routing and account number,"
                    + "071000505,****2345,,,,1-1,\(trace),archive/2026/03/02/2-"))
        #expect(rows[3].hasSuffix("-noc.ach,4"))
        #expect(try office.breaches == [])
        for (_, bytes) in try office.files("outbox", "review") {
            #expect(!String(decoding: bytes, as: UTF8.self).contains("5512345"))
        }
        #expect(try office.texts("SELECT text FROM originals") == ["routing ****0505, account ****2345"])
    }

    @Test(arguments: [
        ("C01", "00123", "account number,,****0123,,,"), ("C02", "071000505", "routing number,071000505,,,,"),
        ("C04", "NOVA BRANDT", "name,,,,NOVA BRANDT,"), ("C05", "37", "transaction code,,,37,,"),
        ("C06", "123456789012        37", "account number and transaction code,,****9012,37,,"),
        (
            "C07", "0710005051234567890123456 37",
            "\"routing and account number, and transaction code\",071000505,****3456,37,,"
        ),
        ("C09", "ID-77", "identification number,,,,,ID-77"),
    ])
    func `never mistakes what has changed`(code: String, data: String, row: String) throws {
        let office = try collecting()
        try office.drop("noc.ach", change(code, data))
        try office.run()
        #expect(try office.text(Self.file).contains(",\(code),\(row),1-1,"))
    }

    @Test func `never passes over a change of an entry that nobody knows`() throws {
        let office = try collecting()
        try office.drop("noc.ach", change("C01", "5512345", of: "121042880000009"))
        try office.run()
        #expect(try office.queue == ["2-1-e1 notice-unmatched"])
        #expect(!office.exists(Self.file))
        #expect(try office.decide("2-1-e1", "note") == nil)
        #expect(try office.queue == [])
    }

    @Test func `never numbers a file without changes, and writes one again that is gone`() throws {
        let office = try collecting()
        try office.drop("noc.ach", change("C01", "5512345"))
        try office.run()
        try FileManager.default.removeItem(atPath: "\(office.path)/\(Self.file)")
        #expect(try office.breaches.count == 1)
        let entry = ACHFile.Entry(paying: AccountBook.amount(2), trace: "071000500000008", id: AccountBook.account(2))
        var credits = ACHFile(entry)
        credits.company = "9876543210"
        try office.drop("credits.ach", credits.text)
        try office.run()
        #expect(try office.files("outbox/account-updates").keys.sorted() == [Self.file])
        #expect(try office.breaches == [])
    }
}
