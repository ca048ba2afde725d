import Model

// The start of a file: a byte order mark and lines that the layout passes over.
extension RowSplitter {
    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    mutating func takeMark(_ input: Span<UInt8>, _ at: inout Int, _ matched: Int) throws(FileRefused) {
        guard encoding == .utf8, input[at] == RowSplitter.mark[matched] else { return try replayMark(matched) }
        at += 1
        if matched == 2 { leaveMark() } else { state = .bom(matched: matched + 1) }
    }

    /// The file begins like a mark and goes on otherwise: those bytes belong to its first field.
    mutating func replayMark(_ matched: Int) throws(FileRefused) {
        leaveMark()
        for byte in RowSplitter.mark.prefix(matched) {
            try append(byte)
            highBits |= byte
        }
    }

    private mutating func leaveMark() { state = linesToSkip > 0 ? .skippedLine : .fieldStart }

    mutating func skip(_ input: Span<UInt8>, _ at: inout Int) {
        let byte = input[at]
        at += 1
        if byte == 0x0A, lastCarriageReturn == base + at - 2 { return }
        guard byte == 0x0A || byte == 0x0D else { return }
        countLine(byte == 0x0D ? ByteClass.carriageReturn : ByteClass.lineFeed, at: at - 1)
        linesToSkip -= 1
        row.clear()
        row.position = Position(line: line, record: 1, byte: base + at)
        if linesToSkip == 0 { state = .fieldStart }
    }
}
