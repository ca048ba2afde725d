package import Model

/// What the matcher may ask of the billing book. SQL and memory answer alike.
///
/// Answers reflect every posting made before the question, those of the same file included.
package protocol Book {
    /// The account with exactly this number.
    func account(_ number: String) throws -> AccountFacts?
    /// The accounts that some numbers are, in their order; what is none's is left out.
    func accounts(_ numbers: [String]) throws -> [AccountFacts]
    /// All accounts of a customer, by number.
    func accounts(ofCustomer customer: String) throws -> [AccountFacts]
    /// The account that a bill belongs to, open or paid.
    func account(ofBill bill: String) throws -> AccountFacts?
    /// What the payer memory knows of a payer, most often seen first, at most `limit` accounts.
    func accounts(ofPayer payer: Int64, limit: Int) throws -> [PayerFacts]
    /// How many accounts have a holder of this last name; `limit` where there are as many or more.
    func count(lastName: String, limit: Int) throws -> Int
    /// Accounts whose holder's last name, in capitals and letters only, is this, by number, at most `limit`.
    func accounts(lastName: String, limit: Int) throws -> [AccountFacts]
    /// Accounts whose service address has this house number and first word of a street (`StreetAddress.street`), by
    /// number, at most `limit`.
    func accounts(atStreet street: String, limit: Int) throws -> [AccountFacts]
    /// What came for an account in files before this one and was not taken back, newest first, at most `limit`.
    func earlierPayments(of account: String, limit: Int) throws -> [EarlierPayment]
    /// At most how many accounts owe exactly this in all; `limit` where there may be as many or more.
    func count(owing total: Cents, limit: Int) throws -> Int
    /// Accounts that owe exactly this, and all of it on one bill as it was issued, by number, at most `limit`.
    func accounts(owing total: Cents, limit: Int) throws -> [AccountFacts]
    /// Accounts with a bill of exactly this amount of which nothing is paid, whatever else they owe, by number, at most
    /// `limit`.
    func accounts(billed amount: Cents, limit: Int) throws -> [AccountFacts]
    /// Who holds those accounts of `accounts(lastName:limit:)` that pass a glance.
    func holders(lastName: String, limit: Int, where passes: (AccountGlance) -> Bool) throws -> [Holder]
    /// Who holds those accounts of `accounts(owing:limit:)` that pass a glance.
    func holders(owing total: Cents, limit: Int, where passes: (AccountGlance) -> Bool) throws -> [Holder]
    /// Who holds those accounts of `accounts(billed:limit:)` that pass a glance.
    func holders(billed amount: Cents, limit: Int, where passes: (AccountGlance) -> Bool) throws -> [Holder]
    /// Accounts that owe exactly this in all, over several bills, by number, at most `limit`; none in a book of more
    /// than `amountBookMax` accounts, where an amount alone is no hint to anybody.
    func accounts(owingOverBills total: Cents, limit: Int) throws -> [AccountFacts]
    /// Accounts for which an agency has pledged exactly this and has not paid it, by number; none where they may be
    /// more than `limit`.
    func accounts(pledged amount: Cents, limit: Int) throws -> [AccountFacts]
    /// The accounts that people accepted some words to mean: a memo's, a payer's name, a sender's reference.
    func accounts(taughtBy words: TaughtWords) throws -> [TaughtFacts]
}

extension Book {
    /// A book that looks for one number after the other.
    package func accounts(_ numbers: [String]) throws -> [AccountFacts] { try numbers.compactMap { try account($0) } }
    /// A book that makes whole accounts at once.
    package func holders(
        lastName: String, limit: Int, where passes: (AccountGlance) -> Bool
    ) throws -> [Holder] {
        try accounts(lastName: lastName, limit: limit).map(Holder.init).filter { passes($0.glance) }
    }
    /// The same of those that owe an amount.
    package func holders(
        owing total: Cents, limit: Int, where passes: (AccountGlance) -> Bool
    ) throws -> [Holder] {
        try accounts(owing: total, limit: limit).map(Holder.init).filter { passes($0.glance) }
    }
    /// The same of those that are billed an amount.
    package func holders(
        billed amount: Cents, limit: Int, where passes: (AccountGlance) -> Bool
    ) throws -> [Holder] {
        try accounts(billed: amount, limit: limit).map(Holder.init).filter { passes($0.glance) }
    }
    /// A book without pledges.
    package func accounts(pledged amount: Cents, limit: Int) throws -> [AccountFacts] { [] }
    /// A book that nobody taught anything.
    package func accounts(taughtBy words: TaughtWords) throws -> [TaughtFacts] { [] }
}

/// In a larger book each amount of a household's size is owed by several accounts.
package let amountBookMax: Int64 = 50_000
