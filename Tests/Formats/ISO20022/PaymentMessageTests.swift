import Foundation
import Model
import Testing

@testable import Formats

/// remt.001, pain.002 and pain.008: every fixture with its twin, whole, in pieces, cut short and damaged.
struct PaymentMessageTests {
    static let folder = LayoutTesting.fixtures.appending(path: "iso20022-payments")
    static let files: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".xml") }.sorted()
    }()
    /// Only a collection declares sums. An advice and an answer move no money, so a changed amount of theirs can be
    /// seen in nothing else that they say.
    static let withTotals = ["collection-02.xml"]

    private func contract(_ file: String) -> ReaderContract {
        ReaderContract(file: "iso20022-payments/\(file)", formats: [iso20022])
    }

    private func read(_ text: String) -> LayoutReading { LayoutTesting.read(Array(text.utf8), among: [iso20022]) }

    @Test func `no fixture is missing`() {
        #expect(Self.files.count >= 7)
        #expect(Set(Self.files).isSuperset(of: Self.withTotals))
    }

    @Test(arguments: files) func `no event differs from the golden twin`(file: String) throws {
        try contract(file).agreesWithTwin()
    }

    @Test(arguments: files) func `no way of cutting the bytes changes an event`(file: String) throws {
        try contract(file).isReadAlikeHoweverCut()
    }

    @Test(arguments: files) func `no file that ends early passes as whole`(file: String) throws {
        try contract(file).neverPassesCutShort()
    }

    @Test(arguments: withTotals) func `no changed byte gives another amount that balances`(file: String) throws {
        try contract(file).neverHidesAChangedAmount()
    }

    @Test(arguments: files) func `no file is claimed by a layout as well`(file: String) throws {
        let head = Array(try contract(file).bytes().prefix(Format.headSize))
        let claim = try recognise(head, among: try LayoutTesting.formats() + builtInFormats)
        #expect(claim.format == ["a": "remt.001", "s": "pain.002", "c": "pain.008"][file.prefix(1)])
    }

    @Test func `takes no item for a payment`() throws {
        for file in Self.files {
            let kinds = Set(contract(file).read(try contract(file).bytes()).items.map(\.kind))
            let kind: ItemKind = file.hasPrefix("a") ? .advice : file.hasPrefix("s") ? .answer : .expected
            #expect(kinds == [kind], "\(file)")
        }
    }

    @Test func `balances no collection that is apart`() throws {
        let file = contract("collection-apart.xml")
        #expect(!file.read(try file.bytes()).balances)
    }

    static let empty: [(String, Reason)] = [
        ("<Document><RmtAdvc><GrpHdr><MsgId>1</MsgId></GrpHdr></RmtAdvc></Document>", .messageEmpty),
        ("<Document><CstmrPmtStsRpt><GrpHdr/></CstmrPmtStsRpt></Document>", .messageEmpty),
        ("<Document><CstmrDrctDbtInitn/></Document>", .messageEmpty),
        (
            "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08'><FIToFICstmrCdtTrf/></Document>",
            .formatUnknown
        ),
        (
            "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:pain.001.001.03'><CstmrCdtTrfInitn></Document>",
            .xmlMalformed
        ),
        ("<!DOCTYPE a []><Document xmlns='urn:iso:std:iso:20022:tech:xsd:pain.001.001.03'/>", .xmlDoctype),
        ("<!DOCTYPE a []><Document><RmtAdvc/></Document>", .xmlDoctype),
        ("<Document><RmtAdvc><RmtInf></RmtAdvc></Document>", .xmlMalformed),
    ]

    @Test(arguments: empty) func `refuses nothing for another reason than the true one`(text: String, reason: Reason) {
        #expect(read(text).refusal == reason)
        #expect(read(text).items.isEmpty)
    }

    @Test func `names the family that it does not read`() {
        let text = "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:pain.001.001.03'><CstmrCdtTrfInitn/></Document>"
        #expect(read(text).refused?.fault.message.contains("pain.001") == true)
    }

    @Test func `takes no envelope's namespace for the message's`() {
        let envelope = "<E xmlns:h='urn:iso:std:iso:20022:tech:xsd:head.001.001.01'><h:AppHdr/>"
        let text =
            envelope + "<Document><CstmrPmtStsRpt><OrgnlGrpInfAndSts><GrpSts>ACTC</GrpSts>"
            + "</OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document></E>"
        #expect(read(text).refusal == nil)
        #expect(read(text).items.first?.original?.code == "ACTC")
    }

    private static func debit(_ inside: String) -> String {
        "<Document><CstmrDrctDbtInitn><PmtInf><DrctDbtTxInf>\(inside)</DrctDbtTxInf></PmtInf>"
            + "</CstmrDrctDbtInitn></Document>"
    }

    static let damaged: [(String, Reason)] = [
        (debit("<InstdAmt Ccy='EUR'>5,00</InstdAmt>"), .amountNotNumeric),
        (debit("<InstdAmt Ccy='EUR'/>"), .amountNotNumeric),
        (debit("<InstdAmt Ccy='EUR'>-5.00</InstdAmt>"), .amountNotNumeric),
        (debit("<InstdAmt Ccy='EUR'>99999999999999999999</InstdAmt>"), .amountTooLarge),
        (debit("<PmtId><EndToEndId>1</EndToEndId></PmtId>"), .fieldMissing),
        ("<Document><RmtAdvc><GrpHdr><CpyInd>NO</CpyInd></GrpHdr><RmtInf/></RmtAdvc></Document>", .fieldInvalid),
        (
            debit("<InstdAmt>1</InstdAmt><RmtInf>" + String(repeating: "<Ustrd/>", count: 10_001) + "</RmtInf>"),
            .xmlLimit
        ),
    ]

    @Test(arguments: damaged) func `guesses no damaged field`(text: String, reason: Reason) {
        #expect(read(text).refusal == reason)
    }

    @Test func `shows no bank account in a message`() throws {
        for file in Self.files {
            let faults = contract(file).read(try contract(file).bytes()).faults
            #expect(faults.allSatisfy { !$0.message.contains("0000000123") && !$0.message.contains("0000559910") })
        }
    }

    @Test func `no random bytes stop the program`() throws {
        var random = SeededGenerator(seed: CamtTesting.seed("damaged payment messages"))
        for file in Self.files {
            let original = try contract(file).bytes()
            for _ in 0..<200 {
                var bytes = original
                for _ in 0..<Int.random(in: 1...8, using: &random) {
                    bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
                let whole = contract(file).read(bytes)
                guard let claim = try? recognise(Array(bytes.prefix(Format.headSize)), among: [iso20022]) else {
                    continue
                }
                let cut = Int.random(in: 0...bytes.count, using: &random)
                #expect(LayoutTesting.read(bytes, cuts: [cut], claim.makeReader) == whole)
            }
        }
    }
}

/// Messages of real banks and of other projects.
struct PaymentMessageSampleTests {
    private static let files = Samples.files("remt001", "pain002", ending: ".xml")
    private static let areHere = !files.isEmpty

    @Test func `no sample is skipped unseen`() {
        print(
            Self.files.isEmpty
                ? "SKIPPED: the samples of remt.001 and pain.002 are not here; 0 are read"
                : "samples: \(Self.files.count) messages of remt.001 and pain.002 are read")
    }

    @Test(.enabled(if: areHere, "SKIPPED: shared/samples is not here"))
    func `no real message is refused but the one without remittance`() throws {
        for url in Self.files {
            let reading = LayoutTesting.read(try LayoutTesting.bytes(url), among: builtInFormats)
            let isEmpty = url.lastPathComponent.contains("valid_remt_v04")
            #expect(reading.refusal == (isEmpty ? .messageEmpty : nil), "\(url.lastPathComponent)")
            #expect(reading.items.isEmpty == isEmpty, "\(url.lastPathComponent)")
            for item in reading.items where item.kind == .answer {
                #expect(item.original?.code.isEmpty == false, "\(url.lastPathComponent)")
            }
        }
    }
}
