import Model

/// What one row of a payment says that is not mere text: all that can be wrong in it.
struct RowFacts {
    var figures = ItemFigures()
    /// The currency where it does not fit into figures: then the item is told and not they alone.
    var longCurrency = ""
    /// The amount as the file writes it, where it could not be read or was cut.
    var amountText = ""
    var fractionOfCent = false
    var tender = Tender.check
    var checkDate: CivilDate?
    var postmark: CivilDate?

    var kind: ItemKind {
        get { figures.kind }
        set { figures.kind = newValue }
    }
}

/// How far the open payment is read.
enum OpenPayment {
    /// There is none.
    case none
    /// Its facts, in a look for totals.
    case facts
    /// Its item.
    case item
}

// One row to one item: first its facts, with every fault; then its texts, which tell none.
extension Assembler {
    mutating func makeItem(_ row: Row, _ shape: Shape, into events: inout [ReadEvent]) throws(FileRefused) -> Item {
        try readFacts(row, shape, into: &events)
        return makeItem(of: facts, row, shape)
    }

    /// Reads what a row says that can be wrong into `facts`, and tells what is.
    mutating func readFacts(_ row: Row, _ shape: Shape, into events: inout [ReadEvent]) throws(FileRefused) {
        facts.figures = common
        facts.figures.position = row.position
        try takeAmount(row, shape, into: &events)
        let own = values.text(.currency, row, shape)
        let currency = own.isEmpty ? deposit?.currency ?? "" : own
        facts.figures.currency = CurrencyCode(currency)
        facts.longCurrency = facts.figures.currency.isLong ? currency : ""
        facts.tender = try tender(row, shape, into: &events)
        try takeDates(row, shape, into: &events)
        if hasFees { try takeFee(row, shape, into: &events) }
        try checkScanline(row, shape, into: &events)
        try checkFiller(row, shape, into: &events)
    }

    /// The item of these facts, with the texts of their row.
    func makeItem(of facts: RowFacts, _ row: Row, _ shape: Shape) -> Item {
        var item = Item(facts)
        item.number = values.unitNumber(.item, row, shape)
        item.transaction = values.text(.transaction, row, shape)
        item.checkNumber = values.number(.checkNumber, row, shape)
        item.routing = values.number(.routing, row, shape)
        item.bankAccount = values.number(.bankAccount, row, shape)
        item.payer = values.text(.payer, row, shape)
        item.account = values.reference(.account, row, shape)
        item.memo = values.text(.memo, row, shape)
        item.reference = values.reference(.reference, row, shape)
        item.endToEnd = values.reference(.endToEnd, row, shape)
        item.trace = values.reference(.trace, row, shape)
        item.original = original(row, shape, of: item)
        cutScanline(row, shape, &item)
        takeImages(row, shape, &item)
        return item
    }

    private mutating func tender(
        _ row: Row, _ shape: Shape, into events: inout [ReadEvent]
    ) throws(FileRefused) -> Tender {
        let word = values.text(.tender, row, shape)
        guard !word.isEmpty else { return plan.usualTender }
        if let tender = plan.tenders[word] { return tender }
        try values.refuse(
            .fieldInvalid, .tender, row, shape, .fault,
            expected: "a word of the layout's tender names; taken as \(plan.usualTender.rawValue)", into: &events)
        return plan.usualTender
    }

    private mutating func takeDates(
        _ row: Row, _ shape: Shape, into events: inout [ReadEvent]
    ) throws(FileRefused) {
        facts.checkDate = try values.date(.checkDate, row, shape, into: &events)
        facts.figures.valueDate = try values.date(.valueDate, row, shape, into: &events)
        facts.figures.bookingDate = try values.date(.bookingDate, row, shape, into: &events)
        facts.postmark = try values.date(.postmark, row, shape, into: &events)
    }

    /// A scan line that is too long or too short is cut nowhere: no digit's place is sure.
    private mutating func checkScanline(
        _ row: Row, _ shape: Shape, into events: inout [ReadEvent]
    ) throws(FileRefused) {
        let range = row.trimmed(shape.slot(.scanline))
        guard !range.isEmpty, let cut = plan.scanline else { return }
        guard range.count == cut.length else {
            return try values.refuse(
                .fieldInvalid, .scanline, row, shape, .note,
                expected: "\(cut.length) characters; it is not cut to account and amount", into: &events)
        }
        guard isAccount(shifted(cut.account, by: range), row) else {
            return try values.refuse(
                .fieldInvalid, .scanline, row, shape, .note, expected: "digits, or ? for what could not be read",
                into: &events)
        }
    }

    private func cutScanline(_ row: Row, _ shape: Shape, _ item: inout Item) {
        let range = row.trimmed(shape.slot(.scanline))
        guard !range.isEmpty else { return }
        item.scanline = plan.encoding.text(row.bytes[range])
        guard let cut = plan.scanline, range.count == cut.length else { return }
        let account = shifted(cut.account, by: range)
        guard isAccount(account, row) else { return }
        item.scanlineAccount = plan.encoding.text(row.bytes[account])
        if let due = cut.due { item.scanlineDue = row.decimal(shifted(due, by: range)).map { Cents($0) } }
    }

    /// Whether there are digits only, or `?` in the place of those that could not be read.
    func isAccount(_ range: Range<Int>, _ row: Row) -> Bool {
        if row.decimal(range) != nil { return true }
        for index in range where row.bytes[index] &- 48 >= 10 && row.bytes[index] != UInt8(ascii: "?") { return false }
        return true
    }

    func shifted(_ range: Range<Int>, by other: Range<Int>) -> Range<Int> {
        range.lowerBound + other.lowerBound..<range.upperBound + other.lowerBound
    }

    private func takeImages(_ row: Row, _ shape: Shape, _ item: inout Item) {
        add(.checkFront, .checkFront, row, shape, &item)
        add(.checkBack, .checkBack, row, shape, &item)
        add(.coupon, .coupon, row, shape, &item)
        add(.envelope, .envelope, row, shape, &item)
    }

    private func add(_ view: ImageName.View, _ role: Role, _ row: Row, _ shape: Shape, _ item: inout Item) {
        let name = values.text(role, row, shape)
        guard !name.isEmpty else { return }
        if item.images.isEmpty { item.images.reserveCapacity(3) }
        item.images.append(ImageName(view, name))
    }

    /// Columns that must be blank: text in them means that the record is of another form.
    private mutating func checkFiller(
        _ row: Row, _ shape: Shape, into events: inout [ReadEvent]
    ) throws(FileRefused) {
        guard shape.slot(.filler) >= 0, !row.trimmed(shape.slot(.filler)).isEmpty else { return }
        try values.refuse(.recordMalformed, .filler, row, shape, expected: "blanks", into: &events)
    }
}

extension Item {
    init(_ facts: RowFacts) {
        self.init(facts.figures)
        if facts.figures.currency.isLong { currency = facts.longCurrency }
        amountText = facts.amountText
        fractionOfCent = facts.fractionOfCent
        tender = facts.tender
        checkDate = facts.checkDate
        postmark = facts.postmark
    }
}
