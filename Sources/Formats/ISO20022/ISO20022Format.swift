internal import Model

/// ISO 20022 messages in every version: camt.052, camt.053, camt.054, remt.001, pain.002 and pain.008.
///
/// Claims every XML file, so that one that is none of these is refused with its true cause (a DOCTYPE, not well-formed,
/// no message, a message of another family) and not as unknown bytes.
package let iso20022 = Format(
    name: "ISO 20022",
    summary: "camt.052, camt.053, camt.054, remt.001, pain.002 and pain.008 in every version and namespace",
    becomes: [.payment, .returned, .advice, .answer, .expected]
) { head in
    let text = HeadText(head)
    guard text.isXML else { return nil }
    guard let message = text.message else {
        if let family = text.family {
            return Claim(format: family, version: text.version(of: family)) {
                MessageReader(OtherMessage(name: family))
            }
        }
        return Claim(format: "xml") { CamtReader() }
    }
    return Claim(format: message.rawValue, version: text.version(of: message.rawValue), makeReader: message.makeReader)
}

/// The messages that are read, by the contract's names.
enum ISOMessage: String, CaseIterable {
    case report = "camt.052"
    case statement = "camt.053"
    case notification = "camt.054"
    case remittanceAdvice = "remt.001"
    case statusReport = "pain.002"
    case directDebits = "pain.008"

    static let allNames = allCases.map(\.rawValue).joined(separator: ", ")

    /// The element below `Document` that is the message.
    var element: String {
        let name: Name =
            switch self {
            case .report: .accountReport
            case .statement: .statementMessage
            case .notification: .notificationMessage
            case .remittanceAdvice: .remittanceAdvice
            case .statusReport: .statusReport
            case .directDebits: .directDebits
            }
        return name.rawValue
    }

    var makeReader: @Sendable () -> any FormatReader {
        switch self {
        case .report, .statement, .notification: { CamtReader() }
        case .remittanceAdvice: { MessageReader(RemittanceAdvice()) }
        case .statusReport: { MessageReader(StatusReport()) }
        case .directDebits: { MessageReader(DirectDebits()) }
        }
    }
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

    private func position(of text: String, from start: Int = 0) -> Int? {
        let sought = Array(text.utf8)
        guard bytes.count >= start + sought.count else { return nil }
        return (start...bytes.count - sought.count).first { start in
            bytes[start] == sought[0] && bytes[start..<start + sought.count].elementsEqual(sought)
        }
    }

    /// The message whose element stands first, else the one that the namespace names; nil where neither tells.
    var message: ISOMessage? {
        let found = ISOMessage.allCases.compactMap { message in
            position(of: message.element).map { (message: message, place: $0) }
        }
        return found.min { $0.place < $1.place }?.message ?? family.flatMap { ISOMessage(rawValue: $0) }
    }

    /// The family and number in the first namespace that is not an envelope's (`head.001`): `pain.001`.
    var family: String? {
        var start = 0
        let prefix = ":tech:xsd:"
        while let place = position(of: prefix, from: start) {
            start = place + prefix.utf8.count
            let name = bytes[start...].prefix(8)
            let isName =
                name.count == 8
                && name.enumerated().allSatisfy { index, byte in
                    index < 4 ? byte &- 97 < 26 : index == 4 ? byte == 46 : byte &- 48 < 10
                }
            if isName, !name.starts(with: "head".utf8) { return String(decoding: name, as: UTF8.self) }
        }
        return nil
    }

    /// The version in the namespace, such as `001.08`; nil where it names none.
    func version(of format: String) -> String? {
        guard let start = position(of: format + ".") else { return nil }
        let version = bytes[(start + format.utf8.count + 1)...].prefix(6)
        let isVersion = version.count == 6 && version.enumerated().allSatisfy { $0 == 3 ? $1 == 46 : $1 &- 48 < 10 }
        return isVersion ? String(decoding: version, as: UTF8.self) : nil
    }
}
