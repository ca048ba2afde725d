internal import Model

/// ISO 20022 cash management messages: camt.052, camt.053 and camt.054 in every version.
///
/// Claims every XML file but the messages of other families, so that an XML file that is none of these is
/// refused with its true cause (a DOCTYPE, not well-formed, no message) and not as unknown bytes.
package let iso20022 = Format(
    name: "ISO 20022", summary: "camt.052, camt.053 and camt.054 in every version and namespace"
) { head in
    let text = HeadText(head)
    guard text.isXML, !text.holds("urn:iso:std:iso:20022:tech:xsd:pain."),
        !text.holds("urn:iso:std:iso:20022:tech:xsd:remt.")
    else { return nil }
    return Claim(format: text.format, version: text.version) { CamtReader() }
}

/// The first bytes of an XML file, fit to look into: UTF-16's zero bytes left out.
private struct HeadText {
    private let bytes: [UInt8]

    init(_ head: [UInt8]) {
        bytes = head.filter { $0 != 0 }
    }

    /// Whether it begins as XML does: an optional mark, blanks, `<` and a name, `?` or `!`.
    var isXML: Bool {
        let body = bytes.drop { $0 == 0xEF || $0 == 0xBB || $0 == 0xBF || $0 == 0xFE || $0 == 0xFF || $0 <= 32 }
        guard body.first == UInt8(ascii: "<"), let next = body.dropFirst().first else { return false }
        return next == UInt8(ascii: "?") || next == UInt8(ascii: "!") || (next | 32) &- 97 < 26
    }

    func holds(_ text: String) -> Bool { position(of: text) != nil }

    private func position(of text: String) -> Int? {
        let sought = Array(text.utf8)
        guard bytes.count >= sought.count else { return nil }
        return (0...bytes.count - sought.count).first { start in
            bytes[start] == sought[0] && bytes[start..<start + sought.count].elementsEqual(sought)
        }
    }

    /// The contract's name of the message; `xml` where the head does not tell.
    var format: String {
        let messages = [
            ("BkToCstmrDbtCdtNtfctn", "camt.054"), ("BkToCstmrStmt", "camt.053"), ("BkToCstmrAcctRpt", "camt.052"),
        ]
        return messages.first { holds($0.0) }?.1 ?? "xml"
    }

    /// The version in the namespace, such as `001.08`; nil where it names none.
    var version: String? {
        guard let start = position(of: "xsd:camt.05") else { return nil }
        let version = bytes[(start + 13)...].prefix(6)
        let isVersion = version.count == 6 && version.enumerated().allSatisfy { $0 == 3 ? $1 == 46 : $1 &- 48 < 10 }
        return isVersion ? String(decoding: version, as: UTF8.self) : nil
    }
}
