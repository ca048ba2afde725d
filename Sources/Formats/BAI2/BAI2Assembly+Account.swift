internal import Model

// An account and its details.
extension BAI2Assembly {
    mutating func beginAccount(_ record: BAI2Record, into events: inout [ReadEvent]) throws(FileRefused) {
        account = BAI2Totals(records: record.count)
        accounts += 1
        items = 0
        lockboxes = BAI2Lockboxes()
        var fields = BAI2Fields(record)
        let number = fields.optional()
        guard !number.isEmpty, number.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else {
            throw fields.refusal(
                number.isEmpty ? .fieldMissing : .fieldInvalid, "account",
                "found \"\(masked(shown(number)))\"; expected an account number")
        }
        currency = try currency(&fields, otherwise: groupCurrency)
        try summaries(&fields, into: &events)
        var deposit = Deposit()
        deposit.position = record.position
        deposit.bankAccount = String(decoding: number, as: UTF8.self)
        deposit.currency = currency.code
        deposit.date = asOf
        deposit.isCopy = !isUpdate
        deposit.isPreliminary = isPreliminary
        events.append(.depositBegins(deposit))
        var batch = Batch()
        batch.position = record.position
        batch.number = String(accounts)
        batch.date = asOf
        events.append(.batchBegins(batch))
        place = .inAccount
    }

    /// The balances and sums of record 03, four fields each: type code, amount, item count, funds type.
    private mutating func summaries(_ fields: inout BAI2Fields, into events: inout [ReadEvent]) throws(FileRefused) {
        while let type = fields.next() {
            guard !type.isEmpty else {
                try emptySummary(&fields)
                continue
            }
            let code = try typeCode(type, fields)
            if let amount = try fields.amount("amount of type \(code)", signed: BAI2TypeCode.isStatus(code)) {
                try account.add(amount, fields)
            }
            let count = fields.optional()
            guard count.allSatisfy(BAI2Byte.isDigit) else {
                throw fields.refusal(
                    .fieldInvalid, "item count", "found \"\(shown(count))\"; expected digits or nothing")
            }
            try tell(BAI2Funds(&fields).faults, into: &events)
        }
    }

    /// Passes over default fields. Some banks end a line with one too many: a type code that begins the next line is
    /// never anything else, so it begins the next balance.
    private func emptySummary(_ fields: inout BAI2Fields) throws(FileRefused) {
        for _ in 0..<3 {
            if fields.isAtStartOfContinuation, fields.nextIsTypeCode { return }
            guard let field = fields.next() else { return }
            guard field.isEmpty else {
                throw fields.refusal(
                    .recordMalformed, "type code",
                    "found \"\(shown(field))\" behind no type code; expected a type code before it")
            }
        }
    }

    private func typeCode(_ field: ArraySlice<UInt8>, _ fields: BAI2Fields) throws(FileRefused) -> Int {
        guard field.count == 3, let code = Int64(decimal: field) else {
            throw fields.refusal(.recordMalformed, "type code", "found \"\(shown(field))\"; expected three digits")
        }
        return Int(code)
    }

    mutating func detail(_ record: BAI2Record, into events: inout [ReadEvent]) throws(FileRefused) {
        let detail = try BAI2Detail(record)
        let fields = detail.fields
        items += 1
        var item = Item()
        item.position = record.position
        item.number = String(items)
        item.currency = currency.code
        item.amountText = detail.amountText
        detail.fill(&item, asOf: asOf)
        if isInterim { item.booking = .pending }
        try tell(detail.funds.faults, into: &events)
        if detail.type.isEmpty {
            try tell(
                fields.fault(
                    .fieldMissing, .fault, "type code", "found no type code; it may be a credit or a debit"),
                into: &events)
        } else {
            try setMoney(&item, detail, fields, into: &events)
        }
        let code = Int64(decimal: detail.type).map(Int.init).flatMap { BAI2TypeCode.lockbox.contains($0) ? $0 : nil }
        lockboxes.take(item, code: code, into: &events)
    }

    private mutating func setMoney(
        _ item: inout Item, _ detail: BAI2Detail, _ fields: BAI2Fields, into events: inout [ReadEvent]
    ) throws(FileRefused) {
        let code = try typeCode(detail.type, fields)
        guard let type = BAI2TypeCode.detail(code) else {
            throw fields.refusal(
                .fieldInvalid, "type code",
                "found type code \(shown(detail.type)), which is neither a credit nor a debit; expected one that is")
        }
        detail.fill(&item, type)
        if !type.isKnown, unknownCodes.insert(code).inserted {
            try tell(
                fields.fault(
                    .typeCodeUnknown, .note, "type code",
                    "found type code \(code), which no table holds; "
                        + "by its range a \(type.direction.rawValue) (told once)"),
                into: &events)
        }
        if code == BAI2TypeCode.nonMonetary { return try setNotice(&item, detail, fields) }
        guard let amount = detail.amount else {
            let fault = fields.fault(.fieldMissing, .fault, "amount", "found no amount; expected one")
            return try tell(fault, into: &events)
        }
        guard let money = currency.cents(amount) else {
            throw fields.refusal(.amountTooLarge, "amount", "found \"\(detail.amountText)\"; it does not fit")
        }
        item.amount = money.cents
        item.fractionOfCent = money.isCut
        if !money.isCut { item.amountText = "" }
    }

    private func setNotice(_ item: inout Item, _ detail: BAI2Detail, _ fields: BAI2Fields) throws(FileRefused) {
        guard detail.amount ?? 0 == 0 else {
            throw fields.refusal(
                .fieldInvalid, "amount", "found \"\(detail.amountText)\" with type code 890; expected no amount")
        }
        item.amount = .zero
        item.amountText = ""
    }

    mutating func endAccount(_ record: BAI2Record, into events: inout [ReadEvent]) throws(FileRefused) {
        lockboxes.finish(into: &events)
        var fields = BAI2Fields(record)
        var declared = Declared()
        declared.position = record.position
        declared.currency = currency.code
        let total = try fields.amount("account control total", signed: true)
        if let total {
            let (rest, overflow) = total.subtractingReportingOverflow(account.sum)
            guard !overflow, let money = currency.cents(rest) else { throw BAI2Totals.tooLarge(fields) }
            declared.turnover = money.cents
        } else {
            try tellMissing(&fields, "account control total", into: &events)
        }
        try checkCount(&fields, account.records, "number of records", into: &events)
        try fields.end()
        try group.add(part: total, record)
        events.append(.batchEnds(declared))
        var rest = Declared()
        rest.position = record.position
        events.append(.depositEnds(rest))
        place = .inGroup
    }
}
