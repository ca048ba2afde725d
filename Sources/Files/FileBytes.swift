/// Whole small files.
package enum FileBytes {
    /// The bytes of a file of at most `limit` bytes.
    package static func read(_ path: String, limit: Int = 16 << 20) throws(FileFault) -> [UInt8] {
        let file = try OpenFile(reading: path)
        let size = try file.identity().size
        guard size <= limit else { throw FileFault("\(path) has \(size) bytes; at most \(limit) are read") }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = try unsafeRead(file, &buffer)
            if count == 0 { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= limit else { throw FileFault("\(path) grew beyond \(limit) bytes") }
        }
    }

    private static func unsafeRead(_ file: borrowing OpenFile, _ buffer: inout [UInt8]) throws(FileFault) -> Int {
        // A closure cannot carry a typed error through withUnsafeMutableBytes; hence the result.
        let result: Result<Int, FileFault> = buffer.withUnsafeMutableBytes { bytes in
            do throws(FileFault) { return .success(try file.read(into: bytes)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// Writes one file whole or not at all, durably.
    package static func write(_ bytes: [UInt8], to path: String, mark: String) throws {
        var files = AtomicFiles(mark: mark)
        _ = try files.stage(path, bytes: bytes)
        try files.commit()
    }

    /// The SHA-256 of a file and its size.
    package static func digest(_ path: String) throws -> (sha256: String, bytes: Int64) {
        let file = try OpenFile(reading: path)
        var digest = SHA256Digest()
        var size: Int64 = 0
        try file.pieces(of: 1 << 20) {
            digest.update($0)
            size += Int64($0.count)
        }
        return (digest.finish(), size)
    }

    /// Copies a file to a new one that is durable, hashing what it copies.
    package static func copy(_ file: borrowing OpenFile, to path: String) throws -> (sha256: String, bytes: Int64) {
        let target = try OpenFile(creating: path)
        var digest = SHA256Digest()
        var size: Int64 = 0
        try file.pieces(of: 1 << 20) {
            digest.update($0)
            size += Int64($0.count)
            try target.write($0)
        }
        try target.synchronize()
        return (digest.finish(), size)
    }
}
