/// Who acts: a user of the home with their rights, or, until users are set up, whoever runs the program.
package struct Reviewer: Hashable, Sendable {
    package let name: String
    package let rights: Set<Right>
    /// Decisions of a trainee wait until another accepts them.
    package let isTrainee: Bool
    /// Accounts that they must not decide about: their own, their family's.
    package let accounts: Set<String>
    /// Whether the home has users, so that second persons and pairs of duties are asked for.
    package let isUser: Bool

    package init(name: String, rights: Set<Right>, isTrainee: Bool = false, accounts: Set<String> = []) {
        (self.name, self.rights, self.isTrainee, self.accounts) = (name, rights, isTrainee, accounts)
        isUser = true
    }

    /// A user of the operating system in a home without users, or the program itself: may do everything.
    package init(unrestricted name: String) {
        (self.name, rights, isTrainee, accounts) = (name, Set(Right.allCases), false, [])
        isUser = false
    }

    /// Refuses what they have no right to.
    ///
    /// - Throws: `NotAllowed`.
    package func requires(_ right: Right) throws {
        guard rights.contains(right) else {
            throw NotAllowed("\(name) has no right to \(right.sentence) (\(right.rawValue))")
        }
    }
}

/// Somebody may not do this. The command ends with EX_NOPERM (sysexits.h).
package struct NotAllowed: Error, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
}
