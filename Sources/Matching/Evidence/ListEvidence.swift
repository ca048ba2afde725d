import Model

/// What a list lets a person post, told and never done: who would get how much, and why.
struct Proposal {
    var shares: [Share]
    var evidence: [String]
}

extension Inquiry {
    /// The lines of the item beside what the book knows of them.
    mutating func listLines() throws -> [ListLine] {
        var lines: [ListLine] = []
        for line in item.lines {
            let account = try account(of: line)
            lines.append(ListLine(line, account))
        }
        return lines
    }

    /// Why the lines of the item do not add up, with what could be posted if one reading is right.
    mutating func outOfBalance() throws -> Ruling {
        let lines = try listLines()
        let doctor = ListDoctor(lines: lines, total: amount, unlisted: try unlisted(lines))
        let findings = doctor.findings()
        var ruling = Ruling.hold(.itemOutOfBalance, doctor.why(findings))
        // Of several readings none is proposed before the others: which is right the book does not say.
        if findings.count == 1, let shares = doctor.proposal(findings[0]) {
            ruling.proposal = Proposal(shares: shares, evidence: [doctor.sentence(findings[0])])
        }
        return ruling
    }

    /// A list of which some lines name nothing in the book: what the others pay, and what is left.
    ///
    /// A bill number that is one error away from one of ours which owes exactly the line's amount stands in for it,
    /// where there is only one such.
    mutating func partlyKnown(_ amounts: [Cents], _ reason: Reason, _ why: String) throws -> Ruling {
        var ruling = Ruling.hold(reason, why)
        var proposal = Proposal(shares: [], evidence: [])
        var unread: [String] = []
        for (place, line) in item.lines.enumerated() {
            if let account = try account(of: line) {
                let bill = line.bill.isEmpty ? nil : line.bill
                proposal.shares.append(Share(account: account.number, bill: bill, cents: amounts[place]))
            } else if unread.count < unknownMax, let (bill, account) = try billNear(line.bill, owing: amounts[place]) {
                proposal.shares.append(Share(account: account.number, bill: bill, cents: amounts[place]))
                proposal.evidence.append(
                    "line \(place + 1): \(line.bill) is one error away from bill \(bill), which owes exactly this")
            } else {
                unread.append("line \(place + 1), \(line.bill.isEmpty ? line.account : line.bill): \(amounts[place])")
            }
        }
        guard !proposal.shares.isEmpty else { return ruling }
        if !unread.isEmpty {
            let known = proposal.shares.map(\.cents).sum
            proposal.evidence.append(
                "the lines known take \(known); left are \(unread.prefix(4).joined(separator: "; "))")
        }
        ruling.proposal = proposal
        return ruling
    }

    /// The account of a line: by its bill, else by its number read clean.
    mutating func account(of line: RemittanceLine) throws -> AccountFacts? {
        if !line.bill.isEmpty { return try book.account(ofBill: line.bill) }
        guard isWellFormed(line.account, policy: policy), let facts = try book.account(line.account) else { return nil }
        guard case .open(let account) = try target(of: facts) else { return nil }
        return account
    }

    /// What the customers of a list owe beyond it: each bill, and each account that it names nowhere as a whole.
    private mutating func unlisted(_ lines: [ListLine]) throws -> [UnlistedDebt] {
        var (debts, customers): ([UnlistedDebt], Set<String>) = ([], [])
        let wholes = Set(lines.filter { $0.bill == nil }.compactMap { $0.account?.number })
        let (bills, accounts) = (Set(lines.compactMap(\.bill)), Set(lines.compactMap { $0.account?.number }))
        for account in lines.compactMap(\.account) where customers.count < customersMax {
            guard customers.insert(account.customer.isEmpty ? account.number : account.customer).inserted else {
                continue
            }
            for own in try self.accounts(ofCustomerOf: account) where own.isOpen && !wholes.contains(own.number) {
                for bill in own.bills where !bill.isDeposit && !bills.contains(bill.number) {
                    debts.append(
                        UnlistedDebt(
                            name: "bill \(bill.number) of account \(own.number)", account: own, bill: bill.number,
                            cents: bill.open))
                }
                guard own.bills.count > 1, !accounts.contains(own.number) else { continue }
                debts.append(
                    UnlistedDebt(name: "account \(own.number)", account: own, bill: nil, cents: own.owed))
            }
        }
        return debts
    }

    /// The one bill of an open account that is an error away from what was read and owes exactly so much.
    private func billNear(_ read: String, owing cents: Cents) throws -> (bill: String, account: AccountFacts)? {
        var found: (bill: String, account: AccountFacts)?
        for bill in billRepairs(of: read) {
            guard let account = try book.account(ofBill: bill) else { continue }
            guard account.bills.contains(where: { $0.number == bill && $0.open == cents }) else { continue }
            guard found == nil else { return nil }
            found = (bill, account)
        }
        return found
    }
}

/// Nobody mends a list of more unknown lines than this by single errors.
private let unknownMax = 12

/// A list of more customers than this is a service's: what they owe besides says nothing.
private let customersMax = 8

extension ListLine {
    fileprivate init(_ line: RemittanceLine, _ account: AccountFacts?) {
        amount = line.amount
        self.account = account
        reference = line.bill.isEmpty ? line.account : line.bill
        if line.bill.isEmpty {
            name = line.account.isEmpty ? "without a name" : "account \(line.account)"
        } else {
            name = "bill \(line.bill)" + (account.map { " of account \($0.number)" } ?? "")
        }
        guard let account else { return }
        if line.bill.isEmpty {
            owed = [account.owed] + account.bills.map(\.open)
        } else {
            bill = line.bill
            owed = account.bills.filter { $0.number == line.bill }.flatMap { [$0.open, $0.amount] }
        }
        owed.removeAll { $0 <= .zero }
    }
}
