import Model

/// The sums of booked payments, all of one currency, in which nothing is strange: nearly all that a file tells.
struct UsualSums {
    /// How much more may be added before the amounts are beyond all reason.
    private var room: Cents
    private(set) var items = 0
    private(set) var credits = Cents.zero
    private(set) var debits = Cents.zero

    init(room: Cents) { self.room = room }

    /// Adds such an item; false, and nothing done, where it is another.
    @inline(__always) mutating func take(_ item: ItemFigures) -> Bool {
        guard case .payment = item.kind, case .booked = item.booking, let amount = item.amount, amount >= .zero,
            amount <= room, !isStrange(item.depositDate), !isStrange(item.valueDate), !isStrange(item.bookingDate)
        else { return false }
        room = room - amount
        items += 1
        switch item.direction {
        case .credit: credits = credits + amount
        case .debit: debits = debits + amount
        }
        return true
    }

    @inline(__always) private func isStrange(_ date: CivilDate?) -> Bool { date?.isStrange ?? false }
}

extension CivilDate {
    /// A day that no payment of ours can have is a slip of the bank's, and would follow the money for ever.
    @inline(__always) var isStrange: Bool { packed < 1990_01_01 || packed > 2100_12_31 }
}
