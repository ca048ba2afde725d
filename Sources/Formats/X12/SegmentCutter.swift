internal import Model

/// One segment of an X12 file, cut into its elements.
struct CutSegment {
    let position: Position
    private let bytes: [UInt8]
    private let elements: [Range<Int>]

    /// More elements than any segment of the standard has many times over.
    static let mostElements = 1000

    init(_ bytes: [UInt8], separator: UInt8, at position: Position) throws(FileRefused) {
        self.bytes = bytes
        self.position = position
        var elements: [Range<Int>] = []
        var start = 0
        for place in bytes.indices where bytes[place] == separator {
            elements.append(start..<place)
            start = place + 1
            guard elements.count < CutSegment.mostElements else {
                throw FileRefused(
                    .recordMalformed, at: position,
                    "found more than \(CutSegment.mostElements) elements in one segment; expected fewer")
            }
        }
        self.elements = elements + [start..<bytes.count]
    }

    /// The segment's name: `BPR`.
    var name: String { self[0] }

    /// An element without outer blanks by its number in the standard: `BPR02` is 2. Empty where it is not there.
    ///
    /// X12 states no encoding: what is not UTF-8 is taken for Latin-1, in which every byte is a character.
    subscript(_ number: Int) -> String {
        let raw = raw(number)
        return String(validating: raw, as: UTF8.self)
            ?? String(String.UnicodeScalarView(raw.map { Unicode.Scalar($0) }))
    }

    func raw(_ number: Int) -> ArraySlice<UInt8> {
        guard elements.indices.contains(number) else { return [] }
        let element = bytes[elements[number]]
        guard let first = element.firstIndex(where: { $0 > 32 }), let last = element.lastIndex(where: { $0 > 32 })
        else { return [] }
        return element[first...last]
    }
}

/// Cuts an X12 file (ASC X12.5 and X12.6) into segments, whatever its separators are, byte by byte.
///
/// `ISA` states them: its fourth byte separates elements, and the byte behind ISA16, which is one byte long, ends
/// segments. The standard pads ISA to 106 bytes; files that circulate do not, so its elements are counted. A file
/// without envelope begins with `GS` or `ST`; there the first byte behind the last element that no code holds ends
/// segments.
struct SegmentCutter {
    /// Longer than any segment of the standard.
    static let longest = 1 << 16
    /// ISA is 106 bytes long; unpadded it is shorter.
    private static let longestISA = 512

    private enum State {
        case between, inside
        /// In `ISA`, so many element separators seen.
        case interchange(Int)
        /// In the `GS` or `ST` that a file without envelope begins with, so many element separators still to come.
        case bare(Int)
    }

    private var state = State.between
    private var separator: UInt8?
    private var terminator: UInt8?
    private var segment: [UInt8] = []
    private var begin = Position()
    private var record = 0
    private var line = 1
    private var byte = 0

    /// Takes the next byte; gives the segment that it ends.
    mutating func take(_ next: UInt8) throws(FileRefused) -> CutSegment? {
        defer {
            byte += 1
            if next == UInt8(ascii: "\n") { line += 1 }
        }
        switch state {
        case .between:
            // Line ends may stand between segments, a mark at the start and an end of file mark at the end.
            if next <= 32 && next != terminator || byte < 3 && [0xEF, 0xBB, 0xBF].contains(next) { return nil }
            record += 1
            begin = Position(line: line, record: record, byte: byte)
            segment.removeAll(keepingCapacity: true)
            state = .inside
            return try inside(next)
        case .inside: return try inside(next)
        case .interchange(let separators): return try interchange(next, separators)
        case .bare(let separators): return try bare(next, separators)
        }
    }

    /// The segment that the end of the file leaves without terminator.
    mutating func finish() throws(FileRefused) -> CutSegment? {
        switch state {
        case .between: return nil
        case .inside where terminator != nil: return try end()
        default:
            throw refused(.fileTruncated, "found the end of the file in its first segment; expected its terminator")
        }
    }

    private func refused(_ reason: Reason, _ message: String) -> FileRefused { FileRefused(reason, at: begin, message) }

    private mutating func inside(_ next: UInt8) throws(FileRefused) -> CutSegment? {
        if next == terminator { return try end() }
        // Files wrapped at 80 columns have line ends anywhere.
        if next == UInt8(ascii: "\r") || next == UInt8(ascii: "\n") { return nil }
        segment.append(next)
        guard segment.count <= Self.longest else {
            throw refused(.fieldTooLong, "found a segment of more than \(Self.longest) bytes; expected its terminator")
        }
        if segment.count == 3, segment.elementsEqual("ISA".utf8) { state = .interchange(0) }
        if terminator == nil {
            if segment.elementsEqual("ST".utf8) { state = .bare(2) }
            if segment.elementsEqual("GS".utf8) { state = .bare(8) }
            if segment.count > 2, case .inside = state {
                throw refused(.recordMalformed, "found no ISA, GS or ST; expected an X12 file to begin with one")
            }
        }
        return nil
    }

    private mutating func interchange(_ next: UInt8, _ separators: Int) throws(FileRefused) -> CutSegment? {
        if separators == 0 {
            try takeSeparator(next)
            terminator = nil
            state = .interchange(1)
        } else if separators < 16 {
            if next == UInt8(ascii: "\r") || next == UInt8(ascii: "\n") { return nil }
            segment.append(next)
            if next == separator { state = .interchange(separators + 1) }
        } else if separators == 16 {
            segment.append(next)
            state = .interchange(17)
        } else {
            guard next != separator, !Self.isPlain(next) else {
                throw refused(.recordMalformed, "found no terminator behind the 16 elements of ISA; expected one")
            }
            terminator = next
            return try end()
        }
        guard segment.count <= Self.longestISA else {
            throw refused(.recordMalformed, "found fewer than 16 elements in ISA; expected 16")
        }
        return nil
    }

    private mutating func bare(_ next: UInt8, _ separators: Int) throws(FileRefused) -> CutSegment? {
        if separator == nil { return try takeSeparator(next) }
        let isCode = Self.isPlain(next) || next == UInt8(ascii: "-") || next == UInt8(ascii: ".")
        if next == separator {
            segment.append(next)
            state = .bare(max(0, separators - 1))
        } else if separators > 1 || isCode || segment.last == separator {
            segment.append(next)
        } else {
            terminator = next
            return try end()
        }
        guard segment.count <= Self.longestISA else {
            throw refused(.recordMalformed, "found no end of the first segment; expected one")
        }
        return nil
    }

    @discardableResult
    private mutating func takeSeparator(_ next: UInt8) throws(FileRefused) -> CutSegment? {
        guard !Self.isPlain(next), next != UInt8(ascii: "\r"), next != UInt8(ascii: "\n") else {
            throw refused(.recordMalformed, "found no element separator behind the first segment's name; expected one")
        }
        separator = next
        segment.append(next)
        if case .bare(let separators) = state { state = .bare(separators - 1) }
        return nil
    }

    private mutating func end() throws(FileRefused) -> CutSegment? {
        state = .between
        guard let separator, !segment.isEmpty else { return nil }
        return try CutSegment(segment, separator: separator, at: begin)
    }

    /// Letters, digits and blanks, which separate nothing.
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte &- 48 < 10 || (byte | 32) &- 97 < 26 || byte == UInt8(ascii: " ")
    }
}
