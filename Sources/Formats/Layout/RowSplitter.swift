import Model

/// Cuts bytes into rows and rows into fields: RFC 4180 where there is a separator, plain lines where there is none.
///
/// It is a state machine over bytes whose state outlives the piece it was given, so that pieces may be cut
/// anywhere. CRLF, LF and CR all end a row. A byte order mark, blank lines and a Ctrl-Z at the end are passed over.
struct RowSplitter {
    /// No genuine field comes near it; a missing quote does.
    static let fieldMax = 65_536
    static let rowMax = 1_048_576
    static let fieldsMax = 4096

    enum State {
        case bom(matched: Int)
        case skippedLine
        case fieldStart
        case plain
        case quoted
        case quoteInQuoted
        case ended
    }

    /// What a byte means outside quotes. Everything else is part of a field.
    enum ByteClass {
        static let plain: UInt8 = 0
        static let separator: UInt8 = 1
        static let quote: UInt8 = 2
        static let carriageReturn: UInt8 = 3
        static let lineFeed: UInt8 = 4
        static let ctrlZ: UInt8 = 5
        static let nul: UInt8 = 6
    }

    /// The row that `next` or `finish` found.
    var row = Row()
    private let classes: [UInt8]
    let separator: UInt8?
    let quote: UInt8?
    let encoding: Encoding
    var state = State.bom(matched: 0)
    var linesToSkip: Int
    private var fieldStart = 0
    var startsRow = true
    private var sawQuote = false
    var highBits: UInt8 = 0
    var base = 0
    var line = 1
    var records = 0
    var lastCarriageReturn = -2

    init(separator: UInt8? = nil, quote: UInt8? = nil, encoding: Encoding, skipping lines: Int = 0) {
        var classes = [UInt8](repeating: ByteClass.plain, count: 256)
        classes[0x00] = ByteClass.nul
        classes[0x0A] = ByteClass.lineFeed
        classes[0x0D] = ByteClass.carriageReturn
        classes[0x1A] = ByteClass.ctrlZ
        if let separator { classes[Int(separator)] = ByteClass.separator }
        if let quote { classes[Int(quote)] = ByteClass.quote }
        self.classes = classes
        self.separator = separator
        self.quote = quote
        self.encoding = encoding
        linesToSkip = lines
    }

    /// Goes on at `at` to the end of the next row, or to the end of the piece (false).
    mutating func next(_ input: Span<UInt8>, _ at: inout Int) throws(FileRefused) -> Bool {
        if startsRow {
            passLineFeed(input, &at)
            beginRow(at: at)
            if try takeWholeRow(input, &at) { return true }
        }
        while at < input.count {
            if try step(input, &at), try completes() { return true }
        }
        base += input.count
        return false
    }

    /// Whether a Ctrl-Z ended the text.
    var isEnded: Bool { if case .ended = state { true } else { false } }

    /// Ends the file; true where a last row without line end was left.
    mutating func finish() throws(FileRefused) -> Bool {
        switch state {
        case .quoted:
            try checkField()
            throw malformed("a quoted field that begins in this row never ends")
        case .bom(let matched) where matched > 0: try replayMark(matched)
        case .bom, .skippedLine, .ended: return false
        default: break
        }
        if startsRow { return false }
        endField()
        return try completes()
    }

    private mutating func beginRow(at: Int) {
        startsRow = false
        row.clear()
        row.position = Position(line: line, record: records + 1, byte: base + at)
        fieldStart = 0
        sawQuote = false
        highBits = 0
    }

    /// Takes one byte, or a run of plain ones; true at the end of a row.
    private mutating func step(_ input: Span<UInt8>, _ at: inout Int) throws(FileRefused) -> Bool {
        switch state {
        case .bom(let matched): try takeMark(input, &at, matched)
        case .skippedLine: skip(input, &at)
        case .fieldStart, .plain: return try takePlain(input, &at)
        case .quoted: try takeQuoted(input, &at)
        case .quoteInQuoted: return try afterQuote(input, &at)
        case .ended:
            guard [0x0A, 0x0D, 0x1A, 0x20].contains(input[at]) else {
                throw malformed("bytes stand behind the end-of-file mark (Ctrl-Z)")
            }
            at += 1
        }
        return false
    }

    private mutating func takePlain(_ input: Span<UInt8>, _ at: inout Int) throws(FileRefused) -> Bool {
        try takeRun(input, &at, quoted: false)
        guard at < input.count else { return false }
        let byteClass = classes[Int(input[at])]
        guard byteClass != ByteClass.plain else { return false }
        at += 1
        switch byteClass {
        case ByteClass.quote:
            guard case .fieldStart = state, row.length == fieldStart else {
                throw malformed("a quote stands inside a field that does not begin with one")
            }
            state = .quoted
            sawQuote = true
            return false
        case ByteClass.nul: throw nul()
        default: return try take(mark: byteClass, at: at - 1)
        }
    }

    /// Takes a separator, line end or Ctrl-Z outside quotes; true where it ends the row.
    private mutating func take(mark: UInt8, at: Int) throws(FileRefused) -> Bool {
        if mark == ByteClass.lineFeed, lastCarriageReturn == base + at - 1 {
            row.position.byte = base + at + 1
            return false
        }
        try checkField()
        endField()
        switch mark {
        case ByteClass.separator:
            guard row.count < RowSplitter.fieldsMax else {
                throw malformed("the row has more than \(RowSplitter.fieldsMax) fields")
            }
            return false
        case ByteClass.ctrlZ: state = .ended
        default: countLine(mark, at: at)
        }
        return true
    }

    private mutating func takeQuoted(_ input: Span<UInt8>, _ at: inout Int) throws(FileRefused) {
        try takeRun(input, &at, quoted: true)
        guard at < input.count else { return }
        let byte = input[at]
        let byteClass = classes[Int(byte)]
        switch byteClass {
        case ByteClass.quote: state = .quoteInQuoted
        case ByteClass.nul: throw nul()
        case ByteClass.plain: return
        default:
            if byteClass == ByteClass.lineFeed || byteClass == ByteClass.carriageReturn {
                if byteClass == ByteClass.carriageReturn || lastCarriageReturn != base + at - 1 {
                    countLine(byteClass, at: at)
                }
            }
            try append(byte)
        }
        at += 1
    }

    private mutating func afterQuote(_ input: Span<UInt8>, _ at: inout Int) throws(FileRefused) -> Bool {
        let byte = input[at]
        at += 1
        switch classes[Int(byte)] {
        case ByteClass.quote:
            try append(byte)
            state = .quoted
            return false
        case ByteClass.plain: throw malformed("something stands behind the closing quote of a field")
        case ByteClass.nul: throw nul()
        case let mark: return try take(mark: mark, at: at - 1)
        }
    }

    /// Copies plain bytes up to the next byte that means something, the end of the piece or of the buffer.
    @inline(__always)
    private mutating func takeRun(_ input: Span<UInt8>, _ at: inout Int, quoted: Bool) throws(FileRefused) {
        if row.length == row.bytes.count { try grow() }
        let start = at
        highBits |= RowSplitter.copyRun(input, &at, classes, into: &row)
        if at > start, !quoted { state = .plain }
    }

    /// The one loop over bytes that counts for speed; gives all copied bytes, or-ed.
    @inline(__always)
    private static func copyRun(
        _ input: Span<UInt8>, _ at: inout Int, _ classes: [UInt8], into row: inout Row
    ) -> UInt8 {
        let table = classes.span
        var length = row.length
        var index = at
        var bits: UInt8 = 0
        let end = min(input.count, at + row.bytes.count - length)
        var out = row.bytes.mutableSpan
        while index < end {
            let byte = input[index]
            guard table[Int(byte)] == ByteClass.plain else { break }
            out[length] = byte
            bits |= byte
            length += 1
            index += 1
        }
        row.length = length
        at = index
        return bits
    }

    mutating func append(_ byte: UInt8) throws(FileRefused) {
        if row.length == row.bytes.count { try grow() }
        row.bytes[row.length] = byte
        row.length += 1
    }

    private mutating func grow() throws(FileRefused) {
        try checkField()
        guard row.length < RowSplitter.rowMax else {
            throw FileRefused(
                .fieldTooLong, at: row.position, "the row is longer than \(RowSplitter.rowMax) bytes")
        }
        row.bytes += repeatElement(0, count: row.bytes.count)
    }

    private func checkField() throws(FileRefused) {
        guard row.length - fieldStart > RowSplitter.fieldMax else { return }
        throw FileRefused(
            .fieldTooLong, at: row.position,
            "field \(row.count + 1) is longer than \(RowSplitter.fieldMax) bytes; a quote or a line end may be missing")
    }

    @inline(__always) private mutating func endField() {
        row.appendField(from: fieldStart, to: row.length)
        fieldStart = row.length
        state = .fieldStart
    }

    mutating func countLine(_ mark: UInt8, at: Int) {
        line += 1
        if mark == ByteClass.carriageReturn { lastCarriageReturn = base + at }
    }

    /// Ends the row; false where it is a blank line, which is passed over.
    private mutating func completes() throws(FileRefused) -> Bool {
        startsRow = true
        try checkField()
        if row.count == 1, row.length == 0, !sawQuote {
            if case .ended = state {} else { state = .fieldStart }
            row.clear()
            row.position = Position(line: line, record: records + 1, byte: row.position.byte + 1)
            startsRow = false
            return false
        }
        if highBits >= 0x80 { try checkEncoding() }
        records += 1
        return true
    }

    func checkEncoding() throws(FileRefused) {
        // Field by field: bytes on both sides of a separator must not make one character.
        for field in 0..<row.count where !encoding.accepts(row.bytes.span.extracting(row.range(field))) {
            throw FileRefused(
                .encodingInvalid, at: row.position,
                "field \(field + 1) holds bytes that are not \(encoding.rawValue), the encoding that the layout states")
        }
    }

    private func malformed(_ message: String) -> FileRefused {
        FileRefused(.recordMalformed, at: row.position, message)
    }

    private func nul() -> FileRefused {
        FileRefused(
            .encodingInvalid, at: Position(line: line, record: records + 1, byte: row.position.byte),
            "a NUL byte stands in the text, expected \(encoding.rawValue)")
    }
}
