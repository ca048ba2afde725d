import Model

extension Rule {
    /// A customer known without any number, who pays exactly what is owed on all accounts; or, where payer and name
    /// both say who it is, on the only set of them that owes so much.
    static let customerTotal = Rule("customer-total", version: 1) { inquiry in
        guard try inquiry.namesNothing(), let known = try inquiry.knownCustomer(), known.owing.count > 1,
            !known.owing.contains(where: { inquiry.fit($0).isExact })
        else { return nil }
        guard let split = onlySplit(of: inquiry.amount, over: known.owing) else { return nil }
        if split.count == known.owing.count {
            return .split(over: split, why: "\(known.why), and the amount is exactly what all accounts owe together")
        }
        guard known.isProvenTwice, isNoAccident(split, of: known.owing) else { return nil }
        return .split(over: split, why: "\(known.why), and only one set of the accounts owes exactly this")
    }
}
