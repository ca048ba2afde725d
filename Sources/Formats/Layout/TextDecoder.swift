import Model

/// Turns a file's bytes into UTF-8 as they come, however they are cut.
///
/// What is sniffed is decided by the file's head (`Format.headSize` bytes), or, where that is plain ASCII, by the
/// first character that is not.
struct TextDecoder: Sendable {
    private enum Mode {
        case undecided
        /// All bytes so far are ASCII: the first that is not decides.
        case ascii
        case utf8
        case windows1252
        case utf16(isBigEndian: Bool)
    }

    /// What the file was taken for, where that is neither UTF-8 nor ASCII nor what the layout states.
    private(set) var assumption: String?
    /// Whether that was decided behind text that had been given away.
    private(set) var decidedLate = false
    private let source: SourceEncoding
    private var mode: Mode
    private var waiting: [UInt8] = []
    private var surrogate: UInt16?
    /// What refuses the file behind the text that was given: thrown when more is asked for.
    private var refusal: FileRefused?

    init(_ source: SourceEncoding) {
        self.source = source
        mode = source == .windows1252 ? .windows1252 : .undecided
    }

    /// The encoding found, as a layout names it.
    var found: String {
        switch mode {
        case .undecided, .ascii, .utf8: "utf-8"
        case .windows1252: SourceEncoding.windows1252.rawValue
        case .utf16: SourceEncoding.utf16.rawValue
        }
    }

    /// The text of the next bytes, as far as they complete it.
    mutating func decode(_ input: Span<UInt8>) throws(FileRefused) -> [UInt8] {
        if let refusal { throw refusal }
        waiting.reserveCapacity(waiting.count + input.count)
        for index in 0..<input.count { waiting.append(input[index]) }
        if case .undecided = mode {
            guard waiting.count >= Format.headSize else { return [] }
            try decide()
        }
        return drain()
    }

    /// Decides by the bytes that are there, and gives their text.
    mutating func settle() throws(FileRefused) -> [UInt8] {
        if case .undecided = mode { try decide() }
        let text = drain()
        if let refusal { throw refusal }
        return text
    }

    /// Ends the file; a character cut in two refuses it.
    mutating func finish() throws(FileRefused) -> [UInt8] {
        var text = try settle()
        if case .ascii = mode, !waiting.isEmpty {
            assumeWindows(late: true)
            text += drain()
        }
        if let refusal { throw refusal }
        guard waiting.isEmpty, surrogate == nil else {
            throw FileRefused(.encodingInvalid, "the file ends within a character of UTF-16")
        }
        return text
    }

    private mutating func decide() throws(FileRefused) {
        // Only the head decides, however much came with it.
        let head = Array(waiting.prefix(Format.headSize))
        if let isBigEndian = TextDecoder.utf16(head) {
            mode = .utf16(isBigEndian: isBigEndian)
            if source == .sniff {
                assumption = "the file is read as UTF-16, which its first bytes show; its layout does not state it"
            }
            return
        }
        guard source == .sniff else {
            throw FileRefused(.encodingInvalid, "the file is not UTF-16: it has neither byte order mark nor zero bytes")
        }
        guard head.contains(where: { $0 >= 0x80 }) else { return mode = .ascii }
        if TextDecoder.isUTF8(head) { mode = .utf8 } else { assumeWindows(late: false) }
    }

    private mutating func assumeWindows(late: Bool) {
        mode = .windows1252
        decidedLate = late
        assumption = "the file is not UTF-8 and says no encoding; it is read as windows-1252"
    }

    /// By mark or by the zero bytes of Latin letters whether it is UTF-16, and in which order; nil where it is not.
    private static func utf16(_ head: [UInt8]) -> Bool? {
        if head.starts(with: [0xFE, 0xFF]) { return true }
        if head.starts(with: [0xFF, 0xFE]) { return false }
        let even = stride(from: 0, to: head.count, by: 2).count { head[$0] == 0 }
        let odd = stride(from: 1, to: head.count, by: 2).count { head[$0] == 0 }
        // In text of Latin letters nearly every second byte is zero; single ones are dirt, which the splitter refuses.
        guard max(even, odd) * 3 > head.count else { return nil }
        return even > odd
    }

    /// Whether the head is UTF-8; its last character may be cut.
    private static func isUTF8(_ bytes: [UInt8]) -> Bool {
        (0...min(3, bytes.count)).contains { cut in
            guard cut == 0 || bytes.count >= Format.headSize else { return false }
            return (try? UTF8Span(validating: bytes.span.extracting(0..<bytes.count - cut))) != nil
        }
    }

    private mutating func drain() -> [UInt8] {
        switch mode {
        case .undecided: return []
        case .utf8: return takeAll()
        case .ascii: return drainASCII()
        case .windows1252: return drainWindows()
        case .utf16(let isBigEndian): return drainUTF16(isBigEndian)
        }
    }

    private mutating func takeAll() -> [UInt8] {
        let all = waiting
        waiting.removeAll(keepingCapacity: true)
        return all
    }

    private mutating func drainASCII() -> [UInt8] {
        guard let place = waiting.firstIndex(where: { $0 >= 0x80 }) else { return takeAll() }
        let text = Array(waiting[..<place])
        waiting.removeFirst(place)
        let lead = waiting[0]
        let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
        // It is decided by the whole character, which the next piece may bring.
        guard waiting.count >= length else { return text }
        if TextDecoder.isUTF8(Array(waiting.prefix(length))) { mode = .utf8 } else { assumeWindows(late: true) }
        return text + drain()
    }
}

// The encodings.
extension TextDecoder {
    /// The characters of bytes 0x80 to 0x9F in Windows-1252; zero where there is none.
    private static let windows: [UInt32] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
        0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
        0x0178,
    ]

    private mutating func drainWindows() -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(waiting.count)
        for byte in waiting {
            guard byte >= 0x80 else {
                text.append(byte)
                continue
            }
            let code = byte < 0xA0 ? TextDecoder.windows[Int(byte) - 0x80] : UInt32(byte)
            guard code > 0, let scalar = Unicode.Scalar(code) else {
                refusal = FileRefused(
                    .encodingInvalid, "the file holds byte \(byte), which is no character of windows-1252")
                break
            }
            text += UTF8.encode(scalar).map { Array($0) } ?? []
        }
        waiting.removeAll(keepingCapacity: true)
        return text
    }

    private mutating func drainUTF16(_ isBigEndian: Bool) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(waiting.count)
        for at in stride(from: 0, to: waiting.count - 1, by: 2) {
            let (first, second) = (UInt16(waiting[at]), UInt16(waiting[at + 1]))
            do throws(FileRefused) {
                try append(isBigEndian ? first << 8 | second : second << 8 | first, to: &text)
            } catch {
                refusal = error
                break
            }
        }
        waiting.removeFirst(waiting.count & ~1)
        return text
    }

    private mutating func append(_ unit: UInt16, to text: inout [UInt8]) throws(FileRefused) {
        var code = UInt32(unit)
        if let high = surrogate.take() {
            guard (0xDC00..<0xE000).contains(unit) else { throw loneSurrogate }
            code = 0x10000 + (UInt32(high) - 0xD800) << 10 + (code - 0xDC00)
        } else if (0xD800..<0xDC00).contains(unit) {
            surrogate = unit
            return
        }
        guard let scalar = Unicode.Scalar(code) else { throw loneSurrogate }
        // A byte order mark is none of the text, wherever joined files left one.
        if code != 0xFEFF { text += UTF8.encode(scalar).map { Array($0) } ?? [] }
    }

    private var loneSurrogate: FileRefused {
        FileRefused(.encodingInvalid, "the file holds half a character of UTF-16")
    }
}
