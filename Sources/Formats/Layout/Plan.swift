import Model

/// A layout that has been checked and cut to what reading needs.
struct Plan: Sendable {
    /// How rows are cut into fields.
    enum Cut: Sendable {
        case delimited(DelimitedCut)
        case fixed(FixedCut)
    }

    var encoding: Encoding
    /// How the file's bytes become the text of `encoding`; nil where they are it.
    var source: SourceEncoding?
    var cut: Cut
    var money: MoneyStyle
    var currency = ""
    var lockbox = ""
    var ourAccount = ""
    var usualTender = Tender.check
    var tenders: [String: Tender] = [:]
    var signs: [String: Direction] = [:]
    var kinds: [String: ItemKind] = [:]
    var usualKind: ItemKind?
    /// What a row is by words in a column; the first that holds counts, before the column `kind`.
    var kindRules: [KindRule] = []
    var tolerated: Set<Deviation> = []
    var scanline: ScanlineCut?
    /// Texts that stand for `no reference`, without leading zeros.
    var placeholders: Set<String> = []
    var shapes: [Shape]

    /// Whether batches begin with a record of their own, or where the batch number changes.
    var hasBatchHeader: Bool { shapes.contains { $0.kind == .batchHeader } }

    /// Whether the file has no batches of its own, so that ours may part money that came in from money that went out.
    var makesBatches: Bool {
        shapes.allSatisfy { shape in
            shape.kind != .batchHeader && shape.kind != .batchTrailer && !shape.has(.batch)
        }
    }

    /// Whether an amount's sign or column says which way it went.
    var saysDirection: Bool {
        money.signed || shapes.contains { $0.has(.sign) || $0.has(.debit) }
    }

    /// What its items may be.
    var itemKinds: Set<ItemKind> {
        let named = Set(kinds.values).union(usualKind.map { [$0] } ?? [])
        return (has(.kind) ? named : [.payment]).union(has(.fee) ? [.fee] : []).union(kindRules.map(\.kind))
    }

    func has(_ role: Role) -> Bool { shapes.contains { $0.has(role) } }

    func requires(_ kind: RecordKind) -> Bool { shapes.contains { $0.kind == kind && $0.required } }
}

/// What a row is of which a test holds, and which way it goes where its sign does not say so.
struct KindRule: Sendable {
    var test: FieldTest
    /// The field that is tested; -1 before a header has told it.
    var field = -1
    var kind: ItemKind
    var direction: Direction?
    /// Which way a row must go for the rule to hold; nil where that is all one.
    var only: Direction?

    init(test: FieldTest, kind: ItemKind, direction: Direction?, only: Direction? = nil) {
        self.test = test
        self.kind = kind
        self.direction = direction
        self.only = only
        if case .position(let position) = test.place { field = position }
    }
}

/// Rows with a separator.
struct DelimitedCut: Sendable {
    var separator: UInt8
    var quote: UInt8?
    var hasHeader: Bool
    var skipHead: Int
    var skipFoot: Int
    /// Where the record type stands; nil where all rows are alike.
    var recordColumn: Place?
    /// Columns that are known and not needed.
    var ignored: [String]
    /// Rows that are passed over: those of which any of these holds.
    var excluded: [FieldTest]
    /// The header names by which a file is known.
    var recogniseColumns: [String]
    /// The record types by which a file without header is known.
    var starts: [String]
    /// Whether rows without header and type are known by what stands in the first of them.
    var knowsRows = false
}

/// Records of fixed columns.
struct FixedCut: Sendable {
    var typeColumns: Range<Int>
    var lengths: ClosedRange<Int>
    var starts: [[UInt8]]
    var tests: [DialectTest]
    /// Records that are passed over: those of which any of these holds.
    var excluded: [ColumnTest]
}

/// How a scan line is cut; offsets count from 0.
struct ScanlineCut: Sendable {
    var length: Int
    var account: Range<Int>
    var due: Range<Int>?
}

/// Where a field stands in its record.
enum Place: Hashable, Sendable {
    case name(String)
    /// From 0.
    case position(Int)
    /// Offsets from 0.
    case columns(Range<Int>)

    /// As a layout writes it, for messages.
    var text: String {
        switch self {
        case .name(let name): "column \(name)"
        case .position(let position): "column \(position + 1)"
        case .columns(let range): "columns \(range.lowerBound + 1)-\(range.upperBound)"
        }
    }
}

/// Which shape a row is of: the first of its record type.
struct ShapeTable {
    let shapes: [Shape]
    /// By the first byte of a record type: the first shape that it can be of.
    private let starts: [Int]
    /// By that byte: the shape of the record type that it is, where nothing else tells such records apart.
    private let sole: [Shape?]

    init(_ shapes: [Shape]) {
        self.shapes = shapes
        let starts = (0..<256).map { byte in
            shapes.firstIndex { $0.type.map { $0.first.map { Int($0) == byte } ?? true } ?? true } ?? shapes.count
        }
        sole = starts.map { start in
            guard start < shapes.count, let type = shapes[start].type, type.count == 1 else { return nil }
            let isAlone = shapes[(start + 1)...].allSatisfy { $0.type?.first != type[0] }
            return isAlone && shapes[start].tests.isEmpty ? shapes[start] : nil
        }
        self.starts = starts
    }

    /// The places of the shapes that a record type which begins so can be of, in their order; more may be among them.
    func places(_ first: UInt8) -> Range<Int> { starts[Int(first)]..<shapes.count }

    /// The shape of records of a type of one byte, where it is the only one.
    func shape(_ type: UInt8) -> Shape? { sole[Int(type)] }

    /// The shape of the record type that a row's field holds, else the one for all other rows.
    func shape(of row: Row, _ typeField: Int) -> Shape? {
        let range = row.trimmed(typeField)
        if range.count == 1, let shape = shape(row.bytes[range.lowerBound]) { return shape }
        for place in range.isEmpty ? shapes.indices : places(row.bytes[range.lowerBound]) {
            guard let type = shapes[place].type else { return shapes[place] }
            if row.holds(type, range) { return shapes[place] }
        }
        return nil
    }
}

/// A record type, ready to read: which of a row's fields holds which role.
final class Shape: Sendable {
    /// One field of a record type.
    struct Field: Sendable {
        var role: Role
        var place: Place
        var optional = false
        var date: DatePattern?
        /// Leading zeros are filling and not part of the number.
        var stripsZeros = false
    }

    let kind: RecordKind
    /// The record's type; nil for the shape of every row that no other type claims.
    let type: [UInt8]?
    let required: Bool
    let tests: [ColumnTest]
    /// How many fields a row has; nil where the header says so.
    let count: Int?
    let fields: [Field]
    /// By role: the row's field that holds it, or -1.
    let slots: [Int]
    /// Where the fields of a fixed record stand, and those of them that say how much.
    let columns: [Range<Int>]
    let moneyColumns: [(role: Role, columns: Range<Int>)]
    private let places: [Int]
    private let strips: [Bool]
    private let dates: [DatePattern?]
    /// What the short way needs of its payments; nil where it has none for them.
    let sound: SoundPayment?

    init(
        _ kind: RecordKind, type: [UInt8]?, required: Bool = false, tests: [ColumnTest] = [], count: Int?,
        fields: [Field], columns: [Int]
    ) {
        self.kind = kind
        self.type = type
        self.required = required
        self.tests = tests
        self.count = count
        self.fields = fields
        var slots = [Int](repeating: -1, count: Role.allCases.count)
        var places = slots
        var strips = slots.map { _ in false }
        var dates = [DatePattern?](repeating: nil, count: slots.count)
        for (index, field) in fields.enumerated() {
            slots[Int(field.role.rawValue)] = columns[index]
            places[Int(field.role.rawValue)] = index
            strips[Int(field.role.rawValue)] = field.stripsZeros
            dates[Int(field.role.rawValue)] = field.date
        }
        self.slots = slots
        self.columns = Shape.columns(of: fields)
        self.moneyColumns = Shape.moneyColumns(of: fields)
        self.places = places
        self.strips = strips
        self.dates = dates
        sound = kind == .payment ? SoundPayment(slots: slots, dates: dates) : nil
    }

    private static func columns(of fields: [Field]) -> [Range<Int>] {
        var columns: [Range<Int>] = []
        for field in fields { if case .columns(let own) = field.place { columns.append(own) } }
        return columns
    }

    /// In the order of the roles; of a role that stands twice, the last.
    private static func moneyColumns(of fields: [Field]) -> [(role: Role, columns: Range<Int>)] {
        var columns: [(role: Role, columns: Range<Int>)] = []
        for role in Role.allCases where role.isMoney {
            guard let field = fields.last(where: { $0.role == role }) else { continue }
            if case .columns(let own) = field.place { columns.append((role, own)) }
        }
        return columns
    }

    /// The same record type with its fields found in a header.
    func resolved(columns: [Int], count: Int) -> Shape {
        Shape(
            kind, type: type, required: required, tests: tests, count: self.count ?? count, fields: fields,
            columns: columns)
    }

    @inline(__always) func slot(_ role: Role) -> Int { slots[Int(role.rawValue)] }

    /// Whether the role's leading zeros are filling.
    @inline(__always) func stripsZeros(_ role: Role) -> Bool { strips[Int(role.rawValue)] }

    /// How the role's day is written; nil where it is none.
    func date(_ role: Role) -> DatePattern? { dates[Int(role.rawValue)] }

    func has(_ role: Role) -> Bool { places[Int(role.rawValue)] >= 0 }

    func field(_ role: Role) -> Field? {
        let place = places[Int(role.rawValue)]
        return place < 0 ? nil : fields[place]
    }

    /// The field's name and place, for messages.
    func label(_ role: Role) -> String { field(role).map { "\(role.name) (\($0.place.text))" } ?? role.name }
}
