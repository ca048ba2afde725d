internal import Model

/// BAI2 cash management balance reports (Cash Management 2005, version 2 of the file header).
///
/// Claims a file whose first record is a file header (01) of version 2: no other format and no layout begins so.
package let bai2 = Format(
    name: "BAI2", summary: "cash management balance reports, version 2: accounts, their details and control totals",
    becomes: [.payment, .returned, .correction, .sum, .fee, .notice]
) { head in
    guard isFileHeader(head) else { return nil }
    return Claim(format: "bai2", version: "2") { BAI2Reader() }
}

/// Record 01: sender, receiver, date, time, file id, physical record length, block size, version.
private func isFileHeader(_ head: [UInt8]) -> Bool {
    let body = head.starts(with: BAI2Lines.mark) ? head.dropFirst(BAI2Lines.mark.count) : head[...]
    let record = body.drop { BAI2Byte.isBlank($0) || BAI2Byte.isLineEnd($0) }
        .prefix { $0 != BAI2Byte.slash && !BAI2Byte.isLineEnd($0) }
    let fields = record.split(separator: BAI2Byte.comma, omittingEmptySubsequences: false)
    guard fields.count >= 9, fields[0].elementsEqual("01".utf8), fields[9...].allSatisfy(\.isEmpty) else {
        return false
    }
    return BAI2Byte.trimmed(fields[8]).elementsEqual("2".utf8)
}

/// The bytes that mean something in every BAI2 record.
enum BAI2Byte {
    static let comma = UInt8(ascii: ",")
    static let slash = UInt8(ascii: "/")
    static let carriageReturn: UInt8 = 0x0D
    static let lineFeed: UInt8 = 0x0A
    /// Ctrl-Z, which old systems write behind the last record.
    static let endOfFile: UInt8 = 0x1A

    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    static func isLineEnd(_ byte: UInt8) -> Bool { byte == lineFeed || byte == carriageReturn }
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let body = bytes.drop(while: isBlank)
        guard let last = body.lastIndex(where: { !isBlank($0) }) else { return body.prefix(0) }
        return body[...last]
    }

    /// Text as people read it; bytes that are not UTF-8 become the replacement character.
    static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: trimmed(bytes), as: UTF8.self) }
}
