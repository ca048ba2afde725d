internal import DefaultConfig
internal import Formats

/// What is fuzzed: the formats that are asked about the head, and the reader of what none of them claims.
struct Subject: Sendable {
    let formats: [Format]
    /// The claims that are read by themselves; the rest goes to `reader`, as if it had been claimed.
    let accepts: @Sendable (Claim) -> Bool
    /// Nil where only what is claimed is read.
    let reader: (@Sendable () -> any FormatReader)?

    static let names =
        ["nacha", "bai2", "x12", "camt", "remt", "pain"] + layouts.map(\.name)
        + ["windows-1252", "lockbox-csv", "bai-lockbox", "recognise"]

    /// The shipped layouts.
    static let layouts: [Layout] = DefaultConfig.files.filter { $0.path.hasPrefix("layouts/") }.map { file in
        layout(String(decoding: file.bytes, as: UTF8.self), file.path)
    }

    private static func layout(_ yaml: String, _ file: String) -> Layout {
        guard let layout = try? Layout(yaml: yaml, file: file) else { fatalError("\(file) is no layout") }
        return layout
    }

    /// A layout that is decoded from its first byte on, which none of the shipped ones is.
    private static let windows: Layout = {
        let yaml = """
            layout: windows-1252
            format: bank-csv
            encoding: windows-1252
            delimited: {separator: ";", quote: '"', header: true}
            recognise: {columns: [day]}
            money: {decimal-mark: ".", signed: true}
            constants: {currency: USD, lockbox: MINE}
            records:
              - is: payment
                fields: {deposit-date: day, amount: sum, payer: who}
            """
        return layout(yaml, "windows-1252")
    }()

    /// The subject of that name; nil where there is none.
    init?(named name: String) {
        switch name {
        case "nacha": self.init(nacha, "101" + String(repeating: " ", count: 31) + "094")
        case "bai2": self.init(bai2, "01,A,B,260302,0500,1,80,1,2/")
        case "x12":
            self.init(
                formats: [x12PaymentOrder, x12Lockbox], accepts: { _ in true },
                reader: Subject.reader(of: x12PaymentOrder, "ST*820*1~"))
        case "camt": self.init(iso20022, "<BkToCstmrDbtCdtNtfctn>") { $0.hasPrefix("camt.") }
        case "remt": self.init(iso20022, "<RmtAdvc>") { $0.hasPrefix("remt.") }
        case "pain": self.init(iso20022, "<CstmrPmtStsRpt>") { $0.hasPrefix("pain.") }
        case "lockbox-csv": self.init(layout: "default")
        case "bai-lockbox": self.init(layout: "bai-lockbox-a")
        case "recognise":
            self.init(formats: builtInFormats + Subject.layouts.map(\.format), accepts: { _ in true }, reader: nil)
        default: self.init(layout: name)
        }
    }

    private init(
        formats: [Format], accepts: @escaping @Sendable (Claim) -> Bool,
        reader: (@Sendable () -> any FormatReader)?
    ) {
        self.formats = formats
        self.accepts = accepts
        self.reader = reader
    }

    /// A built-in format; `sample` is the least that it claims.
    private init(_ format: Format, _ sample: String, _ isMeant: @escaping @Sendable (String) -> Bool = { _ in true }) {
        self.init(
            formats: [format], accepts: { isMeant($0.format) }, reader: Subject.reader(of: format, sample))
    }

    private init?(layout name: String) {
        guard let layout = (Subject.layouts + [Subject.windows]).first(where: { $0.name == name }) else { return nil }
        self.init(formats: [layout.format], accepts: { _ in true }, reader: { layout.makeReader() })
    }

    private static func reader(of format: Format, _ sample: String) -> @Sendable () -> any FormatReader {
        guard let claim = format.recognise(Array(sample.utf8)) else { fatalError("\(format.name) claims no \(sample)") }
        return claim.makeReader
    }
}
