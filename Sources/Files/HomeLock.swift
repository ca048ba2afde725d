internal import Glibc

/// The claim of one process on a home. A dead process cannot hold it: the kernel lets go of its lock.
package final class HomeLock {
    private let descriptor: Int32

    /// Takes the lock whose file is at `path` (made where missing, never deleted); nil where another process has it.
    package init?(_ path: String) throws {
        descriptor = retrying { open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600) }
        guard descriptor >= 0 else { throw FileFault("open", path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return nil }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }
}
