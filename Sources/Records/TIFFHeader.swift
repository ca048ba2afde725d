/// Reads a TIFF 6.0 file's first image directory, and walks the chain of the others for damage.
///
/// No number in the file is believed: a directory, a table or a strip that leaves the file is a fault, and
/// nothing is allocated by a count that the file states.
enum TIFFHeader {
    /// A scan of a thick folder has some hundred pages; a longer chain is an attack or damage.
    private static let directoriesMax = 4096

    /// One entry of a directory (TIFF 6.0, section 2): a tag, and where its values stand.
    private struct Entry {
        let type: Int
        let count: Int
        let valuesAt: Int
    }

    /// The tags that are looked at.
    private enum Tag: Int {
        case width = 256
        case height = 257
        case compression = 259
        case photometric = 262
        case stripOffsets = 273
        case stripByteCounts = 279
        case xResolution = 282
        case yResolution = 283
        case resolutionUnit = 296
        case tileOffsets = 324
        case tileByteCounts = 325
    }

    private struct Directory {
        var entries: [Tag: Entry] = [:]
        var next = 0
    }

    static func read(_ source: ByteSource) throws(ImageFault) -> ImageHeader {
        let file = TIFFFile(source: source, little: source.byte(0) == 0x49)
        guard var next = file.number(4, 4) else { throw ImageFault("the TIFF ends in its header") }
        var seen: Set<Int> = []
        var header: ImageHeader?
        while next != 0 {
            guard seen.insert(next).inserted else { throw ImageFault("the TIFF's directories go round in a circle") }
            guard seen.count <= directoriesMax else {
                throw ImageFault("the TIFF has over \(directoriesMax) directories")
            }
            guard let directory = try directory(file, at: next) else { break }
            let image = try image(file, directory)
            header = header ?? image
            next = directory.next
        }
        if let header { return header }
        // The directory stands behind the part of the file that is at hand.
        guard !source.isWhole, next != 0 else { throw ImageFault("the TIFF has no image directory") }
        return ImageHeader(kind: .tiff)
    }

    /// The directory at an offset; nil where it stands in a part of the file that is not at hand.
    private static func directory(_ file: TIFFFile, at offset: Int) throws(ImageFault) -> Directory? {
        guard offset >= 8, offset <= file.source.total - 2 else {
            throw ImageFault("a TIFF directory at byte \(offset) stands outside the file")
        }
        guard let count = file.number(offset, 2) else { return nil }
        let end = offset + 2 + count * 12
        guard count > 0, end <= file.source.total - 4 else {
            throw ImageFault("a TIFF directory of \(count) entries at byte \(offset) leaves the file")
        }
        guard let next = file.number(end, 4) else { return nil }
        var directory = Directory()
        directory.next = next
        for index in 0..<count {
            let start = offset + 2 + index * 12
            guard let tag = file.number(start, 2).flatMap(Tag.init(rawValue:)) else { continue }
            directory.entries[tag] = try entry(file, at: start)
        }
        return directory
    }

    private static func entry(_ file: TIFFFile, at start: Int) throws(ImageFault) -> Entry {
        guard let type = file.number(start + 2, 2), let count = file.number(start + 4, 4),
            let offset = file.number(start + 8, 4)
        else { throw ImageFault("a TIFF directory leaves the file") }
        let size = TIFFFile.size(ofType: type) * count
        let valuesAt = size <= 4 ? start + 8 : offset
        guard size > 0, valuesAt <= file.source.total - size else {
            throw ImageFault("a TIFF field of \(count) values at byte \(valuesAt) leaves the file")
        }
        return Entry(type: type, count: count, valuesAt: valuesAt)
    }

    private static func image(_ file: TIFFFile, _ directory: Directory) throws(ImageFault) -> ImageHeader {
        func value(_ tag: Tag) -> Int? {
            directory.entries[tag].flatMap { file.integer($0.type, at: $0.valuesAt) }
        }
        guard let width = value(.width), let height = value(.height), width > 0, height > 0 else {
            throw ImageFault("the TIFF has no width and height")
        }
        try checkData(file, directory.entries[.stripOffsets], directory.entries[.stripByteCounts], "strip")
        try checkData(file, directory.entries[.tileOffsets], directory.entries[.tileByteCounts], "tile")
        guard directory.entries[.stripOffsets] ?? directory.entries[.tileOffsets] != nil else {
            throw ImageFault("the TIFF has no image data")
        }
        let unit = value(.resolutionUnit) ?? 2  // inch is the default
        func dpi(_ tag: Tag) -> Int? {
            directory.entries[tag].flatMap { $0.type == 5 ? file.dotsPerInch(at: $0.valuesAt, unit: unit) : nil }
        }
        return ImageHeader(
            kind: .tiff, width: width, height: height, dpiX: dpi(.xResolution), dpiY: dpi(.yResolution),
            compression: TIFFNames.compression(value(.compression) ?? 1),
            photometric: value(.photometric).map(TIFFNames.photometric))
    }

    /// Checks that every strip or tile lies in the file: a file that was cut is found here.
    private static func checkData(
        _ file: TIFFFile, _ offsets: Entry?, _ sizes: Entry?, _ name: String
    ) throws(ImageFault) {
        guard let offsets else { return }
        guard let sizes, sizes.count == offsets.count else {
            throw ImageFault("the TIFF has \(offsets.count) \(name)s and \(sizes?.count ?? 0) \(name) sizes")
        }
        // Both tables lie in the file, so the loop is no longer than the file.
        for index in 0..<offsets.count {
            let (at, size) = (offsets, sizes)
            let start = file.integer(at.type, at: at.valuesAt + index * TIFFFile.size(ofType: at.type))
            let count = file.integer(size.type, at: size.valuesAt + index * TIFFFile.size(ofType: size.type))
            guard let start, let count else {
                if file.source.isWhole { throw ImageFault("the TIFF's \(name) tables are not of whole numbers") }
                return
            }
            guard count <= file.source.total, start <= file.source.total - count else {
                throw ImageFault("\(name) \(index + 1) of the TIFF ends behind the end of the file")
            }
        }
    }
}

/// A TIFF file's bytes with its byte order.
private struct TIFFFile {
    let source: ByteSource
    let little: Bool

    func number(_ offset: Int, _ size: Int) -> Int? { source.number(offset, size, little: little) }

    /// An integer of type BYTE, SHORT or LONG; nil where it is of another type.
    func integer(_ type: Int, at offset: Int) -> Int? {
        switch type {
        case 1: number(offset, 1)
        case 3: number(offset, 2)
        case 4: number(offset, 4)
        default: nil
        }
    }

    /// A RATIONAL as whole dots per inch; nil where there is no unit (1) or it divides by zero.
    func dotsPerInch(at offset: Int, unit: Int) -> Int? {
        guard let top = number(offset, 4), let bottom = number(offset + 4, 4), bottom > 0 else { return nil }
        switch unit {
        case 2: return (top + bottom / 2) / bottom
        case 3: return (top * 254 + bottom * 50) / (bottom * 100)  // dots per centimetre
        default: return nil
        }
    }

    /// How many bytes one value of a type takes (TIFF 6.0, section 2); 1 for types not known.
    static func size(ofType type: Int) -> Int {
        switch type {
        case 3, 8: 2
        case 4, 9, 11: 4
        case 5, 10, 12: 8
        default: 1
        }
    }
}

/// The words for numbers of the standard.
private enum TIFFNames {
    static func compression(_ number: Int) -> String {
        switch number {
        case 1: "none"
        case 2: "rle"
        case 3: "g3"
        case 4: "g4"
        case 5: "lzw"
        case 6, 7: "jpeg"
        case 8, 32946: "deflate"
        case 34712: "jpeg2000"
        case 32773: "packbits"
        default: String(number)
        }
    }

    static func photometric(_ number: Int) -> String {
        switch number {
        case 0: "white-is-zero"
        case 1: "black-is-zero"
        case 2: "rgb"
        case 3: "palette"
        case 4: "mask"
        case 5: "separated"
        case 6: "ycbcr"
        case 8: "cielab"
        default: String(number)
        }
    }
}
