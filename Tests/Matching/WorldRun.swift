import Matching
import Model

/// What came of a world's items.
struct WorldFigures: CustomStringConvertible {
    var items = 0
    var should = 0
    var through = 0
    var left = 0
    var top1 = 0
    var top3 = 0
    var wrong: [String] = []
    var reasons: [String: Int] = [:]
    var rules: [String: Int] = [:]
    var heldNoise: [String: Int] = [:]

    var rate: Double { Double(through) / Double(max(1, should)) }

    var description: String {
        func percent(_ part: Int, _ whole: Int) -> String { "\(Double(part * 10_000 / max(1, whole)) / 100) %" }
        let held = reasons.sorted { $0.value > $1.value }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        return "items \(items), straight-through \(percent(through, should)), wrong \(wrong.count), left \(left), "
            + "top-1 \(percent(top1, left)), top-3 \(percent(top3, left)); held: \(held)"
    }
}

extension World {
    /// Feeds a world through the matcher as an office would: what is posted is applied at once; where the
    /// office has reviewers, they decide the rest each evening and so teach the payer memory.
    func run(reviewers: Bool, matcher: Matcher = Matcher(policy: MatchPolicy())) throws -> WorldFigures {
        var figures = WorldFigures()
        var seen: Set<String> = []
        for day in days {
            for (account, bill) in day.bills { book.add(bill, to: account) }
            var open: [Fact] = []
            for fact in day.facts {
                figures.items += 1
                figures.should += fact.disposition == "post" ? 1 : 0
                if World.isRepeated(fact.item, &seen) {
                    figures.note(held: fact, "duplicate-suspected", [])
                    if fact.disposition == "post" { open.append(fact) }
                } else if !(try decide(fact, matcher, &figures)) {
                    open.append(fact)
                }
            }
            if reviewers { review(open) }
            book.closeFile()
        }
        return figures
    }

    private func decide(_ fact: Fact, _ matcher: Matcher, _ figures: inout WorldFigures) throws -> Bool {
        let query = MatchQuery(item: fact.item, payer: World.payer(fact.item), day: fact.day)
        let verdict = try matcher.decide(query, in: book)
        guard verdict.reason == nil else {
            figures.note(held: fact, verdict.reason!.rawValue, verdict.candidates)
            return false
        }
        figures.note(posted: fact, verdict)
        for share in verdict.shares {
            book.apply(share.cents, bill: share.bill, to: share.account)
            book.note(fact.item, share.cents, for: share.account)
        }
        for account in Set(verdict.shares.map(\.account)) { book.teach(payer: query.payer, account: account) }
        return true
    }

    private func review(_ open: [Fact]) {
        for fact in open where fact.disposition == "post" || fact.disposition == "stop" {
            for (account, cents) in fact.allocations {
                book.apply(cents, to: account)
                book.note(fact.item, cents, for: account)
                book.teach(payer: World.payer(fact.item), account: account)
            }
        }
    }

    private static func isRepeated(_ item: Item, _ seen: inout Set<String>) -> Bool {
        let key =
            item.endToEnd.isEmpty
            ? "\(item.routing)/\(item.bankAccount)/\(item.checkNumber)/\(item.amount!)" : item.endToEnd
        return !seen.insert(key).inserted
    }

    private static func payer(_ item: Item) -> Int64? {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in "\(item.routing)/\(item.bankAccount)".utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return item.bankAccount.isEmpty ? nil : Int64(bitPattern: hash)
    }
}

extension WorldFigures {
    fileprivate mutating func note(posted fact: World.Fact, _ verdict: Verdict) {
        rules[verdict.rule, default: 0] += 1
        var got: [String: Cents] = [:]
        for share in verdict.shares { got[share.account, default: .zero] += share.cents }
        if fact.disposition == "post", got == fact.allocations {
            through += 1
        } else {
            let truth = "\(fact.disposition) [\(fact.noise)] \(fact.allocations)"
            wrong.append("\(truth) -> \(got) by \(verdict.rule): \(verdict.why)")
        }
    }

    fileprivate mutating func note(held fact: World.Fact, _ reason: String, _ candidates: [Candidate]) {
        reasons[reason, default: 0] += 1
        guard fact.disposition == "post" else { return }
        heldNoise["\(reason) [\(fact.noise)]", default: 0] += 1
        guard fact.allocations.count == 1, let only = fact.allocations.keys.first else { return }
        left += 1
        top1 += candidates.first?.account == only ? 1 : 0
        top3 += candidates.prefix(3).contains { $0.account == only } ? 1 : 0
    }
}
