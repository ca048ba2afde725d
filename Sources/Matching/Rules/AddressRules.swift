import Model

extension Rule {
    /// The service address in the text and an amount that is exactly owed there.
    static let addressAndAmount = Rule("address-and-amount", version: 2) { inquiry in
        guard inquiry.memo().words.count > 1, try inquiry.isUnnamed() else { return nil }
        let fitting = try inquiry.addressed().filter { inquiry.fit($0).isExact }
        return try inquiry.only(
            fitting, why: "the text names the service address, and the amount is exactly owed for it")
    }

    /// The service address in the text, and on the payment the holder's last name or the name of an earlier payer.
    static let addressAndName = Rule("address-and-name", version: 2) { inquiry in
        guard inquiry.memo().words.count > 1, try inquiry.isUnnamed() else { return nil }
        let fitting = try inquiry.addressed().filter {
            try inquiry.name(of: $0) > .differs || inquiry.isEarlierPayer(of: $0)
        }
        return try inquiry.only(
            fitting, why: "the text names the service address, and the name is known for it")
    }

    /// The service address in the text, and a payer who paid for it before.
    static let addressAndPayer = Rule("address-and-payer", version: 1) { inquiry in
        guard inquiry.memo().words.count > 1, try inquiry.isUnnamed() else { return nil }
        let fitting = try inquiry.addressed().filter { try inquiry.payerProves($0) }
        return try inquiry.only(fitting, why: "the text names the service address, and the payer paid for it before")
    }
}
