package import Matching
package import Model
package import Review

/// What an office sets, read from `config/` and checked: a wrong or unknown key stops the program and is named.
package struct Configuration: Sendable {
    package var office: String
    package var currency: String
    package var site: String
    package var quietSeconds: Int
    package var imageGraceDays: Int
    /// A book of up to so many accounts is read into memory for a large file; 0 for never.
    var memoryAccounts: Int
    /// An advice may wait so many days for its payment before somebody is told.
    var adviceGraceDays: Int
    /// What is asked of reviewers: second persons, pairs of duties, how money is spread.
    package var review: ReviewPolicy
    /// A claim lasts so many minutes.
    package var claimMinutes: Int
    /// One key does not accept a candidate for more than this: the amount is looked at first.
    package var lookOver: Cents
    /// The layout to use for files of an inbox folder, where one is named.
    package var layoutOfSource: [String: String]
    /// The company identifications under which our own collection files are made (NACHA).
    var collectionCompanies: Set<String>
    /// How many business days may lie between a sum that the bank credited and what it stands for.
    var reconcileDays: Int
    /// Words, in capitals, by which a credit is known for a sum whose payments another file tells.
    var sumWords: [String]
    var matching: MatchPolicy
    /// A rule that may be wrong more often, of 10,000 postings, is demoted to suggestions; 0 for never.
    package var errorLimit: Int
    /// One in so many automatic postings is decided by a person blind; 0 for none.
    var sampleOneIn: Int
    /// What the blind sample is drawn by; empty for the home's secret.
    var sampleSeed: String
    /// Two payments so many days apart, at most, may be the same thing paid twice.
    package var duplicateDays: Int
    package var allocation: AllocationPolicy { review.allocation }
    package var flags: FlagPolicies
    package var calendar: BusinessCalendar
    package var chart: [LedgerAccount: String]

    /// Whether a flag on an account holds its payments.
    func holds(_ flag: String) -> Bool { flags[flag].holdsPayments }

    /// Reads a configuration from the texts of its files. `changes` to keys of the policy's `matching` are tried out.
    ///
    /// - Throws: `ConfigFault` with file, key, found, expected.
    init(changes: [String: String] = [:], text: (_ file: String) throws -> String) throws {
        let top = try YAMLSection(
            try text("sluice.yaml"), file: "config/sluice.yaml",
            keys: [
                "office", "currency", "site", "intake", "documents", "review", "layouts", "collections", "matching",
                "advices", "reconcile",
            ])
        office = try top.text("office", default: "Water District")
        currency = try top.text("currency", default: "USD")
        site = try top.text("site", default: "LB1")
        quietSeconds = try top.section("intake", keys: ["quiet_seconds"])
            .number("quiet_seconds", default: 5, in: 0...3600)
        imageGraceDays = try top.section("documents", keys: ["image_grace_days"])
            .number("image_grace_days", default: 2, in: 0...366)
        adviceGraceDays = try top.section("advices", keys: ["grace_days"])
            .number("grace_days", default: 10, in: 0...366)
        let reviewing = try top.section(
            "review", keys: ["second_person_over", "write_off_up_to", "look_over", "claim_minutes"])
        claimMinutes = try reviewing.number("claim_minutes", default: 10, in: 1...480)
        lookOver = try reviewing.cents("look_over", default: Cents(250_000))
        memoryAccounts = try top.section("matching", keys: ["memory_accounts"])
            .number("memory_accounts", default: 2_000_000, in: 0...20_000_000)
        let layouts = try top.section("layouts")
        layoutOfSource = try Dictionary(
            uniqueKeysWithValues: layouts.keys.map { ($0, try layouts.text($0, default: "")) })
        collectionCompanies = Set(
            try top.section("collections", keys: ["companies"]).list("companies", default: []))
        let reconcile = try top.section("reconcile", keys: ["window_days", "sums"])
        reconcileDays = try reconcile.number("window_days", default: 3, in: 0...30)
        sumWords = try reconcile.list("sums", default: []).map { word in
            guard word.utf8.count >= 4 else {
                throw reconcile.fault("sums", "found \"\(word)\", expected words of four characters or more")
            }
            return word.uppercased()
        }
        let policy = try YAMLSection(
            try text("policy.yaml"), file: "config/policy.yaml",
            keys: ["accounts", "matching", "allocation", "duplicates", "flags", "other_flags", "sample"])
        let limits = try policy.section("matching", keys: Self.matchingKeys, changes: changes)
        matching = try Self.matchPolicy(policy, limits)
        errorLimit = try limits.number("error_limit", default: 10, in: 0...10_000)
        let sample = try policy.section("sample", keys: ["one_in", "seed"])
        sampleOneIn = try sample.number("one_in", default: 0, in: 0...1_000_000_000)
        sampleSeed = try sample.text("seed", default: "")
        duplicateDays = try policy.section("duplicates", keys: ["window_days"])
            .number("window_days", default: 14, in: 0...366)
        matching.duplicateDays = duplicateDays
        review = try Self.review(
            allocation: try Self.allocation(policy),
            secondPersonOver: try reviewing.cents("second_person_over", default: Cents(1_000_000)),
            writeOffUpTo: try reviewing.cents("write_off_up_to", default: Cents(500)),
            duties: try YAMLSection(
                try text("duties.yaml"), file: "config/duties.yaml", keys: ["item", "day", "report_instead"]))
        flags = try FlagPolicies(policy)
        calendar = try BusinessCalendar(
            try YAMLSection(
                try text("calendar.yaml"), file: "config/calendar.yaml",
                keys: ["time_zone", "cut_off", "weekend", "holidays"]))
        chart = try Self.chart(try text("chart.yaml"))
    }

    private static func review(
        allocation: AllocationPolicy, secondPersonOver: Cents, writeOffUpTo: Cents, duties: YAMLSection
    ) throws -> ReviewPolicy {
        let pairs = try DutyPair.Scope.allCases.flatMap { scope in
            try duties.list(scope.rawValue, default: []).map { try pair($0, on: scope, in: duties) }
        }
        let reports = try duties.oneOf("report_instead", ["no", "yes"]) == "yes"
        return ReviewPolicy(
            allocation: allocation, secondPersonOver: secondPersonOver, writeOffUpTo: writeOffUpTo, duties: pairs,
            reportsDuties: reports)
    }

    /// Reads `key + approve`.
    private static func pair(_ text: String, on scope: DutyPair.Scope, in section: YAMLSection) throws -> DutyPair {
        let words = text.split(separator: "+").map { $0.split(separator: " ").joined(separator: " ") }
        let rights = words.compactMap(Right.init)
        guard words.count == 2, rights.count == 2, rights[0] != rights[1] else {
            let known = Right.allCases.map(\.rawValue).joined(separator: ", ")
            throw section.fault(scope.rawValue, "found \"\(text)\", expected two of \(known) such as key + approve")
        }
        return DutyPair(rights[0], rights[1], on: scope)
    }

    /// Reads an order by age, or `{order: priority, kinds: […], age: …}`.
    private static func allocation(_ policy: YAMLSection) throws -> AllocationPolicy {
        let ages = AllocationOrder.allCases.map(\.rawValue)
        guard policy.isSection("allocation") else {
            return AllocationPolicy(AllocationOrder(rawValue: try policy.oneOf("allocation", ages))!)
        }
        let section = try policy.section("allocation", keys: ["order", "kinds", "age"])
        _ = try section.oneOf("order", ["priority"])
        let kinds = try section.list("kinds", default: [])
        guard !kinds.isEmpty, Set(kinds).count == kinds.count else {
            throw section.fault("kinds", "expected the kinds of bills, each once, the first to be paid first")
        }
        guard !kinds.contains(OpenBill.depositKind) else {
            throw section.fault(
                "kinds", "found \"\(OpenBill.depositKind)\", expected kinds of debt: a deposit is security")
        }
        return AllocationPolicy(AllocationOrder(rawValue: try section.oneOf("age", ages))!, kinds: kinds)
    }

    private static let matchingKeys = [
        "unusual_times", "unusual_floor", "payer_accounts_max", "payer_memory_days", "error_limit",
    ]

    private static func matchPolicy(_ policy: YAMLSection, _ limits: YAMLSection) throws -> MatchPolicy {
        let accounts = try policy.section("accounts", keys: ["digits", "check_digit", "references"])
        let digits = try accounts.number("digits", default: 10, in: 4...18)
        var matching = MatchPolicy(
            checkDigit: try checkDigit(accounts), accountDigits: digits...digits,
            unusualTimes: try limits.number("unusual_times", default: 4, in: 1...1000),
            unusualFloor: try limits.cents("unusual_floor", default: Cents(100_000)),
            payerAccountsMax: try limits.number("payer_accounts_max", default: 6, in: 1...100),
            payerMemoryDays: try limits.number("payer_memory_days", default: 550, in: 1...10_000))
        matching.references = try accounts.list("references", default: []).map { pattern in
            guard let format = ReferenceFormat(pattern) else {
                throw accounts.fault(
                    "references",
                    "found \"\(pattern)\", expected {account} once and beside it two letters or digits at least")
            }
            return format
        }
        return matching
    }

    private static func checkDigit(_ accounts: YAMLSection) throws -> CheckDigit? {
        if accounts.isWord("check_digit") {
            _ = try accounts.oneOf("check_digit", ["none"])
            return nil
        }
        let scheme = try accounts.section("check_digit", keys: ["weights", "modulus", "from", "add_digits"])
        let weights = try scheme.list("weights", default: ["2", "1"]).map { text in
            guard let weight = Int(text), (1...99).contains(weight) else {
                throw scheme.fault("weights", "found \"\(text)\", expected a number from 1 to 99")
            }
            return weight
        }
        guard !weights.isEmpty else { throw scheme.fault("weights", "expected at least one weight") }
        return CheckDigit(
            weights: weights, modulus: try scheme.number("modulus", default: 10, in: 2...99),
            fromRight: try scheme.oneOf("from", ["right", "left"]) == "right",
            addsDigitsOfProducts: try scheme.flag("add_digits", default: true))
    }

    private static func chart(_ text: String) throws -> [LedgerAccount: String] {
        let section = try YAMLSection(
            text, file: "config/chart.yaml", keys: LedgerAccount.allCases.map(\.rawValue))
        var chart: [LedgerAccount: String] = [:]
        for account in LedgerAccount.allCases {
            let number = try section.text(account.rawValue, default: "")
            guard !number.isEmpty else { throw section.fault(account.rawValue, "expected a general ledger number") }
            chart[account] = number
        }
        return chart
    }
}
