internal import Files
internal import Ledger
internal import Model
internal import Records
internal import Review

/// Writes what the ledger says should stand under `review/`, `documents/` and `outbox/` (promise 6).
///
/// It runs after the commit and is idempotent: what a crash left out or half done, the next run writes.
struct Projector {
    private static let groupSize = 500
    let home: Home

    /// Writes every file that is due and removes those that must go. `progress` is told how many are left.
    func writeAll(progress: (Int) -> Void = { _ in }) throws {
        try removeAll()
        var failed: [String: String] = [:]
        while true {
            let due = try home.ledger.read { try $0.dueProjections(limit: Self.groupSize + failed.count) }
                .filter { failed[$0.path] == nil }
            if due.isEmpty { break }
            try write(due, &failed)
            progress(Int(try home.ledger.read { try $0.waitingProjections() }))
        }
        if let first = failed.min(by: { $0.key < $1.key }) {
            throw RecordsFault("\(failed.count) files could not be written; the first: \(first.key): \(first.value)")
        }
    }

    /// Writes a group of files. One that cannot be rendered must not keep the others back: it stays due, and is told.
    private func write(_ due: [Projection], _ failed: inout [String: String]) throws {
        var files = AtomicFiles(mark: "projection")
        var written: [(path: String, sha256: String, bytes: Int64)] = []
        var links: [(folder: String, path: String)] = []
        try home.ledger.read { transaction in
            let renderer = Renderer(home: home, transaction: transaction)
            for projection in due {
                do {
                    written.append(try stage(projection, by: renderer, in: &files))
                } catch let fault as RecordsFault {
                    failed[projection.path] = fault.description
                    continue
                }
                guard projection.kind == "exception" else { continue }
                let folder = Folder.parent(of: projection.path)
                links += try transaction.imagePaths(ofException: projection.subject).map { (folder, $0) }
            }
        }
        try files.commit()
        for (folder, path) in links { try linkImage(path, in: folder) }
        try home.ledger.write { transaction in
            for file in written { try transaction.written(file.path, sha256: file.sha256, bytes: file.bytes) }
        }
    }

    private func stage(
        _ projection: Projection, by renderer: Renderer, in files: inout AtomicFiles
    ) throws -> (path: String, sha256: String, bytes: Int64) {
        let result = try files.stage("\(home.path)/\(projection.path)") { put in
            try withoutActuallyEscaping(put) { put in
                var buffer = RenderBuffer(put)
                try renderer.render(projection, into: &buffer)
                try buffer.flush()
            }
        }
        return (projection.path, result.sha256, result.bytes)
    }

    /// Puts a link to an item's image beside its exception, relative, so that a home can be moved.
    private func linkImage(_ path: String, in folder: String) throws {
        let up = String(repeating: "../", count: folder.utf8.count { $0 == UInt8(ascii: "/") } + 1)
        try Folder.symbolicLink(up + path, at: "\(home.path)/\(folder)/\(Folder.lastName(of: path))")
    }

    private func removeAll() throws {
        let paths = try home.ledger.read { try $0.removableProjections() }
        guard !paths.isEmpty else { return }
        for path in paths { try remove("\(home.path)/\(path)") }
        try home.ledger.write { transaction in for path in paths { try transaction.removed(path) } }
    }

    /// Removes a file; an exception's folder goes with it, whatever a person left in there.
    private func remove(_ path: String) throws {
        let folder = Folder.parent(of: path)
        if Folder.lastName(of: path) == "exception.json" {
            try Folder.removeTree(folder)
        } else {
            try Folder.removeFile(path)
        }
        if Folder.identity(Folder.parent(of: folder)) != nil { try Folder.synchronize(Folder.parent(of: folder)) }
    }

    /// Finds written files that are missing or have another size, and has them written again. Returns their paths.
    func restoreMissing() throws -> [String] {
        var missing: [String] = []
        try home.ledger.read { transaction in
            try transaction.writtenProjections { path, _, bytes in
                if Folder.identity("\(home.path)/\(path)")?.size != bytes { missing.append(path) }
            }
        }
        guard !missing.isEmpty else { return [] }
        try home.ledger.write { transaction in for path in missing { try transaction.makeDueAgain(path) } }
        return missing
    }
}

/// Gathers what a renderer writes into larger pieces.
struct RenderBuffer {
    private var bytes: [UInt8] = []
    private let put: (UnsafeRawBufferPointer) throws -> Void

    init(_ put: @escaping (UnsafeRawBufferPointer) throws -> Void) { self.put = put }

    mutating func write(_ text: String) throws { try write(Array(text.utf8)) }

    mutating func write(_ more: [UInt8]) throws {
        bytes += more
        if bytes.count > 1 << 16 { try flush() }
    }

    mutating func flush() throws {
        try bytes.withUnsafeBytes { try put($0) }
        bytes.removeAll(keepingCapacity: true)
    }
}
