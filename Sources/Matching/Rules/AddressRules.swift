import Model

extension Rule {
    /// The service address in the text and the holder's last name on the payment.
    static let addressAndName = Rule("address-and-name", version: 1) { inquiry in
        guard inquiry.memoWords().count > 1, try inquiry.isUnnamed() else { return nil }
        let fitting = try inquiry.namesakes().filter { $0.isOpen && inquiry.namesAddress(of: $0) }
        return try inquiry.only(fitting, why: "the text names the service address, and the last name is the holder's")
    }

    /// The service address in the text and exactly the total due.
    static let addressAndAmount = Rule("address-and-amount", version: 1) { inquiry in
        guard inquiry.memoWords().count > 1, try inquiry.isUnnamed() else { return nil }
        let fitting = try inquiry.owingExactly().filter { inquiry.namesAddress(of: $0) }
        let why = "the text names the service address, and the amount is exactly the total due"
        return try inquiry.only(fitting, why: why)
    }
}
