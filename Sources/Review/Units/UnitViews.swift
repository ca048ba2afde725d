package import Ledger
package import Model

/// What a reviewer sees of a held unit.
extension Transaction {
    /// Of a unit of more items than so many the doctor looks at the first.
    private static let doctoredMost = 5_000

    func completeUnit(_ view: inout ExceptionView, _ intake: IntakeID) throws {
        guard let reason = Reason(rawValue: view.reason), reason.holdsUnits || reason == .differenceClaimed else {
            return
        }
        view.heldUnit = try heldUnit(
            intake: intake, deposit: view.depositKey, batch: view.batchKey, reason: reason)
        guard view.closedAt == nil, reason.holdsUnits, let unit = view.heldUnit else { return }
        view.proposals = try retold(unit, view) + doctor(unit, view).proposals()
    }

    private func doctor(_ unit: HeldUnit, _ view: ExceptionView) throws -> UnitDoctor {
        let items = try heldItems(of: unit, limit: Self.doctoredMost)
        var doctor = UnitDoctor(exception: view.id, unit: unit, items: items)
        doctor.counts = try declaredItems(of: unit)
        for item in items {
            guard let account = try item.account.flatMap(account) else { continue }
            let open = account.bills.map(\.open).filter { $0 > .zero }
            doctor.owed[item.payment] = Set(open + [open.sum])
        }
        doctor.opposites = try opposites(of: unit).compactMap { other in
            try unitException(batch: other.key).map { (other.name, $0, other.apart) }
        }
        return doctor
    }

    /// That another file tells the unit again comes before all that may be wrong with it.
    private func retold(_ unit: HeldUnit, _ view: ExceptionView) throws -> [UnitProposal] {
        let again = try retellings(of: unit)
        return Dictionary(grouping: again, by: \.payment.intake).sorted { $0.key < $1.key }.map { intake, items in
            let pairs = items.prefix(5).map {
                "\($0.held.payment) over \($0.held.amount) as \($0.payment) over \($0.amount)"
            }
            let more = items.count > 5 ? " and \(items.count - 5) more" : ""
            return UnitProposal(
                what: "\(items[0].file), intake \(intake), tells it again and balances: "
                    + pairs.joined(separator: ", ") + more + ". This one leaves the books; that one stands.",
                decision: [
                    "exception": .string(view.id), "action": .string(Action.rejectFile.rawValue),
                ])
        }
    }

    private func unitException(batch: Int64) throws -> String? {
        try first(
            "SELECT exception FROM exceptions WHERE batch = ? AND payment IS NULL AND reason = ? LIMIT 1", .int(batch),
            .text(Reason.batchOutOfBalance.rawValue)
        ) { $0.text(0) }
    }

    /// Has the files of held units written again of which a file tells items again.
    package func refreshUnits(retoldBy intake: IntakeID) throws {
        let first = PaymentID(intake: intake, place: 0).key
        let exceptions = try all(
            """
            SELECT DISTINCT e.exception FROM items r INDEXED BY items_by_twin
            CROSS JOIN items t ON t.payment = r.twin_of
            CROSS JOIN batches b ON b.batch = t.batch
            CROSS JOIN exceptions e ON e.intake = t.payment / 1000000000
            WHERE r.twin_of IS NOT NULL AND r.payment BETWEEN ?1 AND ?1 + 999999999
            AND t.payment / 1000000000 <> ?2 AND t.status = 'held' AND e.reason = t.reason AND e.payment IS NULL
            AND e.closed_at IS NULL AND ifnull(e.batch, b.batch) = b.batch AND ifnull(e.deposit, b.deposit) = b.deposit
            ORDER BY 1
            """, .int(first), .int(intake)
        ) { $0.text(0) }
        for exception in exceptions { try refresh(exception) }
    }

    /// What is claimed of the bank, the oldest first.
    package func claims() throws -> [ClaimLine] {
        try all(
            """
            SELECT e.exception, n.intake, n.name, ifnull((SELECT 'batch ' || number FROM batches b
                    WHERE b.batch = e.batch), iif(e.deposit IS NULL, 'file', 'deposit')), e.amount_cents, e.opened_at
            FROM exceptions e JOIN intakes n USING (intake)
            WHERE e.closed_at IS NULL AND e.reason = ? ORDER BY e.opened_at, e.exception
            """, .text(Reason.differenceClaimed.rawValue)
        ) {
            ClaimLine(
                exception: $0.text(0), intake: $0.int(1), file: $0.text(2), unit: $0.text(3), amount: $0.cents(4),
                openedAt: $0.text(5))
        }
    }
}

/// A claim against the bank, as it is listed.
package struct ClaimLine: Sendable {
    package let exception: String
    package let intake: IntakeID
    package let file: String
    package let unit: String
    /// Above zero where the bank credited more than the items say.
    package let amount: Cents
    package let openedAt: String
}

extension Reason {
    /// Whether a unit is held whole for it.
    var holdsUnits: Bool { [.batchOutOfBalance, .depositOutOfBalance, .fileOutOfBalance].contains(self) }
}
