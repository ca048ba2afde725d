internal import Files
internal import Model

/// One file of an image delivery: what it is called, what its bytes are, and what its header says.
package struct ImageMember: Hashable, Sendable {
    package var name: String
    package var sha256: String
    package var bytes: Int64
    /// Nil where the file is no image that can be read; `fault` then says why.
    package var header: ImageHeader?
    package var fault: String?

    package init(name: String, sha256: String, bytes: Int64, header: ImageHeader? = nil, fault: String? = nil) {
        self.name = name
        self.sha256 = sha256
        self.bytes = bytes
        self.header = header
        self.fault = fault
    }
}

/// An image delivery, read once: what each of its members is. Nothing is unpacked to disk.
package struct ImageSet: Sendable {
    /// The members in the byte order of their names.
    package var members: [ImageMember]

    /// How much of a file is kept at hand to read its header: a TIFF may hold its directory behind the image.
    static let headerWindow = 32 << 20

    package init(members: [ImageMember]) { self.members = members }

    /// Reads all members of a folder or a ZIP archive; nil where the path is neither.
    ///
    /// - Throws: `FileRefused` (`archive-unsafe`) naming the member, or where no member is an image (a bank file
    ///   in a ZIP must not pass for images); an operational fault where it cannot be read.
    package init?(path: String, limits: DeliveryLimits = DeliveryLimits()) throws {
        guard let source = try ImageSource(path: path, limits: limits) else { return nil }
        guard source.names.contains(where: ImageNames.isImageName) else {
            throw FileRefused(.formatUnknown, "none of the \(source.names.count) files in it is an image")
        }
        members = []
        for name in source.names { members.append(try ImageSet.member(name, of: source)) }
    }

    /// Whether a file of this name is taken for an image.
    package static func isImageName(_ name: String) -> Bool { ImageNames.isImageName(name) }

    /// The intake hash of a folder or ZIP: the SHA-256 over one line a member, in byte order of the paths,
    /// each line being the path, a NUL, the member's SHA-256 in hexadecimal and a LF.
    package static func digest(of members: [(String, String)]) -> String {
        var digest = SHA256Digest()
        for (path, sha256) in members.sorted(by: { precedes($0.0, $1.0) }) { digest.update("\(path)\0\(sha256)\n") }
        return digest.finish()
    }

    /// The intake hash of a folder as it stands. What is no regular file in it counts with an empty hash, so that
    /// a folder which was tampered with has another one.
    package static func digest(ofFolder path: String) throws -> String {
        var members: [(String, String)] = []
        for name in try Folder.names(path) {
            let whole = "\(path)/\(name)"
            let isRegular = Folder.identity(whole)?.isRegular == true
            members.append((name, isRegular ? try FileBytes.digest(whole).sha256 : ""))
        }
        return digest(of: members)
    }

    private static func member(_ name: String, of source: ImageSource) throws -> ImageMember {
        var digest = SHA256Digest()
        var window: [UInt8] = []
        var total: Int64 = 0
        try source.read(name) { piece in
            piece.withUnsafeBytes { digest.update($0) }
            total += Int64(piece.count)
            if window.count < headerWindow { window += piece }
        }
        var member = ImageMember(name: name, sha256: digest.finish(), bytes: total)
        do throws(ImageFault) {
            member.header = try ImageHeader(window, total: Int(total))
        } catch {
            member.fault = error.message
        }
        return member
    }
}

/// A folder or a ZIP archive of images, open for reading: every name, size and count in it was found safe.
final class ImageSource {
    private enum Place: ~Copyable {
        case folder(String)
        case archive(ZipArchive)
    }

    /// The members' names in byte order.
    let names: [String]
    private let place: Place
    private let archived: [String: ZipArchive.Member]

    /// Opens a delivery; nil where the path is neither a folder nor a ZIP archive.
    init?(path: String, limits: DeliveryLimits = DeliveryLimits()) throws {
        if Folder.identity(path)?.isFolder == true {
            names = try ImageSource.list(folder: path, limits)
            archived = [:]
            place = .folder(path)
        } else {
            guard try ImageSource.isArchive(path) else { return nil }
            let archive = try ZipArchive(path, limits: limits)
            names = archive.members.map(\.name)
            archived = Dictionary(uniqueKeysWithValues: archive.members.map { ($0.name, $0) })
            place = .archive(archive)
        }
    }

    /// Hands over the bytes of one member in pieces, in order.
    func read(_ name: String, _ take: ([UInt8]) throws -> Void) throws {
        switch place {
        case .folder(let folder):
            let file = try OpenFile(reading: "\(folder)/\(name)")
            guard try file.identity().isRegular else {
                throw ZipArchive.refusal("member \(shown(name)) is not a regular file")
            }
            try file.pieces(of: 1 << 16) { try take(Array($0)) }
        case .archive(let archive):
            guard let member = archived[name] else { throw RecordsFault("the archive has no member \(shown(name))") }
            try archive.read(member, take)
        }
    }

    /// Whether a file begins as a ZIP archive does: with a member, or with the end of an empty directory.
    private static func isArchive(_ path: String) throws -> Bool {
        let file = try OpenFile(reading: path)
        var start = [UInt8](repeating: 0, count: 4)
        let count = try start.withUnsafeMutableBytes { try file.read(into: $0) }
        return count == 4 && (start == [0x50, 0x4B, 3, 4] || start == [0x50, 0x4B, 5, 6])
    }

    private static func list(folder: String, _ limits: DeliveryLimits) throws -> [String] {
        var gate = MemberGate(limits)
        let names = try Folder.names(folder)
        for name in names {
            guard let identity = Folder.identity("\(folder)/\(name)"), identity.isRegular else {
                throw ZipArchive.refusal("\(shown(name)) is no regular file; folders, links and devices are not taken")
            }
            if let wrong = ZipArchive.wrongName(name) { throw ZipArchive.refusal("member \(shown(name)): \(wrong)") }
            try gate.admit(name, bytes: identity.size)
        }
        return names
    }
}

/// An operational fault of the records room: the ledger and what stands on the disk disagree.
package struct RecordsFault: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
