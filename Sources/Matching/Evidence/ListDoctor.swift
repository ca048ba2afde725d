import Model

/// A line of a list, beside what the book knows of what it names.
struct ListLine {
    /// What it names, as a clerk finds it on the list: `bill W20001 of account 4815162342`.
    var name: String
    /// The bill or account as the list writes it: two lines with one of them may be the same line twice.
    var reference: String
    /// The amount as it was read; nil where the line has none.
    var amount: Cents?
    /// Its account; nil where it names nothing in the book.
    var account: AccountFacts?
    /// Its bill, where it names one of the book.
    var bill: String?
    /// What is owed on it: an amount that is not among these was perhaps misread.
    var owed: [Cents] = []

    /// Whether the line pays to the cent what is owed.
    var isOwed: Bool { amount.map(owed.contains) ?? false }
}

/// Something that customers of a list owe and that does not stand on it.
struct UnlistedDebt {
    var name: String
    var account: AccountFacts
    var bill: String?
    var cents: Cents
}

/// One way in which a list that does not add up would: one line is wrong, and what it should have been.
struct ListFinding: Hashable {
    enum Fault: Hashable {
        /// The line stands a second time; the first place is given.
        case doubled(first: Int)
        /// Without the line the list adds up.
        case superfluous
        /// The amount counts the line twice.
        case countedTwice
        /// Two neighbouring digits of its amount are swapped.
        case swapped
        /// Another amount was read than is owed.
        case misread
        /// What is added is to be taken off, or the other way round.
        case sign
        /// The line has no amount, and the others leave it this.
        case blank
        /// A line is missing: the place among the debts that do not stand on the list.
        case missing(Int)
        /// Two neighbouring digits of the item's own amount, against which the list was written, are swapped.
        case totalSwapped
    }

    var fault: Fault
    /// The line's place on the list; nil where it is about none of them.
    var line: Int?
    /// What the line pays if this is true; nil where it pays nothing.
    var cents: Cents?
    /// Whether the book agrees: all that the list pays then is owed, or this line's amount is.
    var isOwed: Bool
}

/// Finds the lines of a list that keep it from adding up.
///
/// A difference can be explained by any line whose amount may be anything. So a line is named only for an error that
/// people and readers make (left out, written twice, two digits swapped, a sign), or where the book says what the line
/// should have been; what the book agrees with comes alone where there is any such.
struct ListDoctor {
    let lines: [ListLine]
    /// The amount of the item.
    let total: Cents
    let unlisted: [UnlistedDebt]

    /// The findings, those that the book agrees with only, if there are any; in the order of the lines.
    func findings() -> [ListFinding] {
        guard let difference else { return [] }
        var found: [ListFinding] = []
        if let blank = lines.firstIndex(where: { $0.amount == nil }) {
            if lines.count(where: { $0.amount == nil }) == 1, let left = self.blank(blank, difference) {
                found.append(left)
            }
        } else {
            for place in lines.indices { if let finding = wrong(place, difference) { found.append(finding) } }
            if let finding = totalSwapped(difference) { found.append(finding) }
        }
        for (place, debt) in unlisted.enumerated() where debt.cents == difference && difference > .zero {
            found.append(ListFinding(fault: .missing(place), line: nil, cents: debt.cents, isOwed: true))
        }
        let owed = found.filter(\.isOwed)
        return owed.isEmpty ? found : owed
    }

    /// What the lines leave of the item's amount; negative where they are more. Nil where they fit no sum.
    var difference: Cents? {
        var left: Cents? = total
        for line in lines { left = left?.adding(-(line.amount ?? .zero)) }
        return left
    }

    private func blank(_ place: Int, _ left: Cents) -> ListFinding? {
        guard left > .zero else { return nil }
        return ListFinding(fault: .blank, line: place, cents: left, isOwed: lines[place].owed.contains(left))
    }

    /// What is wrong with a line if it is the only wrong one; nil where no error that anybody makes explains it.
    private func wrong(_ place: Int, _ difference: Cents) -> ListFinding? {
        let line = lines[place]
        guard let read = line.amount, read != .zero, let wanted = read.adding(difference) else { return nil }
        if wanted == .zero { return struck(place) }
        if wanted == -read {
            return ListFinding(fault: .sign, line: place, cents: wanted, isOwed: line.owed.contains(wanted))
        }
        guard read > .zero, wanted > .zero else { return nil }
        let isOwed = line.owed.contains(wanted)
        func finding(_ fault: ListFinding.Fault) -> ListFinding {
            ListFinding(fault: fault, line: place, cents: wanted, isOwed: isOwed)
        }
        if isSwapped(read, wanted) { return finding(.swapped) }
        if wanted - read == read { return finding(.countedTwice) }
        return isOwed ? finding(.misread) : nil
    }

    /// A line without which the list adds up. Of two that are the same the second is named.
    private func struck(_ place: Int) -> ListFinding? {
        let line = lines[place]
        func isSame(_ other: Int) -> Bool {
            lines[other].amount == line.amount && lines[other].reference == line.reference
        }
        let restIsOwed = lines.indices.allSatisfy { $0 == place || lines[$0].isOwed }
        if let first = lines[..<place].indices.first(where: isSame) {
            return ListFinding(fault: .doubled(first: first), line: place, cents: nil, isOwed: restIsOwed)
        }
        guard !lines[(place + 1)...].indices.contains(where: isSame) else { return nil }
        // A line that pays to the cent what is owed is not the one to strike.
        return ListFinding(fault: .superfluous, line: place, cents: nil, isOwed: restIsOwed && !line.isOwed)
    }

    private func totalSwapped(_ difference: Cents) -> ListFinding? {
        guard let sum = total.adding(-difference), sum > .zero, isSwapped(total, sum) else { return nil }
        return ListFinding(fault: .totalSwapped, line: nil, cents: nil, isOwed: lines.allSatisfy(\.isOwed))
    }
}

// What a clerk reads, and what could be posted.
extension ListDoctor {
    /// What is wrong with the list, in sentences.
    func why(_ findings: [ListFinding]) -> String {
        let sum = difference.flatMap { total.adding(-$0) }?.description ?? "more than any amount"
        let what = "the lines sum to \(sum), the item is \(total)"
        guard !findings.isEmpty else { return "\(what); no one line explains the difference" }
        let shown = findings.prefix(shownMax).map(sentence)
        let more = findings.count - shown.count
        let rest = more > 0 ? "; and \(more) more" : ""
        if findings.count == 1 { return "\(what): \(shown[0])" }
        return "\(what); \(findings.count) readings would mend it: \(shown.joined(separator: "; or "))\(rest)"
    }

    /// One finding: `line 3, account 4815162342: 45.60 read, 54.60 is owed: two digits swapped`.
    func sentence(_ finding: ListFinding) -> String {
        let name = finding.line.map { "line \($0 + 1), \(lines[$0].name)" } ?? ""
        let read = finding.line.flatMap { lines[$0].amount }?.description ?? "no amount"
        let wanted = finding.cents?.description ?? ""
        let isOwed = finding.isOwed ? "is owed" : "would make the sum"
        switch finding.fault {
        case .doubled(let first): return "\(name): its \(read) stands in line \(first + 1) too"
        case .superfluous: return "\(name): without its \(read) the list adds up"
        case .countedTwice: return "\(name): the amount counts its \(read) twice"
        case .swapped: return "\(name): \(read) read, \(wanted) \(isOwed): two digits swapped"
        case .misread: return "\(name): \(read) read, \(wanted) is owed"
        case .sign: return "\(name): \(read) read, \(wanted) \(isOwed): the sign is wrong"
        case .blank: return "\(name): \(read) read, \(wanted) is left for it\(finding.isOwed ? " and is owed" : "")"
        case .missing(let place): return "a line is missing: \(unlisted[place].name) owes \(wanted)"
        case .totalSwapped: return "the amount of the item has two digits swapped, or the list was written for another"
        }
    }

    /// The list as it would post if a finding is true; nil where it would not post whole: a line names nothing in the
    /// book, pays nothing, or the finding is about the item's own amount.
    func proposal(_ finding: ListFinding) -> [Share]? {
        var shares: [Share] = []
        for (place, line) in lines.enumerated() {
            let cents = place == finding.line ? finding.cents : line.amount
            guard let cents else { continue }
            guard let account = line.account, cents > .zero else { return nil }
            shares.append(Share(account: account.number, bill: line.bill, cents: cents))
        }
        if case .missing(let place) = finding.fault {
            let debt = unlisted[place]
            shares.append(Share(account: debt.account.number, bill: debt.bill, cents: debt.cents))
        }
        var left: Cents? = total
        for share in shares { left = left?.adding(-share.cents) }
        return left == .zero ? shares : nil
    }
}

/// A person compares no more readings than this.
private let shownMax = 4
