package import Model

/// A part of what a held unit was credited beyond its items, named by a person.
package struct Difference: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// The bank credited an item that its file does not tell: it is keyed.
        case missingItem = "missing-item"
        /// The bank's figure is wrong: the amount is claimed.
        case bankError = "bank-error"
        /// Nobody will ever know: it goes to over and short, by two people.
        case overShort = "over-short"
    }

    package var kind: Kind
    /// Above zero where the bank credited more than the items say.
    package var amount: Cents
    package var account: String?
    package var bill: String?
    package var checkNumber: String?
    package var payer: String?
    package var note: String?

    package init(
        _ kind: Kind, _ amount: Cents, account: String? = nil, bill: String? = nil, checkNumber: String? = nil,
        payer: String? = nil, note: String? = nil
    ) {
        self.kind = kind
        self.amount = amount
        self.account = account
        self.bill = bill
        self.checkNumber = checkNumber
        self.payer = payer
        self.note = note
    }

    package var json: JSON {
        [
            "kind": .string(kind.rawValue), "amount": JSON(amount), "account": JSON(account), "bill": JSON(bill),
            "check_number": JSON(checkNumber), "payer": JSON(payer), "note": JSON(note),
        ]
    }
}

extension Difference: Decodable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case kind, amount, account, bill, check_number, payer, note
    }

    /// Reads one of a decision's `differences`.
    ///
    /// - Throws: `DecisionRefused` for what makes no sense.
    package init(from decoder: any Decoder) throws {
        try refuseUnknown(decoder, Set(CodingKeys.allCases.map(\.rawValue)))
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func text(_ key: CodingKeys) throws -> String? {
            try container.decodeIfPresent(String.self, forKey: key).flatMap { $0.isEmpty ? nil : $0 }
        }
        let kind = try container.decode(String.self, forKey: .kind)
        guard let known = Kind(rawValue: kind) else {
            let kinds = Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw DecisionRefused("a difference of kind \"\(kind)\" is not known; expected one of \(kinds)")
        }
        let written = try container.decode(String.self, forKey: .amount)
        guard let amount = try? Cents(written, style: .signed), amount != .zero else {
            throw DecisionRefused("the difference \"\(written)\" is not an amount such as \"87.27\" or \"-87.27\"")
        }
        self.init(
            known, amount, account: try text(.account), bill: try text(.bill), checkNumber: try text(.check_number),
            payer: try text(.payer), note: try text(.note))
        try check()
    }

    private func check() throws {
        guard kind == .missingItem else {
            guard account == nil, bill == nil, checkNumber == nil, payer == nil else {
                throw DecisionRefused("only a missing-item has an account, a bill, a check number or a payer")
            }
            return
        }
        guard amount > .zero else {
            throw DecisionRefused(
                "a missing-item is money that the bank credited: \(amount) is below zero; where the bank credited less "
                    + "than the items say, that is a bank-error, or an item to correct")
        }
        guard bill == nil || account != nil else { throw DecisionRefused("a missing-item's bill needs its account") }
    }
}
