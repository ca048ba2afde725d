import Files
import Ledger
import Model
import Testing

@testable import Records

struct DocumentRendererTests {
    private static let bytes = TIFFWriter.check(little: true)

    /// Renders the only page of an office whose delivery stands at a path of the home.
    private func page(archive: String?, zipped: Bool, original: [UInt8] = bytes) throws -> [UInt8] {
        let office = try Office()
        try office.lockbox(1, "a.csv", [[ImageName(.coupon, "1.tif")]])
        let member = ImageMember(
            name: "1.tif", sha256: SHA256Digest.of(Self.bytes), bytes: Int64(Self.bytes.count),
            header: try ImageHeader(Self.bytes, total: Self.bytes.count))
        try office.delivery(2, zipped ? "a.zip" : "a", [member])
        let place = archive ?? "work/2/a"
        if zipped {
            try office.scratch.put(place, ZipWriter.archive([ZipWriter.Entry("1.tif", original)]))
        } else {
            try office.scratch.put(place + "/1.tif", original)
        }
        var found: [UInt8] = []
        if let archive {
            _ = try office.ledger.write {
                try $0.run("UPDATE intakes SET archive_path = ? WHERE intake = 2", .text(archive))
            }
        }
        try office.ledger.read { transaction in
            let due = try transaction.dueProjections(limit: 9).filter { $0.kind == "page" }
            #expect(due.map(\.subject) == ["2/1.tif"])
            try transaction.render(due[0], home: office.scratch.path) { found += $0 }
        }
        return found
    }

    @Test(arguments: [true, false], ["archive/2026/03/02/2-abc-a", nil])
    func `a page is the image that came, to the byte`(zipped: Bool, archive: String?) throws {
        #expect(try page(archive: archive, zipped: zipped) == Self.bytes)
    }

    @Test(arguments: [true, false])
    func `an original that was altered never becomes a page`(zipped: Bool) throws {
        var altered = Self.bytes
        altered[10] ^= 1
        #expect(throws: RecordsFault.self) { try page(archive: "archive/a", zipped: zipped, original: altered) }
    }

    @Test func `a file of another room is refused`() throws {
        let office = try Office()
        let projection = Projection(path: "x", kind: "exception", subject: "")
        #expect(throws: RecordsFault.self) {
            try office.ledger.read { try $0.render(projection, home: office.scratch.path) { _ in } }
        }
    }
}
