internal import CLinux
internal import Glibc

/// Names in the file system: the few operations Sluice needs, each exact about what it leaves behind.
package enum Folder {
    /// Makes a folder and those above it, for the owner only, each durable. mkdir(2)
    package static func make(_ path: String) throws(FileFault) {
        if identity(path)?.isFolder == true { return }
        let parent = Folder.parent(of: path)
        if parent != path { try make(parent) }
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw FileFault("mkdir", path) }
        try synchronize(parent)
    }

    /// Makes a folder and those above it. Returns the folders whose names must be made durable.
    static func makeUnsynchronized(_ path: String) throws(FileFault) -> [String] {
        if identity(path)?.isFolder == true { return [] }
        let parent = Folder.parent(of: path)
        let above = parent != path ? try makeUnsynchronized(parent) : []
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw FileFault("mkdir", path) }
        return above + [parent]
    }

    /// Waits until everything written to the file system of a folder is on stable storage. syncfs(2)
    static func synchronizeFileSystem(of path: String) throws(FileFault) {
        let descriptor = retrying { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw FileFault("open", path) }
        defer { close(descriptor) }
        guard retrying({ clinux_syncfs(descriptor) }) == 0 else { throw FileFault("syncfs", path) }
    }

    /// Waits until the folder's names are on stable storage. fsync(2)
    package static func synchronize(_ path: String) throws(FileFault) {
        let descriptor = retrying { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw FileFault("open", path) }
        defer { close(descriptor) }
        guard retrying({ fsync(descriptor) }) == 0 else { throw FileFault("fsync", path) }
    }

    /// What stands at a path, a link not followed; nil where nothing does. lstat(2)
    package static func identity(_ path: String) -> FileIdentity? {
        var info = stat()
        return lstat(path, &info) == 0 ? FileIdentity(info) : nil
    }

    /// The names in a folder in byte order, without `.` and `..`. Names that are not UTF-8 are left out.
    package static func names(_ path: String) throws(FileFault) -> [String] {
        guard let stream = opendir(path) else { throw FileFault("read folder", path) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
            }
            if let name, name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    }

    /// How many names in a folder are not UTF-8: such files cannot be taken, and somebody must rename them.
    package static func unusableNames(_ path: String) throws(FileFault) -> Int {
        guard let stream = opendir(path) else { throw FileFault("read folder", path) }
        defer { closedir(stream) }
        var count = 0
        while let entry = readdir(stream) {
            let isUsable = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) != nil }
            }
            if !isUsable { count += 1 }
        }
        return count
    }

    /// Gives a file its new name and place, never over another. Both folders are durable after it.
    ///
    /// A move that was cut off leaves the file under both names; the same move again finishes it. link(2), unlink(2)
    package static func move(_ old: String, to new: String) throws(FileFault) {
        if link(old, new) != 0 {
            guard errno == EEXIST, let there = identity(new), there.inode == identity(old)?.inode else {
                throw FileFault("move \(old) to", new)
            }
        }
        try synchronize(parent(of: new))
        try removeFile(old)
        try synchronize(parent(of: old))
    }

    /// Removes a file; one that is not there is no fault. unlink(2)
    package static func removeFile(_ path: String) throws(FileFault) {
        guard unlink(path) == 0 || errno == ENOENT else { throw FileFault("remove", path) }
    }

    /// Removes a folder with all that is in it; one that is not there is no fault. Follows no link.
    package static func removeTree(_ path: String) throws(FileFault) {
        guard let identity = identity(path) else { return }
        guard identity.isFolder else { return try removeFile(path) }
        for name in try names(path) { try removeTree(path + "/" + name) }
        guard rmdir(path) == 0 || errno == ENOENT else { throw FileFault("remove folder", path) }
    }

    /// Gives a file or folder another path, never over one that is there; one that is gone is no fault.
    /// False where the paths lie in different file systems, which rename(2) does not span.
    package static func rename(_ old: String, to new: String) throws(FileFault) -> Bool {
        guard identity(new) == nil else { throw FileFault("\(new) is there already; \(old) stays") }
        if Glibc.rename(old, new) == 0 || errno == ENOENT { return true }
        guard errno == EXDEV else { throw FileFault("rename \(old) to", new) }
        return false
    }

    /// The path without its last name.
    package static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The last name of a path.
    package static func lastName(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }

    /// The whole path, links resolved; nil where nothing stands there. realpath(3)
    package static func absolute(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}

extension Folder {
    /// Makes a symbolic link; one that is there already stays. symlink(2)
    package static func symbolicLink(_ target: String, at path: String) throws(FileFault) {
        guard symlink(target, path) == 0 || errno == EEXIST else { throw FileFault("link", path) }
    }

    /// Puts a finished temporary file in the place of another, in one step. rename(2)
    static func replace(_ path: String, with temporary: String) throws(FileFault) {
        guard Glibc.rename(temporary, path) == 0 else { throw FileFault("rename \(temporary) to", path) }
    }
}

extension Folder {
    /// Moves a file or a folder of files to its place, never over another; finishes a move that was cut off.
    package static func archive(_ old: String, to new: String) throws(FileFault) {
        guard identity(old)?.isFolder == true else { return try move(old, to: new) }
        try make(new)
        for name in try names(old) { try move("\(old)/\(name)", to: "\(new)/\(name)") }
        guard rmdir(old) == 0 || errno == ENOENT else { throw FileFault("remove folder", old) }
        try synchronize(parent(of: old))
    }
}

/// Waiting.
package enum Pause {
    /// Waits so many seconds. sleep(3)
    package static func seconds(_ count: Int) throws {
        var left = UInt32(count)
        while left > 0 { left = sleep(left) }
    }
}

extension Folder {
    /// The name of the user who owns a file; its number where it has none. stat(2), getpwuid(3)
    package static func owner(of path: String) throws(FileFault) -> String {
        var info = stat()
        guard lstat(path, &info) == 0 else { throw FileFault("stat", path) }
        guard let entry = getpwuid(info.st_uid), let name = entry.pointee.pw_name else { return "uid \(info.st_uid)" }
        return String(cString: name)
    }

    /// The name of the user this process runs as. geteuid(2), getpwuid(3)
    package static func processUser() -> String {
        let user = geteuid()
        guard let entry = getpwuid(user), let name = entry.pointee.pw_name else { return "uid \(user)" }
        return String(cString: name)
    }
}
