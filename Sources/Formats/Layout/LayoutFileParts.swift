/// `money`: how amounts are written.
struct MoneyPart: Decodable {
    var decimalMark: String
    var groupMark: String?
    var signed: Bool

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case decimalMark = "decimal-mark"
        case groupMark = "group-mark"
        case signed
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.strict(CodingKeys.self)
        decimalMark = try values.decode(String.self, forKey: .decimalMark)
        groupMark = try values.decodeIfPresent(String.self, forKey: .groupMark)
        signed = try values.decodeIfPresent(Bool.self, forKey: .signed) ?? false
    }
}

/// `constants`: what is true for every file of the bank and stands in none of them.
struct ConstantsPart: Decodable {
    var currency: String?
    var lockbox: String?
    var ourAccount: String?

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case currency, lockbox
        case ourAccount = "our-account"
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.strict(CodingKeys.self)
        currency = try values.decodeIfPresent(String.self, forKey: .currency)
        lockbox = try values.decodeIfPresent(String.self, forKey: .lockbox)
        ourAccount = try values.decodeIfPresent(String.self, forKey: .ourAccount)
    }
}

/// `tender`: what money is tendered by, and the bank's words for it.
struct TenderPart: Decodable {
    var usual: String
    var names: [String: String]

    private enum CodingKeys: String, CodingKey, CaseIterable { case usual, names }

    init(from decoder: any Decoder) throws {
        let values = try decoder.strict(CodingKeys.self)
        usual = try values.decode(String.self, forKey: .usual)
        names = try values.decodeIfPresent([String: String].self, forKey: .names) ?? [:]
    }
}

/// `sign`: the bank's words for money that came in and money that went out.
struct SignPart: Decodable {
    var credit: [String]
    var debit: [String]

    private enum CodingKeys: String, CodingKey, CaseIterable { case credit, debit }

    init(from decoder: any Decoder) throws {
        let values = try decoder.strict(CodingKeys.self)
        credit = try values.decode([String].self, forKey: .credit)
        debit = try values.decode([String].self, forKey: .debit)
    }
}

/// `kind`: what a row is, and the bank's words for it.
struct KindPart: Decodable {
    /// What a row is where the column is empty; without it such a row is refused.
    var usual: String?
    var names: [String: String]

    private enum CodingKeys: String, CodingKey, CaseIterable { case usual, names }

    init(from decoder: any Decoder) throws {
        let values = try decoder.strict(CodingKeys.self)
        usual = try values.decodeIfPresent(String.self, forKey: .usual)
        names = try values.decode([String: String].self, forKey: .names)
    }
}

/// One of `kinds`: what a row is that has these words in a column.
struct KindRulePart: Decodable {
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

    private enum CodingKeys: String, CodingKey, CaseIterable { case column, text, contains, kind, direction, only }

    init(from decoder: any Decoder) throws {
        let values = try decoder.strict(CodingKeys.self)
        column = try values.decode(String.self, forKey: .column)
        text = try values.decodeIfPresent(String.self, forKey: .text)
        contains = try values.decodeIfPresent(String.self, forKey: .contains)
        kind = try values.decode(String.self, forKey: .kind)
        direction = try values.decodeIfPresent(String.self, forKey: .direction)
        only = try values.decodeIfPresent(String.self, forKey: .only)
    }
}

/// `scanline`: how the line printed on the coupon is cut.
struct ScanlinePart: Decodable {
    var length: Int
    var account: String
    var due: String?

    private enum CodingKeys: String, CodingKey, CaseIterable { case length, account, due }

    init(from decoder: any Decoder) throws {
        let values = try decoder.strict(CodingKeys.self)
        length = try values.decode(Int.self, forKey: .length)
        account = try values.decode(String.self, forKey: .account)
        due = try values.decodeIfPresent(String.self, forKey: .due)
    }
}

/// One of `records`: a record type and what its fields hold.
struct RecordPart: Decodable {
    var type: String?
    var kind: String
    var required: Bool
    var when: [TestPart]?
    var count: Int?
    var fields: [String: FieldPart]

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case type
        case kind = "is"
        case required, when, count, fields
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.strict(CodingKeys.self)
        type = try values.decodeIfPresent(String.self, forKey: .type)
        kind = try values.decode(String.self, forKey: .kind)
        required = try values.decodeIfPresent(Bool.self, forKey: .required) ?? false
        when = try values.decodeIfPresent([TestPart].self, forKey: .when)
        count = try values.decodeIfPresent(Int.self, forKey: .count)
        fields = try values.decodeIfPresent([String: FieldPart].self, forKey: .fields) ?? [:]
    }
}

/// Where a field stands: a text (column name, column number or columns `8-17`), or a mapping with more.
struct FieldPart: Decodable {
    var at: String
    var optional = false
    var date: String?
    var strip: String?

    private enum CodingKeys: String, CodingKey, CaseIterable { case at, optional, date, strip }

    init(from decoder: any Decoder) throws {
        if let text = try? decoder.singleValueContainer().decode(String.self) {
            at = text
            return
        }
        let values = try decoder.strict(CodingKeys.self)
        at = try values.decode(String.self, forKey: .at)
        optional = try values.decodeIfPresent(Bool.self, forKey: .optional) ?? false
        date = try values.decodeIfPresent(String.self, forKey: .date)
        strip = try values.decodeIfPresent(String.self, forKey: .strip)
    }
}
