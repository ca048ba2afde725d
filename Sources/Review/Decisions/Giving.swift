package import Ledger
package import Matching
package import Model

/// Money that goes to accounts: `post`, `split`, `credit`, `customer-deposit`.
extension Deciding {
    func posting(_ parts: [Part], _ state: PaymentState, _ out: JournalLine, teaches: Bool) -> Plan {
        Plan(
            state: state, lines: [out] + parts.map(JournalLine.init(crediting:)), parts: parts, status: .posted,
            books: .posted, teaches: teaches)
    }

    /// Splits what each account gets over its bills: as the person directs, then by policy.
    func parts(_ decision: Decision, _ state: PaymentState) throws -> [Part] {
        let shares = try total(decision, state)
        for share in shares {
            _ = try known(share.account)
            try checkBill(share)
        }
        guard let parts = try transaction.spread(shares, policy: policy.allocation, on: state.value) else {
            throw DecisionRefused("an account of the allocations is not in the book")
        }
        return parts
    }

    func credits(_ decision: Decision, _ state: PaymentState) throws -> [Part] {
        try total(decision, state).map { share in
            guard share.bill == nil else {
                throw DecisionRefused("credit goes to an account and not to a bill; post pays a bill")
            }
            return Part(account: try known(share.account), bill: nil, kind: .credit, cents: share.amount)
        }
    }

    /// Security held for accounts: first what bills ask of it, the one named or the oldest due, then without a bill.
    func deposits(_ decision: Decision, _ state: PaymentState) throws -> [Part] {
        var given: [String: Cents] = [:]
        return try total(decision, state).flatMap { share in
            try checkBill(share)
            guard let account = try transaction.account(try known(share.account)) else { return [Part]() }
            let asking = account.bills.filter {
                $0.kind == Part.Kind.customerDeposit.rawValue && (share.bill == nil || $0.number == share.bill)
            }
            if let bill = share.bill, asking.isEmpty {
                throw DecisionRefused("bill \(bill) asks for no customer deposit, or nothing is open on it")
            }
            var left = share.amount
            var parts: [Part] = []
            for bill in asking {
                let take = min(left, bill.open - given[bill.number, default: .zero])
                guard take > .zero else { continue }
                parts.append(Part(account: share.account, bill: bill.number, kind: .customerDeposit, cents: take))
                given[bill.number, default: .zero] += take
                left -= take
            }
            if left > .zero {
                parts.append(Part(account: share.account, bill: nil, kind: .customerDeposit, cents: left))
            }
            return parts
        }
    }

    private func checkBill(_ share: Decision.Allocation) throws {
        if let bill = share.bill, try transaction.accountNumber(ofBill: bill) != share.account {
            throw DecisionRefused("bill \(bill) is not a bill of account \(share.account)")
        }
    }
}

extension Part {
    /// Splits money for one account over its bills by the office's policy, on the item's day; the parts sum to it.
    package static func parts(
        of cents: Cents, bill: String?, to account: AccountFacts, policy: AllocationPolicy, on day: CivilDate
    ) -> [Part] {
        allocate(cents, to: bill, of: account, policy: policy, on: day).map {
            Part(account: account.number, bill: $0.bill, kind: Part.Kind(rawValue: $0.kind)!, cents: $0.cents)
        }
    }
}

extension AccountFacts {
    /// Takes parts off the open bills, as the ledger will.
    package mutating func pay(_ parts: [Part]) {
        for part in parts where part.account == number && part.bill != nil {
            guard let index = bills.firstIndex(where: { $0.number == part.bill }) else { continue }
            bills[index].open -= part.cents
        }
        for index in terms?.plans.indices ?? 0..<0 {
            let towards = terms!.plans[index].bills
            for part in parts where part.account == number {
                let counts = towards.isEmpty || part.bill.map(towards.contains) ?? false
                if counts { terms!.plans[index].paid += part.cents }
            }
        }
        bills.removeAll { $0.open <= .zero }
    }
}
