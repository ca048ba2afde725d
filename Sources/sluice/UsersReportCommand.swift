import ArgumentParser
import Files
import Ledger
import Model
import Pipeline
import Review

struct UsersListCommand: SluiceCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the users with their rights.")

    @Flag(help: "Print JSON Lines.")
    var json = false
    @OptionGroup var options: HomeOptions

    func execute() throws {
        let home = try options.open()
        let users = try home.ledger.read { try $0.users() }
        if json {
            for user in users { Terminal.print(user.json.line) }
            return
        }
        guard !users.isEmpty else {
            Terminal.print("there are no users: whoever runs the program may do everything")
            return Terminal.say("next: sluice users add NAME --right administer --system-user \(Folder.processUser())")
        }
        Terminal.table(
            ["user", "name", "at the command line", "rights", ""],
            users.map { user in
                let state = user.isDisabled ? "disabled" : user.isTrainee ? "trainee" : ""
                let rights = user.rights.map(\.rawValue).sorted().joined(separator: " ")
                return [user.name, user.fullName, user.systemUser ?? "", rights, state]
            })
    }
}

struct UsersReportCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Who may do what, who did what, and what one person should not have done both.",
        discussion: """
            For the review of access: each user's rights, last sign-in and decisions, rights that config/duties.yaml
            keeps apart and one person holds, and what one person did both of, where the office lets that happen.
            """)

    @Option(help: "From this day on; else all.")
    var from: String?
    @Option(help: "Up to this day; else all.")
    var to: String?
    @Flag(help: "Print one JSON object.")
    var json = false
    @OptionGroup var options: HomeOptions

    func execute() throws {
        let home = try options.open()
        let first = try day(from) ?? CivilDate(daysSinceEpoch: 0)
        let last = try day(to) ?? CivilDate(year: 9999, month: 12, day: 31)!
        try home.ledger.read { transaction in
            let users = try transaction.users()
            let done = try transaction.decisionSums(from: first, to: last)
            let breaches = try transaction.dutyBreaches(from: first, to: last)
            let duties = home.configuration.review.duties
            if json {
                return Terminal.print(
                    JSON.object([
                        .init("users", .array(users.map(\.json))), .init("decisions", .array(done.map(\.json))),
                        .init("held_together", .array(users.flatMap { $0.together(duties) })),
                        .init("done_together", .array(breaches.map(\.json))),
                    ]).line)
            }
            Terminal.table(
                ["user", "rights", "last signed in", ""],
                users.map { user in
                    let state = user.isDisabled ? "disabled" : user.isTrainee ? "trainee" : ""
                    return [
                        user.name, user.rights.map(\.rawValue).sorted().joined(separator: " "),
                        user.lastSignedIn.map { String($0.prefix(10)) } ?? "never", state,
                    ]
                })
            if !done.isEmpty {
                Terminal.table(
                    ["who", "decided", "count", "amount"],
                    done.map { [$0.user, $0.action, String($0.count), $0.cents.description] }, right: [2, 3])
            }
            for pair in users.flatMap({ user in user.pairs(duties).map { (user.name, $0) } }) {
                Terminal.print("ATTENTION: \(pair.0) has both \(pair.1.one.rawValue) and \(pair.1.other.rawValue)")
            }
            for breach in breaches {
                Terminal.print(
                    "ATTENTION: \(breach.user) did \(breach.right) and \(breach.beside) on "
                        + "\(breach.subject ?? "one day"), "
                        + breach.at)
            }
        }
    }

    private func day(_ text: String?) throws -> CivilDate? {
        try text.map { text in
            guard let day = CivilDate(iso: text) else { throw ValidationError("\"\(text)\" is no day like 2026-03-31") }
            return day
        }
    }
}

extension User {
    fileprivate var json: JSON {
        [
            "user": .string(name), "name": JSON(nonEmpty: fullName), "system_user": JSON(systemUser),
            "rights": .array(rights.map(\.rawValue).sorted().map { .string($0) }),
            "accounts": .array(accounts.sorted().map { .string($0) }), "trainee": .bool(isTrainee),
            "disabled": .bool(isDisabled), "has_password": .bool(password != nil), "added_at": .string(addedAt),
            "last_signed_in_at": JSON(lastSignedIn),
        ]
    }

    /// The pairs of duties of which the person may do both.
    fileprivate func pairs(_ duties: [DutyPair]) -> [DutyPair] {
        isDisabled ? [] : duties.filter { rights.contains($0.one) && rights.contains($0.other) }
    }

    fileprivate func together(_ duties: [DutyPair]) -> [JSON] {
        pairs(duties).map {
            ["user": .string(name), "one": .string($0.one.rawValue), "other": .string($0.other.rawValue)]
        }
    }
}

extension DecisionSum {
    fileprivate var json: JSON {
        ["user": .string(user), "action": .string(action), "count": .int(count), "amount": JSON(cents)]
    }
}

extension DutyBreach {
    fileprivate var json: JSON {
        [
            "user": .string(user), "did": .string(right), "beside": .string(beside), "subject": JSON(subject),
            "day": JSON(day), "at": .string(at),
        ]
    }
}
