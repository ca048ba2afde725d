/// A layout as its YAML file writes it, before it is checked. `config/layouts` shows and explains every key.
struct LayoutFile: Decodable {
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

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case layout, format, version, bank, encoding, delimited, fixed, recognise, money, dates
        case centuryPivot = "century-pivot"
        case constants, tender, sign, kind, kinds, exclude, tolerates, scanline, placeholders, records
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.strict(CodingKeys.self)
        layout = try values.decode(String.self, forKey: .layout)
        format = try values.decode(String.self, forKey: .format)
        version = try values.decodeIfPresent(String.self, forKey: .version)
        bank = try values.decodeIfPresent(String.self, forKey: .bank)
        encoding = try values.decodeIfPresent(String.self, forKey: .encoding)
        delimited = try values.decodeIfPresent(DelimitedPart.self, forKey: .delimited)
        fixed = try values.decodeIfPresent(FixedPart.self, forKey: .fixed)
        recognise = try values.decode(RecognisePart.self, forKey: .recognise)
        money = try values.decodeIfPresent(MoneyPart.self, forKey: .money)
        dates = try values.decodeIfPresent(String.self, forKey: .dates)
        centuryPivot = try values.decodeIfPresent(Int.self, forKey: .centuryPivot)
        constants = try values.decodeIfPresent(ConstantsPart.self, forKey: .constants)
        tender = try values.decodeIfPresent(TenderPart.self, forKey: .tender)
        sign = try values.decodeIfPresent(SignPart.self, forKey: .sign)
        kind = try values.decodeIfPresent(KindPart.self, forKey: .kind)
        kinds = try values.decodeIfPresent([KindRulePart].self, forKey: .kinds)
        exclude = try values.decodeIfPresent([TestPart].self, forKey: .exclude)
        tolerates = try values.decodeIfPresent([String].self, forKey: .tolerates)
        scanline = try values.decodeIfPresent(ScanlinePart.self, forKey: .scanline)
        placeholders = try values.decodeIfPresent([String].self, forKey: .placeholders)
        records = try values.decode([RecordPart].self, forKey: .records)
    }
}

/// `delimited`: how rows are cut into fields.
struct DelimitedPart: Decodable {
    var separator: String
    var quote: String?
    var header: Bool
    var skipHead: Int
    var skipFoot: Int
    var recordColumn: String?
    /// Columns that are known and not needed.
    var ignore: [String]

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case separator, quote, header
        case skipHead = "skip-head"
        case skipFoot = "skip-foot"
        case recordColumn = "record-column"
        case ignore
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.strict(CodingKeys.self)
        separator = try values.decode(String.self, forKey: .separator)
        quote = try values.decodeIfPresent(String.self, forKey: .quote)
        header = try values.decode(Bool.self, forKey: .header)
        skipHead = try values.decodeIfPresent(Int.self, forKey: .skipHead) ?? 0
        skipFoot = try values.decodeIfPresent(Int.self, forKey: .skipFoot) ?? 0
        recordColumn = try values.decodeIfPresent(String.self, forKey: .recordColumn)
        ignore = try values.decodeIfPresent([String].self, forKey: .ignore) ?? []
    }
}

/// `fixed`: where the record type stands and how long a record may be.
struct FixedPart: Decodable {
    var typeColumns: String
    var length: String

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case typeColumns = "type-columns"
        case length
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.strict(CodingKeys.self)
        typeColumns = try values.decode(String.self, forKey: .typeColumns)
        length = try values.decode(String.self, forKey: .length)
    }
}

/// `recognise`: by what the layout knows its files.
struct RecognisePart: Decodable {
    /// Header names that must all be there.
    var columns: [String]?
    /// The types of the first records.
    var starts: [String]?
    /// Whether rows without header and type are known by what stands in the first of them.
    var rows: Bool
    var tests: [TestPart]?

    private enum CodingKeys: String, CodingKey, CaseIterable { case columns, starts, rows, tests }

    init(from decoder: any Decoder) throws {
        let values = try decoder.strict(CodingKeys.self)
        columns = try values.decodeIfPresent([String].self, forKey: .columns)
        starts = try values.decodeIfPresent([String].self, forKey: .starts)
        rows = try values.decodeIfPresent(Bool.self, forKey: .rows) ?? false
        tests = try values.decodeIfPresent([TestPart].self, forKey: .tests)
    }
}

/// One test of columns: of a record's form (`when`) or of a dialect (`recognise.tests`).
struct TestPart: Decodable {
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

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case record, columns, column, holds, text
        case notText = "not-text"
        case sameAs = "same-as"
        case differsFrom = "differs-from"
        case absent, unless
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.strict(CodingKeys.self)
        record = try values.decodeIfPresent(String.self, forKey: .record)
        columns = try values.decodeIfPresent(String.self, forKey: .columns)
        column = try values.decodeIfPresent(String.self, forKey: .column)
        holds = try values.decodeIfPresent(String.self, forKey: .holds)
        text = try values.decodeIfPresent(String.self, forKey: .text)
        notText = try values.decodeIfPresent(String.self, forKey: .notText)
        sameAs = try values.decodeIfPresent(String.self, forKey: .sameAs)
        differsFrom = try values.decodeIfPresent(String.self, forKey: .differsFrom)
        absent = try values.decodeIfPresent(String.self, forKey: .absent)
        unless = try values.decodeIfPresent(String.self, forKey: .unless)
    }
}
