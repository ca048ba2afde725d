internal import Files
internal import Records

/// A complete file (or folder of images) in the inbox.
struct Arrival: Hashable {
    /// Its path under `inbox/`.
    var name: String
    /// The first folder of that path, which names the source; empty where it lies in `inbox/` itself.
    var source: String
    var isFolder: Bool
    /// The SHA-256 that a companion `.sha256` file promises.
    var promised: String?
    /// Marker files beside it that go with it.
    var markers: [String]
    var identity: String
}

/// What lies in the inbox, and what of it is complete.
///
/// Complete is: not a dotfile, not `.tmp`, `.part` or `.filepart`, no writer has it open, and unchanged between two
/// looks or named by a `.done` marker or a `.sha256` companion. Times of files are never held against the clock.
struct Inbox {
    let path: String

    private static let unfinished = [".tmp", ".part", ".filepart"]
    private static let markers = [".done", ".sha256"]

    /// All candidates by name in byte order. Links, pipes and other specials are not taken.
    func candidates() throws -> [Arrival] {
        var found: [Arrival] = []
        try collect("", into: &found)
        return found.sorted { Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8)) }
    }

    private func collect(_ folder: String, into found: inout [Arrival]) throws {
        let names = try Folder.names(folder.isEmpty ? path : "\(path)/\(folder)")
        for name in names where !name.hasPrefix(".") && !Self.unfinished.contains(where: name.hasSuffix) {
            let relative = folder.isEmpty ? name : "\(folder)/\(name)"
            guard let identity = Folder.identity("\(path)/\(relative)") else { continue }
            if identity.isFolder {
                if try isImageFolder(relative, beside: names) {
                    found.append(
                        try arrival(relative, isFolder: true, names, try Self.folderIdentity("\(path)/\(relative)")))
                } else {
                    try collect(relative, into: &found)
                }
            } else if identity.isRegular, !Self.markers.contains(where: name.hasSuffix) {
                found.append(try arrival(relative, isFolder: false, names, identity.description))
            }
        }
    }

    /// How many files under the inbox have names that are not UTF-8 and so cannot be taken.
    func unusableNames(_ folder: String = "") throws -> Int {
        let whole = folder.isEmpty ? path : "\(path)/\(folder)"
        var count = try Folder.unusableNames(whole)
        for name in try Folder.names(whole) where Folder.identity("\(whole)/\(name)")?.isFolder == true {
            count += try unusableNames(folder.isEmpty ? name : "\(folder)/\(name)")
        }
        return count
    }

    private func arrival(
        _ name: String, isFolder: Bool, _ siblings: [String], _ identity: String
    ) throws -> Arrival {
        let last = Folder.lastName(of: name)
        let markers = Self.markers.map { last + $0 }.filter(siblings.contains)
        let source = name.contains("/") ? String(name.prefix { $0 != "/" }) : ""
        var promised: String?
        if markers.contains(last + ".sha256") {
            // A companion that cannot be read promises what no file has: the file is left until it can be.
            let text = (try? FileBytes.read("\(path)/\(name).sha256", limit: 65_536)) ?? []
            promised = String(decoding: text.prefix { $0 > 32 }, as: UTF8.self).lowercased()
        }
        let folder = Folder.parent(of: "\(path)/\(name)")
        return Arrival(
            name: name, source: source, isFolder: isFolder, promised: promised,
            markers: markers.map { "\(folder)/\($0)" },
            identity: identity)
    }

    /// A folder is one intake where it holds images and nothing else, no hidden file either: what is taken is removed.
    /// `scans` is a source of its own, whatever lies in it.
    private func isImageFolder(_ folder: String, beside siblings: [String]) throws -> Bool {
        let whole = "\(path)/\(folder)"
        let names = try Folder.names(whole)
        guard !names.isEmpty, folder != "scans", try Folder.unusableNames(whole) == 0 else { return false }
        return names.allSatisfy { ImageSet.isImageName($0) && Folder.identity("\(whole)/\($0)")?.isRegular == true }
    }

    /// What a file or a folder of images is now; nil where it is gone.
    func identity(of name: String, isFolder: Bool) throws -> String? {
        try Self.identity(at: "\(path)/\(name)", isFolder: isFolder)
    }

    /// As `identity(of:isFolder:)`, of any path.
    static func identity(at path: String, isFolder: Bool) throws -> String? {
        guard let identity = Folder.identity(path) else { return nil }
        return isFolder ? try folderIdentity(path) : identity.description
    }

    /// What a folder of images is now: changes when any member does.
    private static func folderIdentity(_ path: String) throws -> String {
        var digest = SHA256Digest()
        for name in try Folder.names(path) {
            digest.update("\(name)\n\(Folder.identity("\(path)/\(name)")?.description ?? "")\n")
        }
        return digest.finish()
    }

    /// Whether nobody writes the file (or any of the folder's) any more.
    func isSettled(_ arrival: Arrival) throws -> Bool {
        let whole = "\(path)/\(arrival.name)"
        let files = arrival.isFolder ? try Folder.names(whole).map { "\(whole)/\($0)" } : [whole]
        for file in files {
            guard let open = try? OpenFile(reading: file) else { return false }
            if open.isBeingWritten() { return false }
        }
        return true
    }
}
