import Model
import Testing

@testable import Formats

/// One entry of very many details: what is held in memory does not grow with it.
struct CamtBulkTests {
    static let details = 200_000

    @Test func `no entry is gathered before it is told`() throws {
        var sum: Int64 = 0
        var bytes = Array("<Document><BkToCstmrDbtCdtNtfctn><Ntfctn><Id>1</Id>".utf8)
        var body: [UInt8] = []
        for number in 1...Self.details {
            let cents = Int64(number * 37 % 99_991 + 1)
            sum += cents
            body += "<TxDtls><Amt Ccy=\"USD\">".utf8
            body += Cents(cents).description.utf8
            body += "</Amt></TxDtls>\n".utf8
        }
        bytes += "<Ntry><Amt Ccy=\"USD\">\(Cents(sum))</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><NtryDtls>".utf8
        bytes += "<Btch><NbOfTxs>\(Self.details)</NbOfTxs></Btch>".utf8
        bytes += body
        bytes += "</NtryDtls></Ntry></Ntfctn></BkToCstmrDbtCdtNtfctn></Document>".utf8

        var reader = CamtReader()
        var events: [ReadEvent] = []
        var items = 0
        var most = 0
        var read: Int64 = 0
        var declared: Declared?
        func drain() {
            most = max(most, events.count)
            for event in events {
                if case .item(let item) = event {
                    items += 1
                    read += item.amount?.rawValue ?? 0
                    if item.number != String(items) { Issue.record("item \(items) is numbered \(item.number)") }
                }
                if case .batchEnds(let ends) = event { declared = ends }
            }
            events.removeAll(keepingCapacity: true)
        }
        for start in stride(from: 0, to: bytes.count, by: 1 << 16) {
            try reader.feed(bytes.span.extracting(start..<min(start + 1 << 16, bytes.count)), into: &events)
            drain()
        }
        try reader.finish(into: &events)
        drain()
        // A detail has at least 44 bytes; libxml2 holds at most one tag back.
        #expect(most <= 1 << 16 / 44 + 2, "the most events of one feed")
        #expect(items == Self.details)
        #expect(read == sum)
        #expect(declared?.credits?.rawValue == sum)
        #expect(declared?.items == Self.details)
    }
}
