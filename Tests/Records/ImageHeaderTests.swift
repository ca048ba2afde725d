import Testing

@testable import Records

/// Builds TIFF files of either byte order, also broken ones.
struct TIFFWriter {
    var little = true
    var bytes: [UInt8] = []

    init(little: Bool) {
        self.little = little
        bytes = (little ? [0x49, 0x49] : [0x4D, 0x4D]) + number(42, 2)
    }

    func number(_ value: Int, _ size: Int) -> [UInt8] {
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
        return little ? bytes : bytes.reversed()
    }

    func entry(_ tag: Int, _ type: Int, _ count: Int, _ value: Int) -> [UInt8] {
        let field = type == 3 && count == 1 ? number(value, 2) + [0, 0] : number(value, 4)
        return number(tag, 2) + number(type, 2) + number(count, 4) + field
    }

    /// A G4 check image of 1200 by 550 dots; the directory stands behind the image, as libtiff writes it.
    static func check(little: Bool, edit: (inout [(tag: Int, type: Int, count: Int, value: Int)]) -> Void = { _ in })
        -> [UInt8]
    {
        var file = TIFFWriter(little: little)
        let image = [UInt8](repeating: 0xA5, count: 20)
        let resolution = 8 + image.count
        let directory = resolution + 8
        file.bytes += file.number(directory, 4) + image + file.number(400, 4) + file.number(2, 4)
        var entries: [(tag: Int, type: Int, count: Int, value: Int)] = [
            (256, 4, 1, 1200), (257, 3, 1, 550), (259, 3, 1, 4), (262, 3, 1, 0),
            (273, 4, 1, 8), (279, 4, 1, image.count), (282, 5, 1, resolution), (283, 5, 1, resolution), (296, 3, 1, 2),
        ]
        edit(&entries)
        file.bytes += file.number(entries.count, 2)
        for field in entries { file.bytes += file.entry(field.tag, field.type, field.count, field.value) }
        file.bytes += file.number(0, 4)
        return file.bytes
    }
}

struct ImageHeaderTests {
    private func header(_ bytes: [UInt8]) throws -> ImageHeader { try ImageHeader(bytes, total: bytes.count) }

    @Test(arguments: [true, false])
    func `a check image is read in both byte orders`(little: Bool) throws {
        let wanted = ImageHeader(
            kind: .tiff, width: 1200, height: 550, dpiX: 200, dpiY: 200, compression: "g4",
            photometric: "white-is-zero")
        #expect(try header(TIFFWriter.check(little: little)) == wanted)
    }

    @Test(arguments: [true, false])
    func `a TIFF cut at any byte is a fault`(little: Bool) {
        let whole = TIFFWriter.check(little: little)
        for count in 0..<whole.count {
            #expect(throws: ImageFault.self, "cut at \(count)") { try header(Array(whole[..<count])) }
        }
    }

    @Test func `a TIFF with any byte changed never stops the program`() {
        let whole = TIFFWriter.check(little: true)
        for index in whole.indices {
            for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] {
                var bytes = whole
                bytes[index] = value
                _ = try? header(bytes)
            }
        }
    }

    @Test func `directories that go round in a circle end`() throws {
        var bytes = TIFFWriter.check(little: true)
        bytes.replaceSubrange(bytes.count - 4..<bytes.count, with: [36, 0, 0, 0])
        #expect(throws: ImageFault("the TIFF's directories go round in a circle")) { try header(bytes) }
    }

    @Test(arguments: [
        (273, 4, 0x7FFF_FFFF, 8), (273, 4, 1, 0x7FFF_FFFF), (279, 4, 1, 0xFFFF_FFFF), (279, 4, 2, 8),
        (282, 5, 0xFFFF_FFFF, 28), (282, 5, 1, 0xFFFF_FFFF), (256, 4, 1, 0), (256, 4, 0, 0), (256, 5, 1, 28),
        (273, 12, 1, 8),
    ])
    func `no number in a TIFF is believed`(tag: Int, type: Int, count: Int, value: Int) {
        let bytes = TIFFWriter.check(little: false) { entries in
            entries = entries.map { $0.tag == tag ? (tag, type, count, value) : $0 }
        }
        #expect(throws: ImageFault.self) { try header(bytes) }
    }

    @Test func `a directory behind the part at hand is no fault`() throws {
        let bytes = TIFFWriter.check(little: true)
        #expect(try ImageHeader(Array(bytes.prefix(30)), total: bytes.count) == ImageHeader(kind: .tiff))
    }

    @Test func `a PNG is read, and one cut at any byte is a fault`() throws {
        let size: [UInt8] = [0, 0, 4, 0xB0, 0, 0, 2, 0x26, 1, 0, 0, 0, 0]
        let density: [UInt8] = [0, 0, 0x1E, 0xC2, 0, 0, 0x1E, 0xC2, 1]
        func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
            [0, 0, 0, UInt8(data.count)] + Array(name.utf8) + data + [0, 0, 0, 0]
        }
        let start: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        let bytes = start + chunk("IHDR", size) + chunk("pHYs", density) + chunk("IDAT", [1, 2]) + chunk("IEND", [])
        let wanted = ImageHeader(
            kind: .png, width: 1200, height: 550, dpiX: 200, dpiY: 200, compression: "deflate",
            photometric: "black-is-zero")
        #expect(try header(bytes) == wanted)
        for count in 0..<bytes.count { #expect(throws: ImageFault.self) { try header(Array(bytes[..<count])) } }
    }

    @Test func `a JPEG is read, and one cut at any byte is a fault`() throws {
        let density: [UInt8] = [0xFF, 0xE0, 0, 16] + Array("JFIF\0".utf8) + [1, 2, 1, 0, 200, 0, 200, 0, 0]
        let frame: [UInt8] = [0xFF, 0xC0, 0, 11, 8, 2, 0x26, 4, 0xB0, 1, 1, 0x11, 0]
        let bytes = [0xFF, 0xD8] + density + frame + [0xFF, 0xDA, 0, 2, 9, 9, 0xFF, 0xD9]
        let wanted = ImageHeader(
            kind: .jpeg, width: 1200, height: 550, dpiX: 200, dpiY: 200, compression: "jpeg",
            photometric: "black-is-zero")
        #expect(try header(bytes) == wanted)
        for count in 0..<bytes.count { #expect(throws: ImageFault.self) { try header(Array(bytes[..<count])) } }
    }

    @Test func `a PDF without its end is a fault`() throws {
        #expect(try header(Array("%PDF-1.7\n…\n%%EOF\n".utf8)) == ImageHeader(kind: .pdf))
        #expect(throws: ImageFault.self) { try header(Array("%PDF-1.7\n…\n%%EO".utf8)) }
    }

    @Test(arguments: ["", "x", "record,lockbox\r\n", "PK\u{3}\u{4}", "<html>"])
    func `what is no image is a fault`(text: String) {
        #expect(throws: ImageFault.self) { try header(Array(text.utf8)) }
    }
}
