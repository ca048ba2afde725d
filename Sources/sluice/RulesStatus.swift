import Ledger
import Model

/// What `status` says of the rules: those that were wrong or were measured, and those that only suggest.
struct RulesStatus {
    let figures: [RuleFigures]
    let samples: (waiting: Int64, decided: Int64)
    let errorLimit: Int

    private var telling: [RuleFigures] { figures.filter { $0.errors > 0 || $0.sampled > 0 || $0.changedAt != nil } }

    func show() {
        if samples.waiting > 0 {
            Terminal.print("drawn for a blind decision, and waiting: \(Terminal.count(samples.waiting, "payment"))")
        }
        guard !telling.isEmpty else { return }
        Terminal.table(
            ["rule", "posted", "wrong", "blind", "may be wrong", "stands"],
            telling.map {
                [
                    $0.rule, String($0.postings), String($0.errors), String($0.sampled), percent($0.errorBound),
                    $0.isDemoted ? "only suggests" : "posts",
                ]
            }, right: [1, 2, 3, 4])
        for rule in telling where !rule.isDemoted && rule.changedAt != nil {
            Terminal.print(
                "rule \(rule.rule) was restored on \(rule.changedAt?.prefix(10) ?? "-") by "
                    + "\(Terminal.safe(rule.changedBy ?? "-")): \(Terminal.safe(rule.note ?? ""))")
        }
        for rule in telling where rule.isDemoted {
            Terminal.print(
                "rule \(rule.rule) was wrong too often (\(percent(Double(errorLimit) / 10_000)) is allowed) and only "
                    + "suggests since \(rule.changedAt?.prefix(10) ?? "-"); to let it post again: "
                    + "sluice rules restore \(rule.rule) --note \"why\"")
        }
    }

    /// `0.06 %`, rounded up: a bound must not look smaller than it is.
    private func percent(_ share: Double) -> String {
        let hundredths = Int((share * 10_000).rounded(.up))
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) %"
    }

    var members: [JSON.Member] {
        let rules = figures.map { rule -> JSON in
            [
                "rule": .string(rule.rule), "postings": .int(rule.postings), "errors": .int(rule.errors),
                "sampled": .int(rule.sampled),
                "error_bound_ppm": .int(Int64((rule.errorBound * 1_000_000).rounded(.up))),
                "demoted": .bool(rule.isDemoted), "changed_at": JSON(rule.changedAt),
                "changed_by": JSON(rule.changedBy), "note": JSON(rule.note),
            ]
        }
        return [
            JSON.Member("rules", .array(rules)),
            JSON.Member("samples", ["waiting": .int(samples.waiting), "decided": .int(samples.decided)]),
        ]
    }
}
