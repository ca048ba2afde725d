import Model

/// A layout as its YAML file writes it, before it is checked. `config/layouts` shows and explains every key.
struct LayoutFile: LayoutPart {
    var layout: String
    var format: String
    var version: String?
    var bank: String?
    var encoding: String?
    var delimited: DelimitedPart?
    var fixed: FixedPart?
    var recognise: RecognisePart
    var money: MoneyPart?
    var dates: String?
    var centuryPivot: Int?
    var constants: ConstantsPart?
    var tender: TenderPart?
    var sign: SignPart?
    var kind: KindPart?
    var kinds: [KindRulePart]?
    var exclude: [TestPart]?
    var tolerates: [String]?
    var scanline: ScanlinePart?
    var placeholders: [String]?
    var records: [RecordPart]

    static let keys = [
        "layout", "format", "version", "bank", "encoding", "delimited", "fixed", "recognise", "money", "dates",
        "century-pivot", "constants", "tender", "sign", "kind", "kinds", "exclude", "tolerates", "scanline",
        "placeholders", "records",
    ]

    init(_ values: YAMLMapping) throws(FileRefused) {
        layout = try values.text("layout")
        format = try values.text("format")
        version = try values.textIfAny("version")
        bank = try values.textIfAny("bank")
        encoding = try values.textIfAny("encoding")
        delimited = try values.partIfAny("delimited")
        fixed = try values.partIfAny("fixed")
        recognise = try values.part("recognise")
        money = try values.partIfAny("money")
        dates = try values.textIfAny("dates")
        centuryPivot = try values.numberIfAny("century-pivot")
        constants = try values.partIfAny("constants")
        tender = try values.partIfAny("tender")
        sign = try values.partIfAny("sign")
        kind = try values.partIfAny("kind")
        kinds = try values.partsIfAny("kinds")
        exclude = try values.partsIfAny("exclude")
        tolerates = try values.textsIfAny("tolerates")
        scanline = try values.partIfAny("scanline")
        placeholders = try values.textsIfAny("placeholders")
        records = try values.parts("records")
    }
}

/// `delimited`: how rows are cut into fields.
struct DelimitedPart: LayoutPart {
    var separator: String
    var quote: String?
    var header: Bool
    var skipHead: Int
    var skipFoot: Int
    var recordColumn: String?
    /// Columns that are known and not needed.
    var ignore: [String]

    static let keys = ["separator", "quote", "header", "skip-head", "skip-foot", "record-column", "ignore"]

    init(_ values: YAMLMapping) throws(FileRefused) {
        separator = try values.text("separator")
        quote = try values.textIfAny("quote")
        header = try values.flag("header")
        skipHead = try values.numberIfAny("skip-head") ?? 0
        skipFoot = try values.numberIfAny("skip-foot") ?? 0
        recordColumn = try values.textIfAny("record-column")
        ignore = try values.textsIfAny("ignore") ?? []
    }
}

/// `fixed`: where the record type stands and how long a record may be.
struct FixedPart: LayoutPart {
    var typeColumns: String
    var length: String

    static let keys = ["type-columns", "length"]

    init(_ values: YAMLMapping) throws(FileRefused) {
        typeColumns = try values.text("type-columns")
        length = try values.text("length")
    }
}

/// `recognise`: by what the layout knows its files.
struct RecognisePart: LayoutPart {
    /// Header names that must all be there.
    var columns: [String]?
    /// The types of the first records.
    var starts: [String]?
    /// Whether rows without header and type are known by what stands in the first of them.
    var rows: Bool
    var tests: [TestPart]?

    static let keys = ["columns", "starts", "rows", "tests"]

    init(_ values: YAMLMapping) throws(FileRefused) {
        columns = try values.textsIfAny("columns")
        starts = try values.textsIfAny("starts")
        rows = try values.flagIfAny("rows") ?? false
        tests = try values.partsIfAny("tests")
    }
}

/// One test of columns: of a record's form (`when`) or of a dialect (`recognise.tests`).
struct TestPart: LayoutPart {
    var record: String?
    /// Columns of a fixed record: `8-17`.
    var columns: String?
    /// A column of a row with separators: its name or number.
    var column: String?
    var holds: String?
    var text: String?
    var notText: String?
    var sameAs: String?
    var differsFrom: String?
    /// `pass` where the test holds when the head has no such record.
    var absent: String?
    /// The test is passed over where the head has a record of this type.
    var unless: String?

    static let keys = [
        "record", "columns", "column", "holds", "text", "not-text", "same-as", "differs-from", "absent", "unless",
    ]

    init(_ values: YAMLMapping) throws(FileRefused) {
        record = try values.textIfAny("record")
        columns = try values.textIfAny("columns")
        column = try values.textIfAny("column")
        holds = try values.textIfAny("holds")
        text = try values.textIfAny("text")
        notText = try values.textIfAny("not-text")
        sameAs = try values.textIfAny("same-as")
        differsFrom = try values.textIfAny("differs-from")
        absent = try values.textIfAny("absent")
        unless = try values.textIfAny("unless")
    }
}
