import Model
import Review
import Testing

/// Decisions as text: read wholly or not at all.
struct DecisionTextTests {
    @Test func `never reads anything else out of a decision than it says`() throws {
        let json = """
            {"exception": "3-17-e1", "action": "split", "reason": "no-reference", "note": "she called",
             "allocations": [{"account": "1", "bill": "B1", "amount": "60.00"}, {"account": "2", "amount": "0.01"}]}
            """
        let decision = try Decision(json: Array(json.utf8))
        #expect(
            decision
                == Decision(
                    exception: "3-17-e1", action: .split,
                    allocations: [
                        .init(account: "1", bill: "B1", amount: Cents(6_000)), .init(account: "2", amount: Cents(1)),
                    ], reason: "no-reference", note: "she called"))
    }

    @Test(arguments: Action.allCases) func `never forgets an action`(action: Action) throws {
        let decision = try Decision(json: Array(#"{"action": "\#(action.rawValue)"}"#.utf8), exception: "1-e1")
        #expect(decision.action == action)
        #expect(decision.exception == "1-e1")
    }

    @Test(arguments: [
        ("", "not a decision"), ("{", "not a decision"), ("[]", "not a decision"), ("null", "not a decision"),
        (#"{"exception": "1-e1"}"#, "not a decision"), (#"{"action": "note"}"#, "exception is missing"),
        (#"{"exception": "1-e1", "action": "Post"}"#, #""Post" is not known"#),
        (#"{"exception": "1-e1", "action": "note", "alocations": []}"#, #""alocations" is not known"#),
        (#"{"exception": "1-e1", "action": "note", "user": "root"}"#, #""user" is not known"#),
        (#"{"exception": "1-e1", "action": "duplicate", "kind": "twice"}"#, #"kind "twice""#),
        (#"{"exception": 7, "action": "note"}"#, "not a decision"),
        (#"{"exception": "1-e1", "action": "note"} {}"#, "not a decision"),
    ])
    func `never reads a text that is no decision`(text: String, says: String) throws {
        let refused = try #require(throws: DecisionRefused.self) { try Decision(json: Array(text.utf8)) }
        #expect(refused.description.contains(says), "it says: \(refused)")
    }

    @Test(arguments: ["", "0", "0.00", "-5.00", "5,00", "1e3", "5.001", "5.", " 5.00", "$5", "99999999999999999999"])
    func `never takes a text for an amount that is none`(amount: String) throws {
        let json =
            #"{"exception": "1-e1", "action": "post", "allocations": [{"account": "1", "amount": "\#(amount)"}]}"#
        let refused = try #require(throws: DecisionRefused.self) { try Decision(json: Array(json.utf8)) }
        #expect(refused.description.contains("\"\(amount)\" is not an amount"))
    }
}
