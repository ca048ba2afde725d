import Foundation
import Model
import Testing

@testable import Formats

/// Files that are attacks, damaged, or no files of these sets.
struct X12HostileTests {
    private static func set(_ inside: String) -> String { "ST*820*1~\(inside)SE*0*1~" }

    static let damaged: [(String, Reason)] = [
        (set("BPR*C*10,00*C*ACH~"), .amountNotNumeric), (set("BPR*C*(10)*C*ACH~"), .amountNotNumeric),
        (set("BPR*C*10-*C*ACH~"), .amountNotNumeric), (set("BPR*C**C*ACH~"), .amountNotNumeric),
        (set("BPR*C*.*C*ACH~"), .amountNotNumeric), (set("BPR*C*99999999999999999999*C~"), .amountTooLarge),
        (set("BPR*C*10*X*ACH~"), .fieldInvalid), (set("BPR*C*10~"), .fieldInvalid), (set("TRN*1*2~"), .fieldMissing),
        (set("BPR*C*10*C~BPR*C*10*C~"), .recordOutOfOrder), (set("BPR*C*10*C~RMR*IV*1**1O~"), .amountNotNumeric),
        ("ST*820*1~BPR*C*10*C~ST*820*2~", .recordOutOfOrder), ("ST*820*1~BPR*C*10*C~", .fileTruncated),
        ("ST*820*1~BPR*C*10*C~SE*3*1~BPR*C*10*C~", .recordOutOfOrder), ("ST*820*1", .formatUnknown),
        ("ST*820*1~SE*2*1~ST*810*2~SE*2*2~", .fieldMissing), ("ST*810*2~SE*2*2~", .formatUnknown),
        ("ST*823*1~BPR*C*10*C~SE*3*1~", .recordOutOfOrder), ("ST*823*1~BAT*20260302~SE*3*1~", .recordOutOfOrder),
        ("ST*823*1~SE*2*1~", .fieldMissing), ("ST*823*1~DEP*1*20260302~BPR*C*-1*C~SE*4*1~", .fieldInvalid),
        ("GS*RA*A*B*20260302*0800*3*X*004010~ST*820*1~BPR*C*1*C~SE*3*1~", .fileTruncated),
        ("GS*RA*A*B*20260302*0800*3*X*004010~GE*0*3~", .messageEmpty),
        ("ISA*00**00**ZZ*A*ZZ*B*260302*0800*U*00401*6*0*P*:~GS*RA*A*B*1*2*3*X*004010~GE*0*3~", .fileTruncated),
        ("ISA*00**00**ZZ*A*ZZ*B*260302*0800*U*00401*6*0*P*:x", .formatUnknown), ("ISA*ST*820*1~", .formatUnknown),
        ("ISA", .formatUnknown), ("ISA" + String(repeating: "*", count: 9), .formatUnknown),
        ("STATUS,A", .formatUnknown),
    ]

    @Test(arguments: damaged) func `refuses nothing for another reason than the true one`(text: String, reason: Reason)
    {
        let reading = X12Tests.read(text)
        #expect(reading.refusal == reason, "\(reading.camtText)")
    }

    @Test func `reads past no set that may carry money`() {
        let text = "ST*820*1~BPR*C*10*C~SE*3*1~ST*824*2~BPR*C*10*C~SE*3*2~"
        #expect(X12Tests.read(text).refusal == .recordUnknown)
    }

    @Test func `takes no acknowledgement before an advice for the whole file`() {
        let text = "ST*997*1~AK1*PO*1~SE*3*1~ST*820*2~BPR*C*10*C~SE*3*2~"
        #expect(X12Tests.read(text).refusal == nil)
        #expect(X12Tests.read(text).items.count == 1)
        #expect(X12Tests.read(text.replacing("997", with: "810")).refusal == .recordUnknown)
    }

    @Test func `holds no segment, element list or note without end`() {
        let long = "ST*820*1~NTE*GEN*" + String(repeating: "x", count: 1 << 20)
        #expect(X12Tests.read(long).refusal == .fieldTooLong)
        let wide = Self.set("BPR*C*10*C~NTE" + String(repeating: "*", count: 1001) + "~")
        #expect(X12Tests.read(wide).refusal == .recordMalformed)
        let many = Self.set("BPR*C*10*C~" + String(repeating: "RMR*IV*1**0~", count: 10_001))
        #expect(X12Tests.read(many).refusal == .recordMalformed)
        let unknown = Self.set("BPR*C*10*C~" + String(repeating: "ZZZ~", count: 5000))
        #expect(X12Tests.read(unknown).faults.count < 200)
    }

    @Test func `refuses nothing at a limit that is just kept`() {
        let text = Self.set(
            "BPR*C*10*C~NTE*GEN*\(String(repeating: "x", count: 65_000))~NTE\(String(repeating: "*", count: 999))~"
                + String(repeating: "RMR*IV*1**.001~", count: 0) + String(repeating: "RMR*IV*1**0~", count: 9_999)
                + "RMR*IV*1**10~")
        #expect(X12Tests.read(text).refusal == nil)
        #expect(X12Tests.read(text).items.first?.lines.count == 10_000)
    }

    @Test func `shows no bank account in a message`() throws {
        for file in X12Tests.files {
            let faults = X12Tests.contract(file).read(try X12Tests.contract(file).bytes()).faults
            #expect(faults.allSatisfy { !$0.message.contains("0000559910") && !$0.message.contains("00001234") })
        }
    }

    @Test func `loses no letter that is not UTF-8`() {
        let bytes = Array("ST*820*1~BPR*C*10*C~N1*PR*Z".utf8) + [0xF6] + Array("~SE*4*1~".utf8)
        #expect(LayoutTesting.read(bytes, among: X12Tests.formats).items.first?.payer == "Z\u{F6}")
    }

    @Test func `no random bytes stop the program`() throws {
        var random = SeededGenerator(seed: CamtTesting.seed("damaged X12"))
        for file in X12Tests.files {
            let original = try X12Tests.contract(file).bytes()
            for _ in 0..<500 {
                var bytes = original
                for _ in 0..<Int.random(in: 1...8, using: &random) {
                    bytes[Int.random(in: bytes.indices, using: &random)] =
                        [UInt8.random(in: 0...255, using: &random), 0x2A, 0x7E, 0x0A].randomElement(using: &random)!
                }
                let whole = LayoutTesting.read(bytes, cuts: []) { Interchange() }
                let cut = Int.random(in: 0...bytes.count, using: &random)
                #expect(LayoutTesting.read(bytes, cuts: [cut]) { Interchange() } == whole)
            }
        }
        for _ in 0..<500 {
            let noise = (0..<200).map { _ in UInt8.random(in: 0...255, using: &random) }
            #expect(LayoutTesting.read(Array("ISA*".utf8) + noise, cuts: []) { Interchange() }.isRefused)
        }
    }

    @Test func `gathers no file before it is told`() throws {
        var reader = Interchange()
        var events: [ReadEvent] = []
        var most = 0
        let set = Array("ST*820*1~BPR*C*10*C*ACH~RMR*IV*B-1**10~SE*4*1~".utf8)
        for _ in 0..<20_000 {
            try reader.feed(set.span, into: &events)
            most = max(most, events.count)
            events.removeAll(keepingCapacity: true)
        }
        #expect(most <= 4, "the most events of one set")
    }
}

/// Files of other projects.
struct X12SampleTests {
    private static let files = Samples.files("x12")
    private static let areHere = !files.isEmpty

    @Test func `no sample is skipped unseen`() {
        if Self.areHere { return print("samples: \(Self.files.count) X12 files are read") }
        print("SKIPPED: the samples of X12 are not here; 0 are read")
    }

    @Test(.enabled(if: areHere, "SKIPPED: shared/samples is not here"))
    func `no real advice differs from what it says`() throws {
        for url in Self.files {
            let reading = LayoutTesting.read(try LayoutTesting.bytes(url), among: builtInFormats)
            #expect(reading.refusal == nil && reading.faults.isEmpty, "\(url.lastPathComponent)")
            for item in reading.items {
                #expect(item.lines.compactMap(\.amount).sum == item.amount, "\(url.lastPathComponent)")
                #expect(!item.endToEnd.isEmpty && !item.payer.isEmpty)
            }
            #expect(reading.items.map(\.amount) == [Cents(798_973)], "\(url.lastPathComponent)")
        }
    }
}
