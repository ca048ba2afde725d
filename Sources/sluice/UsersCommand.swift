import ArgumentParser
import Files
import Ledger
import Model
import Pipeline
import Review

struct UsersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "users", abstract: "Who works here, and what each may do.",
        discussion: """
            Until the first user is added, whoever runs the program may do everything. From then on each person has
            rights, large amounts wait for a second person, and config/duties.yaml keeps pairs of duties apart.
              sluice users add lee --name "Lee Ortiz" --system-user lortiz --right administer --right approve
              sluice users add pat --name "Pat Reed" --right decide --right key
              sluice users passwd pat            for the page: sluice serve
              sluice users report                who may do what, and who did

            Rights:
            """
                + Right.allCases.map { "\n  \($0.rawValue): \($0.sentence)" }.joined(),
        subcommands: [
            UsersListCommand.self, UsersAddCommand.self, UsersChangeCommand.self, UsersDisableCommand.self,
            UsersEnableCommand.self, UsersPasswdCommand.self, UsersReportCommand.self,
        ])
}

extension Right: ExpressibleByArgument {}

/// What can be said of a user.
struct UserOptions: ParsableArguments {
    @Option(help: "The person's name.")
    var name: String?
    @Option(help: "The user of the operating system who this is at the command line.")
    var systemUser: String?
    @Option(name: .customLong("right"), help: "A right to give; may be repeated.")
    var rights: [Right] = []
    @Option(
        name: .customLong("account"),
        help: "An account of the person's own, the family's, the house's: decides nothing about it; may be repeated.")
    var accounts: [String] = []
    @Flag(inversion: .prefixedNo, help: "Whether decisions wait until another accepts them.")
    var trainee: Bool?

    func apply(to user: inout User) {
        if let name { user.fullName = name }
        if let systemUser { user.systemUser = systemUser.isEmpty ? nil : systemUser }
        user.rights.formUnion(rights)
        user.accounts.formUnion(accounts)
        if let trainee { user.isTrainee = trainee }
    }
}

struct UsersAddCommand: SluiceCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Add a user.")

    @Argument(help: "A short name to sign in with: a-z, 0-9, . - and _.")
    var user: String
    @OptionGroup var said: UserOptions
    @OptionGroup var options: HomeOptions

    func execute() throws {
        try options.administer { administering in
            var new = User(name: user)
            said.apply(to: &new)
            // The first user is whoever adds it: else nobody could add the next.
            if try administering.isFirst, new.systemUser == nil { new.systemUser = Folder.processUser() }
            try administering.add(new)
            Terminal.print("\(user): added\(new.systemUser.map { ", at the command line \($0)" } ?? "")")
            if new.rights.isEmpty {
                Terminal.say("\(user) has no right yet: sluice users change \(user) --right decide")
            }
            Terminal.say("next: sluice users passwd \(user), to sign in to the page")
        }
    }
}

struct UsersChangeCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "change", abstract: "Give or take rights and accounts; say more of a user.")

    @Argument(help: "The user.")
    var user: String
    @OptionGroup var said: UserOptions
    @Option(help: "A right to take away; may be repeated.")
    var take: [Right] = []
    @Option(help: "An account that is no longer the person's; may be repeated.")
    var unlink: [String] = []
    @OptionGroup var options: HomeOptions

    func execute() throws {
        try options.administer { administering in
            try administering.change(user) { user in
                said.apply(to: &user)
                user.rights.subtract(take)
                user.accounts.subtract(unlink)
            }
            Terminal.print("\(user): changed")
        }
    }
}

struct UsersDisableCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable", abstract: "Let a user do nothing any more; what they did stays theirs.")

    @Argument(help: "The user.")
    var user: String
    @OptionGroup var options: HomeOptions

    func execute() throws {
        try options.administer { administering in
            try administering.change(user) { $0.isDisabled = true }
            Terminal.print("\(user): disabled, and signed out")
        }
    }
}

struct UsersEnableCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable", abstract: "Let a disabled user work again.")

    @Argument(help: "The user.")
    var user: String
    @OptionGroup var options: HomeOptions

    func execute() throws {
        try options.administer { administering in
            try administering.change(user) { $0.isDisabled = false }
            Terminal.print("\(user): enabled")
        }
    }
}

struct UsersPasswdCommand: SluiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "passwd", abstract: "Set a user's password for the page.",
        discussion: "It is asked for twice, unseen; from a pipe one line is read.")

    @Argument(help: "The user.")
    var user: String
    @OptionGroup var options: HomeOptions

    func execute() throws {
        try options.administer { administering in
            let password = try SecretLine.read("new password of \(user): ")
            if SecretLine.isAsked, try SecretLine.read("again: ") != password {
                throw UserRefused("the two were not the same; nothing was changed")
            }
            try administering.setPassword(password, of: user)
            Terminal.print("\(user): password set")
        }
    }
}

extension HomeOptions {
    /// Changes the users of the home, as the one who runs the program.
    fileprivate func administer(_ change: (Administering) throws -> Void) throws {
        let home = try open()
        try change(Administering(home: home, now: try moment(), by: try reviewer(of: home)))
    }
}
