import Foundation
import Matching
import Model

/// A small book and one item, written so that an auditor can read it (`Tests/Fixtures/rules`, whose README tells the
/// form), and what Sluice says of it.
///
/// Lines with `-` and `+` before them make two worlds of one text, as in a difference: the world as it is has the
/// lines with `-`, the one that it is held against those with `+`.
struct RuleWorld {
    /// What it shows, in a sentence.
    var title = ""
    var book = MemoryBook()
    var item = Item()
    var payer: Int64?
    /// What lies behind it in its envelope.
    var papers: [Item] = []
    var policy = MatchPolicy()
    var verdict = Expected()

    /// What Sluice must say.
    struct Expected: Equatable, CustomStringConvertible {
        /// The name of the rule or stop that decides.
        var rule = ""
        /// Nil where it is held.
        var proof: Proof?
        /// Nil where it is posted.
        var reason: Reason?
        var shares: [Share] = []

        var isPosted: Bool { reason == nil }

        var description: String {
            guard let reason else {
                let parts = shares.map { "  \($0.cents) to \($0.account)" + ($0.bill.map { " bill \($0)" } ?? "") }
                return (["posted by \(rule) \(proof?.rawValue ?? "")"] + parts).joined(separator: "\n")
            }
            return "held by \(rule) \(reason.rawValue)"
        }
    }

    /// A line that says nothing the form knows.
    struct Malformed: Error, CustomStringConvertible {
        var description: String
    }

    /// Reads the world as it is, or the one it is held against.
    init(_ text: String, changed: Bool = false) throws {
        var accounts: [AccountFacts] = []
        var lessons: [(bank: String, account: String)] = []
        for (number, line) in text.split(separator: "\n").enumerated() {
            if line.hasPrefix("#") { title += line.dropFirst().trimmingCharacters(in: .whitespaces) }
            let isOther = line.hasPrefix(changed ? "-" : "+")
            if line.hasPrefix("#") || isOther { continue }
            let marked = line.hasPrefix("-") || line.hasPrefix("+")
            let words = (marked ? line.dropFirst() : line).split(separator: " ").map(String.init)
            do {
                if try readItem(words) || readVerdict(words) { continue }
                if words[0] == "references" {
                    policy.references.append(try RuleWorld.known(ReferenceFormat(words[1]), words[1]))
                } else if words[0] == "paid" {
                    lessons.append((words[1], words[2]))
                } else if words[0] == "taught" {
                    let kind = try RuleWorld.known(TaughtFacts.Kind(rawValue: words[1]), words[1])
                    book.teach(words.dropFirst(3).joined(separator: " "), of: kind, mean: words[2])
                } else if words[0] == "earlier" {
                    try readEarlier(words)
                } else {
                    try RuleWorld.readBook(words, into: &accounts)
                }
            } catch let fault as Malformed { throw Malformed(description: "line \(number + 1): \(fault.description)") }
        }
        for account in accounts { book.insert(account) }
        for lesson in lessons { book.teach(payer: RuleWorld.hash(lesson.bank), account: lesson.account) }
    }

    /// What Sluice says of it, by the whole rule book or without some of it.
    func decide(without left: Set<String> = []) throws -> Verdict {
        let matcher = Matcher(policy: policy, without: left)
        let query = MatchQuery(
            item: item, payer: payer, day: CivilDate(year: 2026, month: 3, day: 2)!,
            envelope: matcher.envelope(of: [(item, payer)] + papers.map { ($0, nil) }))
        return try matcher.decide(query, in: book)
    }

    private static func hash(_ bank: String) -> Int64 { bank.utf8.reduce(7) { $0 &* 31 &+ Int64($1) } }
}

extension RuleWorld {
    private static func readBook(_ words: [String], into accounts: inout [AccountFacts]) throws {
        let rest = words.dropFirst().joined(separator: " ")
        if words[0] == "account" {
            let name = words.dropFirst(2).joined(separator: " ")
            return accounts.append(AccountFacts(number: words[1], customer: "customer of \(words[1])", name: name))
        }
        guard !accounts.isEmpty else { throw Malformed(description: "\"\(words[0])\" before an account") }
        let last = accounts.count - 1
        switch words[0] {
        case "customer": accounts[last].customer = rest
        case "address": accounts[last].serviceAddress = rest
        case "status": accounts[last].status = try known(AccountStatus(rawValue: rest), rest)
        case "cash-only": accounts[last].cashOnly = true
        case "flag": accounts[last].holdingFlags.append(rest)
        case "bill": accounts[last].bills.append(try bill(words))
        case "plan", "pledge": try readTerm(words, into: &accounts[last])
        default: throw Malformed(description: "\"\(words[0])\" is no word of the form")
        }
    }

    /// `bill W-10017 50.00`, and behind it `of 80.00` or `due 2026-03-01` or `kind customer-deposit`.
    private static func bill(_ words: [String]) throws -> OpenBill {
        let open = try cents(words[2])
        var bill = OpenBill(number: words[1], amount: open, open: open)
        for place in stride(from: 3, to: words.count - 1, by: 2) {
            switch words[place] {
            case "of": bill.amount = try cents(words[place + 1])
            case "due": bill.dueOn = try known(CivilDate(iso: words[place + 1]), words[place + 1])
            case "kind": bill.kind = words[place + 1]
            default: throw Malformed(description: "\"\(words[place])\" says nothing of a bill")
            }
        }
        return bill
    }

    /// `plan P-1 33.13`, and behind it perhaps `remaining 400.00`; `pledge L-1 50.00 by Hill County`.
    private static func readTerm(_ words: [String], into account: inout AccountFacts) throws {
        var terms = account.terms ?? AccountTerms()
        let cents = try cents(words[2])
        if words[0] == "plan" {
            let left = words.count == 5 && words[3] == "remaining" ? try Self.cents(words[4]) : nil
            terms.plans.append(PaymentPlan(number: words[1], instalment: cents, stated: left))
        } else {
            guard words.count > 4, words[3] == "by" else { throw Malformed(description: "a pledge is by an agency") }
            let agency = words[4...].joined(separator: " ")
            terms.pledges.append(Pledge(number: words[1], agency: agency, amount: cents))
        }
        account.terms = terms
    }

    /// `earlier 1234567871 73.11 2026-02-20 by JANE DOE`, and before `by` perhaps `check 1044`.
    private func readEarlier(_ words: [String]) throws {
        guard words.count > 5, let by = words.firstIndex(of: "by") else {
            throw Malformed(description: "an earlier payment is by somebody")
        }
        let cents = try Self.cents(words[2])
        book.remember(
            EarlierPayment(
                payment: PaymentID(intake: 1, place: 1), payer: words[(by + 1)...].joined(separator: " "),
                checkNumber: words[4] == "check" ? words[5] : "",
                on: try Self.known(CivilDate(iso: words[3]), words[3]), total: cents, cents: cents),
            for: words[1])
    }

    private mutating func readItem(_ words: [String]) throws -> Bool {
        let rest = words.dropFirst().joined(separator: " ")
        switch words[0] {
        case "item":
            item.amount = try Self.cents(words[1])
            item.tender = try Self.known(Tender(rawValue: words[2]), words[2])
        case "coupon": item.account = rest
        case "scanline":
            item.scanlineAccount = words[1]
            if words.count == 4 { item.scanlineDue = try Self.cents(words[3]) }
        case "payer": item.payer = rest
        case "bank": payer = Self.hash(rest)
        case "memo": item.memo = rest
        case "check-number": item.checkNumber = rest
        case "envelope":
            var paper = Item()
            paper.amount = try Self.cents(words[1])
            if words.count > 2 { paper.account = words[2] }
            papers.append(paper)
        case "line": item.lines.append(try line(words))
        default: return false
        }
        return true
    }

    /// `line bill W-10017 50.00` or `line account 1234567871 50.00`.
    private func line(_ words: [String]) throws -> RemittanceLine {
        let amount = words.count > 3 ? try Self.cents(words[3]) : nil
        return words[1] == "bill"
            ? RemittanceLine(bill: words[2], amount: amount) : RemittanceLine(account: words[2], amount: amount)
    }

    private mutating func readVerdict(_ words: [String]) throws -> Bool {
        if words.count > 2, words[1] == "by" {
            verdict.rule = words[2]
            guard words.count == 4 else { throw Malformed(description: "a verdict names its proof or its reason") }
            if words[0] == "posted" { verdict.proof = try Self.known(Proof(rawValue: words[3]), words[3]) }
            if words[0] == "held" { verdict.reason = try Self.known(Reason(rawValue: words[3]), words[3]) }
            return true
        }
        guard words.count > 2, words[1] == "to" else { return false }
        let bill = words.count > 4 ? words[4] : nil
        verdict.shares.append(Share(account: words[2], bill: bill, cents: try Self.cents(words[0])))
        return true
    }

    private static func cents(_ text: String) throws -> Cents {
        let parts = text.split(separator: ".")
        guard parts.count == 2, parts[1].count == 2, let cents = Int64(parts[0] + parts[1]) else {
            throw Malformed(description: "\"\(text)\" is no amount like 50.00")
        }
        return Cents(cents)
    }

    private static func known<Value>(_ value: Value?, _ text: String) throws -> Value {
        guard let value else { throw Malformed(description: "\"\(text)\" is not known") }
        return value
    }
}

extension Verdict {
    /// The same as a world writes it.
    var expected: RuleWorld.Expected {
        let name = String(rule.prefix { $0 != "/" })
        return RuleWorld.Expected(rule: name, proof: reason == nil ? proof : nil, reason: reason, shares: shares)
    }
}
