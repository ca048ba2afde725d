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
            let start = at
            let isWhole = try takeRun(input, &at) ? false : takeMark(input[at])
            if at == start { at += 1 }
            byte += at - start
            if isWhole { return true }
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

    private var isBlankLine: Bool { line.allSatisfy(BAI2Byte.isBlank) }

    /// Takes the text up to the next line end, control character or end of the piece; false where there is none.
    private mutating func takeRun(_ input: Span<UInt8>, _ at: inout Int) throws(FileRefused) -> Bool {
        let start = at
        while at < input.count, input[at] >= 0x20 || input[at] == 0x09 { at += 1 }
        guard at > start else { return false }
        lastWasReturn = false
        if line.isEmpty { position = Position(line: number, byte: byte) }
        if isEnded {
            for index in start..<at where !BAI2Byte.isBlank(input[index]) {
                position.byte = byte + index - start
                throw behindEnd()
            }
            return true
        }
        guard line.count + at - start <= BAI2Lines.most else {
            throw FileRefused(
                .fieldTooLong, at: position,
                "the line is longer than \(BAI2Lines.most) bytes; a line end may be missing")
        }
        for index in start..<at { line.append(input[index]) }
        if position.byte == 0, line.starts(with: BAI2Lines.mark) {
            line.removeFirst(BAI2Lines.mark.count)
            position.byte = BAI2Lines.mark.count
        }
        return true
    }

    /// Takes a line end or another control character; true where it ends a line that is not blank.
    private mutating func takeMark(_ found: UInt8) throws(FileRefused) -> Bool {
        let isSecondOfPair = lastWasReturn && found == BAI2Byte.lineFeed
        lastWasReturn = found == BAI2Byte.carriageReturn
        if isSecondOfPair { return false }
        if BAI2Byte.isLineEnd(found) { return endLine() }
        if line.isEmpty { position = Position(line: number, byte: byte) }
        if found == BAI2Byte.endOfFile {
            isEnded = true
            return endLine()
        }
        throw isEnded
            ? behindEnd()
            : FileRefused(
                .encodingInvalid, at: position, "found a control character (\(found)); expected text in ASCII")
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

    private func behindEnd() -> FileRefused {
        FileRefused(
            .recordMalformed, at: position, "found bytes behind the end-of-file mark (Ctrl-Z); expected none")
    }
}
