internal import Files
internal import Ledger
package import Model
package import Review

/// The home's users, changed by one who may: each change is in the audit log.
package struct Administering {
    private let home: Home
    private let now: Moment
    private let by: Reviewer

    /// For one person. The first user of a home is added by whoever runs the program.
    package init(home: Home, now: Moment, by reviewer: Reviewer) {
        self.home = home
        self.now = now
        by = reviewer
    }

    /// Whether the home has no user yet.
    package var isFirst: Bool { get throws { try home.ledger.read { try !$0.hasUsers() } } }

    /// Adds a user. The first one must be able to add the others.
    ///
    /// - Throws: `UserRefused`, `NotAllowed`.
    package func add(_ user: User) throws {
        try home.ledger.write { transaction in
            try by.requires(.administer)
            try Self.checkName(user.name)
            guard try transaction.user(user.name) == nil else {
                throw UserRefused("there is a user \(user.name) already")
            }
            if try !transaction.hasUsers(), !user.rights.contains(.administer) {
                throw UserRefused(
                    "the first user needs the right to administer, or nobody could add another: --right administer")
            }
            try keep(user, "user-added", transaction)
        }
    }

    /// Changes what stands of a user: all but the name and the password.
    ///
    /// - Throws: `UserRefused`, `NotAllowed`.
    package func change(_ name: String, _ change: (inout User) throws -> Void) throws {
        try home.ledger.write { transaction in
            try by.requires(.administer)
            guard var user = try transaction.user(name) else { throw UserRefused("there is no user \(name)") }
            try change(&user)
            try keep(user, user.isDisabled ? "user-disabled" : "user-changed", transaction)
        }
    }

    /// Sets a user's password: their own, or another's by who may administer.
    ///
    /// - Throws: `UserRefused`, `NotAllowed`.
    package func setPassword(_ password: String, of name: String) throws {
        guard password.count >= 12 else {
            throw UserRefused("a password has twelve characters or more; a few words are easy to remember")
        }
        guard password.utf8.count <= 1024 else { throw UserRefused("a password has 1024 bytes at most") }
        let kept = Password.kept(password)
        try home.ledger.write { transaction in
            if by.name != name || !by.isUser { try by.requires(.administer) }
            guard try transaction.user(name) != nil else { throw UserRefused("there is no user \(name)") }
            try transaction.setPassword(kept, of: name)
            try transaction.audit(at: now.description, who: by.name, event: "password-set", subject: name)
        }
    }

    private func keep(_ user: User, _ event: String, _ transaction: Transaction) throws {
        if let system = user.systemUser,
            let other = try transaction.users().first(where: { $0.systemUser == system && $0.name != user.name })
        {
            throw UserRefused("the operating system's user \(system) is \(other.name) already")
        }
        for account in user.accounts where try !transaction.hasAccount(account) {
            throw UserRefused("there is no account \(account)")
        }
        try transaction.keep(user, at: now.description)
        let canAdminister = try transaction.users().contains { !$0.isDisabled && $0.rights.contains(.administer) }
        guard canAdminister else {
            throw UserRefused("\(user.name) is the last one who may administer; give that right to another first")
        }
        let rights = user.rights.map(\.rawValue).sorted().joined(separator: " ")
        let more = (user.isTrainee ? " trainee" : "") + (user.systemUser.map { " as \($0)" } ?? "")
        try transaction.audit(
            at: now.description, who: by.name, event: event, subject: user.name, detail: rights + more)
    }

    /// A name stands in files, lists and the audit log: it is a short word without surprises.
    private static func checkName(_ name: String) throws {
        let allowed = name.utf8.allSatisfy { byte in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                || ".-_".utf8.contains(byte)
        }
        guard allowed, 1...32 ~= name.utf8.count, name.utf8.first != UInt8(ascii: "-"), name != "sluice" else {
            throw UserRefused("a user's name is up to 32 of a-z, 0-9, . - and _, and not sluice: found \"\(name)\"")
        }
    }
}

/// A change of users that cannot be; nothing has changed.
package struct UserRefused: Error, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
}
