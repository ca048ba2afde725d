import Model

/// A candidate with what all evidence together says of it, in tenths of a point, so that ties are rare.
struct WeighedCandidate {
    var account: String
    var name: String
    var score: Int
    var evidence: [String]
    /// Whether its evidence is kept in words.
    fileprivate let isTold: Bool

    fileprivate mutating func add(_ points: Int, _ sentence: @autoclosure () -> String?) {
        score += points
        if isTold, let sentence = sentence() { evidence.append(sentence) }
    }
}

extension Inquiry {
    /// Weighs all that speaks for and against an account.
    ///
    /// The weights are the order of how seldom each fact is true of a wrong account (a number hardly ever, a name in
    /// a hundred, a part of what is due in every third). They order candidates for people; nothing is posted by them.
    ///
    /// Roughly is without the dear question of earlier payments, and without words.
    mutating func weigh(_ entry: CandidateEntry, roughly isRough: Bool = false) throws -> WeighedCandidate {
        var weighed = WeighedCandidate(
            account: entry.facts.number, name: entry.facts.name, score: entry.weight, evidence: entry.evidence,
            isTold: !isRough)
        weighAmount(of: entry.facts, &weighed)
        try weighName(of: entry.facts, asksHistory: !isRough, &weighed)
        try weighPayer(of: entry.facts, &weighed)
        if namesAddress(of: entry.facts) { weighed.add(300, "the text names its service address") }
        if !entry.facts.isOpen { weighed.add(-250, EvidenceWords.closed) }
        guard weighed.isTold else { return weighed }
        for sentence in termsSentences(of: entry.facts) { weighed.add(0, sentence) }
        if entry.facts.cashOnly { weighed.add(0, EvidenceWords.cashOnly) }
        for flag in entry.facts.holdingFlags { weighed.add(0, EvidenceWords.flag(flag)) }
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

    /// The first of some candidates, best first. What was paid earlier is asked of those only that can be among them
    /// whatever it brings.
    mutating func best(of entries: [CandidateEntry]) throws -> [CandidateEntry] {
        let rough = try entries.map { try weigh($0, roughly: true).score }
        let last = rough.count > candidatesMax ? rough.sorted(by: >)[candidatesMax - 1] : .min
        // Nobody without a payer is an earlier payer.
        let most = lastPaidPoints + (query.payer == nil ? 0 : earlierPayerPoints)
        let contenders = entries.indices.filter { rough[$0] + most >= last }
        let scored = try contenders.map { place in
            (place: place, score: rough[place] + (try pastPoints(of: entries[place].facts)))
        }
        let ordered = scored.sorted {
            $0.score == $1.score ? entries[$0.place].facts.number < entries[$1.place].facts.number : $0.score > $1.score
        }
        return ordered.prefix(candidatesMax).map { entries[$0.place] }
    }

    /// What earlier payments add to the rough score of an account.
    private mutating func pastPoints(of account: AccountFacts) throws -> Int {
        let name = name(of: account)
        var points = try isLastPaid(account) ? lastPaidPoints : 0
        if name != .agrees, try isEarlierPayer(of: account) {
            points += earlierPayerPoints - (name == .family ? familyPoints : 0)
        }
        return points
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
            weighed.add(familyPoints, name.sentence)
        }
        if try asksHistory && isLastPaid(account) {
            weighed.add(lastPaidPoints, "the amount is what it paid last")
        }
    }

    private mutating func weighPayer(of account: AccountFacts, _ weighed: inout WeighedCandidate) throws {
        guard query.payer != nil else { return }
        let memory = try payer()
        if let known = memory.known.first(where: { $0.account == account.number }) {
            let times = known.times == 1 ? "1 time" : "\(known.times) times"
            weighed.add(200 + min(known.times, 10) * 5, "this payer paid for it \(times) before")
        } else if let faded = memory.faded.first(where: { $0.account == account.number }) {
            let day = faded.lastOn.map { " (\($0))" } ?? ""
            weighed.add(80, "this payer paid for it long ago\(day)")
        } else if try payerAccounts().contains(where: { isSameCustomer($0, account) }) {
            weighed.add(140, "this payer paid for another account of its customer before")
        } else if try landlordAccounts().contains(where: { isSameCustomer($0, account) }) {
            weighed.add(140, "this payer paid for many accounts of its customer before")
        } else if try !payerAccounts().isEmpty {
            weighed.add(-120, EvidenceWords.othersOnly)
        }
    }
}

/// What earlier payments can add to a score.
private let (earlierPayerPoints, lastPaidPoints) = (180, 60)

/// What the holder's last name adds: less than an earlier payer, of whom it says the same.
private let familyPoints = 80

/// How much more or less than other agreeing names two say: word for word the same, or an initial only.
private func closeness(_ payer: PersonName, _ holder: PersonName) -> Int {
    if payer.words == holder.words { return 30 }
    return payer.words.first?.count == 1 || holder.words.first?.count == 1 ? -30 : 0
}
