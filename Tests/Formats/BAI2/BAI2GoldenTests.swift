import Model
import Testing

@testable import Formats

/// Every report among the fixtures with its twin, and what every reader must hold.
struct BAI2GoldenTests {
    /// Those that are refused or out of balance, and those that declare nothing to compare with.
    static let unsound = [
        "bai2/account-total-apart.bai2", "bai2/blank-account-total.bai2", "bai2/group-total-apart.bai2",
        "bai2/no-file-trailer.bai2", "bai2/no-type-code.bai2",
    ]
    static let sound = BAI2Testing.files.filter { !unsound.contains($0) }

    private func contract(_ file: String) -> ReaderContract { ReaderContract(file: file, formats: [bai2]) }

    private func read(_ file: String) throws -> LayoutReading {
        let contract = contract(file)
        return contract.read(try contract.bytes())
    }

    @Test func `no fixture is missing`() {
        #expect(BAI2Testing.files.count >= 16)
        #expect(Set(BAI2Testing.files).isSuperset(of: Self.unsound))
    }

    @Test(arguments: BAI2Testing.files)
    func `no event differs from the golden twin`(file: String) throws { try contract(file).agreesWithTwin() }

    @Test(arguments: BAI2Testing.files)
    func `no way of cutting the bytes changes an event`(file: String) throws {
        try contract(file).isReadAlikeHoweverCut()
    }

    @Test(arguments: sound)
    func `no file that ends early passes as whole`(file: String) throws { try contract(file).neverPassesCutShort() }

    /// A notice brings no money, so no total misses it where a changed byte makes it text of the record before.
    @Test(arguments: sound.filter { $0 != "bai2/notice.bai2" })
    func `no changed byte gives other amounts that balance`(file: String) throws {
        try contract(file).neverHidesAChangedAmount()
    }

    @Test(arguments: sound)
    func `no sound fixture is refused or out of balance`(file: String) throws {
        let reading = try read(file)
        #expect(reading.refusal == nil)
        #expect(reading.balances)
        #expect(!reading.items.isEmpty)
    }

    @Test func `no total that disagrees passes`() throws {
        #expect(try read("bai2/group-total-apart.bai2").refusal == .controlTotalWrong)
        #expect(try read("bai2/no-file-trailer.bai2").refusal == .fileTruncated)
        for held in ["bai2/account-total-apart.bai2", "bai2/no-type-code.bai2"] {
            #expect(try read(held).refusal == nil)
            #expect(try !read(held).balances)
        }
        #expect(try read("bai2/blank-account-total.bai2").remarks == ["field-missing fault"])
    }

    @Test(arguments: BAI2Testing.files)
    func `no file is claimed by another format or layout as well`(file: String) throws {
        let head = Array(try contract(file).bytes().prefix(Format.headSize))
        #expect(try recognise(head, among: LayoutTesting.formats() + builtInFormats).format == "bai2")
    }

    @Test(arguments: ["bai2/lines-cr.bai2", "bai2/lines-crlf.bai2", "bai2/lines-padded.bai2"])
    func `no line end or padding changes what is read`(file: String) throws {
        func items(_ file: String) throws -> [Item] {
            try read(file).items.map {
                var item = $0
                item.position.byte = 0
                return item
            }
        }
        #expect(try items(file) == items("bai2/lines-lf.bai2"))
    }
}
