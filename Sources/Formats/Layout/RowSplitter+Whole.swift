import Model

// The short way: a row that stands whole in its piece, with nothing in it but fields and separators.
//
// Nearly every row of a bank file is one. Eight bytes are looked at together, and the row is copied at once. Whatever
// else a row holds (a quote, a control character, the end of the piece) is left to the state machine, byte by byte, so
// that the two ways differ in nothing but time: a third of it. All that is unsafe about rows stands in this file and in
// those of `EightBytes` and `PlainLine`.
extension RowSplitter {
    /// Whether a row ended with the byte before, and no line is to be skipped.
    var isBetweenRows: Bool { if startsRow, case .fieldStart = state { true } else { false } }

    /// Counts lines that another way took as rows.
    mutating func pass(lines taken: Int) {
        line += taken
        records += taken
    }

    /// Passes over the second byte of a CRLF whose first ended the row before.
    mutating func passLineFeed(_ input: Span<UInt8>, _ at: inout Int) {
        guard case .fieldStart = state, at < input.count, input[at] == 0x0A, lastCarriageReturn == base + at - 1
        else { return }
        at += 1
    }

    /// Takes the whole row that begins at `at`; false, and nothing done, where it is not one for the short way.
    mutating func takeWholeRow(_ input: Span<UInt8>, _ at: inout Int) throws(FileRefused) -> Bool {
        guard case .fieldStart = state else { return false }
        let start = at
        let found = input.withUnsafeBufferPointer { bytes in
            row.fields.withUnsafeMutableBufferPointer { fields in
                var scan = RowScan(separator: separator, quote: quote, fields: fields)
                return scan.run(bytes, from: start, most: row.bytes.count) ? scan : nil
            }
        }
        guard let found else { return false }
        input.withUnsafeBufferPointer { bytes in
            row.bytes.withUnsafeMutableBufferPointer { copy in
                copy.baseAddress!.update(from: bytes.baseAddress! + start, count: found.length)
            }
        }
        row.length = found.length
        row.count = found.count
        row.isPlain = !found.sawTab
        at = start + found.length + found.endLength
        if found.endLength == 2 { lastCarriageReturn = base + at - 2 }
        line += 1
        records += 1
        startsRow = true
        if found.hasHighBits { try checkEncoding() }
        return true
    }
}

/// One look along a row for its separators and its end.
private struct RowScan {
    private let separators: EightBytes?
    private let quotes: EightBytes
    private let fields: UnsafeMutableBufferPointer<Range<Int>>
    /// How many fields were found, and the row's bytes, separators included.
    private(set) var count = 0
    private(set) var length = 0
    /// 1 for LF, 2 for CRLF.
    private(set) var endLength = 1
    private(set) var sawTab = false
    private(set) var hasHighBits = false

    /// Where there is no quote, LF stands for it: it ends the row before it could be asked about.
    init(separator: UInt8?, quote: UInt8?, fields: UnsafeMutableBufferPointer<Range<Int>>) {
        separators = separator.map { EightBytes(repeating: $0) }
        quotes = EightBytes(repeating: quote ?? 0x0A)
        self.fields = fields
    }

    /// Looks from `start` on; true where the row ends within the bytes and is plain.
    mutating func run(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, most: Int) -> Bool {
        let base = UnsafeRawPointer(bytes.baseAddress! + start)
        let end = min(bytes.count - start, most)
        guard let separators else { return line(base, end) }
        var high: UInt64 = 0
        var fieldStart = 0
        var place = 0
        var count = 0
        while place &+ 8 <= end {
            let eight = EightBytes(base, at: place)
            var parts = eight.same(as: separators)
            var stops = (eight.controls | eight.same(as: quotes)) & ~parts
            while true {
                // What stands behind the row in its last eight bytes is of the next: only lower marks are its own.
                let before = EightBytes.before(stops)
                var own = parts & before
                while own != 0 {
                    guard count < fields.count - 1 else { return false }
                    let found = place &+ EightBytes.place(own)
                    fields[count] = Range(uncheckedBounds: (fieldStart, found))
                    count &+= 1
                    fieldStart = found &+ 1
                    own &= own &- 1
                }
                if stops == 0 { break }
                let byte = eight.byte(at: stops)
                guard byte == 0x09 else {
                    self.count = count
                    hasHighBits = high | eight.high & before != 0
                    return ends(byte, at: place &+ EightBytes.place(stops), fieldStart, base, end)
                }
                sawTab = true
                parts &= ~before
                stops &= stops &- 1
            }
            high |= eight.high
            place &+= 8
        }
        return false
    }

    /// Looks along a row that has no separators.
    private mutating func line(_ base: UnsafeRawPointer, _ end: Int) -> Bool {
        var high: UInt64 = 0
        var place = 0
        while place &+ 8 <= end {
            let eight = EightBytes(base, at: place)
            var stops = eight.controls
            while stops != 0 {
                let byte = eight.byte(at: stops)
                guard byte == 0x09 else {
                    hasHighBits = high | eight.high & EightBytes.before(stops) != 0
                    return ends(byte, at: place &+ EightBytes.place(stops), 0, base, end)
                }
                sawTab = true
                stops &= stops &- 1
            }
            high |= eight.high
            place &+= 8
        }
        return false
    }

    /// Whether the byte ends a row that is not blank, and no field of it is too long.
    private mutating func ends(
        _ byte: UInt8, at place: Int, _ fieldStart: Int, _ base: UnsafeRawPointer, _ end: Int
    ) -> Bool {
        if byte == 0x0D {
            guard place + 1 < end, base.load(fromByteOffset: place + 1, as: UInt8.self) == 0x0A else { return false }
            endLength = 2
        } else if byte != 0x0A {
            return false
        }
        guard place > 0, place <= RowSplitter.fieldMax else { return false }
        fields[count] = fieldStart..<place
        count += 1
        length = place
        return true
    }
}
