import Model

// One row to one item.
extension Assembler {
    mutating func makeItem(_ row: Row, _ shape: Shape, into events: inout [ReadEvent]) throws(FileRefused) -> Item {
        var item = Item()
        item.position = row.position
        item.number = values.unitNumber(.item, row, shape)
        item.transaction = values.text(.transaction, row, shape)
        try takeAmount(row, shape, &item, into: &events)
        let currency = values.text(.currency, row, shape)
        item.currency = currency.isEmpty ? deposit?.currency ?? "" : currency
        item.tender = try tender(row, shape, into: &events)
        item.checkNumber = values.number(.checkNumber, row, shape)
        item.routing = values.number(.routing, row, shape)
        item.bankAccount = values.number(.bankAccount, row, shape)
        item.payer = values.text(.payer, row, shape)
        item.account = values.reference(.account, row, shape)
        item.memo = values.text(.memo, row, shape)
        item.reference = values.reference(.reference, row, shape)
        item.endToEnd = values.reference(.endToEnd, row, shape)
        item.trace = values.reference(.trace, row, shape)
        try takeDates(row, shape, &item, into: &events)
        item.original = original(row, shape, of: item)
        if hasFees { try takeFee(row, shape, of: &item, into: &events) }
        try takeScanline(row, shape, &item, into: &events)
        takeImages(row, shape, &item)
        try checkFiller(row, shape, into: &events)
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
        _ row: Row, _ shape: Shape, _ item: inout Item, into events: inout [ReadEvent]
    ) throws(FileRefused) {
        item.depositDate = batch?.date ?? deposit?.date
        item.checkDate = try values.date(.checkDate, row, shape, into: &events)
        item.valueDate = try values.date(.valueDate, row, shape, into: &events)
        item.bookingDate = try values.date(.bookingDate, row, shape, into: &events)
        item.postmark = try values.date(.postmark, row, shape, into: &events)
    }

    /// Cuts the scan line. One that is too long or too short is cut nowhere: no digit's place is sure.
    private mutating func takeScanline(
        _ row: Row, _ shape: Shape, _ item: inout Item, into events: inout [ReadEvent]
    ) throws(FileRefused) {
        let range = row.trimmed(shape.slot(.scanline))
        guard !range.isEmpty else { return }
        item.scanline = plan.encoding.text(row.bytes[range])
        guard let cut = plan.scanline else { return }
        guard range.count == cut.length else {
            return try values.refuse(
                .fieldInvalid, .scanline, row, shape, .note,
                expected: "\(cut.length) characters; it is not cut to account and amount", into: &events)
        }
        let account = row.bytes[shifted(cut.account, by: range)]
        guard account.allSatisfy({ $0 &- 48 < 10 || $0 == UInt8(ascii: "?") }) else {
            return try values.refuse(
                .fieldInvalid, .scanline, row, shape, .note, expected: "digits, or ? for what could not be read",
                into: &events)
        }
        item.scanlineAccount = plan.encoding.text(account)
        if let due = cut.due { item.scanlineDue = row.decimal(shifted(due, by: range)).map { Cents($0) } }
    }

    private func shifted(_ range: Range<Int>, by other: Range<Int>) -> Range<Int> {
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
