import Files
import Foundation
import Ledger
import Model
import Pipeline
import Review
import Testing

/// Promises 4 and 6: files follow from the ledger, originals are kept.
struct ProjectionTests {
    /// An office with every kind of file: postings, an open and a closed exception, a repeat.
    private func office() throws -> TemporaryHome {
        let office = try TemporaryHome()
        try office.take("a.csv", Lockbox([.coupon(1), Check(Cents(4_404)), Check(Cents(5_505))]))
        try office.decide("1-2-e1", "credit", ["\(AccountBook.account(2))=44.04"])
        try office.take("b.csv", Lockbox([.coupon(1), .coupon(3)]))
        return office
    }

    @Test func `never loses a file that can be written again`() throws {
        let office = try office()
        let before = try office.files("review", "outbox")
        #expect(before.count >= 8)
        for path in before.keys.sorted() {
            try Folder.removeFile("\(office.path)/\(path)")
            #expect(try office.breaches == ["\(path) is missing; sluice run writes it again"])
            let report = try office.run()
            #expect(report.restored == [path])
            #expect(try FileBytes.read("\(office.path)/\(path)") == before[path], "\(path) has other bytes now")
        }
        #expect(try office.files("review", "outbox") == before)
        #expect(try office.breaches == [])
    }

    @Test func `never overlooks a file that was changed`() throws {
        let office = try office()
        for (path, bytes) in try office.files("review", "outbox") {
            var changed = bytes
            changed[bytes.count / 2] ^= 1
            try Data(changed).write(to: URL(filePath: "\(office.path)/\(path)"))
            let breaches = try office.breaches
            #expect(breaches.count == 1)
            #expect(breaches.first?.hasPrefix("\(path) was changed after it was written") == true)
            try Data(bytes).write(to: URL(filePath: "\(office.path)/\(path)"))
        }
        #expect(try office.breaches == [])
    }

    @Test func `never overlooks an original that was altered or is gone`() throws {
        let office = try office()
        let originals = try office.files("archive")
        #expect(originals.count == 2)
        for (path, bytes) in originals {
            #expect(bytes.count > 100)
            var changed = bytes
            changed[changed.count - 2] ^= 1
            try Data(changed).write(to: URL(filePath: "\(office.path)/\(path)"))
            #expect(try office.breaches.map { $0.contains(path) && $0.contains("was altered") } == [true])
            try Folder.removeFile("\(office.path)/\(path)")
            #expect(try office.breaches.map { $0.contains(path) && $0.contains("is missing") } == [true])
            try Data(bytes).write(to: URL(filePath: "\(office.path)/\(path)"))
        }
        #expect(try office.breaches == [])
    }

    @Test func `never keeps other bytes than came`() throws {
        let office = try TemporaryHome()
        let text = Lockbox([.coupon(1)]).text.replacing("\n", with: "\r\n") + "\u{1A}"
        try office.drop("a.csv", text)
        try office.run()
        #expect(try office.files("archive").values.map { $0 } == [Array(text.utf8)])
    }

    @Test func `never writes other bytes after a stop between commit and files`() throws {
        let office = try office()
        let before = try office.files("review", "outbox")
        try office.sql("UPDATE projections SET state = 'due', sha256 = NULL, bytes = NULL")
        for path in before.keys { try Folder.removeFile("\(office.path)/\(path)") }
        #expect(try office.breaches == ["\(before.count) files wait to be written; sluice run writes them"])
        try office.reopen()
        office.now = Moment(iso: "2026-03-09T09:00:00Z")!
        try office.run()
        #expect(try office.files("review", "outbox") == before)
        #expect(try office.breaches == [])
    }

    @Test func `never counts a file in work as archived`() throws {
        let office = try office()
        let path = try #require(try office.texts("SELECT archive_path FROM intakes WHERE intake = 1").first)
        try FileManager.default.createDirectory(atPath: "\(office.path)/work/1", withIntermediateDirectories: true)
        try FileManager.default.moveItem(atPath: "\(office.path)/\(path)", toPath: "\(office.path)/work/1/a.csv")
        try office.sql("UPDATE intakes SET archive_path = NULL WHERE intake = 1")
        #expect(try office.breaches == ["intake 1, a.csv, is not finished; sluice run finishes it"])
        let ledger = try office.ledger
        try office.run()
        #expect(try office.ledger == ledger)
        #expect(office.exists(path) && !office.exists("work/1"))
        #expect(try office.breaches == [])
    }

    @Test func `never lets a person's file in an exception's folder outlive it`() throws {
        let office = try office()
        try Data("call her".utf8).write(to: URL(filePath: "\(office.path)/review/open/1-3-e1/notes.txt"))
        try office.decide("1-3-e1", "not-ours")
        #expect(!office.exists("review/open/1-3-e1"))
        #expect(try office.breaches == [])
    }

    @Test func `never gives a posting batch another total than its rows`() throws {
        let office = try office()
        for (path, bytes) in try office.files("outbox/postings") {
            let rows = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n").map {
                $0.components(separatedBy: ",")
            }
            let header = try #require(rows.first { $0.first == "H" })
            let details = rows.filter { $0.first == "D" }
            #expect(header[5] == String(details.count), "\(path)")
            let sums = path.contains("/gl-") ? [5, 6] : [6]
            for (place, column) in sums.enumerated() {
                let sum = try details.map { try Cents($0[column], style: .signed) }.sum
                #expect(header[6 + place] == sum.description, "\(path)")
            }
        }
    }
}
