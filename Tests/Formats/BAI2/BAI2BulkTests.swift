import Model
import Testing

@testable import Formats

/// One account of very many details: what is held in memory does not grow with it.
struct BAI2BulkTests {
    static let details = 50_000

    @Test func `no account is gathered before it is told`() throws {
        var sum = 0
        var lines: [String] = []
        for number in 1...Self.details {
            sum += number
            lines.append("16,142,\(number),,BR\(number),,TEXT\n88,MORE/")
        }
        let file = BAI2Testing.file(lines.joined(separator: "\n"), total: sum)
        let bytes = Array(file.utf8)
        var reader = BAI2Reader()
        var events: [ReadEvent] = []
        var items = 0
        var most = 0
        var declared: Declared?
        for start in stride(from: 0, to: bytes.count, by: 1 << 16) {
            try reader.feed(bytes.span.extracting(start..<min(start + 1 << 16, bytes.count)), into: &events)
            most = max(most, events.count)
            for event in events {
                if case .item = event { items += 1 }
                if case .batchEnds(let ends) = event { declared = ends }
            }
            events.removeAll(keepingCapacity: true)
        }
        try reader.finish(into: &events)
        // A detail with its continuation has at least 28 bytes.
        #expect(most <= 1 << 16 / 28 + 2, "the most events of one feed")
        #expect(items == Self.details)
        #expect(declared?.turnover == Cents(Int64(sum)))
        #expect(events.count == 1, "only the end of the file is left")
    }
}
