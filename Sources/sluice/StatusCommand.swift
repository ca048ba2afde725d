import ArgumentParser
import Ledger
import Model
import Pipeline
import Review

struct StatusCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "What was taken in, where the money stands, what waits for a person.")

    @Flag(help: "Print one JSON object.")
    var json = false
    @OptionGroup var options: HomeOptions

    func execute() throws {
        let home = try options.open()
        let now = try options.moment()
        try home.ledger.read { transaction in
            let intakes = try transaction.intakes()
            let today = intakes.filter { $0.receivedAt.prefix(10) == now.description.prefix(10) }
            let sums = try transaction.paymentSums()
            let through = try transaction.straightThrough()
            let queue = try transaction.queueByReason()
            let deposits = try transaction.openDeposits()
            let advices = try transaction.adviceSum()
            let claims = try Self.claims(transaction, today: home.configuration.calendar.localDate(now))
            let rules = RulesStatus(
                figures: try transaction.ruleFigures(), samples: try transaction.sampleSums(),
                errorLimit: home.configuration.errorLimit)
            let holds = try transaction.holds(on: home.configuration.calendar.localDate(now))
            if json {
                let data = asJSON(intakes, today, sums, through, queue, deposits, advices)
                return Terminal.print(
                    data.adding(rules.members + Self.asJSON(claims) + [.init("holds", .array(holds.map(\.json)))]).line)
            }
            Terminal.print(
                "\(Terminal.count(intakes.count, "file")) taken in, \(today.count) of them today; "
                    + "posted without a person: \(percent(through)) of \(Terminal.count(through.all, "payment"))")
            if !sums.isEmpty {
                Terminal.table(
                    ["payments", "books", "count", "amount"],
                    sums.map { [$0.status, $0.books, String($0.count), $0.cents.description] }, right: [2, 3])
            }
            if let oldest = advices.oldest {
                Terminal.print(
                    "waiting for their payment: \(Terminal.count(advices.count, "advice")) over \(advices.cents), the "
                        + "oldest of \(oldest)")
            }
            rules.show()
            Self.show(claims)
            for hold in holds {
                Terminal.print(
                    "service order \(hold.number), exception \(hold.exception): \(Terminal.safe(hold.inWords))")
            }
            if queue.isEmpty { return Terminal.print("nothing waits for review") }
            Terminal.table(
                ["to review", "count", "amount", "oldest", "what it is"],
                queue.map {
                    [
                        $0.reason, String($0.count), $0.cents.description, String($0.oldest.prefix(10)),
                        Reason(rawValue: $0.reason)?.sentence ?? "",
                    ]
                }, right: [1, 2])
            if deposits.count > 0 {
                Terminal.print("deposits with something open: \(deposits.count), \(deposits.cents)")
            }
        }
    }

    private func percent(_ through: (posted: Int64, all: Int64)) -> String {
        guard through.all > 0 else { return "-" }
        let tenths = (through.posted * 1000 + through.all / 2) / through.all
        return "\(tenths / 10).\(tenths % 10) %"
    }

    private func asJSON(
        _ intakes: [Intake], _ today: [Intake],
        _ sums: [(status: String, books: String, count: Int64, cents: Cents)], _ through: (posted: Int64, all: Int64),
        _ queue: [(reason: String, count: Int64, cents: Cents, oldest: String)],
        _ deposits: (count: Int64, cents: Cents), _ advices: (count: Int64, cents: Cents, oldest: CivilDate?)
    ) -> JSON {
        [
            "intakes": JSON(intakes.count), "intakes_today": JSON(today.count),
            "payments": .array(
                sums.map {
                    [
                        "status": .string($0.status), "books": .string($0.books), "count": .int($0.count),
                        "amount": JSON($0.cents),
                    ]
                }),
            "straight_through": ["posted": .int(through.posted), "of": .int(through.all)],
            "queue": .array(
                queue.map {
                    [
                        "reason": .string($0.reason), "count": .int($0.count), "amount": JSON($0.cents),
                        "oldest": .string($0.oldest),
                    ]
                }),
            "open_deposits": ["count": .int(deposits.count), "amount": JSON(deposits.cents)],
            "waiting_advices": [
                "count": .int(advices.count), "amount": JSON(advices.cents), "oldest": JSON(advices.oldest),
            ],
        ]
    }
}
