internal import Model

/// Puts the fields of a message together to events.
///
/// Items go out as soon as they are whole, so an entry of a million details needs no more memory than one of two:
/// the first detail is held back until a second begins or the entry ends, for a single detail may leave out what
/// its entry says. What an entry states behind its details (against the schema's order) comes too late for them.
struct CamtAssembly {
    private var events: [ReadEvent] = []
    private var deposit = Deposit()
    private var sums = Declared()
    private var hasBegunDeposit = false
    private var entries = 0
    private var entry = CamtEntry()
    private var hasBegunEntry = false
    private var details = CamtDetails()
    private var held: CamtDetails?
    private var statement = StatementCheck()

    mutating func deliver(into all: inout [ReadEvent]) {
        all += events
        events.removeAll(keepingCapacity: true)
    }

    private mutating func tell(
        _ reason: Reason, _ severity: Severity, _ line: Int, _ field: String, _ message: String
    ) {
        events.append(.fault(Fault(reason, severity, at: Position(line: line), field: field, message)))
    }

    /// An amount, or nil with a fault that says what was found.
    private mutating func amount(_ value: CamtValue, _ field: String) -> (cents: Cents?, isCut: Bool) {
        do throws(MoneyFault) {
            return (try Cents(Array(value.trimmed).span), false)
        } catch {
            if case .fractionOfCent(let cut) = error {
                tell(
                    .fractionOfCent, .fault, value.line, field,
                    "found \"\(value.string)\"; expected at most two decimals")
                return (cut, true)
            }
            let reason: Reason = error == .tooLarge ? .amountTooLarge : .amountNotNumeric
            tell(
                reason, .refusal, value.line, field,
                "found \"\(String(value.string.prefix(40)))\"; expected an amount such as 1234.50")
            return (nil, false)
        }
    }
}

// A deposit: `Ntfctn`, `Stmt` or `Rpt`.
extension CamtAssembly {
    mutating func beginDeposit(at line: Int) {
        deposit = Deposit()
        deposit.position = Position(line: line)
        sums = Declared()
        hasBegunDeposit = false
        statement = StatementCheck()
    }

    mutating func deposit(_ field: CamtField?, _ value: CamtValue) {
        switch field {
        case .id: deposit.number = value.string
        case .created: if deposit.date == nil { deposit.date = value.date }
        case .fromTo: deposit.date = value.date ?? deposit.date
        case .copy:
            deposit.isCopy = true
            expect(["DUPL", "CODU", "COPY"], value, "CpyDplctInd")
        case .bankAccount: deposit.bankAccount = value.string
        case .currency: deposit.currency = value.string
        default: break
        }
    }

    mutating func summary(_ field: CamtField?, _ value: CamtValue) {
        sums.position = Position(line: value.line)
        switch field {
        case .entryCount: sums.batches = Int64(decimal: value.trimmed).map { Int($0) }
        case .entrySum: sums.turnover = amount(value, "TxsSummry/TtlNtries/Sum").cents
        case .creditSum: sums.credits = amount(value, "TxsSummry/TtlCdtNtries/Sum").cents
        case .debitSum: sums.debits = amount(value, "TxsSummry/TtlDbtNtries/Sum").cents
        default: break
        }
    }

    /// Begins the deposit once its own fields are read: at its first entry or its end.
    private mutating func openDeposit() {
        if !hasBegunDeposit { events.append(.depositBegins(deposit)) }
        hasBegunDeposit = true
    }

    mutating func endDeposit(at line: Int) {
        openDeposit()
        if let problem = statement.problem {
            tell(.balanceWrong, .note, line, "Bal", problem)
        }
        if sums.position.line == 0 { sums.position = Position(line: line) }
        events.append(.depositEnds(sums))
    }

    mutating func endFile() { events.append(.fileEnds(Declared())) }

    mutating func beginBalance() { statement.beginBalance() }

    mutating func balance(_ field: CamtField?, _ value: CamtValue) {
        switch field {
        case .balanceType: statement.type = value.string
        case .amount:
            statement.cents = try? Cents(Array(value.trimmed).span)
            statement.currency = String(decoding: value.currency, as: UTF8.self)
        case .direction: statement.isDebit = value.string == "DBIT"
        default: break
        }
    }

    mutating func endBalance() { statement.endBalance() }
}

// An entry: `Ntry`.
extension CamtAssembly {
    mutating func beginEntry(at line: Int) {
        openDeposit()
        entries += 1
        entry = CamtEntry()
        entry.line = line
        hasBegunEntry = false
        held = nil
    }

    mutating func entry(_ field: CamtField?, _ value: CamtValue) {
        switch field {
        case .amount:
            let read = amount(value, "Ntry/Amt")
            entry.amount = read.cents
            entry.isCut = read.isCut
            entry.amountText = value.string
            entry.currency = String(decoding: value.currency, as: UTF8.self)
        case .direction: entry.direction = direction(value, "Ntry/CdtDbtInd")
        case .status: if !value.trimmed.isEmpty { entry.status = value.string }
        case .bookingDate: entry.bookingDate = date(value, "Ntry/BookgDt")
        case .valueDate: entry.valueDate = date(value, "Ntry/ValDt")
        case .reversal:
            entry.isReversal = ["true", "1"].contains(value.string)
            expect(["true", "false", "1", "0"], value, "Ntry/RvslInd")
        case .servicerReference: entry.reference = value.string
        case .family: entry.family = value.string
        case .subFamily: entry.subFamily = value.string
        case .information: entry.information = value.string
        case .transactionCount:
            // One for each `NtryDtls` that is a batch; a count beyond every file's is none.
            if let count = Int64(decimal: value.trimmed), count <= PaymentID.placesMax {
                entry.transactions = (entry.transactions ?? 0) + Int(count)
            }
        default: break
        }
    }

    /// Tells a word that steers money and is none of these.
    private mutating func expect(_ words: [String], _ value: CamtValue, _ field: String) {
        if words.contains(value.string) { return }
        let expected = words.joined(separator: ", ")
        tell(
            .fieldInvalid, .refusal, value.line, field,
            "found \"\(value.string.prefix(40))\"; expected one of \(expected)")
    }

    private mutating func date(_ value: CamtValue, _ field: String) -> CivilDate? {
        if let date = value.date { return date }
        tell(
            .dateInvalid, .fault, value.line, field,
            "found \"\(value.string.prefix(40))\"; expected a day such as 2026-03-02")
        return nil
    }

    private mutating func direction(_ value: CamtValue, _ field: String) -> Direction? {
        switch value.string {
        case "CRDT": return .credit
        case "DBIT": return .debit
        case let other:
            tell(.fieldInvalid, .refusal, value.line, field, "found \"\(other.prefix(40))\"; expected CRDT or DBIT")
            return nil
        }
    }

    private mutating func openEntry() {
        guard !hasBegunEntry else { return }
        hasBegunEntry = true
        var batch = Batch()
        batch.position = Position(line: entry.line)
        batch.number = String(entries)
        batch.date = entry.bookingDate ?? entry.valueDate
        events.append(.batchBegins(batch))
    }

    mutating func endEntry() {
        if let single = held {
            emit(single, isOnly: true)
        } else if entry.details == 0 {
            var whole = CamtDetails()
            whole.line = entry.line
            whole.memo = [entry.information]
            whole.trace = entry.reference
            emit(whole, isOnly: true)
        }
        held = nil
        require()
        statement.add(entry)
        events.append(.batchEnds(entry.declared))
    }

    /// What every entry must state; a missing part is told with the entry's line.
    private mutating func require() {
        if entry.amount == nil, entry.amountText.isEmpty {
            tell(.fieldMissing, .refusal, entry.line, "Ntry/Amt", "found no amount; expected one")
        }
        if entry.direction == nil {
            tell(.fieldMissing, .refusal, entry.line, "Ntry/CdtDbtInd", "found none; expected CRDT or DBIT")
        }
        if entry.status == nil {
            tell(
                .bookingUnstated, .fault, entry.line, "Ntry/Sts",
                "found no status; the entry counts as booked and does not post")
        }
    }
}

// An item: `TxDtls`.
extension CamtAssembly {
    mutating func beginDetails(at line: Int) {
        if let first = held { emit(first, isOnly: false) }
        held = nil
        entry.details += 1
        details = CamtDetails()
        details.line = line
    }

    mutating func details(_ field: CamtField?, _ value: CamtValue) {
        switch field {
        case .amount, .transactionAmount, .instructedAmount: detailsAmount(field!, value)
        case .direction: details.direction = direction(value, "TxDtls/CdtDbtInd")
        case .servicerReference: details.servicerReference = value.string
        case .endToEnd: details.endToEnd = value.string
        case .transactionID: details.transactionID = value.string
        case .uetr: details.uetr = value.string
        case .checkNumber: details.checkNumber = value.string
        case .family: details.family = value.string
        case .subFamily: details.subFamily = value.string
        case .debtor: details.debtor = value.string
        case .ultimateDebtor: details.ultimateDebtor = value.string
        case .debtorAccount: details.debtorAccount = value.string
        case .debtorAgent: details.debtorAgent = value.string
        case .unstructured, .remittanceInformation: details.memo.append(value.string)
        case .information: details.information = value.string
        case .documentNumber: details.line(bill: value.string)
        case .remittedAmount: details.line(amount: amount(value, "TxDtls/RmtInf/Strd/RfrdDocAmt/RmtdAmt").cents)
        case .reference: details.reference = value.string
        default: break
        }
    }

    private mutating func detailsAmount(_ field: CamtField, _ value: CamtValue) {
        let names: [CamtField: String] = [
            .amount: "TxDtls/Amt", .transactionAmount: "TxDtls/AmtDtls/TxAmt/Amt",
            .instructedAmount: "TxDtls/AmtDtls/InstdAmt/Amt",
        ]
        let read = amount(value, names[field]!)
        details.amounts[field] = CamtAmount(
            cents: read.cents, isCut: read.isCut, text: value.string,
            currency: String(decoding: value.currency, as: UTF8.self))
    }

    mutating func endStructured() { details.endLine() }

    mutating func markReturn() { details.isReturn = true }

    /// Sends the item out, or holds the first of an entry back.
    mutating func endDetails() {
        if entry.details == 1 { held = details } else { emit(details, isOnly: false) }
    }

    private mutating func emit(_ details: CamtDetails, isOnly: Bool) {
        openEntry()
        let item = details.item(of: entry, number: entry.emitted + 1, isOnly: isOnly)
        entry.emitted += 1
        if item.amount == nil, item.amountText.isEmpty, !isOnly {
            tell(
                .fieldMissing, .fault, details.line, "TxDtls/Amt",
                "found no amount for one of several details; expected one, else the entry does not balance")
        }
        events.append(.item(item))
    }
}
