import Foundation

/// Ctrl-C and `kill`: the run rolls the file at hand back and ends, as if it had not begun it.
enum StopSignal {
    nonisolated(unsafe) private static var signal: sig_atomic_t = 0

    /// Whether a signal came.
    static var came: Bool { signal != 0 }

    /// Notes SIGINT and SIGTERM from now on; a second one ends the process at once. sigaction(2)
    static func listen() {
        for number in [SIGINT, SIGTERM] {
            Foundation.signal(number) { number in
                if StopSignal.signal != 0 { _exit(128 + number) }
                StopSignal.signal = number
            }
        }
    }
}
