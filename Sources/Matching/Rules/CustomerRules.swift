import Model

extension Rule {
    /// A customer known without any number, who pays exactly what is owed on all accounts; or, where payer and name
    /// both say who it is, on the only set of them that owes so much. Held where the payer's name and the amount speak
    /// for an account of somebody else.
    static let customerTotal = Rule("customer-total", version: 2) { inquiry in
        guard try inquiry.namesNothing(), let known = try inquiry.knownCustomer(), known.owing.count > 1,
            !known.owing.contains(where: { inquiry.fit($0).isExact })
        else { return nil }
        guard let split = onlySplit(of: inquiry.amount, over: known.owing) else { return nil }
        let isAll = split.count == known.owing.count
        guard isAll || known.isProvenTwice && isNoAccident(split, of: known.owing) else { return nil }
        if let rival = try inquiry.rival(to: split) { return rival }
        let what =
            isAll
            ? "the amount is exactly what all accounts owe together" : "only one set of the accounts owes exactly this"
        return .split(over: split, why: "\(known.why), and \(what)")
    }
}
