internal import Model

/// Cuts bytes into physical lines. CRLF, LF and CR all end one; blank lines and a byte order mark are passed over.
struct BAI2Lines {
    /// No genuine record comes near it, continuations included; a missing line end does.
    static let most = 65_536
    static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// The line that `next` or `finish` found, without its end.
    private(set) var line: [UInt8] = []
    private(set) var position = Position(line: 1)
    private var isDone = false
    private var isEnded = false
    private var lastWasReturn = false
    private var number = 1
    private var byte = 0

    /// Goes on at `at` to the end of the next line that is not blank, or to the end of the piece (false).
    mutating func next(_ input: Span<UInt8>, _ at: inout Int) throws(FileRefused) -> Bool {
        if isDone { begin() }
        while at < input.count {
            let found = input[at]
            at += 1
            defer { byte += 1 }
            if try take(found) { return true }
        }
        return false
    }

    /// Ends the file; true where a last line without end was left.
    mutating func finish() -> Bool {
        if isDone { begin() }
        return !isBlankLine
    }

    private mutating func begin() {
        line.removeAll(keepingCapacity: true)
        isDone = false
    }

    private var isBlankLine: Bool { line.allSatisfy(BAI2Byte.isBlank) || line == BAI2Lines.mark }

    /// Takes one byte; true where it ends a line that is not blank.
    private mutating func take(_ found: UInt8) throws(FileRefused) -> Bool {
        let isSecondOfPair = lastWasReturn && found == BAI2Byte.lineFeed
        lastWasReturn = found == BAI2Byte.carriageReturn
        if isSecondOfPair { return false }
        if BAI2Byte.isLineEnd(found) { return endLine() }
        if line.isEmpty { position = Position(line: number, byte: byte) }
        if isEnded { return try takeBehindEnd(found) }
        if found == BAI2Byte.endOfFile {
            isEnded = true
            return endLine()
        }
        try append(found)
        return false
    }

    private mutating func endLine() -> Bool {
        number += 1
        if isBlankLine {
            line.removeAll(keepingCapacity: true)
        } else {
            isDone = true
        }
        return isDone
    }

    private mutating func append(_ found: UInt8) throws(FileRefused) {
        guard found >= 0x20 || found == 0x09 else {
            throw FileRefused(
                .encodingInvalid, at: position, "found a control character (\(found)); expected text in ASCII")
        }
        guard line.count < BAI2Lines.most else {
            throw FileRefused(
                .fieldTooLong, at: position,
                "the line is longer than \(BAI2Lines.most) bytes; a line end may be missing")
        }
        line.append(found)
        if line == BAI2Lines.mark, number == 1 { line.removeAll() }
    }

    private func takeBehindEnd(_ found: UInt8) throws(FileRefused) -> Bool {
        guard BAI2Byte.isBlank(found) || found == BAI2Byte.endOfFile else {
            throw FileRefused(
                .recordMalformed, at: position, "found bytes behind the end-of-file mark (Ctrl-Z); expected none")
        }
        return false
    }
}
