import Model

/// What the items of one batch of ours have in common.
struct MoneyFlow: Equatable {
    var direction: Direction
    var currency: String
}

// What an item amounts to, which way it went, and what it is.
extension Assembler {
    mutating func takeAmount(
        _ row: Row, _ shape: Shape, into events: inout [ReadEvent]
    ) throws(FileRefused) {
        let amount =
            !shape.has(.amount)
            ? try amountOfColumns(row, shape, into: &events) : try values.amount(.amount, row, shape, into: &events)
        facts.amountText = amount.text
        facts.fractionOfCent = amount.cut
        var stated: Direction?
        let asksWay = kindRules.contains { $0.only != nil }
        if asksWay { stated = try statedDirection(row, shape, into: &events) }
        let way = stated ?? ((amount.cents ?? .zero) < .zero ? .debit : .credit)
        let rule = kindRules.first { ($0.only ?? way) == way && $0.test.holds(row, field: $0.field) }
        if let rule { facts.kind = rule.kind } else { facts.kind = try kind(row, shape, into: &events) }
        if let direction = rule?.direction {
            stated = direction
        } else if !asksWay {
            stated = try statedDirection(row, shape, into: &events)
        }
        guard let cents = amount.cents else { return }
        facts.figures.amount = cents.magnitude
        // What is taken back or kept goes out, where the file has no sign that says so.
        let goesOut = !saysDirection && (facts.kind == .returned || facts.kind == .fee)
        facts.figures.direction = stated ?? (cents < .zero || goesOut ? .debit : .credit)
    }

    /// An amount with one column for money that came in and one for money that went out.
    private mutating func amountOfColumns(
        _ row: Row, _ shape: Shape, into events: inout [ReadEvent]
    ) throws(FileRefused) -> Amount {
        let hasCredit = !row.trimmed(shape.slot(.credit)).isEmpty
        let hasDebit = !row.trimmed(shape.slot(.debit)).isEmpty
        var credit = Amount()
        var debit = Amount()
        if hasCredit { credit = try values.amount(.credit, row, shape, into: &events) }
        if hasDebit { debit = try values.amount(.debit, row, shape, into: &events) }
        if let cents = credit.cents, cents < .zero {
            // A minus in the column of what came in says two things at once.
            try values.refuse(
                .amountNotNumeric, .credit, row, shape, expected: "an amount without minus", into: &events)
            return Amount(text: credit.text)
        }
        debit.cents = debit.cents.map { -$0.magnitude }
        if hasCredit, hasDebit {
            // Some banks write 0.00 in the other column.
            if credit.cents == .zero, !credit.cut { return debit }
            if debit.cents == .zero, !debit.cut { return credit }
        }
        guard hasCredit != hasDebit else {
            try values.tell(
                .amountNotNumeric, .refusal, row, field: Role.credit.name,
                "the columns credit and debit are \(hasCredit ? "both filled" : "both blank"), expected one amount",
                into: &events)
            return Amount()
        }
        return hasCredit ? credit : debit
    }

    private mutating func statedDirection(
        _ row: Row, _ shape: Shape, into events: inout [ReadEvent]
    ) throws(FileRefused) -> Direction? {
        guard shape.slot(.sign) >= 0 else { return nil }
        if let direction = plan.signs[values.text(.sign, row, shape)] { return direction }
        try values.refuse(
            .fieldInvalid, .sign, row, shape,
            expected: "one of \(plan.signs.keys.sorted().joined(separator: ", "))", into: &events)
        return nil
    }

    private mutating func kind(
        _ row: Row, _ shape: Shape, into events: inout [ReadEvent]
    ) throws(FileRefused) -> ItemKind {
        guard shape.slot(.kind) >= 0 else { return .payment }
        let word = values.text(.kind, row, shape)
        if let kind = plan.kinds[word] { return kind }
        if word.isEmpty, let usual = plan.usualKind { return usual }
        // A word that is not known may take money back: no kind is the safe one.
        try values.refuse(
            .fieldInvalid, .kind, row, shape,
            expected: "one of \(plan.kinds.keys.sorted().joined(separator: ", "))", into: &events)
        return .payment
    }

    /// What the row says of an earlier item. What is taken back without naming it bears its number, if any.
    func original(_ row: Row, _ shape: Shape, of item: Item) -> Original? {
        var original = Original()
        original.trace = values.reference(.originalTrace, row, shape)
        original.code = values.text(.originalCode, row, shape)
        original.text = values.text(.originalText, row, shape)
        if original.trace.isEmpty, item.kind == .returned { original.trace = item.trace }
        return original == Original() ? nil : original
    }
}

// Fees, and batches of our own.
extension Assembler {
    /// Takes the fee of a row, and holds gross less fee against net.
    mutating func takeFee(
        _ row: Row, _ shape: Shape, into events: inout [ReadEvent]
    ) throws(FileRefused) {
        fee = nil
        guard shape.slot(.fee) >= 0 else { return }
        let kept = try values.wholeAmount(.fee, row, shape, into: &events) ?? .zero
        let net = try values.wholeAmount(.net, row, shape, into: &events)
        if kept != .zero, facts.kind != .sum {
            var own = RowFacts()
            own.figures = facts.figures
            own.longCurrency = facts.longCurrency
            own.figures.amount = kept.magnitude
            own.figures.direction = kept < .zero ? .credit : .debit
            own.kind = .fee
            own.tender = facts.tender
            var fee = Item(own)
            fee.number = values.unitNumber(.item, row, shape)
            fee.transaction = values.text(.transaction, row, shape)
            fee.trace = values.reference(.trace, row, shape)
            self.fee = fee
        }
        guard let gross = facts.figures.amount, let net else { return }
        let signed = facts.figures.direction == .credit ? gross : -gross
        if facts.kind == .sum {
            // What the bank was credited is the net; the fees stand behind the items that it sums.
            facts.figures.amount = net.magnitude
            facts.figures.direction = net < .zero ? .debit : .credit
        }
        guard net.adding(kept) != signed else { return }
        // One of three amounts is wrong, and nothing says which.
        try values.tell(
            .itemOutOfBalance, .refusal, row, field: Role.net.name,
            "gross \(signed) less fee \(kept) is not net \(net)", into: &events)
    }

    /// Gives the fee away, right behind its item, in a batch of its own.
    mutating func tellFee(into events: inout [ReadEvent]) {
        guard let fee = fee.take() else { return }
        events.append(.batchEnds(Declared()))
        beginOwnBatch(for: fee)
        batchIsTold = true
        if let batch { events.append(.batchBegins(batch)) }
        events.append(.item(fee))
    }

    /// Ends a batch of ours where the next item goes another way: a batch's sum holds one direction and currency.
    mutating func partBatch(before next: Item, into events: inout [ReadEvent]) throws(FileRefused) {
        guard makesBatches else { return }
        let own = MoneyFlow(direction: next.direction, currency: next.currency)
        if let flow, flow != own {
            try closeBatch(into: &events)
            beginOwnBatch(for: next)
        }
        flow = own
    }

    private mutating func beginOwnBatch(for item: Item) {
        batches += 1
        var next = Batch()
        next.position = item.position
        next.number = "\(batches)"
        next.date = deposit?.date
        batch = next
        batchIsTold = false
        flow = MoneyFlow(direction: item.direction, currency: item.currency)
    }
}
