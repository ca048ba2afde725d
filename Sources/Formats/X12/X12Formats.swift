internal import Model

/// X12 820, Payment Order/Remittance Advice, in every version, with its envelopes or without.
package let x12PaymentOrder = x12(
    "820", "RA", name: "X12 820", "payment order and remittance advice, with or without envelopes", .advice)

/// X12 823, Lockbox, in every version, with its envelopes or without.
package let x12Lockbox = x12(
    "823", "LB", name: "X12 823", "lockbox deposits, batches, checks and what they pay", .payment)

/// A file is of the one of these sets that stands first in it; the reader takes either. Where the head holds no set,
/// its group tells.
private func x12(_ set: String, _ group: String, name: String, _ summary: String, _ kind: ItemKind) -> Format {
    Format(name: name, summary: summary, becomes: [kind]) { head in
        let head = X12Head(head)
        guard head.first == set || head.first == nil && head.group == group else { return nil }
        return Claim(format: "x12-\(set)", version: head.version) { Interchange() }
    }
}

/// The first bytes of a file that begins with ISA, GS or ST.
private struct X12Head {
    /// The number of the first set of these (ST01), the first group's code (GS01) and version (GS08).
    private(set) var first: String?
    private(set) var group: String?
    private(set) var version: String?

    init(_ head: [UInt8]) {
        let body = head.drop { $0 <= 32 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
        guard ["ISA", "GS", "ST"].contains(where: { body.starts(with: $0.utf8) }) else { return }
        var cutter = SegmentCutter()
        for byte in head {
            let segment: CutSegment?
            do { segment = try cutter.take(byte) } catch { return }
            guard let segment else { continue }
            if segment.name == "GS", group == nil {
                group = segment[1]
                version = segment[8].isEmpty ? nil : segment[8]
            }
            // An acknowledgement or a foreign set before it does not make the file another's.
            if segment.name == "ST", ["820", "823"].contains(segment[1]) {
                first = segment[1]
                return
            }
        }
    }
}
