/// Writes files so that each exists whole under its name or not at all, many at the price of few waits:
/// write all, wait for all, rename all, wait for the folders.
///
/// A few files are waited for one by one; of many, the file system writes everything at once, which costs a
/// hundredth of it (syncfs(2), which reports write errors since Linux 5.8).
///
/// A file that is there already is replaced in one step. Nothing counts as written before `commit` returns.
package struct AtomicFiles {
    private static let fewFiles = 4
    private var staged: [(temporary: String, final: String)] = []
    private var newFolders: Set<String> = []
    private let mark: String

    /// `mark` tells this process's temporary files from others'; names are `.tmp-<mark>-<name>`.
    package init(mark: String) { self.mark = mark }

    package var count: Int { staged.count }

    /// Stages one file: `write` gives its bytes to the closure it is handed. Returns its digest and size.
    package mutating func stage(
        _ path: String, _ write: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
    ) throws -> (sha256: String, bytes: Int64) {
        let folder = Folder.parent(of: path)
        try newFolders.formUnion(Folder.makeUnsynchronized(folder))
        // Named after the file, so that what a killed process left is overwritten when the file is written at last.
        let temporary = "\(folder)/.tmp-\(mark)-\(Folder.lastName(of: path))"
        try Folder.removeFile(temporary)
        let file = try OpenFile(creating: temporary)
        staged.append((temporary, path))
        var digest = SHA256Digest()
        var size: Int64 = 0
        do {
            try write { bytes in
                digest.update(bytes)
                size += Int64(bytes.count)
                try file.write(bytes)
            }
        } catch {
            staged.removeLast()
            try Folder.removeFile(temporary)
            throw error
        }
        return (digest.finish(), size)
    }

    /// Stages one file of bytes at hand.
    package mutating func stage(_ path: String, bytes: [UInt8]) throws -> (sha256: String, bytes: Int64) {
        try stage(path) { put in try bytes.withUnsafeBytes { try put($0) } }
    }

    /// Gives all staged files their names, durably.
    package mutating func commit() throws {
        guard let any = staged.first?.final else { return }
        let isMany = staged.count > Self.fewFiles
        if isMany {
            try Folder.synchronizeFileSystem(of: Folder.parent(of: any))
        } else {
            for (temporary, _) in staged { try OpenFile(reading: temporary).synchronize() }
        }
        for (temporary, final) in staged { try Folder.replace(final, with: temporary) }
        if isMany {
            try Folder.synchronizeFileSystem(of: Folder.parent(of: any))
        } else {
            let folders = newFolders.union(staged.map { Folder.parent(of: $0.final) })
            for folder in folders.sorted() { try Folder.synchronize(folder) }
        }
        staged.removeAll()
        newFolders.removeAll()
    }
}
