import Model

/// An entry without addenda in which nothing is wrong, as its line states it.
struct ACHSoundEntry {
    let line: PlainLine
    let amount: Cents
    let direction: Direction
    /// The eight digits of the routing number that the hash sums.
    let rdfi: Int
    let trace: Int
}

/// What such entries of a batch are like: where they have what can be wrong.
struct ACHSoundForm {
    private let code = ACHEntryDetail.transactionCode.places
    private let routing = ACHEntryDetail.routing.places
    private let amount = ACHEntryDetail.amount.places
    private let indicator = ACHEntryDetail.addendaIndicator.places.lowerBound
    private let trace = ACHEntryDetail.trace.places
    /// The columns of the name, where the entry's class demands one; else none.
    private let name: Range<Int>?
    private let service: ACHServiceClass

    /// Nil where more can be wrong, or where the entries of the batch are no payments.
    init?(_ batch: ACHBatch) {
        guard !batch.isReversal, batch.entryClass.addendaCount == nil else { return nil }
        service = batch.serviceClass
        name = batch.entryClass.requiresName ? batch.entryClass.name?.places : nil
    }

    /// The entry whose line begins there; nil where there is the least doubt about it.
    ///
    /// The line is looked at once it is known that 94 columns are there, and all fields lie in those.
    @inline(__always) func read(_ bytes: UnsafeRawBufferPointer, at start: Int) -> ACHSoundEntry? {
        guard start &+ ACHRecord.width < bytes.count, bytes[start] == UInt8(ascii: "6"),
            bytes[start &+ indicator] == UInt8(ascii: "0"),
            let line = PlainLine(bytes, at: start, most: ACHRecord.width), line.range.count == ACHRecord.width,
            let direction = direction(bytes, start), let amount = bytes.decimal(amount, from: start),
            let rdfi = ACHRouting.number(bytes, at: start &+ routing.lowerBound),
            let trace = bytes.decimal(trace, from: start), isNamed(bytes, start)
        else { return nil }
        return ACHSoundEntry(line: line, amount: Cents(Int64(amount)), direction: direction, rdfi: rdfi, trace: trace)
    }

    /// Which way the money goes; nil where the code is of no payment, or not of the batch's service class.
    @inline(__always) private func direction(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Direction? {
        guard let code = bytes.decimal(code, from: start), let direction = ACHTransactionCode.direction(code),
            !ACHTransactionCode.isReturn(code), !ACHTransactionCode.hasNoMoney(code)
        else { return nil }
        switch (direction, service) {
        case (.credit, .debits), (.debit, .credits): return nil
        default: return direction
        }
    }

    @inline(__always) private func isNamed(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Bool {
        guard let name else { return true }
        for place in name where bytes[start &+ place] != 0x20 && bytes[start &+ place] != UInt8(ascii: "0") {
            return true
        }
        return false
    }
}

extension ACHField {
    /// Its columns counted from 0.
    var places: Range<Int> { columns.lowerBound - 1..<columns.upperBound }
}

extension UnsafeRawBufferPointer {
    /// The number in those columns of the line that begins at `start`.
    @inline(__always) fileprivate func decimal(_ columns: Range<Int>, from start: Int) -> Int? {
        decimal(Range(uncheckedBounds: (start &+ columns.lowerBound, start &+ columns.upperBound)))
    }
}
