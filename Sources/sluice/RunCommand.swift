import ArgumentParser
import Files
import Ledger
import Model
import Pipeline

struct RunCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Take in every complete file of the inbox, and write everything that is due.",
        discussion: """
            Safe to stop anywhere and to run again. A file is complete when nobody writes it and it has not changed
            for the quiet time, or when a .done marker or a .sha256 companion names it.
            """)

    @Flag(help: "Skip the quiet time, for files that a script has just put there.")
    var settled = false
    @Flag(help: "Print one JSON object.")
    var json = false
    @OptionGroup var options: HomeOptions

    func execute() throws {
        let home = try options.open()
        guard let lock = try home.claim() else {
            Terminal.say("sluice: another run holds \(home.path); nothing was done")
            throw Exit.held
        }
        StopSignal.listen()
        let report = try withExtendedLifetime(lock) {
            try Run(
                home: home, now: try options.moment(), user: Folder.processUser(), tell: tell,
                isAskedToStop: { StopSignal.came })(settled: settled)
        }
        if json { Terminal.print(asJSON(report).line) } else { show(report) }
        if report.hasRefusals || !report.refusedDecisions.isEmpty { throw Exit.refused }
    }

    private func tell(_ news: RunNews) {
        switch news {
        case .restored(let path): Terminal.say("wrote again what was missing: \(path)")
        case .decided(let count):
            Terminal.say("carried out \(Terminal.count(count, "decision")) from the review folders")
        case .taken(let intake): Terminal.progress("intake \(intake.id): \(Terminal.safe(intake.name))")
        case .reading(let intake, let items, let all):
            Terminal.progress("intake \(intake.id), \(Terminal.safe(intake.name)): \(items) of \(all) items")
        case .done: break
        case .writing(let left): Terminal.progress("writing files: \(left) left")
        }
    }

    private func show(_ report: RunReport) {
        Terminal.progress("")
        for name in report.left {
            Terminal.say("left in the inbox: \(Terminal.safe(name)): it is not what its .sha256 companion says")
        }
        if report.unusableNames > 0 {
            Terminal.say(
                "left in the inbox: \(Terminal.count(report.unusableNames, "file")) whose name is not UTF-8; rename it")
        }
        for refused in report.refusedDecisions { Terminal.say("refused: \(refused)") }
        for rule in report.demoted {
            Terminal.say(
                "rule \(rule.rule) only suggests from now on: \(rule.errors) of its \(rule.postings) postings were "
                    + "wrong; see sluice status")
        }
        if report.intakes.isEmpty {
            tellAdvices(report)
            return Terminal.print("no complete file in the inbox")
        }
        Terminal.table(
            ["intake", "file", "format", "became", "items", "credits", "to review"],
            report.intakes.map { intake, result in
                [
                    String(intake.id), intake.name, intake.format ?? "-", intake.state.rawValue,
                    String(result.items), result.credits.description, String(result.exceptions),
                ]
            }, right: [0, 4, 5, 6])
        for (_, result) in report.intakes {
            if let refusal = result.refusal { Terminal.say("refused: \(Terminal.safe(refusal))") }
        }
        tellAdvices(report)
        if report.intakes.contains(where: { $0.result.exceptions > 0 }) {
            Terminal.say("next: sluice review list")
        }
    }

    private func tellAdvices(_ report: RunReport) {
        guard report.advices > 0 else { return }
        Terminal.say("joined to a payment that came before: \(Terminal.count(report.advices, "advice"))")
    }

    private func asJSON(_ report: RunReport) -> JSON {
        [
            "intakes": .array(
                report.intakes.map { intake, result in
                    [
                        "intake": .int(intake.id), "file": .string(intake.name), "format": JSON(intake.format),
                        "state": .string(intake.state.rawValue), "repeat_of": JSON(intake.repeatOf),
                        "items": JSON(result.items), "credits": JSON(result.credits),
                        "exceptions": JSON(result.exceptions), "refusal": JSON(result.refusal),
                    ]
                }),
            "decisions": JSON(report.decisions), "advices": JSON(report.advices),
            "refused_decisions": .array(report.refusedDecisions.map(JSON.string)),
            "restored": .array(report.restored.map(JSON.string)),
            "demoted": .array(report.demoted.map { .string($0.rule) }),
            "left": .array(report.left.map(JSON.string)), "unusable_names": JSON(report.unusableNames),
        ]
    }
}
