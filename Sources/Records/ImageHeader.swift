/// Why a file is not an image that can be shown.
package struct ImageFault: Error, Hashable, Sendable {
    package let message: String

    init(_ message: String) { self.message = message }
}

/// What an image file says of itself, read from its bytes without decoding a pixel.
package struct ImageHeader: Hashable, Sendable {
    /// The file formats that pages are kept in; the raw value is the suffix they are filed under.
    package enum Kind: String, Sendable, CaseIterable {
        case tiff = "tif"
        case png
        case jpeg = "jpg"
        case pdf

        package var mime: String {
            switch self {
            case .tiff: "image/tiff"
            case .png: "image/png"
            case .jpeg: "image/jpeg"
            case .pdf: "application/pdf"
            }
        }
    }

    package var kind: Kind
    package var width: Int?
    package var height: Int?
    package var dpiX: Int?
    package var dpiY: Int?
    /// `g4`, `g3`, `lzw`, `none`, `jpeg`, `packbits`, …, or the number of a compression without a name.
    package var compression: String?
    package var photometric: String?

    package init(
        kind: Kind, width: Int? = nil, height: Int? = nil, dpiX: Int? = nil, dpiY: Int? = nil,
        compression: String? = nil, photometric: String? = nil
    ) {
        self.kind = kind
        self.width = width
        self.height = height
        self.dpiX = dpiX
        self.dpiY = dpiY
        self.compression = compression
        self.photometric = photometric
    }

    /// Reads the header from a file's first bytes. `total` is the size of the file where these are not all of it.
    ///
    /// A file that ends before its image does is a fault. Where the rest is not at hand, what stands there
    /// is left nil.
    package init(_ bytes: [UInt8], total: Int) throws(ImageFault) {
        let source = ByteSource(bytes: bytes, total: total)
        if total == 0 { throw ImageFault("the file is empty") }
        if source.begins(with: [0x49, 0x49, 0x2A, 0]) || source.begins(with: [0x4D, 0x4D, 0, 0x2A]) {
            self = try TIFFHeader.read(source)
        } else if source.begins(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = try PNGHeader.read(source)
        } else if source.begins(with: [0xFF, 0xD8, 0xFF]) {
            self = try JPEGHeader.read(source)
        } else if source.begins(with: Array("%PDF-".utf8)) {
            self = try ImageHeader.pdf(source)
        } else {
            throw ImageFault("the file begins as neither TIFF, PNG, JPEG nor PDF does")
        }
    }

    /// PDF (ISO 32000): the end marker stands in the last 1024 bytes; what stands between is not looked at.
    private static func pdf(_ source: ByteSource) throws(ImageFault) -> ImageHeader {
        guard source.isWhole else { return ImageHeader(kind: .pdf) }
        let marker = Array("%%EOF".utf8)
        var start = max(0, source.total - 1024)
        while start + marker.count <= source.total {
            if source.holds(marker, at: start) { return ImageHeader(kind: .pdf) }
            start += 1
        }
        throw ImageFault("the PDF has no end")
    }
}

/// The bytes of an image file that are at hand. Every read is checked: none can leave them.
struct ByteSource {
    let bytes: [UInt8]
    let total: Int

    init(bytes: [UInt8], total: Int) {
        self.bytes = bytes
        self.total = max(total, bytes.count)
    }

    /// Whether all of the file is at hand.
    var isWhole: Bool { bytes.count == total }

    func byte(_ offset: Int) -> Int? { offset >= 0 && offset < bytes.count ? Int(bytes[offset]) : nil }

    /// A number of some bytes, the first the highest unless `little`; nil where they are not all at hand.
    func number(_ offset: Int, _ size: Int, little: Bool = false) -> Int? {
        guard offset >= 0, size <= 4, offset <= bytes.count - size else { return nil }
        var value = 0
        for index in 0..<size { value = value << 8 | Int(bytes[offset + (little ? size - 1 - index : index)]) }
        return value
    }

    func holds(_ wanted: [UInt8], at offset: Int) -> Bool {
        guard offset >= 0, offset <= bytes.count - wanted.count else { return false }
        for index in wanted.indices where bytes[offset + index] != wanted[index] { return false }
        return true
    }

    func begins(with wanted: [UInt8]) -> Bool { holds(wanted, at: 0) }
}
