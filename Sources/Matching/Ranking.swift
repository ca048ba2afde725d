import Model

/// A candidate with what all evidence together says of it, in tenths of a point, so that ties are rare.
struct WeighedCandidate {
    var account: String
    var name: String
    var score: Int
    var evidence: [String]

    fileprivate mutating func add(_ points: Int, _ sentence: String?) {
        score += points
        if let sentence { evidence.append(sentence) }
    }
}

extension Inquiry {
    /// Weighs all that speaks for and against an account.
    ///
    /// The weights are the order of how seldom each fact is true of a wrong account (a number hardly ever, a name in
    /// a hundred, a part of what is due in every third). They order candidates for people; nothing is posted by them.
    mutating func weigh(_ entry: CandidateEntry, asksHistory: Bool = true) throws -> WeighedCandidate {
        let account = entry.facts
        var weighed = WeighedCandidate(
            account: account.number, name: account.name, score: entry.weight, evidence: entry.evidence)
        weighAmount(of: account, &weighed)
        try weighName(of: account, asksHistory: asksHistory, &weighed)
        try weighPayer(of: account, &weighed)
        if namesAddress(of: account) { weighed.add(300, "the text names its service address") }
        if !account.isOpen { weighed.add(-250, "it is closed and owes nothing") }
        for sentence in termsSentences(of: account) { weighed.add(0, sentence) }
        if account.cashOnly { weighed.add(0, "it is cash-only") }
        for flag in account.holdingFlags { weighed.add(0, "it has the flag \(flag)") }
        return weighed
    }

    private func weighAmount(of account: AccountFacts, _ weighed: inout WeighedCandidate) {
        let fit = fit(account)
        // Whole amounts are what people choose when they do not pay what is asked for.
        let isChosen = amount.rawValue % 500 == 0
        let points =
            switch fit {
            case .total: isChosen ? 200 : 300
            case .oneBill, .oldestBills, .arranged: isChosen ? 160 : 240
            case .printed: 150
            case .roundedUp: 120
            case .doubled, .swapped: 140
            // A part is mostly a whole amount, and rather of a little less than of much more.
            case .part: (isChosen ? 20 : -40) + Int(amount.rawValue * 40 / max(1, account.owed.rawValue))
            case .nothingOwed: -60
            case .over: -50
            }
        weighed.add(points, fit.sentence)
        if account.wasAsked(for: item.scanlineDue) {
            weighed.add(150, "the coupon prints what the account was billed")
        }
    }

    /// Those of some candidates that can be among the first, whatever the dear question of earlier payments brings.
    mutating func contenders(_ entries: [CandidateEntry]) throws -> [CandidateEntry] {
        guard entries.count > candidatesMax else { return entries }
        let scores = try entries.map { try weigh($0, asksHistory: false).score }
        let last = scores.sorted(by: >)[candidatesMax - 1]
        // Nobody without a payer is an earlier payer.
        let most = lastPaidPoints + (query.payer == nil ? 0 : earlierPayerPoints)
        return entries.indices.filter { scores[$0] + most >= last }.map { entries[$0] }
    }

    private mutating func weighName(
        of account: AccountFacts, asksHistory: Bool, _ weighed: inout WeighedCandidate
    ) throws {
        let name = name(of: account)
        if name == .agrees {
            // A bill-pay service tells whose money it sends; who pays by himself may well pay for another.
            let points = try payer().isService ? 320 : 200
            weighed.add(points + closeness(payerName(), PersonName(account.name)), name.sentence)
        } else if try asksHistory && isEarlierPayer(of: account) {
            weighed.add(earlierPayerPoints, "somebody of this name paid for it before")
        } else if name == .family {
            weighed.add(80, name.sentence)
        }
        if try asksHistory && isLastPaid(account) {
            weighed.add(lastPaidPoints, "the amount is what it paid last")
        }
    }

    private mutating func weighPayer(of account: AccountFacts, _ weighed: inout WeighedCandidate) throws {
        let memory = try payer()
        if let known = memory.known.first(where: { $0.account == account.number }) {
            let times = known.times == 1 ? "1 time" : "\(known.times) times"
            weighed.add(200 + min(known.times, 10) * 5, "this payer paid for it \(times) before")
        } else if let faded = memory.faded.first(where: { $0.account == account.number }) {
            let day = faded.lastOn.map { " (\($0))" } ?? ""
            weighed.add(80, "this payer paid for it long ago\(day)")
        } else if try payerAccounts().contains(where: { isSameCustomer($0, account) }) {
            weighed.add(140, "this payer paid for another account of its customer before")
        } else if try !payerAccounts().isEmpty {
            weighed.add(-120, "this payer paid for others only")
        }
    }
}

/// What earlier payments can add to a score.
private let (earlierPayerPoints, lastPaidPoints) = (180, 60)

/// How much more or less than other agreeing names two say: word for word the same, or an initial only.
private func closeness(_ payer: PersonName, _ holder: PersonName) -> Int {
    if payer.words == holder.words { return 30 }
    return payer.words.first?.count == 1 || holder.words.first?.count == 1 ? -30 : 0
}
