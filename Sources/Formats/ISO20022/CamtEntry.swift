internal import Model

/// What an entry (`Ntry`) states for all its details.
struct CamtEntry {
    var line = 0
    var amount: StatedAmount?
    var direction: Direction?
    var status: String?
    var bookingDate: CivilDate?
    var valueDate: CivilDate?
    var isReversal = false
    var reference = ""
    var family = ""
    var subFamily = ""
    var information = ""
    var transactions: Int?
    /// How many details began, and how many items went out.
    var details = 0
    var emitted = 0

    /// Only `BOOK` is booked; other codes announce (ISO 20022 external code set EntryStatus).
    var booking: Booking {
        switch status {
        case "BOOK": .booked
        case nil: .unstated
        default: .pending
        }
    }

    /// The entry's own amount is the control total of its details, less debits where it is a credit.
    var declared: Declared {
        var declared = Declared()
        declared.position = Position(line: line)
        declared.items = details > 0 ? transactions : nil
        declared.currency = amount?.currency ?? ""
        declared.booking = booking
        switch direction {
        case .credit: declared.credits = amount?.cents
        case .debit: declared.debits = amount?.cents
        case nil: break
        }
        return declared
    }
}

/// What one detail (`TxDtls`) states.
struct CamtDetails {
    var line = 0
    var amount: StatedAmount?
    var transactionAmount: StatedAmount?
    var instructedAmount: StatedAmount?
    var direction: Direction?
    var isReturn = false
    var trace = ""
    var remittance = Remittance()
    var returnText = Remittance()
    /// The other texts, as they came: few of many that there may be.
    private var texts: [(field: CamtField, text: String)] = []

    mutating func take(_ field: CamtField, _ text: String) { texts.append((field, text)) }

    /// The text of a field, of several the last; empty where it has none.
    private subscript(field: CamtField) -> String { texts.last { $0.field == field }?.text ?? "" }

    /// The figures of the item that this detail is, with what it leaves to its entry filled in.
    func figures(of entry: CamtEntry, _ isOnly: Bool) -> ItemFigures {
        var figures = ItemFigures()
        figures.position = Position(line: line)
        let stated = amount(of: entry, isOnly)
        figures.amount = stated?.cents
        figures.currency = CurrencyCode(currency(of: entry, stated))
        // Of a single detail the bank's booking speaks: some write the reversed payment's direction on it.
        figures.direction = (isOnly ? entry.direction ?? direction : direction ?? entry.direction) ?? .credit
        figures.booking = entry.booking
        figures.bookingDate = entry.bookingDate
        figures.valueDate = entry.valueDate
        figures.kind = kind(of: entry)
        return figures
    }

    /// The item that this detail is, with what it leaves to its entry filled in.
    func item(of entry: CamtEntry, number: Int, isOnly: Bool) -> Item {
        var item = Item(figures(of: entry, isOnly))
        let stated = amount(of: entry, isOnly)
        item.currency = currency(of: entry, stated)
        item.number = String(number)
        if let stated {
            item.amountText = stated.text
            item.fractionOfCent = stated.isCut
        }
        if item.isReturn { item.original = original == Original() ? nil : original }
        item.tender = tender(entry, item.direction)
        item.checkNumber = significant(self[.checkNumber])
        item.routing = self[.debtorAgent]
        item.bankAccount = self[.debtorAccount]
        item.payer = self[.debtor].isEmpty ? self[.ultimateDebtor] : self[.debtor]
        item.endToEnd = told(self[.endToEnd])
        item.trace = trace(of: entry, isOnly)
        item.reference = self[.reference]
        item.memo = remittance.text.isEmpty ? self[.information] : remittance.text
        item.lines = remittance.lines
        return item
    }

    private func currency(of entry: CamtEntry, _ stated: StatedAmount?) -> String {
        if let currency = stated?.currency, !currency.isEmpty { return currency }
        return entry.amount?.currency ?? ""
    }

    private func kind(of entry: CamtEntry) -> ItemKind {
        if isReturn || entry.isReversal || isReturnCode(entry) { return .returned }
        // A batch booking without its details: a notification tells the payments.
        return entry.details == 0 && (entry.transactions ?? 1) > 1 ? .sum : .payment
    }

    /// Where an amount stands differs: `Amt` from version 04 on, only `AmtDtls/TxAmt` in version 02, and a
    /// single detail may leave it to its entry, which is also what the bank credited in our currency.
    func amount(of entry: CamtEntry, _ isOnly: Bool) -> StatedAmount? {
        let currency = entry.amount?.currency ?? ""
        let stated = amount ?? transactionAmount
        let own = stated.flatMap { isOnly && $0.currency != currency && !currency.isEmpty ? nil : $0 }
        return own ?? (isOnly ? entry.amount : instructedAmount)
    }

    /// What it says of the payment that it takes back: the reason (`RtrInf`, external code set ReturnReason) and the
    /// numbers that were that payment's own.
    private var original: Original {
        var original = Original()
        original.code = self[.returnReason]
        original.text = returnText.text
        original.endToEnd = told(self[.endToEnd])
        original.trace = [self[.instructionID], self[.transactionID]].map(told).first { !$0.isEmpty } ?? ""
        return original
    }

    /// Bank transaction codes of returns and reversals (ISO 20022 external code set BankTransactionSubFamily).
    private func isReturnCode(_ entry: CamtEntry) -> Bool {
        ["RRTN", "UPDD", "CQRV"].contains(self[.subFamily].isEmpty ? entry.subFamily : self[.subFamily])
    }

    private func tender(_ entry: CamtEntry, _ direction: Direction) -> Tender {
        switch self[.family].isEmpty ? entry.family : self[.family] {
        case "RCHQ", "ICHQ": .check
        case "RDDT", "IDDT": .achDebit
        case "CNTR": .cash
        default: direction == .credit ? .achCredit : .achDebit
        }
    }

    /// The bank's number of this one transaction. The entry's own number on each of several details is none; a single
    /// detail without a number bears it.
    private func trace(of entry: CamtEntry, _ isOnly: Bool) -> String {
        if !trace.isEmpty { return told(trace) }
        let bank = self[.servicerReference]
        let own = bank == entry.reference && entry.details > 1 ? "" : bank
        let numbers = [own, self[.uetr], self[.transactionID], isOnly ? entry.reference : ""]
        return numbers.map(told).first { !$0.isEmpty } ?? ""
    }

    private func significant(_ number: String) -> String { String(number.drop { $0 == "0" }) }
}

/// Whether a statement's booked entries lead from its opening to its closing balance. Told as a note only:
/// paged statements and intraday reports state other balances.
struct StatementCheck {
    var type = ""
    var cents: Cents?
    var currency = ""
    var isDebit = false
    private var opening: (cents: Cents, currency: String)?
    private var closing: (cents: Cents, currency: String)?
    private var moved = Cents.zero
    private var isComparable = true

    mutating func beginBalance() {
        type = ""
        cents = nil
        currency = ""
        isDebit = false
    }

    mutating func endBalance() {
        guard let cents else { return }
        let signed = isDebit ? -cents : cents
        if type == "OPBD" || type == "PRCD" { opening = (signed, currency) }
        if type == "CLBD" { closing = (signed, currency) }
    }

    mutating func add(_ entry: CamtEntry) {
        guard entry.booking != .pending else { return }
        guard let amount = entry.amount?.cents, let sum = moved.adding(entry.direction == .debit ? -amount : amount),
            opening == nil || entry.amount?.currency == opening?.currency
        else {
            isComparable = false
            return
        }
        moved = sum
    }

    /// What is apart; nil where nothing is, or nothing can be said.
    var problem: String? {
        guard isComparable, let opening, let closing, opening.currency == closing.currency,
            let expected = opening.cents.adding(moved), expected != closing.cents
        else { return nil }
        return "found a closing balance of \(closing.cents); opening \(opening.cents) and the entries give \(expected)"
    }
}
