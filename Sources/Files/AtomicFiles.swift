/// Writes files so that each exists whole under its name or not at all, many at the price of few waits:
/// write all, fsync all, rename all, fsync each folder once.
///
/// A file that is there already is replaced in one step. Nothing counts as written before `commit` returns.
package struct AtomicFiles {
    private var staged: [(temporary: String, final: String)] = []
    private let mark: String

    /// `mark` tells this process's temporary files from others'; names are `.tmp-<mark>-<n>`.
    package init(mark: String) { self.mark = mark }

    package var count: Int { staged.count }

    /// Stages one file: `write` gives its bytes to the closure it is handed. Returns its digest and size.
    package mutating func stage(
        _ path: String, _ write: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
    ) throws -> (sha256: String, bytes: Int64) {
        let folder = Folder.parent(of: path)
        try Folder.make(folder)
        let temporary = "\(folder)/.tmp-\(mark)-\(staged.count)"
        try Folder.removeFile(temporary)
        let file = try OpenFile(creating: temporary)
        staged.append((temporary, path))
        var digest = SHA256Digest()
        var size: Int64 = 0
        try write { bytes in
            digest.update(bytes)
            size += Int64(bytes.count)
            try file.write(bytes)
        }
        try file.synchronize()
        return (digest.finish(), size)
    }

    /// Stages one file of bytes at hand.
    package mutating func stage(_ path: String, bytes: [UInt8]) throws -> (sha256: String, bytes: Int64) {
        try stage(path) { put in try bytes.withUnsafeBytes { try put($0) } }
    }

    /// Gives all staged files their names, durably.
    package mutating func commit() throws {
        var folders: Set<String> = []
        for (temporary, final) in staged {
            try Folder.replace(final, with: temporary)
            folders.insert(Folder.parent(of: final))
        }
        for folder in folders.sorted() { try Folder.synchronize(folder) }
        staged.removeAll()
    }
}
