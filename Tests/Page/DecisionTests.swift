import Foundation
import Ledger
import Model
import Pipeline
import Review
import Testing

@testable import ReviewPage

/// What may not be decided by the page, whatever a form says.
@Suite(.serialized) struct DecisionTests {
    @Test func `goes on to the next after a decision`() async throws {
        let site = try await Site()
        let rosa = try await site.signIn("rosa")
        let answer = try await rosa.decide("1-3-e1", ["action": "not-ours"])
        #expect(answer.status == 303)
        #expect(answer.headers["location"]?.hasPrefix("/exception/1-1-e1?done=1-3-e1") ?? false)
        let last = try #require(try site.exception("1-3-e1").decisions.last)
        #expect(last.by == "rosa" && last.route == "page")
    }

    @Test func `believes no form about who decides`() async throws {
        let site = try await Site()
        let rosa = try await site.signIn("rosa")
        _ = try await rosa.decide(
            "1-1-e1", ["action": "not-ours", "by": "omar", "user": "omar", "decided_by": "omar", "route": "program"])
        let last = try #require(try site.exception("1-1-e1").decisions.last)
        #expect(last.by == "rosa" && last.route == "page")
    }

    @Test func `lets nobody approve a decision of their own`() async throws {
        let site = try await Site()
        let omar = try await site.signIn("omar")
        #expect(try await omar.decide("1-2-e1", ["action": "not-ours"]).status == 303)
        #expect(try site.exception("1-2-e1").pendingDecision != nil)
        let own = try await omar.post("/exception/1-2-e1/verdict", ["verdict": "approve"])
        #expect(own.status == 422 && own.body.contains("another person must approve"))
        let rosa = try await site.signIn("rosa")
        let other = try await rosa.post("/exception/1-2-e1/verdict", ["verdict": "approve"])
        #expect(other.status == 422)
        let view = try site.exception("1-2-e1")
        #expect(view.pendingDecision != nil && view.closedAt == nil && view.item?.books == .suspense)
    }

    @Test func `moves no money before a second person says yes`() async throws {
        let site = try await Site()
        let (rosa, omar) = (try await site.signIn("rosa"), try await site.signIn("omar"))
        _ = try await rosa.decide("1-2-e1", ["action": "not-ours"])
        #expect(try site.exception("1-2-e1").item?.books == .suspense)
        #expect(try await omar.get("/approvals").body.contains("1-2-e1"))
        #expect(try await omar.post("/exception/1-2-e1/verdict", ["verdict": "approve"]).status == 303)
        #expect(try site.exception("1-2-e1").item?.books == .dueToOthers)
    }

    @Test func `decides nothing that has changed since it was shown`() async throws {
        let site = try await Site()
        let rosa = try await site.signIn("rosa")
        for shown in ["", String(repeating: "0", count: 64)] {
            let answer = try await rosa.decide("1-1-e1", ["action": "not-ours", "shown": shown])
            #expect(answer.status == 422, "\(shown)")
        }
        #expect(try site.exception("1-1-e1").closedAt == nil)
    }

    @Test(arguments: [[:], ["looked": ""], ["looked": "no"], ["seen": "yes"]])
    func `accepts nothing by one key that must be looked at first`(said: [String: String]) async throws {
        let site = try await Site()
        let rosa = try await site.signIn("rosa")
        try #require(try site.exception("1-4-e1").candidates.first?.account == "4024691547")
        let answer = try await rosa.decide("1-4-e1", ["candidate": "1"].merging(said) { $1 })
        #expect(answer.status == 409 && answer.body.contains("Look first"))
        #expect(answer.body.contains("it is over 2,500.00"))
        #expect(try site.exception("1-4-e1").closedAt == nil)
        #expect(try await rosa.decide("1-4-e1", ["candidate": "1", "looked": "yes"]).status == 303)
        #expect(try site.exception("1-4-e1").closedAt != nil)
    }

    @Test(arguments: ["0", "2", "-1", "9", "99999999999999999999", "x"])
    func `accepts no candidate that there is not`(place: String) async throws {
        let site = try await Site()
        let rosa = try await site.signIn("rosa")
        #expect(try await rosa.decide("1-4-e1", ["candidate": place, "looked": "yes"]).status == 422)
        #expect(try site.exception("1-4-e1").closedAt == nil)
    }

    @Test func `decides nothing that another holds`() async throws {
        let site = try await Site()
        let (rosa, omar) = (try await site.signIn("rosa"), try await site.signIn("omar"))
        #expect(try await omar.post("/exception/1-1-e1/claim", ["script": "yes"]).status == 200)
        let refused = try await rosa.post("/exception/1-1-e1/claim", ["script": "yes"])
        #expect(refused.status == 409 && refused.body.contains("claimed by omar until"))
        #expect(try await rosa.get("/exception/1-1-e1").body.contains("Claimed by omar until"))
        #expect(try await rosa.get("/queue").body.contains("omar until"))
        let answer = try await rosa.decide("1-1-e1", ["action": "not-ours"])
        #expect(answer.status == 422 && answer.body.contains("claimed by omar"))
        site.move(minutes: 11)
        #expect(try await rosa.decide("1-1-e1", ["action": "not-ours"]).status == 303)
    }

    @Test func `decides nothing under a claim that has ended`() async throws {
        let site = try await Site()
        let (rosa, omar) = (try await site.signIn("rosa"), try await site.signIn("omar"))
        let claim = try await rosa.post("/exception/1-1-e1/claim", ["script": "yes"]).body
        let token = try #require(claim.split { !$0.isNumber }.first.map(String.init))
        site.move(minutes: 11)
        #expect(try await omar.post("/exception/1-1-e1/claim", ["script": "yes"]).status == 200)
        #expect(try await rosa.get("/queue").status == 200)
        site.move(minutes: 11)
        let answer = try await rosa.decide("1-1-e1", ["action": "not-ours", "claim": token])
        #expect(answer.status == 422 && answer.body.contains("claimed again"))
    }

    @Test func `lets nobody decide without the right, whenever it was taken away`() async throws {
        let site = try await Site()
        let (iris, rosa) = (try await site.signIn("iris"), try await site.signIn("rosa"))
        #expect(try await iris.decide("1-1-e1", ["action": "not-ours"]).status != 303)
        let shown = try #require(try await rosa.get("/exception/1-1-e1").field("shown"))
        try site.administer { try $0.change("rosa") { $0.rights = [.readOnly] } }
        let answer = try await rosa.post("/exception/1-1-e1/decide", ["action": "not-ours", "shown": shown])
        #expect(answer.status != 303)
        #expect(try site.exception("1-1-e1").closedAt == nil)
    }

    @Test func `decides nothing twice`() async throws {
        let site = try await Site()
        let rosa = try await site.signIn("rosa")
        let shown = try #require(try await rosa.get("/exception/1-1-e1").field("shown"))
        let token = try #require(try await rosa.get("/help").field("form_token"))
        let fields = ["action": "not-ours", "shown": shown, "form_token": token]
        #expect(try await rosa.post("/exception/1-1-e1/decide", fields).status == 303)
        let again = try await rosa.post("/exception/1-1-e1/decide", fields)
        #expect(again.status == 422)
        #expect(try site.exception("1-1-e1").decisions.count == 1)
    }

    @Test func `applies nothing in bulk that changed since the dry run`() async throws {
        let site = try await Site()
        let (rosa, omar) = (try await site.signIn("rosa"), try await site.signIn("omar"))
        let dry = try await rosa.post("/bulk", ["all": "yes", "action": "not-ours"])
        #expect(dry.status == 200 && dry.body.contains("Dry run"))
        #expect(try site.exception("1-1-e1").closedAt == nil)
        // What the one brings pays the bill that the candidate of the other would have paid.
        let paid = ["action": "post", "account": "4024691547"]
        #expect(try await omar.decide("1-3-e1", paid).status == 303)
        let members = dry.body.components(separatedBy: "name=\"decision\" value=\"").dropFirst().map { part in
            String(part.prefix { $0 != "\"" })
        }
        for id in ["1-3-e1", "1-4-e1"] {
            let member = try #require(members.first { $0.hasPrefix(id + "|") })
            let done = try await rosa.post("/bulk/apply", ["action": "not-ours", "decision": member])
            #expect(done.status == 200 && done.body.contains("refused"), "\(id)")
        }
        #expect(try site.exception("1-3-e1").decisions.map(\.by) == ["omar"])
        let view = try site.exception("1-4-e1")
        #expect(view.closedAt == nil && view.decisions.isEmpty)
    }

    @Test func `takes nothing back before it says what has left`() async throws {
        let site = try await Site()
        let rosa = try await site.signIn("rosa")
        #expect(try await rosa.decide("1-4-e1", ["candidate": "1", "looked": "yes"]).status == 303)
        try site.run()
        let next = try await rosa.get("/exception/1-1-e1?done=1-4-e1")
        #expect(next.body.contains("data-undo"))
        let told = try await rosa.post("/exception/1-4-e1/decide", ["action": "undo"])
        #expect(told.status == 409 && told.body.contains("told it to the billing system"))
        #expect(try site.exception("1-4-e1").closedAt != nil)
        #expect(try await rosa.post("/exception/1-4-e1/decide", ["action": "undo", "looked": "yes"]).status == 303)
        let view = try site.exception("1-4-e1")
        #expect(view.closedAt == nil && view.item?.books == .suspense)
    }

    @Test func `keeps nothing of a preview`() async throws {
        let site = try await Site()
        let rosa = try await site.signIn("rosa")
        let shown = try #require(try await rosa.get("/exception/1-1-e1").field("shown"))
        let told = try await rosa.post("/exception/1-1-e1/preview", ["action": "not-ours", "shown": shown])
        #expect(told.status == 200 && told.body.contains("credit due-to-others: 60.00"))
        let view = try site.exception("1-1-e1")
        #expect(view.closedAt == nil && view.decisions.isEmpty && view.item?.books == .suspense)
    }

    @Test func `shows no amount to who must key it unseen`() async throws {
        let site = try await Site()
        try site.takeBatchThatDiffers()
        try site.administer { try $0.change("rosa") { $0.rights.insert(.key) } }
        let (rosa, omar) = (try await site.signIn("rosa"), try await site.signIn("omar"))
        try #require(try site.exception("2-e1").reason == "batch-out-of-balance")
        let decided = try await rosa.decide("2-e1", ["action": "correct", "payment": "2-1", "true_amount": "69.00"])
        #expect(decided.status == 303, "\(decided.body)")
        #expect(try site.exception("2-e1").pendingDecision != nil)
        let page = try await omar.get("/exception/2-e1").body
        #expect(page.contains("key them from the papers") && !page.contains("69.00"))
        #expect(try await !omar.get("/approvals").body.contains("69.00"))
        let wrong = try await omar.post("/exception/2-e1/verdict", ["verdict": "approve", "amount": "60.00"])
        #expect(wrong.status == 422 && wrong.body.contains("what was keyed is not what was decided"))
        #expect(!wrong.body.contains("69.00"))
        #expect(try await omar.post("/exception/2-e1/verdict", ["verdict": "approve"]).status == 422)
        #expect(try site.exception("2-e1").pendingDecision != nil)
        #expect(
            try await omar.post("/exception/2-e1/verdict", ["verdict": "approve", "amount": "69.00"]).status == 303)
        #expect(try site.exception("2-e1").pendingDecision == nil)
    }
}
