internal import Ledger
internal import Model
internal import Review

/// Keeps with each open exception when the water of an account that it may be about is turned off, and what stops it:
/// whoever works the queue decides these in time.
///
/// An order counts while its visit is to come, money is lacking to stop it, and no flag of the account forbids it.
struct TurnOffs {
    private let transaction: Transaction
    private let configuration: Configuration
    private let today: CivilDate

    init(_ transaction: Transaction, _ configuration: Configuration, today: CivilDate) {
        self.transaction = transaction
        self.configuration = configuration
        self.today = today
    }

    /// Brings all open exceptions up to date; only those that change have their files written again.
    func mark() throws {
        guard try transaction.hasTurnOffs() else { return }
        for exception in try transaction.exceptionsNearTurnOffs() {
            let first = try exception.accounts.compactMap(firstTurnOff).min { $0.visitOn < $1.visitOn }
            try transaction.setTurnOff(
                first.map { (at: start(of: $0).description, amount: $0.amountToStop) }, of: exception)
        }
    }

    private func firstTurnOff(of account: String) throws -> TurnOff? {
        let orders = try transaction.terms(of: account, on: today)?.turnOffs ?? []
        guard let first = orders.first(where: { $0.amountToStop > .zero }) else { return nil }
        let flags = try transaction.flags(of: account, on: today)
        return flags.allSatisfy { configuration.flags[$0].allowsTurnOff } ? first : nil
    }

    /// When the visit may begin: at the start of its window, where it has one, else of the day.
    private func start(of order: TurnOff) -> Moment {
        configuration.calendar.moment(on: order.visitOn, minutes: VisitWindow(order.window)?.begin ?? 0)
    }
}
