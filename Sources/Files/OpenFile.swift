internal import Glibc

/// An open file descriptor, closed once.
package struct OpenFile: ~Copyable {
    private let descriptor: Int32
    private let path: String

    init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    /// Opens a file for reading. Refuses links, and does not wait for pipes. O_NOFOLLOW, O_NONBLOCK
    package init(reading path: String) throws(FileFault) {
        let descriptor = retrying { open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) }
        guard descriptor >= 0 else { throw FileFault("open", path) }
        self.init(descriptor: descriptor, path: path)
    }

    /// Makes a new file, readable by its owner only. Refuses one that is there. O_EXCL
    package init(creating path: String) throws(FileFault) {
        let descriptor = retrying { open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600) }
        guard descriptor >= 0 else { throw FileFault("create", path) }
        self.init(descriptor: descriptor, path: path)
    }

    /// The process's standard input.
    package static func standardInput() -> OpenFile { OpenFile(descriptor: dup(0), path: "standard input") }

    deinit { close(descriptor) }

    /// Reads into the buffer; how many bytes, 0 at the end. read(2)
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFault) -> Int {
        let count = retrying { Glibc.read(descriptor, buffer.baseAddress, buffer.count) }
        guard count >= 0 else { throw FileFault("read", path) }
        return count
    }

    /// Writes all bytes. write(2)
    package func write(_ bytes: UnsafeRawBufferPointer) throws(FileFault) {
        var done = 0
        while done < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
            let count = retrying { Glibc.write(descriptor, rest.baseAddress, rest.count) }
            guard count > 0 else { throw FileFault("write", path) }
            done += count
        }
    }

    /// Waits until the bytes are on stable storage. A fault here is final: nothing is tried again. fsync(2)
    package func synchronize() throws(FileFault) {
        guard retrying({ fsync(descriptor) }) == 0 else { throw FileFault("fsync", path) }
    }

    /// What the file is now. fstat(2)
    package func identity() throws(FileFault) -> FileIdentity {
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { throw FileFault("stat", path) }
        return FileIdentity(info)
    }

    /// Whether somebody has the file open for writing. A read lease is refused then. fcntl(2) F_SETLEASE
    package func isBeingWritten() -> Bool {
        let granted = fcntl(descriptor, 1024, F_RDLCK) == 0  // F_SETLEASE
        let refusal = errno
        if granted { _ = fcntl(descriptor, 1024, F_UNLCK) }
        return !granted && refusal == EAGAIN
    }

    /// Hands over the file in pieces of at most so many bytes, in order.
    package func pieces(of size: Int, _ take: (UnsafeRawBufferPointer) throws -> Void) throws {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = try read(into: buffer)
            if count == 0 { return }
            try take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }
}

/// What tells one state of a file from another: its inode, size and time of change.
package struct FileIdentity: Hashable, Sendable, CustomStringConvertible {
    package let inode: UInt64
    package let size: Int64
    package let modifiedNanoseconds: Int64
    package let isRegular: Bool
    package let isFolder: Bool
    let links: UInt64

    init(_ info: stat) {
        inode = UInt64(info.st_ino)
        size = Int64(info.st_size)
        modifiedNanoseconds = Int64(info.st_mtim.tv_sec) * 1_000_000_000 + Int64(info.st_mtim.tv_nsec)
        isRegular = info.st_mode & S_IFMT == S_IFREG
        isFolder = info.st_mode & S_IFMT == S_IFDIR
        links = UInt64(info.st_nlink)
    }

    package var description: String { "\(inode):\(size):\(modifiedNanoseconds)" }
}
