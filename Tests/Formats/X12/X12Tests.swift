import Foundation
import Model
import Testing

@testable import Formats

/// X12 820 and 823: every fixture with its twin, whole, in pieces, cut short and damaged.
struct X12Tests {
    static let folder = LayoutTesting.fixtures.appending(path: "x12")
    static let files: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".edi") }.sorted()
    }()
    /// Only set 823 declares totals of its units. In 820 a wrong sum of lines is a fault of the advice, which moves no
    /// money: nothing of it is held.
    static let withTotals = ["823-lockbox.edi", "823-old.edi"]
    /// A file of several interchanges has nothing around them that would be missed.
    static let withoutEnd = ["mixed.edi"]

    static let formats = [x12PaymentOrder, x12Lockbox]

    static func contract(_ file: String) -> ReaderContract { ReaderContract(file: "x12/\(file)", formats: formats) }

    static func read(_ text: String) -> LayoutReading { LayoutTesting.read(Array(text.utf8), among: formats) }

    @Test func `no fixture is missing`() {
        #expect(Self.files.count >= 7)
        #expect(Set(Self.files).isSuperset(of: Self.withTotals + Self.withoutEnd))
    }

    @Test(arguments: files) func `no event differs from the golden twin`(file: String) throws {
        try Self.contract(file).agreesWithTwin()
    }

    @Test(arguments: files) func `no way of cutting the bytes changes an event`(file: String) throws {
        try Self.contract(file).isReadAlikeHoweverCut()
    }

    @Test(arguments: files.filter { !withoutEnd.contains($0) })
    func `no file that ends early passes as whole`(file: String) throws {
        try Self.contract(file).neverPassesCutShort()
    }

    @Test(arguments: withTotals) func `no changed byte gives another amount that balances`(file: String) throws {
        try Self.contract(file).neverHidesAChangedAmount()
    }

    /// The sum of an 820's lines is checked: a changed amount of the payment or of a line is told.
    @Test func `hides no changed amount of an advice`() throws {
        let text = String(decoding: try Self.contract("820-padded.edi").bytes(), as: UTF8.self)
        for (amount, changed) in [("*118.5*", "*118.6*"), ("*50~", "*51~"), ("**75.00", "**70.00"), ("-5.5", "5.5")] {
            #expect(text.contains(amount))
            let faults = Self.read(text.replacing(amount, with: changed)).faults
            #expect(faults.map(\.reason) == [.itemOutOfBalance], "\(changed)")
        }
    }

    @Test(arguments: files) func `no file is claimed by another format as well`(file: String) throws {
        let head = Array(try Self.contract(file).bytes().prefix(Format.headSize))
        let claim = try recognise(head, among: try LayoutTesting.formats() + builtInFormats)
        #expect(claim.format == (file.hasPrefix("823") ? "x12-823" : "x12-820"))
    }

    @Test func `takes no advice for a payment, and no payment for an advice`() throws {
        for file in Self.files where file != "mixed.edi" {
            let kinds = Set(Self.contract(file).read(try Self.contract(file).bytes()).items.map(\.kind))
            #expect(kinds == [file.hasPrefix("820") ? .advice : .payment], "\(file)")
        }
    }

    /// One advice in every way of writing its bytes.
    @Test func `no separator, line end or padding changes what is read`() {
        func items(_ text: String) -> [Item] {
            Self.read(text).items.map {
                var item = $0
                item.position = Position()
                return item
            }
        }
        let sets = "GS*RA*A*B*20260302*0800*3*X*004010~ST*820*1~BPR*C*10*C*ACH~RMR*IV*B-1**10~SE*4*1~GE*1*3~"
        let text = "ISA*00**00**ZZ*A*ZZ*B*260302*0800*U*00401*6*0*P*:~\(sets)IEA*1*6~"
        let padded = text.replacing("00**00**", with: "00*          *00*          *")
        let forms = [
            text.replacing("*", with: "|"), text.replacing("~", with: "~\n"), text.replacing("~", with: "~\r\n"),
            text.replacing("~", with: "\n"), text.replacing("~", with: "\r\n"), text.replacing("~", with: "\\"),
            padded, "\u{FEFF}" + text, "\n" + text + "\u{1A}", text.replacing("IEA*1*6~", with: "IEA*1*6"),
            text.replacing("BPR*C*1", with: "BPR*C*\n1"), text.replacing("*", with: "\u{1D}"),
        ]
        #expect(items(text).count == 1)
        for form in forms { #expect(items(form) == items(text), "\(form)") }
        let bare = String(sets.dropFirst(35).dropLast(7))
        #expect(items(bare) == items(text), "\(bare)")
        #expect(items(sets) == items(text), "without interchange")
        #expect(
            items(text.replacing("GS*RA*A*B*20260302*0800*3*X*004010~", with: "").replacing("GE*1*3~", with: ""))
                == items(text), "without group")
    }
}
