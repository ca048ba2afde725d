import Foundation
import Model
import Testing

@testable import Formats

/// A look for totals is a shorter way to the same: whatever it leaves out, an office would post by.
struct TotalsTests {
    /// Every fixture, of whatever format, those that are refused among them.
    static let fixtures = files(below: LayoutTesting.fixtures)
    private static let samples = LayoutTesting.shared.appending(path: "samples")
    private static let areHere = !LayoutTesting.listing(samples).isEmpty

    @Test
    func `no fixture says less in a look for totals`() throws {
        let formats = try TotalsTesting.formats()
        #expect(Self.fixtures.count > 100)
        for file in Self.fixtures {
            try TotalsTesting.compare(try LayoutTesting.bytes(file), file.path, formats, pieces: [7, 64])
        }
    }

    @Test
    func `no fixture that was changed says less in a look for totals`() throws {
        let formats = try TotalsTesting.formats()
        var random = SeededGenerator(seed: CamtTesting.seed("totals of changed fixtures"))
        for file in Self.fixtures {
            let original = try LayoutTesting.bytes(file)
            guard !original.isEmpty, original.count < 20_000 else { continue }
            for _ in 0..<40 {
                var bytes = original
                let place = Int.random(in: 0..<bytes.count, using: &random)
                let values = [UInt8.random(in: 0...255, using: &random), 0x20, 0x30, 0x39, 0x0A, 0x22, 0x2C]
                let value = values.randomElement(using: &random)!
                // Another byte, a byte less, a line twice: what banks and transfers do to files.
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes.remove(at: place)
                case 1:
                    let end = bytes[place...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
                    let start = bytes[..<place].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
                    bytes.insert(contentsOf: bytes[start..<max(start, end)], at: start)
                default: bytes[place] = value
                }
                try TotalsTesting.compare(bytes, "\(file.path), changed at \(place)", formats, pieces: [])
            }
        }
    }

    @Test(.enabled(if: areHere, "SKIPPED: shared/samples is not here"))
    func `no sample says less in a look for totals`() throws {
        let formats = try TotalsTesting.formats()
        for file in Self.files(below: Self.samples) {
            let bytes = try LayoutTesting.bytes(file)
            guard bytes.count < 2_000_000 else { continue }
            try TotalsTesting.compare(bytes, file.lastPathComponent, formats, pieces: [1000])
        }
    }

    @Test
    func `no payment in several rows says less in a look for totals`() throws {
        let head = "record,lockbox,deposit_date,batch,item,amount,check_number,routing,bank_account,remitter,account,"
        let names = "bill,line_amount,scanline,memo,front,back,coupon\n"
        func row(_ item: String, _ amount: String, _ payer: String, _ line: String) -> String {
            "P,8841,2026-03-02,1,\(item),\(amount),1001,121042882,55,\(payer),,B\(line),\(line),,,,,\n"
        }
        let rows = [
            row("1", "7.00", "Ada", "3.00"), row("1", "7.00", "Ada", "4.00"), row("2", "5.00", "Ben", "x"),
            row("3", "1.00", "Cora", "1.00"), row("3", "1.00", "Dora", "1.00"), row("3", "2.00", "Cora", "1.00"),
        ]
        let end = "B,8841,2026-03-02,1,3,13.00,,,,,,,,,,,,\nT,,,1,3,13.00,,,,,,,,,,,,\n"
        let formats = try TotalsTesting.formats()
        for left in 0...rows.count {
            let text = head + names + rows[left...].joined() + end
            try TotalsTesting.compare(Array(text.utf8), "rows from \(left)", formats, pieces: [1, 50])
        }
    }

    @Test
    func `no currency that is too long for figures is lost in a look for totals`() throws {
        let entry =
            "<Ntry><Amt Ccy=\"WATERPOINTS\">5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts></Ntry>"
        let text = "<Document><BkToCstmrDbtCdtNtfctn><Ntfctn>\(entry)</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"
        var reader: any FormatReader = CamtReader()
        reader.want(.totals)
        var events: [ReadEvent] = []
        let bytes = Array(text.utf8)
        try reader.feed(bytes.span, into: &events)
        try reader.finish(into: &events)
        let told = events.compactMap { if case .item(let item) = $0 { item.currency } else { nil } }
        #expect(told == ["WATERPOINTS"])
    }

    private static func files(below folder: URL) -> [URL] {
        let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
        let files = (all?.allObjects as? [URL] ?? []).filter { url in
            (try? url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true
                && !url.lastPathComponent.hasSuffix(".events.txt")
        }
        return files.sorted { $0.path < $1.path }
    }
}
