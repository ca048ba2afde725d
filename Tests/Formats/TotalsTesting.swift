import Model
import Testing

@testable import Formats

/// Holds a look for totals against a look for items.
enum TotalsTesting {
    /// Reads the bytes by the one format that claims them, for items and for totals, whole and in pieces.
    static func compare(_ bytes: [UInt8], _ name: String, _ formats: [Format], pieces: [Int]) throws {
        guard let claim = try? recognise(Array(bytes.prefix(Format.headSize)), among: formats) else { return }
        compare(bytes, name, pieces: pieces, claim.makeReader)
    }

    /// Reads the bytes for items and for totals, whole and in pieces.
    static func compare(_ bytes: [UInt8], _ name: String, pieces: [Int], _ makeReader: () -> any FormatReader) {
        let items = LayoutTesting.read(bytes, cuts: [], makeReader).totals
        for piece in [max(1, bytes.count)] + pieces {
            let cuts = Array(stride(from: piece, to: bytes.count, by: piece))
            let totals = LayoutTesting.read(bytes, cuts: cuts) {
                var reader = makeReader()
                reader.want(.totals)
                return reader
            }.totals
            guard totals != items else { continue }
            let pairs = zip(items.events + [.fileEnds(Declared())], totals.events + [.fileEnds(Declared())])
            let apart = pairs.first { $0 != $1 }.map { "\($0)\nagainst\n\($1)" } ?? "the refusal"
            Issue.record("\(name), in pieces of \(piece), for totals: \(apart)")
            return
        }
    }

    /// All formats that a fixture may be of.
    static func formats() throws -> [Format] { builtInFormats + (try LayoutTesting.formats()) }
}

extension LayoutReading {
    /// The same with the figures of items in their place, and without the texts of units.
    fileprivate var totals: LayoutReading {
        var reading = self
        reading.events = events.map { event in
            switch event {
            case .item(let item): return .figures(item.figures)
            case .batchBegins(var batch):
                batch.reference = ""
                return .batchBegins(batch)
            default: return event
            }
        }
        return reading
    }
}
