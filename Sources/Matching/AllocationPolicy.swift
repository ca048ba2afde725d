import Model

/// The order in which the open bills of an account take money that the payer did not direct.
package enum AllocationOrder: String, Hashable, Sendable, CaseIterable {
    case oldestDueFirst = "oldest-due-first"
    case oldestIssuedFirst = "oldest-issued-first"
}

/// What an office sets about allocation (`config/policy.yaml`): by priority of the kinds of bills, then by age.
package struct AllocationPolicy: Hashable, Sendable {
    /// Among bills of the same priority.
    package var age: AllocationOrder
    /// Kinds of bills, the first to be paid first; those that stand nowhere come last, all alike. Empty for age alone.
    package var kinds: [String]

    package init(_ age: AllocationOrder = .oldestDueFirst, kinds: [String] = []) {
        self.age = age
        self.kinds = kinds
    }
}

extension OpenBill {
    /// Whether it asks for security held for the account, and not for money owed.
    var isDeposit: Bool { kind == Self.depositKind }

    /// Its place among others: by the date asked for, those without one last, then by number.
    fileprivate func precedes(_ other: OpenBill, by date: (OpenBill) -> CivilDate?) -> Bool {
        let (mine, theirs) = (date(self)?.packed ?? .max, date(other)?.packed ?? .max)
        return mine == theirs ? number < other.number : mine < theirs
    }

    fileprivate func precedes(_ other: OpenBill, by age: AllocationOrder) -> Bool {
        switch age {
        case .oldestDueFirst: precedes(other) { $0.dueOn }
        case .oldestIssuedFirst: precedes(other) { $0.issuedOn }
        }
    }
}

extension [OpenBill] {
    /// The bills in the order in which they take money.
    func ordered(by policy: AllocationPolicy) -> [OpenBill] {
        func priority(_ bill: OpenBill) -> Int { policy.kinds.firstIndex(of: bill.kind) ?? policy.kinds.count }
        return sorted { one, other in
            let (mine, theirs) = (priority(one), priority(other))
            return mine == theirs ? one.precedes(other, by: policy.age) : mine < theirs
        }
    }
}
