import Model

/// Where a shape's payments have what can be wrong, for those of the short way.
struct SoundPayment: Sendable {
    let amount: Int
    let lineAmount: Int
    let batch: Int
    let item: Int
    let depositDate: Int
    let lockbox: Int
    let ourAccount: Int
    let scanline: Int
    let filler: Int
    let days: [(role: Role, field: Int, cut: DayCut)]

    /// Nil where payments have columns that say which way they went, what they are or in what, or days of a strange
    /// pattern: they go the long way.
    init?(slots: [Int], dates patterns: [DatePattern?]) {
        func slot(_ role: Role) -> Int { slots[Int(role.rawValue)] }
        let others: [Role] = [.currency, .tender, .kind, .sign, .credit, .debit, .fee, .net]
        guard slot(.amount) >= 0, others.allSatisfy({ slot($0) < 0 }) else { return nil }
        amount = slot(.amount)
        lineAmount = slot(.lineAmount)
        batch = slot(.batch)
        item = slot(.item)
        depositDate = slot(.depositDate)
        lockbox = slot(.lockbox)
        ourAccount = slot(.ourAccount)
        scanline = slot(.scanline)
        filler = slot(.filler)
        var days: [(role: Role, field: Int, cut: DayCut)] = []
        for role in [Role.checkDate, .valueDate, .bookingDate, .postmark] where slot(role) >= 0 {
            guard let pattern = patterns[Int(role.rawValue)] else { continue }
            guard pattern.isCut else { return nil }
            days.append((role, slot(role), pattern.cut))
        }
        self.days = days
    }
}

// The short way: a payment in one row, in the batch that is open, in which nothing is wrong.
//
// Nearly every payment is one, and a look for totals needs of it a sum and a few days. Whatever else a row is, or the
// least doubt about it, is left to the long way, which tells it: the two differ in nothing but time, a third of it.
extension Assembler {
    /// Takes a sound payment; false, and nothing done, where it is not one for the short way.
    mutating func takeSound(_ row: Row, _ shape: Shape, into events: inout [ReadEvent]) -> Bool {
        guard wantsTotals, hasBatch, batchIsTold, !hasFileTrailer, kindRules.isEmpty, let sound = shape.sound,
            open != .item, !common.currency.isLong
        else { return false }
        guard !overflow.hasFlag, isInOpenBatch(row, sound), !mayContinue(row, sound) else { return false }
        guard let cents = values.usualAmount(row, sound.amount), isAbsentOrUsual(row, sound.lineAmount) else {
            return false
        }
        guard row.trimmed(sound.filler).isEmpty, hasSoundScanline(row, sound.scanline) else { return false }
        var days = SoundDays()
        for place in sound.days.indices {
            let range = row.trimmed(sound.days[place].field)
            if range.isEmpty { continue }
            guard let day = sound.days[place].cut.read(row.bytes.span.extracting(range)) else { return false }
            days.set(day, sound.days[place].role)
        }
        if open == .facts {
            events.append(.figures(facts.figures))
            countItem()
        }
        begin(row.position, cents, days)
        rows = row.position.record
        batchRows += 1
        if itemShape !== shape { itemShape = shape }
        overflow = Overflow()
        return true
    }

    /// Begins a payment with its facts.
    @inline(__always) private mutating func begin(_ position: Position, _ cents: Cents, _ days: SoundDays) {
        open = .facts
        facts.figures.position = position
        facts.figures.amount = cents
        facts.figures.direction = .credit
        facts.figures.currency = common.currency
        facts.figures.depositDate = common.depositDate
        facts.figures.valueDate = days.value
        facts.figures.bookingDate = days.booking
        facts.checkDate = days.check
        facts.postmark = days.postmark
        if !facts.amountText.isEmpty { facts.amountText = "" }
        facts.fractionOfCent = false
        facts.kind = .payment
        facts.tender = plan.usualTender
    }

    /// Whether the row states the batch that is open.
    @inline(__always) func isInOpenBatch(_ row: Row, _ sound: SoundPayment) -> Bool {
        if hasBatchHeader { return sound.batch < 0 || row.holds(batchNumber, row.unit(sound.batch)) }
        return (sound.batch < 0 || row.holds(batchKey.batch, row.unit(sound.batch)))
            && (sound.depositDate < 0 || row.holds(batchKey.date, row.trimmed(sound.depositDate)))
            && (sound.lockbox < 0 || row.holds(batchKey.lockbox, row.trimmed(sound.lockbox)))
            && (sound.ourAccount < 0 || row.holds(batchKey.ourAccount, row.trimmed(sound.ourAccount)))
    }

    /// Whether the row may be another one of the open payment.
    @inline(__always) private func mayContinue(_ row: Row, _ sound: SoundPayment) -> Bool {
        guard open == .facts, !hasBatchHeader, sound.item >= 0, let first = itemShape else { return false }
        let own = row.unit(sound.item)
        return !own.isEmpty && row.repeats(own, of: firstRow, firstRow.unit(first.slot(.item)))
    }

    @inline(__always) private func isAbsentOrUsual(_ row: Row, _ field: Int) -> Bool {
        field < 0 || row.trimmed(field).isEmpty || values.usualAmount(row, field) != nil
    }

    @inline(__always) private func hasSoundScanline(_ row: Row, _ field: Int) -> Bool {
        guard field >= 0, let cut = plan.scanline else { return true }
        let range = row.trimmed(field)
        if range.isEmpty { return true }
        guard range.count == cut.length else { return false }
        return isAccount(shifted(cut.account, by: range), row)
    }
}

/// The days of one payment.
private struct SoundDays {
    var check: CivilDate?
    var value: CivilDate?
    var booking: CivilDate?
    var postmark: CivilDate?

    mutating func set(_ day: CivilDate, _ role: Role) {
        switch role {
        case .checkDate: check = day
        case .valueDate: value = day
        case .bookingDate: booking = day
        default: postmark = day
        }
    }
}

extension RowValues {
    /// An amount written as nearly all are: digits with two decimals, or with implied cents; nil of all others.
    fileprivate func usualAmount(_ row: Row, _ field: Int) -> Cents? {
        var range = row.range(field)
        if isFixed { while let first = range.first, row.bytes[first] == 0x20 { range = first + 1..<range.upperBound } }
        return row.usualCents(range, money)
    }
}
