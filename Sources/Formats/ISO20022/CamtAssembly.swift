internal import Model

/// Puts the fields of a message together to events.
///
/// Items go out as soon as they are whole, so an entry of a million details needs no more memory than one of two:
/// the first detail is held back until a second begins or the entry ends, for a single detail may leave out what
/// its entry says. What an entry states behind its details (against the schema's order) comes too late for them.
struct CamtAssembly {
    private var log = MessageLog()
    private var deposit = Deposit()
    private var sums = Declared()
    private var hasBegunDeposit = false
    private var entries = 0
    private var entry = CamtEntry()
    private var hasBegunEntry = false
    private var details = CamtDetails()
    private var held: CamtDetails?
    private var statement = StatementCheck()
    private var wantsTotals = false

    mutating func want(_ wanted: Wanted) {
        wantsTotals = wanted == .totals
        log.keepsAmountTexts = !wantsTotals
    }

    mutating func deliver(into all: inout [ReadEvent]) { log.deliver(into: &all) }
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

    mutating func deposit(_ field: CamtField, _ value: ElementText) {
        switch field {
        case .id: deposit.number = value.string
        case .created: if deposit.date == nil { deposit.date = value.date }
        case .fromTo: deposit.date = value.date ?? deposit.date
        case .copy:
            deposit.isCopy = true
            log.expect(["DUPL", "CODU", "COPY"], value, "CpyDplctInd")
        case .bankAccount: deposit.bankAccount = value.string
        case .currency: deposit.currency = value.string
        default: break
        }
    }

    mutating func summary(_ field: CamtField, _ value: ElementText) {
        sums.position = Position(line: value.line)
        switch field {
        case .entryCount: sums.batches = value.count
        case .entrySum: sums.turnover = log.amount(value, "TxsSummry/TtlNtries/Sum").cents
        case .creditSum: sums.credits = log.amount(value, "TxsSummry/TtlCdtNtries/Sum").cents
        case .debitSum: sums.debits = log.amount(value, "TxsSummry/TtlDbtNtries/Sum").cents
        default: break
        }
    }

    /// Begins the deposit once its own fields are read: at its first entry or its end.
    private mutating func openDeposit() {
        if !hasBegunDeposit { log.append(.depositBegins(deposit)) }
        hasBegunDeposit = true
    }

    mutating func endDeposit(at line: Int) {
        openDeposit()
        if let problem = statement.problem {
            log.tell(.balanceWrong, .note, line, "Bal", problem)
        }
        if sums.position.line == 0 { sums.position = Position(line: line) }
        log.append(.depositEnds(sums))
    }

    mutating func endFile() { log.append(.fileEnds(Declared())) }

    mutating func beginBalance() { statement.beginBalance() }

    mutating func balance(_ field: CamtField, _ value: ElementText) {
        switch field {
        case .balanceType: statement.type = value.string
        case .amount:
            statement.cents = try? value.cents()
            statement.currency = value.currency
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

    mutating func entry(_ field: CamtField, _ value: ElementText) {
        switch field {
        case .amount: entry.amount = log.amount(value, "Ntry/Amt")
        case .direction: entry.direction = direction(value, "Ntry/CdtDbtInd")
        case .status: if !value.trimmed.isEmpty { entry.status = value.string }
        case .bookingDate: entry.bookingDate = log.date(value, "Ntry/BookgDt")
        case .valueDate: entry.valueDate = log.date(value, "Ntry/ValDt")
        case .reversal:
            entry.isReversal = ["true", "1"].contains(value.string)
            log.expect(["true", "false", "1", "0"], value, "Ntry/RvslInd")
        case .servicerReference: entry.reference = value.string
        case .family: entry.family = value.string
        case .subFamily: entry.subFamily = value.string
        case .information: entry.information = value.string
        case .transactionCount:
            // One for each `NtryDtls` that is a batch; a count beyond every file's is none.
            if let count = value.count, count <= PaymentID.placesMax {
                entry.transactions = (entry.transactions ?? 0) + count
            }
        default: break
        }
    }

    private mutating func direction(_ value: ElementText, _ field: String) -> Direction? {
        switch value.string {
        case "CRDT": return .credit
        case "DBIT": return .debit
        case let other:
            log.tell(.fieldInvalid, .refusal, value.line, field, "found \"\(quotable(other))\"; expected CRDT or DBIT")
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
        batch.reference = told(entry.reference)
        log.append(.batchBegins(batch))
    }

    mutating func endEntry() {
        if let single = held {
            emit(single, isOnly: true)
        } else if entry.details == 0 {
            var whole = CamtDetails()
            whole.line = entry.line
            whole.take(.information, entry.information)
            whole.trace = entry.reference
            emit(whole, isOnly: true)
        }
        held = nil
        require()
        statement.add(entry)
        log.append(.batchEnds(entry.declared))
    }

    /// What every entry must state; a missing part is told with the entry's line.
    private mutating func require() {
        if entry.amount == nil {
            log.tell(.fieldMissing, .refusal, entry.line, "Ntry/Amt", "found no amount; expected one")
        }
        if entry.direction == nil {
            log.tell(.fieldMissing, .refusal, entry.line, "Ntry/CdtDbtInd", "found none; expected CRDT or DBIT")
        }
        if entry.status == nil {
            log.tell(
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

    mutating func details(_ field: CamtField, _ value: ElementText) {
        switch field {
        case .amount: details.amount = log.amount(value, "TxDtls/Amt")
        case .transactionAmount: details.transactionAmount = log.amount(value, "TxDtls/AmtDtls/TxAmt/Amt")
        case .instructedAmount: details.instructedAmount = log.amount(value, "TxDtls/AmtDtls/InstdAmt/Amt")
        case .direction: details.direction = direction(value, "TxDtls/CdtDbtInd")
        case .unstructured, .remittanceInformation: details.remittance.add(text: wantsTotals ? "" : value.string)
        case .documentNumber: details.remittance.add(document: value.string)
        case .remittedAmount:
            details.remittance.set(amount: log.amount(value, "TxDtls/RmtInf/Strd/RfrdDocAmt/RmtdAmt").cents)
        case .reference: details.take(.reference, log.reference(value, "TxDtls/RmtInf/Strd/CdtrRefInf/Ref"))
        case .returned: details.isReturn = true
        case .returnText: details.returnText.add(text: value.string)
        default: details.take(field, value.string)
        }
    }

    mutating func endStructured() { details.remittance.endStructured() }

    mutating func markReturn() { details.isReturn = true }

    /// Sends the item out, or holds the first of an entry back.
    mutating func endDetails() {
        log.check(details.remittance, details.line)
        // Taken out: a copy would count each of its texts and lists.
        var whole = CamtDetails()
        swap(&whole, &details)
        if entry.details == 1 { held = whole } else { emit(whole, isOnly: false) }
    }

    private mutating func emit(_ details: CamtDetails, isOnly: Bool) {
        openEntry()
        entry.emitted += 1
        let amount = details.amount(of: entry, isOnly)
        if amount?.cents == nil, amount?.isBlank ?? true, !isOnly {
            log.tell(
                .fieldMissing, .fault, details.line, "TxDtls/Amt",
                "found no amount for one of several details; expected one, else the entry does not balance")
        }
        if wantsTotals {
            let figures = details.figures(of: entry, isOnly)
            if !figures.currency.isLong { return log.append(.figures(figures)) }
        }
        log.append(.item(details.item(of: entry, number: entry.emitted, isOnly: isOnly)))
    }
}
