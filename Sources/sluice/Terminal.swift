import Foundation
import Model

/// What people read: data on standard output, messages and progress on standard error.
enum Terminal {
    /// Whether standard error is a terminal, for progress.
    static let showsProgress = isatty(2) == 1
    /// Whether standard output is a terminal that shows colour.
    private static let showsColour = isatty(1) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil

    /// Standard output, buffered, and standard error, not. Used by this one thread only.
    nonisolated(unsafe) static let output = fdopen(dup(1), "w")!
    nonisolated(unsafe) private static let messages = fdopen(dup(2), "w")!

    /// Whether everything printed so far has reached its file or pipe. fflush(3), ferror(3)
    static func isWritten() -> Bool { fflush(output) == 0 && ferror(output) == 0 }

    /// One line of data.
    static func print(_ line: String) {
        var bytes = Array(line.utf8)
        bytes.append(UInt8(ascii: "\n"))
        fwrite(bytes, 1, bytes.count, output)
    }

    /// One line for the person.
    static func say(_ line: String) {
        fflush(output)
        let text = (showsProgress ? "\r\u{1B}[K" : "") + line + "\n"
        fputs(text, messages)
        fflush(messages)
    }

    /// A question, after which the person types.
    static func ask(_ question: String) {
        fflush(output)
        fputs(question, messages)
        fflush(messages)
    }

    /// What goes on now, over the last such line; nothing where nobody looks.
    static func progress(_ line: String) {
        guard showsProgress else { return }
        fputs("\r\u{1B}[K\(line)", messages)
        fflush(messages)
    }

    static func bold(_ text: String) -> String { showsColour ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

    /// Text from outside, made harmless: control characters are shown, not obeyed.
    static func safe(_ text: String) -> String {
        String(
            text.unicodeScalars.map { scalar in
                scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
                    ? "\u{FFFD}" : Character(scalar)
            })
    }

    /// How many characters a line of the terminal has; nil where standard output is none. ioctl_tty(2)
    private static var width: Int? {
        var size = winsize()
        guard isatty(1) == 1, ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// Columns made to fit a line: the widest column of text is shortened, if need be to a few words.
    private static func fit(_ widths: inout [Int], into width: Int, _ heading: [String], right: Set<Int>) {
        let excess = widths.reduce(0) { $0 + $1 + 2 } - 2 - width
        let text = widths.indices.filter { !right.contains($0) }
        guard excess > 0, let widest = text.max(by: { widths[$0] < widths[$1] }) else { return }
        widths[widest] = min(widths[widest], max(20, heading[widest].count, widths[widest] - excess))
    }

    /// A table with a heading, columns as wide as they need, in a terminal at most as wide as it is; numbers (the
    /// columns named) stand on the right.
    static func table(_ heading: [String], _ rows: [[String]], right: Set<Int> = []) {
        var cells = rows.map { $0.map(safe) }
        var widths = heading.indices.map { column in
            ([heading] + cells).map { $0[column].count }.max() ?? 0
        }
        if let width {
            fit(&widths, into: width, heading, right: right)
            cells = cells.map { row in
                zip(row, widths).map { $0.count > $1 ? String($0.prefix($1 - 1)) + "…" : $0 }
            }
        }
        func line(_ row: [String]) -> String {
            var text = ""
            for (column, cell) in row.enumerated() {
                let pad = String(repeating: " ", count: widths[column] - cell.count)
                text += (right.contains(column) ? pad + cell : cell + pad) + "  "
            }
            while text.last == " " { text.removeLast() }
            return text
        }
        print(bold(line(heading)))
        for row in cells { print(line(row)) }
    }

    /// A whole number with its noun: `1 item`, `2 items`.
    static func count(_ number: some BinaryInteger, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
