import Model

extension Inquiry {
    /// What came for an account in files before this one, newest first.
    ///
    /// It is asked of candidates only, never of an item whose number and amount agree.
    mutating func history(of account: AccountFacts) throws -> [EarlierPayment] {
        if let known = historyAnswers[account.number] { return known }
        let payments = try book.earlierPayments(of: account.number, limit: historyMax)
        historyAnswers[account.number] = payments
        return payments
    }

    /// Whether somebody of the payer's name paid for the account before.
    ///
    /// Only the name of a payer who pays for himself says this: a bill-pay service stands under its own name on the
    /// payments of many.
    mutating func isEarlierPayer(of account: AccountFacts) throws -> Bool {
        guard query.payer != nil, try !payer().isService, !payerName().isEmpty else { return false }
        let name = payerName()
        return try history(of: account).contains { nameFit(name, PersonName($0.payer)) == .agrees }
    }

    /// Whether the amount is what the account paid last.
    mutating func isLastPaid(_ account: AccountFacts) throws -> Bool {
        try history(of: account).first?.cents == amount
    }
}

/// A year of monthly payments.
private let historyMax = 12
