internal import CImage

/// Makes a PNG of a TIFF. It is called in a process of its own that has been confined first: a TIFF comes from
/// strangers, and its readers have a history (CVE lists of libtiff).
package enum Picture {
    /// A letter at 600 dpi has 34 million pixels.
    private static let maxPixels: UInt64 = 40_000_000
    /// A raster of that size, its PNG, and the program itself.
    private static let maxMemory: UInt64 = 1 << 30
    private static let maxSeconds: UInt64 = 10
    /// The largest image that is read.
    package static let maxBytes = 32 << 20

    /// Bounds this process for good. False where the system does not.
    package static func confine() -> Bool { cimage_confine(maxMemory, maxSeconds) == 1 }

    /// The PNG of a TIFF's first page; nil where it cannot be read.
    package static func png(ofTIFF bytes: [UInt8]) -> [UInt8]? {
        var size = 0
        guard let png = cimage_png(bytes, bytes.count, maxPixels, &size) else { return nil }
        defer { cimage_free(png) }
        return Array(UnsafeBufferPointer(start: png, count: size))
    }
}
