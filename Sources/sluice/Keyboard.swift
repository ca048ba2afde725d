import Foundation

/// Keys as they are pressed, and lines as they are typed: from a terminal without waiting for Return, or from a pipe.
final class Keyboard {
    private let isTerminal = isatty(0) == 1
    private var before = termios()

    /// Has the terminal hand over each key. termios(3)
    init() {
        guard isTerminal else { return }
        tcgetattr(0, &before)
        setRaw()
    }

    /// Gives the terminal back as it was.
    func close() {
        if isTerminal { tcsetattr(0, TCSAFLUSH, &before) }
    }

    private func setRaw() {
        var raw = before
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
        tcsetattr(0, TCSANOW, &raw)
    }

    /// The next key; nil at the end of the input or Ctrl-D. In a pipe the end of a line is no key: it would decide.
    func key() -> Character? {
        var byte: UInt8 = 0
        repeat {
            guard read(0, &byte, 1) == 1, byte != 4 else { return nil }
        } while !isTerminal && byte == UInt8(ascii: "\n")
        return Character(Unicode.Scalar(byte))
    }

    /// A line, with the terminal's own editing; nil at the end of the input.
    func line(_ prompt: String) -> String? {
        Terminal.ask(prompt)
        if isTerminal { tcsetattr(0, TCSADRAIN, &before) }
        defer { if isTerminal { setRaw() } }
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while read(0, &byte, 1) == 1 {
            if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
            if bytes.count < 4096 { bytes.append(byte) }
        }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }
}
