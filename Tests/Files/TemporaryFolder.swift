import Files
import Foundation

/// A folder that is gone when the test is.
final class TemporaryFolder {
    let path = NSTemporaryDirectory() + "sluice-files-\(UUID().uuidString)"

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String) throws { try Data(text.utf8).write(to: URL(filePath: self / name)) }

    func read(_ name: String) throws -> String { String(decoding: try FileBytes.read(self / name), as: UTF8.self) }

    var names: [String] { get throws { try Folder.names(path) } }

    static func / (folder: TemporaryFolder, name: String) -> String { "\(folder.path)/\(name)" }
}
