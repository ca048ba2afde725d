import Foundation
import Matching
import MatchingWorkload
import Model
import Pipeline

/// Measures what deciding costs an item, in a home that holds the office, and prints Benchmarks/matching.md.
func printCosts(_ home: String, accounts: Int) throws {
    let (home, office) = (try Home(opening: home), Office(accounts: accounts))
    let day = CivilDate(year: 2026, month: 3, day: 2)!
    var random = SplitMix(seed: 1)
    let kinds = ItemKind.all.map { kind in
        (kind, (0..<kind.count).map { _ in MatchQuery(item: kind.make(office, &random), payer: nil, day: day) })
    }
    let bare = bareLookUp(office, kinds[0].1)
    var costs: [[Double]] = Array(repeating: [], count: kinds.count)
    for inMemory in [true, false] {
        try home.withBook(of: day, inMemory: inMemory) { book in
            let matcher = Matcher(policy: MatchPolicy())
            for (place, (_, queries)) in kinds.enumerated() {
                costs[place].append(try middle(of: queries) { _ = try matcher.decide($0, in: book) })
            }
        }
    }
    print(page(accounts, kinds.map(\.0), costs, bare: bare))
}

/// A dictionary of all numbers, asked for each coupon's.
private func bareLookUp(_ office: Office, _ queries: [MatchQuery]) -> Double {
    let places = Dictionary(uniqueKeysWithValues: (0..<office.accounts).map { (office.number($0), $0) })
    var sum = 0
    let cost = middle(of: queries) { sum &+= places[$0.item.account] ?? 0 }
    precondition(sum != 0)
    return cost
}

/// User CPU of one query in microseconds: of five rounds, each over queries of its own, the one in the middle.
private func middle(of queries: [MatchQuery], _ body: (MatchQuery) throws -> Void) rethrows -> Double {
    func now() -> Double {
        var usage = rusage()
        getrusage(RUSAGE_SELF.rawValue, &usage)
        return Double(usage.ru_utime.tv_sec) * 1e6 + Double(usage.ru_utime.tv_usec)
    }
    let size = queries.count / 5
    let rounds = try (0..<5).map { round in
        let start = now()
        for place in (round * size)..<((round + 1) * size) { try body(queries[place]) }
        return (now() - start) / Double(size)
    }
    return rounds.sorted()[2]
}

private func page(_ accounts: Int, _ kinds: [ItemKind], _ costs: [[Double]], bare: Double) -> String {
    func micros(_ value: Double) -> String { String(format: value < 10 ? "%.2f" : "%.0f", value) }
    let rows = zip(kinds, costs).map { kind, cost in
        let isMet = cost[0] <= kind.goal ? "met" : "**not met**"
        let ratio = String(format: "%.0f", cost[0] / bare)
        return "| \(kind.name) | \(micros(kind.goal)) | \(micros(cost[0])) | \(isMet) | \(ratio) | \(micros(cost[1])) |"
    }
    return """
        # What matching costs

        `make bench-matching` wrote this. Microseconds of user CPU to decide one item, \(accounts) accounts in the
        book; of five rounds, each over items of its own, the one in the middle. Only ratios inside one run mean
        something. Reading and posting are not in it (`results.md`).

        Machine: \(machine()).

        | item | goal | all accounts in memory | | by a bare look-up | accounts in the ledger |
        |---|---:|---:|---|---:|---:|
        \(rows.joined(separator: "\n"))

        A bare look-up of a coupon's number in a dictionary of all numbers costs \(micros(bare)). A large file is
        matched with all accounts in memory, a small one asks the ledger (`matching: memory_accounts:`);
        addresses, earlier payments and payers are asked of the ledger in both. Numbers are in sequence, so that a
        damaged one has some ten live neighbours; no item but the coupon is posted by what it names, so that all
        evidence is looked for and all candidates are ranked.
        """
}

private func machine() -> String {
    let lines = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.split(separator: "\n") ?? []
    let model = lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last ?? " unknown processor"
    return "\(model.trimmingCharacters(in: .whitespaces)), \(ProcessInfo.processInfo.processorCount) cores"
}
