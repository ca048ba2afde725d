/// What a flag on an account lets happen to it (`config/policy.yaml`).
package struct FlagPolicy: Hashable, Sendable {
    /// Payments wait on hold for a person, whatever proves them.
    package var holdsPayments = false
    /// Letters may be written to the customer.
    package var allowsLetters = true
    /// Fees may be charged.
    package var allowsFees = true
    /// The water may be turned off.
    package var allowsTurnOff = true

    /// A flag of which one word is said: `hold` lets nothing happen until a person says so, `post` everything.
    init(holds: Bool) {
        holdsPayments = holds
        (allowsLetters, allowsFees, allowsTurnOff) = (!holds, !holds, !holds)
    }

    private init(_ section: YAMLSection) throws {
        holdsPayments = try section.oneOf("payments", ["post", "hold"]) == "hold"
        allowsLetters = try section.oneOf("letters", ["yes", "no"]) == "yes"
        allowsFees = try section.oneOf("fees", ["yes", "no"]) == "yes"
        allowsTurnOff = try section.oneOf("turn_off", ["yes", "no"]) == "yes"
    }

    /// Reads `post`, `hold`, or `{payments: post|hold, letters: yes|no, fees: yes|no, turn_off: yes|no}`; what is left
    /// out is `post` or `yes`.
    ///
    /// - Throws: `ConfigFault` with file, key, found, expected.
    static func read(_ key: String, in section: YAMLSection) throws -> FlagPolicy {
        if section.isSection(key) {
            return try FlagPolicy(section.section(key, keys: ["payments", "letters", "fees", "turn_off"]))
        }
        return FlagPolicy(holds: try section.oneOf(key, ["post", "hold"]) == "hold")
    }
}

/// All flags of an office, by their code: `Bankruptcy ` and `bankruptcy` are one flag.
package struct FlagPolicies: Hashable, Sendable {
    private let named: [String: FlagPolicy]
    private let others: FlagPolicy

    /// Reads `flags` and `other_flags` of `policy.yaml`.
    init(_ policy: YAMLSection) throws {
        let flags = try policy.section("flags")
        var named: [String: FlagPolicy] = [:]
        for key in flags.keys {
            let code = Self.code(key)
            guard named[code] == nil else { throw flags.fault(key, "the flag \"\(code)\" is named twice") }
            named[code] = try FlagPolicy.read(key, in: flags)
        }
        self.named = named
        others = try FlagPolicy.read("other_flags", in: policy)
    }

    /// What a flag does; `other_flags` says it of those that are not named.
    package subscript(flag: String) -> FlagPolicy { named[Self.code(flag)] ?? others }

    /// Whether a flag is named, so that nobody has to rely on `other_flags`.
    func isNamed(_ flag: String) -> Bool { named[Self.code(flag)] != nil }

    /// How a flag is known however a billing system spells it: without blanks around it, in small letters.
    static func code(_ flag: String) -> String {
        var text = flag[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text.lowercased()
    }
}
