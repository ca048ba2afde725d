import Model

/// `money`: how amounts are written.
struct MoneyPart: LayoutPart {
    var decimalMark: String
    var groupMark: String?
    var signed: Bool

    static let keys = ["decimal-mark", "group-mark", "signed"]

    init(_ values: YAMLMapping) throws(FileRefused) {
        decimalMark = try values.text("decimal-mark")
        groupMark = try values.textIfAny("group-mark")
        signed = try values.flagIfAny("signed") ?? false
    }
}

/// `constants`: what is true for every file of the bank and stands in none of them.
struct ConstantsPart: LayoutPart {
    var currency: String?
    var lockbox: String?
    var ourAccount: String?

    static let keys = ["currency", "lockbox", "our-account"]

    init(_ values: YAMLMapping) throws(FileRefused) {
        currency = try values.textIfAny("currency")
        lockbox = try values.textIfAny("lockbox")
        ourAccount = try values.textIfAny("our-account")
    }
}

/// `tender`: what money is tendered by, and the bank's words for it.
struct TenderPart: LayoutPart {
    var usual: String
    var names: [String: String]

    static let keys = ["usual", "names"]

    init(_ values: YAMLMapping) throws(FileRefused) {
        usual = try values.text("usual")
        names = try values.wordsIfAny("names") ?? [:]
    }
}

/// `sign`: the bank's words for money that came in and money that went out.
struct SignPart: LayoutPart {
    var credit: [String]
    var debit: [String]

    static let keys = ["credit", "debit"]

    init(_ values: YAMLMapping) throws(FileRefused) {
        credit = try values.texts("credit")
        debit = try values.texts("debit")
    }
}

/// `kind`: what a row is, and the bank's words for it.
struct KindPart: LayoutPart {
    /// What a row is where the column is empty; without it such a row is refused.
    var usual: String?
    var names: [String: String]

    static let keys = ["usual", "names"]

    init(_ values: YAMLMapping) throws(FileRefused) {
        usual = try values.textIfAny("usual")
        names = try values.words("names")
    }
}

/// One of `kinds`: what a row is that has these words in a column.
struct KindRulePart: LayoutPart {
    var column: String
    /// The whole field.
    var text: String?
    /// Words in the field, in small letters or capitals.
    var contains: String?
    var kind: String
    /// Which way such a row goes, where its sign does not say it.
    var direction: String?
    /// Which way a row must go by its sign for the rule to hold.
    var only: String?

    static let keys = ["column", "text", "contains", "kind", "direction", "only"]

    init(_ values: YAMLMapping) throws(FileRefused) {
        column = try values.text("column")
        text = try values.textIfAny("text")
        contains = try values.textIfAny("contains")
        kind = try values.text("kind")
        direction = try values.textIfAny("direction")
        only = try values.textIfAny("only")
    }
}

/// `scanline`: how the line printed on the coupon is cut.
struct ScanlinePart: LayoutPart {
    var length: Int
    var account: String
    var due: String?

    static let keys = ["length", "account", "due"]

    init(_ values: YAMLMapping) throws(FileRefused) {
        length = try values.number("length")
        account = try values.text("account")
        due = try values.textIfAny("due")
    }
}

/// One of `records`: a record type and what its fields hold.
struct RecordPart: LayoutPart {
    var type: String?
    var kind: String
    var required: Bool
    var when: [TestPart]?
    var count: Int?
    var fields: [String: FieldPart]

    static let keys = ["type", "is", "required", "when", "count", "fields"]

    init(_ values: YAMLMapping) throws(FileRefused) {
        type = try values.textIfAny("type")
        kind = try values.text("is")
        required = try values.flagIfAny("required") ?? false
        when = try values.partsIfAny("when")
        count = try values.numberIfAny("count")
        fields = try values.namedParts("fields") ?? [:]
    }
}

/// Where a field stands: a text (column name, column number or columns `8-17`), or a mapping with more.
struct FieldPart: ShortLayoutPart {
    var at: String
    var optional = false
    var date: String?
    var strip: String?

    static let keys = ["at", "optional", "date", "strip"]

    init(_ text: String) { at = text }

    init(_ values: YAMLMapping) throws(FileRefused) {
        at = try values.text("at")
        optional = try values.flagIfAny("optional") ?? false
        date = try values.textIfAny("date")
        strip = try values.textIfAny("strip")
    }
}
