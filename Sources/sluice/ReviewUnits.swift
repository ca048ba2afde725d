import ArgumentParser
import Ledger
import Model
import Pipeline
import Review

/// What `review decide` says of a held unit.
struct UnitOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "For accept-batch, once for each part of the difference: missing-item, bank-error or over-short.",
            valueName: "KIND=AMOUNT[:ACCOUNT[:BILL]]"))
    var difference: [String] = []
    @Option(help: "For correct: which item of the unit, such as 3-17.")
    var payment: String?
    @Option(help: "For correct: what that item is truly over.")
    var amount: String?

    /// The parts of the difference as a decision names them.
    func differences() throws -> JSON {
        .array(
            try difference.map { text in
                let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
                guard parts.count == 2 else { throw ValidationError("\(text): say it as KIND=AMOUNT") }
                let rest = parts[1].split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
                    .map(String.init)
                return [
                    "kind": .string(parts[0]), "amount": .string(rest[0]),
                    "account": JSON(rest.count > 1 ? rest[1] : nil),
                    "bill": JSON(rest.count > 2 ? rest[2] : nil),
                ]
            })
    }
}

extension ReviewShowCommand {
    /// Prints what may be wrong with a held unit, and what another file tells of it again, side by side.
    static func showUnit(_ view: ExceptionView, _ transaction: Transaction) throws {
        guard let unit = view.heldUnit, view.closedAt == nil else { return }
        Terminal.print("Difference: \(unit.difference) stand in unresolved beyond its items")
        let again = try transaction.retellings(of: unit)
        if !again.isEmpty {
            Terminal.table(
                ["held", "amount", "told again", "its amount", "books", "file"],
                again.prefix(50).map {
                    [
                        "\($0.held.payment)", "\($0.held.amount)", "\($0.payment)", "\($0.amount)", $0.books.rawValue,
                        Terminal.safe($0.file),
                    ]
                }, right: [1, 3])
        }
        for proposal in view.proposals {
            Terminal.print("Proposed: \(Terminal.safe(proposal.what))")
            Terminal.print("     \(Terminal.safe(proposal.decision.line))")
        }
    }
}

extension StatusCommand {
    /// What the bank is asked about, each with how long it waits.
    static func claims(_ transaction: Transaction, today: CivilDate) throws -> [(line: ClaimLine, days: Int)] {
        try transaction.claims().map { line in
            let opened = CivilDate(iso: String(line.openedAt.prefix(10)))
            return (line, opened.map { today.daysSinceEpoch - $0.daysSinceEpoch } ?? 0)
        }
    }

    static func show(_ claims: [(line: ClaimLine, days: Int)]) {
        guard !claims.isEmpty else { return }
        Terminal.table(
            ["claimed of the bank", "kind", "amount", "days", "unit", "file"],
            claims.map { claim in
                [
                    claim.line.exception, Difference.Kind.bankError.rawValue, "\(claim.line.amount)", "\(claim.days)",
                    claim.line.unit, Terminal.safe(claim.line.file),
                ]
            }, right: [2, 3])
    }

    static func asJSON(_ claims: [(line: ClaimLine, days: Int)]) -> [JSON.Member] {
        [
            JSON.Member(
                "claims",
                .array(
                    claims.map { claim in
                        [
                            "exception": .string(claim.line.exception), "intake": .int(claim.line.intake),
                            "file": .string(claim.line.file), "unit": .string(claim.line.unit),
                            "kind": .string(Difference.Kind.bankError.rawValue), "amount": JSON(claim.line.amount),
                            "opened_at": .string(claim.line.openedAt), "days": JSON(claim.days),
                        ]
                    }))
        ]
    }
}
