/// X12 segments in a text: each its elements, the first of them its name.
///
/// Strict: every segment must be ended, and every name must be two or three capital letters or digits.
struct X12Segments {
    let segments: [[String]]

    /// The segments of a whole interchange (`ISA…`), a transaction set or bare segments; nil where it is none.
    init?(_ text: String) {
        let scalars = Array(text.unicodeScalars)
        guard let separator = Self.separator(scalars), let terminator = Self.terminator(scalars, separator) else {
            return nil
        }
        var segments: [[String]] = []
        var segment: [String] = []
        var element = String.UnicodeScalarView()
        for scalar in scalars {
            if scalar == separator || scalar == terminator {
                segment.append(Self.trimmed(element))
                element = String.UnicodeScalarView()
                guard scalar == terminator else { continue }
                guard Self.isName(segment[0]) else { return nil }
                segments.append(segment)
                segment = []
            } else if !(segment.isEmpty && element.isEmpty && Self.isFilling(scalar)) {
                element.append(scalar)
            }
        }
        guard segment.isEmpty, element.isEmpty, !segments.isEmpty else { return nil }
        self.segments = segments
    }

    /// The character behind the first segment's name.
    private static func separator(_ text: [Unicode.Scalar]) -> Unicode.Scalar? {
        let name = text.prefix { isNameScalar($0) }
        guard (2...3).contains(name.count), name.count < text.count else { return nil }
        let found = text[name.count]
        // Marks of ordinary writing, `REF-12.`, separate no elements.
        return isLetterOrDigit(found) || " -.,:/#&'()".unicodeScalars.contains(found) ? nil : found
    }

    /// Behind ISA16, which is one character; in bare segments the last character of the text.
    ///
    /// An ISA that is not padded to 106 bytes is common, so elements are counted and not bytes.
    private static func terminator(_ text: [Unicode.Scalar], _ separator: Unicode.Scalar) -> Unicode.Scalar? {
        var found: Unicode.Scalar?
        if text.starts(with: "ISA".unicodeScalars) {
            let places = text.indices.filter { text[$0] == separator }
            if places.count >= 16, places[15] + 2 < text.count { found = text[places[15] + 2] }
        } else {
            found = text.last { !isFilling($0) }
        }
        guard let found, found != separator, !isLetterOrDigit(found), found != " " else { return nil }
        return found
    }

    private static func isName(_ name: String) -> Bool {
        (2...3).contains(name.unicodeScalars.count) && name.unicodeScalars.allSatisfy { isNameScalar($0) }
    }

    private static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
        ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        isNameScalar(scalar) || ("a"..."z").contains(scalar)
    }

    private static func isFilling(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar.value < 0x20 }

    private static func trimmed(_ text: String.UnicodeScalarView) -> String {
        let body = text.drop { $0 == " " }
        guard let last = body.lastIndex(where: { $0 != " " }) else { return "" }
        return String(body[...last])
    }
}
