import Foundation
import Testing

@testable import ReviewPage

/// Images of strangers.
struct PictureTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let sample = root.appending(path: "inbox-samples/inbox/lockbox/alder-20260302/60718-101-01-F.tif")

    /// A TIFF (little-endian, one directory) that says it has so many pixels and holds none.
    private static func claiming(width: UInt32, height: UInt32) -> [UInt8] {
        func bytes(_ value: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }
        func entry(_ tag: UInt16, _ value: UInt32) -> [UInt8] {
            bytes(tag) + bytes(UInt16(4)) + bytes(UInt32(1)) + bytes(value)
        }
        let entries = [
            entry(256, width), entry(257, height), entry(258, 8), entry(259, 1), entry(262, 1), entry(273, 8),
            entry(277, 1), entry(278, height), entry(279, 8),
        ]
        return [0x49, 0x49, 42, 0] + bytes(UInt32(8)) + bytes(UInt16(entries.count)) + entries.joined()
            + bytes(UInt32(0))
    }

    @Test func `makes a PNG of a scan`() throws {
        let png = try #require(Picture.png(ofTIFF: [UInt8](try Data(contentsOf: Self.sample))))
        #expect(PictureKind(png) == .png)
    }

    private static let huge: [(UInt32, UInt32)] = [
        (100_000, 100_000), (.max, 1), (1, .max), (0, 0), (40_000_001, 1),
    ]

    @Test(arguments: huge)
    func `makes nothing of an image that claims to be huge`(width: UInt32, height: UInt32) {
        #expect(Picture.png(ofTIFF: Self.claiming(width: width, height: height)) == nil)
    }

    /// A seed that is printed, so that what it found can be found again.
    @Test func `makes nothing worse of a damaged scan`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("damaged scans: seed \(seed)")
        var random = Random(state: seed)
        let whole = [UInt8](try Data(contentsOf: Self.sample))
        for _ in 0..<60 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
            if let png = Picture.png(ofTIFF: bytes) { #expect(PictureKind(png) == .png) }
        }
    }

    private struct Random: RandomNumberGenerator {
        var state: UInt64
        /// SplitMix64.
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    @Test(arguments: ["<html>", "%PDF-1.7", "MZ", "", "GIF89a", "<svg onload=alert(1)>"])
    func `takes nothing for an image that is none`(text: String) {
        #expect(PictureKind(Array(text.utf8)) == nil)
        #expect(Picture.png(ofTIFF: Array(text.utf8)) == nil)
    }

    @Test func `leaves a broken image to the child`() async throws {
        let sluice = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "sluice").path
        guard FileManager.default.isExecutableFile(atPath: sluice) else {
            print("SKIPPED: sluice is not built beside the tests; no child made a PNG")
            return
        }
        let converter = PictureConverter(program: sluice)
        let png = try #require(await converter.png(ofFile: Self.sample.path))
        #expect(PictureKind(png) == .png)
        let broken = NSTemporaryDirectory() + "sluice-broken-\(UUID().uuidString).tif"
        try Data(Self.claiming(width: 6000, height: 6000)).write(to: URL(filePath: broken))
        defer { try? FileManager.default.removeItem(atPath: broken) }
        _ = await converter.png(ofFile: broken)
        #expect(await converter.png(ofFile: "/nothing") == nil)
        #expect(await PictureConverter(program: "/bin/false").png(ofFile: Self.sample.path) == nil)
        #expect(await PictureConverter(program: "/nothing").png(ofFile: Self.sample.path) == nil)
    }
}
