import Foundation
import Matching
import Testing

/// Every rule and stop has a small world that it alone decides, and a counter-world in which it must stay silent.
struct RuleWorldTests {
    @Test("No rule is without its texts, its world and its counter-world, and none is left over")
    func complete() {
        #expect(Set(RuleTexts.all.keys) == Set(RuleBook.names), "write its texts in RuleTexts.swift")
        #expect(Set(RuleFixture.all.map(\.rule)) == Set(RuleBook.names), "make a folder in Tests/Fixtures/rules")
        for name in RuleBook.names {
            let kinds = Set(RuleFixture.of(name).map(\.kind))
            #expect(!kinds.contains(nil), "a world of \(name) is not called solves, holds or silent")
            #expect(kinds.contains(.solves) || kinds.contains(.holds), "\(name) has no world that it decides")
            #expect(kinds.contains(.silent), "\(name) has no counter-world")
            for text in RuleTexts.all[name].map({ [$0.needs, $0.silent] }) ?? [] {
                #expect(text.hasSuffix("."), "\(name): \"\(text)\" is no sentence")
            }
        }
    }

    @Test("No entry of the rule book points to a world that is not there", arguments: RuleBook.entries)
    func example(entry: RuleEntry) {
        #expect(RuleFixture.all.contains { "\($0.rule)/\($0.name)" == entry.exampleID })
    }

    @Test("Nothing but the rule posts it", arguments: RuleFixture.all.filter { $0.kind == .solves })
    func solves(fixture: RuleFixture) throws {
        let world = try RuleWorld(fixture.text)
        let verdict = try world.decide()
        #expect(verdict.expected == world.verdict, "\(fixture.path): \(verdict.why)")
        #expect(verdict.expected.rule == fixture.rule && verdict.reason == nil)
        #expect(RuleTexts.all[fixture.rule]?.proofs.contains(verdict.proof) == true, "its text names another proof")
        let without = try world.decide(without: [fixture.rule])
        #expect(without.reason != nil, "\(fixture.path): without it \(without.rule) posts: \(without.why)")
    }

    @Test("Nothing but the rule or stop holds it", arguments: RuleFixture.all.filter { $0.kind == .holds })
    func holds(fixture: RuleFixture) throws {
        let world = try RuleWorld(fixture.text)
        let verdict = try world.decide()
        #expect(verdict.expected == world.verdict, "\(fixture.path): \(verdict.why)")
        #expect(verdict.expected.rule == fixture.rule && verdict.reason != nil && verdict.shares.isEmpty)
        // The last rule cannot be missing: it is what is said when all others are silent.
        if fixture.rule == RuleBook.lastRule { return }
        let without = try world.decide(without: [fixture.rule])
        let isRemark = fixture.neverPosts && !fixture.rule.hasPrefix("stop-")
        #expect(isRemark || without.reason == nil, "\(fixture.path): without it \(without.rule) holds it too")
        #expect(without.why != verdict.why, "\(fixture.path): without it the same is said")
    }

    @Test("It does not speak, and one other fact makes it", arguments: RuleFixture.all.filter { $0.kind == .silent })
    func silent(fixture: RuleFixture) throws {
        #expect(fixture.changes == 1, "\(fixture.path): one fact is changed, and no more")
        let (world, changed) = (try RuleWorld(fixture.text), try RuleWorld(fixture.text, changed: true))
        let (verdict, other) = (try world.decide(), try changed.decide())
        #expect(verdict.expected == world.verdict, "\(fixture.path) as it is: \(verdict.why)")
        #expect(other.expected == changed.verdict, "\(fixture.path) changed: \(other.why)")
        let speaks = other.expected.rule == fixture.rule && other.expected.isPosted != fixture.neverPosts
        #expect(speaks, "\(fixture.path) changed: it must speak")
        #expect(verdict.expected.rule != fixture.rule || !verdict.expected.isPosted, "it must not post")
        #expect(!fixture.neverPosts || verdict.expected.rule != fixture.rule, "it must not hold")
    }
}

extension RuleFixture {
    /// Whether its rule or stop only holds.
    fileprivate var neverPosts: Bool { RuleTexts.all[rule]?.proofs.isEmpty ?? false }
}

extension RuleBook {
    /// The rule that decides what no other does.
    static var lastRule: String { entries.last { $0.kind == .rule }!.name }
}

extension RuleEntry: CustomTestStringConvertible {
    package var testDescription: String { name }
}
