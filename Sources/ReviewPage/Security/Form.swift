internal import Hummingbird
internal import Files

/// The fields of a form as a browser sends them (application/x-www-form-urlencoded, WHATWG URL, 5.1).
struct Form: Sendable {
    private let fields: [(name: String, value: String)]

    /// The largest body that any form of the page sends: a bulk decision over some thousand exceptions.
    static let limit = 256 * 1024
    /// More fields than any form has.
    static let maxFields = 12_000

    /// Nil where the bytes are no form: not UTF-8, broken escapes, too many fields.
    init?(_ bytes: some Collection<UInt8>) {
        var fields: [(String, String)] = []
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard fields.count < Self.maxFields, let name = Self.decoded(parts[0]),
                let value = parts.count > 1 ? Self.decoded(parts[1]) : ""
            else { return nil }
            fields.append((name, value))
        }
        self.fields = fields
    }

    /// The first value of a field; nil where it is not there, or blank.
    subscript(_ name: String) -> String? {
        guard let value = fields.first(where: { $0.name == name })?.value else { return nil }
        let trimmed = trimming(value)
        return trimmed.isEmpty ? nil : trimmed
    }

    /// All values of a field, blank ones too.
    func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map { trimming($0.value) } }

    private func trimming(_ text: String) -> String {
        String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }

    private static func decoded(_ bytes: some Collection<UInt8>) -> String? {
        var out: [UInt8] = []
        var rest = Array(bytes)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): out.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard rest.count >= 2, let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
                else { return nil }
                out.append(code)
                rest = rest.dropFirst(2)
            default: out.append(byte)
            }
        }
        return String(validating: out, as: UTF8.self)
    }
}

extension Request {
    /// The form that was sent. `token` is what the person's forms carry: a form without it was not made here.
    ///
    /// - Throws: `HTTPError`: 413 too large, 415 no form, 400 broken, 403 without the token.
    func form(token: String?) async throws -> Form {
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > Form.limit {
            throw HTTPError(.contentTooLarge)
        }
        guard headers[.contentType]?.hasPrefix("application/x-www-form-urlencoded") ?? false else {
            throw HTTPError(.unsupportedMediaType)
        }
        let buffer = try await body.collect(upTo: Form.limit)
        guard let form = Form(buffer.readableBytesView) else { throw HTTPError(.badRequest) }
        if let token, !isEqualInConstantTime(form["form_token"] ?? "", token) { throw HTTPError(.forbidden) }
        return form
    }
}
