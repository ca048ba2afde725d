import Model

/// Something that coupons of an envelope ask for: an account, or one bill of it.
struct EnvelopeDebt {
    var account: AccountFacts
    var bill: String?
    /// What is owed on it now.
    var owed: Cents
    /// The places of the papers that name it.
    var papers: Set<Int>
}

/// What an envelope says, as the book stands now: payments of it that were posted are taken off already.
struct EnvelopeReading {
    var envelope: Envelope
    /// What its papers ask for, in the order they lie.
    var debts: [EnvelopeDebt] = []
    /// Whether all that its papers name was read and is open.
    var isClear = true

    /// The different accounts that are named.
    var accounts: [AccountFacts] {
        var found: [AccountFacts] = []
        for debt in debts where !found.contains(where: { $0.number == debt.account.number }) {
            found.append(debt.account)
        }
        return found
    }

    /// The debts whose coupons lie by themselves: no check names them.
    var spare: [EnvelopeDebt] {
        debts.filter { $0.papers.allSatisfy { envelope.papers[$0].cents == .zero } }
    }

    /// Whether a coupon lies by itself that could not be read, or is for nothing open.
    var hasUnreadCoupon: Bool {
        envelope.papers.indices.contains { place in
            let paper = envelope.papers[place]
            guard paper.cents == .zero, !paper.namesNothing else { return false }
            return !paper.isClear || !debts.contains { $0.papers.contains(place) }
        }
    }

    /// The places of the checks that name nothing themselves.
    var nameless: [Int] {
        envelope.papers.indices.filter { envelope.papers[$0].cents > .zero && envelope.papers[$0].namesNothing }
    }

    /// Whether some check names an account itself, and the papers name accounts of several customers: neighbours, or a
    /// bank that numbers all of a batch alike.
    var isOfStrangers: Bool {
        guard envelope.papers.contains(where: { $0.cents > .zero && !$0.namesNothing }) else { return false }
        return accounts.contains { !isSameCustomer($0, accounts[0]) && $0.number != accounts[0].number }
    }

    /// Who gets how much of each check that is not decided yet, by its place, if all checks of the envelope pay exactly
    /// all that it asks for; nil where they do not, or where a person decides about one of them.
    ///
    /// Each check pays what it names itself first; then what is owed to the cent; what is left fills up in order.
    func plan() -> [Int: [Share]]? {
        let checks = envelope.papers.indices.filter { envelope.papers[$0].cents > .zero }
        guard checks.allSatisfy({ isOpen($0) || paysDebtsOnly($0) }) else { return nil }
        let left = checks.filter(isOpen)
        guard let money = sum(left.map { envelope.papers[$0].cents }), money > .zero, money == sum(debts.map(\.owed))
        else { return nil }
        var owed = debts.map(\.owed)
        var rest = left.map { envelope.papers[$0].cents }
        var plan: [Int: [Share]] = [:]
        func pay(_ index: Int, _ debt: Int) {
            let cents = min(rest[index], owed[debt])
            guard cents > .zero else { return }
            rest[index] -= cents
            owed[debt] -= cents
            let share = Share(account: debts[debt].account.number, bill: debts[debt].bill, cents: cents)
            plan[left[index], default: []].append(share)
        }
        for index in left.indices {
            for debt in debts.indices where debts[debt].papers.contains(left[index]) { pay(index, debt) }
        }
        for index in left.indices {
            if let debt = owed.firstIndex(of: rest[index]) { pay(index, debt) }
        }
        for index in left.indices { for debt in debts.indices { pay(index, debt) } }
        return plan
    }

    private func isOpen(_ place: Int) -> Bool { envelope.papers[place].standing == .open }

    /// Whether all that a check brought was posted to what the envelope asks for, so that it is owed there no more.
    private func paysDebtsOnly(_ place: Int) -> Bool {
        guard case .posted(let shares) = envelope.papers[place].standing else { return false }
        return shares.allSatisfy { share in
            guard let bill = share.bill else { return false }
            return debts.contains { $0.account.number == share.account && ($0.bill ?? bill) == bill }
        }
    }

    /// What the item at hand is for if it names nothing itself: the only account asked for, or the coupon at its place
    /// where as many coupons as such checks lie by themselves.
    var meant: EnvelopeDebt? {
        if debts.count == 1 { return debts[0] }
        let (checks, coupons) = (nameless, spare)
        guard checks.count == coupons.count, let place = checks.firstIndex(of: envelope.place) else { return nil }
        return coupons[place]
    }

    private func sum(_ cents: [Cents]) -> Cents? { cents.reduce(Cents?.some(.zero)) { $0?.adding($1) } }
}

extension Inquiry {
    /// What the item's envelope says; nil where it came in none, or alone.
    mutating func envelopeReading() throws -> EnvelopeReading? {
        guard let envelope = query.envelope else { return nil }
        if let envelopeAnswer { return envelopeAnswer }
        var reading = EnvelopeReading(envelope: envelope)
        for (place, paper) in envelope.papers.enumerated() {
            if !paper.isClear { reading.isClear = false }
            for number in paper.numbers {
                guard let facts = try book.account(number), let account = try open(target(of: facts)) else {
                    reading.isClear = false
                    continue
                }
                // A bill says more than its account.
                if let debt = reading.debts.firstIndex(where: { $0.account.number == account.number }) {
                    reading.debts[debt].papers.insert(place)
                } else {
                    reading.debts.append(EnvelopeDebt(account: account, owed: account.owed, papers: [place]))
                }
            }
            for bill in paper.bills { try add(bill, at: place, to: &reading) }
        }
        envelopeAnswer = reading
        return reading
    }

    private func add(_ bill: String, at place: Int, to reading: inout EnvelopeReading) throws {
        guard let account = try book.account(ofBill: bill), account.isOpen else {
            reading.isClear = false
            return
        }
        if let debt = reading.debts.firstIndex(where: { $0.bill == bill }) {
            reading.debts[debt].papers.insert(place)
            return
        }
        let owed = account.bills.first { $0.number == bill }?.open ?? .zero
        var debt = EnvelopeDebt(account: account, bill: bill, owed: owed, papers: [place])
        if let whole = reading.debts.firstIndex(where: { $0.account.number == account.number && $0.bill == nil }) {
            debt.papers.formUnion(reading.debts[whole].papers)
            reading.debts[whole] = debt
        } else {
            reading.debts.append(debt)
        }
    }

    /// The open account that a number leads to.
    private func open(_ target: Target) -> AccountFacts? {
        switch target {
        case .open(let account), .moved(_, let account): account
        case .closed, .several: nil
        }
    }

    /// Whether the item says nothing at all of whom it is for.
    mutating func namesNothing() throws -> Bool {
        try isUnnamed() && claims.damaged.isEmpty && named().missing.isEmpty
    }
}
