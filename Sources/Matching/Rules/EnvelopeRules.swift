import Model

extension Rule {
    /// The checks of an envelope together, and exactly what its coupons ask for together: two checks and one coupon,
    /// or one check and three coupons.
    ///
    /// Where every check names an account of its own, each is decided by itself: what one pays too much is not meant
    /// for its neighbour. All checks post by their total or none: where something speaks against one, the total is no
    /// proof of the others.
    static let envelopeTotal = Rule("envelope-total", version: 2) { inquiry in
        guard let reading = try inquiry.envelopeReading(), reading.isClear,
            reading.debts.count == 1 || !reading.nameless.isEmpty || reading.spare.contains(where: { $0.owed > .zero })
        else { return nil }
        guard let plan = reading.plan(), let own = plan[reading.envelope.place] else { return nil }
        for (place, shares) in plan where place != reading.envelope.place {
            var other = inquiry.asked(of: place, in: reading)
            let ruling = try other.ruling(on: shares, of: reading)
            guard let ruling, ruling.reason == nil else { return nil }
            for stop in RuleBook.stops where try stop.finds(ruling, &other) != nil { return nil }
        }
        return try inquiry.ruling(on: own, of: reading)
    }

    /// A check beside coupons by themselves, of which only one set asks for exactly this.
    static let envelopeCoupons = Rule("envelope-coupons", version: 2) { inquiry in
        guard let reading = try inquiry.envelopeReading(), reading.isClear, !inquiry.hasListedAmounts,
            !reading.spare.isEmpty, reading.nameless.allSatisfy({ $0 == reading.envelope.place })
        else { return nil }
        let own = try inquiry.named().only?.target.account
        guard try own.map({ !inquiry.fit($0).isExact }) ?? inquiry.namesNothing(),
            let split = inquiry.split(over: reading, including: own)
        else { return nil }
        if let rival = try inquiry.rival(to: split) { return rival }
        return .split(over: split, why: "only these of its envelope's coupons ask for exactly this")
    }

    /// A check that names nothing, the coupon of its envelope that it can only be for, and a second key.
    static let envelopeCoupon = Rule("envelope-coupon", version: 2) { inquiry in
        guard let reading = try inquiry.envelopeReading(), reading.isClear, try inquiry.namesNothing() else {
            return nil
        }
        guard let meant = reading.meant, let key = try inquiry.secondKey(for: meant.account) else { return nil }
        if let rival = try inquiry.rival(to: [meant.account]) { return rival }
        let share = Share(account: meant.account.number, bill: meant.bill, cents: inquiry.amount)
        return Ruling(
            shares: [share], accounts: [meant.account],
            why: "its envelope holds the coupon of account \(meant.account.number); \(key)", proof: .twoKeys)
    }

    /// A check that names nothing beside coupons that prove nothing by themselves.
    static let envelopeUnproven = Rule("envelope-unproven", version: 1) { inquiry in
        guard let reading = try inquiry.envelopeReading(), !reading.debts.isEmpty, try inquiry.namesNothing() else {
            return nil
        }
        if let meant = reading.meant {
            let why = "it names no account itself; its envelope holds the coupon of account \(meant.account.number)"
            return .hold(.noReference, "\(why), and neither amount, name nor payer agree")
        }
        return .hold(
            .accountAmbiguous, "it names no account itself, and its envelope holds coupons of \(reading.names)")
    }
}

extension Stop {
    /// A check that names one account and lies beside coupons of others may be meant for all of them: it is its own
    /// account's only where the amount says so.
    static let envelope = Stop(.evidenceConflict, version: 1) { ruling, inquiry in
        guard let account = ruling.only, let reading = try inquiry.envelopeReading(),
            !reading.envelope.own.namesNothing, !inquiry.hasListedAmounts, !inquiry.fit(account).isExact
        else { return nil }
        if reading.hasUnreadCoupon { return "its envelope holds a coupon that cannot be read" }
        guard reading.spare.contains(where: { $0.account.number != account.number }) else { return nil }
        return "its envelope holds coupons of \(reading.names)"
    }
}

extension EnvelopeReading {
    /// The accounts and bills that it names, for a sentence.
    fileprivate var names: String {
        let names = debts.map { debt in
            (debt.bill.map { "bill \($0) of account " } ?? "account ") + "\(debt.account.number) (\(debt.owed))"
        }
        let more = names.count > 6 ? " and \(names.count - 6) more" : ""
        return names.prefix(6).joined(separator: ", ") + more
    }
}

extension Inquiry {
    /// The same questions asked of another check of the envelope.
    fileprivate func asked(of place: Int, in reading: EnvelopeReading) -> Inquiry {
        var reading = reading
        reading.envelope = reading.envelope.seen(from: place)
        let paper = reading.envelope.own
        let query = MatchQuery(item: paper.item, payer: paper.payer, day: query.day, envelope: reading.envelope)
        var other = Inquiry(query: query, amount: paper.cents, policy: policy, book: book)
        other.envelopeAnswer = reading
        return other
    }

    /// What is to be said of the check at hand where its envelope's total gives it these shares; nil where the total is
    /// no proof of it: its own lines say something else, or it names nothing among coupons of strangers, and neither
    /// payer nor name is of the account.
    fileprivate mutating func ruling(on shares: [Share], of reading: EnvelopeReading) throws -> Ruling? {
        guard !hasListedAmounts else { return nil }
        let accounts = shares.compactMap { share in
            reading.debts.first { $0.account.number == share.account }?.account
        }
        if let rival = try rival(to: accounts) { return rival }
        if try reading.isOfStrangers && namesNothing() {
            for account in accounts where name(of: account) != .agrees {
                guard try payerProves(account) || isEarlierPayer(of: account) else { return nil }
            }
        }
        // What was posted of the envelope before this check is owed no more: the sum that is told is what is left.
        let isFirst = !reading.envelope.papers[..<reading.envelope.place].contains { $0.cents > .zero }
        let why =
            isFirst
            ? "the checks of its envelope are exactly what is owed on what its coupons name: "
            : "what is left of its envelope's checks is exactly what is still owed on what its coupons name: "
        return Ruling(shares: shares, accounts: accounts, why: why + reading.names, proof: .twoKeys)
    }

    /// Whether the item's own lines say what it pays: no envelope says it better.
    fileprivate var hasListedAmounts: Bool { item.lines.contains { $0.amount != nil } }

    /// The only set of the accounts that the item's papers and the coupons beside it name which owes exactly the
    /// amount, the item's own account among them.
    fileprivate func split(over reading: EnvelopeReading, including own: AccountFacts?) -> [AccountFacts]? {
        guard reading.debts.allSatisfy({ $0.bill == nil }) else { return nil }
        let spare = reading.spare.map(\.account)
        let accounts = (own.map { [$0] } ?? []) + spare.filter { $0.number != own?.number }
        guard let split = onlySplit(of: amount, over: accounts) else { return nil }
        guard let own else { return split }
        return split.contains { $0.number == own.number } ? split : nil
    }
}
