import Foundation
import Model
import Testing

@testable import Formats

/// Every message among the fixtures with its twin (`.events.txt`), whole and in pieces.
struct CamtGoldenTests {
    /// Those that are refused or do not balance, and why they are there.
    static let unsound = [
        "details-without-amounts.xml", "garbled-amount.xml", "out-of-balance.xml", "summary-apart.xml",
    ]
    static let sound = CamtTesting.files.filter { !unsound.contains($0) }

    @Test func `no fixture is missing`() {
        #expect(CamtTesting.files.count >= 30)
        #expect(Set(CamtTesting.files).isSuperset(of: Self.unsound))
    }

    @Test(arguments: CamtTesting.files)
    func `no event differs from the golden twin`(file: String) throws {
        let reading = LayoutTesting.read(try CamtTesting.bytes(file), among: [iso20022])
        let twin = CamtTesting.folder.appending(path: file + ".events.txt")
        if ProcessInfo.processInfo.environment["SLUICE_UPDATE_GOLDEN"] == "1" {
            try Data(reading.camtText.utf8).write(to: twin)
        }
        #expect(try String(contentsOf: twin, encoding: .utf8) == reading.camtText)
    }

    @Test(arguments: CamtTesting.files)
    func `no way of cutting the bytes changes an event`(file: String) throws {
        let bytes = try CamtTesting.bytes(file)
        let whole = CamtTesting.read(bytes)
        #expect(CamtTesting.read(bytes, cuts: Array(1..<bytes.count)) == whole, "byte by byte")
        for cut in 0...bytes.count where CamtTesting.read(bytes, cuts: [cut]) != whole {
            Issue.record("cut at \(cut) changes the events of \(file)")
        }
    }

    @Test(arguments: sound)
    func `no sound fixture is refused or out of balance`(file: String) throws {
        let reading = LayoutTesting.read(try CamtTesting.bytes(file), among: [iso20022])
        #expect(reading.refusal == nil)
        #expect(reading.isSound)
        #expect(!reading.items.isEmpty)
    }

    @Test(arguments: unsound)
    func `no fixture with wrong amounts balances`(file: String) throws {
        let reading = LayoutTesting.read(try CamtTesting.bytes(file), among: [iso20022])
        #expect(!reading.isSound)
        #expect((reading.refusal != nil) == (file == "garbled-amount.xml"), "held whole, not refused")
    }

    @Test(arguments: CamtTesting.files)
    func `no file is claimed by a layout as well`(file: String) throws {
        let head = Array(try CamtTesting.bytes(file).prefix(Format.headSize))
        let formats = try LayoutTesting.formats() + [iso20022]
        #expect(try recognise(head, among: formats).format != "xml")
    }

    @Test(arguments: sound)
    func `no file that ends early passes as whole`(file: String) throws {
        let bytes = try CamtTesting.bytes(file)
        let whole = CamtTesting.read(bytes)
        for end in stride(from: 0, to: bytes.count, by: 7) {
            let reading = CamtTesting.read(Array(bytes[..<end]))
            if reading.refusal == nil, reading.amounts != whole.amounts {
                Issue.record("the first \(end) bytes of \(file) pass with other items")
            }
        }
    }

    /// One message in every way of writing its bytes.
    static let forms = [
        "lines-cr.xml", "lines-crlf.xml", "bom.xml", "utf16-le.xml", "utf16-be.xml", "utf16-no-mark.xml",
    ]

    @Test(arguments: forms)
    func `no line end, mark or width of characters changes what is read`(file: String) throws {
        func items(_ file: String) throws -> [Item] {
            CamtTesting.read(try CamtTesting.bytes(file)).items.map {
                var item = $0
                item.position = Position()
                return item
            }
        }
        #expect(try items(file) == items("lines-lf.xml"))
    }
}
