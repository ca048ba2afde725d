internal import CZip
internal import Files
internal import Model

/// What an archive or a folder of images may hold at most.
///
/// A day's images of a large lockbox are some ten thousand files of 20 to 100 KB; each limit leaves room for
/// several of those and still fits the disk that a careful office keeps free.
package struct DeliveryLimits: Sendable {
    package var members = 20_000
    package var memberBytes: Int64 = 256 << 20
    package var totalBytes: Int64 = 4 << 30
    /// How many times its packed size a member may unpack to. Deflate reaches 1032; images that are packed already, 1.
    package var ratio: Int64 = 200

    package init() {}
}

/// A ZIP archive whose directory was found safe before anything in it is read.
///
/// It is closed with its owner. zip_discard(3)
package struct ZipArchive: ~Copyable {
    /// One member that is a file.
    package struct Member: Hashable, Sendable {
        package let name: String
        package let bytes: Int64
        let index: UInt64
    }

    /// The members in the byte order of their names.
    package let members: [Member]
    private let archive: OpaquePointer

    /// Opens an archive and checks what it lists against every rule.
    ///
    /// - Throws: `FileRefused` (`archive-unsafe`) naming the member; an operational fault
    ///   where the file cannot be read.
    package init(_ path: String, limits: DeliveryLimits = DeliveryLimits()) throws {
        _ = try OpenFile(reading: path)  // a file that is not there is an operational fault, not a bad archive
        var why = [CChar](repeating: 0, count: 200)
        guard let archive = czip_open(path, &why, why.count) else {
            throw ZipArchive.refusal("the ZIP archive cannot be opened: \(text(why))")
        }
        do {
            members = try ZipArchive.list(archive, limits)
        } catch {
            czip_close(archive)
            throw error
        }
        self.archive = archive
    }

    deinit { czip_close(archive) }

    /// Hands over the bytes of one member in pieces, in order. zip_fread(3)
    ///
    /// - Throws: `FileRefused` where its data is damaged or gives more or less than the directory states.
    package borrowing func read(_ member: Member, _ take: ([UInt8]) throws -> Void) throws {
        var why = [CChar](repeating: 0, count: 200)
        guard let reader = czip_reader_open(archive, member.index, &why, why.count) else {
            throw ZipArchive.refusal("member \(shown(member.name)) cannot be read: \(text(why))")
        }
        defer { czip_reader_close(reader) }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var total: Int64 = 0
        while true {
            let count = czip_read(reader, &buffer, buffer.count)
            guard count >= 0 else { throw ZipArchive.refusal("member \(shown(member.name)) is damaged") }
            if count == 0 { break }
            total += count
            guard total <= member.bytes else { break }
            try take(Array(buffer[..<Int(count)]))
        }
        guard total == member.bytes else {
            throw ZipArchive.refusal("member \(shown(member.name)) does not hold the \(member.bytes) bytes it states")
        }
    }

    static func refusal(_ message: String) -> FileRefused { FileRefused(.archiveUnsafe, message) }
}

extension ZipArchive {
    private static func list(_ archive: OpaquePointer, _ limits: DeliveryLimits) throws -> [Member] {
        let count = czip_count(archive)
        // Folders are no members, yet a directory of them alone must not go on for ever.
        guard count >= 0, count <= Int64(2 * limits.members) else {
            throw refusal("the archive lists \(count) entries; at most \(limits.members) members are taken")
        }
        var gate = MemberGate(limits)
        var packedTotal: Int64 = 0
        var members: [Member] = []
        for index in 0..<UInt64(count) {
            let (member, packed) = try entry(archive, index, limits)
            guard let member else { continue }
            try gate.admit(member.name, bytes: member.bytes)
            packedTotal += packed
            members.append(member)
        }
        // Members that share packed bytes (a bomb without a high ratio) add up to more than the file.
        guard packedTotal <= Int64(clamping: czip_file_size(archive)) else {
            throw refusal("the archive's members overlap")
        }
        return members.sorted { precedes($0.name, $1.name) }
    }

    /// One entry of the directory, checked by itself; no member where it is a folder.
    private static func entry(
        _ archive: OpaquePointer, _ index: UInt64, _ limits: DeliveryLimits
    ) throws -> (member: Member?, packed: Int64) {
        var entry = czip_entry()
        guard czip_entry_at(archive, index, &entry) == 0, let name = String(validatingCString: entry.name) else {
            throw refusal("entry \(index + 1) of the archive has no readable name or size")
        }
        let isFolder = name.utf8.last == UInt8(ascii: "/")
        if let wrong = wrongName(isFolder ? String(name.dropLast()) : name) {
            throw refusal("member \(shown(name)): \(wrong)")
        }
        guard entry.is_encrypted == 0 else { throw refusal("member \(shown(name)) is encrypted") }
        guard !isFolder || entry.size == 0 else { throw refusal("folder \(shown(name)) holds bytes") }
        if isFolder { return (nil, 0) }
        let (bytes, packed) = (Int64(clamping: entry.size), Int64(clamping: entry.packed_size))
        guard bytes <= limits.memberBytes else {
            throw refusal("member \(shown(name)) has \(bytes) bytes; at most \(limits.memberBytes) are taken")
        }
        guard packed <= limits.totalBytes, bytes <= max(packed, 1) * limits.ratio else {
            throw refusal("member \(shown(name)) unpacks to more than \(limits.ratio) times its packed size")
        }
        return (Member(name: name, bytes: bytes, index: index), packed)
    }

    /// What is wrong with a member's name; nil where it is a plain relative path.
    static func wrongName(_ name: String) -> String? {
        let bytes = Array(name.utf8)
        let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        if bytes.isEmpty || bytes.count > 255 { return "its name has \(bytes.count) bytes; 1 to 255 are taken" }
        if bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) { return "its name holds a control character" }
        if bytes.contains(UInt8(ascii: "\\")) { return "its name holds a backslash" }
        if bytes[0] == UInt8(ascii: "/") || bytes.dropFirst().first == UInt8(ascii: ":") {
            return "its name is an absolute path"
        }
        if parts.contains(where: { $0.isEmpty || $0.elementsEqual("..".utf8) || $0.elementsEqual(".".utf8) }) {
            return "its name leaves its folder"
        }
        return ImageNames.suffix(of: name) == "zip" ? "it is an archive in an archive" : nil
    }
}

/// Admits the members of one delivery one by one, as long as all of them together keep its limits.
struct MemberGate {
    private let limits: DeliveryLimits
    private var names: Set<String> = []
    private var total: Int64 = 0

    init(_ limits: DeliveryLimits) { self.limits = limits }

    mutating func admit(_ name: String, bytes: Int64) throws(FileRefused) {
        // Swift compares by canonical equivalence, so names that differ only in NFC and NFD are equal here too.
        guard names.insert(name.lowercased()).inserted else {
            throw ZipArchive.refusal("member \(shown(name)) is there twice, but for upper and lower case")
        }
        guard names.count <= limits.members else {
            throw ZipArchive.refusal("there are more than \(limits.members) members")
        }
        guard bytes >= 0, bytes <= limits.memberBytes else {
            throw ZipArchive.refusal(
                "member \(shown(name)) has \(bytes) bytes; at most \(limits.memberBytes) are taken")
        }
        total += bytes
        guard total <= limits.totalBytes else {
            throw ZipArchive.refusal("the members have more than \(limits.totalBytes) bytes together")
        }
    }
}

/// Whether one name stands before another in byte order, the order of everything that is hashed or printed.
func precedes(_ left: String, _ right: String) -> Bool { left.utf8.lexicographicallyPrecedes(right.utf8) }

/// A name from outside as a message may show it: quoted, cut, and without what could steer a terminal.
func shown(_ name: String) -> String { JSON.string(String(name.prefix(120))).line }

private func text(_ buffer: [CChar]) -> String {
    String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
