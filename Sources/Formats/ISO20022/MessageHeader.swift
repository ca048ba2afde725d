internal import Model

/// The group header (`GrpHdr`) of a message, which is our deposit, and what it declares of the whole file.
struct MessageHeader {
    private var deposit = Deposit()
    private var declared = Declared()
    private var hasBegun = false

    mutating func begin(at line: Int) {
        deposit = Deposit()
        deposit.position = Position(line: line)
        hasBegun = false
    }

    mutating func take(_ field: PaymentField, _ value: ElementText, _ log: inout MessageLog) {
        switch field {
        case .messageID: deposit.number = value.string
        case .created: deposit.date = value.date
        case .copy:
            deposit.isCopy = true
            log.expect(["DUPL", "CODU", "COPY"], value, "GrpHdr/CpyInd")
        case .count: declared.set(count: value, "GrpHdr/NbOfTxs", &log)
        case .sum: declared.set(debits: value, "GrpHdr/CtrlSum", &log)
        default: break
        }
    }

    /// Begins the deposit once its own fields are read: at its first unit or its end.
    mutating func open(_ log: inout MessageLog) {
        if !hasBegun { log.append(.depositBegins(deposit)) }
        hasBegun = true
    }

    mutating func end(at line: Int, _ log: inout MessageLog) {
        open(&log)
        var ends = Declared()
        ends.position = Position(line: line)
        log.append(.depositEnds(ends))
    }

    func endFile(_ log: inout MessageLog) { log.append(.fileEnds(declared)) }
}

extension Declared {
    /// `NbOfTxs`. A count beyond every file's is none.
    mutating func set(count value: ElementText, _ field: String, _ log: inout MessageLog) {
        position = Position(line: value.line)
        guard let count = value.count, count <= PaymentID.placesMax else {
            return log.tell(
                .countWrong, .fault, value.line, field, "found \"\(quotable(value.string))\"; expected a number")
        }
        items = count
    }

    /// `CtrlSum`, of a collection.
    mutating func set(debits value: ElementText, _ field: String, _ log: inout MessageLog) {
        position = Position(line: value.line)
        debits = log.amount(value, field).cents
    }
}
