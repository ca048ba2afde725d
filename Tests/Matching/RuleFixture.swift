import Foundation
import Matching
import Testing

/// A file of `Tests/Fixtures/rules`: `<rule>/solves.txt`, `<rule>/holds.txt`, `<rule>/silent.txt`, each perhaps with
/// words behind it (`silent-beside-a-neighbour.txt`).
struct RuleFixture: CustomTestStringConvertible, Sendable {
    /// What a world shows of its rule.
    enum Kind: String {
        /// The rule alone posts the item.
        case solves
        /// The rule or stop holds an item that would post without it.
        case holds
        /// The rule or stop says nothing, and would if one fact were another.
        case silent

        var order: Int { self == .solves ? 0 : self == .holds ? 1 : 2 }
    }

    var rule: String
    var name: String
    var text: String

    var kind: Kind? { Kind(rawValue: String(name.prefix { $0 != "-" })) }
    var path: String { "Tests/Fixtures/rules/\(rule)/\(name).txt" }
    var testDescription: String { "\(rule)/\(name)" }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// All of them: by rule, and in the order `solves`, `holds`, `silent`.
    static let all: [RuleFixture] = {
        let folder = root.appending(path: "Tests/Fixtures/rules")
        let files = FileManager.default
        let rules = (try? files.contentsOfDirectory(atPath: folder.path)) ?? []
        return rules.sorted().flatMap { rule in
            let names = (try? files.contentsOfDirectory(atPath: folder.appending(path: rule).path)) ?? []
            let found = names.filter { $0.hasSuffix(".txt") }.map { name in
                let text = try? String(contentsOf: folder.appending(path: "\(rule)/\(name)"), encoding: .utf8)
                return RuleFixture(rule: rule, name: String(name.dropLast(4)), text: text ?? "")
            }
            return found.sorted { ($0.kind?.order ?? 0, $0.name) < ($1.kind?.order ?? 0, $1.name) }
        }
    }()

    static func of(_ rule: String) -> [RuleFixture] { all.filter { $0.rule == rule } }

    /// How many facts differ between the two worlds of a silent one: runs of marked lines, the verdict's own left out.
    var changes: Int {
        var (runs, isInside) = (0, false)
        for line in text.split(separator: "\n") {
            let isMarked = line.hasPrefix("-") || line.hasPrefix("+")
            let words = line.dropFirst().split(separator: " ")
            let isVerdict = words.count > 2 && (words[1] == "by" || words[1] == "to")
            if isMarked, !isInside, !isVerdict { runs += 1 }
            isInside = isMarked && !isVerdict
        }
        return runs
    }
}
