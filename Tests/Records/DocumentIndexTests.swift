import Files
import Glibc
import Ledger
import Model
import Testing

@testable import Records

struct DocumentIndexTests {
    /// An office with one check filed and posted, one coupon filed, and a check awaited.
    private func office() throws -> Office {
        let office = try Office()
        try office.lockbox(
            1, "lockbox/a.csv",
            [
                [ImageName(.checkFront, "1F.tif"), ImageName(.checkBack, "1B.tif"), ImageName(.coupon, "1C.tif")],
                [ImageName(.checkFront, "2F.tif")],
            ])
        try office.delivery(
            2, "lockbox/a", [image("1B.tif"), image("1C.tif", fault: "=the file, is \"cut\""), image("1F.tif")])
        try office.post(PaymentID(intake: 1, place: 1), to: "5104417705", bill: "B-17")
        return office
    }

    @Test(arguments: DocumentIndex.Kind.allCases)
    func `the index never changes by a byte`(kind: DocumentIndex.Kind) throws {
        let name = "Tests/Fixtures/records/\(Folder.lastName(of: kind.path))"
        let found = try office().file(kind)
        #expect(try office().file(kind) == found)
        if Golden.isRewriting { try FileBytes.write(Array(found.utf8), to: Golden.path(name), mark: "golden") }
        #expect(found == String(decoding: try FileBytes.read(Golden.path(name)), as: UTF8.self))
    }

    @Test(arguments: [DocumentIndex.Kind.csv, .jsonl])
    func `a line that is edited or taken out is never unseen`(kind: DocumentIndex.Kind) throws {
        let text = try office().file(kind)
        var lines = text.split(whereSeparator: \.isNewline).map(String.init)
        if kind == .csv { lines.removeFirst() }
        var previous = String(repeating: "0", count: 64)
        #expect(lines.count == 3)
        for line in lines {
            #expect(line.contains(previous))
            previous = SHA256Digest.of(Array(line.utf8))
        }
    }

    @Test func `a cell is never a formula, and an amount never text`() throws {
        let csv = try office().file(.csv)
        let pages = try office().file(.pages)
        #expect(csv.contains(",'-101,") && !csv.contains(",-101,"))
        #expect(csv.contains(",125.50,125.50,USD,"))
        #expect(pages.contains("\"'=the file, is \"\"cut\"\"\""))
    }

    @Test func `the index never names a payer or a bank account`() throws {
        for kind in DocumentIndex.Kind.allCases {
            let text = try office().file(kind)
            #expect(!text.contains("Lindqvist") && !text.contains("121938899") && !text.contains("****"))
        }
    }

    @Test func `the columns keep their names and order`() {
        #expect(DocumentIndex.documentColumns.count == 61)
        #expect(Set(DocumentIndex.documentColumns.map(\.name)).count == 61)
        #expect(DocumentIndex.pageColumns.count == 17)
    }

    @Test func `the list shows what its filter asks for and nothing else`() throws {
        let office = try office()
        func list(_ filter: DocumentFilter) throws -> [String] {
            var found: [String] = []
            try office.ledger.read { try $0.documents(filter) { found.append($0.json.line) } }
            return found
        }
        #expect(try list(DocumentFilter()).count == 3)
        #expect(try list(DocumentFilter(status: .awaited)).count == 1)
        #expect(try list(DocumentFilter(account: "5104417705")).count == 2)
        #expect(try list(DocumentFilter(account: "1")).isEmpty)
        #expect(try list(DocumentFilter(intake: 2)).isEmpty)
        #expect(
            try list(DocumentFilter(status: .indexed, payment: PaymentID(intake: 1, place: 1), intake: 1)) == [
                #"{"doc_id":"LB1-20260302-0001-00001","type":"CHK","status":"indexed","business_date":"2026-03-02","#
                    + #""payment":"1-1","account":"5104417705","amount":"125.50","images":2,"images_present":2,"#
                    + #""path":"documents/records/2026/03/02/LB1-0001/LB1-20260302-0001-00001_CHK_001F.tif"}"#
            ])
    }

    @Test func `an index that is not due is never written again`() throws {
        let office = try office()
        try office.ledger.write { try makeIndexDue($0) }
        let due = try office.ledger.read { try $0.dueProjections(limit: 100) }
        #expect(
            due.filter { $0.kind != "page" }.map(\.path).sorted() == [
                "documents/index.csv", "documents/index.jsonl", "documents/pages.csv",
            ])
        #expect(due.count == 6)
    }
}

/// The golden files of this folder. `SLUICE_REWRITE=1` writes them anew; the change is then reviewed as any other.
enum Golden {
    static var isRewriting: Bool { getenv("SLUICE_REWRITE") != nil }

    static func path(_ name: String) -> String {
        Folder.parent(of: Folder.parent(of: Folder.parent(of: #filePath))) + "/" + name
    }
}
