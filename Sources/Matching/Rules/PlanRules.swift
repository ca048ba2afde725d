import Model

extension Rule {
    /// A clean number, and an amount that a plan, an extension, a pledge or the like explains to the cent.
    static let numberAndArrangement = Rule("number-and-arrangement", version: 1) { inquiry in
        guard let account = try inquiry.named().only?.target.account,
            case .arranged(let arrangement) = inquiry.fit(account), arrangement.isKey
        else { return nil }
        let why = "account number read clean, and \(arrangement.sentence)"
        return .post(inquiry, to: account, proof: .twoKeys, why: why)
    }

    /// An agency that pays exactly what it has pledged: for the account whose service address it names, else for the
    /// only one of the whole book.
    ///
    /// Agencies pledge the same round amounts for many, and may pay a pledge that no extract has told yet: a round
    /// amount without an address needs a number. An agency has bills of its own, and people are called like agencies:
    /// an account that payer or name and the amount speak for is as well proven.
    static let pledgeOfAgency = Rule("pledge-of-agency", version: 2) { inquiry in
        guard try inquiry.isUnnamed() else { return nil }
        let pledged = try inquiry.pledgedExactly()
        guard !pledged.isEmpty else { return nil }
        if let rival = try inquiry.rival(to: pledged) { return rival }
        let addressed = inquiry.memo().words.count > 1 ? pledged.filter { inquiry.namesAddress(of: $0) } : []
        if addressed.count == 1 {
            return try inquiry.only(
                addressed, why: "the payer is the agency that pledged exactly this, and the text names the address")
        }
        guard addressed.isEmpty, pledged.count == 1, inquiry.amount.rawValue % 500 != 0 else {
            let why = "the payer is an agency that pledged exactly this, and nothing says for whom it pays"
            return .hold(.payerOnly, why)
        }
        return try inquiry.only(
            pledged, why: "the payer is the agency that pledged exactly this, for this account alone")
    }
}
