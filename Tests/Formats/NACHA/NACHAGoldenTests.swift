import Foundation
import Model
import Testing

@testable import Formats

/// Every NACHA fixture with its twin (`.events.txt`), whole and in pieces.
struct NACHAGoldenTests {
    static let files = NACHATesting.files

    private func contract(_ file: String) throws -> ReaderContract {
        ReaderContract(file: "nacha/" + file, formats: try builtInFormats + LayoutTesting.formats())
    }

    @Test func `no fixture is missing`() {
        #expect(Self.files.count >= 30)
    }

    @Test(arguments: files)
    func `no event differs from the golden twin`(file: String) throws {
        try contract(file).agreesWithTwin()
    }

    @Test(arguments: files)
    func `no way of cutting the bytes changes an event`(file: String) throws {
        try contract(file).isReadAlikeHoweverCut()
    }

    /// Cut between two sets a file of several is whole: nothing in it says how many there are.
    @Test(arguments: files.filter { $0 != "several-sets.ach" })
    func `no file that ends early passes as whole`(file: String) throws {
        try contract(file).neverPassesCutShort()
    }

    @Test(arguments: files)
    func `no changed byte hides in a file that balances`(file: String) throws {
        try contract(file).neverHidesAChangedAmount()
    }

    @Test(arguments: files)
    func `no fixture is refused or out of balance`(file: String) throws {
        let reading = try NACHATesting.read(fixture: file)
        #expect(reading.refusal == nil)
        #expect(reading.balances)
        #expect(reading.items.isEmpty == (file == "zero.ach"))
    }

    /// One file in every way of writing its records.
    static let forms = [
        "lines-cr.ach", "lines-crlf.ach", "unbroken.ach", "unbroken-newline.ach", "no-last-newline.ach", "trimmed.ach",
        "no-filler.ach", "blanks-behind.ach",
    ]

    @Test(arguments: forms)
    func `no line end, filling or trimming changes what is read`(file: String) throws {
        #expect(try items(file) == items("lines-lf.ach"))
    }

    @Test func `no separator or encoding of an 820 changes what is read`() throws {
        #expect(try items("ctx-820-latin1.ach") == items("ctx-820.ach"))
        #expect(try items("ctx-820-utf8.ach") == items("ctx-820.ach"))
    }

    private func items(_ file: String) throws -> [Item] {
        try NACHATesting.read(fixture: file).items.map {
            var item = $0
            item.position = Position()
            return item
        }
    }
}
