package import Ledger
internal import Model

/// A user of the home as its administrator sees them.
package struct User: Hashable, Sendable {
    package var name: String
    package var fullName = ""
    /// The user of the operating system who they are at the command line.
    package var systemUser: String?
    package var rights: Set<Right> = []
    package var isTrainee = false
    package var isDisabled = false
    package var accounts: Set<String> = []
    /// As kept: see `Password`. Nil for who cannot sign in to the page.
    package var password: String?
    package var addedAt = ""
    /// How often in a row a wrong password was given, and until when none is taken (ISO 8601 UTC).
    package var failures: Int64 = 0
    package var lockedUntil: String?
    package var lastSignedIn: String?

    package init(name: String) { self.name = name }

    /// Who they are when they act.
    package var reviewer: Reviewer {
        Reviewer(name: name, rights: rights, isTrainee: isTrainee, accounts: accounts)
    }
}

/// All SQL of the users.
extension Transaction {
    /// Whether users are set up: until then the operating system's user may do everything.
    package func hasUsers() throws -> Bool { try number("SELECT EXISTS (SELECT 1 FROM users)") == 1 }

    /// All users by name.
    package func users() throws -> [User] {
        try all("SELECT name FROM users ORDER BY name") { $0.text(0) }.compactMap { try user($0) }
    }

    /// One user; nil where there is none of this name.
    package func user(_ name: String) throws -> User? {
        var user = try first(
            """
            SELECT name, full_name, system_user, trainee, disabled, password, added_at, failures, locked_until,
                (SELECT max(at) FROM audit WHERE event = 'signed-in' AND who = name)
            FROM users WHERE name = ?
            """, .text(name)
        ) { row in
            var user = User(name: row.text(0))
            user.fullName = row.text(1)
            user.systemUser = row.textOrNil(2)
            user.isTrainee = row.int(3) == 1
            user.isDisabled = row.int(4) == 1
            user.password = row.textOrNil(5)
            user.addedAt = row.text(6)
            user.failures = row.int(7)
            user.lockedUntil = row.textOrNil(8)
            user.lastSignedIn = row.textOrNil(9)
            return user
        }
        let rights = try all("SELECT right FROM user_rights WHERE user = ?", .text(name)) { $0.text(0) }
        user?.rights = Set(rights.compactMap(Right.init))
        user?.accounts = Set(try all("SELECT account FROM user_accounts WHERE user = ?", .text(name)) { $0.text(0) })
        return user
    }

    /// Who a user of the operating system is here: everybody, until users are set up.
    ///
    /// - Throws: `NotAllowed` where they are none of the home's users, or disabled.
    package func reviewer(systemUser: String) throws -> Reviewer {
        guard try hasUsers() else { return Reviewer(unrestricted: systemUser) }
        guard
            let name = try first("SELECT name FROM users WHERE system_user = ?", .text(systemUser), map: { $0.text(0) })
        else {
            throw NotAllowed(
                "the operating system's user \(systemUser) is no user of this home; an administrator can say who it is "
                    + "with: sluice users change NAME --system-user \(systemUser)")
        }
        return try reviewer(named: name)
    }

    /// The user of this name, as they act.
    ///
    /// - Throws: `NotAllowed` where there is none, or they are disabled.
    package func reviewer(named name: String) throws -> Reviewer {
        guard let user = try user(name) else { throw NotAllowed("there is no user \(name)") }
        guard !user.isDisabled else { throw NotAllowed("user \(name) is disabled") }
        return user.reviewer
    }

    /// Adds a user, or changes what stands of them: all but the password.
    package func keep(_ user: User, at: String) throws {
        try run(
            """
            INSERT INTO users (name, full_name, system_user, trainee, disabled, added_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (name) DO UPDATE SET full_name = ?2, system_user = ?3, trainee = ?4, disabled = ?5
            """, .text(user.name), .text(user.fullName), Value(user.systemUser), .int(user.isTrainee ? 1 : 0),
            .int(user.isDisabled ? 1 : 0), .text(at))
        try run("DELETE FROM user_rights WHERE user = ?", .text(user.name))
        for right in user.rights {
            try run("INSERT INTO user_rights VALUES (?, ?)", .text(user.name), .text(right.rawValue))
        }
        try run("DELETE FROM user_accounts WHERE user = ?", .text(user.name))
        for account in user.accounts {
            try run("INSERT INTO user_accounts VALUES (?, ?)", .text(user.name), .text(account))
        }
        if user.isDisabled { try endSessions(of: user.name) }
    }

    /// Sets a password as `Password` keeps it; who is signed in with the old one is signed out.
    package func setPassword(_ password: String, of name: String) throws {
        try run(
            "UPDATE users SET password = ?, failures = 0, locked_until = NULL WHERE name = ?", .text(password),
            .text(name))
        try endSessions(of: name)
    }

    /// Keeps how often in a row a wrong password was given, and until when none is taken.
    package func setFailures(_ failures: Int64, lockedUntil: String?, of name: String) throws {
        try run(
            "UPDATE users SET failures = ?, locked_until = ? WHERE name = ?", .int(failures), Value(lockedUntil),
            .text(name))
    }
}
