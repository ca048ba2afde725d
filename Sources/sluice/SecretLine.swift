import Foundation
import Pipeline

/// A line that nobody else should see: from the terminal without its echo, or from a pipe.
enum SecretLine {
    /// Whether a person types it.
    static let isAsked = isatty(0) == 1

    /// Reads one line. termios(3)
    ///
    /// - Throws: `UserRefused` where there is none.
    static func read(_ prompt: String) throws -> String {
        var before = termios()
        if isAsked {
            Terminal.ask(prompt)
            tcgetattr(0, &before)
            var silent = before
            silent.c_lflag &= ~tcflag_t(ECHO)
            tcsetattr(0, TCSAFLUSH, &silent)
        }
        defer {
            if isAsked {
                tcsetattr(0, TCSAFLUSH, &before)
                Terminal.ask("\n")
            }
        }
        guard let line = readLine(), !line.isEmpty else { throw UserRefused("no password was given") }
        return line
    }
}
