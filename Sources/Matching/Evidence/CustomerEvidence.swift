import Model

/// A customer whom an item that names no number is from, and how that is known.
struct KnownCustomer {
    /// The open accounts that owe something.
    var owing: [AccountFacts]
    /// Whether payer memory and name agree; else only one of them speaks.
    var isProvenTwice: Bool
    /// How it is known, for a clerk.
    var why: String
}

extension Inquiry {
    /// The one customer that payer memory or name lead to; nil where they lead to none, to several, or apart.
    mutating func knownCustomer() throws -> KnownCustomer? {
        let paid = try payerAccounts()
        if let first = paid.first {
            guard !first.customer.isEmpty, paid.allSatisfy({ $0.customer == first.customer }) else { return nil }
            let isNamed = paid.contains { name(of: $0) == .agrees }
            let why = isNamed ? "payer and name are known for one customer" : "the payer is known for one customer"
            return KnownCustomer(owing: try owing(first), isProvenTwice: isNamed, why: why)
        }
        // Names are many, and people choose round amounts.
        guard amount.rawValue % 500 != 0 else { return nil }
        let named = try namedNamesakes()
        guard let first = named.first, !first.customer.isEmpty, named.allSatisfy({ $0.customer == first.customer })
        else { return nil }
        return KnownCustomer(
            owing: try owing(first), isProvenTwice: false,
            why: "in the whole book only one customer has the payer's name")
    }

    private mutating func owing(_ account: AccountFacts) throws -> [AccountFacts] {
        try accounts(ofCustomerOf: account).filter { $0.isOpen && $0.owed > .zero }
    }
}

/// Whether it is no accident that a set of accounts owes an amount: fewer than one unrelated amount in a hundred would
/// hit a set that leaves out as few accounts as this one.
///
/// People pay all they owe, or all but little of it. With k accounts there are C(k, n) sets that leave n out, and so
/// many of the amounts up to the total are hit.
func isNoAccident(_ chosen: [AccountFacts], of owing: [AccountFacts]) -> Bool {
    var (sets, choose): (Int64, Int64) = (1, 1)
    let (all, out) = (Int64(owing.count), Int64(owing.count - chosen.count))
    guard all <= 30 else { return out == 0 }
    for n in stride(from: Int64(1), through: out, by: 1) {
        choose = choose * (all - n + 1) / n
        sets += choose
    }
    return sets * 100 < owing.reduce(Cents.zero) { $0 + $1.owed }.rawValue
}
