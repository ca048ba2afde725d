internal import Glibc

/// An operational fault of the file system: the call, the path and the system's words.
package struct FileFault: Error, CustomStringConvertible {
    package let code: Int32
    package let description: String

    /// The fault of the system call that just failed.
    init(_ call: String, _ path: String) {
        code = errno
        description = "\(call) \(path): \(String(cString: strerror(code)))"
    }

    init(_ description: String) {
        code = 0
        self.description = description
    }

    /// Whether the file or folder is not there.
    package var isMissing: Bool { code == ENOENT || code == ENOTDIR }
}

/// Runs a system call again where a signal interrupted it.
@discardableResult
func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
    while true {
        let result = call()
        if result != -1 || errno != EINTR { return result }
    }
}
