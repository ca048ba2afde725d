/// Reads a PNG's header and walks its chunks to the last (ISO/IEC 15948).
enum PNGHeader {
    static func read(_ source: ByteSource) throws(ImageFault) -> ImageHeader {
        guard source.number(8, 4) == 13, source.holds(Array("IHDR".utf8), at: 12), let width = source.number(16, 4),
            let height = source.number(20, 4), let color = source.byte(25), width > 0, height > 0
        else { throw ImageFault("the PNG does not begin with its size") }
        var header = ImageHeader(
            kind: .png, width: width, height: height, compression: "deflate", photometric: photometric(color))
        var offset = 33
        while offset <= source.total - 12 {
            guard let length = source.number(offset, 4) else { return header }  // not at hand
            guard length <= source.total - offset - 12 else { break }
            if source.holds(Array("IEND".utf8), at: offset + 4) { return header }
            if source.holds(Array("pHYs".utf8), at: offset + 4), length == 9, source.byte(offset + 16) == 1 {
                header.dpiX = source.number(offset + 8, 4).map(dotsPerInch)
                header.dpiY = source.number(offset + 12, 4).map(dotsPerInch)
            }
            offset += 12 + length
        }
        throw ImageFault("the PNG has no end")
    }

    /// Dots per metre as dots per inch.
    private static func dotsPerInch(_ perMetre: Int) -> Int { (perMetre * 254 + 5000) / 10_000 }

    private static func photometric(_ color: Int) -> String {
        switch color {
        case 0, 4: "black-is-zero"
        case 3: "palette"
        default: "rgb"
        }
    }
}

/// Reads a JPEG's segments up to its frame header (ITU-T T.81, annex B).
enum JPEGHeader {
    static func read(_ source: ByteSource) throws(ImageFault) -> ImageHeader {
        var header = ImageHeader(kind: .jpeg, compression: "jpeg")
        var offset = 2
        while offset <= source.total - 4 {
            guard let lead = source.byte(offset), let marker = source.byte(offset + 1),
                let length = source.number(offset + 2, 2)
            else { return header }  // not at hand
            guard lead == 0xFF else { throw ImageFault("the JPEG's segments do not join at byte \(offset)") }
            if marker == 0xFF {  // a fill byte
                offset += 1
                continue
            }
            guard length >= 2, length <= source.total - offset - 2 else { break }
            if marker == 0xE0 { takeDensity(source, offset, &header) }
            if isFrame(marker) { return try frame(source, offset, header) }
            offset += 2 + length
        }
        throw ImageFault("the JPEG ends before its size is told")
    }

    /// SOF0 to SOF15 without DHT, JPG and DAC, which stand among them.
    private static func isFrame(_ marker: Int) -> Bool {
        (0xC0...0xCF).contains(marker) && marker != 0xC4 && marker != 0xC8 && marker != 0xCC
    }

    /// JFIF: the unit of density is 1 for dots per inch, 2 for dots per centimetre.
    private static func takeDensity(_ source: ByteSource, _ offset: Int, _ header: inout ImageHeader) {
        guard source.holds(Array("JFIF\0".utf8), at: offset + 4), let unit = source.byte(offset + 11),
            let x = source.number(offset + 12, 2), let y = source.number(offset + 14, 2), x > 0, y > 0
        else { return }
        if unit == 1 { (header.dpiX, header.dpiY) = (x, y) }
        if unit == 2 { (header.dpiX, header.dpiY) = ((x * 254 + 50) / 100, (y * 254 + 50) / 100) }
    }

    private static func frame(
        _ source: ByteSource, _ offset: Int, _ start: ImageHeader
    ) throws(ImageFault) -> ImageHeader {
        guard let height = source.number(offset + 5, 2), let width = source.number(offset + 7, 2),
            let components = source.byte(offset + 9), width > 0, height > 0
        else { throw ImageFault("the JPEG has no width and height") }
        var header = start
        (header.width, header.height) = (width, height)
        header.photometric = components == 1 ? "black-is-zero" : components == 3 ? "ycbcr" : "separated"
        guard !source.isWhole || hasEnd(source, after: offset) else { throw ImageFault("the JPEG has no end") }
        return header
    }

    /// Whether an end marker stands behind the frame header; scanners may pad the file after it.
    private static func hasEnd(_ source: ByteSource, after start: Int) -> Bool {
        var offset = source.total - 2
        while offset > start {
            if source.byte(offset) == 0xFF, source.byte(offset + 1) == 0xD9 { return true }
            offset -= 1
        }
        return false
    }
}
