import ArgumentParser
import Ledger
import Model
import Pipeline

struct RulesBacktestCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest", abstract: "Say what of the past would post differently. Writes nothing.",
        discussion: """
            Every payment received in the days named is asked about once more, of the book as it stood before it, by the
            rules of today and the policy in config/policy.yaml with the changes of --set. "wrong" are payments that
            would post against what people decided in the end: the number that matters.
            """)

    @Option(help: "The first day, 2026-03-02.")
    var from: String
    @Option(help: "The last day.")
    var to: String
    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("A key of the policy's matching section and its value to try out.", valueName: "key=value"))
    var changes: [String] = []
    @Option(help: "How many examples of each kind to show.")
    var examples = 5
    @Flag(help: "Print every finding as JSON Lines, the sums last.")
    var json = false
    @OptionGroup var options: HomeOptions

    func execute() throws {
        let home = try options.open(changes: try parsedChanges())
        let (first, last) = (try day(from), try day(to))
        guard first <= last else { throw ValidationError("--from \(first) is after --to \(last)") }
        var shown: [Backtest.Finding] = []
        var counts: [Backtest.Change: Int] = [:]
        let report = try Backtest(home: home, from: first, to: last).run(progress: {
            Terminal.progress("\($0) of \($1) items")
        }) { finding in
            if json { return Terminal.print(asJSON(finding).line) }
            // What people contradict is worth more as an example than what nobody has looked at.
            let isWrong = finding.judgement == .wrong
            guard counts[finding.change, default: 0] < examples || isWrong && shown.count < 10 * examples else {
                return
            }
            counts[finding.change, default: 0] += 1
            shown.append(finding)
        }
        Terminal.progress("")
        if json { return Terminal.print(asJSON(report).line) }
        show(report, shown)
    }

    private func parsedChanges() throws -> [String: String] {
        var parsed: [String: String] = [:]
        for change in changes {
            let parts = change.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, !parts[1].isEmpty else {
                throw ValidationError("\"\(change)\" is not like unusual_times=6")
            }
            parsed[parts[0]] = parts[1]
        }
        return parsed
    }

    private func day(_ text: String) throws -> CivilDate {
        guard let day = CivilDate(iso: text) else { throw ValidationError("\"\(text)\" is not a day like 2026-03-02") }
        return day
    }

    private func show(_ report: Backtest.Report, _ findings: [Backtest.Finding]) {
        Terminal.print(
            "\(Terminal.count(report.items.count, "payment")) asked: \(report.postedThen.count) posted then "
                + "(\(report.wrongThen.count) wrong), \(report.postedNow.count) would post now "
                + "(\(report.wrongNow.count) wrong)")
        Terminal.table(
            ["would be", "count", "amount", "right", "wrong", "undecided"],
            Backtest.Change.allCases.map { change in
                let sum = report.sum(change)
                let judged = [Backtest.Judgement.right, .wrong, .undecided].map { String(report.sum(change, $0).count) }
                return [change.rawValue, String(sum.count), sum.cents.description] + judged
            }, right: [1, 2, 3, 4, 5])
        if report.samplesWaiting.count > 0 {
            Terminal.print(
                "left out: \(Terminal.count(report.samplesWaiting.count, "payment")) over "
                    + "\(report.samplesWaiting.cents) of the blind sample, not decided yet")
        }
        if report.demotedSince.count > 0 {
            Terminal.print(
                "\(Terminal.count(report.demotedSince.count, "payment")) over \(report.demotedSince.cents) posted by "
                    + "rules that only suggest by now: asked as if they still posted")
        }
        for change in Backtest.Change.allCases {
            let some = findings.filter { $0.change == change }
            let wrongFirst = some.filter { $0.judgement == .wrong } + some.filter { $0.judgement != .wrong }
            for finding in wrongFirst.prefix(examples) { show(finding) }
        }
    }

    private func show(_ finding: Backtest.Finding) {
        let before = finding.accountsThen.isEmpty ? "held by" : "to \(finding.accountsThen.joined(separator: ", ")) by"
        let after = finding.accountsNow.isEmpty ? "held by" : "to \(finding.accountsNow.joined(separator: ", ")) by"
        let judgement = finding.judgement == .undecided ? "" : ", \(finding.judgement.rawValue)"
        Terminal.print(
            "\(finding.change.rawValue)\(judgement): \(finding.payment) \(finding.amount), then \(before) "
                + "\(finding.ruleThen), now \(after) \(finding.ruleNow)")
        Terminal.print("    \(Terminal.safe(finding.why))")
    }

    private func asJSON(_ finding: Backtest.Finding) -> JSON {
        [
            "finding": .string(finding.change.rawValue), "payment": .string(finding.payment.description),
            "amount": JSON(finding.amount), "judgement": .string(finding.judgement.rawValue),
            "then": [
                "rule": .string(finding.ruleThen), "accounts": .array(finding.accountsThen.map(JSON.string)),
            ],
            "now": ["rule": .string(finding.ruleNow), "accounts": .array(finding.accountsNow.map(JSON.string))],
            "why": .string(finding.why),
        ]
    }

    private func asJSON(_ report: Backtest.Report) -> JSON {
        let changes = Backtest.Change.allCases.map { change in
            JSON.Member(
                change.rawValue,
                [
                    "count": JSON(report.sum(change).count), "amount": JSON(report.sum(change).cents),
                    "right": JSON(report.sum(change, .right).count), "wrong": JSON(report.sum(change, .wrong).count),
                    "undecided": JSON(report.sum(change, .undecided).count),
                ])
        }
        let sums: [(String, Backtest.Sum)] = [
            ("items", report.items), ("posted_then", report.postedThen), ("wrong_then", report.wrongThen),
            ("posted_now", report.postedNow), ("wrong_now", report.wrongNow),
            ("samples_waiting", report.samplesWaiting), ("demoted_since", report.demotedSince),
        ]
        return .object(
            [JSON.Member("finding", "sums")]
                + sums.map { JSON.Member($0.0, ["count": JSON($0.1.count), "amount": JSON($0.1.cents)]) } + changes)
    }
}
