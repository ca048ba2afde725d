internal import Ledger
package import Model

/// The payment an exception's item is suspected to be again, with its own record.
package struct TwinView: Sendable {
    package let payment: PaymentID
    package let file: String
    package let item: ItemView
    package let lines: [RemittanceLine]
}

/// One field of two records side by side.
package struct FieldPair: Hashable, Sendable {
    /// As `exception.json` calls it: `check_number`.
    package let name: String
    package let mine: String
    package let theirs: String

    package var differs: Bool { mine != theirs }
}

/// What a suspected duplicate most likely is, and why. A person says what it is; this only saves looking it up.
package struct LikelyDuplicate: Hashable, Sendable {
    package let kind: Decision.Kind
    package let why: String
}

extension ExceptionView {
    /// The record of the item beside that of its twin, field by field; those that both leave empty are left out.
    package var twinFields: [FieldPair] {
        guard let item, let twin else { return [] }
        let (mine, theirs) = (item.fields(lines), twin.item.fields(twin.lines))
        let places = FieldPair(name: "file", mine: file ?? "", theirs: twin.file)
        return [places]
            + zip(mine, theirs).map { FieldPair(name: $0.name, mine: $0.text, theirs: $1.text) }
            .filter { !$0.mine.isEmpty || !$0.theirs.isEmpty }
    }

    /// What a duplicate that is suspected most likely is; nil for anything else.
    package var likelyDuplicate: LikelyDuplicate? {
        guard reason == Reason.duplicateSuspected.rawValue, let item, let twin, let payment,
            item.kind == .payment || item.kind == .sum
        else { return nil }
        // Its unit is held, and this may be what was wrong with it, put right: a person says which is the money.
        let isCorrection = twin.item.books == .unresolved && twin.item.amount != item.amount
        if isCorrection, item.kind == .payment { return nil }
        let days = [item.depositOn, twin.item.depositOn].sorted { $0.daysSinceEpoch < $1.daysSinceEpoch }
        let isSameDay = days[0] == days[1]
        if payment.intake != twin.payment.intake, isSameDay, item.mayLieInBox(of: twin.item) {
            return LikelyDuplicate(
                kind: .toldTwice, why: "Both files tell the deposit of \(days[0]): the same money told again.")
        }
        let when = isSameDay ? "twice on \(days[0])" : "on \(days[0]) and on \(days[1])"
        if !item.checkNumber.isEmpty, item.checkNumber == twin.item.checkNumber {
            return LikelyDuplicate(
                kind: .presentedTwice,
                why: "Check \(item.checkNumber) was deposited \(when): the bank will charge one of both back.")
        }
        if !item.trace.isEmpty, item.trace == twin.item.trace {
            return LikelyDuplicate(
                kind: .presentedTwice,
                why: "The entry with this trace number was credited \(when): one may be reversed.")
        }
        return LikelyDuplicate(
            kind: .paidTwice, why: "The payer's bank credited it \(when) under one number: it was sent twice.")
    }
}

extension ItemView {
    /// Whether two items may lie in one deposit: their lockboxes are not two. Zeros before a lockbox are filling.
    fileprivate func mayLieInBox(of other: ItemView) -> Bool {
        let boxes = [lockbox, other.lockbox].map { $0.drop { $0 == "0" } }
        return boxes[0] == boxes[1] || boxes.contains { $0.isEmpty }
    }

    /// What a person compares, in the order of the record.
    fileprivate func fields(_ lines: [RemittanceLine]) -> [(name: String, text: String)] {
        let pays = lines.map { line in
            [line.bill, line.account, line.amount?.description ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
        }
        return [
            ("lockbox", lockbox), ("batch", batch), ("transaction", transaction ?? ""), ("item", number),
            ("amount", amount.description),
            ("currency", currency), ("tender", tender), ("status", status.rawValue), ("check_number", checkNumber),
            ("routing", routing), ("bank_account", bankAccount), ("payer", payer), ("account", account),
            ("scanline", scanline), ("memo", memo), ("end_to_end", endToEnd), ("trace", trace),
            ("reference", reference), ("deposit_on", depositOn.description), ("value_on", valueOn.description),
            ("postmark_on", postmarkOn?.description ?? ""), ("lines", pays.joined(separator: "; ")),
        ]
    }
}
