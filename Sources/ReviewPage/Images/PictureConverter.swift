internal import Dispatch
internal import Foundation

/// Has a child process make a PNG of a TIFF: what a hostile image can break is that child and nothing else.
struct PictureConverter: Sendable {
    /// The hidden subcommand of the program that reads a TIFF and writes a PNG.
    package static let subcommand = "tiff-to-png"
    private let program: String
    /// One child at a time: images are small, and memory is bounded for one.
    private let queue = DispatchQueue(label: "sluice.pictures")

    init(program: String) { self.program = program }

    /// The PNG of a file; nil where the child could not read it.
    func png(ofFile path: String) async -> [UInt8]? {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: convert(path)) }
        }
    }

    private func convert(_ path: String) -> [UInt8]? {
        guard let input = FileHandle(forReadingAtPath: path) else { return nil }
        let output = Pipe()
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = [Self.subcommand]
        process.environment = [:]
        process.currentDirectoryURL = URL(filePath: "/")
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        var bytes: [UInt8] = []
        while let more = try? output.fileHandleForReading.read(upToCount: 1 << 16), !more.isEmpty {
            bytes += more
            if bytes.count > Picture.maxBytes { break }
        }
        if bytes.count > Picture.maxBytes { process.terminate() }
        process.waitUntilExit()
        let isDone = process.terminationReason == .exit && process.terminationStatus == 0
        return isDone && bytes.count <= Picture.maxBytes && !bytes.isEmpty ? bytes : nil
    }
}
